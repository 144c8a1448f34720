"""SQL for what a change did: the days of a part of the range beside the rest of the store, and stock since an instant.

One row per day on which the store sold anything, so that a day on which only the goods meant did not sell is a nought
and a day on which the store was closed is none. The scope enters as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tools.context import Scope
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition


def build_days(
    windows: Sequence[Window], variants: Sequence[str], scope: Scope, *, apart: Sequence[str] = ()
) -> Statement:
    """Columns ``business_on, units, net, margin, unknown_lines, rest``; money in minor units of the store.

    ``margin`` is null on a day whose lines all lack a cost; ``unknown_lines`` are those that do. Without ``variants``
    the goods are everything, and ``rest`` is nought. Products ``apart`` belong to neither: they were changed as well.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    condition = window_condition(windows, params, hourly=False)
    sums = """SUM(x.units) AS units, SUM(x.net_minor) AS net, SUM(x.unknown_cost_lines) AS unknown_lines,
  SUM(CASE WHEN x.lines > x.unknown_cost_lines THEN x.known_cost_net_minor - x.cogs_minor END) AS margin"""
    if not variants:
        sql = f"""SELECT x.business_on, {sums}, SUM(x.net_minor - x.net_minor) AS rest
FROM store_day x
WHERE ({condition})
GROUP BY x.business_on
ORDER BY x.business_on"""
        return Statement(sql, params)
    goods = f"x.variant_id IN ({bind(params, 'variant', variants)})"
    changed = [one for one in apart if one not in variants]
    others = f"x.variant_id IN ({bind(params, 'apart', changed)})" if changed else "1 = 0"
    sql = f"""WITH store_days AS (
SELECT x.business_on, SUM(x.net_minor) AS net
FROM store_day x
WHERE ({condition})
GROUP BY x.business_on
), goods AS (
SELECT x.business_on, {sums}
FROM store_sku_day x
WHERE ({condition}) AND {goods}
GROUP BY x.business_on
), changed AS (
SELECT x.business_on, SUM(x.net_minor) AS net
FROM store_sku_day x
WHERE ({condition}) AND {others}
GROUP BY x.business_on
)
SELECT d.business_on, COALESCE(g.units, 0) AS units, COALESCE(g.net, 0) AS net,
  COALESCE(g.unknown_lines, 0) AS unknown_lines,
  CASE WHEN g.business_on IS NULL THEN 0 ELSE g.margin END AS margin,
  d.net - COALESCE(g.net, 0) - COALESCE(c.net, 0) AS rest
FROM store_days d
LEFT JOIN goods g ON g.business_on = d.business_on
LEFT JOIN changed c ON c.business_on = d.business_on
ORDER BY d.business_on"""
    return Statement(sql, params)


def build_sold(windows: Sequence[Window], variants: Sequence[str], scope: Scope) -> Statement:
    """Columns ``business_on, variant_id, units``: a row per day and product that sold.

    Each day on which the store sold anything has a row with a null product as well.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    condition = window_condition(windows, params, hourly=False)
    sql = f"""SELECT x.business_on, x.variant_id, SUM(x.units) AS units
FROM store_sku_day x
WHERE ({condition}) AND x.variant_id IN ({bind(params, "variant", variants)})
GROUP BY x.business_on, x.variant_id
UNION ALL
SELECT x.business_on, CAST(NULL AS VARCHAR) AS variant_id, SUM(x.units) AS units
FROM store_day x
WHERE ({condition})
GROUP BY x.business_on
ORDER BY 1"""
    return Statement(sql, params)


def build_on_hand(
    store_id: str, variants: Sequence[str], since: datetime, kinds: Sequence[str], scope: Scope
) -> Statement:
    """Columns ``variant_id, on_hand, as_of_at, arrived``: what the source last gave, and pieces booked since.

    ``arrived`` is over changes of the ``kinds`` named; it is null where the source gave no change of any kind at all
    for this store since, so that nothing can be said.

    Raises:
        NotAllowedError: the store is outside the scope.
    """
    checked_scope([Window((store_id,), date.min, date.min)], scope)
    params: dict[str, Any] = {"store": store_id, "since": since}
    named = bind(params, "variant", variants)
    sql = f"""WITH level AS (
SELECT x.variant_id, MAX(x.as_of_at) AS as_of_at,
  COALESCE(SUM(CASE WHEN x.area IS NOT NULL THEN x.quantity END), SUM(x.quantity)) AS on_hand
FROM inventory_level x
WHERE x.store_id = $store AND x.variant_id IN ({named})
GROUP BY x.variant_id
), booked AS (
SELECT c.variant_id, SUM(c.quantity) AS arrived
FROM inventory_change c
WHERE c.store_id = $store AND c.occurred_at >= $since AND c.kind IN ({bind(params, "kind", kinds)})
GROUP BY c.variant_id
), known AS (
SELECT COUNT(*) AS changes FROM inventory_change c WHERE c.store_id = $store AND c.occurred_at >= $since
)
SELECT l.variant_id, l.on_hand, l.as_of_at,
  CASE WHEN k.changes > 0 THEN COALESCE(b.arrived, 0) END AS arrived
FROM level l CROSS JOIN known k LEFT JOIN booked b ON b.variant_id = l.variant_id
ORDER BY l.variant_id"""
    return Statement(sql, params)


def build_promoted(promotion_id: str) -> Statement:
    """Column ``variant_id``: what a promotion is for; nothing where it is for everything or not known."""
    sql = """SELECT DISTINCT i.variant_id
FROM promotion_item i
WHERE i.promotion_id = $promotion AND i.variant_id IS NOT NULL
ORDER BY i.variant_id"""
    return Statement(sql, {"promotion": promotion_id})
