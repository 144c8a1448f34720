"""SQL for in how many stores each product is on hand now, or was sold in a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window
from tools.metrics.stock_query import part_condition, scoped_stores
from tools.metrics.windows import checked_scope, window_condition


def build_spread(
    windows: Sequence[Window], scope: Scope, *, sold: bool, bounds: tuple[int, int], only: Filter | None = None,
    limit: int = 20,
) -> Statement:  # fmt: skip
    """Products by the number of stores that have them, those within the bounds listed.

    Args:
        windows: the stores; the days whose sales count where ``sold``, and by which rows are ordered in any case.
        scope: who asks.
        sold: products with a sale in the windows; else those on hand now.
        bounds: the fewest and the most stores.
        only: a part of the range.
        limit: how many rows.

    Columns: ``variant_id, stores`` (how many), ``named`` (their ids, sorted, with commas), ``net_minor`` (of the
    windows), and over all rows ``products``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"limit": limit, "fewest": bounds[0], "most": bounds[1]}
    sql = f"""{_has(windows, scope, params, sold=sold, only=only)}
SELECT q.*, COUNT(*) OVER () AS products FROM (
SELECT b.variant_id, COUNT(*) AS stores, STRING_AGG(b.store_id, ',' ORDER BY b.store_id) AS named,
  SUM(b.net_minor) AS net_minor
FROM has b GROUP BY b.variant_id HAVING COUNT(*) BETWEEN $fewest AND $most) q
ORDER BY q.net_minor DESC NULLS LAST, q.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def build_spread_counts(
    windows: Sequence[Window], scope: Scope, *, sold: bool, only: Filter | None = None
) -> Statement:
    """``stores, products``: how many products so many stores have.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    sql = f"""{_has(windows, scope, params, sold=sold, only=only)}
SELECT n.stores, COUNT(*) AS products FROM (
SELECT b.variant_id, COUNT(*) AS stores FROM has b GROUP BY b.variant_id) n
GROUP BY n.stores ORDER BY n.stores"""
    return Statement(sql, params)


def _has(windows: Sequence[Window], scope: Scope, params: dict[str, Any], *, sold: bool, only: Filter | None) -> str:
    """``WITH`` and the CTE ``has``: a row for each store and product, with what it sold there in the windows."""
    checked_scope(windows, scope)
    part = part_condition(only, params, variant="v", shelf="h")
    days = window_condition(windows, params, hourly=False)
    shelf = """JOIN variant v ON v.variant_id = {0}.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id"""
    went = f"""went AS (
SELECT x.store_id, x.variant_id, SUM(x.net_minor) AS net_minor FROM store_sku_day x
WHERE ({days}) AND (x.units > 0 OR x.gross_minor > 0) GROUP BY x.store_id, x.variant_id
)"""
    if sold:
        return f"""WITH {went}, has AS (
SELECT w.store_id, w.variant_id, w.net_minor FROM went w
{shelf.format("w")}
WHERE TRUE{part}
)"""
    stores = scoped_stores(sorted({store for window in windows for store in window.store_ids}), scope, params)
    return f"""WITH {went}, held AS (
SELECT l.store_id, l.variant_id FROM inventory_level l WHERE l.store_id IN ({stores})
GROUP BY l.store_id, l.variant_id HAVING SUM(l.quantity) > 0
), has AS (
SELECT l.store_id, l.variant_id, w.net_minor FROM held l
{shelf.format("l")}
LEFT JOIN went w ON w.store_id = l.store_id AND w.variant_id = l.variant_id
WHERE COALESCE(v.track_stock, TRUE){part}
)"""
