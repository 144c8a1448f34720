"""What is coming around the stores: planted events and forecasts, told by the stores' own dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from connectors.records import Row
from tests.tools.stock import stock_world as planted
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult


def coming() -> Iterator[Row]:
    """A fair of two days at Harbor Point, a holiday everywhere, one event that is over, a forecast of two days."""
    for ident, store, name, category, begins, ends in (
        ("E1", "S02", "Harbor fair", "fair", planted.at(date(2026, 11, 28), 9), planted.at(date(2026, 11, 29), 22)),
        ("E2", "S01", "Old concert", "concert", planted.at(date(2026, 11, 22), 20), planted.at(date(2026, 11, 22), 23)),
        ("E3", "S01", "Late show", "concert", planted.at(date(2026, 11, 30), 20), planted.at(date(2026, 11, 30), 23)),
    ):
        yield event(ident, store, name, category, begins, ends, attendance=5000 if ident == "E1" else None)
    for store in planted.STORES:
        begins = planted.at(date(2026, 11, 26), 0)
        yield event(f"H-{store}", store, "Thanksgiving Day", "holiday", begins, begins + timedelta(days=1))
    for day, warm, rain in ((date(2026, 11, 24), 9, "0"), (date(2026, 11, 25), 4, "2.5")):
        for hour, off in ((8, -3), (14, 0)):
            values = {"temperature_c": str(warm + off), "precipitation_mm": rain, "wind_ms": "3", "code": 1}
            key = {"store_id": "S01", "hour_at": planted.at(day, hour), "kind": "forecast"}
            yield Row("weather_hour", {**key, **values})


def event(
    ident: str, store: str, name: str, category: str, begins: datetime, ends: datetime, *, attendance: int | None = None
) -> Row:
    values = {"event_id": ident, "store_id": store, "name": name, "category": category, "starts_at": begins}
    return Row("local_event", {**values, "ends_at": ends, "expected_attendance": attendance, "distance_m": 400})


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with planted.stock_world(tmp_path_factory.mktemp("ahead"), planted.rows(), coming()) as mirror:
        yield planted.context_of(mirror)


def rows(result: ToolResult) -> list[tuple[object, ...]]:
    assert result.table is not None
    return [tuple(row) for row in result.table.rows]


def test_the_next_days_with_holidays_events_and_weather(world: ToolContext) -> None:
    result = run_tool("days_ahead", {}, world)
    assert "1 public holiday; 2 local events; 1 to 9 °C, rain on 1 of 2 days" in result.headline
    assert "Public holidays: Thanksgiving Day (Thu 26 Nov 2026)." in result.text
    assert "Harbor fair (28–29 Nov 2026, near Harbor Point)" in result.text
    assert "Black Friday (Fri 27 Nov 2026)" in result.text
    assert "Old concert" not in result.text
    assert ("Sat 28 Nov", "Harbor Point", "fair", "Harbor fair, 5,000 expected, 400 m away") in rows(result)
    assert ("Wed 25 Nov", "Market Street", "weather", "1 to 4 °C, 5.0 mm of rain") in rows(result)


def test_trading_days_stand_first_where_no_holiday_is_recorded(tmp_path: Path) -> None:
    with planted.stock_world(tmp_path, planted.rows()) as mirror:
        result = run_tool("days_ahead", {"period": "this week"}, planted.context_of(mirror))
    assert "Thanksgiving (Thu 26 Nov) and Black Friday (Fri 27 Nov); no local event is recorded" in result.headline


def test_an_event_counts_on_each_of_its_days(world: ToolContext) -> None:
    assert "Harbor fair" in run_tool("days_ahead", {"period": "sunday"}, world).text
    assert "Harbor fair" not in run_tool("days_ahead", {"period": "tomorrow"}, world).text


def test_a_store_sees_its_own_events_only(world: ToolContext) -> None:
    own = replace(world, scope=replace(world.scope, store_ids=("S01",)))
    assert "Harbor fair" not in run_tool("days_ahead", {}, own).text
    with pytest.raises(NotAllowedError):
        run_tool("days_ahead", {"stores": "Harbor Point"}, own)


def test_days_that_are_over_or_no_days_are_refused(world: ToolContext) -> None:
    with pytest.raises(BadArgumentError):
        run_tool("days_ahead", {"period": "the blue moon"}, world)


def test_where_nothing_is_connected_it_says_so(tmp_path: Path) -> None:
    with planted.stock_world(tmp_path, planted.rows()) as mirror, pytest.raises(NoDataError, match="Nothing is known"):
        run_tool("days_ahead", {"period": "tomorrow"}, planted.context_of(mirror))
