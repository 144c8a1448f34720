"""Stores in New York, Tokyo and Delhi: dates, hours and days are those of each store, and one may be a date ahead.

A world of its own: each store sells once at 10:10 and once at 17:40 by its own clock on every day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

MONDAY_THERE = datetime(2026, 3, 15, 16, 0, tzinfo=UTC)
"""Noon on Sunday 15 March in New York, 01:00 on Monday in Tokyo, 21:30 on Sunday in Delhi."""
PLACES = {"S01": "America/New_York", "S02": "Asia/Tokyo", "S03": "Asia/Kolkata"}
NAMES = {"S01": "Broadway", "S02": "Ginza", "S03": "Delhi Gate"}


def at(store_id: str, on: date, hour: int, minute: int = 0) -> datetime:
    """An instant by the clock of a store."""
    return datetime.combine(on, time(hour, minute), ZoneInfo(PLACES[store_id])).astimezone(UTC)


def rows() -> list[Row]:
    """Six weeks to the present: sales of 1 and 2, a card from nine to eleven, and a millimetre of rain at ten."""
    made = [store(one, name=NAMES[one], timezone=zone, open_hours={}) for one, zone in PLACES.items()]
    for store_id in PLACES:
        made.append(Row("employee", {"employee_id": f"E{store_id}", "name": f"Ann {store_id}", "store_id": store_id}))
        for back in range(43):
            on = date(2026, 3, 16) - timedelta(days=back)
            for hour, minute, amount in ((10, 10, 100), (17, 40, 200)):
                closed = at(store_id, on, hour, minute)
                sale_id = f"{store_id}-{on}-{hour}"
                if closed < MONDAY_THERE:
                    made += [sale(sale_id, closed, store_id=store_id), line(sale_id, 1, amount)]
            if at(store_id, on, 11) < MONDAY_THERE:
                card = {"timecard_id": f"T{store_id}{on}", "employee_id": f"E{store_id}", "store_id": store_id}
                hours = {"clock_in_at": at(store_id, on, 9), "clock_out_at": at(store_id, on, 11)}
                rain = {"store_id": store_id, "hour_at": at(store_id, on, 10), "kind": "observed"}
                made += [
                    Row("timecard", card | hours),
                    Row("weather_hour", rain | {"precipitation_mm": Decimal(1), "temperature_c": Decimal(9)}),
                ]
        for on in (date(2026, 3, 15), date(2026, 3, 16)):
            shift = {"shift_id": f"H{store_id}{on}", "employee_id": f"E{store_id}", "store_id": store_id}
            hours = {"starts_at": at(store_id, on, 9), "ends_at": at(store_id, on, 17)}
            made.append(Row("scheduled_shift", shift | hours | {"status": "published"}))
        for on in (date(2026, 3, 16), date(2026, 3, 17)):
            made.append(Row("weather_hour", {"store_id": store_id, "hour_at": at(store_id, on, 12), "kind": "forecast",
                                             "temperature_c": Decimal(on.day)}))  # fmt: skip
    fair = {"event_id": "F", "store_id": "S03", "name": "Spring fair", "category": "fair"}
    saturday = date(2026, 3, 14)
    made.append(Row("local_event", fair | {"starts_at": at("S03", saturday, 10), "ends_at": at("S03", saturday, 12)}))
    return made


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    """The owner of the three stores."""
    with open_mirror(tmp_path_factory.mktemp("zones") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        fresh = [SourceUpdate(topic, "test", MONDAY_THERE) for topic in ("sales", "staff", "weather")]
        mirror.writer.submit(Batch(rows=rows(), sources=fresh)).result()
        yield ToolContext(Scope("U_OWNER", Role.OWNER, tuple(PLACES)), mirror.reader, FixedClock(MONDAY_THERE))


def table(result: ToolResult) -> dict[Any, dict[str, Any]]:
    """The rows of the table by their first cell, each by column."""
    assert result.table is not None
    names = [column.name for column in result.table.columns]
    return {row[0]: dict(zip(names, row, strict=True)) for row in result.table.rows}


def test_today_is_told_though_a_store_has_begun_a_date_without_sales(asker: ToolContext) -> None:
    """By noon Broadway sold at ten, Delhi Gate at ten and at half past five; Ginza's Monday has just begun."""
    result = run_tool("sales_summary", {"period": "today", "by": "store"}, asker)
    assert {name: row["Net sales"] for name, row in table(result).items()} == {"Broadway": "1.00", "Delhi Gate": "3.00"}
    assert "No sales are recorded for Ginza in this period." in result.caveats
    assert any(one.startswith("The last of these dates is not over") for one in result.caveats)
    compared = run_tool("compare_periods", {"period": "today", "by": "store"}, asker)
    assert "until the last whole hour by each store's own clock" in compared.headline
    assert "$4.00, unchanged" in compared.headline
    assert not any(one.startswith("Not like for like") for one in compared.caveats)
    assert "sales only before" not in run_tool("explain_change", {"period": "today"}, asker).text
    with pytest.raises(NoDataError, match="16 March 2026"):
        run_tool("sales_summary", {"period": "today", "stores": "Ginza"}, asker)


