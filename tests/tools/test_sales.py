"""``sales_summary`` against numbers counted from the lines themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.tools_world import STORES, Line, World, build_world
from tools.context import Role
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError, ToolError
from tools.metrics import METRICS, describe_metrics
from tools.registry import run_tool
from tools.result import ToolResult

YESTERDAY = date(2026, 11, 22)
WEEK = (date(2026, 11, 16), date(2026, 11, 22))


def dollars(minor: Decimal | int) -> str:
    return str((Decimal(minor) / 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN))


def baskets(lines: Sequence[Line]) -> int:
    return len({line.sale_id for line in lines if line.kind == "sale"})


def values(result: ToolResult, metric: str, group: str = "") -> dict[str, str | None]:
    return {
        "".join(figure.group.values()): figure.value
        for figure in result.figures
        if figure.metric == metric and (list(figure.group) == [group] if group else not figure.group)
    }


def test_yesterday_is_what_the_lines_say(world: World) -> None:
    result = run_tool("sales_summary", {}, world.context())
    lines = world.select(YESTERDAY, YESTERDAY)
    net = sum(line.net for line in lines)
    sold = sum(line.net for line in lines if line.kind == "sale")
    assert values(result, "net_sales") == {"": dollars(net)}
    assert values(result, "transactions") == {"": str(baskets(lines))}
    assert values(result, "average_transaction_value") == {"": dollars(Decimal(sold) / baskets(lines))}
    assert dollars(net) in result.headline.replace(",", "")
    assert {(figure.start_on, figure.end_on) for figure in result.figures} == {(YESTERDAY, YESTERDAY)}


def test_every_part_of_gross_to_net_is_shown_apart(world: World) -> None:
    names = ["gross_sales", "discounts", "returns", "net_sales", "units"]
    result = run_tool("sales_summary", {"period": "last week", "metrics": names}, world.context())
    lines = world.select(*WEEK)
    sold = [line for line in lines if line.kind == "sale"]
    back = [line for line in lines if line.kind == "return"]
    assert back, "the made-up week must have returns"
    assert values(result, "gross_sales") == {"": dollars(sum(line.gross for line in sold))}
    assert values(result, "discounts") == {"": dollars(sum(line.discount for line in sold))}
    assert values(result, "returns") == {"": dollars(-sum(line.net for line in back))}
    assert values(result, "units") == {"": str(sum(int(line.quantity) for line in lines if line.each))}


def test_margin_leaves_unknown_costs_out_and_says_how_much_that_is(world: World) -> None:
    result = run_tool("sales_summary", {"period": "last week", "metrics": ["margin", "margin %"]}, world.context())
    known = [(line, line.cost) for line in world.select(*WEEK) if line.cost is not None]
    margin = sum((line.net - cost * line.quantity * 100 for line, cost in known), Decimal(0))
    assert values(result, "gross_margin") == {"": dollars(margin)}
    share = (margin * 100 / sum(line.net for line, _ in known)).quantize(Decimal("0.1"))
    assert values(result, "gross_margin_pct") == {"": str(share)}
    unknown = sum(line.cost is None for line in world.select(*WEEK))
    assert any(f"{unknown} lines is unknown" in caveat for caveat in result.caveats)
    assert any("Costs are simulated" in caveat for caveat in result.caveats)


@pytest.mark.parametrize("by", ["store", "day", "hour", "department", "category", "weekday", "week", "month"])
def test_every_split_adds_up_to_the_whole(world: World, by: str) -> None:
    arguments = {"period": "last 4 weeks", "by": by, "metrics": ["net_sales", "units"]}
    result = run_tool("sales_summary", arguments, world.context())
    for metric in ("net_sales", "units"):
        parts = [Decimal(value or 0) for value in values(result, metric, by).values()]
        assert len(parts) > 1
        assert sum(parts) == Decimal(values(result, metric)[""] or 0)


def test_groups_are_labelled_and_counted_right(world: World) -> None:
    result = run_tool("sales_summary", {"period": "last week", "by": "department"}, world.context())
    lines = world.select(*WEEK)
    expected = {
        name: dollars(sum(x.net for x in lines if x.department == name)) for name in {x.department for x in lines}
    }
    assert values(result, "net_sales", "department") == expected
    stores = run_tool("sales_summary", {"period": "last week", "by": "store"}, world.context())
    assert values(stores, "transactions", "store") == {
        row[0]: str(baskets(world.select(*WEEK, row[0]))) for row in STORES
    }
    hours = run_tool("sales_summary", {"period": "yesterday", "by": "hour", "stores": "S03"}, world.context())
    yesterday = world.select(YESTERDAY, YESTERDAY, "S03")
    assert values(hours, "transactions", "hour") == {
        str(hour): str(baskets([x for x in yesterday if x.hour == hour])) for hour in {x.hour for x in yesterday}
    }


def test_rates_over_two_sources_count_only_days_that_have_both(world: World) -> None:
    arguments = {"period": "YTD", "metrics": ["splh", "labour_hours", "labour_cost_pct", "conversion", "visitors"]}
    result = run_tool("sales_summary", {**arguments, "stores": "S01"}, world.context())
    clocked = world.select(date(2026, 11, 1), YESTERDAY, "S01")
    hours = Decimal("7.5") * len({line.business_on for line in clocked})
    net = Decimal(sum(line.net for line in clocked))
    assert values(result, "labour_hours") == {"": str(hours.quantize(Decimal("0.1")))}
    assert values(result, "sales_per_labour_hour") == {"": dollars(net / hours)}
    assert values(result, "labour_cost_pct") == {"": str((hours * 1600 * 100 / net).quantize(Decimal("0.1")))}
    everything = world.select(date(2026, 9, 1), YESTERDAY, "S01")
    visitors = sum(5 + hour % 3 for hour in range(8, 21)) * len({line.business_on for line in everything})
    assert values(result, "visitors") == {"": str(visitors)}
    share = Decimal(baskets(everything) * 100) / visitors
    assert values(result, "conversion") == {"": str(share.quantize(Decimal("0.1")))}


def test_an_answer_can_be_recomputed_from_its_provenance(world: World) -> None:
    result = run_tool("sales_summary", {"period": "last week"}, world.context())
    document = result.to_json()["provenance"]
    again = world.mirror.query(document["sql"][0], document["params"][0])
    assert dollars(again.dicts()[0]["n_net_sales"]) == values(result, "net_sales")[""]
    assert (document["start_on"], document["end_on"]) == ("2026-11-16", "2026-11-22")
    assert document["stores"] == [row[0] for row in STORES]
    assert document["metrics"][0] == "net_sales"
    assert document["as_of"] == "2026-11-23T05:00:00+00:00"


def test_the_stores_of_the_channel_are_meant_when_none_is_named(world: World) -> None:
    result = run_tool("sales_summary", {}, world.context(Role.OWNER, default=("S02",)))
    assert result.provenance.stores == ("S02",)
    assert values(result, "net_sales") == {"": dollars(sum(x.net for x in world.select(YESTERDAY, YESTERDAY, "S02")))}


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"period": ""}, BadArgumentError, "Say which period"),
        ({"period": "tomorrow"}, NoDataError, "future"),
        ({"period": "3 May 2026"}, NoDataError, "begins on 1 September 2026"),
        ({"period": "today"}, NoDataError, "reaches to 22 November 2026"),
        ({"period": "x" * 20_000}, BadArgumentError, "period"),
        ({"metrics": ["happiness"]}, BadArgumentError, "net_sales, gross_sales"),
        ({"metrics": ["x" * 20_000]}, BadArgumentError, "metrics"),
        ({"metrics": ["conversion"], "by": "department"}, BadArgumentError, "not to be had by department"),
        ({"by": "moon"}, BadArgumentError, "by"),
        ({"stores": "Harbor"}, ClarifyError, "Harbor Point .S02. and Harbor Street .S04."),
        ({"stores": "Narnia"}, BadArgumentError, "is not among them"),
        ({"stores": "y" * 20_000}, BadArgumentError, "stores"),
        ({"user": "U_OWNER"}, BadArgumentError, "user"),
    ],
)
def test_bad_input_gets_one_clear_sentence(
    world: World, arguments: dict[str, object], error: type[ToolError], said: str
) -> None:
    with pytest.raises(error, match=said) as raised:
        run_tool("sales_summary", arguments, world.context())
    assert len(raised.value.user_message) < 700


def test_a_store_outside_the_scope_is_told_like_one_that_does_not_exist(world: World) -> None:
    said = []
    for name in ("Market Street", "Atlantis"):
        with pytest.raises(NotAllowedError) as raised:
            run_tool("sales_summary", {"stores": name}, world.context(Role.STORE_MANAGER, "S04"))
        said.append(raised.value.user_message.replace(name, "X"))
    assert said[0] == said[1] == "You can see Harbor Street (S04); “X” is not among them."


def test_today_so_far_says_that_the_day_is_not_over(tmp_path: Path) -> None:
    as_of = datetime(2026, 11, 23, 10, 15, tzinfo=ZoneInfo("America/New_York"))
    world = build_world(tmp_path, today_until_hour=11, as_of=as_of)
    result = run_tool("sales_summary", {"period": "today"}, world.context())
    today = world.select(date(2026, 11, 23), date(2026, 11, 23))
    assert values(result, "net_sales") == {"": dollars(sum(line.net for line in today))}
    assert any("is not over" in caveat and "10:15" in caveat for caveat in result.caveats)
    world.connection.close()


def test_days_without_sales_are_named(tmp_path: Path) -> None:
    world = build_world(tmp_path, skip=[("S02", date(2026, 11, 18)), ("S02", date(2026, 11, 19))])
    result = run_tool("sales_summary", {"period": "last week"}, world.context())
    assert "Days without any sale: Harbor Point 2 days of 7." in result.caveats
    world.connection.close()


def test_stores_in_two_zones_and_currencies_are_kept_apart(tmp_path: Path) -> None:
    stores = (
        STORES[0],
        ("L01", "Soho", "Europe/London", "GBP", "Abroad"),
        ("T01", "Ginza", "Asia/Tokyo", "JPY", "Abroad"),
    )
    world = build_world(tmp_path, stores=stores)
    now = datetime(2026, 11, 22, 20, 0, tzinfo=ZoneInfo("UTC"))
    with pytest.raises(BadArgumentError, match="GBP, JPY and USD"):
        run_tool("sales_summary", {"by": "day"}, world.context(now=now))
    result = run_tool("sales_summary", {"by": "store", "metrics": ["net_sales"]}, world.context(now=now))
    shown = {figure.stores: (figure.value, figure.unit, figure.start_on.day) for figure in result.figures}
    net = {s: sum(x.net for x in world.select(date(2026, 11, d), date(2026, 11, d), s)) for s, d in
           (("S01", 21), ("L01", 21), ("T01", 22))}  # fmt: skip
    assert shown == {
        ("S01",): (dollars(net["S01"]), "USD", 21),
        ("L01",): (dollars(net["L01"]), "GBP", 21),
        ("T01",): (str(net["T01"]), "JPY", 22),
    }
    assert any("dates differ" in caveat for caveat in result.caveats)
    world.connection.close()


def test_metrics_describe_themselves_for_the_command_line() -> None:
    described = describe_metrics()
    names = [one["name"] for one in described]
    assert names[: len(METRICS)] == list(METRICS)
    assert {"sell_through", "gmroi", "weeks_of_cover", "shrink_pct"} <= set(names)
    assert all(one["definition"] and one["exclusions"] and one["unit"] for one in described)
    words = [word for metric in METRICS.values() for word in (metric.name, *metric.aliases)]
    assert len(words) == len(set(words)), "a word must mean one metric"


def test_the_best_and_the_worst_day_lie_as_far_apart_as_the_lines_say(world: World) -> None:
    days = [date(2026, 11, number) for number in range(16, 23)]
    nets = [sum(line.net for line in world.select(day, day)) for day in days]
    gap = max(nets) - min(nets)
    result = run_tool("sales_summary", {"period": "last week", "by": "day", "gap": True}, world.context())
    assert values(result, "net_sales.gap") == {"": dollars(gap)}
    assert f"The highest and the lowest day lie ${Decimal(gap) / 100:,.2f} apart" in result.text
    assert "(7 days)" in result.text
    plain = run_tool("sales_summary", {"period": "last week", "by": "day"}, world.context())
    assert "apart" not in plain.text
    assert values(plain, "net_sales.gap") == {}


def test_two_stores_are_subtracted(world: World) -> None:
    """“Difference in margin between Market Street and Harbor Point”."""
    asked = {"period": "last week", "by": "store", "stores": "Market Street and Harbor Point", "metrics": ["net_sales"]}
    net: dict[str, int] = {}
    for line in world.select(date(2026, 11, 16), date(2026, 11, 22)):
        net[line.store_id] = net.get(line.store_id, 0) + line.net
    result = run_tool("sales_summary", asked, world.context())
    stores = {one.group["store"] for one in result.figures if one.group.get("store")}
    assert len(stores) == 2
    gap = abs(int.__sub__(*(net[one] for one in sorted(stores))))
    assert values(result, "net_sales.gap") == {"": dollars(gap)}
    assert f" is ${Decimal(gap) / 100:,.2f} above " in result.text
    share = run_tool("sales_summary", {**asked, "metrics": ["gross_margin_pct"]}, world.context())
    assert " points above " in share.text
    assert " above " not in run_tool("sales_summary", {**asked, "stores": None}, world.context()).text
