"""Rankings counted from the lines, searches by the words of people, and proposals that only file."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.support.tools_world import FiledProposals, World
from tools.context import Role
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError, ToolError
from tools.registry import run_tool

WEEK = (date(2026, 11, 16), date(2026, 11, 22))


def test_products_are_ranked_by_what_they_sold(world: World) -> None:
    result = run_tool("top_products", {"limit": 5}, world.context())
    sums: dict[str, int] = defaultdict(int)
    for line in world.select(*WEEK):
        sums[line.variant_id] += line.net
    expected = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    shown = [(one.group["variant_id"], one.value) for one in result.figures if one.metric == "net_sales"]
    assert shown == [(variant, f"{Decimal(net) / 100:.2f}") for variant, net in expected]
    five = Decimal(sum(net for _, net in expected)) / 100
    assert [one.value for one in result.figures if one.metric == "net_sales.together"] == [f"{five:.2f}"]
    assert f"The 5 together: ${five:,.2f}." in result.text


def test_a_product_of_unknown_cost_is_left_out_of_a_margin_ranking_and_counted(world: World) -> None:
    result = run_tool("top_products", {"metric": "margin", "limit": 50}, world.context())
    margins: dict[str, Decimal] = defaultdict(Decimal)
    for line in world.select(*WEEK):
        if line.cost is not None:
            margins[line.variant_id] += line.net - line.cost * line.quantity * 100
    shown = [(one.group["variant_id"], one.value) for one in result.figures if one.metric == "gross_margin"]
    ranked = sorted(margins.items(), key=lambda pair: -pair[1])
    assert shown == [(variant, f"{margin / 100:.2f}") for variant, margin in ranked]
    assert "V1007" not in dict(shown)
    assert "1 product of unknown cost is left out of this ranking." in result.caveats


def test_the_worst_of_a_department_come_weakest_first(world: World) -> None:
    result = run_tool("top_products", {"department": "dairy", "order": "bottom"}, world.context())
    assert result.table is not None
    assert [row[-1] for row in result.table.rows] == ["Dairy", "Dairy"]
    values = [Decimal(str(row[2])) for row in result.table.rows]
    assert values == sorted(values)


def test_goods_not_sold_by_the_piece_are_not_ranked_by_units(world: World) -> None:
    result = run_tool("top_products", {"metric": "units", "limit": 50, "order": "bottom"}, world.context())
    assert "V1005" not in {one.group.get("variant_id") for one in result.figures}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("1003", "V1003"), ("V1003", "V1003"), ("sku-1003", "V1003"), ("400001003", "V1003"),
        ("#1003", "V1003"), ("whole milk", "V1003"),
        ("oat mlik barista", "V1001"), ("bagles", "V1008"), ("avocados", "V1006"),
        ("organic butter", "V1004"), ("oatside", "V1001"),
    ],
)  # fmt: skip
def test_products_are_found_by_the_words_of_people(world: World, text: str, first: str) -> None:
    result = run_tool("find_products", {"text": text}, world.context())
    assert result.table is not None
    ids = [row[-1] for row in result.table.rows]
    assert first in ids[:2]
    if text != "oatside":
        assert ids[0] == first


def test_a_search_shows_price_and_the_sales_of_four_weeks(world: World) -> None:
    result = run_tool("find_products", {"text": "avocado", "stores": "S02"}, world.context())
    lines = [x for x in world.select(date(2026, 10, 26), date(2026, 11, 22), "S02") if x.variant_id == "V1006"]
    assert result.table is not None
    assert result.table.rows[0][2:4] == ("1.25", f"{Decimal(sum(x.net for x in lines)) / 100:.2f}")


def test_what_something_costs_is_in_the_sentence_and_not_only_in_the_table(world: World) -> None:
    at_one = run_tool("find_products", {"text": "V1006", "stores": "S02"}, world.context())
    several = run_tool("find_products", {"text": "milk"}, world.context())

    assert at_one.text == f"{at_one.headline} It sells at $1.25."
    assert several.table is not None
    assert len(several.table.rows) > 1
    assert several.text.startswith(f"{several.headline} Prices: ")
    for row in several.table.rows[:3]:
        assert row[2] is None or f"{row[0]} ${str(row[2]).split('–')[0]}" in several.text


def test_what_is_not_sold_is_said_not_to_be(world: World) -> None:
    result = run_tool("find_products", {"text": "caviar"}, world.context())
    assert result.headline == "No product here fits “caviar”."
    assert result.table is None


@pytest.mark.parametrize(
    ("name", "arguments", "error", "said"),
    [
        ("top_products", {"metric": "atv"}, BadArgumentError, "cannot rank products"),
        ("top_products", {"limit": 0}, BadArgumentError, "limit"),
        ("top_products", {"limit": 10**9}, BadArgumentError, "limit"),
        ("top_products", {"department": "wizardry"}, BadArgumentError, "Departments: "),
        ("find_products", {"text": ""}, BadArgumentError, "text"),
        ("find_products", {"text": "!?"}, BadArgumentError, "what to look for"),
        ("find_products", {"text": "z" * 20_000}, BadArgumentError, "text"),
        ("find_products", {"text": "'; DROP TABLE product; --"}, None, ""),
    ],
)
def test_bad_input_gets_a_sentence(
    world: World, name: str, arguments: dict[str, object], error: type[ToolError] | None, said: str
) -> None:
    if error is None:
        run_tool(name, arguments, world.context())
        assert world.mirror.query("SELECT COUNT(*) FROM product").rows[0][0] == 8
        return
    with pytest.raises(error, match=said):
        run_tool(name, arguments, world.context())


def test_a_markdown_is_filed_for_one_product_in_one_store_until_the_end_of_its_day(world: World) -> None:
    filed = FiledProposals()
    context = world.context(Role.STORE_MANAGER, "S01", proposals=filed)
    arguments = {"product": "barista oat milk", "percent": -15, "until": "Sunday", "reason": "short date"}
    result = run_tool("propose_price_change", arguments, context)
    (draft,) = filed.drafts
    assert (draft.variant_id, draft.store_id, draft.percent, draft.price) == ("V1001", "S01", Decimal(-15), None)
    assert draft.until == datetime(2026, 11, 30, 4, 59, 59, tzinfo=UTC)
    assert result.proposals == ("p_1",)
    assert "waits for approval" in result.text


@pytest.mark.parametrize(
    ("role", "arguments", "error", "said"),
    [
        (Role.ANALYST, {"product": "butter", "percent": -5}, NotAllowedError, "owners"),
        (Role.STAFF, {"product": "butter", "percent": -5}, NotAllowedError, "owners"),
        (Role.OWNER, {"product": "butter", "percent": -5, "store": "all stores"}, ClarifyError, "one store"),
        (Role.OWNER, {"product": "oat milk", "percent": -5, "store": "S01"}, ClarifyError, "2 products"),
        (Role.OWNER, {"product": "caviar", "percent": -5, "store": "S01"}, BadArgumentError, "No product fits"),
        (Role.OWNER, {"product": "butter", "percent": -95, "store": "S01"}, BadArgumentError, "-90"),
        (Role.OWNER, {"product": "butter", "percent": 0, "store": "S01"}, BadArgumentError, "not be 0"),
        (Role.OWNER, {"product": "butter", "percent": float("nan"), "store": "S01"}, BadArgumentError, "percent"),
        (Role.OWNER, {"product": "butter", "store": "S01"}, BadArgumentError, "either"),
        (Role.OWNER, {"product": "butter", "percent": 5, "price": "2", "store": "S01"}, BadArgumentError, "not both"),
        (Role.OWNER, {"product": "butter", "price": "-2", "store": "S01"}, BadArgumentError, "no price"),
        (Role.OWNER, {"product": "butter", "price": "0.00", "store": "S01"}, BadArgumentError, "more than zero"),
        (Role.OWNER, {"product": "butter", "price": "2.999", "store": "S01"}, BadArgumentError, "no price"),
        (
            Role.OWNER,
            {"product": "butter", "price": "2", "until": "2026-05-03", "store": "S01"},
            BadArgumentError,
            "over",
        ),
    ],
)
def test_a_proposal_that_cannot_be_is_refused_before_it_is_filed(
    world: World, role: Role, arguments: dict[str, object], error: type[ToolError], said: str
) -> None:
    filed = FiledProposals()
    with pytest.raises(error, match=said):
        run_tool("propose_price_change", arguments, world.context(role, proposals=filed))
    assert filed.drafts == []


def test_an_offered_option_resolves_to_that_product(world: World) -> None:
    filed = FiledProposals()
    context = world.context(Role.OWNER, default=("S01",), proposals=filed)
    with pytest.raises(ClarifyError) as raised:
        run_tool("propose_price_change", {"product": "oat milk", "price": "$1.50"}, context)
    for option in raised.value.options:
        run_tool("propose_price_change", {"product": option, "price": "$1.50"}, context)
    assert {draft.variant_id for draft in filed.drafts} == {"V1001", "V1002"}


def test_without_a_point_of_sale_nothing_can_be_proposed(world: World) -> None:
    with pytest.raises(NoDataError, match="no point of sale"):
        run_tool("propose_price_change", {"product": "butter", "price": "2", "store": "S01"}, world.context())
