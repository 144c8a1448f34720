"""SQL over what is known of days to come: events and public holidays near the stores, and the weather as forecast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tools.context import Scope
from tools.metrics.query import Statement
from tools.metrics.stock_query import scoped_stores


def build_events_ahead(store_ids: Sequence[str], scope: Scope, start_on: date, end_on: date) -> Statement:
    """Events that touch the days, by the stores' own dates, the earliest first.

    Columns: ``store_id, name, category, from_on, to_on, expected_attendance, distance_m``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"start": start_on, "end": end_on}
    stores = scoped_stores(store_ids, scope, params)
    last = "COALESCE(e.ends_at - INTERVAL 1 SECOND, e.starts_at)"
    sql = f"""SELECT x.store_id, x.name, x.category, x.from_on, x.to_on, x.expected_attendance, x.distance_m FROM (
SELECT e.store_id, e.event_id, e.name, e.category, CAST((e.starts_at AT TIME ZONE st.timezone) AS DATE) AS from_on,
  CAST(({last} AT TIME ZONE st.timezone) AS DATE) AS to_on, e.expected_attendance, e.distance_m
FROM local_event e JOIN store st ON st.store_id = e.store_id
WHERE e.store_id IN ({stores})) x
WHERE x.from_on <= CAST($end AS DATE) AND x.to_on >= CAST($start AS DATE)
ORDER BY x.from_on, x.name, x.store_id"""
    return Statement(sql, params)


def build_weather_ahead(
    store_ids: Sequence[str], scope: Scope, start_on: date, end_on: date, now: datetime
) -> Statement:
    """The forecast of the hours to come by store and its own date.

    Columns: ``store_id, day_on, coldest, warmest`` (degrees Celsius), ``rain`` (mm), ``wind`` (the highest, m/s).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"start": start_on, "end": end_on, "now": now}
    stores = scoped_stores(store_ids, scope, params)
    day = "CAST((w.hour_at AT TIME ZONE st.timezone) AS DATE)"
    sql = f"""SELECT w.store_id, {day} AS day_on, MIN(w.temperature_c) AS coldest, MAX(w.temperature_c) AS warmest,
  SUM(w.precipitation_mm) AS rain, MAX(w.wind_ms) AS wind
FROM weather_hour w JOIN store st ON st.store_id = w.store_id
WHERE w.store_id IN ({stores}) AND w.kind = 'forecast' AND w.hour_at >= CAST($now AS TIMESTAMPTZ)
  AND {day} >= CAST($start AS DATE) AND {day} <= CAST($end AS DATE)
GROUP BY w.store_id, {day}
ORDER BY day_on, w.store_id"""
    return Statement(sql, params)
