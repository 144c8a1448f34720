"""Visitors, and the sales of the hours in which visitors were counted: what every figure per visitor stands on.

A counter fails by the hour, so sales are held against visitors by the hour. An hour of a store is seen if its counter
gave a number (nought is one), the store sold something on that day, and sales are known up to that hour. Only the sales
of seen hours are divided by visitors, and only the visitors of seen hours divide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.clock_rows import stamped
from tools.metrics.windows import Statement, Window, checked_scope, window_condition

SEEN_COLUMNS = frozenset({"seen_visitors", "seen_transactions", "seen_net_minor", "trade"})
"""What is only known where sales and visitors are brought together by the hour."""

_SALES_KNOWN = """CASE WHEN x.hour_at < COALESCE(
    (SELECT MAX(a.as_of_at) FROM source_state a WHERE a.source = 'sales' AND a.connection = st.connection),
    (SELECT MAX(a.as_of_at) FROM source_state a WHERE a.source = 'sales'),
    x.hour_at + INTERVAL 1 HOUR) THEN 1 ELSE 0 END"""


def door_rows(
    windows: Sequence[Window], params: dict[str, Any], keys: Sequence[str], columns: set[str], *, hourly: bool
) -> str:
    """Sums of the door by ``keys``, as the body of a subquery.

    Args:
        windows: which stores over which days.
        params: takes the bound values.
        keys: of ``store_id``, ``business_on`` and ``hour_of_day``.
        columns: which sums are needed; without any of ``SEEN_COLUMNS`` these are the visitors alone.
        hourly: whether a window cuts a day.

    Columns: ``visitors`` (all that were counted) and, where needed, ``seen_visitors, seen_transactions,
    seen_net_minor`` of seen hours and ``trade``: all transactions of stores that have a counter.
    """
    key = ", ".join(f"x.{column}" for column in keys)
    if not columns & SEEN_COLUMNS:
        counted = stamped("foot_traffic", "hour_at", "x.visitors", windows, params)
        where = window_condition(windows, params, hourly=hourly)
        return f"SELECT {key}, SUM(x.visitors) AS visitors\nFROM (\n{counted}\n) x\nWHERE {where}\nGROUP BY {key}"
    sums = ", ".join(f"SUM({sql}) AS {name}" for name, sql in _SUMS.items())
    return f"SELECT {key}, {sums}\nFROM (\n{hour_rows(windows, params, hourly=hourly)}\n) x\nGROUP BY {key}"


_SEEN = "x.counted = 1 AND x.known = 1 AND x.sold_hours > 0"
_SUMS: Mapping[str, str] = {
    "visitors": "x.visitors",
    "seen_visitors": f"CASE WHEN {_SEEN} THEN x.visitors END",
    "seen_transactions": f"CASE WHEN {_SEEN} THEN x.transactions END",
    "seen_net_minor": f"CASE WHEN {_SEEN} THEN x.net_minor END",
    "trade": "CASE WHEN x.counted_hours > 0 THEN x.transactions END",
}


def hour_rows(windows: Sequence[Window], params: dict[str, Any], *, hourly: bool) -> str:
    """One row per store, business date and hour that sold or was counted, as the body of a subquery.

    Columns: the keys, ``visitors`` (null: not counted), ``transactions, net_minor`` (nought: none), ``counted, known``
    (whether sales are known up to there) and ``sold`` as 0 or 1, ``sold_hours`` of the store on that day and
    ``counted_hours`` of the store in all.
    """
    visits = stamped("foot_traffic", "hour_at", f"x.visitors, {_SALES_KNOWN} AS known", windows, params)
    where = window_condition(windows, params, hourly=hourly)
    sold = window_condition(windows, params, hourly=hourly)
    return f"""SELECT h.*, SUM(h.sold) OVER (PARTITION BY h.store_id, h.business_on) AS sold_hours,
  SUM(h.counted) OVER (PARTITION BY h.store_id) AS counted_hours
FROM (
SELECT COALESCE(c.store_id, s.store_id) AS store_id, COALESCE(c.business_on, s.business_on) AS business_on,
  COALESCE(c.hour_of_day, s.hour_of_day) AS hour_of_day, c.visitors, COALESCE(s.transactions, 0) AS transactions,
  COALESCE(s.net_minor, 0) AS net_minor, CASE WHEN c.visitors IS NULL THEN 0 ELSE 1 END AS counted,
  COALESCE(c.known, 1) AS known, CASE WHEN s.store_id IS NULL THEN 0 ELSE 1 END AS sold
FROM (
SELECT x.store_id, x.business_on, x.hour_of_day, SUM(x.visitors) AS visitors, MIN(x.known) AS known
FROM (
{visits}
) x
WHERE ({where}) AND x.visitors IS NOT NULL
GROUP BY x.store_id, x.business_on, x.hour_of_day
) c
FULL JOIN (
SELECT x.store_id, x.business_on, x.hour_of_day, x.transactions, x.net_minor
FROM store_hour x
WHERE {sold}
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
    hourly = any(window.hours_on_last is not None for window in windows)
    sql = f"""SELECT q.store_id, q.business_on, COUNT(*) AS sold, SUM(q.counted) AS counted
FROM (
{hour_rows(windows, params, hourly=hourly)}
) q
WHERE q.transactions > 0 AND q.counted_hours > 0
GROUP BY q.store_id, q.business_on
HAVING SUM(q.counted) < COUNT(*)
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
    hourly = any(window.hours_on_last is not None for window in windows)
    rows = hour_rows(windows, params, hourly=hourly)
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
