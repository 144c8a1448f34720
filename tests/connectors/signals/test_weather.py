"""Weather over HTTP: what is asked for, what is kept, and what happens when the service is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from connectors.errors import TerminalError, TransientError
from connectors.http import Policy
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch
from connectors.sandbox.weather import WeatherStandIn
from connectors.signals.refresh import refresh_signals
from connectors.signals.weather import Place, WeatherSource
from tests.support.mirror_rows import sale, store
from tests.support.square_world import serving

NOW = datetime(2026, 11, 25, 14, 20, tzinfo=UTC)
QUICK = Policy(attempts=2, base=0.01, cap=0.02, deadline=30.0, connect_timeout=5.0, read_timeout=20.0)
HERE = Place("S01", 40.7128, -74.0060)


@pytest.fixture
def service() -> Iterator[tuple[WeatherStandIn, WeatherSource]]:
    stand_in = WeatherStandIn(NOW)
    with serving(stand_in.app()) as url:
        source = WeatherSource(url, url, policy=QUICK)
        yield stand_in, source
        source.close()


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        yield mirror


def test_hours_that_are_over_are_observed_and_later_ones_are_a_forecast(
    service: tuple[WeatherStandIn, WeatherSource],
) -> None:
    stand_in, source = service
    rows = {row.values["hour_at"]: row.values for row in source.hours(HERE, NOW.date() - timedelta(days=1), NOW)}
    assert rows[NOW.replace(hour=13, minute=0)]["kind"] == "observed"
    # This hour is not over, so its amount of rain is not known yet.
    assert rows[NOW.replace(hour=14, minute=0)]["kind"] == "forecast"
    assert max(rows) == datetime(2026, 12, 2, 23, tzinfo=UTC)
    hour = NOW.replace(hour=9, minute=0)
    expected = stand_in.value("temperature_2m", "40.71280", "-74.00600", hour)
    assert rows[hour]["temperature_c"] == Decimal(str(expected))
    assert isinstance(rows[hour]["code"], int)


def test_what_is_older_than_the_forecast_service_comes_from_the_archive(
    service: tuple[WeatherStandIn, WeatherSource],
) -> None:
    stand_in, source = service
    first = NOW.date() - timedelta(days=800)
    rows = list(source.hours(HERE, first, NOW))
    hours = [row.values["hour_at"] for row in rows]
    assert hours == sorted(set(hours)), "no hour twice, none out of order"
    assert hours[0].date() == first
    assert len(hours) == (800 + 8) * 24, "and none is missing"
    asked = [(query["start_date"], query["end_date"]) for query in stand_in.requests]
    assert len(asked) == 3, "two years of archive, then the forecast service"


def test_a_refusal_and_another_shape_name_the_setting(mirror: Mirror) -> None:
    async def strange(_: object) -> JSONResponse:
        return JSONResponse({"hourly": {"time": [1], "temperature_2m": []}})

    with serving(Starlette(routes=[Route("/v1/forecast", strange)])) as url:
        source = WeatherSource(url, url, policy=QUICK)
        with pytest.raises(TerminalError) as caught:
            list(source.hours(HERE, NOW.date(), NOW))
        source.close()
    assert "FLOORWALKER_WEATHER_URL" in caught.value.user_message


def test_a_service_that_is_away_leaves_the_freshness_where_it_was(
    service: tuple[WeatherStandIn, WeatherSource], mirror: Mirror
) -> None:
    stand_in, source = service
    assert mirror.writer is not None
    rows = [store(latitude=40.7, longitude=-74.0, country="US"), store("S02")]
    mirror.writer.submit(Batch(rows=[*rows, sale("A", NOW - timedelta(days=2))])).result()
    stand_in.fail_next = 10
    report = refresh_signals(mirror, NOW, weather=source)
    assert any("not answering" in problem for problem in report.problems)
    assert any("S02 has no latitude" in problem for problem in report.problems)
    assert "weather" not in mirror.reader.snapshot().sources
    stand_in.fail_next = 0
    report = refresh_signals(mirror, NOW, weather=source)
    assert report.rows["weather"] > 0
    assert mirror.reader.snapshot().sources["weather"].as_of_at == NOW
    stored = mirror.reader.query("SELECT count(*), count(DISTINCT hour_at) FROM weather_hour").rows[0]
    again = refresh_signals(mirror, NOW, weather=source)
    assert mirror.reader.query("SELECT count(*), count(DISTINCT hour_at) FROM weather_hour").rows[0] == stored
    assert again.rows["weather"] < report.rows["weather"], "only the newest day is read again"


def test_a_forecast_stays_beside_what_was_observed_later(
    service: tuple[WeatherStandIn, WeatherSource], mirror: Mirror
) -> None:
    stand_in, source = service
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows=[store(latitude=40.7, longitude=-74.0)])).result()
    refresh_signals(mirror, NOW, weather=source)
    stand_in.now = NOW + timedelta(hours=3)
    refresh_signals(mirror, stand_in.now, weather=source)
    kinds = mirror.reader.query(
        "SELECT kind FROM weather_hour WHERE hour_at = $at ORDER BY kind", {"at": NOW.replace(hour=15, minute=0)}
    ).rows
    assert kinds == [("forecast",), ("observed",)]


def test_a_transient_failure_is_raised_to_who_asks_for_one_place(
    service: tuple[WeatherStandIn, WeatherSource],
) -> None:
    stand_in, source = service
    stand_in.fail_next = 10
    with pytest.raises(TransientError):
        list(source.hours(HERE, NOW.date(), NOW))
