"""Targets against lines counted by hand, with the due part worked out again in fractions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.support.tools_world import World
from tools.analysis.periods import resolve_period
from tools.analysis.target_parts import Target, parts_of, share_of, whole_period
from tools.context import Role
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 22)


def progress(world: World, role: Role = Role.OWNER, *stores: str, **arguments: Any) -> ToolResult:
    return run_tool("target_progress", arguments, world.context(role, *stores))


def net(world: World, store: str, start: date, end: date) -> int:
    return sum(line.net for line in world.select(start, end, store))


def due_share(world: World, store: str) -> Fraction:
    """What 1 to 22 November are worth of November by the store's weekdays in the eight weeks before it."""
    days = [FIRST - timedelta(days=back) for back in range(1, 57)]
    means = {
        weekday: Fraction(sum(net(world, store, day, day) for day in days if day.weekday() == weekday), 8)
        for weekday in range(7)
    }
    worth = [means[(FIRST + timedelta(days=n)).weekday()] for n in range(30)]
    return sum(worth[:22], Fraction(0)) / sum(worth, Fraction(0))


def value(result: ToolResult, metric: str, store: str) -> str | None:
    return next(
        one.value
        for one in result.figures
        if one.metric == metric and one.group == {"store": store, "target_for": "net_sales"}
    )


@pytest.mark.parametrize(("store", "target"), [("S01", "9000"), ("S02", "100"), ("S03", "5000.50")])
def test_what_is_due_follows_the_weekdays_of_the_store(world: World, store: str, target: str) -> None:
    result = progress(world)
    actual = Fraction(net(world, store, FIRST, LAST), 100)
    due = Fraction(target) * due_share(world, store)
    assert value(result, "net_sales", store) == f"{float(actual):.2f}"
    assert value(result, "target_to_date", store) == f"{float(due):.2f}"
    assert value(result, "target_attainment", store) == f"{float(actual * 100 / due):.1f}"
    assert value(result, "run_rate", store) == f"{float(actual * Fraction(target) / due):.2f}"


def test_only_those_behind_are_named_as_behind(world: World) -> None:
    result = progress(world, metric="net_sales", behind_only=True)
    assert result.table is not None
    assert {row[0] for row in result.table.rows} == {"Market Street", "Maple Avenue"}
    assert "2 of 3 stores are behind by Sun 22 Nov 2026: Market Street" in result.headline
    assert "not a forecast" in result.text
    assert "No target is recorded for Harbor Street and Station Road." in result.caveats


def test_a_finished_month_was_reached_or_missed(world: World) -> None:
    result = progress(world, period="last month")
    assert "1 of 2 stores missed it: Harbor Point" in result.headline
    assert not [one for one in result.figures if one.metric == "run_rate"]
    shown = {one.stores: one.value for one in result.figures if one.metric == "net_sales" and one.group.get("store")}
    october = net(world, "S01", date(2026, 10, 1), date(2026, 10, 31))
    assert shown[("S01",)] == f"{Decimal(october).scaleb(-2):.2f}"


def test_a_rate_is_not_shared_out_by_days(world: World) -> None:
    result = progress(world, metric="margin %", stores="Market Street")
    assert result.headline.startswith("Gross margin % target 1–30 Nov 2026, Market Street:")
    assert "behind" in result.headline
    figures = {one.metric: one.value for one in result.figures}
    assert figures["target"] == figures["target_to_date"] == "99.0"
    assert "run_rate" not in figures


def test_a_target_of_one_store_alone_is_told_as_that_store_s(world: World) -> None:
    """Five stores are asked about; the margin has a target in one of them."""
    text = progress(world).text
    own = progress(world, stores="Market Street").text
    begin = text.index("Gross margin % target")
    assert text[begin:].startswith("Gross margin % target 1–30 Nov 2026, Market Street: ")
    assert text[begin:] == own[own.index("Gross margin % target") :]
    assert text.count(" against 99.0 %") == 1


def test_a_week_takes_its_share_of_a_month(world: World) -> None:
    result = progress(world, metric="net_sales", period="last week", stores="Market Street")
    assert any("a share of a longer one counts" in caveat for caveat in result.caveats)
    due = Decimal(next(one.value for one in result.figures if one.metric == "target_to_date") or 0)
    assert Decimal(1500) < due < Decimal(2700)


def test_without_targets_it_says_how_to_load_them(world: World) -> None:
    result = progress(world, stores="Station Road")
    assert result.headline.startswith("No targets are recorded for Station Road for 1–30 Nov 2026")
    assert "a file of targets" in result.text
    assert result.figures == ()


def test_a_target_of_no_known_metric_is_said(world: World) -> None:
    result = progress(world, stores="Harbor Street")
    assert "Targets for “happiness” are of no metric known here." in result.caveats


