"""SQL over baskets that hold two kinds of goods: each alone, both together, and how many known customers did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.counted import document_rows, line_rows
from tools.metrics.query import Filter
from tools.metrics.windows import Statement, Window, bind, checked_scope

_PEOPLE = ("kids", "age_band", "income_band", "household_size")
KEYS = {
    "weekday": "CAST(EXTRACT(ISODOW FROM d.business_on) AS VARCHAR)",
    "month": "STRFTIME(d.business_on, '%Y-%m')",
    "store": "d.store_id",
    **{name: f"COALESCE(NULLIF(c.{name}, ''), '')" for name in _PEOPLE},
}
"""What the counts can be told by: weekday 1 (Monday) to 7, month, store, or what is known of a household (or '')."""


def build_both(
    windows: Sequence[Window], scope: Scope, first: Filter, second: Filter, by: str | None = None
) -> Statement:
    """``key, baskets, with_first, with_second, with_both, customers, both_net`` (minor units of whole baskets).

    One row, or one for each of ``KEYS[by]``.

    A basket is a sale or an exchange; goods taken back are not held. What is both at once (pasta sauce among “pasta”)
    makes no pair by itself: beside it something must be one of them only. ``customers`` are known ones with both.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    documents = document_rows(windows, params, hours=False)
    selected = [
        "d.sale_id",
        f"CASE WHEN {_is(first, params)} THEN 1 ELSE 0 END AS is_first",
        f"CASE WHEN {_is(second, params)} THEN 1 ELSE 0 END AS is_second",
        "x.gross_minor - COALESCE(x.discount_minor, 0) AS net",
    ]
    lines = line_rows(
        windows,
        params,
        selected,
        hours=False,
        joins=["LEFT JOIN shelf h ON h.product_id = v.product_id"],
        conditions=["d.kind <> 'return'", "NOT COALESCE(x.is_return, FALSE)"],
    )
    key = KEYS[by] if by else "''"
    people = "\nLEFT JOIN customer c ON c.customer_key = d.customer_key" if by in _PEOPLE else ""
    sql = f"""SELECT {key} AS key, COUNT(*) AS baskets, SUM(COALESCE(l.is_first, 0)) AS with_first,
  SUM(COALESCE(l.is_second, 0)) AS with_second, SUM(COALESCE(l.both, 0)) AS with_both,
  COUNT(DISTINCT CASE WHEN l.both = 1 THEN d.customer_key END) AS customers,
  CAST(SUM(CASE WHEN l.both = 1 THEN l.net END) AS DECIMAL(18,0)) AS both_net
FROM (
{documents}
) d
LEFT JOIN (
SELECT b.sale_id, MAX(b.is_first) AS is_first, MAX(b.is_second) AS is_second, SUM(b.net) AS net,
  MAX(b.is_first) * MAX(b.is_second) * MAX(ABS(b.is_first - b.is_second)) AS both
FROM (
{lines}
) b
GROUP BY b.sale_id
) l ON l.sale_id = d.sale_id{people}
WHERE d.kind <> 'return'
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)


def build_both_of_customers(windows: Sequence[Window], scope: Scope, first: Filter, second: Filter) -> Statement:
    """``customers``: how many known ones bought both, in one basket or on several visits; counted as ``build_both``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    lines = line_rows(
        windows,
        params,
        [
            "d.customer_key",
            f"CASE WHEN {_is(first, params)} THEN 1 ELSE 0 END AS is_first",
            f"CASE WHEN {_is(second, params)} THEN 1 ELSE 0 END AS is_second",
        ],
        hours=False,
        joins=["LEFT JOIN shelf h ON h.product_id = v.product_id"],
        conditions=["d.kind <> 'return'", "NOT COALESCE(x.is_return, FALSE)", "d.customer_key IS NOT NULL"],
    )
    sql = f"""SELECT COUNT(*) AS customers
FROM (
SELECT b.customer_key
FROM (
{lines}
) b
GROUP BY b.customer_key
HAVING MAX(b.is_first) * MAX(b.is_second) * MAX(ABS(b.is_first - b.is_second)) = 1
) c"""
    return Statement(sql, params)


def _is(only: Filter, params: dict[str, Any]) -> str:
    named = (
        ("COALESCE(h.department, 'Unknown')", only.departments),
        ("COALESCE(h.category, 'Unknown')", only.categories),
        ("x.variant_id", only.variants),
    )
    return " AND ".join(f"{column} IN ({bind(params, 'goods', values)})" for column, values in named if values)