def test_yesterday_is_that_of_each_store(asker: ToolContext) -> None:
    result = run_tool("sales_summary", {"period": "yesterday"}, asker)
    assert "$9.00" in result.headline
    assert any("Broadway Sat 14 Mar 2026; Ginza Sun 15 Mar 2026" in one for one in result.caveats)


@pytest.mark.parametrize(("period", "net", "dates"), [
    ("yesterday", "$9.00", "Sat 14 Mar 2026"),
    ("last 7 days", "$63.00", "8–14 Mar 2026"),
])  # fmt: skip
def test_an_overview_is_of_one_span_of_dates_and_says_whose(
    period: str, net: str, dates: str, asker: ToolContext
) -> None:
    result = run_tool("business_overview", {"period": period}, asker)
    assert net in result.headline
    assert f"({dates})" in result.headline
    assert any(one.endswith(f"over the dates of Broadway, {dates}.") for one in result.caveats)


def test_the_mean_day_of_stores_on_different_dates_is_not_spread_over_the_dates_of_all(asker: ToolContext) -> None:
    """Last week is 2 to 8 March in New York and 9 to 15 March in Tokyo: a Monday has six sales, not three."""
    result = run_tool("peak_times", {"period": "last week"}, asker)
    assert "busiest day Monday with 6 transactions a day" in result.headline
    assert table(result)["10:00"]["All days"] == "3"


def test_rain_is_the_same_by_day_by_hour_and_by_store(asker: ToolContext) -> None:
    said = {by: run_tool("store_conditions", {"period": "yesterday", "by": by}, asker).headline
            for by in ("day", "hour", "store")}  # fmt: skip
    assert len(set(said.values())) == 1
    assert "1.0 mm of rain a store" in said["day"]


def test_hours_on_duty_and_events_stand_at_the_hours_of_a_clock_that_is_half_an_hour_off(asker: ToolContext) -> None:
    result = run_tool("store_conditions", {"period": "14 March", "stores": "Delhi Gate", "by": "hour"}, asker)
    by_hour = table(result)
    assert {hour: row["Hours on duty"] for hour, row in by_hour.items()} == {
        "09:00": "1.0",
        "10:00": "1.0",
        "17:00": None,
    }
    assert {hour for hour, row in by_hour.items() if row["Holidays and events"]} == {"10:00"}


def test_who_worked_yesterday_did_on_the_yesterday_of_each_store(asker: ToolContext) -> None:
    """It was Saturday in New York and Delhi, Sunday in Tokyo: each card is of nine to eleven there."""
    result = run_tool("attendance", {"show": "worked", "period": "yesterday"}, asker)
    days = {one.stores[0]: (one.start_on, one.value) for one in result.figures if one.group.get("store")}
    assert days == {
        one: (MONDAY_THERE.astimezone(ZoneInfo(zone)).date() - timedelta(days=1), "1") for one, zone in PLACES.items()
    }
    assert {name: row["First in"] for name, row in table(result).items()} == dict.fromkeys(
        ("Ann S01", "Ann S02", "Ann S03"), "09:00"
    )
    assert any("Broadway Sat 14 Mar 2026; Ginza Sun 15 Mar 2026; Delhi Gate Sat" in one for one in result.caveats)
    named = run_tool("attendance", {"show": "worked", "period": "14 March"}, asker)
    assert {one.start_on for one in named.figures} == {date(2026, 3, 14)}
    assert not any("dates differ" in one for one in named.caveats)


def test_the_schedule_of_today_is_that_of_each_store(asker: ToolContext) -> None:
    """Shifts of Sunday and of Monday are planned everywhere: Ginza's today is Monday."""
    result = run_tool("team_schedule", {"period": "today"}, asker)
    assert result.table is not None
    assert {(row[1], row[0]) for row in result.table.rows} == {
        ("Broadway", "Sun 15 Mar"), ("Ginza", "Mon 16 Mar"), ("Delhi Gate", "Sun 15 Mar"),
    }  # fmt: skip
    assert "3 shifts of 3 people, 24.0 hours" in result.headline
    assert "Ginza: Ann S02 09:00–17:00." in result.text
    assert any("Ginza Mon 16 Mar 2026" in one for one in result.caveats)
    there = run_tool("team_schedule", {"period": "tomorrow", "stores": "Ginza"}, asker)
    assert there.headline.startswith("No shift is scheduled at Ginza tomorrow (Tue 17 Mar 2026)")


def test_a_date_that_has_begun_at_one_store_only_is_meant_at_all(asker: ToolContext) -> None:
    result = run_tool("attendance", {"show": "worked", "period": "16 March"}, asker)
    assert result.headline == "No time card was opened at all 3 stores Monday 16 March 2026."
    with pytest.raises(NoDataError, match="days up to today"):
        run_tool("attendance", {"show": "worked", "period": "17 March"}, asker)


def test_the_weather_to_come_is_that_of_each_stores_own_tomorrow(asker: ToolContext) -> None:
    result = run_tool("days_ahead", {"period": "tomorrow"}, asker)
    days = {(one.stores[0], one.start_on) for one in result.figures if one.metric == "temperature_high"}
    assert days == {
        (one, MONDAY_THERE.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)) for one, zone in PLACES.items()
    }
