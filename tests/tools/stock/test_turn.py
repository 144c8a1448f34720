"""How fast stock turns on the planted chain: sell-through, GMROI, classes and movers, counted from its constants."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.tools.stock import stock_world as planted
from tests.tools.stock.told import figure, table
from tools.context import ToolContext
from tools.registry import run_tool


def test_sell_through_and_gmroi_use_opening_and_closing_stock_where_the_log_has_them(world: ToolContext) -> None:
    arguments = {"metric": "sell_through", "period": "last week", "stores": "Market Street", "product": "butter"}
    result = run_tool("stock_productivity", arguments, world)
    assert figure(result, "sell_through") == f"{Decimal(35) * 100 / (35 + 20):.1f}"
    opening, closing = Decimal(20 + 35 + 3), Decimal(20)
    margin = Decimal(35) * (3 - 2) * 365 / 7
    assert figure(result, "gmroi") == f"{margin / ((opening + closing) * 2 / 2):.2f}"
    assert figure(result, "weeks_of_cover") == f"{Decimal(20) / 35:.1f}"
    assert not any("Past stock levels" in one for one in result.caveats)


def test_without_a_log_the_present_stock_stands_in_and_that_is_said(world: ToolContext) -> None:
    result = run_tool("stock_productivity", {"period": "last week", "stores": "Maple Avenue"}, world)
    assert any(one.startswith("Past stock levels are not recorded for Maple Avenue") for one in result.caveats)
    margin = Decimal(7) * (1 * Decimal("1.00") + 2 * Decimal("1.60")) * 365 / 7
    assert figure(result, "gmroi") == f"{margin / 18:.2f}"


def test_abc_goes_by_share_and_xyz_by_spread(world: ToolContext) -> None:
    result = run_tool("abc_xyz", {"weeks": 10, "stores": "Market Street"}, world)
    classes = {row["Class"]: row["Products"] for row in table(result)}
    assert (
        sum(classes.values()) == 6
    )  # coffee, butter, oat milk, tea, jam, soup; the mug sold before, bananas by weight
    assert {row["Class"]: row["Largest of it"] for row in table(result)}["AX"] == "Coffee beans"
    total = sum(Decimal(row["Net sales"]) for row in table(result))
    first = date(2026, 9, 14)
    bananas = sum(planted.sold("S01", "J", day) for day in planted.DAYS if day >= first) * Decimal("0.60")
    assert total == planted.net_sales("S01", first, planted.LAST_ON) - bananas


def test_fast_movers_have_their_stock_beside_them(world: ToolContext) -> None:
    result = run_tool("fast_movers", {"period": "last week", "limit": 2}, world)
    first = table(result)[0]
    assert (first["Product"], first["Units"], first["Units a day"], first["On hand"]) == (
        "Butter, 8 oz",
        "70",
        "10.00",
        "20",  # at one store; the two below zero at the other count as none, as in stock_levels
    )
