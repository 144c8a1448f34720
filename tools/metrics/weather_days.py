"""What the weather was like on each day of a store while it was trading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.metrics.clock_rows import stamped
from tools.metrics.windows import Window, window_condition


def weather_days(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """``store_id, business_on, rain_mm, temperature_c`` of the hours with transactions, as the body of a subquery.

    Rain is added up, the temperature is the mean of the hours. Days whose weather is not known are absent.
    """
    rows = stamped("weather_hour", "hour_at", "x.precipitation_mm, x.temperature_c, x.kind", windows, params)
    return (
        "SELECT x.store_id, x.business_on, SUM(x.precipitation_mm) AS rain_mm, AVG(x.temperature_c) AS temperature_c\n"
        f"FROM (\n{rows}\n) x\nJOIN store_hour g ON g.store_id = x.store_id AND g.business_on = x.business_on\n"
        "  AND g.hour_of_day = x.hour_of_day AND g.transactions > 0\n"
        f"WHERE x.kind = 'observed' AND ({window_condition(windows, params, hourly=False)})\n"
        "GROUP BY x.store_id, x.business_on"
    )
