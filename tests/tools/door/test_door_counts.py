"""Figures per visitor divide what was sold in counted hours by the visitors of those hours, summed here from a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.tools.door.door_world import HOURS, SATURDAY, STORES, SUNDAY, DoorWorld, Hour, build, share, where
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

WEEK = date(2026, 11, 16)


def ask(door: DoorWorld, tool: str, **arguments: Any) -> ToolResult:
    return run_tool(tool, arguments, door.context())


def rates(result: ToolResult, metric: str, by: str = "") -> dict[str, str | None]:
    return {
        one.group.get(by, ""): one.value
        for one in result.figures
        if one.metric == metric and (by in one.group if by else not one.group)
    }


def tenth(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.1")))


@pytest.mark.parametrize(
    ("by", "key"),
    [
        ("day", lambda one: one.day.isoformat()),
        ("hour", lambda one: str(one.hour)),
        ("store", lambda one: one.store),
        ("weekday", lambda one: f"{one.day:%A}"),
    ],
)
def test_conversion_takes_the_sales_of_counted_hours_only(door: DoorWorld, by: str, key: Callable[[Hour], str]) -> None:
    arguments = {"period": "last week", "metrics": ["conversion"], "by": by}
    mine = [one for one in HOURS if one.day >= WEEK]
    expected = {}
    for name in {key(one) for one in mine}:
        group = [one for one in mine if key(one) == name]
        trade = sum(one.sales for one in group if one.store != "R")
        seen = sum(one.sales for one in group if one.visitors is not None)
        expected[name] = tenth(share(group)) if seen and seen * 2 >= trade else None
    for tool in ("sales_summary", "sales_breakdown"):
        asked = {**arguments, "by": [by]} if tool == "sales_breakdown" else arguments
        result = ask(door, tool, **asked)
        found = rates(result, "conversion", by)
        assert {name: value for name, value in found.items() if value} == {
            name: value for name, value in expected.items() if value
        }, tool
        assert rates(result, "conversion") == {"": tenth(share(mine))}


def test_how_far_was_counted_is_said(door: DoorWorld) -> None:
    result = ask(door, "sales_summary", period="Sunday 22 November", stores="Pier", metrics=["conversion", "visitors"])
    assert (
        "Visitors were counted in 6 of 9 open hours of Pier; conversion takes only what was sold in counted hours."
        in (result.caveats)
    )
    sunday = where(lambda one: one.store == "P" and one.day == SUNDAY)
    assert rates(result, "conversion") == {"": tenth(share(sunday))}
    assert rates(result, "visitors") == {"": str(sum(one.visitors or 0 for one in sunday))}
    everywhere = ask(door, "sales_summary", period="last week", metrics=["conversion"])
    assert any("Pier 53 of 63" in one for one in everywhere.caveats)
    assert "No visitors were counted at Rock; figures per visitor are without them." in everywhere.caveats
    alone = ask(door, "sales_summary", period="Sunday 22 November", stores="Pier", metrics=["visitors"])
    assert "Visitors were counted in 6 of 9 open hours of Pier; the rest is not in them." in alone.caveats


def test_too_few_counted_hours_are_no_conversion(door: DoorWorld) -> None:
    with pytest.raises(NoDataError) as refused:
        ask(door, "sales_summary", period="Saturday 21 November", stores="Pier", metrics=["conversion"])
    sold = [one.sales for one in where(lambda one: one.store == "P" and one.day == SATURDAY)]
    assert str(refused.value.user_message) == (
        "Conversion of Pier cannot be told Saturday 21 November 2026: visitors were counted in only 2 of 9 open hours,"
        f" which hold {sum(sold[:2])} of {sum(sold)} transactions. Ask about another day or a longer period."
    )
    beside = ask(
        door, "sales_summary", period="Saturday 21 November", stores="Pier", metrics=["net_sales", "conversion"]
    )
    assert rates(beside, "conversion") == {"": None}
    assert "At Pier that is too little to tell conversion." in beside.caveats
    with pytest.raises(NoDataError, match="2 of 9 open hours"):
        ask(door, "compare_periods", period="Saturday 21 November", stores="Pier", metrics=["conversion"])
    with pytest.raises(NoDataError, match="no visitors were counted"):
        ask(door, "sales_summary", period="last week", stores="Rock", metrics=["conversion"])


def test_a_comparison_says_how_far_the_other_side_was_counted(door: DoorWorld) -> None:
    result = ask(door, "compare_periods", period="Sunday 22 November", stores="Pier", metrics=["conversion"])
    assert any(one.startswith("Visitors were counted in 6 of 9 open hours of Pier") for one in result.caveats)
    earlier = ask(
        door, "compare_periods", period="Sunday 15 November", compare_to="Sunday 22 November", stores="Pier",
        metrics=["conversion"],
    )  # fmt: skip
    assert any(one.startswith("On Sun 22 Nov 2026: visitors were counted in 6 of 9") for one in earlier.caveats)
    for one in (result, earlier):
        assert any("holds the same hours against each other" in said for said in one.caveats)


def test_sales_per_visitor_is_of_counted_hours(door: DoorWorld) -> None:
    result = ask(door, "store_ranking", period="last week", stores="Pier and Quay")
    for store in "PQ":
        seen = where(lambda one, store=store: one.store == store and one.day >= WEEK and one.visitors is not None)  # type: ignore[misc]
        each = Decimal(sum(one.net for one in seen)) / sum(one.visitors or 0 for one in seen) / 100
        found = [one.value for one in result.figures if one.metric == "sales_per_visitor" and one.stores == (store,)]
        assert found == [str(each.quantize(Decimal("0.01")))]


def test_sales_per_visitor_can_be_asked_for_like_conversion(door: DoorWorld) -> None:
    result = ask(door, "sales_summary", period="last week", metrics=["sales per visitor"], by="store")
    seen = where(lambda one: one.day >= WEEK and one.visitors is not None)
    each = Decimal(sum(one.net for one in seen)) / sum(one.visitors or 0 for one in seen) / 100
    assert rates(result, "sales_per_visitor") == {"": str(each.quantize(Decimal("0.01")))}
    with pytest.raises(NoDataError, match="2 of 9 open hours"):
        ask(door, "sales_summary", period="Saturday 21 November", stores="Pier", metrics=["sales_per_visitor"])


def test_conditions_by_the_day_hold_counted_hours_against_their_sales(door: DoorWorld) -> None:
    result = ask(door, "store_conditions", period="last week", stores="Pier")
    assert result.table is not None
    column = [column.name for column in result.table.columns].index("Conversion")
    shown = [row[column] for row in result.table.rows]
    days = [
        [one for one in HOURS if one.store == "P" and one.day.toordinal() == WEEK.toordinal() + n] for n in range(7)
    ]
    assert shown == [None if hours[0].day == SATURDAY else tenth(share(hours)) for hours in days]


def paired(now: date, before: date, length: int, stores: str) -> list[tuple[Hour, Hour]]:
    """The hours counted on both sides, like day by like day."""
    by_place = {(one.store, one.day, one.hour): one for one in HOURS}
    pairs = []
    for one in HOURS:
        offset = (one.day - now).days
        if one.store in stores and 0 <= offset < length:
            other = by_place[one.store, date.fromordinal(before.toordinal() + offset), one.hour]
            if one.visitors is not None and other.visitors is not None:
                pairs.append((one, other))
    return pairs


@pytest.mark.parametrize("stores", ["Pier", "Quay", "Pier and Quay", "all stores"])
@pytest.mark.parametrize("metric", ["conversion", "visitors", "transactions", "net_sales"])
def test_an_explanation_holds_the_same_hours_against_each_other(door: DoorWorld, stores: str, metric: str) -> None:
    result = ask(door, "explain_change", period="last week", stores=stores, metric=metric)
    keys = "PQR" if stores == "all stores" else "".join(key for key in "PQ" if STORES[key] in stores)
    pairs = paired(WEEK, date(2026, 11, 9), 7, keys)
    change = next(Decimal(one.value or 0) for one in result.figures if one.metric.endswith(".change") and not one.group)
    effects = {one.group["part"]: Decimal(one.value or 0) for one in result.figures if "effect_of" in one.metric}
    if metric != "visitors":
        assert sum(effects.values()) == change
    splits: dict[str, Decimal] = {}
    for one in result.figures:
        if one.metric.endswith(".change") and one.group:
            by = one.group.get("split") or next(key for key in one.group if key != "name")
            splits[by] = splits.get(by, Decimal(0)) + Decimal(one.value or 0)
    assert set(splits.values()) <= {change}
    assert "hour" in splits or metric == "net_sales"
    seen = [sum(pair[side].visitors or 0 for pair in pairs) for side in (1, 0)]
    sold = [sum(pair[side].sales for pair in pairs) for side in (1, 0)]
    first = result.figures[0]
    assert first.compared_to is not None
    if metric == "visitors":
        assert [first.compared_to.value, first.value] == [str(number) for number in seen]
    elif metric == "conversion":
        told = [str(round(Decimal(100 * n) / d, 2)) for n, d in zip(sold, seen, strict=True)]
        assert [first.compared_to.value, first.value] == told
    else:
        assert result.table is not None
        rows = {row[0]: row for row in result.table.rows}
        assert rows["Traffic"][1:3] == tuple(str(number) for number in seen)


def test_periods_of_unlike_length_take_hours_that_were_always_counted(door: DoorWorld) -> None:
    result = ask(
        door, "explain_change", period="from 16 November to 22 November", compare_to="from 2 November to 11 November",
        stores="Pier", metric="conversion",
    )  # fmt: skip
    now, before = (
        where(lambda one, days=days: one.store == "P" and days[0] <= one.day <= days[1])  # type: ignore[misc]
        for days in ((WEEK, SUNDAY), (date(2026, 11, 2), date(2026, 11, 11)))
    )
    failed = {(one.day.weekday(), one.hour) for one in (*now, *before) if one.visitors is None}
    kept = [[one for one in side if (one.day.weekday(), one.hour) not in failed] for side in (before, now)]
    first = result.figures[0]
    assert first.compared_to is not None
    assert [first.compared_to.value, first.value] == [str(round(share(side), 2)) for side in kept]


def test_hours_beyond_the_known_sales_have_no_conversion(tmp_path: Path) -> None:
    """At half past three in the afternoon the counter is ahead of the tills, which were read until noon."""
    world = build(tmp_path, until=datetime(2026, 11, 22, 17, 0, tzinfo=UTC))
    try:
        context = world.context(now=datetime(2026, 11, 22, 20, 30, tzinfo=UTC))
        arguments = {"period": "today", "stores": "Quay", "metrics": ["conversion"]}
        result = run_tool("sales_summary", arguments, context)
        known = where(lambda one: one.store == "Q" and one.day == SUNDAY and one.hour < 12)
        assert rates(result, "conversion") == {"": tenth(share(known))}
    finally:
        world.connection.close()


def test_busy_hours_by_visitors_are_means_of_the_days_counted(door: DoorWorld) -> None:
    """Four Saturdays of which Pier counted the afternoon on three."""
    result = ask(door, "peak_times", period="last 4 weeks", measure="visitors", weekday="Saturday", stores="Pier")
    found = {one.group["hour"]: one.value for one in result.figures if one.metric == "visitors_per_hour"}
    for hour in range(9, 18):
        mine = where(lambda one, hour=hour: one.store == "P" and one.day.weekday() == 5 and one.hour == hour)  # type: ignore[misc]
        seen = [one.visitors for one in mine if one.visitors is not None]
        mean = Decimal(sum(seen)) / len(seen)
        assert Decimal(found[str(hour)] or 0) == mean.quantize(Decimal("0.1")), hour
    assert any("like the same hour of the like days" in one for one in result.caveats)


def test_hours_that_nobody_counted_are_not_the_quietest(door: DoorWorld) -> None:
    day = "Saturday 21 November"
    result = ask(door, "peak_times", period=day, measure="visitors", quietest=True, stores="Pier")
    assert "11:00" not in result.text
    table = ask(door, "peak_times", period=day, stores="Pier").table
    assert table is not None
    shown = {row[0]: row[3] for row in table.rows}
    real = where(lambda one: one.store == "P" and one.day == SATURDAY)
    assert shown == {f"{one.hour:02d}:00": None if one.visitors is None else str(one.visitors) for one in real}


def test_a_store_that_was_hardly_counted_is_not_ranked_by_conversion(door: DoorWorld) -> None:
    result = ask(door, "store_ranking", period="Saturday 21 November", metric="conversion")
    found = [one.stores for one in result.figures if one.metric == "conversion" and one.value is not None]
    assert found == [("Q",)]


def test_an_explanation_of_conversion_is_refused_where_hardly_anything_was_counted(door: DoorWorld) -> None:
    result = ask(door, "explain_change", period="Saturday 21 November", stores="Pier", metric="conversion")
    assert result.figures == ()
    assert "isitors were not counted in enough of the same hours of both periods" in result.headline
    sales = ask(door, "explain_change", period="Saturday 21 November", stores="Pier")
    assert "Visitors were counted in part: Pier Sat 21 Nov" in sales.text
