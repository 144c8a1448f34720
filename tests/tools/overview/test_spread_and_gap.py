"""How much a figure swings, against the standard library over the lines; and how far stores lie apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import mean, quantiles, stdev
from typing import Any

import pytest

from tests.support.tools_world import FIRST_ON, TODAY, Line, World
from tools.errors import BadArgumentError
from tools.registry import run_tool
from tools.result import ToolResult

YESTERDAY = TODAY - timedelta(days=1)


def spread(world: World, **arguments: Any) -> ToolResult:
    return run_tool("spread_over_time", arguments, world.context())


def value(result: ToolResult, name: str, **group: str) -> str | None:
    return next(one.value for one in result.figures if one.metric == name and dict(one.group) == group)


def sums(lines: list[Line], key: Callable[[date], Any]) -> dict[Any, Decimal]:
    found: dict[Any, Decimal] = {}
    for line in lines:
        found[key(line.business_on)] = found.get(key(line.business_on), Decimal(0)) + Decimal(line.net) / 100
    return found


def cent(number: Any) -> str:
    return str(Decimal(str(number)).quantize(Decimal("0.01")))


def test_the_deviation_of_days_is_that_of_the_standard_library(world: World) -> None:
    result = spread(world, period="from 1 October to 31 October")
    days = [float(one) for one in sums(world.select(date(2026, 10, 1), date(2026, 10, 31)), lambda day: day).values()]
    low, middle, high = quantiles(days, n=4, method="inclusive")
    assert value(result, "net_sales.standard_deviation_by_day") == cent(stdev(days))
    assert value(result, "net_sales.mean_by_day") == cent(mean(days))
    assert value(result, "net_sales.median_by_day") == cent(middle)
    assert value(result, "net_sales.lower_quartile_by_day") == cent(low)
    assert value(result, "net_sales.upper_quartile_by_day") == cent(high)
    assert value(result, "net_sales.lowest_day") == cent(min(days))
    assert value(result, "days") == "31"


def test_weeks_are_whole_ones(world: World) -> None:
    result = spread(world, each="week")
    weeks = sums(world.select(FIRST_ON, YESTERDAY), lambda day: day - timedelta(days=day.weekday()))
    whole = [float(net) for monday, net in weeks.items() if monday >= FIRST_ON]
    assert value(result, "net_sales.standard_deviation_by_week") == cent(stdev(whole))
    assert value(result, "weeks") == str(len(whole))


def test_each_store_has_its_own_and_days_without_sales_are_none(world: World) -> None:
    result = spread(world, period="last 3 weeks", by="store")
    start = TODAY - timedelta(days=21)
    for store in ("S01", "S05"):
        days = [float(one) for one in sums(world.select(start, YESTERDAY, store), lambda day: day).values()]
        assert value(result, "net_sales.standard_deviation_by_day", store=store) == cent(stdev(days))
        assert value(result, "days", store=store) == str(len(days))
    assert "most against its own mean at" in result.headline
    steadiest = spread(world, period="last 3 weeks", by="store", order="bottom")
    told, turned = (one.text.partition("own mean first: ")[2].rstrip(".").split("; ") for one in (result, steadiest))
    assert len(told) > 1
    assert turned == told[::-1]
    assert f"least against its own mean at {turned[0].split(' $')[0]} " in steadiest.headline


def test_a_day_without_a_sale_of_a_product_counts_as_nought(world: World) -> None:
    result = spread(world, period="last 4 weeks", product="Butter", metric="net_sales")
    start = TODAY - timedelta(days=28)
    sold = sums([line for line in world.select(start, YESTERDAY) if line.variant_id == "V1004"], lambda day: day)
    days = [float(sold.get(start + timedelta(days=number), 0)) for number in range(28)]
    found = next(one.value for one in result.figures if one.metric == "net_sales.standard_deviation_by_day")
    assert found == cent(stdev(days))


def test_few_days_have_no_deviation(world: World) -> None:
    result = spread(world, period="from 16 November to 18 November")
    assert value(result, "net_sales.standard_deviation_by_day") is None
    assert "3 days only, too few to tell a standard deviation" in result.headline
    with pytest.raises(BadArgumentError, match="only known of whole stores"):
        spread(world, metric="transactions", product="Butter")


def test_the_day_that_is_not_over_is_left_out(world: World) -> None:
    now = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    result = run_tool("spread_over_time", {"period": "this month"}, world.context(now=now))
    assert result.figures[0].end_on == date(2026, 11, 21)


def test_the_gap_is_between_the_first_and_the_last_store(world: World) -> None:
    asked = {"period": "from 1 October to 31 October", "gap": True}
    result = run_tool("store_ranking", asked, world.context())
    nets = {
        store: sum(Decimal(line.net) for line in world.select(date(2026, 10, 1), date(2026, 10, 31), store)) / 100
        for store in ("S01", "S02", "S03", "S04", "S05")
    }
    assert value(result, "net_sales.gap") == cent(max(nets.values()) - min(nets.values()))
    assert f"{(max(nets.values()) / min(nets.values())).quantize(Decimal('0.1'))} times as much" in result.headline
    share = run_tool("store_ranking", {**asked, "metric": "gross_margin_pct"}, world.context())
    first = next(one for one in share.figures if one.metric == "gross_margin_pct.gap")
    assert first.unit == "points"
    assert "points between" in share.headline


def test_stores_that_all_begin_with_the_data_are_ranked(world: World) -> None:
    result = run_tool("store_ranking", {"period": "this year", "gap": True}, world.context())
    nets = {
        store: sum(Decimal(line.net) for line in world.select(FIRST_ON, YESTERDAY, store)) / 100
        for store in ("S01", "S02", "S03", "S04")
    }
    shown = {one.group["store"]: one.value for one in result.figures if one.metric == "net_sales"}
    assert {store: shown[store] for store in nets} == {store: cent(net) for store, net in nets.items()}
    assert any("The data begins on" in one for one in result.caveats)
