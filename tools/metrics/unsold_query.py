"""SQL over dead stock: what is on hand and had no sale for a number of days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, bind
from tools.metrics.stock_query import scoped_stores, stock_ctes, valued_ctes

_GROUPS = {"store": "d.store_id", "department": "d.department", "category": "d.category"}


def build_unsold(
    windows: Sequence[Window], scope: Scope, now: datetime, *, only: Filter | None = None, limit: int = 50,
    sold: str | None = None,
) -> Statement:  # fmt: skip
    """Dead stock: what is on hand and had no sale in the windows, the dearest at cost first.

    ``windows`` are the days without a sale that are asked for, one per group of stores: for “90 days” each store's
    last 90 business days. A product that came in during those days (``receive``, ``transfer_in`` or the product's own
    ``created_at``) and never sold is new, not dead, and left out. With ``sold`` it is only what sold at no store of the
    scope in those days (“nowhere”), or at one of its other stores (“elsewhere”).

    Columns: ``store_id, variant_id, each, on_hand, unit_cost, unit_price, cost_value, retail_value`` (major units, null
    where unknown), ``came_on`` (first receipt known, else null), ``elsewhere`` (sold at another store), and over all
    rows ``positions, products, pieces, total_cost, total_retail, unknown_cost, unknown_price, nowhere_products``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"limit": limit}
    dead = _dead(windows, scope, now, params, only, by=None, sold=sold)
    order = "d.cost_value DESC NULLS LAST, d.retail_value DESC NULLS LAST, d.on_hand DESC, d.store_id, d.variant_id"
    sql = f"""{dead}, total AS (
SELECT COUNT(*) AS positions, SUM(CASE WHEN d.each THEN d.on_hand END) AS pieces, SUM(d.cost_value) AS total_cost,
  SUM(d.retail_value) AS total_retail, SUM(CASE WHEN d.unit_cost IS NULL THEN 1 ELSE 0 END) AS unknown_cost,
  SUM(CASE WHEN d.unit_price IS NULL THEN 1 ELSE 0 END) AS unknown_price, COUNT(DISTINCT d.variant_id) AS products,
  COUNT(DISTINCT CASE WHEN NOT d.elsewhere THEN d.variant_id END) AS nowhere_products
FROM dead d
), shown AS (
SELECT d.* FROM dead d ORDER BY {order} LIMIT $limit
)
SELECT d.store_id, d.variant_id, d.each, d.on_hand, d.unit_cost, d.unit_price, d.cost_value, d.retail_value,
  d.came_on, d.elsewhere, t.*
FROM shown d CROSS JOIN total t
ORDER BY {order}"""
    return Statement(sql, params)


def build_last_sales(positions: Sequence[tuple[str, str]], scope: Scope) -> Statement:
    """The last day of a sale in the data of variants at stores: ``store_id, variant_id, last_sold_on``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {name: [pair[at] for pair in positions] for at, name in enumerate(("of", "variants"))}
    stores = scoped_stores(sorted({store_id for store_id, _ in positions}), scope, params)
    # With “=” the scan would compare every key of the rollup with the few that are asked for.
    sql = f"""SELECT x.store_id, x.variant_id, x.last_on AS last_sold_on
FROM sku_sold x JOIN (SELECT UNNEST(CAST($of AS VARCHAR[])) AS store_id,
  UNNEST(CAST($variants AS VARCHAR[])) AS variant_id) o
  ON o.store_id IS NOT DISTINCT FROM x.store_id AND o.variant_id IS NOT DISTINCT FROM x.variant_id
WHERE x.store_id IN ({stores})"""
    return Statement(sql, params)


def build_unsold_by(
    windows: Sequence[Window], scope: Scope, now: datetime, *, by: str, only: Filter | None = None,
    sold: str | None = None,
) -> Statement:  # fmt: skip
    """Dead stock per store, department or category, the dearest at cost first.

    Columns: ``key, positions, products, pieces, total_cost, total_retail`` as in ``build_unsold``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    dead = _dead(windows, scope, now, params, only, by=by, sold=sold)
    sql = f"""{dead}
SELECT {_GROUPS[by]} AS key, COUNT(*) AS positions, COUNT(DISTINCT d.variant_id) AS products,
  SUM(CASE WHEN d.each THEN d.on_hand END) AS pieces, SUM(d.cost_value) AS total_cost,
  SUM(d.retail_value) AS total_retail
FROM dead d GROUP BY {_GROUPS[by]}
ORDER BY total_cost DESC NULLS LAST, key"""
    return Statement(sql, params)


