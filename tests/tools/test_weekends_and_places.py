"""Weekends against weekdays by the mean of a day, and periods compared by where stores are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.tools_world import Line, World, build_world
from tools.errors import BadArgumentError
from tools.registry import run_tool
from tools.result import ToolResult

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


def value(result: ToolResult, metric: str, **group: str) -> str | None:
    return next(one.value for one in result.figures if one.metric == metric and dict(one.group) == group)


def side(lines: list[Line], weekend: bool) -> list[Line]:
    return [line for line in lines if (line.business_on.weekday() >= 5) == weekend]


def dollars(minor: int | Decimal) -> str:
    return f"{Decimal(minor) / 100:.2f}"


@pytest.mark.parametrize(("name", "weekend", "days"), [("Weekend", True, 9), ("Weekdays", False, 22)])
def test_a_weekend_is_told_by_the_mean_of_its_days(world: World, name: str, weekend: bool, days: int) -> None:
    lines = side(world.select(*OCTOBER), weekend)
    net = sum(line.net for line in lines)
    summary = run_tool("sales_summary", {"period": "October", "by": "weekend"}, world.context())
    assert value(summary, "net_sales", weekend=name) == dollars(net)
    assert value(summary, "net_sales_per_day", weekend=name) == dollars(Decimal(net) / days)
    split = run_tool(
        "sales_breakdown", {"period": "October", "by": ["weekend"], "metrics": ["net_sales"]}, world.context()
    )
    assert value(split, "net_sales", weekend=name) == dollars(net)
    assert value(split, "net_sales_per_store_day", weekend=name) == dollars(Decimal(net) / days / 5)


def test_the_higher_one_is_that_of_the_higher_day(world: World) -> None:
    means = {
        weekend: Decimal(sum(line.net for line in side(world.select(*OCTOBER), weekend))) / days
        for weekend, days in ((True, 9), (False, 22))
    }
    best = "Weekend" if means[True] > means[False] else "Weekdays"
    asked = {"period": "October", "by": "weekend", "metrics": ["net_sales"]}
    assert f"Highest per day: {best}" in run_tool("sales_summary", asked, world.context()).text
    assert f"Highest a store-day: {best}" in run_tool("sales_breakdown", asked, world.context()).text


def test_within_stores_the_higher_one_is_that_of_the_higher_day_and_totals_are_called_so(world: World) -> None:
    names = {row[0]: row[1] for row in world.stores}
    means = {
        (store, weekend): Decimal(sum(line.net for line in side(world.select(*OCTOBER, store), weekend))) / days
        for store in names
        for weekend, days in ((True, 9), (False, 22))
    }
    store, weekend = max(means, key=lambda one: means[one])
    best = f"{names[store]}, {'Weekend' if weekend else 'Weekdays'} $"
    asked = {"period": "October", "by": ["store", "weekend"], "metrics": ["net_sales"]}
    text = run_tool("sales_breakdown", asked, world.context()).text
    assert f"rows from {best}" in text
    assert f", ${means[store, weekend] / 100:,.2f} a store-day (highest a store-day)" in text
    part = {"period": "October", "by": "weekend", "metrics": ["net_sales"], "department": "Dairy"}
    assert "these are totals and no means of a day" in run_tool("sales_breakdown", part, world.context()).text


def test_weekends_can_be_picked_out(world: World) -> None:
    only = {"dimension": "weekend", "values": ["weekend"]}
    result = run_tool(
        "sales_breakdown", {"period": "October", "where": [only], "metrics": ["net_sales"]}, world.context()
    )
    assert result.figures[0].value == dollars(sum(line.net for line in side(world.select(*OCTOBER), weekend=True)))


@pytest.mark.parametrize("by", ["district", "region"])
def test_periods_are_compared_by_place(tmp_path: Path, by: str) -> None:
    world = build_world(tmp_path)
    world.connection.execute("UPDATE store SET subdivision = 'NY' WHERE store_id = 'S01'")
    asked = {"period": "October", "compare_to": "September", "by": by, "metrics": ["net_sales", "visitors"]}
    result = run_tool("compare_periods", asked, world.context())
    places = {"North": ["S01", "S03", "S05"], "South": ["S02", "S04"]}
    if by == "region":
        places = {"NY": ["S01"], "North": ["S03", "S05"], "South": ["S02", "S04"]}
    for name, stores in places.items():
        found = next(one for one in result.figures if one.metric == "net_sales" and dict(one.group) == {by: name})
        assert found.value == dollars(sum(line.net for line in world.select(*OCTOBER, *stores)))
        assert found.compared_to is not None
        assert found.compared_to.value == dollars(sum(line.net for line in world.select(*SEPTEMBER, *stores)))
        visits = sum(5 + hour % 3 for hour in range(8, 21))  # what the door of the made-up chain counts a day
        assert value(result, "visitors", **{by: name}) == str(visits * 31 * len(stores))
    world.connection.close()


@pytest.mark.parametrize(("tool", "by"), [("sales_breakdown", ["hour"]), ("sales_summary", "hour")])
def test_hours_of_staff_by_hour_name_where_they_are_to_be_had(world: World, tool: str, by: object) -> None:
    with pytest.raises(BadArgumentError, match=r"Hours on duty by hour of the day.* are in store_conditions"):
        run_tool(tool, {"metrics": ["labour_hours"], "by": by}, world.context())
    on_duty = run_tool("store_conditions", {"period": "last week", "by": "hour"}, world.context())
    hours = {one.group["hour"]: Decimal(one.value or 0) for one in on_duty.figures if one.metric == "hours_on_duty"}
    assert hours["9"] > 0  # everybody is on from eight to four
    assert "17" not in hours


def test_an_average_of_visitors_names_where_it_is_to_be_had(world: World) -> None:
    with pytest.raises(BadArgumentError, match="sales_breakdown by weekday has visitors per store and day"):
        run_tool("rates_by_group", {"metric": "visitors", "by": "weekday"}, world.context())
