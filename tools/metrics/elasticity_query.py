"""SQL for weekly prices and discount depths: one row per product, store and whole week, from the daily rollup.

Weeks are counted back from the last day, so that each is whole. Only goods sold by the piece have a price a unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition

WEEK_DAYS = 7
BANDS = ("none", "2–10 %", "10–20 %", "20–30 %", "30–40 %", "over 40 %")
"""Discount over gross sales of a product in a store in a week; below 2 % counts as none."""


def _week(anchor: str) -> str:
    return f"CAST(FLOOR(CAST(x.business_on - CAST({anchor} AS DATE) AS DOUBLE) / {WEEK_DAYS}) AS INTEGER)"


def shelf_condition(only: Filter | None, params: dict[str, Any]) -> str:
    """The part of the range as a condition on ``x``; nothing for all of it."""
    said = ""
    if only and only.variants:
        said += f" AND x.variant_id IN ({bind(params, 'variant', only.variants)})"
    for column, names in (("department", only.departments), ("category", only.categories)) if only else ():
        if names:
            said += (
                " AND x.variant_id IN (SELECT v.variant_id FROM variant v JOIN shelf h ON h.product_id = v.product_id"
                f" WHERE COALESCE(h.{column}, 'Unknown') IN ({bind(params, 'shelf', names)}))"
            )
    return said


def build_panel(
    windows: Sequence[Window], start_on: date, weeks: int, scope: Scope, only: Filter, *, products: int
) -> Statement:
    """Weekly cells of the best-selling ``products`` of a part of the range.

    Columns: ``variant_id, store_id, week, units, net`` (minor units), ``others`` (units of everything else in the store
    that week), ``regulars`` (products of the part that could have been taken). Product-stores that sold in fewer than
    three of four weeks are left out: their price is not seen in the weeks without a sale.
    """
    best = """best AS (
SELECT r.variant_id, SUM(r.units) AS units FROM regular r GROUP BY r.variant_id
ORDER BY SUM(r.units) DESC, r.variant_id LIMIT $products
)"""
    params: dict[str, Any] = {"anchor": start_on, "weeks": weeks, "products": products}
    return _panel(windows, scope, params, only, best)


def build_panels(
    windows: Sequence[Window], start_on: date, weeks: int, scope: Scope, only: Filter | None, *, by: str, products: int
) -> Statement:
    """The cells of ``build_panel`` for every department or category at once, its best-selling ``products`` each.

    One more column: ``part``, the name of the department or category.
    """
    part = f"COALESCE(h.{'department' if by == 'department' else 'category'}, 'Unknown')"
    best = f"""sold AS (
SELECT r.variant_id, SUM(r.units) AS units FROM regular r GROUP BY r.variant_id
), ranked AS (
SELECT s.variant_id, {part} AS part,
  ROW_NUMBER() OVER (PARTITION BY {part} ORDER BY s.units DESC, s.variant_id) AS place
FROM sold s JOIN variant v ON v.variant_id = s.variant_id LEFT JOIN shelf h ON h.product_id = v.product_id
), best AS (
SELECT k.variant_id, k.part FROM ranked k WHERE k.place <= $products
)"""
    params: dict[str, Any] = {"anchor": start_on, "weeks": weeks, "products": products}
    return _panel(windows, scope, params, only, best, part="b.part, ")


def _panel(
    windows: Sequence[Window],
    scope: Scope,
    params: dict[str, Any],
    only: Filter | None,
    best: str,
    *,
    part: str = "",
) -> Statement:
    """The weekly cells of the products in ``best``, the common tables that choose among the ``regular`` ones."""
    checked_scope(windows, scope)
    condition = window_condition(windows, params, hourly=False)
    sql = f"""WITH cell AS (
SELECT x.variant_id, x.store_id, {_week("$anchor")} AS week, SUM(x.units) AS units, SUM(x.net_minor) AS net
FROM store_sku_day x
WHERE ({condition}){shelf_condition(only, params)}
GROUP BY x.variant_id, x.store_id, {_week("$anchor")}
HAVING SUM(x.units) > 0 AND SUM(x.net_minor) > 0
), regular AS (
SELECT c.variant_id, c.store_id, SUM(c.units) AS units FROM cell c
GROUP BY c.variant_id, c.store_id HAVING 4 * COUNT(*) >= 3 * $weeks
), {best}, total AS (
SELECT x.store_id, {_week("$anchor")} AS week, SUM(x.units) AS units
FROM store_day x WHERE ({condition}) GROUP BY x.store_id, {_week("$anchor")}
)
SELECT {part}c.variant_id, c.store_id, c.week, CAST(c.units AS DOUBLE) AS units, CAST(c.net AS DOUBLE) AS net,
  CAST(t.units - c.units AS DOUBLE) AS others, (SELECT COUNT(DISTINCT g.variant_id) FROM regular g) AS regulars
