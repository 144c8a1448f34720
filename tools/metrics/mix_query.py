"""SQL over products week by week, and over stock of one product in several stores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tools.context import Scope
from tools.metrics.demand_query import demand_ctes
from tools.metrics.query import Filter, Statement, Window, checked_scope, window_condition
from tools.metrics.stock_query import part_condition
from tools.metrics.supply_query import open_orders
from tools.metrics.windows import first_days


def build_weeks(windows: Sequence[Window], scope: Scope, *, value: str, only: Filter | None = None) -> Statement:
    """Products with their sales of whole weeks, the largest first; goods sold by the piece only.

    Columns: ``variant_id, value`` (net sales or gross margin in minor units), ``units, squares`` (the sum of the
    squared units of each seven days, counted from the first day).

    Args:
        windows: whole weeks; the first day of each is the start of its weeks.
        scope: who asks.
        value: ``net_sales`` or ``gross_margin``.
        only: the part of the range.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    where = window_condition(windows, params, hourly=False)
    week = f"(x.business_on - {first_days(windows, params)}) // 7"
    part = part_condition(only, params, variant="x", shelf="h")
    shelf = "LEFT JOIN shelf h ON h.product_id = v.product_id\n" if only else ""
    amount = {
        "net_sales": "x.net_minor",
        "gross_margin": "CASE WHEN x.lines > x.unknown_cost_lines THEN x.known_cost_net_minor - x.cogs_minor END",
    }[value]
    sql = f"""SELECT w.variant_id, SUM(w.value) AS value, SUM(w.units) AS units,
  SUM(CAST(w.units AS DOUBLE) * CAST(w.units AS DOUBLE)) AS squares
FROM (
  SELECT x.variant_id, {week} AS week, SUM({amount}) AS value,
    SUM(x.units) AS units
  FROM store_sku_day x LEFT JOIN variant v ON v.variant_id = x.variant_id
  {shelf}WHERE ({where}) AND COALESCE(v.unit_of_measure, 'each') = 'each'{part}
  GROUP BY x.variant_id, {week}) w
GROUP BY w.variant_id
ORDER BY value DESC NULLS LAST, w.variant_id"""
    return Statement(sql, params)


def build_uneven(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    *,
    keep_days: int,
    wanted_days: int,
    only: Filter | None = None,
) -> Statement:
    """Positions of products that are short in one store and plentiful in another of the same district.

    Columns: ``district, variant_id, store_id, on_hand, units, trading_days, unit_cost, unit_price, open, new_since``.
    Short is less than ``wanted_days`` of demand with what is on order; plentiful more than ``keep_days``, at least one
    piece beyond.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"keep": keep_days, "wanted": wanted_days}
    ctes = demand_ctes(windows, scope, params, now, only=only)
    stores = sorted({store for window in windows for store in window.store_ids})
    units = "COALESCE(p.units, 0)"
    have = "(CASE WHEN p.on_hand > 0 THEN p.on_hand ELSE 0 END + COALESCE(c.open, 0))"
    sql = f"""WITH {ctes},
coming AS (
SELECT x.store_id, x.variant_id, SUM(x.open) AS open FROM ({open_orders(stores, scope, params)}) x
GROUP BY x.store_id, x.variant_id
),
judged AS (
SELECT p.store_id, p.variant_id, p.on_hand, p.units, p.trading_days, p.unit_cost, p.unit_price, p.new_since, c.open,
  COALESCE(st.district, '') AS district,
  CASE WHEN p.units > 0 AND {have} * p.trading_days < p.units * $wanted THEN 1 ELSE 0 END AS short,
  CASE WHEN (p.on_hand - 1) * COALESCE(p.trading_days, 1) >= {units} * $keep THEN 1 ELSE 0 END AS plenty
FROM paced p JOIN store st ON st.store_id = p.store_id
LEFT JOIN coming c ON c.store_id = p.store_id AND c.variant_id = p.variant_id
WHERE p.each AND p.active
),
uneven AS (
SELECT j.district, j.variant_id FROM judged j GROUP BY j.district, j.variant_id
HAVING SUM(j.short) > 0 AND SUM(j.plenty) > 0
)
SELECT j.district, j.variant_id, j.store_id, j.on_hand, j.units, j.trading_days, j.unit_cost, j.unit_price, j.open,
  j.new_since
FROM judged j JOIN uneven b ON b.district = j.district AND b.variant_id = j.variant_id
WHERE j.short = 1 OR j.plenty = 1
ORDER BY j.district, j.variant_id, j.store_id"""
    return Statement(sql, params)
