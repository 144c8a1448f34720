"""SQL over what is out of stock although it sells, and what was ordered and is late; the scope enters as everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tools.context import Scope
from tools.metrics.query import Statement, Window, bind, checked_scope

SELLING_DAYS = 28


def build_out_of_stock(store_ids: Sequence[str], today: date, scope: Scope) -> Statement:
    """Goods that sold in the last four weeks and of which nothing is on hand, dearest first.

    Rows: ``store_id, variant_id, name, net_minor`` (of the four weeks), only where a level is recorded and the
    stock is tracked.

    Raises:
        NotAllowedError: a store is outside the scope.
    """
    checked_scope([Window(tuple(store_ids), today, today)], scope)
    params: dict[str, Any] = {}
    gone, levels, sales = (bind(params, "store", store_ids) for _ in range(3))
    start, end = bind(params, "start", [today - timedelta(days=SELLING_DAYS)]), bind(params, "end", [today])
    # What adds up to nothing has a row of nothing: few positions are, and only those are added up.
    sql = f"""WITH gone AS (
  SELECT DISTINCT x.store_id, x.variant_id FROM inventory_level x WHERE x.store_id IN ({gone}) AND x.quantity <= 0),
level AS (
  SELECT x.store_id, x.variant_id
  FROM inventory_level x JOIN gone g ON g.store_id = x.store_id AND g.variant_id = x.variant_id
  WHERE x.store_id IN ({levels}) GROUP BY x.store_id, x.variant_id HAVING SUM(x.quantity) <= 0),
sold AS (
  SELECT x.store_id, x.variant_id, SUM(x.net_minor) AS net_minor
  FROM store_sku_day x JOIN level l ON l.store_id = x.store_id AND l.variant_id = x.variant_id
  WHERE x.store_id IN ({sales}) AND x.business_on >= CAST({start} AS DATE) AND x.business_on < CAST({end} AS DATE)
  GROUP BY x.store_id, x.variant_id HAVING SUM(x.net_minor) > 0)
SELECT s.store_id, s.variant_id, COALESCE(v.name, p.name, s.variant_id) AS name, s.net_minor
FROM sold s
JOIN variant v ON v.variant_id = s.variant_id LEFT JOIN product p ON p.product_id = v.product_id
WHERE COALESCE(v.track_stock, TRUE)
ORDER BY s.net_minor DESC, s.store_id, s.variant_id"""
    return Statement(sql, params)


def build_overdue_orders(store_ids: Sequence[str], now: datetime, scope: Scope) -> Statement:
    """Orders that should have come: ``po_id, store_id, due_at, outstanding`` (major units, None with unknown costs).

    Raises:
        NotAllowedError: a store is outside the scope.
    """
    checked_scope([Window(tuple(store_ids), now.date(), now.date())], scope)
    params: dict[str, Any] = {}
    stores, at = bind(params, "store", store_ids), bind(params, "at", [now])
    sql = f"""SELECT x.po_id, x.store_id, x.due_at,
  CAST(SUM((l.ordered - COALESCE(l.received, 0)) * l.unit_cost) AS DECIMAL(18,2)) AS outstanding
FROM purchase_order x LEFT JOIN purchase_order_line l ON l.po_id = x.po_id
WHERE x.store_id IN ({stores}) AND x.status IN ('sent', 'partial') AND x.due_at < CAST({at} AS TIMESTAMPTZ)
GROUP BY x.po_id, x.store_id, x.due_at
ORDER BY x.due_at, x.po_id"""
    return Statement(sql, params)


def build_recorded(store_ids: Sequence[str], scope: Scope) -> Statement:
    """Whether stock levels, orders and targets are recorded at all: ``levels, orders, targets`` as counts.

    Raises:
        NotAllowedError: a store is outside the scope.
    """
    checked_scope([Window(tuple(store_ids), date.min, date.min)], scope)
    params: dict[str, Any] = {}
    counts = ", ".join(
        f"(SELECT COUNT(*) FROM {table} x WHERE x.store_id IN ({bind(params, 'store', store_ids)})) AS {name}"
        for table, name in (("inventory_level", "levels"), ("purchase_order", "orders"), ("target", "targets"))
    )
    return Statement(f"SELECT {counts}", params)
