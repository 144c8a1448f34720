"""SQL over orders to suppliers, past and present: what was ordered, what came of it, for how much and how soon.

An order has the day it was sent on (or was written, where no sending is told), or, with ``basis="received"``, the day
it came in full. Drafts and cancelled orders only count when they are asked for. Costs are in the currency of the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from tools.context import Scope
from tools.metrics.movement_query import business_day, change_band
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition
from tools.metrics.stock_query import part_condition

Basis = Literal["sent", "received"]
STATUSES = {
    None: ("sent", "partial", "received"),
    "open": ("sent", "partial"),
    "received": ("received",),
    "draft": ("draft",),
    "cancelled": ("cancelled",),
}
"""What is asked for, and the states of an order that are meant."""
_KEYS = {
    None: "''",
    "store": "l.store_id",
    "supplier": "l.supplier",
    "department": "l.department",
    "category": "l.category",
    "product": "l.variant_id",
    "status": "l.status",
    "month": "CAST(DATE_TRUNC('month', l.business_on) AS VARCHAR)",
    "week": "CAST(DATE_TRUNC('week', l.business_on) AS VARCHAR)",
}
_AT = {"sent": "COALESCE(o.sent_at, o.created_at)", "received": "o.received_at"}
_SECONDS = "CAST(EXTRACT(EPOCH FROM o.received_at) - EXTRACT(EPOCH FROM o.placed_at) AS BIGINT)"
_TIMED = "o.status = 'received' AND o.received_at IS NOT NULL AND o.placed_at IS NOT NULL"
_DUE = "o.status = 'received' AND o.received_at IS NOT NULL AND o.due_at IS NOT NULL"


def build_purchases(
    windows: Sequence[Window],
    scope: Scope,
    *,
    by: str | None = None,
    basis: Basis = "sent",
    status: str | None = None,
    supplier_id: str | None = None,
    only: Filter | None = None,
) -> Statement:
    """Orders of the windows in sums: one row, or one for each value of ``by``.

    Columns: ``key, orders, ordered, received`` (pieces, of goods sold by the piece), ``ordered_value, received_value``
    (major units; lines without a cost are left out and counted in ``unpriced``), ``timed, lead_seconds`` (orders
    received in full whose times are known, and the sum of their times from sending to arrival), ``dated, late`` (of
    those with a due day, how many came after it), ``closed_ordered, closed_received`` (pieces of orders that are
    received), all of the lines in ``only``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    lines = _lines(windows, scope, params, basis, status, supplier_id, only)
    sql = f"""WITH {lines},
placed AS (
SELECT {_KEYS[by]} AS key, l.po_id, MIN(l.status) AS status, MIN(l.placed_at) AS placed_at, MIN(l.due_at) AS due_at,
  MIN(l.received_at) AS received_at, MIN(l.due_on) AS due_on, MIN(l.received_on) AS received_on,
  SUM(CASE WHEN l.each THEN l.ordered ELSE 0 END) AS ordered,
  SUM(CASE WHEN l.each THEN l.received ELSE 0 END) AS received,
  SUM(l.ordered * l.unit_cost) AS ordered_value, SUM(l.received * l.unit_cost) AS received_value,
  SUM(CASE WHEN l.unit_cost IS NULL THEN 1 ELSE 0 END) AS unpriced
FROM line l GROUP BY {f"{_KEYS[by]}, " if by else ""}l.po_id
)
SELECT o.key, COUNT(*) AS orders, SUM(o.ordered) AS ordered, SUM(o.received) AS received,
  SUM(o.ordered_value) AS ordered_value, SUM(o.received_value) AS received_value, SUM(o.unpriced) AS unpriced,
  SUM(CASE WHEN {_TIMED} THEN 1 ELSE 0 END) AS timed,
  SUM(CASE WHEN {_TIMED} THEN {_SECONDS} END) AS lead_seconds,
  SUM(CASE WHEN {_DUE} THEN 1 ELSE 0 END) AS dated,
  SUM(CASE WHEN {_DUE} AND o.received_on > o.due_on THEN 1 ELSE 0 END) AS late,
  SUM(CASE WHEN o.status = 'received' THEN o.ordered ELSE 0 END) AS closed_ordered,
  SUM(CASE WHEN o.status = 'received' THEN o.received ELSE 0 END) AS closed_received
FROM placed o GROUP BY o.key ORDER BY o.key"""
    return Statement(sql, params)


