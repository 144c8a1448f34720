"""SQL over targets, and over each store's days, sizes and areas; the scope enters as everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition


def build_targets(store_ids: Sequence[str], start_on: date, end_on: date, scope: Scope) -> Statement:
    """Targets that touch a period: ``store_id, metric, starts_on, ends_on, value``.

    Raises:
        NotAllowedError: a store is outside the scope.
    """
    checked_scope([Window(tuple(store_ids), start_on, end_on)], scope)
    params: dict[str, Any] = {}
    stores = bind(params, "store", store_ids)
    start, end = bind(params, "start", [start_on]), bind(params, "end", [end_on])
    sql = f"""SELECT x.store_id, x.metric, x.starts_on, x.ends_on, x.value
FROM target x
WHERE x.store_id IN ({stores}) AND x.value IS NOT NULL
  AND x.starts_on <= CAST({end} AS DATE) AND x.ends_on >= CAST({start} AS DATE)
ORDER BY x.store_id, x.metric, x.starts_on"""
    return Statement(sql, params)


def build_daily(windows: Sequence[Window], scope: Scope) -> Statement:
    """Net sales of each store and day that has any: ``store_id, business_on, net_minor``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT x.store_id, x.business_on, x.net_minor
FROM store_day x
WHERE {window_condition(windows, params, hourly=False)}
ORDER BY x.store_id, x.business_on"""
    return Statement(sql, params)


def build_weekdays(windows: Sequence[Window], scope: Scope) -> Statement:
    """Net sales of each store by weekday: ``store_id, weekday`` (0 is Monday)``, net_minor, days`` (with sales).

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT x.store_id, CAST(EXTRACT(ISODOW FROM x.business_on) AS INTEGER) - 1 AS weekday,
  SUM(x.net_minor) AS net_minor, COUNT(*) AS days
FROM store_day x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY 1, 2
ORDER BY 1, 2"""
    return Statement(sql, params)


def build_trading_days(windows: Sequence[Window], scope: Scope) -> Statement:
    """On how many business dates any store of the windows has sales: ``days``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    where = window_condition(windows, params, hourly=False)
    return Statement(f"SELECT COUNT(DISTINCT x.business_on) AS days\nFROM store_day x\nWHERE {where}", params)


def build_areas(store_ids: Sequence[str], scope: Scope) -> Statement:
    """The floor area of each store: ``store_id, floor_area_m2, simulated``.

    Raises:
        NotAllowedError: a store is outside the scope.
    """
    checked_scope([Window(tuple(store_ids), date.min, date.min)], scope)
    params: dict[str, Any] = {}
    stores = bind(params, "store", store_ids)
    sql = f"""SELECT x.store_id, x.floor_area_m2, x.simulated
FROM store x WHERE x.store_id IN ({stores}) ORDER BY x.store_id"""
    return Statement(sql, params)
