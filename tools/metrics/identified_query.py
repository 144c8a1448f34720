"""SQL over sales that name a customer beside all sales: out of the rollups of customers and of days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from tools.context import Scope
from tools.metrics.windows import Statement, Window, checked_scope, window_condition

Split = Literal["store", "day", "week", "month"]

_KEYS: dict[Split | None, str] = {
    None: "''",
    "store": "x.store_id",
    "day": "CAST(x.business_on AS VARCHAR)",
    "week": "CAST(CAST(DATE_TRUNC('week', x.business_on) AS DATE) AS VARCHAR)",
    "month": "SUBSTR(CAST(x.business_on AS VARCHAR), 1, 7)",
}


def build_identified(windows: Sequence[Window], by: Split | None, scope: Scope) -> Statement:
    """Sales with a known customer beside all sales, one row per ``key`` of the split.

    Columns: ``key, customers`` (who bought something)``, transactions, net, sale_net`` (minor units) of
    those customers, and ``all_transactions, all_net, all_sale_net``; ``sale_net`` leaves returns on their own out, for
    the average of a transaction.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    known, everybody = (window_condition(windows, params, hourly=False) for _ in range(2))
    sql = f"""WITH known AS (
SELECT {_KEYS[by]} AS key, COUNT(DISTINCT CASE WHEN x.transactions > 0 THEN x.customer_key END) AS customers,
  SUM(x.transactions) AS transactions,
  SUM(x.net_minor) AS net, SUM(x.sale_net_minor) AS sale_net
FROM customer_hour x WHERE {known} GROUP BY 1
), everybody AS (
SELECT {_KEYS[by]} AS key, SUM(x.transactions) AS transactions, SUM(x.net_minor) AS net,
  SUM(x.sale_net_minor) AS sale_net
FROM store_day x WHERE {everybody} GROUP BY 1
)
SELECT e.key, COALESCE(k.customers, 0) AS customers, CAST(COALESCE(k.transactions, 0) AS BIGINT) AS transactions,
  CAST(COALESCE(k.net, 0) AS DECIMAL(18,0)) AS net, CAST(COALESCE(k.sale_net, 0) AS DECIMAL(18,0)) AS sale_net,
  CAST(e.transactions AS BIGINT) AS all_transactions, CAST(e.net AS DECIMAL(18,0)) AS all_net,
  CAST(e.sale_net AS DECIMAL(18,0)) AS all_sale_net
FROM everybody e LEFT JOIN known k ON k.key = e.key
ORDER BY 1"""
    return Statement(sql, params)
