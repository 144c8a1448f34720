"""SQL for the hours that were counted at the door on both sides of a comparison, so that like is held against like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.door_rows import hour_rows
from tools.metrics.windows import Statement, Window, bind, checked_scope, parted, window_condition


def build_shared_hours(
    now: Sequence[Window], before: Sequence[Window], scope: Scope, *, periods: int, equal: bool, by_hour: bool = False
) -> Statement:
    """Visitors and transactions of the hours counted on both sides, by store and, if wanted, hour of the clock.

    Where the periods are ``equal`` in length an hour of a day is held against the same hour of the like day of every
    other period. Otherwise days have no like: then an hour of a weekday is taken if it was counted on all such days of
    both sides on which the store sold.

    Args:
        now: the period in question.
        before: what it is held against; several windows of a store are several like periods.
        scope: who asks.
        periods: how many like periods the other side has.
        equal: whether all periods of a store are of one length.
        by_hour: whether the hour is a key as well.

    Columns: ``store_id``, with ``by_hour`` ``hour``, ``visitors1, transactions1, visitors0, transactions0``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope([*now, *before], scope)
    params: dict[str, Any] = {"periods": periods + 1} if equal else {}
    windows = [*now, *before]
    build = _of_hours if parted(windows)[1] else _of_settled_days
    key = "p.store_id, p.hour" if by_hour else "p.store_id"
    sums = ", ".join(
        f"SUM(CASE WHEN p.side = {side} THEN p.{name} ELSE 0 END) AS {name}{side}"
        for side in "10"
        for name in ("visitors", "transactions")
    )
    rows = build(windows, len(now), params, equal=equal)
    return Statement(f"WITH {rows}\nSELECT {key}, {sums}\nFROM shared p\nGROUP BY {key}\nORDER BY {key}", params)


def _of_settled_days(windows: Sequence[Window], sides: int, params: dict[str, Any], *, equal: bool) -> str:
    """CTEs that end in ``shared``, of days with all sales known: which hours were counted stands with each day.

    ``sides`` is how many of the windows are of the period in question.
    """
    placed = []
    for number, window in enumerate(windows):
        where = window_condition([window], params, hourly=False)
        place = _place("x", window, params, equal=equal)
        placed.append(
            f"SELECT x.store_id, x.business_on, x.counted, {int(number < sides)} AS side, {place} AS place\n"
            f"FROM door_day x WHERE ({where}) AND x.sold <> 0"
        )
    union = "\nUNION ALL\n".join(placed)
    whole = window_condition(windows, params, hourly=False)
    return f"""days AS (
{union}
), kept AS (
SELECT d.store_id, d.place, BIT_AND(d.counted) AS hours FROM days d
GROUP BY d.store_id, d.place{" HAVING COUNT(*) = $periods" if equal else ""}
), chosen AS (
SELECT d.store_id, d.business_on, d.side, k.hours
FROM days d JOIN kept k ON k.store_id = d.store_id AND k.place = d.place WHERE k.hours <> 0
), shared AS (
SELECT x.store_id, x.hour_of_day AS hour, c.side, x.visitors, 0 AS transactions
FROM door_hour x JOIN chosen c ON c.store_id = x.store_id AND c.business_on = x.business_on
WHERE ({whole}) AND x.visitors IS NOT NULL AND (c.hours >> x.hour_of_day) & 1 = 1
UNION ALL
SELECT x.store_id, x.hour_of_day AS hour, c.side, 0 AS visitors, x.transactions
FROM store_hour x JOIN chosen c ON c.store_id = x.store_id AND c.business_on = x.business_on
WHERE ({whole}) AND (c.hours >> x.hour_of_day) & 1 = 1
)"""


def _of_hours(windows: Sequence[Window], sides: int, params: dict[str, Any], *, equal: bool) -> str:
    """CTEs that end in ``shared``, where sales are not known yet up to the end of some day."""
    hourly = any(window.hours_on_last is not None for window in windows)
    placed = []
    for number, window in enumerate(windows):
        where = window_condition([window], params, hourly=hourly, hour="h.hour_of_day", alias="h")
        place = _place("h", window, params, equal=equal)
        placed.append(
            f"SELECT h.store_id, h.business_on, h.hour_of_day AS hour, h.seen, h.visitors, h.transactions,\n"
            f"  {int(number < sides)} AS side, {place} AS place\nFROM hours h WHERE {where}"
        )
    union = "\nUNION ALL\n".join(placed)
    kept = """kept AS (
SELECT p.store_id, p.place, p.hour FROM placed p WHERE p.seen = 1
GROUP BY p.store_id, p.place, p.hour HAVING COUNT(*) = $periods
)"""
    if not equal:
        kept = """days AS (
SELECT p.store_id, p.place, COUNT(DISTINCT CASE WHEN p.side = 1 THEN p.business_on END) AS days1,
  COUNT(DISTINCT CASE WHEN p.side = 0 THEN p.business_on END) AS days0
FROM placed p GROUP BY p.store_id, p.place
), kept AS (
SELECT p.store_id, p.place, p.hour FROM placed p JOIN days d ON d.store_id = p.store_id AND d.place = p.place
GROUP BY p.store_id, p.place, p.hour, d.days1, d.days0
HAVING SUM(CASE WHEN p.side = 1 THEN p.seen ELSE 0 END) = d.days1
  AND SUM(CASE WHEN p.side = 0 THEN p.seen ELSE 0 END) = d.days0
)"""
    return f"""hours AS (
SELECT q.*, CASE WHEN q.counted = 1 AND q.known = 1 THEN 1 ELSE 0 END AS seen FROM (
{hour_rows(windows, params)}
) q WHERE q.sold_hours > 0
), placed AS (
{union}
), {kept}, shared AS (
SELECT p.* FROM placed p JOIN kept k ON k.store_id = p.store_id AND k.place = p.place AND k.hour = p.hour
)"""


def _place(alias: str, window: Window, params: dict[str, Any], *, equal: bool) -> str:
    """What a day is held against: the same day of the other periods, or all days of its weekday."""
    if equal:
        return f"{alias}.business_on - CAST({bind(params, 'from', [window.start_on])} AS DATE)"
    return f"CAST(EXTRACT(ISODOW FROM {alias}.business_on) AS INTEGER)"
