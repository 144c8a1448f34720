"""SQL over prices: which products have one within bounds now, and which prices or costs changed between two instants.

A store's own price goes before the common one, and a price in another currency than the store's is none, as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.mirror.rows import ALL_STORES
from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, bind, window_condition
from tools.metrics.stock_query import HELD, in_currency, latest_amount, part_condition, scoped_stores, stock_ctes

ORDERS = {
    "sold": "units DESC NULLS LAST, low, variant_id",
    "cheapest": "low, units DESC NULLS LAST, variant_id",
    "dearest": "high DESC, units DESC NULLS LAST, variant_id",
    "cheapest_to_buy": "cost NULLS LAST, units DESC NULLS LAST, variant_id",
    "dearest_to_buy": "cost_high DESC NULLS LAST, units DESC NULLS LAST, variant_id",
    "widest_margin": "g.low - k.cost_high DESC NULLS LAST, units DESC NULLS LAST, variant_id",
    "narrowest_margin": "g.low - k.cost_high NULLS LAST, units DESC NULLS LAST, variant_id",
}
"""How the products are listed: what sold most first, by price, by what a piece costs, or by price less cost."""
ANY_EARLIER = "SELECT 1 FROM amount_in_force r WHERE r.kind = $kind AND r.until_at IS NOT NULL LIMIT 1"
"""A row where the mirror knows any price (or cost) that is over; none where it only has the latest ones."""


def build_priced(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    bounds: Mapping[str, Decimal],
    *,
    only: Filter | None = None,
    stocked: bool = False,
    order: str = "sold",
    limit: int = 20,
) -> Statement:
    """Active products with a price in force at one of the stores within the bounds.

    Args:
        windows: the stores, and the days whose sales are shown beside.
        scope: who asks.
        now: the instant whose prices count.
        bounds: of ``>``, ``>=``, ``<`` and ``<=``, in major units.
        only: a part of the range.
        stocked: only what is on hand at one of the stores.
        order: one of ``ORDERS``.
        limit: how many rows.

    Columns: ``variant_id, low, high`` (the lowest and highest such price), ``cost, cost_high`` (what one costs the
    stores at least and at most, major units; null where no cost is in force), ``on_hand`` (levels below zero count as
    none; null: no level), ``units`` (of the windows), ``department``, ``unit`` (of measure: ``each``, ``kg``), and over
    all rows ``products``, ``in_stock`` and ``costed`` (with a cost).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"now": now, "limit": limit}
    store_ids = sorted({store for window in windows for store in window.store_ids})
    stores = scoped_stores(store_ids, scope, params)
    params["many"] = len(store_ids)
    held = stock_ctes(store_ids, scope, params, now, valued=False, shelved=False)
    meant = in_currency(stores)
    within = " AND ".join(f"e.amount {sign} {bind(params, 'bound', [value])}" for sign, value in bounds.items())
    part = part_condition(only, params, variant="g", shelf="h")
    sold = window_condition(windows, params, hourly=False)
    sql = f"""WITH {held},
{latest_amount("own", "price", f"c.store_id IN ({stores}){meant}")},
{latest_amount("common", "price", f"c.store_id = '{ALL_STORES}'{meant}")},
owned AS (SELECT o.variant_id, COUNT(*) AS many FROM own o GROUP BY o.variant_id),
anywhere AS (
SELECT o.variant_id, o.amount FROM own o
UNION ALL
SELECT c.variant_id, c.amount FROM common c LEFT JOIN owned w ON w.variant_id = c.variant_id
WHERE COALESCE(w.many, 0) < $many
),
fits AS (
SELECT e.variant_id, MIN(e.amount) AS low, MAX(e.amount) AS high FROM anywhere e WHERE {within} GROUP BY e.variant_id
),
{latest_amount("own_cost", "cost", f"c.store_id IN ({stores}){meant}")},
{latest_amount("common_cost", "cost", f"c.store_id = '{ALL_STORES}'{meant}")},
own_costs AS (SELECT o.variant_id, COUNT(*) AS many FROM own_cost o GROUP BY o.variant_id),
costing AS (
SELECT a.variant_id, MIN(a.amount) AS cost, MAX(a.amount) AS cost_high FROM (
SELECT o.variant_id, o.amount FROM own_cost o
UNION ALL
SELECT c.variant_id, c.amount FROM common_cost c LEFT JOIN own_costs w ON w.variant_id = c.variant_id
WHERE COALESCE(w.many, 0) < $many
) a GROUP BY a.variant_id
),
held AS (
SELECT t.variant_id, SUM({HELD}) AS on_hand FROM stock t
GROUP BY t.variant_id
),
went AS (SELECT x.variant_id, SUM(x.units) AS units FROM store_sku_day x WHERE {sold} GROUP BY x.variant_id)
SELECT g.variant_id, g.low, g.high, k.cost, k.cost_high, d.on_hand,
  CASE WHEN COALESCE(v.unit_of_measure, 'each') = 'each' THEN w.units END AS units,
  COALESCE(h.department, 'Unknown') AS department, COALESCE(v.unit_of_measure, 'each') AS unit,
  COUNT(*) OVER () AS products, COUNT(CASE WHEN d.on_hand > 0 THEN 1 END) OVER () AS in_stock,
  COUNT(k.cost) OVER () AS costed
FROM fits g
LEFT JOIN costing k ON k.variant_id = g.variant_id
JOIN variant v ON v.variant_id = g.variant_id
JOIN product p ON p.product_id = v.product_id
LEFT JOIN shelf h ON h.product_id = v.product_id
{"" if stocked else "LEFT "}JOIN held d ON d.variant_id = g.variant_id{" AND d.on_hand > 0" if stocked else ""}
LEFT JOIN went w ON w.variant_id = g.variant_id
WHERE COALESCE(v.active, TRUE) AND COALESCE(p.active, TRUE){part}
ORDER BY {ORDERS[order]}
LIMIT $limit"""
    return Statement(sql, params)


