"""SQL for what went on around a change: promotions, silent products, trading hours, weather, events, targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition
from tools.metrics.why_query import both_sides, either

CANDIDATES = 40


def build_promotions(
    now: Sequence[Window], before: Sequence[Window], scope: Scope, only: Filter | None = None
) -> Statement:
    """Products promoted on one side or both: ``state`` (started, ended, both), ``products, n1, n0, begins``.

    ``products`` counts each product once however many stores promote it; ``n1`` and ``n0`` are the net sales of the
    promoted products in the promoting stores on both sides, in parts of ``why_query.SCALE`` of a minor unit. ``begins``
    is the first promotion recorded.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope([*now, *before], scope)
    params: dict[str, Any] = {}
    flags = []
    for windows in (now, before):
        parts = []
        for window in windows:
            stores = bind(params, "store", window.store_ids)
            start, end = bind(params, "start", [window.start_on]), bind(params, "end", [window.end_on])
            parts.append(
                f"(t.store_id IN ({stores}) AND (i.starts_on IS NULL OR i.starts_on <= CAST({end} AS DATE))"
                f" AND (i.ends_on IS NULL OR i.ends_on >= CAST({start} AS DATE)))"
            )
        flags.append(" OR ".join(parts))
    every = bind(params, "any", sorted({store for window in (*now, *before) for store in window.store_ids}))
    # Sales are added up of what is promoted alone, which is little, or nothing.
    sold = both_sides(
        now, before, only, params, "n", among="(x.store_id, x.variant_id) IN (SELECT m.store_id, m.variant_id FROM m)"
    )
    sql = f"""WITH m AS (
SELECT c.store_id, c.variant_id,
  CASE WHEN MAX(c.in_now) = 1 AND MAX(c.in_before) = 1 THEN 'both' WHEN MAX(c.in_now) = 1 THEN 'started'
    ELSE 'ended' END AS state
FROM (
SELECT t.store_id, i.variant_id, CASE WHEN {flags[0]} THEN 1 ELSE 0 END AS in_now,
  CASE WHEN {flags[1]} THEN 1 ELSE 0 END AS in_before
FROM promotion_item i JOIN store t ON i.store_id IS NULL OR i.store_id = t.store_id
WHERE t.store_id IN ({every})
) c
WHERE c.in_now = 1 OR c.in_before = 1
GROUP BY c.store_id, c.variant_id
)
SELECT m.state, COUNT(DISTINCT m.variant_id) AS products, SUM(g.n1) AS n1, SUM(g.n0) AS n0,
  (SELECT MIN(f.starts_on) FROM promotion_item f) AS begins
FROM m
JOIN (
{sold}
) g ON g.store_id = m.store_id AND g.variant_id = m.variant_id
GROUP BY m.state
ORDER BY 1"""
    return Statement(sql, params)


def build_campaigns(low: date, high: date) -> Statement:
    """Promotions that start or end between two dates: ``name, starts_at, ends_at``; they say no store."""
    params: dict[str, Any] = {}
    start, end = (
        bind(params, "at", [datetime.combine(day, time(), tzinfo=UTC)]) for day in (low, high + timedelta(days=1))
    )
    sql = (
        "SELECT p.name, p.starts_at, p.ends_at\nFROM promotion p\n"
        f"WHERE (p.starts_at >= CAST({start} AS TIMESTAMPTZ) AND p.starts_at < CAST({end} AS TIMESTAMPTZ))\n"
        f"  OR (p.ends_at >= CAST({start} AS TIMESTAMPTZ) AND p.ends_at < CAST({end} AS TIMESTAMPTZ))\n"
        "ORDER BY p.starts_at, p.name\nLIMIT 6"
    )
    return Statement(sql, params)


def build_silent(
    now: Sequence[Window],
    earlier: Sequence[Window],
    scope: Scope,
    *,
    least: int,
    days: int,
    quiet: int,
    only: Filter | None = None,
) -> Statement:
    """Products that sold often before and may be missing on several days now, the fastest sellers first.

    Columns: ``store_id, variant_id, name, units`` (pieces sold earlier), ``net`` (their net sales in minor units),
    ``earlier`` and ``sold`` (the dates with sales, comma-separated, earlier and now).

    Args:
        now: the days in question.
        earlier: the days just before them that say what is usual.
        scope: who asks.
        least: on how many of the earlier days a product must have sold.
        days: how many days the period in question has.
        quiet: pieces sold earlier times days without a sale now must reach this.
        only: the part of the range that is meant.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope([*now, *earlier], scope)
    params: dict[str, Any] = {"least": least, "days": days, "quiet": quiet, "most": CANDIDATES}
    where, recent, past = either(now, earlier, params)
    chosen = only or Filter()
    conditions = ["COALESCE(v.unit_of_measure, 'each') = 'each'"]
    for column, prefix, names in (
        ("COALESCE(h.department, 'Unknown')", "df", chosen.departments),
        ("COALESCE(h.category, 'Unknown')", "cf", chosen.categories),
        ("c.variant_id", "vf", chosen.variants),
    ):
        if names:
            conditions.append(f"{column} IN ({bind(params, prefix, names)})")
    shelf = "\nLEFT JOIN shelf h ON h.product_id = v.product_id" if chosen.departments or chosen.categories else ""
    sql = f"""SELECT c.store_id, c.variant_id, MIN(p.name) AS name, MIN(c.units) AS units,
  SUM(CASE WHEN {past} THEN x.net_minor ELSE 0 END) AS net,
  STRING_AGG(CASE WHEN {past} THEN CAST(x.business_on AS VARCHAR) END, ',') AS earlier,
  STRING_AGG(CASE WHEN {recent} THEN CAST(x.business_on AS VARCHAR) END, ',') AS sold
