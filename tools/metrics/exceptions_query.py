"""SQL over documents, register events and drawers by who, where and hour of the day; the scope enters as everywhere.

Hours and kinds of day are those of the store's own clock. A discount is given by hand when no promotion, coupon, code
or automatic kind stands behind it; what a discount row does not explain is taken for given by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from connectors.mirror.local_time import local_time
from tools.context import Scope
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition

AUTOMATIC = (
    "loyalty", "coupon", "coupon_match", "promotion", "automatic", "code", "script", "campaign", "mailer", "bundle",
    "price_rule", "member",
)  # fmt: skip
"""Kinds of discount that the register gives by itself, with nobody deciding."""

_LOCAL = local_time("x.closed_at", "x.timezone", "document x")


def build_documents(windows: Sequence[Window], scope: Scope) -> Statement:
    """What was rung up, by store, register, employee, hour and kind of day.

    Rows: ``store_id, register_id, employee_id, hour, weekend, sales, gross, discounted, given, given_squares,
    automatic, refunds, refunded, refunded_squares, voided``; money in minor units. ``discounted`` documents
    have a discount given by hand, worth ``given``; ``voided`` ones have no register event of their own.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    where = window_condition(windows, params, hourly=False)
    lines = window_condition(windows, params, hourly=False)
    discounts = window_condition(windows, params, hourly=False, alias="g")
    kinds = bind(params, "kind", AUTOMATIC)
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    sql = f"""WITH document AS (
  SELECT x.sale_id, x.store_id, x.register_id, x.employee_id, x.business_on, x.closed_at, x.kind, st.timezone,
    COALESCE(x.voided, FALSE) AS voided
  FROM sale x JOIN store st ON st.store_id = x.store_id
  WHERE ({where}) AND NOT COALESCE(x.is_test, FALSE)),
summed AS (
  SELECT x.sale_id, MIN(x.employee_id) AS employee_id,
    CAST(SUM(CASE WHEN x.is_return THEN 0 ELSE x.gross_minor END) AS BIGINT) AS gross,
    CAST(SUM(CASE WHEN x.is_return THEN 0 ELSE x.discount_minor END) AS BIGINT) AS discount,
    CAST(SUM(CASE WHEN x.is_return THEN COALESCE(x.net_minor, x.gross_minor - COALESCE(x.discount_minor, 0))
      ELSE 0 END) AS BIGINT) AS back,
    CAST(SUM(COALESCE(x.net_minor, x.gross_minor - COALESCE(x.discount_minor, 0))) AS BIGINT) AS net
  FROM sale_line x WHERE ({lines}) AND NOT COALESCE(x.is_gift_card, FALSE) GROUP BY x.sale_id),
explained AS (
  SELECT g.sale_id, CAST(SUM(ABS(g.amount_minor)) AS BIGINT) AS automatic
  FROM sale_discount g JOIN document d ON d.sale_id = g.sale_id
  WHERE ({discounts}) AND (g.promotion_id IS NOT NULL OR g.coupon_id IS NOT NULL OR g.code IS NOT NULL
    OR g.kind IN ({kinds}))
  GROUP BY g.sale_id),
{_LOCAL.quarters},
known AS (
  SELECT x.store_id, x.register_id, COALESCE(x.employee_id, s.employee_id) AS employee_id, x.kind, x.voided,
    CAST(EXTRACT(HOUR FROM {_LOCAL.instant}) AS INTEGER) AS hour, EXTRACT(ISODOW FROM x.business_on) > 5 AS weekend,
    CASE WHEN x.kind = 'return' THEN 0 ELSE COALESCE(s.gross, 0) END AS gross,
    -CASE WHEN x.kind = 'return' THEN COALESCE(s.net, 0) ELSE COALESCE(s.back, 0) END AS refunded,
    CASE WHEN x.kind = 'return' THEN 0
      ELSE GREATEST(COALESCE(s.discount, 0) - COALESCE(e.automatic, 0), 0) END AS given,
    CASE WHEN x.kind = 'return' THEN 0
      ELSE LEAST(COALESCE(s.discount, 0), COALESCE(e.automatic, 0)) END AS automatic,
    CASE WHEN x.voided AND v.sale_id IS NULL THEN 1 ELSE 0 END AS silent_void
  FROM document x LEFT JOIN summed s ON s.sale_id = x.sale_id LEFT JOIN explained e ON e.sale_id = x.sale_id
  LEFT JOIN (SELECT DISTINCT e.sale_id FROM register_event e WHERE e.kind = 'void_sale' AND e.store_id IN ({stores})) v
    ON v.sale_id = x.sale_id
  {_LOCAL.join})
SELECT k.store_id, k.register_id, k.employee_id, k.hour, k.weekend,
  SUM(CASE WHEN NOT k.voided AND k.kind <> 'return' THEN 1 ELSE 0 END) AS sales,
  SUM(CASE WHEN NOT k.voided THEN k.gross ELSE 0 END) AS gross,
  SUM(CASE WHEN NOT k.voided AND k.given > 0 THEN 1 ELSE 0 END) AS discounted,
  SUM(CASE WHEN NOT k.voided THEN k.given ELSE 0 END) AS given,
  SUM(CASE WHEN NOT k.voided THEN k.given * k.given ELSE 0 END) AS given_squares,
  SUM(CASE WHEN NOT k.voided THEN k.automatic ELSE 0 END) AS automatic,
  SUM(CASE WHEN NOT k.voided AND k.refunded > 0 THEN 1 ELSE 0 END) AS refunds,
  SUM(CASE WHEN NOT k.voided THEN k.refunded ELSE 0 END) AS refunded,
  SUM(CASE WHEN NOT k.voided THEN k.refunded * k.refunded ELSE 0 END) AS refunded_squares,
  SUM(k.silent_void) AS voided
FROM known k GROUP BY k.store_id, k.register_id, k.employee_id, k.hour, k.weekend
ORDER BY k.store_id, k.register_id, k.employee_id, k.hour, k.weekend"""
    return Statement(sql, params)


