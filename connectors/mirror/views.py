"""Views over the mirror: what happened around each hour of a store, and who was on duty for each sale.

Hours are those of the store's own clock and business day. Where clocks are set back, the hour that comes twice is one
row. Measures of sources that say nothing of an hour are null, not zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import duckdb

_ON_DUTY_UNTIL = "coalesce(t.clock_out_at, (SELECT max(as_of_at) FROM source_state WHERE source = 'staff'))"
"""Somebody who has not clocked out is on duty up to where the time cards are known."""

_HOUR_BEGINS = "{0} - to_seconds(CAST(extract('epoch' FROM {0} AT TIME ZONE p.timezone) AS DECIMAL(18,6)) % 3600)"
"""When the hour of the store's clock ``p`` began that holds an instant: between two full ones where zones lie so."""

_STORE_HOUR_CONTEXT = f"""
WITH place AS (
  SELECT store_id, timezone, to_seconds(extract('epoch' FROM coalesce(day_starts_at, TIME '00:00:00'))) AS day_start
  FROM store),
traffic AS (
  SELECT f.store_id, CAST(f.hour_at AT TIME ZONE p.timezone - p.day_start AS DATE) AS business_on,
    CAST(extract('hour' FROM f.hour_at AT TIME ZONE p.timezone) AS INTEGER) AS hour_of_day,
    CAST(sum(f.visitors) AS BIGINT) AS visitors, CAST(sum(f.passers_by) AS BIGINT) AS passers_by
  FROM foot_traffic f JOIN place p ON p.store_id = f.store_id GROUP BY 1, 2, 3),
weather AS (
  SELECT w.store_id, CAST(w.hour_at AT TIME ZONE p.timezone - p.day_start AS DATE) AS business_on,
    CAST(extract('hour' FROM w.hour_at AT TIME ZONE p.timezone) AS INTEGER) AS hour_of_day,
    CAST(avg(w.temperature_c) AS DECIMAL(8,2)) AS temperature_c,
    CAST(avg(w.precipitation_mm) AS DECIMAL(8,2)) AS precipitation_mm,
    CAST(avg(w.wind_ms) AS DECIMAL(8,2)) AS wind_ms, max(w.code) AS weather_code
  FROM weather_hour w JOIN place p ON p.store_id = w.store_id WHERE w.kind = 'observed' GROUP BY 1, 2, 3),
card AS (
  SELECT t.store_id, t.employee_id, t.clock_in_at, {_ON_DUTY_UNTIL} AS clock_out_at
  FROM timecard t WHERE t.clock_in_at IS NOT NULL),
worked AS (
  SELECT c.store_id, c.employee_id, c.clock_in_at, c.clock_out_at,
    unnest(generate_series({_HOUR_BEGINS.format("c.clock_in_at")}, c.clock_out_at, INTERVAL 1 HOUR)) AS hour_at
  FROM card c JOIN place p ON p.store_id = c.store_id
  WHERE c.clock_out_at > c.clock_in_at AND c.clock_out_at < c.clock_in_at + INTERVAL 48 HOUR),
staff AS (
  SELECT k.store_id, CAST(k.hour_at AT TIME ZONE p.timezone - p.day_start AS DATE) AS business_on,
    CAST(extract('hour' FROM k.hour_at AT TIME ZONE p.timezone) AS INTEGER) AS hour_of_day,
    count(DISTINCT k.employee_id) AS staff_on_duty,
    CAST(sum(extract('epoch' FROM least(k.clock_out_at, k.hour_at + INTERVAL 1 HOUR)
      - greatest(k.clock_in_at, k.hour_at))) / 3600 AS DECIMAL(18,2)) AS staff_hours
  FROM worked k JOIN place p ON p.store_id = k.store_id WHERE k.clock_out_at > k.hour_at GROUP BY 1, 2, 3),
event AS (
  SELECT e.store_id, CAST(e.hour_at AT TIME ZONE p.timezone - p.day_start AS DATE) AS business_on,
    CAST(extract('hour' FROM e.hour_at AT TIME ZONE p.timezone) AS INTEGER) AS hour_of_day,
    string_agg(DISTINCT e.name, '; ' ORDER BY e.name) FILTER (WHERE e.category = 'holiday') AS holidays,
    string_agg(DISTINCT e.name, '; ' ORDER BY e.name) FILTER (WHERE e.category IS DISTINCT FROM 'holiday') AS events
  FROM (
    SELECT v.store_id, v.name, v.category, v.ends_at,
      unnest(generate_series({_HOUR_BEGINS.format("v.starts_at")}, v.ends_at, INTERVAL 1 HOUR)) AS hour_at
    FROM local_event v JOIN place p ON p.store_id = v.store_id
    WHERE v.ends_at < v.starts_at + INTERVAL 400 DAY) e
  JOIN place p ON p.store_id = e.store_id
  WHERE e.hour_at < e.ends_at GROUP BY 1, 2, 3),
hour AS (
  SELECT store_id, business_on, hour_of_day FROM store_hour
  UNION SELECT store_id, business_on, hour_of_day FROM traffic
  UNION SELECT store_id, business_on, hour_of_day FROM staff)
SELECT h.store_id, h.business_on, h.hour_of_day,
  coalesce(s.net_minor, 0) AS net_minor, coalesce(s.transactions, 0) AS transactions,
  t.visitors, t.passers_by, f.staff_on_duty, f.staff_hours,
  w.temperature_c, w.precipitation_mm, w.wind_ms, w.weather_code, e.holidays, e.events
FROM hour h
LEFT JOIN store_hour s USING (store_id, business_on, hour_of_day)
LEFT JOIN traffic t USING (store_id, business_on, hour_of_day)
LEFT JOIN staff f USING (store_id, business_on, hour_of_day)
LEFT JOIN weather w USING (store_id, business_on, hour_of_day)
LEFT JOIN event e USING (store_id, business_on, hour_of_day)
"""