def _dead(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    params: dict[str, Any],
    only: Filter | None,
    *,
    by: str | None,
    sold: str | None = None,
) -> str:
    """``WITH`` and the CTEs that end in ``dead``: what came in lately is so only if it ever sold before."""
    stores = _stores(windows)
    ctes = stock_ctes(
        stores, scope, params, now, only=only, windows=windows, valued=False, shelved=by in ("department", "category")
    )
    first = min(window.start_on for window in windows)
    begin = bind(params, "begin", [first])
    end = bind(params, "end", [max(window.end_on for window in windows)])
    named, every = scoped_stores(stores, scope, params), bind(params, "every", sorted(scope.store_ids))
    where = {"nowhere": " AND o.variant_id IS NULL", "elsewhere": " AND o.variant_id IS NOT NULL"}.get(sold or "", "")
    amounts, values, joins = valued_ctes(named, params, now, of="quiet")
    return f"""WITH {ctes},
quiet AS (
SELECT t.store_id, t.variant_id, t.currency, t.department, t.category, t.each, t.on_hand, t.created_at
FROM stock t WHERE t.on_hand > 0 AND t.sold_on IS NULL
),
{",".join(amounts)},
came AS (
SELECT x.store_id, x.variant_id, CAST(MIN(x.occurred_at AT TIME ZONE st.timezone) AS DATE) AS came_on
FROM inventory_change x JOIN store st ON st.store_id = x.store_id
JOIN quiet q ON q.store_id = x.store_id AND q.variant_id = x.variant_id
WHERE x.store_id IN ({named}) AND x.kind IN ('receive', 'transfer_in')
GROUP BY x.store_id, x.variant_id
),
aged AS (
SELECT l.*, {values}, c.came_on,
  COALESCE(c.came_on, CAST(l.created_at AS DATE), CAST('1900-01-01' AS DATE)) < CAST({begin} AS DATE) AS of_age
FROM quiet l LEFT JOIN came c ON c.store_id = l.store_id AND c.variant_id = l.variant_id{joins}
),
young AS (
SELECT a.store_id, a.variant_id FROM aged a WHERE NOT a.of_age
),
sellers AS (
SELECT x.variant_id, MIN(x.store_id) AS one, MAX(x.store_id) AS another FROM store_sku_day x
WHERE x.store_id IN ({every}) AND x.business_on BETWEEN CAST({begin} AS DATE) AND CAST({end} AS DATE)
  AND (x.units > 0 OR x.gross_minor > 0)
GROUP BY x.variant_id
),
others AS (
SELECT DISTINCT q.store_id, q.variant_id
FROM quiet q JOIN sellers s ON s.variant_id = q.variant_id AND (s.one <> q.store_id OR s.another <> q.store_id)
),
dead AS (
SELECT a.store_id, a.variant_id, a.department, a.category, a.each, a.on_hand, a.unit_cost, a.unit_price,
  a.cost_value, a.retail_value, a.came_on,
  o.variant_id IS NOT NULL AS elsewhere
FROM aged a LEFT JOIN (
  SELECT x.store_id, x.variant_id
  FROM sku_sold x JOIN young y ON y.store_id = x.store_id AND y.variant_id = x.variant_id
  WHERE x.store_id IN ({named})) e ON e.store_id = a.store_id AND e.variant_id = a.variant_id
LEFT JOIN others o ON o.store_id = a.store_id AND o.variant_id = a.variant_id
WHERE (a.of_age OR e.store_id IS NOT NULL){where}
)"""


def _stores(windows: Sequence[Window]) -> list[str]:
    return sorted({store for window in windows for store in window.store_ids})


def build_longest_unsold(
    windows: Sequence[Window], scope: Scope, now: datetime, *, only: Filter | None = None
) -> Statement:
    """Of what is on hand and sold in the windows, the one whose last sale is longest ago, if there is any.

    Columns: ``store_id, variant_id, on_hand, sold_on``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    ctes = stock_ctes(_stores(windows), scope, params, now, only=only, windows=windows, valued=False, shelved=False)
    sql = f"""WITH {ctes}
SELECT t.store_id, t.variant_id, t.on_hand, t.sold_on FROM stock t WHERE t.on_hand > 0 AND t.sold_on IS NOT NULL
ORDER BY t.sold_on, t.store_id, t.variant_id LIMIT 1"""
    return Statement(sql, params)