def build_price_changes(
    spans: Mapping[str, tuple[datetime, datetime]],
    scope: Scope,
    *,
    only: Filter | None = None,
    kind: str = "price",
    direction: str | None = None,
    over_percent: Decimal | None = None,
    limit: int = 20,
) -> Statement:
    """Prices that differ after a span from before it: the store's own, else the common one; the steepest first.

    Args:
        spans: of each store the first instant and the one after the last; the common price goes by the first store's.
        scope: who asks.
        only: a part of the range.
        kind: ``price`` or ``cost``.
        direction: ``up`` or ``down``; None for both.
        over_percent: only those that moved by more than this.
        limit: how many rows.

    Columns: ``variant_id, store_id`` (``ALL_STORES``: the common price), ``before, after`` (major units),
    ``changed_at``, ``own`` (how many of the stores have one of their own, for which the common one does not count),
    and over all rows ``changes, ups, downs``. What had no price before is no change; nor has a common price that every
    store has its own beside.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"limit": limit, "many": len(spans)}
    moved = _moved(spans, scope, params, kind)
    part = part_condition(only, params, variant="c", shelf="h")
    way = {"up": " AND c.after > c.before", "down": " AND c.after < c.before"}.get(direction or "", "")
    if over_percent is not None:
        params["over"] = over_percent
        way += " AND ABS(c.after - c.before) * 100 > c.before * $over"
    sql = f"""{moved}
SELECT c.variant_id, c.store_id, c.before, c.after, c.changed_at, COALESCE(o.stores, 0) AS own,
  COUNT(*) OVER () AS changes,
  SUM(CASE WHEN c.after > c.before THEN 1 ELSE 0 END) OVER () AS ups,
  SUM(CASE WHEN c.after < c.before THEN 1 ELSE 0 END) OVER () AS downs
FROM moved c
LEFT JOIN variant v ON v.variant_id = c.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
LEFT JOIN owned o ON o.variant_id = c.variant_id
WHERE c.before IS NOT NULL AND c.before > 0 AND c.after <> c.before{part}{way}
  AND (c.store_id <> '{ALL_STORES}' OR COALESCE(o.stores, 0) < $many)
ORDER BY ABS(c.after - c.before) / c.before DESC, c.variant_id, c.store_id
LIMIT $limit"""
    return Statement(sql, params)


def build_first_prices(
    spans: Mapping[str, tuple[datetime, datetime]], scope: Scope, *, only: Filter | None = None, kind: str = "price"
) -> Statement:
    """How many products have a price (or cost) that begins in the spans with none known before it: ``products``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    moved = _moved(spans, scope, params, kind)
    part = part_condition(only, params, variant="c", shelf="h")
    sql = f"""{moved}
SELECT COUNT(DISTINCT c.variant_id) AS products FROM moved c
LEFT JOIN variant v ON v.variant_id = c.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE c.before IS NULL{part}"""
    return Statement(sql, params)


def _moved(spans: Mapping[str, tuple[datetime, datetime]], scope: Scope, params: dict[str, Any], kind: str) -> str:
    """``WITH`` and the CTEs ``moved`` (an amount of the kind set in its span, that before and after), ``owned``."""
    store_ids = sorted(spans)
    stores = scoped_stores(store_ids, scope, params)
    first = spans[store_ids[0]]
    spoken = []
    for store, (start_at, end_at) in [*((store, spans[store]) for store in store_ids), (ALL_STORES, first)]:
        named, start, end = (bind(params, "span", [one]) for one in (store, start_at, end_at))
        spoken.append(f"({named}, CAST({start} AS TIMESTAMPTZ), CAST({end} AS TIMESTAMPTZ))")
    return f"""WITH span AS (
SELECT * FROM (VALUES {", ".join(spoken)}) AS q(store_id, start_at, end_at)
),
prices AS (
SELECT r.variant_id, r.store_id, r.amount, r.since_at, s.start_at
FROM amount_in_force r JOIN span s ON s.store_id = r.store_id
WHERE r.kind = '{kind}' AND (r.store_id = '{ALL_STORES}' OR r.store_id IN ({stores})) AND r.since_at < s.end_at
  AND (r.currency IS NULL OR r.currency IN (SELECT q.currency FROM store q WHERE q.store_id IN ({stores})))
),
moved AS (
SELECT r.variant_id, r.store_id, ARG_MAX(CASE WHEN r.since_at < r.start_at THEN r.amount END,
    CASE WHEN r.since_at < r.start_at THEN r.since_at END) AS before,
  ARG_MAX(r.amount, r.since_at) AS after, MAX(r.since_at) AS changed_at
FROM prices r GROUP BY r.variant_id, r.store_id
HAVING MAX(r.since_at) >= MIN(r.start_at)
),
owned AS (
SELECT r.variant_id, COUNT(DISTINCT r.store_id) AS stores FROM prices r WHERE r.store_id <> '{ALL_STORES}'
GROUP BY r.variant_id
)"""
