"""SQL for the rhythm of the week: what each hour of each weekday saw, and how many such days there were.

Both facts are brought to one row per business date and hour before they are joined, so nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.query import stamped, stamped_together
from tools.metrics.windows import Statement, Window, checked_scope, window_condition


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
    """Visitors by business date and hour of the store's clock."""
    where = window_condition(windows, params, hourly=True)
    if all(window.whole_chain for window in windows):
        rows = stamped_together("foot_traffic", "hour_at", "visitors", windows, params)
    else:
        rows = stamped("foot_traffic", "hour_at", "x.visitors", windows, params) + " AND x.visitors IS NOT NULL"
    return f"""SELECT x.business_on, x.hour_of_day, SUM(x.visitors) AS visitors
FROM (
{rows}
) x
WHERE {where}
GROUP BY x.business_on, x.hour_of_day"""


def build_store_hours(windows: Sequence[Window], scope: Scope) -> Statement:
    """Each store's weekdays and hours: ``store_id, weekday`` (1 is Monday)``, hour, transactions, net``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT x.store_id, CAST(EXTRACT(ISODOW FROM x.business_on) AS INTEGER) AS weekday, x.hour_of_day AS hour,
  CAST(SUM(x.transactions) AS BIGINT) AS transactions, SUM(x.net_minor) AS net
FROM store_hour x
WHERE {window_condition(windows, params, hourly=True)}
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3"""
    return Statement(sql, params)


def build_store_weekdays(windows: Sequence[Window], scope: Scope) -> Statement:
    """How many days with sales each store had on each weekday: ``store_id, weekday, days``."""
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT x.store_id, CAST(EXTRACT(ISODOW FROM x.business_on) AS INTEGER) AS weekday, COUNT(*) AS days
FROM store_day x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY 1, 2
ORDER BY 1, 2"""
    return Statement(sql, params)