FROM cell c
JOIN regular r ON r.variant_id = c.variant_id AND r.store_id = c.store_id
JOIN best b ON b.variant_id = c.variant_id
JOIN total t ON t.store_id = c.store_id AND t.week = c.week
ORDER BY {part}c.variant_id, c.store_id, c.week"""
    return Statement(sql, params)


def build_depths(
    windows: Sequence[Window], start_on: date, weeks: int, scope: Scope, only: Filter | None, *, by: str
) -> Statement:
    """Gross margin by band of discount depth against the same product-stores' weeks without a discount.

    One row per department or category and band: ``part, band`` (index into ``BANDS``), ``cells`` (product-store-weeks),
    ``n`` products, ``margin`` and ``expected`` (minor units: what as many weeks without discount made), ``units`` and
    ``expected_units``, ``dd, de, ee`` over products of margin, and ``net`` of the whole part. Only product-stores that
    sold in three of four weeks at a known cost, in at least two of them without a discount.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"anchor": start_on, "weeks": weeks}
    condition = window_condition(windows, params, hourly=False)
    shelf = shelf_condition(only, params)
    column = "department" if by == "department" else "category"
    share = "CAST(c.discount AS DOUBLE) / CAST(c.gross AS DOUBLE)"
    limits = (0.02, 0.1, 0.2, 0.3, 0.4)
    band = " ".join(f"WHEN {share} < {limit} THEN {place}" for place, limit in enumerate(limits))
    sql = f"""WITH often AS (
SELECT x.store_id, x.variant_id FROM store_sku_day x WHERE ({condition}){shelf} AND x.variant_id IS NOT NULL
GROUP BY x.store_id, x.variant_id
HAVING 4 * COUNT(*) >= 3 * $weeks AND SUM(x.unknown_cost_lines) = 0
), cell AS (
SELECT x.store_id, x.variant_id, {_week("$anchor")} AS week, SUM(x.gross_minor) AS gross,
  SUM(x.discount_minor) AS discount, SUM(x.net_minor - x.cogs_minor) AS margin, SUM(x.net_minor) AS net,
  SUM(x.units) AS units
FROM store_sku_day x JOIN often o ON o.store_id = x.store_id AND o.variant_id = x.variant_id
WHERE ({condition})
GROUP BY x.store_id, x.variant_id, {_week("$anchor")}
HAVING SUM(x.gross_minor) > 0
), banded AS (
SELECT c.*, CASE {band} ELSE {len(limits)} END AS band FROM cell c
), plain AS (
SELECT b.store_id, b.variant_id, AVG(CAST(b.margin AS DOUBLE)) AS margin, AVG(CAST(b.units AS DOUBLE)) AS units
FROM banded b WHERE b.band = 0 GROUP BY b.store_id, b.variant_id HAVING COUNT(*) >= 2
), held AS (
SELECT b.store_id, b.variant_id FROM banded b GROUP BY b.store_id, b.variant_id HAVING 4 * COUNT(*) >= 3 * $weeks
), per_product AS (
SELECT COALESCE(h.{column}, 'Unknown') AS part, b.band, b.variant_id, COUNT(*) AS cells,
  CAST(SUM(b.margin) AS DOUBLE) AS margin, SUM(p.margin) AS expected, CAST(SUM(b.units) AS DOUBLE) AS units,
  SUM(p.units) AS expected_units, SUM(b.net) AS net
FROM banded b
JOIN plain p ON p.store_id = b.store_id AND p.variant_id = b.variant_id
JOIN held k ON k.store_id = b.store_id AND k.variant_id = b.variant_id
JOIN variant v ON v.variant_id = b.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
GROUP BY COALESCE(h.{column}, 'Unknown'), b.band, b.variant_id
)
SELECT q.part, q.band, SUM(q.cells) AS cells, COUNT(*) AS n, SUM(q.margin) AS margin, SUM(q.expected) AS expected,
  SUM(q.units) AS units, SUM(q.expected_units) AS expected_units, SUM(q.margin * q.margin) AS dd,
  SUM(q.margin * q.expected) AS de, SUM(q.expected * q.expected) AS ee, SUM(q.net) AS net
FROM per_product q
GROUP BY q.part, q.band
ORDER BY q.part, q.band"""
    return Statement(sql, params)