FROM (
SELECT x.store_id, x.variant_id, SUM(CASE WHEN {past} THEN x.units ELSE 0 END) AS units
FROM store_sku_day x
WHERE {where} AND x.units > 0 AND x.variant_id IS NOT NULL
GROUP BY x.store_id, x.variant_id
HAVING COUNT(CASE WHEN {past} THEN 1 END) >= $least
  AND ($days - COUNT(CASE WHEN {recent} THEN 1 END)) * SUM(CASE WHEN {past} THEN x.units ELSE 0 END) >= $quiet
ORDER BY units DESC, x.store_id, x.variant_id
LIMIT $most
) c
JOIN store_sku_day x ON x.store_id = c.store_id AND x.variant_id = c.variant_id AND x.units > 0
  AND {where}
LEFT JOIN variant v ON v.variant_id = c.variant_id
LEFT JOIN product p ON p.product_id = v.product_id{shelf}
WHERE {" AND ".join(conditions)}
GROUP BY c.store_id, c.variant_id
ORDER BY 4 DESC, 1, 2"""
    return Statement(sql, params)


def build_on_hand(store_id: str, variant_id: str, scope: Scope) -> Statement:
    """The recorded stock of one product in one store as ``on_hand``; null where none is recorded.

    Raises:
        NotAllowedError: the store is outside the scope.
    """
    checked_scope([Window((store_id,), date.min, date.min)], scope)
    sql = (
        "SELECT SUM(l.quantity) AS on_hand\nFROM inventory_level l\n"
        "WHERE l.store_id = $store AND l.variant_id = $variant"
    )
    return Statement(sql, {"store": store_id, "variant": variant_id})


def build_trading_hours(windows: Sequence[Window], scope: Scope) -> Statement:
    """Hours with transactions by store and day: ``store_id, business_on, hours`` as comma-separated hours of the clock.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = (
        "SELECT x.store_id, x.business_on, STRING_AGG(CAST(x.hour_of_day AS VARCHAR), ',') AS hours\n"
        f"FROM store_hour x\nWHERE ({window_condition(windows, params, hourly=False)}) AND x.transactions > 0\n"
        "GROUP BY x.store_id, x.business_on\nORDER BY 1, 2"
    )
    return Statement(sql, params)


def build_weather(windows: Sequence[Window], scope: Scope) -> Statement:
    """Observed weather by hour: ``timezone, day_starts_at, hour_at, stores, temperature, rain`` (sums over the stores).

    The hours are told their business dates outside SQL, where that takes a fraction of the time. They reach a day
    beyond the windows on either side.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    parts = []
    for window in windows:
        stores = bind(params, "store", window.store_ids)
        low, high = (
            bind(params, "at", [datetime.combine(day, time(), tzinfo=UTC)])
            for day in (window.start_on - timedelta(days=1), window.end_on + timedelta(days=2))
        )
        parts.append(
            f"(x.store_id IN ({stores}) AND x.hour_at >= CAST({low} AS TIMESTAMPTZ)"
            f" AND x.hour_at < CAST({high} AS TIMESTAMPTZ))"
        )
    sql = (
        "SELECT st.timezone, st.day_starts_at, x.hour_at, COUNT(*) AS stores, SUM(x.temperature_c) AS temperature,\n"
        "  SUM(x.precipitation_mm) AS rain\nFROM weather_hour x JOIN store st ON st.store_id = x.store_id\n"
        f"WHERE x.kind = 'observed' AND ({' OR '.join(parts)})\n"
        "GROUP BY st.timezone, st.day_starts_at, x.hour_at\nORDER BY 3, 1, 2"
    )
    return Statement(sql, params)


def build_events(windows: Sequence[Window], scope: Scope) -> Statement:
    """Holidays and local events that touch the windows: ``store_id, name, category, starts_at, ends_at``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    parts = []
    for window in windows:
        stores = bind(params, "store", window.store_ids)
        # A day begins at most fourteen hours before and ends twelve hours after the one of Greenwich.
        low = bind(params, "at", [datetime.combine(window.start_on, time(), tzinfo=UTC) - timedelta(hours=14)])
        high = bind(params, "at", [datetime.combine(window.end_on, time(), tzinfo=UTC) + timedelta(hours=36)])
        parts.append(
            f"(x.store_id IN ({stores}) AND x.starts_at < CAST({high} AS TIMESTAMPTZ)"
            f" AND x.ends_at > CAST({low} AS TIMESTAMPTZ))"
        )
    sql = (
        "SELECT x.store_id, x.name, x.category, x.starts_at, x.ends_at\nFROM local_event x\n"
        f"WHERE {' OR '.join(parts)}\nORDER BY x.starts_at, x.name, x.store_id\nLIMIT 200"
    )
    return Statement(sql, params)


def build_targets(metric: str, windows: Sequence[Window], scope: Scope) -> Statement:
    """Targets of a metric that touch the windows: ``store_id, starts_on, ends_on, value`` in major units.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"metric": metric}
    parts = []
    for window in windows:
        stores = bind(params, "store", window.store_ids)
        start, end = bind(params, "start", [window.start_on]), bind(params, "end", [window.end_on])
        parts.append(
            f"(x.store_id IN ({stores}) AND x.starts_on <= CAST({end} AS DATE) AND x.ends_on >= CAST({start} AS DATE))"
        )
    sql = (
        "SELECT x.store_id, x.starts_on, x.ends_on, x.value\nFROM target x\n"
        f"WHERE LOWER(x.metric) = $metric AND x.value IS NOT NULL AND ({' OR '.join(parts)})\nORDER BY 1, 2, 3"
    )
    return Statement(sql, params)
