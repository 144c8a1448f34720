"""What goods that are out bring in, told alike by the list of them, the overview and beside what stock-outs cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from tests.tools.stock import stock_world as planted
from tests.tools.stock.told import figure, table
from tools.context import ToolContext
from tools.registry import run_tool

OUT = (("S01", "G"), ("S02", "B"), ("S03", "I"))
"""Coffee, butter and jam: what the levels of ``stock_world`` say is at or below zero."""
LAST = [planted.LAST_ON - timedelta(days=back) for back in range(28)]


def took(store: str, product: str) -> Decimal:
    return Decimal(sum(planted.sold(store, product, day) for day in LAST)) * Decimal(planted.PRODUCTS[product][3])


def cents(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')):f}"


def test_what_is_out_says_what_it_brings_in_a_week_in_all_by_department_and_row(world: ToolContext) -> None:
    result = run_tool("out_of_stock", {}, world)
    whole = sum((took(*one) for one in OUT), Decimal(0))
    assert figure(result, "net_sales_of_goods_out") == cents(whole)
    assert figure(result, "usual_week_of_goods_out") == cents(whole / 4)
    assert f"they bring in ${whole / 4:,.2f} in a usual week" in result.headline
    grocery = took("S01", "G") + took("S03", "I")
    assert figure(result, "usual_week_of_goods_out", department="Grocery") == cents(grocery / 4)
    assert f"A usual week by department: Grocery ${grocery / 4:,.2f} (2 cases); Dairy" in result.text
    assert [(row["Product"], row["Usual week"]) for row in table(result)] == [
        (planted.PRODUCTS[product][0], cents(took(store, product) / 4)) for store, product in OUT
    ]


def test_the_overview_counts_a_usual_week_the_same_way(world: ToolContext) -> None:
    week = figure(run_tool("out_of_stock", {}, world), "usual_week_of_goods_out")
    overview = run_tool("business_overview", {"focus": "priorities"}, world)
    assert f"worth ${Decimal(week or 0):,.2f} a week" in overview.text


def test_a_split_has_the_week_of_each_group(world: ToolContext) -> None:
    result = run_tool("out_of_stock", {"by": "store"}, world)
    assert {row["Store"]: row["Usual week"] for row in table(result)} == {
        planted.STORES[store][0]: cents(took(store, product) / 4) for store, product in OUT
    }


def test_lost_sales_say_what_is_out_now_and_how_many_of_it_they_measured(world: ToolContext) -> None:
    """Butter at Harbor Point was measured early in November and is out again; coffee and jam were not measured."""
    result = run_tool("lost_sales", {}, world)
    whole = sum((took(*one) for one in OUT), Decimal(0)) / 4
    assert (
        f"Out of stock now: 3 cases, which bring in ${whole:,.2f} in a usual week; 1 of them is in this figure."
        in result.text
    )
    assert "2 cases (product and store) measured" in result.headline
    assert any("what no sale has ended yet" in one for one in result.caveats)
    grocery = run_tool("lost_sales", {"department": "Grocery"}, world)
    assert "Out of stock now: 2 cases" in grocery.text
    assert "none of them is in this figure" in grocery.text


def test_a_period_long_past_is_not_held_beside_what_is_out_now(world: ToolContext) -> None:
    assert "Out of stock now" not in run_tool("lost_sales", {"period": "September 2026"}, world).text


def test_nothing_out_has_no_week(world: ToolContext) -> None:
    one = replace(world, scope=replace(world.scope, store_ids=("S01",)))
    result = run_tool("out_of_stock", {"department": "Dairy"}, one)
    assert "usual week" not in result.text
    assert not [found for found in result.figures if found.metric == "usual_week_of_goods_out"]
