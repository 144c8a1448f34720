"""A stand-in for the weather services: the Open-Meteo protocol with invented, seeded weather."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zlib import crc32

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

_KNOWN = ("temperature_2m", "precipitation", "wind_speed_10m", "weather_code")
_MOST_AHEAD = timedelta(days=16)
_MOST_BACK = timedelta(days=92)
_ARCHIVE_LAG = timedelta(days=5)


class WeatherStandIn:
    """Weather for any place. ``now`` is its present; ``fail_next`` makes that many calls fail with 503.

    ``requests`` are the query parameters it was asked with, oldest first.
    """

    def __init__(self, now: datetime, seed: str = "weather") -> None:
        self.now = now
        self.fail_next = 0
        self.requests: list[dict[str, str]] = []
        self._seed = seed

    def app(self) -> Starlette:
        """``/v1/forecast`` and ``/v1/archive``."""
        return Starlette(
            routes=[Route("/v1/forecast", self._forecast), Route("/v1/archive", self._archive)],
        )

    def value(self, variable: str, latitude: str, longitude: str, hour_at: datetime) -> float | int:
        """The weather of one hour, the same whenever it is asked for."""
        drawn = self._draw(latitude, longitude, variable, f"{hour_at:%Y%m%d%H}")
        if variable == "temperature_2m":
            day = hour_at.timetuple().tm_yday
            swing = -12 * math.cos(2 * math.pi * (day - 20) / 365.25) + 4 * math.cos(math.pi * (hour_at.hour - 20) / 12)
            return round(10 + swing + 4 * drawn, 1)
        wet = self._draw(latitude, longitude, "wet", f"{hour_at:%Y%m%d}") < 0.3
        if variable == "precipitation":
            return round(0.1 + 10 * drawn, 1) if wet and drawn < 0.4 else 0.0
        if variable == "wind_speed_10m":
            return round(0.5 + 8.5 * drawn, 1)
        return 61 if wet else 1

    def _draw(self, *key: str) -> float:
        """A number from 0 to 1 that only the key decides."""
        return crc32("|".join((self._seed, *key)).encode()) / 2**32

    async def _forecast(self, request: Request) -> Response:
        today = self.now.date()
        return self._answer(request, today - _MOST_BACK, today + _MOST_AHEAD, known_to=self.now + _MOST_AHEAD)

    async def _archive(self, request: Request) -> Response:
        today = self.now.date()
        return self._answer(request, date(1940, 1, 1), today, known_to=self.now - _ARCHIVE_LAG)

    def _answer(self, request: Request, first: date, last: date, *, known_to: datetime) -> Response:
        asked = dict(request.query_params)
        self.requests.append(asked)
        if self.fail_next > 0:
            self.fail_next -= 1
            return JSONResponse({"error": True, "reason": "Service unavailable"}, 503)
        try:
            start, end = date.fromisoformat(asked["start_date"]), date.fromisoformat(asked["end_date"])
            latitude, longitude = asked["latitude"], asked["longitude"]
            variables = asked["hourly"].split(",")
        except (KeyError, ValueError) as error:
            return _refused(f"Parameter {error} is missing or invalid.")
        unknown = [name for name in variables if name not in _KNOWN]
        if unknown:
            return _refused(f"There is no weather variable {unknown[0]}.")
        if not -90 <= float(latitude) <= 90:
            return _refused(f"Latitude must be in range of -90 to 90°. Given: {latitude}.")
        if start < first or end > last or end < start:
            return _refused(f"Parameter 'start_date' is out of allowed range from {first} to {last}")
        hours = _hours(start, end)
        hourly: dict[str, Any] = {"time": [int(hour.timestamp()) for hour in hours]}
        for name in variables:
            hourly[name] = [self.value(name, latitude, longitude, hour) if hour <= known_to else None for hour in hours]
        return JSONResponse(
            {
                "latitude": float(latitude),
                "longitude": float(longitude),
                "utc_offset_seconds": 0,
                "timezone": "GMT",
                "hourly_units": {"time": "unixtime", "temperature_2m": "°C", "precipitation": "mm"},
                "hourly": hourly,
            }
        )


def _refused(reason: str) -> Response:
    return JSONResponse({"error": True, "reason": reason}, 400)


def _hours(start: date, end: date) -> list[datetime]:
    first = datetime(start.year, start.month, start.day, tzinfo=UTC)
    return [first + timedelta(hours=offset) for offset in range(((end - start).days + 1) * 24)]
