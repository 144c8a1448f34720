"""Visitors, and the sales of the hours in which visitors were counted: what every figure per visitor stands on.

A counter fails by the hour, so sales are held against visitors by the hour. An hour of a store is seen if its counter
gave a number (nought is one), the store sold something on that day, and sales are known up to that hour. Only the sales
of seen hours are divided by visitors, and only the visitors of seen hours divide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.windows import Statement, Window, checked_scope, parted, window_condition

SEEN_COLUMNS = frozenset({"seen_visitors", "seen_transactions", "seen_net_minor", "trade"})
"""What is only known where sales and visitors are brought together by the hour."""

_KNOWN = """CASE WHEN x.latest_at IS NULL OR x.latest_at < COALESCE(
    (SELECT MAX(a.as_of_at) FROM source_state a WHERE a.source = 'sales' AND a.connection = st.connection),
    (SELECT MAX(a.as_of_at) FROM source_state a WHERE a.source = 'sales'),
    x.latest_at + INTERVAL 1 HOUR) THEN 1 ELSE 0 END"""


def door_rows(
    windows: Sequence[Window], params: dict[str, Any], keys: Sequence[str], columns: set[str], *, hours: bool
) -> str:
    """Sums of the door by ``keys``, as the body of a subquery.

    Args:
        windows: which stores over which days.
        params: takes the bound values.
        keys: ``store_id``, ``business_on`` and, with ``hours``, ``hour_of_day``.
        columns: which sums are needed; without any of ``SEEN_COLUMNS`` these are the visitors alone.
        hours: whether the hour is a key.

    Columns: ``visitors`` (all that were counted) and, where needed, ``seen_visitors, seen_transactions,
    seen_net_minor`` of seen hours and ``trade``: all transactions of stores that have a counter.
    """
    key = ", ".join(f"x.{column}" for column in keys)
    cut = any(window.hours_on_last is not None for window in windows)
    if not columns & SEEN_COLUMNS:
        where = window_condition(windows, params, hourly=hours or cut)
        if not hours and not cut:
            return f"SELECT {key}, x.visitors\nFROM door_day x\nWHERE ({where}) AND x.counted <> 0"
        return f"SELECT {key}, SUM(x.visitors) AS visitors\nFROM door_hour x\nWHERE {where}\nGROUP BY {key}"
    if not hours:
        rows = day_rows(windows, params)
        ever = "BIT_OR(x.counted) OVER (PARTITION BY x.store_id) <> 0"
        if not parted(windows)[1]:  # looked up in the rollup: rows would be sorted by their stores for it
            where = window_condition(windows, params, hourly=False, alias="y")
            ever = f"x.store_id IN (SELECT y.store_id FROM door_day y WHERE ({where}) AND y.counted <> 0)"
        return f"""SELECT {key}, x.visitors, {
            ", ".join(
                f"CASE WHEN {_SEEN_DAY} THEN x.{name} END AS {name}"
                for name in ("seen_visitors", "seen_transactions", "seen_net_minor")
            )
        },
  CASE WHEN {ever} THEN x.transactions END AS trade
FROM (
{rows}
) x"""
    sums = ", ".join(f"SUM({sql}) AS {name}" for name, sql in _SUMS.items())
    return f"SELECT {key}, {sums}\nFROM (\n{hour_rows(windows, params)}\n) x\nGROUP BY {key}"


_SEEN = "x.counted = 1 AND x.known = 1 AND x.sold_hours > 0"
_SEEN_DAY = "x.counted <> 0 AND x.sold <> 0"
_SUMS: Mapping[str, str] = {
    "visitors": "x.visitors",
    "seen_visitors": f"CASE WHEN {_SEEN} THEN x.visitors END",
    "seen_transactions": f"CASE WHEN {_SEEN} THEN x.transactions END",
    "seen_net_minor": f"CASE WHEN {_SEEN} THEN x.net_minor END",
    "trade": "CASE WHEN x.counted_hours > 0 THEN x.transactions END",
}


def day_rows(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """One row per store and business date that sold or was counted, as the body of a subquery.

    Columns: the keys, ``sold, traded, counted`` (hours as bits), ``visitors, transactions`` and, of counted hours up to
    which sales are known, ``seen_visitors, seen_transactions, seen_net_minor``. The days that are settled come from
    their rollup, the others from their hours.
    """
    whole, rest = parted(windows)
    parts = []
    if whole:
        parts.append(f"""SELECT x.store_id, x.business_on, x.sold, x.traded, x.counted, x.visitors, x.transactions,
  x.visitors AS seen_visitors, x.seen_transactions, x.seen_net_minor
