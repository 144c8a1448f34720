"""SQL for new products: taken into the catalogue in a period or, without such a date, sold then for the first time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, bind, window_condition
from tools.metrics.stock_query import part_condition
from tools.metrics.windows import checked_scope, product_days

_EVER = date(1970, 1, 1)
"""Before all sales."""
NEW_GROUPS = {"department": "q.department", "category": "q.category", "brand": "q.brand"}
"""What new products can be counted by."""
_ORDERS = {
    "top": "q.net_minor DESC, q.since_minor DESC",
    "bottom": "q.net_minor, q.since_minor",
    "latest": "q.new_on DESC, q.net_minor DESC",
}


def build_new(
    windows: Sequence[Window],
    scope: Scope,
    *,
    created: tuple[datetime, datetime],
    zone: str,
    witnesses: Sequence[str],
    through_on: date,
    only: Filter | None = None,
    order: str = "top",
    limit: int = 20,
) -> Statement:
    """New products, and the same over all of them in every row.

    A product with a recorded date of creation is new where that lies in ``created`` and nothing was sold before; one
    without is new where its first sale at any of the stores lies in the windows and one of ``witnesses`` sold it then.

    Args:
        windows: stores and days.
        scope: who asks.
        created: the instants from and before which a product was taken in.
        zone: the time zone in which a creation has its date.
        witnesses: stores whose sales are known from long enough before; empty where first sales tell nothing.
        through_on: the last business date whose sales count as since.
        only: a part of the range.
        order: "top", "bottom" by net sales in the windows, or "latest".
        limit: how many rows.

    Columns: ``variant_id, department, category, brand, dated`` (by its creation), ``new_on, first_on`` (null where not
    sold), ``net_minor, units, stores, lines`` of the windows, ``since_minor`` through ``through_on``; over all rows
    ``products, all_dated, all_net, all_units, unsold, once`` (one line in all) and ``median_minor`` of those sold in
    the windows, whole minor units.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"limit": limit}
    new = _new(windows, scope, params, created, zone, witnesses, through_on, only)
    return Statement(
        f"""WITH {new}
SELECT q.*, COUNT(*) OVER () AS products, SUM(q.dated) OVER () AS all_dated, SUM(q.net_minor) OVER () AS all_net,
  SUM(q.units) OVER () AS all_units, SUM(CASE WHEN q.lines = 0 THEN 1 ELSE 0 END) OVER () AS unsold,
  SUM(CASE WHEN q.since_lines = 1 THEN 1 ELSE 0 END) OVER () AS once,
  (SELECT CAST(ROUND(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY n.net_minor)) AS BIGINT) FROM born n WHERE n.lines > 0)
    AS median_minor
FROM born q
ORDER BY {_ORDERS[order]}, q.variant_id
LIMIT $limit""",
        params,
    )


def build_new_by(
    by: str,
    windows: Sequence[Window],
    scope: Scope,
    *,
    created: tuple[datetime, datetime],
    zone: str,
    witnesses: Sequence[str],
    through_on: date,
    only: Filter | None = None,
) -> Statement:
    """``key, products, net_minor`` of the new products for each of ``NEW_GROUPS``; arguments as for ``build_new``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    new = _new(windows, scope, params, created, zone, witnesses, through_on, only)
    return Statement(
        f"""WITH {new}
SELECT {NEW_GROUPS[by]} AS key, COUNT(*) AS products, SUM(q.net_minor) AS net_minor
FROM born q GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1""",
        params,
    )


def build_all_sales(windows: Sequence[Window], scope: Scope, only: Filter | None = None) -> Statement:
    """``net_minor`` of everything that the part of the range sold in the windows, one row.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    days = window_condition(windows, params, hourly=False)
    if only is None:
        return Statement(f"SELECT SUM(x.net_minor) AS net_minor FROM store_day x WHERE {days}", params)
    part = part_condition(only, params, variant="x", shelf="h")
    return Statement(
        f"""SELECT SUM(x.net_minor) AS net_minor FROM store_sku_day x
JOIN variant v ON v.variant_id = x.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE ({days}){part}""",
        params,
    )


