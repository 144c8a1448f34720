"""What runs out by a day or in a period to come, of how many, for how much, and sooner than it could be delivered."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal

import pytest

from tests.tools.stock import stock_world as planted
from tests.tools.stock.told import figure, table
from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.registry import run_tool

MARKET = {"stores": "Market Street"}
TODAY = planted.LAST_ON + timedelta(days=1)
WINDOW = planted.DAYS[-28:]


def judged() -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    """On hand, units a day and price of what Market Street has in stock, by the piece, and sold four of or more."""
    found = {}
    for product, (_, _, _, price, _) in planted.PRODUCTS.items():
        sold = sum(planted.sold("S01", product, day) for day in WINDOW)
        on_hand = sum(planted.LEVELS.get(("S01", product), {}).values())
        if product not in {"J", "K"} and on_hand > 0 and sold >= 4:
            found[product] = (Decimal(on_hand), Decimal(sold) / 28, Decimal(price))
    return found


def days(product: str) -> int:
    on_hand, rate, _ = judged()[product]
    return int((on_hand / rate).to_integral_value(ROUND_FLOOR))


def test_the_headline_says_of_how_many_and_what_sales_are_at_risk(world: ToolContext) -> None:
    result = run_tool("stockout_risk", {**MARKET, "within": 7}, world)
    gone = [one for one in judged() if judged()[one][0] < 7 * judged()[one][1]]
    at_risk = sum(((rate * 7 - held) * price for held, rate, price in (judged()[one] for one in gone)), Decimal(0))
    assert result.headline.startswith(f"{len(gone)} of {len(judged())} products in stock would run out within 7 days")
    assert figure(result, "sales_at_risk") == f"{at_risk.quantize(Decimal('0.01')):f}"
    assert f"${at_risk:,.2f} of sales at risk" in result.headline


def test_a_day_to_come_stands_for_the_days_until_its_end(world: ToolContext) -> None:
    """Monday 23 November; Black Friday is the 27th, the fifth day: green tea, which lasts five whole days, remains."""
    result = run_tool("stockout_risk", {**MARKET, "until": "Black Friday"}, world)
    assert "by Fri 27 Nov 2026 (Black Friday)" in result.headline
    gone = {planted.PRODUCTS[one][0] for one in judged() if TODAY + timedelta(days=days(one)) <= TODAY + timedelta(4)}
    assert {row["Product"] for row in table(result)} == gone == {"Oat milk, 1 l", "Butter, 8 oz"}
    butter = judged()["B"]
    (row,) = [row for row in table(result) if row["Product"] == "Butter, 8 oz"]
    assert row["Sales at risk to 27 Nov"] == f"${((butter[1] * 5 - 20) * 3).quantize(Decimal('0.01'))}"
    sooner = run_tool("stockout_risk", {**MARKET, "until": "before Thanksgiving"}, world)
    assert "before Thanksgiving (Thu 26 Nov 2026)" in sooner.headline
    assert {row["Product"] for row in table(sooner)} == {"Oat milk, 1 l"}


def test_so_many_days_and_the_day_that_they_end_on_are_one_horizon(world: ToolContext) -> None:
    """Green tea lasts five days to the piece: no sale is at risk within them, however they are said."""
    within = run_tool("stockout_risk", {**MARKET, "within": 5}, world)
    until = run_tool("stockout_risk", {**MARKET, "until": "Black Friday"}, world)
    assert [row["Product"] for row in table(within)] == [row["Product"] for row in table(until)]
    assert figure(within, "sales_at_risk") == figure(until, "sales_at_risk")


def test_a_period_that_begins_later_leaves_out_what_is_gone_before_and_says_so(world: ToolContext) -> None:
    result = run_tool("stockout_risk", {**MARKET, "until": "next week"}, world)
    assert "from 30 Nov to 6 Dec (next week)" in result.text
    week = {one for one in judged() if 7 <= days(one) < 14}
    before = {one for one in judged() if days(one) < 7}
    assert not week
    assert f"{len(before)} cases more would be gone before 30 Nov." in result.text
    later = run_tool("stockout_risk", {**MARKET, "until": "the week of Thanksgiving"}, world)
    assert {row["Product"] for row in table(later)} == {planted.PRODUCTS[one][0] for one in before}


def test_levels_of_an_earlier_day_last_from_that_day(world: ToolContext) -> None:
    """Maple Avenue's are of the 18th: twelve oat milks at one a day are gone on the 30th, not on 5 December."""
    result = run_tool("stockout_risk", {"stores": "Maple Avenue", "until": "30 November"}, world)
    (row,) = table(result)
    assert (row["Product"], row["Runs out"]) == ("Oat milk, 1 l", "2026-11-30")
    assert "Nothing" in run_tool("stockout_risk", {"stores": "Maple Avenue", "until": "29 November"}, world).headline


def test_what_lasts_shorter_than_its_lead_time_can_be_asked_for(world: ToolContext) -> None:
    result = run_tool("stockout_risk", {**MARKET, "late": True}, world)
    assert {row["Product"] for row in table(result)} == {"Oat milk, 1 l"}
    assert "sooner than its supplier could deliver" in result.headline


def test_two_ways_to_say_by_when_are_not_both_taken(world: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="in place of “within”"):
        run_tool("stockout_risk", {"until": "Sunday", "within": 3}, world)
    with pytest.raises(BadArgumentError, match="no days to come"):
        run_tool("stockout_risk", {"until": "the full moon"}, world)
