"""Periods of unequal length: a sum rises by a day more, so the change a day stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pytest

from tests.support.tools_world import Line, World, build_world
from tools.registry import run_tool
from tools.result import Figure, ToolResult

SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def per_day(now: Sequence[Line], before: Sequence[Line]) -> str:
    """The change in per cent of net sales a day with sales."""
    means = [
        Decimal(sum(x.net for x in side)) / len({x.business_on for x in side})
        for side in (now, before)
    ]  # fmt: skip
    percent = (means[0] - means[1]) * 100 / means[1]
    return str(percent.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN))


def said(percent: str) -> str:
    return f"per day {'down' if percent.startswith('-') else 'up'} {percent.lstrip('-')} %"


def net(result: ToolResult, **group: str) -> Figure:
    return next(one for one in result.figures if one.metric == "net_sales" and dict(one.group) == group)


def held(figure: Figure) -> str:
    assert figure.compared_to is not None
    assert figure.compared_to.per_day is not None
    return figure.compared_to.per_day.change_pct


ASKED = [
    ("compare_periods", {"period": "October", "compare_to": "September"}),
    ("sales_summary", {"period": "last month"}),
    ("explain_change", {"period": "October", "compare_to": "September"}),
    ("sales_breakdown", {"period": "October", "compare_to": "September", "metrics": ["net_sales"]}),
    ("sales_breakdown", {"period": "October", "compare_to": "September", "by": ["store"], "metrics": ["net_sales"]}),
]


@pytest.mark.parametrize(("tool", "arguments"), ASKED)
def test_a_month_of_31_days_against_one_of_30_says_the_change_a_day(
    world: World, tool: str, arguments: dict[str, object]
) -> None:
    result = run_tool(tool, arguments, world.context())
    expected = per_day(world.select(*OCTOBER), world.select(*SEPTEMBER))
    assert f", {said(expected)}: 31 against 30 days" in result.headline
    assert held(net(result)) == expected
    assert result.to_json()["figures"][0]["compared_to"]["per_day"] == {
        "days": 31, "days_before": 30, "change_pct": expected,
    }  # fmt: skip


def test_rates_and_equal_periods_have_none(world: World) -> None:
    result = run_tool("compare_periods", {"period": "October", "compare_to": "September"}, world.context())
    rate = next(one for one in result.figures if one.metric == "average_transaction_value")
    assert rate.compared_to is not None
    assert rate.compared_to.per_day is None
    assert result.table is not None
    cells = {row[0]: row[-1] for row in result.table.rows}
    assert result.table.columns[-1].name == "Change per day %"
    assert cells["Net sales"] is not None
    assert cells["Average transaction value"] is None
    weeks = run_tool("compare_periods", {"period": "last week"}, world.context())
    assert "per day" not in weeks.text
    assert weeks.table is not None
    assert "per day" not in weeks.table.columns[-1].name


@pytest.mark.parametrize(("tool", "by"), [("compare_periods", "store"), ("sales_breakdown", ["store"])])
def test_a_store_has_days_of_its_own(tmp_path: Path, tool: str, by: object) -> None:
    closed = [("S02", date(2026, 10, 5) + timedelta(days=back)) for back in range(4)]
    world = build_world(tmp_path, skip=closed)
    asked = {"period": "October", "compare_to": "September", "by": by, "metrics": ["net_sales"]}
    result = run_tool(tool, asked, world.context())
    for store in ("S01", "S02"):
        expected = per_day(world.select(*OCTOBER, store), world.select(*SEPTEMBER, store))
        assert held(net(result, store=store)) == expected
    world.connection.close()


@pytest.mark.parametrize(("tool", "by"), [("compare_periods", "weekday"), ("sales_breakdown", ["weekday"])])
def test_a_weekday_is_held_by_the_times_it_came(world: World, tool: str, by: object) -> None:
    asked = {"period": "October", "compare_to": "September", "by": by, "metrics": ["net_sales"]}
    result = run_tool(tool, asked, world.context())
    for day, number in (("Thursday", 3), ("Tuesday", 1)):  # 5 against 4, and 4 against 5
        now, before = (
            [x for x in world.select(*side) if x.business_on.weekday() == number] for side in (OCTOBER, SEPTEMBER)
        )
        assert held(net(result, weekday=day)) == per_day(now, before)


WEEKENDS = [{"dimension": "weekday", "values": ["weekends"]}]


@pytest.mark.parametrize("by", [[], ["store"], ["department"]])
def test_of_weekends_alone_the_days_are_those_of_weekends(world: World, by: list[str]) -> None:
    """October 2026 has nine of them, September eight: 31 against 30 days would be of the whole months."""
    asked = {"period": "October", "compare_to": "September", "by": by, "metrics": ["net_sales"], "where": WEEKENDS}
    result = run_tool("sales_breakdown", asked, world.context())
    now, before = ([x for x in world.select(*side) if x.business_on.weekday() >= 5] for side in (OCTOBER, SEPTEMBER))
    assert [len({x.business_on for x in side}) for side in (now, before)] == [9, 8]
    assert f"{said(per_day(now, before))}: 9 against 8 days" in result.headline
    assert "31 against 30" not in result.text
    if by == ["store"]:
        mine = ([x for x in side if x.store_id == "S01"] for side in (now, before))
        assert held(net(result, only="Saturday and Sunday", store="S01")) == per_day(*mine)


def test_of_weekdays_in_a_month_that_is_not_over_the_last_day_is_left_out(world: World) -> None:
    """Monday the 23rd is not over: fifteen weekdays against sixteen, where the dates alone are as many."""
    asked = {"period": "this month", "compare_to": "last month", "where": [{"values": ["weekdays"]}]}
    result = run_tool("sales_breakdown", asked, world.context())
    sides = ((date(2026, 11, 1), date(2026, 11, 22)), (date(2026, 10, 1), date(2026, 10, 22)))
    now, before = ([x for x in world.select(*side) if x.business_on.weekday() < 5] for side in sides)
    assert f"{said(per_day(now, before))}: 15 against 16 days" in result.headline


def test_steps_of_time_have_the_value_before_and_the_change_a_day(world: World) -> None:
    result = run_tool("sales_moves", {"step": "month"}, world.context())
    expected = per_day(world.select(*OCTOBER), world.select(*SEPTEMBER))
    assert held(net(result, month="2026-10")) == expected
    assert f", {said(expected)}: 31 against 30 days" in result.text
    assert result.table is not None
    assert [column.name for column in result.table.columns] == [
        "Month", "Net sales", "Before", "Change", "Change %", "Change per day %",
    ]  # fmt: skip
    before = sum(x.net for x in world.select(*SEPTEMBER))
    assert Decimal(str(result.table.rows[-1][2])) * 100 == before
    assert result.table.rows[-1][-1] == expected


def test_sides_far_from_equally_long_are_told_and_ranked_by_day(world: World) -> None:
    """A week against a month: in all every store fell, and the fall says how long a month is."""
    week = (date(2026, 11, 16), date(2026, 11, 22))
    asked = {"period": "last week", "compare_to": "October", "metrics": ["net_sales"], "by": "store"}
    result = run_tool("compare_periods", asked, world.context())
    expected = per_day(world.select(*week), world.select(*OCTOBER))
    assert f", {said(expected)} on " in result.headline
    assert ": 7 against 31 days, in all down " in result.headline
    means = {
        row[1]: [
            Decimal(sum(x.net for x in lines)) / len({x.business_on for x in lines})
            for lines in (world.select(*week, row[0]), world.select(*OCTOBER, row[0]))
        ]
        for row in world.stores
    }
    moved = {name: now - before for name, (now, before) in means.items()}
    assert result.table is not None
    assert [row[0] for row in result.table.rows] == sorted(moved, key=lambda name: -moved[name])
    risen = [name for name, by in moved.items() if by > 0]
    assert ("Largest rise a day: " in result.text) == bool(risen)
    assert "Largest rise: " not in result.text


@pytest.mark.parametrize("order", ["top", "bottom"])
def test_a_ranking_by_change_of_sides_far_from_equally_long_is_of_the_change_a_day(world: World, order: str) -> None:
    """Against a month every department of a week fell in all; told is which of them sold more or less a day."""
    week = (date(2026, 11, 9), date(2026, 11, 15))
    asked = {"period": "9-15 November", "compare_to": "October", "by": ["department"], "metrics": ["net_sales"]}
    result = run_tool(
        "sales_breakdown", {**asked, "rank_by": "change", "order": order, "top": 20}, world.context()
    )  # fmt: skip
    sums: dict[str, list[Decimal]] = {}
    for number, (side, days) in enumerate(((week, 7), (OCTOBER, 31))):
        for line in world.select(*side):
            own = sums.setdefault(line.department, [Decimal(0), Decimal(0)])
            own[number] += Decimal(line.net) / days
    moved = {name: now - before for name, (now, before) in sums.items()}
    up = order == "top"
    expected = sorted((name for name, by in moved.items() if (by > 0) == up and by), key=lambda name: moved[name])
    assert result.table is not None
    assert [row[1] for row in result.table.rows] == (expected[::-1] if up else expected)
    if expected:
        assert f" {'rose' if up else 'fell'} most, per day {'up' if up else 'down'} " in result.headline
        assert ": 7 against 31 days, in all from $" in result.headline
