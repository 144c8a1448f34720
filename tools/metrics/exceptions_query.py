"""SQL over documents, register events and drawers by who, where and hour of the day; the scope enters as everywhere.

Hours and kinds of day are those of the store's own clock. Documents have a rollup; it says what is given by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from connectors.mirror.local_time import local_time
from tools.context import Scope
from tools.metrics.clock_rows import many_store_days
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition

_VOIDED = local_time("x.closed_at", "x.timezone", "document x")
_EVENT = local_time("x.occurred_at", "x.timezone", "event x")
_DRAWERS = "e.kind IN ('open_drawer', 'close_drawer')"
_SUMS = (
    "sales", "gross_minor", "discounted", "given_minor", "automatic_minor", "refunds", "refunded_minor", "voided",
    "with_register", "with_employee",
)  # fmt: skip
_SQUARES = ("given_squares", "refunded_squares")
_WEEKEND = "EXTRACT(ISODOW FROM x.business_on) > 5"


def build_documents(windows: Sequence[Window], scope: Scope, *, detailed: bool) -> Statement:
    """What was rung up, by store, hour and kind of day, and where ``detailed`` by register and employee.

    Rows: ``store_id, register_id, employee_id, hour, weekend, sales, gross_minor, discounted, given_minor,
    automatic_minor, refunds, refunded_minor, voided, with_register, with_employee, given_squares, refunded_squares``;
    ``discounted`` documents have a discount given by hand, worth ``given_minor``; ``voided`` ones have no register
    event of their own; the two before the last are of the ``sales`` those that name theirs.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    rolled = window_condition(windows, params, hourly=False)
    where = window_condition(windows, params, hourly=False)
    lines = window_condition(windows, params, hourly=False)
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    who = "x.register_id, x.employee_id" if detailed else "NULL AS register_id, NULL AS employee_id"
    keys = f"x.store_id, {'x.register_id, x.employee_id, ' if detailed else ''}x.hour, x.weekend"
    sums = ", ".join(
        [f"CAST(SUM(x.{name}) AS BIGINT) AS {name}" for name in _SUMS]
        + [f"SUM(x.{name}) AS {name}" for name in _SQUARES]
    )
    sql = f"""WITH document AS (
  SELECT x.sale_id, x.store_id, x.register_id, x.employee_id, x.business_on, x.closed_at, st.timezone
  FROM sale x JOIN store st ON st.store_id = x.store_id
  WHERE ({where}) AND x.voided AND NOT COALESCE(x.is_test, FALSE) AND x.sale_id NOT IN (SELECT e.sale_id
    FROM register_event e WHERE e.kind = 'void_sale' AND e.sale_id IS NOT NULL AND e.store_id IN ({stores}))),
{_VOIDED.quarters},
summed AS (
  SELECT x.sale_id, MIN(x.employee_id) AS employee_id FROM sale_line x
  WHERE ({lines}) AND NOT COALESCE(x.is_gift_card, FALSE)
    AND x.sale_id IN (SELECT d.sale_id FROM document d WHERE d.employee_id IS NULL) GROUP BY x.sale_id)
SELECT x.store_id, {who}, x.hour, x.weekend, {sums} FROM (
  SELECT x.store_id, x.register_id, x.employee_id, x.hour_of_day AS hour, {_WEEKEND} AS weekend,
    x.sales, x.gross_minor, x.discounted, x.given_minor, x.automatic_minor, x.refunds, x.refunded_minor, 0 AS voided,
    CASE WHEN x.register_id <> '' THEN x.sales ELSE 0 END AS with_register,
    CASE WHEN x.employee_id <> '' THEN x.sales ELSE 0 END AS with_employee, x.given_squares, x.refunded_squares
  FROM register_hour x WHERE ({rolled})
  UNION ALL
  SELECT x.store_id, x.register_id, COALESCE(x.employee_id, s.employee_id) AS employee_id,
    CAST(EXTRACT(HOUR FROM {_VOIDED.instant}) AS INTEGER) AS hour, {_WEEKEND} AS weekend, 0, 0, 0, 0, 0, 0, 0, 1,
    0, 0, 0, 0
  FROM document x LEFT JOIN summed s ON s.sale_id = x.sale_id {_VOIDED.join}) x
GROUP BY {keys}
ORDER BY {keys}"""
    return Statement(sql, params)


def build_events(windows: Sequence[Window], scope: Scope, *, detailed: bool) -> Statement:
    """Register events by store, hour and kind of day, and where ``detailed`` by register and employee.

    Rows: ``store_id, register_id, employee_id, hour, weekend, kind, events``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    rows, params = _events(windows, scope)
    who = "x.register_id, x.employee_id" if detailed else "NULL AS register_id, NULL AS employee_id"
    keys = f"x.store_id, {'x.register_id, x.employee_id, ' if detailed else ''}hour, weekend, x.kind"
    sql = f"""SELECT x.store_id, {who}, x.hour_of_day AS hour, {_WEEKEND} AS weekend, x.kind, COUNT(*) AS events