def build_events(windows: Sequence[Window], scope: Scope) -> Statement:
    """Register events: ``store_id, register_id, employee_id, hour, weekend, kind, events, amount, squares``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    rows, params = _events(windows, scope)
    sql = f"""SELECT x.store_id, x.register_id, x.employee_id, CAST(EXTRACT(HOUR FROM x.local_at) AS INTEGER) AS hour,
  EXTRACT(ISODOW FROM x.business_on) > 5 AS weekend, x.kind, COUNT(*) AS events,
  SUM(ABS(COALESCE(x.amount_minor, 0))) AS amount,
  SUM(CAST(COALESCE(x.amount_minor, 0) AS DECIMAL(38,0)) * COALESCE(x.amount_minor, 0)) AS squares
FROM ({rows}) x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY x.store_id, x.register_id, x.employee_id, hour, weekend, x.kind
ORDER BY x.store_id, x.register_id, x.employee_id, hour, weekend, x.kind"""
    return Statement(sql, params)


def build_drawers(windows: Sequence[Window], scope: Scope) -> Statement:
    """Drawers closed with what was expected and counted, one a row.

    Rows: ``store_id, register_id, employee_id, business_on, local_at, expected_minor, counted_minor``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    rows, params = _events(windows, scope)
    sql = f"""SELECT x.store_id, x.register_id, x.employee_id, x.business_on, x.local_at, x.expected_minor,
  x.counted_minor
FROM ({rows}) x
WHERE ({window_condition(windows, params, hourly=False)}) AND x.kind = 'close_drawer'
ORDER BY x.store_id, x.business_on, x.local_at, x.register_id"""
    return Statement(sql, params)


def build_days(windows: Sequence[Window], scope: Scope) -> Statement:
    """The first and last thing that happened in a store on each business day, in local time.

    Rows: ``store_id, business_on, first_sale, last_sale, first_open, last_close``; the last two are of drawer events.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    rows, params = _events(windows, scope)
    events = window_condition(windows, params, hourly=False)
    sales = window_condition(windows, params, hourly=False)
    sql = f"""WITH sold AS (
  SELECT x.store_id, x.business_on, MIN(COALESCE(x.opened_at, x.closed_at)) AS first_at, MAX(x.closed_at) AS last_at
  FROM sale x WHERE ({sales}) AND NOT COALESCE(x.is_test, FALSE) GROUP BY x.store_id, x.business_on),
drawer AS (
  SELECT x.store_id, x.business_on, MIN(CASE WHEN x.kind = 'open_drawer' THEN x.local_at END) AS first_open,
    MAX(CASE WHEN x.kind = 'close_drawer' THEN x.local_at END) AS last_close
  FROM ({rows}) x WHERE ({events}) AND x.kind IN ('open_drawer', 'close_drawer') GROUP BY x.store_id, x.business_on)
SELECT COALESCE(s.store_id, d.store_id) AS store_id, COALESCE(s.business_on, d.business_on) AS business_on,
  s.first_at AT TIME ZONE st.timezone AS first_sale, s.last_at AT TIME ZONE st.timezone AS last_sale,
  d.first_open, d.last_close
FROM sold s FULL JOIN drawer d ON d.store_id = s.store_id AND d.business_on = s.business_on
JOIN store st ON st.store_id = COALESCE(s.store_id, d.store_id)
ORDER BY 1, 2"""
    return Statement(sql, params)


def _events(windows: Sequence[Window], scope: Scope) -> tuple[str, dict[str, Any]]:
    """Register events with local time and business date as the body of a subquery; a wide band of instants first."""
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    low = min(window.start_on for window in windows) - timedelta(days=2)
    high = max(window.end_on for window in windows) + timedelta(days=3)
    band = [bind(params, "at", [_midnight(day)]) for day in (low, high)]
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    local = "(e.occurred_at AT TIME ZONE st.timezone)"
    rows = f"""SELECT e.store_id, e.register_id, e.employee_id, e.kind, e.amount_minor, e.expected_minor,
    e.counted_minor, {local} AS local_at,
    CASE WHEN CAST({local} AS TIME) < COALESCE(st.day_starts_at, TIME '00:00:00') THEN CAST({local} AS DATE) - 1
      ELSE CAST({local} AS DATE) END AS business_on
  FROM register_event e JOIN store st ON st.store_id = e.store_id
  WHERE e.store_id IN ({stores}) AND e.occurred_at >= CAST({band[0]} AS TIMESTAMPTZ)
    AND e.occurred_at < CAST({band[1]} AS TIMESTAMPTZ)"""
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