_SALE_STAFF = f"""
SELECT s.sale_id, s.store_id, s.business_on, t.employee_id, t.timecard_id,
  s.employee_id IS NOT DISTINCT FROM t.employee_id AS rang_it_up
FROM sale s JOIN timecard t ON t.store_id = s.store_id
  AND t.clock_in_at <= s.closed_at AND {_ON_DUTY_UNTIL} >= s.closed_at
"""

SHELF_JOINS = """LEFT JOIN category c ON c.category_id = p.category_id
LEFT JOIN category_rule r ON r.category_id = p.category_id"""
DEPARTMENT, CATEGORY = "coalesce(r.department, p.department)", "coalesce(r.category, c.name)"
"""What the view ``shelf`` says of a product ``p``, for statements that have read it anyway."""

_SHELF = f"""
SELECT p.product_id, {DEPARTMENT} AS department, {CATEGORY} AS category
FROM product p {SHELF_JOINS}
"""

_CHECK_SUM = " + ".join(f"{3 if power % 2 else 1} * ((b.number // {10**power}) % 10)" for power in range(14))
_ITEM = f"""
SELECT b.variant_id,
  CASE WHEN b.number > 0 AND length(b.barcode) IN (8, 12, 13, 14)
      AND NOT (b.number BETWEEN 2000000000000 AND 2999999999999)
      AND NOT (b.number BETWEEN 200000000000 AND 299999999999) AND ({_CHECK_SUM}) % 10 = 0
    THEN 'gtin:' || b.number ELSE b.variant_id END AS item_id
FROM (SELECT variant_id, barcode, TRY_CAST(barcode AS BIGINT) AS number FROM variant) b
"""

VIEWS: Mapping[str, str] = MappingProxyType(
    {"store_hour_context": _STORE_HOUR_CONTEXT, "sale_staff": _SALE_STAFF, "shelf": _SHELF, "item": _ITEM}
)
"""Name to definition.

``store_hour_context``: one row per store, business date and hour of the store's clock. ``sale_staff``: one row per
sale and person on duty when it closed. ``shelf``: department and category of each product, the operator's rules
before the platform's own words. ``item``: what each variant is across platforms: its GTIN where the barcode is one
(GS1 General Specifications: 8, 12, 13 or 14 digits with a check digit), else itself. Numbers that a shop gives out for
its own use (GTIN-13 from 02 and from 20 to 29) say nothing outside that shop.
"""


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Define every view anew; the caller owns the transaction."""
    for name, definition in VIEWS.items():
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS {definition}")
