"""SQL over known customers by the set of stores they bought in. Nobody leaves here singly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.windows import Statement, Window, checked_scope, window_condition


def build_store_sets(windows: Sequence[Window], scope: Scope) -> Statement:
    """Buyers by set of stores: ``stores`` (ids, joined by ``|`` in order), ``customers``, ``net`` (minor units).

    A store counts for a customer who made a transaction there.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT p.stores, COUNT(*) AS customers, CAST(SUM(p.net) AS DECIMAL(18,0)) AS net
FROM (
SELECT b.customer_key, STRING_AGG(b.store_id, '|' ORDER BY b.store_id) AS stores, SUM(b.net) AS net
FROM (
SELECT x.customer_key, x.store_id, SUM(x.net_minor) AS net
FROM customer_hour x
WHERE ({window_condition(windows, params, hourly=False)})
GROUP BY x.customer_key, x.store_id
HAVING SUM(x.transactions) > 0
) b
GROUP BY b.customer_key
) p
GROUP BY p.stores
ORDER BY p.stores"""
    return Statement(sql, params)
