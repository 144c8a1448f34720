"""SQL over known customers by how many stores they bought in. Nobody leaves here singly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.windows import Statement, Window, checked_scope, window_condition


def build_across_stores(windows: Sequence[Window], scope: Scope) -> Statement:
    """Buyers by number of stores: ``stores, customers, visits, net`` (minor units), fewest stores first.

    A store counts for a customer who made a transaction there; refunds alone make nobody a buyer.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT p.stores, COUNT(*) AS customers, CAST(SUM(p.visits) AS BIGINT) AS visits,
  CAST(SUM(p.net) AS DECIMAL(18,0)) AS net
FROM (
SELECT b.customer_key, COUNT(CASE WHEN b.visits > 0 THEN 1 END) AS stores, SUM(b.visits) AS visits, SUM(b.net) AS net
FROM (
SELECT x.customer_key, x.store_id, SUM(x.transactions) AS visits, SUM(x.net_minor) AS net
FROM customer_hour x
WHERE ({window_condition(windows, params, hourly=False)})
GROUP BY x.customer_key, x.store_id
) b
GROUP BY b.customer_key
HAVING SUM(b.visits) > 0
) p
GROUP BY p.stores
ORDER BY p.stores"""
    return Statement(sql, params)