def test_nobody_sees_the_targets_of_another_store(world: World) -> None:
    with pytest.raises(NotAllowedError):
        progress(world, Role.STORE_MANAGER, "S02", stores="Market Street")
    own = progress(world, Role.STORE_MANAGER, "S02")
    assert {store for one in own.figures for store in one.stores} == {"S02"}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"period": "next month"}, NoDataError),
        ({"metric": "joy"}, BadArgumentError),
        ({"user": "me"}, BadArgumentError),
    ],
)
def test_nonsense_gets_a_sentence(world: World, arguments: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        progress(world, **arguments)


def test_the_target_that_fits_the_period_is_taken_before_a_share() -> None:
    weights = dict.fromkeys(range(7), Decimal(1))
    month = Target(date(2026, 11, 1), date(2026, 11, 30), Decimal(300))
    weeks = [
        Target(date(2026, 11, 2), date(2026, 11, 8), Decimal(50)),
        Target(date(2026, 11, 9), date(2026, 11, 15), Decimal(60)),
    ]
    every = [month, *weeks]
    assert [one.value for one in parts_of(every, date(2026, 11, 1), date(2026, 11, 30), weights, divisible=True)] == [
        300
    ]
    assert [one.value for one in parts_of(every, date(2026, 11, 2), date(2026, 11, 8), weights, divisible=True)] == [50]
    both = parts_of(every, date(2026, 11, 2), date(2026, 11, 15), weights, divisible=True)
    assert [one.value for one in both] == [50, 60]
    share = parts_of([month], date(2026, 11, 1), date(2026, 11, 3), weights, divisible=True)
    assert [one.value for one in share] == [30]
    assert parts_of([month], date(2026, 12, 1), date(2026, 12, 3), weights, divisible=True) == []


def test_days_of_two_targets_take_a_share_of_each() -> None:
    alike = dict.fromkeys(range(7), Decimal(1))
    october = Target(date(2026, 10, 1), date(2026, 10, 31), Decimal(310))
    november = Target(date(2026, 11, 1), date(2026, 11, 30), Decimal(600))
    week = parts_of([october, november], date(2026, 10, 26), date(2026, 11, 1), alike, divisible=True)
    assert [(one.starts_on.day, one.ends_on.day, round(one.value, 9)) for one in week] == [(26, 31, 60), (1, 1, 20)]
    assert [one.share for one in parts_of([october, november], FIRST, FIRST, alike, divisible=False)] == [1]
    long = parts_of([october, november], date(2026, 9, 15), date(2026, 11, 10), alike, divisible=True)
    assert [(one.starts_on, one.ends_on, round(one.value, 9)) for one in long] == [
        (date(2026, 10, 1), date(2026, 10, 31), 310),
        (FIRST, date(2026, 11, 10), 200),
    ]
    assert {one.share for one in parts_of([october, november], date(2026, 10, 26), FIRST, alike, divisible=False)} == {
        1
    }


def test_a_week_over_the_end_of_a_month_has_a_target(world: World) -> None:
    asked = {"metric": "net_sales", "period": "26 October to 1 November 2026", "stores": "Market Street"}
    shown = progress(world, **asked)
    assert "No targets" not in shown.text
    why = run_tool("explain_change", {"period": asked["period"], "stores": "Market Street", "target": True},
                   world.context(Role.OWNER))  # fmt: skip
    assert next(one.value for one in why.figures if one.metric == "net_sales.target") == value(shown, "target", "S01")


def test_more_of_what_is_neither_good_nor_bad_is_called_neither(world: World) -> None:
    world.connection.execute(
        "INSERT INTO target (store_id, metric, starts_on, ends_on, value)"
        " VALUES ('S01', 'discounts', DATE '2026-11-01', DATE '2026-11-30', 1)"
    )
    try:
        result = progress(world, metric="discounts", stores="Market Street")
    finally:
        world.connection.execute("DELETE FROM target WHERE metric = 'discounts'")
    assert " % above" in result.headline
    assert "Whether it is a floor or a ceiling is not recorded" in result.headline
    assert result.table is not None
    assert [row[-1] for row in result.table.rows] == ["above"]
    assert "stores_behind_target" not in {one.metric for one in result.figures}


def test_a_share_is_short_by_points(world: World) -> None:
    result = progress(world, metric="margin %", stores="Market Street")
    assert result.table is not None
    gap = next(one for one in result.table.columns if one.name == "Gap")
    assert gap.unit == "points"


def test_days_without_any_weight_count_alike() -> None:
    none = dict.fromkeys(range(7), Decimal(0))
    assert share_of(none, FIRST, date(2026, 11, 30), FIRST, date(2026, 11, 15)) == Decimal("0.5")


def test_a_period_to_date_means_its_whole_calendar_period(world: World) -> None:
    for phrase, end in (
        ("this month", date(2026, 11, 30)),
        ("this week", date(2026, 11, 29)),
        ("ytd", date(2026, 12, 31)),
    ):
        assert whole_period(resolve_period(phrase, today=date(2026, 11, 23)))[1] == end
    assert world.stores


def test_a_period_of_the_retail_calendar_ends_where_that_calendar_ends_it() -> None:
    for phrase, end in (
        ("this retail month", date(2026, 11, 28)),
        ("this retail quarter", date(2027, 1, 30)),
        ("this retail year", date(2027, 1, 30)),
        ("this retail week", date(2026, 11, 28)),
        ("last retail month", date(2026, 10, 31)),
    ):
        assert whole_period(resolve_period(phrase, today=date(2026, 11, 23)))[1] == end


@pytest.mark.parametrize("period", ["last week", "this month", "2 to 9 November 2026"])
def test_what_explains_a_missed_target_takes_the_same_share_of_it(world: World, period: str) -> None:
    due = value(progress(world, period=period, stores="Market Street"), "target_to_date", "S01")
    due = due or value(progress(world, period=period, stores="Market Street"), "target", "S01")
    why = run_tool(
        "explain_change", {"period": period, "stores": "Market Street", "target": True}, world.context(Role.OWNER)
    )
    assert next(one.value for one in why.figures if one.metric == "net_sales.target") == due