FROM door_day x
WHERE {window_condition(whole, params, hourly=False)}""")
    if rest:
        seen = "CASE WHEN x.counted = 1 AND x.known = 1 THEN x.{0} END"
        parts.append(f"""SELECT x.store_id, x.business_on, BIT_OR(x.sold << x.hour_of_day) AS sold,
  BIT_OR(CASE WHEN x.transactions > 0 THEN 1 << x.hour_of_day ELSE 0 END) AS traded,
  BIT_OR(x.counted << x.hour_of_day) AS counted, CAST(SUM(x.visitors) AS BIGINT) AS visitors,
  CAST(SUM(x.transactions) AS BIGINT) AS transactions,
  CAST(SUM({seen.format("visitors")}) AS BIGINT) AS seen_visitors,
  CAST(SUM({seen.format("transactions")}) AS BIGINT) AS seen_transactions,
  CAST(SUM({seen.format("net_minor")}) AS DECIMAL(18,2)) AS seen_net_minor
FROM (
{hour_rows(rest, params)}
) x
GROUP BY x.store_id, x.business_on""")
    return "\nUNION ALL\n".join(parts)


def hour_rows(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """One row per store, business date and hour that sold or was counted, as the body of a subquery.

    Columns: the keys, ``visitors`` (null: not counted), ``transactions, net_minor`` (nought: none), ``counted, known``
    (whether sales are known up to there) and ``sold`` as 0 or 1, ``sold_hours`` of the store on that day and
    ``counted_hours`` of the store in all.
    """
    hourly = any(window.hours_on_last is not None for window in windows)
    where = window_condition(windows, params, hourly=hourly)
    known, clock = "1", ""
    if parted(windows)[1]:
        known, clock = _KNOWN, " JOIN store st ON st.store_id = x.store_id"
    return f"""SELECT h.*, SUM(h.sold) OVER (PARTITION BY h.store_id, h.business_on) AS sold_hours,
  SUM(h.counted) OVER (PARTITION BY h.store_id) AS counted_hours
FROM (
SELECT COALESCE(c.store_id, s.store_id) AS store_id, COALESCE(c.business_on, s.business_on) AS business_on,
  COALESCE(c.hour_of_day, s.hour_of_day) AS hour_of_day, c.visitors, COALESCE(s.transactions, 0) AS transactions,
  COALESCE(s.net_minor, 0) AS net_minor, CASE WHEN c.visitors IS NULL THEN 0 ELSE 1 END AS counted,
  COALESCE(c.known, 1) AS known, CASE WHEN s.store_id IS NULL THEN 0 ELSE 1 END AS sold
FROM (
SELECT x.store_id, x.business_on, x.hour_of_day, x.visitors, {known} AS known
FROM door_hour x{clock}
WHERE ({where}) AND x.visitors IS NOT NULL
) c
FULL JOIN (
SELECT x.store_id, x.business_on, x.hour_of_day, x.transactions, x.net_minor
FROM store_hour x
WHERE {where}
) s ON s.store_id = c.store_id AND s.business_on = c.business_on AND s.hour_of_day = c.hour_of_day
) h"""


def build_uncounted(windows: Sequence[Window], scope: Scope) -> Statement:
    """Days of stores with sales in hours that nobody counted: ``store_id, business_on, sold, counted``.

    Both are numbers of hours with a transaction; a store that has no counter in these windows has no row.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT q.store_id, q.business_on, q.sold, q.counted
FROM (
SELECT x.store_id, x.business_on, BIT_COUNT(x.traded) AS sold, BIT_COUNT(x.traded & x.counted) AS counted,
  BIT_OR(x.counted) OVER (PARTITION BY x.store_id) AS ever
FROM (
{day_rows(windows, params)}
) x
) q
WHERE q.ever <> 0 AND q.counted < q.sold
ORDER BY 1, 2"""
    return Statement(sql, params)


def build_coverage_of_door(windows: Sequence[Window], scope: Scope) -> Statement:
    """How far the hours of each store were counted, by weekday and hour, over its days with sales.

    Columns: ``store_id, weekday`` (1 is Monday)``, hour, days`` (of that weekday with sales)``, counted, sold, both``
    (on how many of them the hour was counted, sold, did both)``, trade, seen_trade`` (transactions, and those of
    counted hours)``, visitors`` (null: never counted). Hours that neither sold nor were counted have no row.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    rows = hour_rows(windows, params)
    sql = f"""WITH hours AS (
SELECT q.*, CAST(EXTRACT(ISODOW FROM q.business_on) AS INTEGER) AS weekday FROM (
{rows}
) q WHERE q.sold_hours > 0 AND q.known = 1
), days AS (
SELECT h.store_id, h.weekday, COUNT(DISTINCT h.business_on) AS days FROM hours h GROUP BY h.store_id, h.weekday
)
SELECT h.store_id, h.weekday, h.hour_of_day AS hour, d.days, SUM(h.counted) AS counted, SUM(h.sold) AS sold,
  SUM(h.counted * h.sold) AS sold_and_counted, SUM(h.transactions) AS trade,
  SUM(h.counted * h.transactions) AS seen_trade, SUM(h.visitors) AS visitors
FROM hours h JOIN days d ON d.store_id = h.store_id AND d.weekday = h.weekday
GROUP BY h.store_id, h.weekday, h.hour_of_day, d.days
ORDER BY 1, 2, 3"""
    return Statement(sql, params)


