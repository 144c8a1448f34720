"""SQL over known customers' purchases: how many bought, how often, and what they spent, whole or by group.

Without goods the sums come from ``customer_hour``; with goods from the counted lines, and then a visit is a transaction
that held them. A customer without a transaction (a refund alone) is none of the buyers. Nobody leaves here singly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.counted import line_rows
from tools.metrics.query import Filter
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

ATTRIBUTES = ("age_band", "income_band", "household_size", "kids")
"""Columns of a customer that customers are grouped by."""
EXTRA_ATTRIBUTES = ("marital_status", "home_ownership", "household_comp")
"""The same, out of the customer's further attributes."""
_TIMES = {
    "store": "b.store_id",
    "week": "CAST(DATE_TRUNC('week', b.business_on) AS DATE)",
    "month": "CAST(DATE_TRUNC('month', b.business_on) AS DATE)",
}


def build_visits(windows: Sequence[Window], by: str | None, scope: Scope, only: Filter | None = None) -> Statement:
    """Buyers by ``key``: ``key, customers, repeaters, visits, net`` (minor units; repeaters came more than once).

    ``gaps`` are from one day with a visit to the next of the same customer, ``gap_days`` what they come to, and
    ``spaced`` the customers who came on two days or more.

    Args:
        windows: stores and days.
        by: None, "store", "week" (from Monday), "month", or one of ``ATTRIBUTES`` and ``EXTRA_ATTRIBUTES``.
        scope: who asks.
        only: a part of the range that must be in the basket; ``net`` is then what they spent on it.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    key = "''"
    join = ""
    if by in _TIMES:
        key = f"CAST({_TIMES[by]} AS VARCHAR)"
    elif by:
        join = "\nLEFT JOIN customer c ON c.customer_key = b.customer_key"
        column = f"c.{by}" if by in ATTRIBUTES else f"c.attributes ->> '{by}'"
        key = f"COALESCE(NULLIF(CAST({column} AS VARCHAR), ''), '')"
    bought = _with_goods(windows, params, only) if only else _all(windows, params)
    sql = f"""SELECT p.key, COUNT(*) AS customers, COUNT(CASE WHEN p.visits > 1 THEN 1 END) AS repeaters,
  CAST(SUM(p.visits) AS BIGINT) AS visits, CAST(SUM(p.net) AS DECIMAL(18,0)) AS net,
  CAST(SUM(p.days - 1) AS BIGINT) AS gaps, CAST(SUM(p.last_on - p.first_on) AS BIGINT) AS gap_days,
  COUNT(CASE WHEN p.days > 1 THEN 1 END) AS spaced
FROM (
SELECT {key} AS key, b.customer_key, SUM(b.visits) AS visits, SUM(b.net) AS net,
  COUNT(DISTINCT CASE WHEN b.visits > 0 THEN b.business_on END) AS days,
  MIN(CASE WHEN b.visits > 0 THEN b.business_on END) AS first_on,
  MAX(CASE WHEN b.visits > 0 THEN b.business_on END) AS last_on
FROM (
{bought}
) b{join}
GROUP BY 1, 2
HAVING SUM(b.visits) > 0
) p
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)


def _all(windows: Sequence[Window], params: dict[str, Any]) -> str:
    return (
        "SELECT x.customer_key, x.store_id, x.business_on, x.transactions AS visits, x.net_minor AS net\n"
        f"FROM customer_hour x\nWHERE ({window_condition(windows, params, hourly=False)})"
    )


def _with_goods(windows: Sequence[Window], params: dict[str, Any], only: Filter) -> str:
    named = (
        ("COALESCE(h.department, 'Unknown')", only.departments),
        ("COALESCE(h.category, 'Unknown')", only.categories),
        ("x.variant_id", only.variants),
    )
    conditions = ["d.kind <> 'return'", "d.customer_key IS NOT NULL", "NOT COALESCE(x.is_return, FALSE)"]
    conditions += [f"{column} IN ({bind(params, 'only', values)})" for column, values in named if values]
    shelved = bool(only.departments or only.categories)
    joins = ["LEFT JOIN shelf h ON h.product_id = v.product_id"] if shelved else []
    net = "x.gross_minor - COALESCE(x.discount_minor, 0) AS net"
    lines = line_rows(
        windows,
        params,
        ["d.customer_key", "d.store_id", "d.business_on", "d.sale_id", net],
        hours=False,
        joins=joins,
        conditions=conditions,
    )
    return (
        "SELECT l.customer_key, l.store_id, l.business_on, COUNT(DISTINCT l.sale_id) AS visits, SUM(l.net) AS net\n"
        f"FROM (\n{lines}\n) l\nGROUP BY 1, 2, 3"
    )


def build_kept(
    before: Sequence[Window], after: Sequence[Window], scope: Scope, only: Filter | None = None
) -> Statement:
    """Buyers of two periods by whether they are of each: ``before, after, customers, net_before, net_after``.

    Amounts are minor units, of the goods of ``only`` where it is given. ``before`` and ``after`` are 1 or 0.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(before, scope)
    checked_scope(after, scope)
    params: dict[str, Any] = {}
    first, second = (
        _with_goods(side, params, only) if only else _all(side, params) for side in (before, after)
    )  # fmt: skip
    sql = f"""SELECT p.before, p.after, COUNT(*) AS customers, CAST(SUM(p.net_before) AS DECIMAL(18,0)) AS net_before,
  CAST(SUM(p.net_after) AS DECIMAL(18,0)) AS net_after
FROM (
SELECT s.customer_key, MAX(s.before) AS before, MAX(s.after) AS after, SUM(s.net_before) AS net_before,
  SUM(s.net_after) AS net_after
FROM (
SELECT b.customer_key, 1 AS before, 0 AS after, SUM(b.net) AS net_before, 0 AS net_after
FROM (
{first}
) b
GROUP BY b.customer_key
HAVING SUM(b.visits) > 0
UNION ALL
SELECT b.customer_key, 0, 1, 0, SUM(b.net)
FROM (
{second}
) b
GROUP BY b.customer_key
HAVING SUM(b.visits) > 0
) s
GROUP BY s.customer_key
) p
GROUP BY 1, 2
ORDER BY 1, 2"""
    return Statement(sql, params)
