"""SQL over what may have to be ordered: stock against demand, with the supplier of each product and what is coming."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from tools.analysis.reorder import SAFETY_FACTOR
from tools.context import Scope
from tools.metrics.demand_query import demand_ctes
from tools.metrics.query import Filter, Statement, Window
from tools.metrics.running_out_query import ENOUGH_UNITS
from tools.metrics.stock_query import part_condition
from tools.metrics.supply_query import open_orders
from tools.metrics.windows import checked_scope, window_condition

MARGIN = 1.1
"""By how much the point in floats lies above the exact one, so that no row is missed for a rounding."""


def build_to_order(
    windows: Sequence[Window], scope: Scope, now: datetime, *, lead_days: Decimal, only: Filter | None = None
) -> Statement:
    """Active goods by the piece that sell, and whose stock is about at its reorder point or below.

    The point is reckoned here in floats and with a margin, only to read few rows; whether an order is due is reckoned
    exactly from them (``tools.analysis.reorder``). Goods with too few sales for a rate are left out.

    Args:
        windows: the stores, and the days over which demand is measured.
        scope: who asks.
        now: for costs.
        lead_days: what is taken where no supplier tells a lead time.
        only: a part of the range.

    Columns: ``store_id, variant_id, on_hand, units, squares, trading_days, net_minor, unit_cost, open`` (null: nothing
    is on order), and of the cheapest supplier ``supplier, pack_size, min_quantity, supplier_cost, lead_mean, lead_sd,
    order_days`` (null where unknown; a cost in another currency than the store's is none).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"enough": ENOUGH_UNITS, "lead": float(lead_days), "factor": float(SAFETY_FACTOR) * MARGIN}
    ctes = demand_ctes(windows, scope, params, now, only=only, valued=True)
    stores = sorted({store for window in windows for store in window.store_ids})
    sql = f"""WITH {ctes},
source AS (
SELECT r.variant_id, p.name AS supplier, r.pack_size, r.min_quantity, r.unit_cost AS supplier_cost,
  COALESCE(r.lead_days, p.lead_days_mean) AS lead_mean, p.lead_days_sd AS lead_sd, p.order_days, p.currency
FROM (
  SELECT i.*, ROW_NUMBER() OVER (PARTITION BY i.variant_id
    ORDER BY CASE WHEN i.unit_cost IS NULL THEN 1 ELSE 0 END, i.unit_cost, i.supplier_id) AS place
  FROM supplier_item i) r
LEFT JOIN supplier p ON p.supplier_id = r.supplier_id
WHERE r.place = 1
),
coming AS (
SELECT x.store_id, x.variant_id, SUM(x.open) AS open FROM ({open_orders(stores, scope, params)}) x
GROUP BY x.store_id, x.variant_id
)
SELECT q.store_id, q.variant_id, q.on_hand, q.units, q.squares, q.trading_days, q.net_minor, q.unit_cost, c.open,
  q.new_since,  q.supplier, q.pack_size, q.min_quantity, q.supplier_cost, q.lead_mean, q.lead_sd, q.order_days
FROM (
  SELECT p.*, s.supplier, s.pack_size, s.min_quantity,
    CASE WHEN COALESCE(s.currency, p.currency) = p.currency THEN s.supplier_cost END AS supplier_cost,
    s.lead_mean, s.lead_sd, s.order_days,
    COALESCE(CAST(s.lead_mean AS DOUBLE), $lead) AS lead, COALESCE(CAST(s.lead_sd AS DOUBLE), 2) AS spread,
    CAST(p.units AS DOUBLE) / p.trading_days AS mean, CAST(p.squares AS DOUBLE) AS sum_of_squares
  FROM paced p LEFT JOIN source s ON s.variant_id = p.variant_id
  WHERE p.each AND p.active AND p.units >= $enough AND p.trading_days > 0
) q
LEFT JOIN coming c ON c.store_id = q.store_id AND c.variant_id = q.variant_id
WHERE CAST(q.on_hand AS DOUBLE) <= 0.5 + q.mean * q.lead * 1.1 + $factor * SQRT(
    q.lead * GREATEST(q.sum_of_squares / GREATEST(q.trading_days - 1, 1), q.mean)
    + q.mean * q.mean * q.spread * q.spread)
ORDER BY q.store_id, q.variant_id"""
    return Statement(sql, params)


def build_best_sellers(windows: Sequence[Window], scope: Scope, *, count: int, only: Filter | None = None) -> Statement:
    """The goods by the piece with the highest net sales in the windows: ``variant_id, net, units`` of all stores.

    Goods whose stock is not tracked, or that are taken out of the range, are left out. ``net`` is minor units.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"count": count}
    where = window_condition(windows, params, hourly=False)
    part = part_condition(only, params, variant="x", shelf="h")
    return Statement(
        f"""SELECT x.variant_id, SUM(x.net_minor) AS net, SUM(x.units) AS units
FROM store_sku_day x
JOIN variant v ON v.variant_id = x.variant_id
JOIN product p ON p.product_id = v.product_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE ({where}) AND COALESCE(v.unit_of_measure, 'each') = 'each' AND COALESCE(v.track_stock, TRUE)
  AND COALESCE(v.active, TRUE) AND COALESCE(p.active, TRUE){part}
GROUP BY x.variant_id
HAVING SUM(x.units) > 0
ORDER BY net DESC, x.variant_id
LIMIT $count""",
        params,
    )
