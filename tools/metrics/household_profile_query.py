"""SQL over known customers who bought, counted by what is known of their households. Nobody leaves here singly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.visits_query import ATTRIBUTES, EXTRA_ATTRIBUTES
from tools.metrics.windows import Statement, Window, checked_scope, window_condition


def build_profile(windows: Sequence[Window], by: Sequence[str], scope: Scope) -> Statement:
    """Buyers by attribute: ``key0`` (and ``key1``; empty where not known) and ``customers``.

    Args:
        windows: stores and days.
        by: one or two of ``ATTRIBUTES`` and ``EXTRA_ATTRIBUTES``.
        scope: who asks.

    Raises:
        NotAllowedError: a window names a store outside the scope.
        ValueError: an attribute is not one of those.
    """
    checked_scope(windows, scope)
    if not by or not set(by) <= {*ATTRIBUTES, *EXTRA_ATTRIBUTES}:
        raise ValueError(f"by: {by} are not attributes of a customer")
    params: dict[str, Any] = {}
    keys = ", ".join(f"{_column(name)} AS key{number}" for number, name in enumerate(by))
    groups = ", ".join(str(number + 1) for number in range(len(by)))
    sql = f"""SELECT {keys}, COUNT(*) AS customers
FROM (
SELECT x.customer_key
FROM customer_hour x
WHERE ({window_condition(windows, params, hourly=False)})
GROUP BY x.customer_key
HAVING SUM(x.transactions) > 0
) b
LEFT JOIN customer c ON c.customer_key = b.customer_key
GROUP BY {groups}
ORDER BY {groups}"""
    return Statement(sql, params)


def _column(name: str) -> str:
    column = f"c.{name}" if name in ATTRIBUTES else f"c.attributes ->> '{name}'"
    return f"COALESCE(NULLIF(CAST({column} AS VARCHAR), ''), '')"
