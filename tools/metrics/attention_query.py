"""SQL over what is out of stock although it sells, and what was ordered and is late; the scope enters as everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition
from tools.metrics.stock_query import ON_HAND, is_out, levels, part_condition

SELLING_DAYS = 28

_KEPT = "COALESCE(v.track_stock, TRUE) AND COALESCE(v.active, TRUE) AND COALESCE(p.active, TRUE)"
_CATALOGUE = "LEFT JOIN variant v ON v.variant_id = {0}.variant_id LEFT JOIN product p ON p.product_id = v.product_id"


def _gone_and_sold(windows: Sequence[Window], params: dict[str, Any], where: str) -> str:
    """CTEs that end in ``gone`` (positions that are out) and ``sold`` (what of them sold in the windows, and for what).

    All that tells what goods that are out bring in is counted from these.
    """
    here = "TRUE"
    if not all(window.whole_chain for window in windows):
        here = f"x.store_id IN ({bind(params, 'store', sorted({one for each in windows for one in each.store_ids}))})"
    # Compared with “=”, the scan of what sold would look for each of its keys among those of the levels.
    return f"""{levels(here)}, gone AS (
SELECT l.store_id, l.variant_id FROM level l WHERE {is_out(where, "l", ON_HAND)}
), sold AS (
SELECT x.store_id, x.variant_id, SUM(x.net_minor) AS net_minor
FROM store_sku_day x
JOIN gone g ON g.store_id IS NOT DISTINCT FROM x.store_id AND g.variant_id IS NOT DISTINCT FROM x.variant_id
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY x.store_id, x.variant_id HAVING SUM(x.units) > 0 OR SUM(x.net_minor) > 0
)"""


def build_out_of_stock(windows: Sequence[Window], scope: Scope) -> Statement:
    """Goods that sold in the windows and of which nothing is on hand, as one row, or none where there are none.

    Columns: ``store_id, name`` of the one that sold for most, ``found`` (products by store) and ``net_minor`` (what all
    of them sold for in the windows). Only of active goods where a level is recorded and the stock is tracked; on
    hand is what it is in ``stock_query``.

    Raises:
        NotAllowedError: a store is outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""WITH {_gone_and_sold(windows, params, "completely")}
SELECT s.store_id, COALESCE(v.name, p.name, s.variant_id) AS name, COUNT(*) OVER () AS found,
  SUM(s.net_minor) OVER () AS net_minor
FROM sold s {_CATALOGUE.format("s")}
WHERE {_KEPT}
ORDER BY s.net_minor DESC, s.store_id, s.variant_id
LIMIT 1"""
    return Statement(sql, params)


def build_out_worth(
    windows: Sequence[Window], scope: Scope, *, where: str = "completely", only: Filter | None = None
) -> Statement:
    """The same by store and department: ``store_id, department, found`` (positions out), ``selling, net_minor``.

    ``selling`` are those that sold in the windows, ``net_minor`` is what for (null for nothing); ``where`` is as
    for ``is_out``, ``only`` a part of the range.

    Raises:
        NotAllowedError: a store is outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""WITH {_gone_and_sold(windows, params, where)}
SELECT g.store_id, COALESCE(h.department, 'Unknown') AS department, COUNT(*) AS found, COUNT(s.variant_id) AS selling,
  SUM(s.net_minor) AS net_minor
FROM gone g LEFT JOIN sold s ON s.store_id = g.store_id AND s.variant_id = g.variant_id
{_CATALOGUE.format("g")} LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE {_KEPT}{part_condition(only, params, variant="g", shelf="h")}
GROUP BY g.store_id, COALESCE(h.department, 'Unknown')
ORDER BY 1, 2"""
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
    """Whether stock levels, orders and targets are recorded at all: ``levels, orders, targets``, each 0 or 1.

    Raises:
        NotAllowedError: a store is outside the scope.
    """
    checked_scope([Window(tuple(store_ids), date.min, date.min)], scope)
    params: dict[str, Any] = {}
    counts = ", ".join(
        f"(SELECT COUNT(*) FROM (SELECT 1 FROM {table} x WHERE x.store_id IN ({bind(params, 'store', store_ids)})"
        f" LIMIT 1) f) AS {name}"
        for table, name in (("inventory_level", "levels"), ("purchase_order", "orders"), ("target", "targets"))
    )
    return Statement(f"SELECT {counts}", params)