FROM ({rows}) x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY {keys}
ORDER BY {keys}"""
    return Statement(sql, params)


def build_drawers(windows: Sequence[Window], scope: Scope) -> Statement:
    """Drawers closed with both amounts known, one a row.

    Rows: ``store_id, register_id, employee_id, business_on, difference`` (counted less expected, in minor units).

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    known = "e.expected_minor IS NOT NULL AND e.counted_minor IS NOT NULL"
    rows, params = _events(windows, scope, f"e.kind = 'close_drawer' AND {known}")
    sql = f"""SELECT x.store_id, x.register_id, x.employee_id, x.business_on,
  x.counted_minor - x.expected_minor AS difference
FROM ({rows}) x
WHERE {window_condition(windows, params, hourly=False)}
ORDER BY x.store_id, x.business_on, x.local_at, x.register_id"""
    return Statement(sql, params)


def build_days(windows: Sequence[Window], scope: Scope) -> Statement:
    """The first and last thing that happened in a store on each business day, in local time.

    Rows: ``store_id, business_on, first_sale, last_sale, first_open, last_close``; the last two are of drawer events.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    rows, params = _events(windows, scope, _DRAWERS)
    events = window_condition(windows, params, hourly=False)
    sales = window_condition(windows, params, hourly=False)
    sql = f"""WITH sold AS (
  SELECT x.store_id, x.business_on, MIN(COALESCE(x.opened_at, x.closed_at)) AS first_at, MAX(x.closed_at) AS last_at
  FROM sale x WHERE ({sales}) AND NOT COALESCE(x.is_test, FALSE) GROUP BY x.store_id, x.business_on),
drawer AS (
  SELECT x.store_id, x.business_on, MIN(CASE WHEN x.kind = 'open_drawer' THEN x.local_at END) AS first_open,
    MAX(CASE WHEN x.kind = 'close_drawer' THEN x.local_at END) AS last_close
  FROM ({rows}) x WHERE ({events}) GROUP BY x.store_id, x.business_on)
SELECT COALESCE(s.store_id, d.store_id) AS store_id, COALESCE(s.business_on, d.business_on) AS business_on,
  s.first_at AT TIME ZONE st.timezone AS first_sale, s.last_at AT TIME ZONE st.timezone AS last_sale,
  d.first_open, d.last_close
FROM sold s FULL JOIN drawer d ON d.store_id = s.store_id AND d.business_on = s.business_on
JOIN store st ON st.store_id = COALESCE(s.store_id, d.store_id)
ORDER BY 1, 2"""
    return Statement(sql, params)


def _events(windows: Sequence[Window], scope: Scope, only: str = "") -> tuple[str, dict[str, Any]]:
    """Register events with local time, hour and business date as the body of a subquery; a wide band of instants first.

    Many are put on the clock by the quarter of an hour. ``only`` is a condition on ``e``.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    low = min(window.start_on for window in windows) - timedelta(days=2)
    high = max(window.end_on for window in windows) + timedelta(days=3)
    band = [bind(params, "at", [_midnight(day)]) for day in (low, high)]
    within = f"e.occurred_at >= CAST({band[0]} AS TIMESTAMPTZ) AND e.occurred_at < CAST({band[1]} AS TIMESTAMPTZ)"
    if not all(window.whole_chain for window in windows):
        stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
        within = f"e.store_id IN ({stores}) AND {within}"
    local = _EVENT.instant if many_store_days(windows) else "(x.occurred_at AT TIME ZONE x.timezone)"
    rows = f"""WITH event AS (
    SELECT e.store_id, e.register_id, e.employee_id, e.kind, e.expected_minor, e.counted_minor, e.occurred_at,
      st.timezone, COALESCE(st.day_starts_at, TIME '00:00:00') AS day_starts_at
    FROM register_event e JOIN store st ON st.store_id = e.store_id WHERE {within}{f" AND {only}" if only else ""}),
  {f"{_EVENT.quarters}," if many_store_days(windows) else ""}
  placed AS (
    SELECT x.*, {local} AS local_at FROM event x {_EVENT.join if many_store_days(windows) else ""})
  SELECT p.store_id, p.register_id, p.employee_id, p.kind, p.expected_minor, p.counted_minor, p.local_at,
    CAST(EXTRACT(HOUR FROM p.local_at) AS INTEGER) AS hour_of_day,
    CASE WHEN CAST(p.local_at AS TIME) < p.day_starts_at THEN CAST(p.local_at AS DATE) - 1
      ELSE CAST(p.local_at AS DATE) END AS business_on
  FROM placed p"""
    return rows, params


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def build_recorded(store_ids: Sequence[str], scope: Scope) -> Statement:
    """One row when any register event is recorded for these stores, else none.

    Raises:
        NotAllowedError: a store is outside the scope.
    """
    checked_scope([Window(tuple(store_ids), date.min, date.min)], scope)
    params: dict[str, Any] = {}
    stores = bind(params, "store", store_ids)
    return Statement(f"SELECT 1 AS recorded FROM register_event x WHERE x.store_id IN ({stores}) LIMIT 1", params)


def build_names(employee_ids: Sequence[str], store_ids: Sequence[str], scope: Scope) -> Statement:
    """Names of employees of these stores, and of those of no store: ``employee_id, name``.

    Raises:
        NotAllowedError: a store is outside the scope.
    """
    checked_scope([Window(tuple(store_ids), date.min, date.min)], scope)
    params: dict[str, Any] = {}
    people, stores = bind(params, "employee", employee_ids), bind(params, "store", store_ids)
    return Statement(
        f"SELECT x.employee_id, MAX(x.name) AS name FROM employee x WHERE x.employee_id IN ({people})"
        f" AND (x.store_id IS NULL OR x.store_id IN ({stores}))"
        "\nGROUP BY x.employee_id ORDER BY x.employee_id",
        params,
    )
