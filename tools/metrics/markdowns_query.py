"""SQL for stock that sells too slowly: on hand, sold lately, and what the excess cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tools.context import Scope
from tools.metrics.elasticity_query import shelf_condition
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition


def build_candidates(
    windows: Sequence[Window],
    scope: Scope,
    *,
    now: datetime,
    weeks: int,
    cover_weeks: int,
    limit: int,
    only: Filter | None = None,
    unsold_only: bool = False,
) -> Statement:
    """Product-stores with more stock than ``cover_weeks`` of sales, the costliest excess first.

    The windows are the ``weeks`` weeks whose sales make the rate. Columns: ``variant_id, store_id, on_hand, sold``
    (units in the windows), ``days`` (of the windows that the store has been selling for), ``last_on`` (last sale in
    them, or null), ``unit_cost`` (in force, the store's own first, or null), ``excess`` (units beyond the cover at the
    rate of those days, times ``weeks`` so that nothing is divided for most), ``as_of_at``, and over all ``found``,
    ``excess_cost`` (of known cost, in major units times ``weeks``), ``without_cost``. Products of the catalogue
    younger than the windows are left out, and so are stores where what is unsold in them is asked for.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"now": now, "weeks": weeks, "cover": cover_weeks, "limit": limit}
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    since = bind(params, "since", [min(window.start_on for window in windows)])
    until = bind(params, "until", [max(window.end_on for window in windows)])
    unsold = "WHERE COALESCE(s.units, 0) <= 0 AND d.days = 7 * $weeks" if unsold_only else "WHERE TRUE"
    sql = f"""WITH stock AS (
SELECT x.variant_id, x.store_id, SUM(x.quantity) AS on_hand, MAX(x.as_of_at) AS as_of_at FROM inventory_level x
WHERE x.store_id IN ({stores}){shelf_condition(only, params)}
GROUP BY x.variant_id, x.store_id HAVING SUM(x.quantity) > 0
), sold AS (
SELECT x.variant_id, x.store_id, SUM(x.units) AS units, MAX(x.business_on) AS last_on FROM store_sku_day x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY x.variant_id, x.store_id
), selling AS (
SELECT x.store_id, LEAST(7 * CAST($weeks AS INTEGER),
    CAST(DATE_DIFF('day', MIN(x.business_on), CAST({until} AS DATE)) AS INTEGER) + 1) AS days
FROM store_day x WHERE x.store_id IN ({stores}) AND x.business_on <= CAST({until} AS DATE) GROUP BY x.store_id
), slow AS (
SELECT k.variant_id, k.store_id, k.on_hand, k.as_of_at, COALESCE(s.units, 0) AS sold, s.last_on, d.days,
  CAST(k.on_hand * CAST($weeks AS INTEGER) - COALESCE(s.units, 0) * CAST($cover AS INTEGER)
    * (CASE WHEN d.days = 7 * $weeks THEN 1 ELSE 7.0 * $weeks / d.days END) AS DECIMAL(16,2)) AS excess
FROM stock k JOIN selling d ON d.store_id = k.store_id
JOIN variant v ON v.variant_id = k.variant_id AND COALESCE(v.unit_of_measure, 'each') = 'each'
JOIN product p ON p.product_id = v.product_id
LEFT JOIN sold s ON s.variant_id = k.variant_id AND s.store_id = k.store_id
{unsold} AND (p.created_at IS NULL OR CAST(p.created_at AS DATE) < CAST({since} AS DATE))
), priced AS (
SELECT c.variant_id, c.store_id, c.unit_cost,
  ROW_NUMBER() OVER (PARTITION BY c.variant_id, c.store_id ORDER BY CASE WHEN c.valid_from_at IS NULL THEN 1 ELSE 0 END,
    c.valid_from_at DESC) AS place
FROM cost c
WHERE c.unit_cost IS NOT NULL AND (c.valid_from_at IS NULL OR c.valid_from_at <= CAST($now AS TIMESTAMPTZ))
  AND (c.store_id IS NULL OR c.store_id IN ({stores}))
), told AS (
SELECT w.*, COALESCE(o.unit_cost, a.unit_cost) AS unit_cost FROM slow w
LEFT JOIN (SELECT variant_id, store_id, MIN(unit_cost) AS unit_cost FROM priced WHERE place = 1 AND store_id IS NOT NULL
  GROUP BY variant_id, store_id) o ON o.variant_id = w.variant_id AND o.store_id = w.store_id
LEFT JOIN (SELECT variant_id, MIN(unit_cost) AS unit_cost FROM priced WHERE place = 1 AND store_id IS NULL
  GROUP BY variant_id) a ON a.variant_id = w.variant_id
WHERE w.excess > 0
)
SELECT t.variant_id, t.store_id, t.on_hand, t.sold, t.days, t.last_on, t.unit_cost, t.excess, t.as_of_at,
  COUNT(*) OVER () AS found, SUM(t.excess * t.unit_cost) OVER () AS excess_cost,
  SUM(CASE WHEN t.unit_cost IS NULL THEN 1 ELSE 0 END) OVER () AS without_cost
FROM told t
ORDER BY CASE WHEN t.unit_cost IS NULL THEN 1 ELSE 0 END, t.excess * t.unit_cost DESC, t.variant_id, t.store_id
LIMIT $limit"""
    return Statement(sql, params)