def _new(
    windows: Sequence[Window],
    scope: Scope,
    params: dict[str, Any],
    created: tuple[datetime, datetime],
    zone: str,
    witnesses: Sequence[str],
    through_on: date,
    only: Filter | None,
) -> str:
    """The CTEs (without ``WITH``) that end in ``born``: one row for each new product."""
    checked_scope(windows, scope)
    every = {store for window in windows for store in window.store_ids}
    ever, always = product_days([replace(one, start_on=_EVER, end_on=through_on) for one in windows], params)
    days = window_condition(windows, params, hourly=False)
    part = part_condition(only, params, variant="v", shelf="h")
    params |= {
        "from_at": created[0], "before_at": created[1], "zone": zone,
        "begins": min(window.start_on for window in windows), "ends": max(window.end_on for window in windows),
    }  # fmt: skip
    seen = "TRUE" if witnesses else "FALSE"
    if witnesses and not every <= set(witnesses):
        seen = f"x.store_id IN ({bind(params, 'witness', witnesses)})"
    return f"""ever AS (
SELECT x.variant_id, MIN(CASE WHEN x.lines > 0 THEN x.business_on END) AS first_on, SUM(x.net_minor) AS since_minor,
  SUM(x.lines) AS since_lines
FROM {ever} x
WHERE {always}
GROUP BY x.variant_id
), went AS (
SELECT x.variant_id, SUM(x.net_minor) AS net_minor, SUM(x.units) AS units, SUM(x.lines) AS lines,
  COUNT(DISTINCT CASE WHEN x.lines > 0 THEN x.store_id END) AS stores,
  MAX(CASE WHEN x.lines > 0 AND {seen} THEN 1 ELSE 0 END) AS witnessed
FROM store_sku_day x WHERE ({days}) GROUP BY x.variant_id
), dates AS (
SELECT v.variant_id, COALESCE(h.department, 'Unknown') AS department, COALESCE(h.category, 'Unknown') AS category,
  COALESCE(NULLIF(p.brand, ''), 'Unknown') AS brand, p.created_at, e.first_on, e.since_minor, e.since_lines,
  w.net_minor, w.units, w.lines, w.stores, w.witnessed, COALESCE(v.active, TRUE) AND COALESCE(p.active, TRUE) AS active
FROM variant v
JOIN product p ON p.product_id = v.product_id
LEFT JOIN shelf h ON h.product_id = v.product_id
LEFT JOIN ever e ON e.variant_id = v.variant_id
LEFT JOIN went w ON w.variant_id = v.variant_id
WHERE (p.created_at IS NOT NULL OR w.variant_id IS NOT NULL){part}
), born AS (
SELECT d.variant_id, d.department, d.category, d.brand,
  CASE WHEN d.created_at IS NULL THEN 0 ELSE 1 END AS dated,
  CASE WHEN d.created_at IS NULL THEN d.first_on
    ELSE CAST(d.created_at AT TIME ZONE $zone AS DATE) END AS new_on,
  d.first_on, COALESCE(d.net_minor, 0) AS net_minor, COALESCE(d.units, 0) AS units, COALESCE(d.stores, 0) AS stores,
  COALESCE(d.lines, 0) AS lines, COALESCE(d.since_minor, 0) AS since_minor, COALESCE(d.since_lines, 0) AS since_lines
FROM dates d
WHERE CASE WHEN d.created_at IS NULL
    THEN d.witnessed = 1 AND d.first_on BETWEEN CAST($begins AS DATE) AND CAST($ends AS DATE)
  ELSE d.created_at >= $from_at AND d.created_at < $before_at AND (d.active OR d.first_on IS NOT NULL)
    AND (d.first_on IS NULL OR d.first_on >= CAST($begins AS DATE)) END
)"""
