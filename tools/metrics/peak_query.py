"""SQL for the rhythm of the week: what each hour of each weekday saw, and how many such days there were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.windows import Statement, Window, checked_scope, window_condition


def build_hours(windows: Sequence[Window], scope: Scope) -> Statement:
    """Each weekday and hour that sold: ``weekday`` (1 is Monday)``, hour, transactions, net``.

    Visitors are brought by ``door_rows``, as they are counted by store and not always.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT CAST(EXTRACT(ISODOW FROM x.business_on) AS INTEGER) AS weekday, x.hour_of_day AS hour,
  CAST(SUM(x.transactions) AS BIGINT) AS transactions, SUM(x.net_minor) AS net
FROM store_hour x
WHERE {window_condition(windows, params, hourly=True)}
GROUP BY 1, 2
ORDER BY 1, 2"""
    return Statement(sql, params)


def build_days(windows: Sequence[Window], scope: Scope) -> Statement:
    """How many business dates with sales each weekday has: ``weekday, days``.

    Where stores are asked about different dates, being in different time zones, it is the most that any of them has:
    the dates of all would be more days than any store was asked about.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    if len({(window.start_on, window.end_on) for window in windows}) > 1:
        each = build_store_weekdays(windows, scope)
        return Statement(
            f"SELECT e.weekday, MAX(e.days) AS days FROM (\n{each.sql}\n) e GROUP BY e.weekday ORDER BY 1", each.params
        )
    sql = f"""SELECT CAST(EXTRACT(ISODOW FROM x.business_on) AS INTEGER) AS weekday,
  COUNT(DISTINCT x.business_on) AS days
FROM store_day x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)


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
