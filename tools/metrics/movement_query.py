"""SQL over stock changes: levels day by day walked back from the present one, days without stock, losses.

A change is signed. What a ``count`` means differs by source: some give what was counted (the difference then is an
``adjust`` of its own), some the difference. A store whose counts are ever below zero, and that has no ``adjust`` with
the reason “recount”, gives differences; elsewhere counts are left out of sums. Where a store's log has no ``sale``
rows, the sales themselves are taken as the changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from connectors.mirror.rows import ALL_STORES
from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition
from tools.metrics.stock_query import (
    amount_of,
    in_currency,
    latest_amount,
    part_condition,
    scoped_stores,
    stock_ctes,
)

_DAY = """CASE WHEN CAST((x.occurred_at AT TIME ZONE st.timezone) AS TIME) < COALESCE(st.day_starts_at, TIME '00:00:00')
    THEN CAST((x.occurred_at AT TIME ZONE st.timezone) AS DATE) - 1
    ELSE CAST((x.occurred_at AT TIME ZONE st.timezone) AS DATE) END"""


BASE_DAYS = 84
"""Demand is measured, and a log judged, over at least so many days up to the end of a period."""


LEAST_EXPECTED = 3.0
"""Runs in which fewer days with a sale were expected are not looked at: they could not stand against chance."""


def longer(window: Window) -> Window:
    """The window, lengthened to the past to at least ``BASE_DAYS``."""
    return Window(window.store_ids, min(window.start_on, window.end_on - timedelta(days=BASE_DAYS - 1)), window.end_on)


def business_day() -> str:
    """The store's business date of a change, as SQL over ``x`` (the change) and ``st`` (its store)."""
    return _DAY


def build_log(windows: Sequence[Window], scope: Scope) -> Statement:
    """What a store's log of stock changes holds in the windows: ``store_id, kind, changes, first_at, last_at``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = (
        "SELECT x.store_id, x.kind, COUNT(*) AS changes, MIN(x.occurred_at) AS first_at, MAX(x.occurred_at) AS"
        " last_at\n"
        f"FROM inventory_change x WHERE {change_band(windows, params)}\nGROUP BY x.store_id, x.kind ORDER BY 1, 2"
    )
    return Statement(sql, params)


def build_open_days(windows: Sequence[Window], scope: Scope) -> Statement:
    """``store_id, business_on`` of every trading day of the windows, in order.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    days = window_condition(windows, params, hourly=False)
    return Statement(
        f"SELECT x.store_id, x.business_on FROM store_day x WHERE {days} ORDER BY x.store_id, x.business_on", params
    )


