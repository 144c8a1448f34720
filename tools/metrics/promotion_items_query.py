"""SQL for which promotions there are, when they ran for a part of the range, and the baskets that held them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.promotion_days import days_within, last_day, runs_between
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition


@dataclass(frozen=True, slots=True)
class Span:
    """The days of the question: before it, during it and after it, all ends included."""

    base_on: date
    start_on: date
    end_on: date
    after_on: date


def build_promotions(store_ids: Sequence[str], scope: Scope) -> Statement:
    """Every promotion with items at these stores: ``promotion_id, name, starts_on, ends_on, products, undated``.

    ``starts_on`` is the first that is recorded, ``ends_on`` null where it has no end for a product; ``undated`` is how
    many of its products have no recorded start.
    """
    checked_scope([Window(tuple(store_ids), date.min, date.min)], scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT i.promotion_id, COALESCE(MAX(m.name), i.promotion_id) AS name, MIN(i.starts_on) AS starts_on,
  {last_day("i")} AS ends_on, COUNT(DISTINCT i.variant_id) AS products,
  COUNT(DISTINCT CASE WHEN i.starts_on IS NULL THEN i.variant_id END) AS undated
FROM promotion_item i LEFT JOIN promotion m ON m.promotion_id = i.promotion_id
WHERE i.store_id IS NULL OR i.store_id IN ({bind(params, "store", store_ids)})
GROUP BY i.promotion_id
ORDER BY MIN(i.starts_on) NULLS LAST, i.promotion_id"""
    return Statement(sql, params)


def build_spells(store_ids: Sequence[str], scope: Scope, since: date, until: date, only: Filter | None) -> Statement:
    """First and last day of the promotions of a part of the range that begin in these days; null for none.

    The last day is ``until`` where one of them has no end.
    """
    checked_scope([Window(tuple(store_ids), since, until)], scope)
    params: dict[str, Any] = {"since": since, "until": until}
    sql = f"""SELECT MIN(p.starts_on), MAX(COALESCE(p.ends_on, CAST($until AS DATE))) FROM promotion_item p
WHERE (p.store_id IS NULL OR p.store_id IN ({bind(params, "store", store_ids)}))
  AND p.starts_on BETWEEN CAST($since AS DATE) AND CAST($until AS DATE){part_condition(only, params)}"""
    return Statement(sql, params)


def part_condition(only: Filter | None, params: dict[str, Any]) -> str:
    """The part of the range on ``p``; nothing for all of it."""
    if only is None:
        return ""
    said = ""
    if only.variants:
        said += f" AND p.variant_id IN ({bind(params, 'variant', only.variants)})"
    for column, names in (("department", only.departments), ("category", only.categories)):
        if names:
            said += (
                " AND p.variant_id IN (SELECT v.variant_id FROM variant v JOIN shelf h ON h.product_id = v.product_id"
                f" WHERE COALESCE(h.{column}, 'Unknown') IN ({bind(params, 'shelf', names)}))"
            )
    return said


def build_baskets(
    windows: Sequence[Window],
    span: Span,
    scope: Scope,
    *,
    promotions: Sequence[str] = (),
    only: Filter | None = None,
) -> Statement:
    """Baskets that hold a product on a day it is promoted, and those that held these products in the days before.

    Columns: ``phase`` (during or base), ``baskets``, ``other_net`` (net sales of everything else in them, minor units).
    Where a product is promoted on some of the days only, what held it on the others is in neither phase, and neither is
    what held one before that was on promotion then already, by whatever promotion.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    stores = sorted({store for window in windows for store in window.store_ids})
    named = bind(params, "store", stores)
    params |= {"first": span.start_on, "last": span.end_on, "base": span.base_on}
    chosen = f" AND p.promotion_id IN ({bind(params, 'promotion', promotions)})" if promotions else ""
    part = part_condition(only, params)
    store = "JOIN store st ON st.store_id = COALESCE(p.store_id, st.store_id)"
    sql = f"""WITH spell AS (
SELECT DISTINCT st.store_id, p.variant_id, {days_within("$first", "$last")} FROM promotion_item p {store}
WHERE st.store_id IN ({named}) AND {runs_between("$first", "$last")}{chosen}{part}
), picked AS (
SELECT DISTINCT r.store_id, r.variant_id FROM spell r
), own_line AS (
SELECT x.sale_id, x.store_id, x.variant_id, x.business_on, x.gross_minor - COALESCE(x.discount_minor, 0) AS net
FROM sale_line x JOIN picked m ON m.store_id = x.store_id AND m.variant_id = x.variant_id
JOIN sale d ON d.sale_id = x.sale_id
WHERE ({window_condition(windows, params, hourly=False)})
  AND ({window_condition(windows, params, hourly=False, alias="d")})
  AND x.business_on BETWEEN CAST($base AS DATE) AND CAST($last AS DATE)
  AND d.kind <> 'return' AND NOT COALESCE(x.is_return, FALSE) AND NOT COALESCE(d.voided, FALSE)
  AND NOT COALESCE(d.is_test, FALSE) AND NOT COALESCE(x.is_gift_card, FALSE)
), promoted AS (
SELECT DISTINCT l.sale_id FROM own_line l JOIN spell r ON r.store_id = l.store_id AND r.variant_id = l.variant_id
  AND l.business_on BETWEEN r.starts_on AND r.ends_on
), already AS (
SELECT DISTINCT st.store_id, p.variant_id, {days_within("$base", "$last")} FROM promotion_item p {store}
JOIN picked m ON m.store_id = st.store_id AND m.variant_id = p.variant_id
WHERE {runs_between("$base", "$last")}
), early AS (
SELECT DISTINCT l.sale_id FROM own_line l JOIN already r ON r.store_id = l.store_id AND r.variant_id = l.variant_id
  AND l.business_on BETWEEN r.starts_on AND r.ends_on
WHERE l.business_on < CAST($first AS DATE)
), hit AS (
SELECT l.sale_id, MAX(CASE WHEN l.business_on >= CAST($first AS DATE) THEN 1 ELSE 0 END) AS during, SUM(l.net) AS own
FROM own_line l LEFT JOIN promoted p ON p.sale_id = l.sale_id LEFT JOIN early y ON y.sale_id = l.sale_id
WHERE l.business_on < CAST($first AS DATE) AND y.sale_id IS NULL OR p.sale_id IS NOT NULL
GROUP BY l.sale_id
), whole AS (
SELECT x.sale_id, SUM(x.gross_minor - COALESCE(x.discount_minor, 0)) AS net
FROM sale_line x JOIN hit h ON h.sale_id = x.sale_id
WHERE ({window_condition(windows, params, hourly=False)}) AND NOT COALESCE(x.is_return, FALSE)
  AND NOT COALESCE(x.is_gift_card, FALSE)
GROUP BY x.sale_id
)
SELECT CASE WHEN h.during = 1 THEN 'during' ELSE 'base' END AS phase, COUNT(*) AS baskets,
  SUM(w.net - h.own) AS other_net
FROM hit h JOIN whole w ON w.sale_id = h.sale_id
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)
