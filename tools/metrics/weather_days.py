"""What the weather was like on each day of a store while it was trading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.metrics.clock_rows import stamped
from tools.metrics.dimensions import WET_MM
from tools.metrics.windows import Window, window_condition


def weather_days(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """``store_id, business_on, rain_mm, temperature_c`` of the hours with transactions, as the body of a subquery.

    Rain is added up, the temperature is the mean of the hours. A day of which not every hour is known is wet if the
    known ones are, and else neither wet nor dry (null); it has no temperature if less than half its hours are known.
    """
    rows = stamped("weather_hour", "hour_at", "x.precipitation_mm, x.temperature_c, x.kind", windows, params)
    return f"""SELECT x.store_id, x.business_on,
  CASE WHEN COUNT(w.precipitation_mm) = COUNT(*) OR SUM(w.precipitation_mm) >= {WET_MM}
    THEN SUM(w.precipitation_mm) END AS rain_mm,
  CASE WHEN 2 * COUNT(w.temperature_c) >= COUNT(*) THEN AVG(w.temperature_c) END AS temperature_c
FROM store_hour x
LEFT JOIN (
{rows}
) w ON w.store_id = x.store_id AND w.business_on = x.business_on AND w.hour_of_day = x.hour_of_day
  AND w.kind = 'observed'
WHERE x.transactions > 0 AND ({window_condition(windows, params, hourly=False)})
GROUP BY x.store_id, x.business_on"""