def build_purchase_list(
    windows: Sequence[Window],
    scope: Scope,
    *,
    basis: Basis = "sent",
    status: str | None = None,
    supplier_id: str | None = None,
    only: Filter | None = None,
    limit: int = 20,
) -> Statement:
    """Orders of the windows one by one, the newest first.

    Columns: ``po_id, store_id, supplier, status, placed_at, due_at, received_at, lines, ordered, received`` (pieces),
    ``ordered_value, unpriced``, and of the lines in ``only`` ``unit_cost``, the dearest, and ``unit`` (of measure).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    lines = _lines(windows, scope, params, basis, status, supplier_id, only)
    params["limit"] = limit
    sql = f"""WITH {lines}
SELECT l.po_id, l.store_id, l.supplier, l.status, l.placed_at, l.due_at, l.received_at, COUNT(l.variant_id) AS lines,
  SUM(CASE WHEN l.each THEN l.ordered ELSE 0 END) AS ordered,
  SUM(CASE WHEN l.each THEN l.received ELSE 0 END) AS received,
  SUM(l.ordered * l.unit_cost) AS ordered_value,
  SUM(CASE WHEN l.variant_id IS NOT NULL AND l.unit_cost IS NULL THEN 1 ELSE 0 END) AS unpriced,
  MAX(l.unit_cost) AS unit_cost, MAX(l.unit) AS unit
FROM line l
GROUP BY l.po_id, l.store_id, l.supplier, l.status, l.placed_at, l.due_at, l.received_at, l.happened_at
ORDER BY l.happened_at DESC, l.po_id DESC
LIMIT $limit"""
    return Statement(sql, params)


def _lines(
    windows: Sequence[Window],
    scope: Scope,
    params: dict[str, Any],
    basis: Basis,
    status: str | None,
    supplier_id: str | None,
    only: Filter | None,
) -> str:
    """CTEs (without ``WITH``) that end in ``line``: the order lines that are meant, each with its order."""
    checked_scope(windows, scope)
    states = bind(params, "status", list(STATUSES[status]))
    from_whom = f" AND x.supplier_id = {bind(params, 'supplier', [supplier_id])}" if supplier_id else ""
    part = part_condition(only, params, variant="i", shelf="h")
    return f"""dated AS (
SELECT x.po_id, x.store_id, x.supplier_id, x.status, x.placed_at, x.due_at, x.received_at, x.occurred_at,
  CAST((x.due_at AT TIME ZONE st.timezone) AS DATE) AS due_on,
  CAST((x.received_at AT TIME ZONE st.timezone) AS DATE) AS received_on, {business_day()} AS business_on
FROM (SELECT o.po_id, o.store_id, o.supplier_id, o.status, {_AT["sent"]} AS placed_at, o.due_at, o.received_at,
  {_AT[basis]} AS occurred_at FROM purchase_order o) x
JOIN store st ON st.store_id = x.store_id
WHERE {change_band(windows, params)} AND x.status IN ({states}){from_whom}
),
line AS (
SELECT x.po_id, x.store_id, COALESCE(p.name, x.supplier_id, 'no supplier told') AS supplier, x.status, x.placed_at,
  x.due_at, x.received_at, x.due_on, x.received_on, x.business_on, x.occurred_at AS happened_at, i.variant_id,
  COALESCE(h.department, 'Unknown') AS department, COALESCE(h.category, 'Unknown') AS category,
  COALESCE(v.unit_of_measure, 'each') AS unit, COALESCE(v.unit_of_measure, 'each') = 'each' AS each, i.ordered,
  CASE WHEN x.status = 'received' THEN COALESCE(i.received, i.ordered) ELSE COALESCE(i.received, 0) END AS received,
  i.unit_cost
FROM dated x
LEFT JOIN purchase_order_line i ON i.po_id = x.po_id
LEFT JOIN supplier p ON p.supplier_id = x.supplier_id
LEFT JOIN variant v ON v.variant_id = i.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE ({window_condition(windows, params, hourly=False)}){part}
)"""
