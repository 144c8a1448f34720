"""Simulated: visitors counted at the door, and the weather outside.

Visitors of an hour are that hour's real transactions divided by the store's conversion, times noise between 0.88 and
1.12, plus the odd person who only looked. Weather is a yearly and a daily swing around the region's mean, a day-long
deviation, and rain on about one day in three; the next seven days are there as a forecast.
"""

from __future__ import annotations

from datetime import timedelta

import duckdb

from connectors.sandbox.sample.world import STORES, ZONE_NAME, Calendar, chance

_HOURS = """
CREATE OR REPLACE TEMP TABLE sample_hour AS
SELECT s.store_id, s.conversion, h.hour_at, timezone('{zone}', h.hour_at) AS local_at
FROM (SELECT unnest(generate_series($first, $last, INTERVAL 1 HOUR)) AS hour_at) h
CROSS JOIN (SELECT unnest($stores) AS store_id, CAST(unnest($conversions) AS DECIMAL(3,2)) AS conversion) s
"""

_TRAFFIC = """
INSERT INTO foot_traffic (store_id, hour_at, visitors, passers_by, source, simulated)
WITH sold AS (
  SELECT store_id, date_trunc('hour', closed_at) AS hour_at, count(*) AS transactions
  FROM sale GROUP BY 1, 2),
counted AS (
  SELECT h.store_id, h.hour_at, h.local_at, coalesce(s.transactions, 0) AS transactions, h.conversion,
    h.store_id || h.local_at AS key
  FROM sample_hour h LEFT JOIN sold s USING (store_id, hour_at) WHERE h.hour_at < $until)
SELECT store_id, hour_at,
  greatest(transactions, CAST(ceil(transactions * (0.88 + 0.24 * {noise}) / conversion) AS INTEGER))
    + CASE WHEN extract('hour' FROM local_at) BETWEEN 7 AND 22 AND {looker} < 0.4 THEN 1 ELSE 0 END,
  NULL, 'simulated', true
FROM counted ORDER BY store_id, hour_at
"""

_WEATHER = """
INSERT INTO weather_hour (store_id, hour_at, kind, temperature_c, precipitation_mm, wind_ms, code, simulated)
WITH drawn AS (
  SELECT store_id, hour_at, extract('hour' FROM local_at) AS hour, extract('doy' FROM local_at) AS day,
    {day_noise} AS deviation, {wet} < 0.33 AS wet_day, {hour_noise} AS rain, {wind} AS wind
  FROM sample_hour)
SELECT store_id, hour_at, CASE WHEN hour_at < $until THEN 'observed' ELSE 'forecast' END,
  CAST(12.5 - 12.5 * cos(2 * pi() * (day - 20) / 365.25) + 4 * cos(2 * pi() * (hour - 15) / 24)
    + 8 * (deviation - 0.5) AS DECIMAL(8,2)),
  CASE WHEN wet_day AND rain < 0.35 THEN CAST(0.2 + rain * 8 AS DECIMAL(8,2)) ELSE 0 END,
  CAST(1.5 + 6 * wind AS DECIMAL(8,2)), CASE WHEN wet_day AND rain < 0.35 THEN 61 WHEN wet_day THEN 3 ELSE 1 END, true
FROM drawn ORDER BY store_id, hour_at
"""


def insert(connection: duckdb.DuckDBPyConnection, calendar: Calendar) -> None:
    """Fill foot_traffic (history) and weather_hour (history and seven days ahead); needs the inserted sales."""
    connection.execute(
        _HOURS.format(zone=ZONE_NAME),
        {
            "first": calendar.midnight - timedelta(days=calendar.history_days),
            "last": calendar.midnight + timedelta(days=7),
            "stores": [store.store_id for store in STORES],
            "conversions": [store.conversion for store in STORES],
        },
    )
    until = {"until": calendar.midnight}
    connection.execute(_TRAFFIC.format(noise=chance("'visit' || key"), looker=chance("'look' || key")), until)
    day = "CAST(local_at AS DATE)"
    connection.execute(
        _WEATHER.format(
            day_noise=chance(f"'warm' || {day}"),
            wet=chance(f"'wet' || {day}"),
            hour_noise=chance("'rain' || hour_at"),
            wind=chance("'wind' || hour_at"),
        ),
        until,
    )