def change_band(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """The stores of the windows and a band of instants wide enough for any time zone."""
    low = datetime.combine(min(window.start_on for window in windows) - timedelta(days=1), time(), tzinfo=UTC)
    high = datetime.combine(max(window.end_on for window in windows) + timedelta(days=3), time(), tzinfo=UTC)
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    start, end = bind(params, "at", [low]), bind(params, "at", [high])
    return (
        f"x.store_id IN ({stores}) AND x.occurred_at >= CAST({start} AS TIMESTAMPTZ)"
        f" AND x.occurred_at < CAST({end} AS TIMESTAMPTZ)"
    )


def counted_differences(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """Stores whose counts are differences, as a subquery of one column."""
    return f"""SELECT x.store_id FROM inventory_change x WHERE {change_band(windows, params)}
  GROUP BY x.store_id
  HAVING SUM(CASE WHEN x.kind = 'count' AND x.quantity < 0 THEN 1 ELSE 0 END) > 0
    AND SUM(CASE WHEN x.kind = 'adjust' AND LOWER(x.reason) = 'recount' THEN 1 ELSE 0 END) = 0"""


def build_empty_days(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    *,
    until: date,
    logged: Sequence[str],
    only: Filter | None = None,
) -> Statement:
    """Whole trading days on which a product stood at zero, with its demand on the other days.

    ``windows`` are the days to look at and to measure demand over; the log must reach from their first day to ``until``
    (today), because levels are walked back from the present one. A day is empty when the level was zero or less at its
    beginning and at its end, nothing came in and nothing sold. Days before the
    log begins are not looked at.

    Args:
        windows: per store.
        scope: who asks.
        now: the present.
        until: the last day that changes are read for.
        logged: the stores among them whose log holds no ``sale`` rows, so that sales are taken as changes.
        only: the part of the range.

    Columns: ``store_id, variant_id, business_on`` (an empty day), and of the position over the windows ``units,
    squares, net_minor, trading_days, empty_days``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    stores = sorted({store for window in windows for store in window.store_ids})
    ctes = stock_ctes(stores, scope, params, now, only=only, windows=windows, valued=False, shelved=False)
    first = bind(params, "first", [min(window.start_on for window in windows)])
    last = bind(params, "last", [until])
    whole = [Window(tuple(stores), min(window.start_on for window in windows), until)]
    own_sales = ""
    if logged:
        quiet = bind(params, "quiet", list(logged))
        own_sales = f"""
  UNION ALL
  SELECT x.store_id, x.variant_id, x.business_on, -x.units AS quantity
  FROM store_sku_day x JOIN stock t ON t.store_id = x.store_id AND t.variant_id = x.variant_id
  JOIN store st ON st.store_id = x.store_id
  WHERE x.store_id IN ({quiet}) AND ({window_condition(whole, params, hourly=False)})
    AND x.business_on <= CAST((t.as_of_at AT TIME ZONE st.timezone) AS DATE)"""
    sql = f"""WITH {ctes},
moved AS (
SELECT m.store_id, m.variant_id, m.business_on, SUM(m.quantity) AS change,
  SUM(CASE WHEN m.quantity > 0 THEN m.quantity ELSE 0 END) AS gained
FROM (
  SELECT x.store_id, x.variant_id, {_DAY} AS business_on, x.quantity
  FROM inventory_change x JOIN store st ON st.store_id = x.store_id
  JOIN stock t ON t.store_id = x.store_id AND t.variant_id = x.variant_id
  WHERE {change_band(whole, params)} AND (t.as_of_at IS NULL OR x.occurred_at <= t.as_of_at)
    AND (x.kind <> 'count' OR x.store_id IN ({counted_differences(whole, params)})){own_sales}) m
WHERE m.business_on >= CAST({first} AS DATE)
GROUP BY m.store_id, m.variant_id, m.business_on
),
walked AS (
SELECT m.store_id, m.variant_id, m.business_on, m.change, m.gained,
  t.on_hand - COALESCE(SUM(m.change) OVER (PARTITION BY m.store_id, m.variant_id ORDER BY m.business_on DESC
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS level,
  LEAD(m.business_on) OVER (PARTITION BY m.store_id, m.variant_id ORDER BY m.business_on) AS next_on,
  ROW_NUMBER() OVER (PARTITION BY m.store_id, m.variant_id ORDER BY m.business_on) AS place
FROM moved m JOIN stock t ON t.store_id = m.store_id AND t.variant_id = m.variant_id
),
span AS (
SELECT w.store_id, w.variant_id, w.business_on + 1 AS from_on, COALESCE(w.next_on - 1, CAST({last} AS DATE)) AS to_on
FROM walked w WHERE w.level <= 0
UNION ALL
SELECT w.store_id, w.variant_id, CAST({first} AS DATE) AS from_on, w.business_on - 1 AS to_on
FROM walked w WHERE w.place = 1 AND w.level - w.change <= 0
UNION ALL
SELECT w.store_id, w.variant_id, w.business_on AS from_on, w.business_on AS to_on
FROM walked w WHERE w.level <= 0 AND w.level - w.change <= 0 AND w.gained = 0
UNION ALL
SELECT t.store_id, t.variant_id, CAST({first} AS DATE) AS from_on, CAST({last} AS DATE) AS to_on
FROM stock t WHERE t.on_hand <= 0 AND NOT EXISTS (
  SELECT 1 FROM moved m WHERE m.store_id = t.store_id AND m.variant_id = t.variant_id)
),
open_day AS (
SELECT x.store_id, x.business_on FROM store_day x WHERE ({window_condition(windows, params, hourly=False)})
),
trading AS (
SELECT d.store_id, COUNT(*) AS trading_days FROM open_day d GROUP BY d.store_id
),
begun AS (
SELECT x.store_id, CAST((MIN(x.occurred_at) AT TIME ZONE MIN(st.timezone)) AS DATE) AS begun_on
FROM inventory_change x JOIN store st ON st.store_id = x.store_id WHERE {change_band(whole, params)} GROUP BY x.store_id
),
empty AS (
SELECT s.store_id, s.variant_id, d.business_on
FROM span s JOIN open_day d ON d.store_id = s.store_id AND d.business_on >= s.from_on AND d.business_on <= s.to_on
JOIN begun b ON b.store_id = s.store_id AND d.business_on >= b.begun_on
LEFT JOIN store_sku_day k ON k.store_id = s.store_id AND k.variant_id = s.variant_id AND k.business_on = d.business_on
WHERE COALESCE(k.units, 0) <= 0
GROUP BY s.store_id, s.variant_id, d.business_on
)
SELECT e.store_id, e.variant_id, e.business_on, t.units, t.squares, t.net_minor, d.trading_days,
  COUNT(*) OVER (PARTITION BY e.store_id, e.variant_id) AS empty_days
FROM empty e JOIN stock t ON t.store_id = e.store_id AND t.variant_id = e.variant_id
JOIN trading d ON d.store_id = e.store_id
WHERE t.each AND t.units > 0
ORDER BY e.store_id, e.variant_id, e.business_on"""
    return Statement(sql, params)


def build_gaps(
    windows: Sequence[Window],
    scope: Scope,
    now: datetime,
    *,
    store_ids: Sequence[str],
    least: float,
    trailing: bool,
    only: Filter | None = None,
) -> Statement:
    """Runs of trading days without a sale in which several sales were expected.

    Args:
        windows: the days that demand is measured and runs are looked for over.
        scope: who asks.
        now: the present.
        store_ids: the stores to look at, all in the windows.
        least: only runs in which at least so many days with a sale would be expected.
        trailing: True for runs that last until the end of the windows, with stock on hand; False for runs that ended
            with a sale.
        only: the part of the range.

    Columns: ``store_id, variant_id, after_on, before_on`` (the sales around the run; the latter null when trailing),
    ``run`` (trading days), ``units, squares, sold_days, net_minor, trading_days, on_hand, floor,
    backroom``, and ``tested``: how many runs there were to choose from in all.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"least": least}
    kept = [
        Window(tuple(store for store in window.store_ids if store in store_ids), window.start_on, window.end_on)
        for window in windows
        if any(store in store_ids for store in window.store_ids)
    ]
    ctes = stock_ctes(store_ids, scope, params, now, only=only, windows=kept, valued=False, shelved=False)
    condition = "r.next_place IS NULL" if trailing else "r.next_place IS NOT NULL"
    held = " AND t.on_hand > 0 AND t.active" if trailing else ""
    sql = f"""WITH {ctes},
open_day AS (
SELECT x.store_id, x.business_on,
  ROW_NUMBER() OVER (PARTITION BY x.store_id ORDER BY x.business_on) AS place,
  COUNT(*) OVER (PARTITION BY x.store_id) AS trading_days
FROM store_day x WHERE ({window_condition(kept, params, hourly=False)})
),
sold_day AS (
SELECT x.store_id, x.variant_id, d.place, d.trading_days, x.business_on,
  LEAD(d.place) OVER (PARTITION BY x.store_id, x.variant_id ORDER BY x.business_on) AS next_place,
  LEAD(x.business_on) OVER (PARTITION BY x.store_id, x.variant_id ORDER BY x.business_on) AS next_on
FROM store_sku_day x JOIN open_day d ON d.store_id = x.store_id AND d.business_on = x.business_on
WHERE ({window_condition(kept, params, hourly=False)}) AND x.units > 0
),
run AS (
SELECT r.store_id, r.variant_id, r.business_on AS after_on, r.next_on AS before_on, r.trading_days,
  COALESCE(r.next_place, r.trading_days + 1) - r.place - 1 AS run
FROM sold_day r WHERE {condition}
),
judged AS (
SELECT r.*, t.units, t.squares, t.sold_days, t.net_minor, t.on_hand, t.floor, t.backroom
FROM run r JOIN stock t ON t.store_id = r.store_id AND t.variant_id = r.variant_id
WHERE t.each AND t.units > 0{held}
)
SELECT j.store_id, j.variant_id, j.after_on, j.before_on, j.run, j.units, j.squares, j.sold_days, j.net_minor,
  j.trading_days, j.on_hand, j.floor, j.backroom,
  (SELECT COUNT(*) FROM judged i) AS tested
FROM judged j
WHERE j.run > 0 AND j.trading_days > j.run
  AND CAST(j.sold_days AS DOUBLE) / j.trading_days * j.run >= $least
ORDER BY j.store_id, j.variant_id, j.after_on"""
    return Statement(sql, params)


def build_losses(
    windows: Sequence[Window], scope: Scope, now: datetime, *, by: str | None, only: Filter | None = None
) -> Statement:
    """Unexplained differences and waste of the windows, at cost and at retail.

    Columns: ``key`` (store, department, category, reason, variant or the first day of a week or month, as text; with
    ``by``), ``store_id``, then for ``shrink`` (adjustments and
    counted differences) and ``waste``: ``_units`` (lost pieces positive, goods sold by the piece), ``_cost, _retail``
    (major units, lost positive), and ``unknown_cost, unknown_price, changes, counts`` (counts left out because they
    give what was counted). Present costs and prices are used.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"now": now}
    stores = scoped_stores(sorted({store for window in windows for store in window.store_ids}), scope, params)
    part = part_condition(only, params, variant="x", shelf="h")
    key = {
        None: "''",
        "store": "l.store_id",
        "department": "l.department",
        "category": "l.category",
        "reason": "COALESCE(l.reason, 'no reason given')",
        "product": "l.variant_id",
        "week": "CAST(CAST(date_trunc('week', l.business_on) AS DATE) AS VARCHAR)",
        "month": "CAST(CAST(date_trunc('month', l.business_on) AS DATE) AS VARCHAR)",
    }[by]
    cost, price = (
        f"COALESCE({amount_of(own, 'st.currency')}, {amount_of(common, 'st.currency')})"
        for own, common in (("oc", "cc"), ("op", "cp"))
    )
    sums = ", ".join(
        f"SUM(CASE WHEN l.lost = '{kind}' {extra} THEN -CAST({sql} AS DECIMAL(38,9)) END) AS {kind}_{name}"
        for kind in ("shrink", "waste")
        for name, sql, extra in (
            ("units", "l.quantity", "AND l.each"),
            ("cost", f"l.quantity * {cost}", ""),
            ("retail", f"l.quantity * {price}", ""),
        )
    )
    latest = ",\n".join(
        latest_amount(name, kind, condition + in_currency(stores))
        for name, kind, condition in (
            ("own_cost", "cost", f"c.store_id IN ({stores})"),
            ("common_cost", "cost", f"c.store_id = '{ALL_STORES}'"),
            ("own_price", "price", f"c.store_id IN ({stores})"),
            ("common_price", "price", f"c.store_id = '{ALL_STORES}'"),
        )
    )
    sql = f"""WITH {latest},
dated AS (
SELECT x.store_id, x.variant_id, x.kind, x.reason, x.quantity, {_DAY} AS business_on
FROM inventory_change x JOIN store st ON st.store_id = x.store_id
WHERE {change_band(windows, params)} AND x.kind IN ('adjust', 'count', 'waste')
),
lost AS (
SELECT x.store_id, x.variant_id, x.reason, x.business_on, COALESCE(h.department, 'Unknown') AS department,
  COALESCE(h.category, 'Unknown') AS category,
  COALESCE(v.unit_of_measure, 'each') = 'each' AS each,
  CASE WHEN x.kind = 'waste' THEN 'waste'
    WHEN x.kind = 'count' AND x.store_id NOT IN ({counted_differences(windows, params)}) THEN 'counted'
    ELSE 'shrink' END AS lost,
  CASE WHEN x.kind = 'waste' THEN -ABS(x.quantity) ELSE x.quantity END AS quantity
FROM dated x LEFT JOIN variant v ON v.variant_id = x.variant_id LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE ({window_condition(windows, params, hourly=False)}){part}
)
SELECT {key} AS key, l.store_id, {sums},
  SUM(CASE WHEN l.lost <> 'counted' AND {cost} IS NULL THEN 1 ELSE 0 END) AS unknown_cost,
  SUM(CASE WHEN l.lost <> 'counted' AND {price} IS NULL THEN 1 ELSE 0 END) AS unknown_price,
  SUM(CASE WHEN l.lost <> 'counted' THEN 1 ELSE 0 END) AS changes,
  SUM(CASE WHEN l.lost = 'counted' THEN 1 ELSE 0 END) AS counts
FROM lost l JOIN store st ON st.store_id = l.store_id
LEFT JOIN own_cost oc ON oc.variant_id = l.variant_id AND oc.store_id = l.store_id
LEFT JOIN common_cost cc ON cc.variant_id = l.variant_id
LEFT JOIN own_price op ON op.variant_id = l.variant_id AND op.store_id = l.store_id
LEFT JOIN common_price cp ON cp.variant_id = l.variant_id
GROUP BY {f"{key}, " if by else ""}l.store_id
ORDER BY 1, 2"""
    return Statement(sql, params)
