"""SQL for the hours that were counted at the door on both sides of a comparison, so that like is held against like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.door_rows import hour_rows
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition


def build_shared_hours(
    now: Sequence[Window], before: Sequence[Window], scope: Scope, *, periods: int, equal: bool
) -> Statement:
    """Visitors and transactions of the hours counted on both sides, by store and hour of the clock.

    Where the periods are ``equal`` in length an hour of a day is held against the same hour of the like day of every
    other period. Otherwise days have no like: then an hour of a weekday is taken if it was counted on all such days of
    both sides on which the store sold.

    Args:
        now: the period in question.
        before: what it is held against; several windows of a store are several like periods.
        scope: who asks.
        periods: how many like periods the other side has.
        equal: whether all periods of a store are of one length.

    Columns: ``store_id, hour, visitors1, transactions1, visitors0, transactions0``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope([*now, *before], scope)
    params: dict[str, Any] = {}
    windows = [*now, *before]
    hourly = any(window.hours_on_last is not None for window in windows)
    placed = []
    for number, window in enumerate(windows):
        where = window_condition([window], params, hourly=hourly, hour="h.hour_of_day", alias="h")
        place = "CAST(EXTRACT(ISODOW FROM h.business_on) AS INTEGER)"
        if equal:
            place = f"h.business_on - CAST({bind(params, 'from', [window.start_on])} AS DATE)"
        placed.append(
            f"SELECT h.store_id, h.business_on, h.hour_of_day AS hour, h.seen, h.visitors, h.transactions,\n"
            f"  {int(number < len(now))} AS side, {place} AS place\nFROM hours h WHERE {where}"
        )
    union = "\nUNION ALL\n".join(placed)
    sums = ", ".join(
        f"SUM(CASE WHEN p.side = {side} THEN p.{name} ELSE 0 END) AS {name}{side}"
        for side in "10"
        for name in ("visitors", "transactions")
    )
    params["periods"] = periods + 1
    kept = """kept AS (
SELECT p.store_id, p.place, p.hour FROM placed p WHERE p.seen = 1
GROUP BY p.store_id, p.place, p.hour HAVING COUNT(*) = $periods
)"""
    if not equal:
        params.pop("periods")
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
    sql = f"""WITH hours AS (
SELECT q.*, CASE WHEN q.counted = 1 AND q.known = 1 THEN 1 ELSE 0 END AS seen FROM (
{hour_rows(windows, params)}
) q WHERE q.sold_hours > 0
), placed AS (
{union}
), {kept}
SELECT p.store_id, p.hour, {sums}
FROM placed p JOIN kept k ON k.store_id = p.store_id AND k.place = p.place AND k.hour = p.hour
GROUP BY p.store_id, p.hour
ORDER BY 1, 2"""
    return Statement(sql, params)
