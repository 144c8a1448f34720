"""SQL for stock that sells too slowly: on hand, sold lately, and what the excess cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tools.context import Scope
from tools.metrics.elasticity_query import shelf_condition
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition
from tools.metrics.stock_query import valued_ctes

FEW = 2
"""A position of so few pieces frees no room and hardly any money, so it does not lead."""


def build_candidates(
    windows: Sequence[Window],
    scope: Scope,
    *,
    now: datetime,
    weeks: int,
    cover_weeks: int,
    limit: int,
    clear_weeks: int,
    least_margin: int,
    only: Filter | None = None,
    unsold_only: bool = False,
) -> Statement:
    """Product-stores with a piece or more beyond ``cover_weeks`` of sales, the costliest excess first.

    The windows are the ``weeks`` weeks whose sales make the rate. Columns: ``variant_id, store_id, on_hand, sold``
    (units in the windows), ``days`` (of the windows that the store has been selling for), ``last_on`` (last sale in
    them, or null), ``unit_cost, unit_price`` (in force, the store's own first, or null), ``excess`` (units beyond the
    cover at the rate of those days, times ``weeks`` so that nothing is divided for most), ``as_of_at``, ``unmarked``
    (1, and last, where ``tools.analysis.markdown`` suggests no depth: the step of 5 % does not leave the least margin,
    or the rate clears the stock in time), ``apart`` (1, and after the others: ``FEW`` pieces or fewer, or never sold
    at the store), and over all ``found, excess_units, excess_cost, unmarked_cost, apart_cost`` (of known cost, in major
    units; all times ``weeks``), ``without_cost, without_markdown, set_apart``. Products of the catalogue
    younger than the windows are left out, and so are stores where what is unsold in them is asked for.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"weeks": weeks, "cover": cover_weeks, "limit": limit, "few": FEW}
    params |= {"clear": clear_weeks, "margin": least_margin}
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    since = bind(params, "since", [min(window.start_on for window in windows)])
    until = bind(params, "until", [max(window.end_on for window in windows)])
    unsold = "WHERE COALESCE(s.units, 0) <= 0 AND d.days = 7 * $weeks" if unsold_only else "WHERE TRUE"
    amounts, values, joins = valued_ctes(stores, params, now)
    sql = f"""WITH {", ".join(amounts)}, stock AS (
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
SELECT k.variant_id, k.store_id, st.currency, k.on_hand, k.as_of_at, COALESCE(s.units, 0) AS sold, s.last_on, d.days,
  CAST(k.on_hand * CAST($weeks AS INTEGER) - COALESCE(s.units, 0) * CAST($cover AS INTEGER)
    * (CASE WHEN d.days = 7 * $weeks THEN 1 ELSE 7.0 * $weeks / d.days END) AS DECIMAL(16,2)) AS excess
FROM stock k JOIN selling d ON d.store_id = k.store_id
JOIN store st ON st.store_id = k.store_id
JOIN variant v ON v.variant_id = k.variant_id AND COALESCE(v.unit_of_measure, 'each') = 'each'
JOIN product p ON p.product_id = v.product_id
LEFT JOIN sold s ON s.variant_id = k.variant_id AND s.store_id = k.store_id
{unsold} AND (p.created_at IS NULL OR CAST(p.created_at AS DATE) < CAST({since} AS DATE))
), told AS (
SELECT l.*, {values} FROM slow l{joins}
WHERE l.excess >= $weeks
), ever AS (
SELECT DISTINCT x.variant_id, x.store_id FROM store_sku_day x
WHERE x.store_id IN ({stores}) AND x.units > 0 AND x.variant_id IN (SELECT o.variant_id FROM told o)
), judged AS (
SELECT t.*, CASE WHEN t.unit_price > 0 AND (t.on_hand * t.days <= t.sold * 7 * $clear
  OR 19 * t.unit_price * (100 - $margin) < 2000 * t.unit_cost) THEN 1 ELSE 0 END AS unmarked,
  CASE WHEN t.on_hand <= $few OR e.variant_id IS NULL THEN 1 ELSE 0 END AS apart
FROM told t LEFT JOIN ever e ON e.variant_id = t.variant_id AND e.store_id = t.store_id
)
SELECT t.variant_id, t.store_id, t.on_hand, t.sold, t.days, t.last_on, t.unit_cost, t.unit_price, t.excess, t.as_of_at,
  t.unmarked, t.apart, COUNT(*) OVER () AS found, SUM(t.excess * t.unit_cost) OVER () AS excess_cost,
  SUM(t.excess) OVER () AS excess_units, SUM(t.unmarked) OVER () AS without_markdown,
  SUM(CASE WHEN t.unmarked = 1 THEN t.excess * t.unit_cost END) OVER () AS unmarked_cost,
  SUM(t.apart * (1 - t.unmarked)) OVER () AS set_apart,
  SUM(CASE WHEN t.apart = 1 AND t.unmarked = 0 THEN t.excess * t.unit_cost END) OVER () AS apart_cost,
  SUM(CASE WHEN t.unit_cost IS NULL THEN 1 ELSE 0 END) OVER () AS without_cost
FROM judged t
ORDER BY t.unmarked, CASE WHEN t.unit_cost IS NULL THEN 1 ELSE 0 END, t.apart, t.excess * t.unit_cost DESC,
  t.variant_id, t.store_id
LIMIT $limit"""
    return Statement(sql, params)
