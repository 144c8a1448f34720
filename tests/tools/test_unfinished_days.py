"""A day that is not over is no day of a mean: counted from the lines of a chain at one o'clock on a Monday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.tools_world import TODAY, World, build_world
from tools.registry import run_tool
from tools.result import ToolResult

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
MONTH = date(2026, 11, 1)


@pytest.fixture(scope="module")
def midday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = build_world(tmp_path_factory.mktemp("midday"), today_until_hour=13, as_of=NOW)
    assert made.select(TODAY, TODAY)
    yield made
    made.connection.close()


def ask(midday: World, tool: str, **arguments: Any) -> ToolResult:
    return run_tool(tool, arguments, midday.context(now=NOW))


def daily(midday: World, *, start: date = MONTH) -> dict[date, Decimal]:
    found: dict[date, Decimal] = {}
    for line in midday.select(start, TODAY):
        found[line.business_on] = found.get(line.business_on, Decimal(0)) + line.net
    return {day: net / 100 for day, net in found.items()}


def cent(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01")))


def test_sales_by_weekday_have_whole_days_only(midday: World) -> None:
    result = ask(midday, "sales_summary", period="this month", by="weekday", metrics=["net_sales"])
    mondays = [net for day, net in daily(midday).items() if day.weekday() == 0 and day != TODAY]
    assert result.table is not None
    row = next(row for row in result.table.rows if row[0] == "Monday")
    whole = sum(mondays, Decimal(0))
    assert row[1:] == (cent(whole), len(mondays), cent(whole / len(mondays)))
    assert "to yesterday" in result.headline
    assert result.figures[0].end_on == date(2026, 11, 22)


@pytest.mark.parametrize("by", [["weekday"], ["weekday", "department"]])
def test_a_store_day_of_a_weekday_is_a_whole_one(midday: World, by: list[str]) -> None:
    result = ask(midday, "sales_breakdown", period="this month", by=by, metrics=["net_sales"])
    assert result.figures[0].value == cent(sum((net for day, net in daily(midday).items() if day != TODAY), Decimal(0)))
    if by == ["weekday"]:
        mondays = [net for day, net in daily(midday).items() if day.weekday() == 0 and day != TODAY]
        found = [one.value for one in result.figures if one.metric.endswith("per_store_day")]
        assert cent(sum(mondays, Decimal(0)) / (5 * len(mondays))) in found


def test_units_a_day_are_over_whole_days(midday: World) -> None:
    result = ask(midday, "fast_movers", period="this month", limit=1)
    sold: dict[str, Decimal] = {}
    for line in midday.select(MONTH, date(2026, 11, 22)):
        if line.each:
            way = -1 if line.kind == "return" else 1
            sold[line.variant_id] = sold.get(line.variant_id, Decimal(0)) + way * abs(line.quantity)
    each = next(Decimal(one.value or 0) for one in result.figures if one.metric == "units_per_day")
    assert each == (max(sold.values()) / 22).quantize(Decimal(1).scaleb(each.as_tuple().exponent))  # type: ignore[arg-type]


def test_a_day_that_is_not_over_is_no_day_under_an_amount(midday: World) -> None:
    nets = daily(midday)
    assert nets[TODAY] < 100
    result = ask(midday, "count_over_amount", period="this month", each="day", under="100")
    wanted = [day for day, net in nets.items() if net < 100 and day != TODAY]
    assert result.figures[0].value == str(len(wanted))
    assert result.figures[1].value == "22"


def test_weeks_that_are_there_in_part_are_not_under_an_amount(midday: World) -> None:
    result = ask(midday, "count_over_amount", period="this month", each="week", under="100000")
    assert result.figures[1].value == "3"
    said = next(one for one in result.caveats if one.startswith("Left out"))
    assert "week of 26 Oct" in said
    running = ask(midday, "count_over_amount", period="this month", each="month", under="100000")
    assert running.figures[1].value == "1"
    assert any(one.startswith("No month lies wholly") for one in running.caveats)


def test_today_is_not_held_against_whole_days(midday: World) -> None:
    result = ask(midday, "store_ranking", period="today")
    assert "own norm" not in result.headline
    assert not any(one.metric in ("own_norm_index", "sales_per_open_hour") for one in result.figures)
    assert any("The day is not over" in one for one in result.caveats)


@pytest.mark.parametrize("tool", ["sales_summary", "sales_breakdown"])
def test_hours_of_several_days_are_those_of_whole_days(midday: World, tool: str) -> None:
    """Else the hours of the morning would have a day more than those of the evening."""
    by = "hour" if tool == "sales_summary" else ["hour"]
    result = ask(midday, tool, period="this month", by=by, metrics=["net_sales"])
    sums: dict[str, Decimal] = {}
    for line in midday.select(MONTH, date(2026, 11, 22)):
        sums[str(line.hour)] = sums.get(str(line.hour), Decimal(0)) + Decimal(line.net) / 100
    found = {one.group["hour"]: one.value for one in result.figures if one.metric == "net_sales" and one.group}
    assert found == {hour: cent(net) for hour, net in sums.items()}
    today = ask(midday, tool, period="today", by=by, metrics=["net_sales"])
    assert today.figures[0].value == cent(daily(midday)[TODAY])
