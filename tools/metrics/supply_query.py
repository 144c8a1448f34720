"""SQL over what is ordered and who supplies it, within the scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tools.context import Scope
from tools.metrics.dimensions import SUPPLIED
from tools.metrics.query import Filter, Statement, bind
from tools.metrics.stock_query import part_condition, scoped_stores

TRANSFER_DAYS = 60
"""How far back a transfer may have left and still be taken as on its way."""


def build_sources(variant_ids: Sequence[str]) -> Statement:
    """Who delivers each of these variants: ``variant_id, supplier``; a group of its own where several do."""
    params: dict[str, Any] = {}
    listed = bind(params, "variant", variant_ids)
    return Statement(f"SELECT u.variant_id, u.supplier FROM {SUPPLIED} u WHERE u.variant_id IN ({listed})", params)


def build_suppliers(variant_ids: Sequence[str]) -> Statement:
    """Who supplies these variants, the cheapest of each: one row per variant.

    Columns: ``variant_id, supplier_id, supplier, pack_size, min_quantity, unit_cost, lead_mean, lead_sd, order_days,
    min_order_minor, currency``. ``lead_mean`` is the item's own lead days, else the supplier's.
    """
    params: dict[str, Any] = {}
    sql = f"""SELECT r.variant_id, r.supplier_id, p.name AS supplier, r.pack_size, r.min_quantity, r.unit_cost,
  COALESCE(r.lead_days, p.lead_days_mean) AS lead_mean, p.lead_days_sd AS lead_sd, p.order_days, p.min_order_minor,
  p.currency
FROM (
  SELECT i.*, ROW_NUMBER() OVER (PARTITION BY i.variant_id
    ORDER BY CASE WHEN i.unit_cost IS NULL THEN 1 ELSE 0 END, i.unit_cost, i.supplier_id) AS place
  FROM supplier_item i WHERE i.variant_id IN ({bind(params, "variant", variant_ids)})) r
LEFT JOIN supplier p ON p.supplier_id = r.supplier_id
WHERE r.place = 1"""
    return Statement(sql, params)


def lead_cte() -> str:
    """A CTE ``lead``: lead days per variant (``lead_mean``) and the ``pack_size``, the cheapest supplier's."""
    return """lead AS (
SELECT r.variant_id, COALESCE(r.lead_days, p.lead_days_mean) AS lead_mean, r.pack_size
FROM (
  SELECT i.variant_id, i.supplier_id, i.lead_days, i.pack_size, ROW_NUMBER() OVER (PARTITION BY i.variant_id
    ORDER BY CASE WHEN i.unit_cost IS NULL THEN 1 ELSE 0 END, i.unit_cost, i.supplier_id) AS place
  FROM supplier_item i) r
LEFT JOIN supplier p ON p.supplier_id = r.supplier_id
WHERE r.place = 1
)"""


def open_orders(store_ids: Sequence[str], scope: Scope, params: dict[str, Any]) -> str:
    """A subquery of order lines not yet received, of orders sent to a supplier.

    Columns: ``po_id, store_id, supplier_id, status, sent_at, due_at, variant_id, open`` (pieces), ``unit_cost``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    stores = scoped_stores(store_ids, scope, params)
    return f"""SELECT o.po_id, o.store_id, o.supplier_id, o.status, COALESCE(o.sent_at, o.created_at) AS sent_at,
  o.due_at, l.variant_id, l.ordered - COALESCE(l.received, 0) AS open, l.unit_cost
FROM purchase_order o JOIN purchase_order_line l ON l.po_id = o.po_id
WHERE o.store_id IN ({stores}) AND o.status IN ('sent', 'partial') AND l.ordered > COALESCE(l.received, 0)"""


def build_on_order(store_ids: Sequence[str], scope: Scope, *, only: Filter | None = None) -> Statement:
    """Order lines that are on their way, the earliest due first.

    Columns: ``po_id, store_id, supplier, status, sent_at, due_at, variant_id, open, unit_cost, each``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    rows = open_orders(store_ids, scope, params)
    part = part_condition(only, params, variant="x", shelf="h")
    sql = f"""SELECT x.po_id, x.store_id, COALESCE(p.name, x.supplier_id) AS supplier, x.status, x.sent_at, x.due_at,
  x.variant_id, x.open, x.unit_cost, COALESCE(v.unit_of_measure, 'each') = 'each' AS each
FROM ({rows}) x
LEFT JOIN supplier p ON p.supplier_id = x.supplier_id
LEFT JOIN variant v ON v.variant_id = x.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE TRUE{part}
ORDER BY CASE WHEN x.due_at IS NULL THEN 1 ELSE 0 END, x.due_at, x.po_id, x.variant_id"""
    return Statement(sql, params)


def build_order_book(store_ids: Sequence[str], scope: Scope) -> Statement:
    """Orders of any status per status: ``status, orders, newest_at``; tells an empty book from one all received.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    stores = scoped_stores(store_ids, scope, params)
    sql = (
        "SELECT o.status, COUNT(*) AS orders, MAX(COALESCE(o.sent_at, o.created_at)) AS newest_at\n"
        f"FROM purchase_order o WHERE o.store_id IN ({stores})\nGROUP BY o.status ORDER BY o.status"
    )
    return Statement(sql, params)


def build_transfers(store_ids: Sequence[str], scope: Scope, now: datetime, *, only: Filter | None = None) -> Statement:
    """Goods that left one of the stores for another and have not arrived in any: ``variant_id, shipped, arrived``.

    What left in the last 60 days less what arrived since, by variant; only where more left than arrived. Meaningful
    only over every store that goods could arrive in.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"since": now - timedelta(days=TRANSFER_DAYS), "now": now}
    stores = scoped_stores(store_ids, scope, params)
    part = part_condition(only, params, variant="x", shelf="h")
    out = "CASE WHEN x.kind = 'transfer_out' THEN ABS(x.quantity) ELSE 0 END"
    into = "CASE WHEN x.kind = 'transfer_in' THEN ABS(x.quantity) ELSE 0 END"
    sql = f"""SELECT x.variant_id, SUM({out}) AS shipped, SUM({into}) AS arrived
FROM inventory_change x
LEFT JOIN variant v ON v.variant_id = x.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE x.store_id IN ({stores}) AND x.kind IN ('transfer_out', 'transfer_in')
  AND x.occurred_at >= CAST($since AS TIMESTAMPTZ) AND x.occurred_at <= CAST($now AS TIMESTAMPTZ){part}
GROUP BY x.variant_id
HAVING SUM({out}) > SUM({into})
ORDER BY x.variant_id"""
    return Statement(sql, params)