def build_counted_hours(windows: Sequence[Window], scope: Scope, opened: Mapping[str, Mapping[int, int]]) -> Statement:
    """How far each store with sales was counted over settled days: ``store_id, open, counted, trade, seen_trade``.

    Hours are open that the opening times say, and others that sold; of a store without opening times those that sold
    or were counted. ``trade`` are transactions, ``seen_trade`` those of counted hours.

    Args:
        windows: stores and days; all settled.
        scope: who asks.
        opened: for each store whose opening times are known, its open hours as bits by weekday (1 is Monday).

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    where = window_condition(windows, params, hourly=False)
    joined, wanted = "", "CAST(NULL AS INTEGER)"
    alike = {tuple(sorted(bits.items())) for bits in opened.values()}
    every = {store for window in windows for store in window.store_ids}
    if len(alike) == 1 and every <= set(opened):
        wanted = _of_weekday(next(iter(alike)))
    elif opened:
        numbered = {bits: number for number, bits in enumerate(sorted(alike))}
        stores = sorted(opened)
        kinds = [str(numbered[tuple(sorted(opened[store].items()))]) for store in stores]
        named, numbers = f"stores{len(params)}", f"kinds{len(params)}"
        params |= {named: stores, numbers: kinds}
        joined = (
            f"\nLEFT JOIN (SELECT UNNEST(CAST(${named} AS VARCHAR[])) AS store_id,\n"
            f"  UNNEST(CAST(${numbers} AS VARCHAR[])) AS kind) o ON o.store_id = x.store_id"
        )
        cases = " ".join(f"WHEN '{number}' THEN {_of_weekday(bits)}" for bits, number in numbered.items())
        wanted = f"CASE o.kind {cases} END"
    sql = f"""SELECT q.store_id,
  SUM(CASE WHEN q.wanted IS NULL THEN BIT_COUNT(q.sold | q.counted) ELSE BIT_COUNT(q.wanted | q.sold) END) AS open,
  SUM(CASE WHEN q.wanted IS NULL THEN BIT_COUNT(q.counted) ELSE BIT_COUNT((q.wanted | q.sold) & q.counted) END)
    AS counted, SUM(q.transactions) AS trade, SUM(q.seen_transactions) AS seen_trade
FROM (
SELECT x.*, {wanted} AS wanted
FROM door_day x{joined}
WHERE ({where}) AND x.sold <> 0
) q
GROUP BY q.store_id
ORDER BY 1"""
    return Statement(sql, params)


def _of_weekday(bits: Sequence[tuple[int, int]]) -> str:
    cases = " ".join(f"WHEN {int(weekday)} THEN {int(hours)}" for weekday, hours in bits)
    return f"CASE CAST(EXTRACT(ISODOW FROM x.business_on) AS INTEGER) {cases} ELSE 0 END"


def build_usual_hours(windows: Sequence[Window], scope: Scope) -> Statement:
    """Visitors by weekday and hour over settled days: ``weekday, hour, days, counted, visitors``.

    A sum of hours that were counted on ``counted`` of ``days`` days of that weekday with sales, over all stores of
    which that is so.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    where = window_condition(windows, params, hourly=False)
    weekday = "CAST(EXTRACT(ISODOW FROM x.business_on) AS INTEGER)"
    # Days are counted by store and hours added up by store, apart: joined row by row, each hour would be looked up.
    sql = f"""WITH traded AS (
SELECT x.store_id, {weekday} AS weekday, COUNT(*) AS days
FROM door_day x
WHERE ({where}) AND x.sold <> 0
GROUP BY 1, 2
), unsold AS (
SELECT x.store_id, x.business_on FROM door_day x WHERE ({where}) AND x.sold = 0
), seen AS (
SELECT x.store_id, {weekday} AS weekday, x.hour_of_day AS hour, COUNT(*) AS counted, SUM(x.visitors) AS visitors
FROM door_hour x LEFT JOIN unsold u ON u.store_id = x.store_id AND u.business_on = x.business_on
WHERE ({where}) AND x.visitors IS NOT NULL AND u.store_id IS NULL
GROUP BY 1, 2, 3
)
SELECT s.weekday, s.hour, t.days, s.counted, SUM(s.visitors) AS visitors
FROM seen s JOIN traded t ON t.store_id = s.store_id AND t.weekday = s.weekday
GROUP BY s.weekday, s.hour, t.days, s.counted
ORDER BY 1, 2, 3, 4"""
    return Statement(sql, params)
