"""Stores ranked, against lines counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.support.tools_world import World
from tools.analysis.fair_comparison import expected, mean_places, places, weekday_means, weekday_sums
from tools.analysis.opening_hours import open_day, open_minutes
from tools.context import Role
from tools.errors import BadArgumentError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

FIRST, LAST = date(2026, 10, 26), date(2026, 11, 22)
RANKED = ("S01", "S02", "S03", "S04")


def ranking(world: World, role: Role = Role.OWNER, *stores: str, **arguments: Any) -> ToolResult:
    return run_tool("store_ranking", arguments, world.context(role, *stores))


def net(world: World, store: str, start: date, end: date) -> int:
    return sum(line.net for line in world.select(start, end, store))


def by_store(result: ToolResult, metric: str) -> dict[str, str | None]:
    return {one.group["store"]: one.value for one in result.figures if one.metric == metric}


def test_by_a_metric_the_order_is_that_of_the_lines(world: World) -> None:
    result = ranking(world, metric="net sales")
    amounts = {store: net(world, store, FIRST, LAST) for store in RANKED}
    ordered = sorted(amounts, key=lambda store: -amounts[store])
    assert [one.group["store"] for one in result.figures if one.metric == "place"] == ordered
    assert by_store(result, "net_sales") == {s: f"{Decimal(amounts[s]).scaleb(-2):.2f}" for s in RANKED}


def test_a_store_is_held_against_its_own_weekdays(world: World) -> None:
    result = ranking(world)
    for store in RANKED:
        days = [FIRST - timedelta(days=back) for back in range(1, 57)]
        means: dict[int, Fraction] = {}
        for weekday in range(7):
            mine = [net(world, store, day, day) for day in days if day.weekday() == weekday and day >= date(2026, 9, 1)]
            means[weekday] = Fraction(sum(mine), len(mine))
        norm = sum(means[(FIRST + timedelta(days=n)).weekday()] for n in range(28))
        index = Fraction(net(world, store, FIRST, LAST) * 100) / norm
        assert by_store(result, "own_norm_index")[store] == f"{float(index):.1f}"
        area = Fraction(net(world, store, FIRST, LAST), 100) / (100 * int(store[-1]))
        assert by_store(result, "sales_per_m2")[store] == f"{float(area):.2f}"


def test_the_overall_place_is_the_mean_of_the_places_and_says_what_of(world: World) -> None:
    result = ranking(world)
    names = ("own_norm_index", "sales_per_m2", "sales_per_visitor", "gross_margin_pct")
    exact = {name: {store: Decimal(value or 0) for store, value in by_store(result, name).items()} for name in names}
    for store in RANKED:
        assert all(store in exact[name] for name in names)
    assert "net sales against the store's own norm" in result.text
    assert any("left out of the ranking: net sales per open hour" in caveat for caveat in result.caveats)
    shown = {store: Decimal(value or 0) for store, value in by_store(result, "mean_place").items()}
    assert list(shown) == sorted(shown, key=lambda store: shown[store])
    assert sum(shown.values()) == pytest.approx(Decimal(10), abs=Decimal("0.05"))


def test_a_store_with_too_little_data_is_listed_and_not_ranked(world: World) -> None:
    result = ranking(world)
    assert "S05" not in by_store(result, "place")
    assert any("Station Road (sales on only 18 of 28 open days)" in caveat for caveat in result.caveats)


def test_the_other_end_comes_first_when_it_is_asked_for(world: World) -> None:
    best, worst = ranking(world), ranking(world, order="worst", limit=1)
    assert worst.table is not None
    assert best.table is not None
    assert [row[1] for row in worst.table.rows] == [best.table.rows[-1][1]]
    assert worst.headline.startswith("Weakest store")


def test_less_is_better_where_the_metric_says_so(world: World) -> None:
    result = ranking(world, metric="refund rate")
    values = [Decimal(value or 0) for value in by_store(result, "refund_rate").values()]
    assert values == sorted(values)
    assert "lowest" in result.headline


def test_one_store_alone_is_not_ranked_but_told(world: World) -> None:
    result = ranking(world, Role.STORE_MANAGER, "S01")
    assert result.headline.startswith("Market Street, the last 4 weeks")
    assert "no other store to rank" in result.headline
    with pytest.raises(NotAllowedError):
        ranking(world, Role.STORE_MANAGER, "S01", stores="Harbor Point")


@pytest.mark.parametrize("arguments", [{"metric": "joy"}, {"limit": 0}, {"order": "sideways"}, {"stores": "Atlantis"}])
def test_nonsense_gets_a_sentence(world: World, arguments: dict[str, Any]) -> None:
    with pytest.raises(BadArgumentError):
        ranking(world, **arguments)


def test_equals_share_a_place() -> None:
    values = {"a": Decimal(3), "b": Decimal(1), "c": Decimal(3)}
    assert places(values) == {"a": Decimal("1.5"), "c": Decimal("1.5"), "b": Decimal(3)}
    assert places(values, lowest_first=True)["b"] == 1
    assert mean_places([values, {"a": Decimal(1), "b": Decimal(2), "c": Decimal(3)}])["a"] == Decimal("2.25")


def test_there_is_no_norm_without_four_weeks_and_none_for_closed_days() -> None:
    start = date(2026, 11, 2)
    daily = {start - timedelta(days=n): Decimal(n) for n in range(1, 57) if (start - timedelta(days=n)).weekday() != 6}
    means = weekday_means(weekday_sums(daily, start), start)
    assert means is not None
    assert means[6] == 0
    assert means[0] == sum(Decimal(7 * n) for n in range(1, 9)) / 8
    assert weekday_means(weekday_sums(daily, start), start, first_on=start - timedelta(days=27)) is None
    assert weekday_means(weekday_sums(daily, start), start, first_on=start - timedelta(days=28)) is not None


@pytest.mark.parametrize("days", [0, 1, 6, 7, 8, 30, 31])
def test_what_weekdays_add_up_to_is_the_sum_of_the_days(days: int) -> None:
    start = date(2026, 11, 5)
    means = {weekday: Decimal(10**weekday) for weekday in range(7)}
    each = (means[(start + timedelta(days=offset)).weekday()] for offset in range(days))
    assert expected(means, start, start + timedelta(days=days - 1)) == sum(each, Decimal(0))


def test_opening_hours_may_be_split_and_run_past_midnight() -> None:
    day = open_day("08:00–12:00, 13:00–02:00")
    assert day is not None
    assert (day.opens, day.closes, day.minutes) == (480, 1560, 1020)
    assert open_minutes({0: "08:00–12:00"}, date(2026, 11, 2), date(2026, 11, 15)) == 480
    assert open_minutes({}, date(2026, 11, 2), date(2026, 11, 15)) is None
    assert open_day("closed") is None
