"""Hourly weather over the Open-Meteo protocol: free, without a key, at any address that speaks it.

Two services of the same shape: ``forecast`` reaches 92 days back and 16 ahead, ``archive`` holds everything older.
Hours that are over are ``observed``, later ones ``forecast``; a forecast stays beside what was observed later, because
whoever judges a forecast of sales needs the weather as it was expected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from connectors.errors import TerminalError
from connectors.http import Account, HttpClient, Policy
from connectors.records import Row

_FORECAST_URL = "https://api.open-meteo.com"
_ARCHIVE_URL = "https://archive-api.open-meteo.com"
SETTING = "FLOORWALKER_WEATHER_URL"

_FORECAST_DAYS = 7
_RECENT = timedelta(days=90)
"""The forecast service gives 92 days back; beyond these the archive is asked."""
_ARCHIVE_SPAN = timedelta(days=366)
_VARIABLES = {
    "temperature_2m": "temperature_c",
    "precipitation": "precipitation_mm",
    "wind_speed_10m": "wind_ms",
    "weather_code": "code",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A store on the map, in degrees."""

    store_id: str
    latitude: float
    longitude: float


class WeatherSource:
    """The two services. ``base_url`` and ``archive_url`` are without the path."""

    def __init__(self, base_url: str, archive_url: str, *, policy: Policy | None = None) -> None:
        self._recent = HttpClient(Account("The weather service", base_url, None, SETTING), policy=policy)
        self._archive = HttpClient(Account("The weather archive", archive_url, None, SETTING), policy=policy)

    def close(self) -> None:
        """Close the connections."""
        self._recent.close()
        self._archive.close()

    def hours(self, place: Place, since: date, now: datetime) -> Iterator[Row]:
        """``weather_hour`` rows from ``since`` (UTC date) to a week after ``now``, oldest first.

        Raises:
            TransientError: a service did not answer.
            TerminalError: it refused, or answered in another shape.
        """
        today = now.astimezone(UTC).date()
        recent = max(since, today - _RECENT)
        start = since
        while start < recent:
            end = min(start + _ARCHIVE_SPAN, recent - timedelta(days=1))
            yield from self._read(self._archive, "/v1/archive", place, start, end, now)
            start = end + timedelta(days=1)
        end = today + timedelta(days=_FORECAST_DAYS)
        yield from self._read(self._recent, "/v1/forecast", place, recent, end, now)

    def _read(
        self, service: HttpClient, path: str, place: Place, start: date, end: date, now: datetime
    ) -> Iterator[Row]:
        parameters = {
            "latitude": f"{place.latitude:.5f}",
            "longitude": f"{place.longitude:.5f}",
            "hourly": ",".join(_VARIABLES),
            "wind_speed_unit": "ms",
            "timezone": "GMT",
            # Seconds since 1970 cannot be misread; local stamps without an offset can.
            "timeformat": "unixtime",
            "start_date": start.isoformat(),
            "end_date": end.isoformat(),
        }
        yield from _rows(service.get(path, parameters).body, place.store_id, now)


def archive_of(base_url: str) -> str:
    """Where the archive beside a forecast service is: Open-Meteo has it on a host of its own, others on the same."""
    return _ARCHIVE_URL if base_url.rstrip("/") == _FORECAST_URL else base_url


def _rows(body: Any, store_id: str, now: datetime) -> Iterator[Row]:
    hourly = body.get("hourly") if isinstance(body, Mapping) else None
    hourly = hourly if isinstance(hourly, Mapping) else {}
    times = hourly.get("time")
    if not isinstance(times, list) or any(
        not isinstance(hourly.get(name), list) or len(hourly[name]) != len(times) for name in _VARIABLES
    ):
        raise TerminalError(f"The weather service answered in a shape this version does not know. Check {SETTING}.")
    for index, seconds in enumerate(times):
        hour_at = datetime.fromtimestamp(int(seconds), UTC)
        values = {column: hourly[name][index] for name, column in _VARIABLES.items()}
        if all(value is None for value in values.values()):
            continue  # the archive ends some days ago, and says so with nulls
        over = hour_at + timedelta(hours=1) <= now
        yield Row(
            "weather_hour",
            {
                "store_id": store_id,
                "hour_at": hour_at,
                "kind": "observed" if over else "forecast",
                **{name: _number(value) for name, value in values.items()},
            },
        )


def _number(value: Any) -> Decimal | int | None:
    return value if value is None or isinstance(value, Decimal | int) else Decimal(str(value))
