"""Hours clocked and what they cost, by store and day; and how much of them is not known yet or has no wage.

A day of a store on which a time card is still open has sales of hours that nobody has clocked out of, and one with a
card without a wage has hours that cost nothing in the records: such days have no rate against sales.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.windows import Statement, Window, checked_scope, window_condition

CLOSED = "w.open_cards = 0"
"""The condition on ``w`` that every card of the day is closed."""
PAID = f"{CLOSED} AND w.unpaid_seconds = 0"
"""That every hour has a wage, too."""
_MEASURES = ("seconds", "wage_seconds", "open_cards", "unpaid_seconds")


_KEYS = ("store_id", "business_on")
"""What the rollup has a row for."""


def staff_rows(windows: Sequence[Window], params: dict[str, Any], keys: Sequence[str]) -> str:
    """Sums by ``keys`` as the body of a subquery; never hourly.

    ``seconds`` worked and ``wage_seconds``, seconds times hourly wage, whole so that nothing is divided here;
    ``open_cards`` and ``unpaid_seconds``, of cards without a wage.
    """
    key = ", ".join(f"x.{column}" for column in keys)
    where = window_condition(windows, params, hourly=False)
    if tuple(keys) == _KEYS:
        return f"SELECT {key}, {', '.join(f'x.{column}' for column in _MEASURES)}\nFROM labour_day x\nWHERE {where}"
    sums = ", ".join(f"SUM(x.{column}) AS {column}" for column in _MEASURES)
    return f"SELECT {key}, {sums}\nFROM labour_day x\nWHERE {where}\nGROUP BY {key}"


def build_unclocked(windows: Sequence[Window], scope: Scope) -> Statement:
    """What is not known of the hours: ``store_id, days, unpaid_days, unpaid_seconds``.

    ``days`` are those with a time card that is still open, ``unpaid_days`` those with a closed one without a wage. A
    store without time cards has no row.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT d.store_id, SUM(CASE WHEN d.open_cards > 0 THEN 1 ELSE 0 END) AS days,
  SUM(CASE WHEN d.unpaid_seconds > 0 THEN 1 ELSE 0 END) AS unpaid_days, SUM(d.unpaid_seconds) AS unpaid_seconds
FROM (
{staff_rows(windows, params, _KEYS)}
) d
GROUP BY d.store_id
ORDER BY 1"""
    return Statement(sql, params)
