"""SQL for the rhythm of the week: what each hour of each weekday saw, and how many such days there were.

Both facts are brought to one row per business date and hour before they are joined, so nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from tools.context import Scope
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

_LOCAL = "(x.hour_at AT TIME ZONE st.timezone)"
_STARTS = "COALESCE(st.day_starts_at, TIME '00:00:00')"


def build_hours(windows: Sequence[Window], scope: Scope) -> Statement:
    """Each weekday and hour: ``weekday`` (1 is Monday)``, hour, transactions, net, visitors`` (null: not counted).

    ``visitors`` are of the stores and hours that have a counter.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sales = window_condition(windows, params, hourly=True)
    traffic = _traffic(windows, params)
    sql = f"""WITH sold AS (
SELECT x.business_on, x.hour_of_day, SUM(x.transactions) AS transactions, SUM(x.net_minor) AS net
FROM store_hour x
WHERE {sales}
GROUP BY x.business_on, x.hour_of_day
), counted AS (
{traffic}
)
SELECT CAST(EXTRACT(ISODOW FROM COALESCE(s.business_on, c.business_on)) AS INTEGER) AS weekday,
  COALESCE(s.hour_of_day, c.hour_of_day) AS hour, CAST(COALESCE(SUM(s.transactions), 0) AS BIGINT) AS transactions,
  COALESCE(SUM(s.net), 0) AS net, CAST(SUM(c.visitors) AS BIGINT) AS visitors
FROM sold s
FULL JOIN counted c ON c.business_on = s.business_on AND c.hour_of_day = s.hour_of_day
GROUP BY 1, 2
ORDER BY 1, 2"""
    return Statement(sql, params)


def build_days(windows: Sequence[Window], scope: Scope) -> Statement:
    """How many business dates with sales each weekday has: ``weekday, days``."""
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT CAST(EXTRACT(ISODOW FROM x.business_on) AS INTEGER) AS weekday,
  COUNT(DISTINCT x.business_on) AS days
FROM store_day x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)


def _traffic(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """Visitors by business date and hour of the store's clock; a wide band of instants comes first."""
    low = min(window.start_on for window in windows) - timedelta(days=2)
    high = max(window.end_on for window in windows) + timedelta(days=3)
    band = [bind(params, "at", [datetime.combine(day, time(), tzinfo=UTC)]) for day in (low, high)]
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    where = window_condition(windows, params, hourly=True)
    return f"""SELECT x.business_on, x.hour_of_day, SUM(x.visitors) AS visitors
FROM (
SELECT x.store_id, x.visitors, CAST(EXTRACT(HOUR FROM {_LOCAL}) AS INTEGER) AS hour_of_day,
  CASE WHEN CAST({_LOCAL} AS TIME) < {_STARTS} THEN CAST({_LOCAL} AS DATE) - 1 ELSE CAST({_LOCAL} AS DATE) END
    AS business_on
FROM foot_traffic x JOIN store st ON st.store_id = x.store_id
WHERE x.store_id IN ({stores}) AND x.visitors IS NOT NULL
  AND x.hour_at >= CAST({band[0]} AS TIMESTAMPTZ) AND x.hour_at < CAST({band[1]} AS TIMESTAMPTZ)
) x
WHERE {where}
GROUP BY x.business_on, x.hour_of_day"""
