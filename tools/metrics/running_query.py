"""SQL for what is on promotion on some days: products, displays, mailers; and for who supplies what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.promotion_days import first_day, last_day, runs_between
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition
from tools.metrics.stock_query import part_condition

_DISPLAYED, _MAILED = "p.display IS NOT NULL", "p.mailer IS NOT NULL"

_ORDERS = {
    "sold": "w.units DESC NULLS LAST",
    "soonest": "e.ends_on NULLS LAST, w.units DESC NULLS LAST",
    "latest": "e.ends_on DESC NULLS LAST, w.units DESC NULLS LAST",
    "newest": "e.starts_on DESC NULLS LAST, w.units DESC NULLS LAST",
}
LAST_PLANNED = """SELECT MAX(COALESCE(p.ends_on, p.starts_on)) AS last_on,
  MAX(CASE WHEN p.ends_on IS NULL THEN 1 ELSE 0 END) AS endless FROM promotion_item p"""
"""The last day for which a promotion is planned, and 1 where one has no end; both null where none is recorded."""


def build_running(
    windows: Sequence[Window],
    scope: Scope,
    days: tuple[date, date],
    *,
    only: Filter | None = None,
    support: str | None = None,
    limit: int = 20,
    order: str = "sold",
) -> Statement:
    """Products on promotion at these stores on one of the days, those that sell most first.

    Args:
        windows: the stores, and days whose sales put the rows in order.
        scope: who asks.
        days: the first and the last day; a promotion that runs on any of them counts.
        only: a part of the range.
        support: only those with a ``display``, in a ``mailer`` or ``both`` at once; None for all.
        limit: how many rows.
        order: ``sold``, or by the day they end (``soonest``, ``latest`` first) or began (``newest`` first).

    Columns: ``variant_id, stores`` (how many), ``displayed, mailed`` (in how many stores), ``starts_on, ends_on``
    (first and last over them, null where one is not recorded), ``promotion`` (its name, where it has one), ``units``
    (of the windows), ``department``, and over all rows ``products, on_display, in_mailer, soonest_on, latest_on`` (the
    first and the last end), ``endless, undated`` (products without a recorded end, or start).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"start": days[0], "end": days[1], "limit": limit}
    store_ids = sorted({store for window in windows for store in window.store_ids})
    part = part_condition(only, params, variant="p", shelf="h")
    with_it = {
        "display": f" AND {_DISPLAYED}",
        "mailer": f" AND {_MAILED}",
        "both": f" AND {_DISPLAYED} AND {_MAILED}",
    }.get(support or "", "")
    sold = window_condition(windows, params, hourly=False)
    sql = f"""WITH runs AS (
SELECT p.variant_id, COALESCE(h.department, 'Unknown') AS department, st.store_id, {_DISPLAYED} AS displayed,
  {_MAILED} AS mailed, p.starts_on, p.ends_on, m.name
FROM promotion_item p
JOIN store st ON (p.store_id IS NULL OR p.store_id = st.store_id)
LEFT JOIN promotion m ON m.promotion_id = p.promotion_id
LEFT JOIN variant v ON v.variant_id = p.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE st.store_id IN ({bind(params, "store", store_ids)}) AND {runs_between("$start", "$end")}
  {part}{with_it}
),
each AS (
SELECT r.variant_id, r.department, COUNT(DISTINCT r.store_id) AS stores,
  COUNT(DISTINCT CASE WHEN r.displayed THEN r.store_id END) AS displayed,
  COUNT(DISTINCT CASE WHEN r.mailed THEN r.store_id END) AS mailed,
  {first_day("r")} AS starts_on, {last_day("r")} AS ends_on, MIN(r.name) AS promotion
FROM runs r GROUP BY r.variant_id, r.department
),
went AS (SELECT x.variant_id, SUM(x.units) AS units FROM store_sku_day x WHERE {sold} GROUP BY x.variant_id)
SELECT e.*, w.units, COUNT(*) OVER () AS products,
  SUM(CASE WHEN e.displayed > 0 THEN 1 ELSE 0 END) OVER () AS on_display,
  SUM(CASE WHEN e.mailed > 0 THEN 1 ELSE 0 END) OVER () AS in_mailer,
  MIN(e.ends_on) OVER () AS soonest_on, MAX(e.ends_on) OVER () AS latest_on,
  SUM(CASE WHEN e.ends_on IS NULL THEN 1 ELSE 0 END) OVER () AS endless,
  SUM(CASE WHEN e.starts_on IS NULL THEN 1 ELSE 0 END) OVER () AS undated
FROM each e LEFT JOIN went w ON w.variant_id = e.variant_id
ORDER BY {_ORDERS[order]}, e.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def build_supplied(only: Filter | None = None) -> Statement:
    """Suppliers with how many products of a part of the range they supply, most first.

    Columns: ``supplier_id, supplier, lead_mean, lead_sd, order_days, min_order_minor, currency, products, departments``
    (their names, the one with most products first, with semicolons).
    """
    params: dict[str, Any] = {}
    part = part_condition(only, params, variant="i", shelf="h")
    sql = f"""WITH given AS (
SELECT i.supplier_id, i.variant_id, COALESCE(h.department, 'Unknown') AS department
FROM supplier_item i
LEFT JOIN variant v ON v.variant_id = i.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE TRUE{part}
),
parts AS (
SELECT g.supplier_id, g.department, COUNT(DISTINCT g.variant_id) AS products FROM given g
GROUP BY g.supplier_id, g.department
)
SELECT s.supplier_id, s.name AS supplier, s.lead_days_mean AS lead_mean, s.lead_days_sd AS lead_sd, s.order_days,
  s.min_order_minor, s.currency, SUM(p.products) AS products,
  STRING_AGG(p.department, '; ' ORDER BY p.products DESC, p.department) AS departments
