"""``compare_periods``: both sides counted from the lines, and the calendar said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.tools_world import World, build_world
from tools.errors import BadArgumentError, NoDataError, ToolError
from tools.registry import run_tool
from tools.result import Figure, ToolResult

YESTERDAY = date(2026, 11, 22)


def figure(result: ToolResult, metric: str, **group: str) -> Figure:
    return next(one for one in result.figures if one.metric == metric and dict(one.group) == group)


def dollars(minor: int | Decimal) -> str:
    return str((Decimal(minor) / 100).quantize(Decimal("0.01")))


def test_yesterday_is_held_against_the_same_weekday_a_week_before(world: World) -> None:
    result = run_tool("compare_periods", {}, world.context())
    now = sum(x.net for x in world.select(YESTERDAY, YESTERDAY))
    then = sum(x.net for x in world.select(date(2026, 11, 15), date(2026, 11, 15)))
    net = figure(result, "net_sales")
    assert net.compared_to is not None
    assert (net.value, net.compared_to.value, net.compared_to.change) == (
        dollars(now),
        dollars(then),
        dollars(now - then),
    )
    assert net.compared_to.change_pct == str((Decimal(now - then) * 100 / then).quantize(Decimal("0.1")))
    assert net.compared_to.start_on == net.compared_to.end_on == date(2026, 11, 15)
    assert "same weekday one week earlier" in result.headline


def test_departments_are_compared_one_by_one(world: World) -> None:
    result = run_tool("compare_periods", {"period": "last week", "by": "department"}, world.context())
    for department in ("Bakery", "Dairy", "Grocery", "Produce"):
        one = figure(result, "net_sales", department=department)
        lines = world.select(date(2026, 11, 9), date(2026, 11, 15))
        assert one.compared_to is not None
        assert one.compared_to.value == dollars(sum(x.net for x in lines if x.department == department))
    assert "the week before" in result.headline


def test_the_norm_is_a_mean_of_sums_and_a_pooled_rate(world: World) -> None:
    result = run_tool("compare_periods", {"compare_to": "four-week norm"}, world.context())
    lines = [x for day in (date(2026, 11, 15), date(2026, 11, 8), date(2026, 11, 1), date(2026, 10, 25))
             for x in world.select(day, day)]  # fmt: skip
    net, value = figure(result, "net_sales"), figure(result, "average_transaction_value")
    assert net.compared_to is not None
    assert value.compared_to is not None
    assert net.compared_to.value == dollars(Decimal(sum(x.net for x in lines)) / 4)
    sold = [x for x in lines if x.kind == "sale"]
    assert value.compared_to.value == dollars(Decimal(sum(x.net for x in sold)) / len({x.sale_id for x in sold}))
    assert (net.compared_to.start_on, net.compared_to.end_on) == (date(2026, 10, 25), date(2026, 11, 15))


@pytest.fixture
def open_day(tmp_path: Path) -> World:
    as_of = datetime(2026, 11, 23, 10, 15, tzinfo=ZoneInfo("America/New_York"))
    return build_world(tmp_path, today_until_hour=11, as_of=as_of)


def test_today_so_far_is_held_against_the_same_hours(open_day: World) -> None:
    result = run_tool("compare_periods", {"period": "today"}, open_day.context())
    net = figure(result, "net_sales")
    sides = [
        sum(x.net for x in open_day.select(date(2026, 11, day), date(2026, 11, day)) if x.hour < 10) for day in (23, 16)
    ]
    assert net.compared_to is not None
    assert [net.value, net.compared_to.value] == [dollars(side) for side in sides]
    assert "until 10:00" in result.headline
    with pytest.raises(BadArgumentError, match="whole days"):
        run_tool("compare_periods", {"period": "today", "by": "department"}, open_day.context())
    open_day.connection.close()


def test_a_month_by_department_stops_at_yesterday_on_both_sides(open_day: World) -> None:
    result = run_tool("compare_periods", {"period": "MTD", "by": "department"}, open_day.context())
    net = figure(result, "net_sales")
    assert net.compared_to is not None
    assert (net.end_on, net.compared_to.end_on) == (date(2026, 11, 22), date(2026, 10, 22))
    assert net.value == dollars(sum(x.net for x in open_day.select(date(2026, 11, 1), YESTERDAY)))
    open_day.connection.close()


def test_a_month_whose_last_day_has_no_sales_yet_stops_at_yesterday(world: World) -> None:
    asked = world.context()
    with pytest.raises(NoDataError):
        run_tool("compare_periods", {"period": "today"}, asked)
    net = figure(run_tool("compare_periods", {"period": "MTD"}, asked), "net_sales")
    assert net.compared_to is not None
    assert (net.end_on, net.compared_to.end_on) == (date(2026, 11, 22), date(2026, 10, 22))


def test_a_store_on_one_side_only_is_said_not_to_be_like_for_like(tmp_path: Path) -> None:
    world = build_world(tmp_path, skip=[("S05", date(2026, 11, 15))])
    result = run_tool("compare_periods", {}, world.context())
    assert any("Not like for like: Station Road" in caveat for caveat in result.caveats)
    both = ("S01", "S02", "S03", "S04")
    now, before = (
        sum(line.net for line in world.select(day, day, *both)) for day in (date(2026, 11, 22), date(2026, 11, 15))
    )
    way = f"{'up' if now > before else 'down'} {abs(now - before) * 100 / before:.1f} %"
    said = f"Like for like, the 4 stores on both sides: ${now / 100:,.2f}, {way} on ${before / 100:,.2f}."
    assert said in result.text
    alike = next(one for one in result.figures if one.group == {"stores": "on both sides"})
    assert (alike.stores, alike.value) == (both, f"{now / 100:.2f}")
    world.connection.close()


def test_a_day_against_another_weekday_of_another_month_is_said(world: World) -> None:
    month = run_tool("compare_periods", {"compare_to": "same day last month"}, world.context())
    assert "The weekdays differ: Sunday against Thursday." in month.text
    before = run_tool("compare_periods", {"compare_to": "the day before"}, world.context())
    assert not any("weekdays differ" in one for one in (before.text, *before.caveats))


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"compare_to": "wibble"}, BadArgumentError, "same day last week"),
        ({"compare_to": "tomorrow"}, NoDataError, "future"),
        ({"compare_to": "yesterday"}, BadArgumentError, "same period twice"),
    ],
)
def test_what_cannot_be_compared_gets_a_sentence(
    world: World, arguments: dict[str, str], error: type[ToolError], said: str
) -> None:
    with pytest.raises(error, match=said):
        run_tool("compare_periods", arguments, world.context())


def test_periods_of_unlike_length_are_said_to_be(world: World) -> None:
    result = run_tool("compare_periods", {"compare_to": "October"}, world.context())
    assert "The periods differ in length: 1 day against 31 days." in result.caveats


def test_the_norm_of_a_store_that_opened_lately_is_of_its_own_weeks(tmp_path: Path) -> None:
    opened = date(2026, 11, 9)
    before = [date(2026, 10, 1) + timedelta(days=number) for number in range((opened - date(2026, 10, 1)).days)]
    early = [date(2026, 9, 1) + timedelta(days=number) for number in range(30)]
    world = build_world(tmp_path, skip=[("S05", day) for day in (*early, *before)])
    asked = {"period": "last week", "compare_to": "four-week norm", "metrics": ["net_sales"]}
    result, split = (run_tool("compare_periods", {**asked, **more}, world.context()) for more in ({}, {"by": "store"}))
    weeks = [date(2026, 11, 9) - timedelta(days=7 * back) for back in range(4)]

    def norm(store: str, mondays: list[date]) -> Decimal:
        nets = [line.net for on in mondays for line in world.select(on, on + timedelta(days=6), store)]
        return Decimal(sum(nets)) / len(mondays) / 100

    want = {store: norm(store, weeks[:1] if store == "S05" else weeks) for store, *_ in world.stores}
    shown = {one.group["store"]: one.compared_to.value for one in split.figures if one.group and one.compared_to}
    assert shown == {store: f"{value:.2f}" for store, value in want.items()}
    for one in (result, split):
        assert one.figures[0].compared_to is not None
        assert one.figures[0].compared_to.value == f"{sum(want.values()):.2f}"
        assert any(
            "Not every store has sales in all of the 4 weeks before (Station Road in 1)" in c for c in one.caveats
        )
    world.connection.close()


def test_groups_stand_in_order_of_change_and_three_of_each_way_are_told(world: World) -> None:
    asked = {"period": "last week", "by": "department", "metrics": ["net_sales"]}
    result = run_tool("compare_periods", asked, world.context())
    assert result.table is not None
    names = [column.name for column in result.table.columns]
    assert names[:5] == ["Department", "Net sales", "Net sales, before", "Net sales, change", "Net sales, change %"]
    moved: dict[str, int] = {}
    for sign, start in ((1, date(2026, 11, 16)), (-1, date(2026, 11, 9))):
        for line in world.select(start, start + timedelta(days=6)):
            moved[line.department] = moved.get(line.department, 0) + sign * line.net
    best = sorted(moved, key=lambda name: -moved[name])
    assert [row[0] for row in result.table.rows] == best
    assert [Decimal(str(row[3])) for row in result.table.rows] == [Decimal(moved[one]).scaleb(-2) for one in best]
    rises = [one for one in best if moved[one] > 0][:3]
    falls = [one for one in reversed(best) if moved[one] < 0][:3]
    assert rises or falls
    for word, more, some in (("Largest rise", "more", rises), ("Largest fall", "less", falls)):
        if not some:
            assert word not in result.text
            continue
        said = result.text.split(f"{word}: {some[0]}, ")[1].split(" Largest ")[0]
        assert f", ${abs(moved[some[0]]) / 100:,.2f} {more}." in said
        for other in some[1:]:
            assert f"{other} {'up' if more == 'more' else 'down'} ${abs(moved[other]) / 100:,.2f} (" in said