FROM supplier s {"JOIN" if only else "LEFT JOIN"} parts p ON p.supplier_id = s.supplier_id
GROUP BY s.supplier_id, s.name, s.lead_days_mean, s.lead_days_sd, s.order_days, s.min_order_minor, s.currency
ORDER BY products DESC NULLS LAST, s.supplier_id"""
    return Statement(sql, params)


def build_supplied_by_several(only: Filter | None = None) -> Statement:
    """Purchase prices of what more than one supplier delivers, the widest apart first, the cheapest supplier first.

    Columns: ``variant_id, supplier, currency, unit_cost, goods`` (how many are supplied at all). Where nothing has two
    suppliers one row comes, with ``goods`` alone.
    """
    params: dict[str, Any] = {}
    part = part_condition(only, params, variant="i", shelf="h")
    sql = f"""WITH given AS (
SELECT i.variant_id, COALESCE(s.name, i.supplier_id) AS supplier, s.currency, MIN(i.unit_cost) AS unit_cost
FROM supplier_item i
LEFT JOIN supplier s ON s.supplier_id = i.supplier_id
LEFT JOIN variant v ON v.variant_id = i.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE TRUE{part}
GROUP BY 1, 2, 3
),
several AS (
SELECT g.variant_id, MAX(g.unit_cost) - MIN(g.unit_cost) AS apart FROM given g
GROUP BY g.variant_id HAVING COUNT(DISTINCT g.supplier) > 1
),
whole AS (SELECT COUNT(DISTINCT g.variant_id) AS goods FROM given g)
SELECT g.variant_id, g.supplier, g.currency, g.unit_cost, w.goods
FROM whole w LEFT JOIN (SELECT x.*, y.apart FROM given x JOIN several y ON y.variant_id = x.variant_id) g ON TRUE
ORDER BY g.apart DESC NULLS LAST, g.variant_id, g.unit_cost NULLS LAST, g.supplier"""
    return Statement(sql, params)
