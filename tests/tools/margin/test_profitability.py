"""Profit counted from the lines of the small chain, and worlds where losses, falls and customers are planted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.promotions_world import Chain
from tests.support.tools_world import Line, World
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

WEEK = (date(2026, 11, 16), date(2026, 11, 22))
DAY = date(2026, 11, 10)
EARLIER = DAY - timedelta(days=28)


def margin_of(lines: list[Line]) -> Decimal:
    return (
        sum((line.net - line.cost * line.quantity * 100 for line in lines if line.cost is not None), Decimal(0)) / 100
    )


def figures(result: ToolResult, metric: str, key: str) -> dict[str, str | None]:
    return {one.group[key]: one.value for one in result.figures if one.metric == metric and key in one.group}


def test_profit_by_department_is_that_of_the_lines(world: World) -> None:
    found = run_tool("product_profitability", {"period": "last week", "by": "department"}, world.context())
    lines = world.select(*WEEK)
    by: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by[line.department].append(line)
    shown = figures(found, "gross_margin", "department")
    assert {name: shown[name] for name in by if name != "Bakery"} == {
        name: f"{margin_of(own):.2f}" for name, own in by.items() if name != "Bakery"
    }
    assert figures(found, "net_sales", "department") == {
        name: f"{Decimal(sum(line.net for line in own)) / 100:.2f}" for name, own in by.items()
    }
    cost = {
        name: sum((line.cost * line.quantity for line in own if line.cost is not None), Decimal(0))
        for name, own in by.items()
    }
    assert figures(found, "cost_of_goods", "department") == {name: f"{value:.2f}" for name, value in cost.items()}
    whole = next(one.value for one in found.figures if one.metric == "gross_margin" and not one.group)
    assert Decimal(whole or 0) == round(margin_of(lines), 2)


def test_unknown_cost_is_stated_and_never_margin(world: World) -> None:
    found = run_tool("product_profitability", {"period": "last week", "limit": 50}, world.context())
    assert "V1007" not in figures(found, "gross_margin", "variant_id")
    assert any("is unknown" in caveat and "% of net sales" in caveat for caveat in found.caveats)
    assert "1 product of wholly unknown cost cannot be judged." in found.caveats


def test_a_part_of_the_range_and_one_store(world: World) -> None:
    arguments = {"period": "last week", "department": "Dairy", "stores": "Harbor Point"}
    found = run_tool("product_profitability", arguments, world.context())
    lines = [line for line in world.select(*WEEK, "S02") if line.department == "Dairy"]
    whole = next(one for one in found.figures if one.metric == "gross_margin" and "product" not in one.group)
    assert whole.value == f"{margin_of(lines):.2f}"
    assert whole.stores == ("S02",)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """Two periods of four weeks: LOSS sold below cost, SQUEEZE at a lower price, COST at a higher cost, NEW only now.

    Twenty customers of known income bought, four of them in a band of their own.
    """
    made = Chain(tmp_path_factory.mktemp("margin"))
    names = {"LOSS": "Loss leader ham", "SQ": "Squeezed juice", "CO": "Costly coffee", "FINE": "Fine tea",
             "NEW": "New nuts", "NOC": "Nameless costless"}  # fmt: skip
    for ident, name in names.items():
        made.product(ident, name, f"Category {ident}")
    for number in range(20):
        band = "under 15K" if number < 4 else "50-74K" if number < 13 else "75-99K"
        made.put("customer", ("customer_key", "income_band"), [(f"C{number:02d}", band)])
    for number in range(20):
        buyer = f"C{number:02d}"
        made.sell("S01", EARLIER, [("LOSS", 1, 500, 0, "6.00"), ("SQ", 1, 1000, 0, "6.00"), ("CO", 1, 1000, 0, "6.00"),
                                   ("FINE", 1, 1000, 0, "6.00")], customer=buyer)  # fmt: skip
        made.sell("S01", DAY, [("LOSS", 1, 500, 0, "6.00"), ("SQ", 1, 1000, 200, "6.00"), ("CO", 1, 1000, 0, "7.00"),
                               ("FINE", 1, 1000, 0, "6.00"), ("NEW", 1, 1000, 0, "9.00"), ("NOC", 1, 100, 0, None)],
                  customer=buyer)  # fmt: skip
    made.sell("S02", DAY, [("FINE", 3, 3000, 0, "6.00")])
    made.sell("S02", DAY, [("FINE", 1, 1000, 0, "6.00")], kind="return")
    yield made.finish()
    made.connection.close()


PERIOD = f"from {DAY - timedelta(days=13)} to {DAY + timedelta(days=12)}"
BEFORE = f"from {EARLIER - timedelta(days=10)} to {EARLIER + timedelta(days=10)}"


def test_what_sold_below_cost_is_found_with_its_loss(chain: Chain) -> None:
    found = run_tool("product_profitability", {"period": PERIOD, "show": "losing"}, chain.context())
    assert figures(found, "gross_margin", "variant_id") == {"VLOSS": "-20.00"}
    assert "1 product of 6" in found.headline
    assert "$20.00 in all" in found.headline


def test_no_loss_is_an_answer(chain: Chain) -> None:
    found = run_tool(
        "product_profitability", {"period": PERIOD, "show": "losing", "stores": "Harbor Point"}, chain.context()
    )
    assert found.headline.startswith("None of 1 product")
    assert found.table is None


def test_falling_margins_are_told_with_price_or_cost_as_the_reason(chain: Chain) -> None:
    arguments = {"period": PERIOD, "compare_to": BEFORE, "show": "falling"}
    found = run_tool("product_profitability", arguments, chain.context())
    rates = {one.group["variant_id"]: one for one in found.figures if one.metric == "gross_margin_pct"}
    assert set(rates) == {"VSQ", "VCO"}  # tea kept its margin, nuts are new, ham lost as much before
    assert (rates["VSQ"].value, rates["VCO"].value) == ("25.0", "30.0")
    assert rates["VSQ"].compared_to is not None
    assert rates["VSQ"].compared_to.value == "40.0"
    assert "Squeezed juice: 40.0 % to 25.0 % (net price -20.0 %, unit cost +0.0 %)" in found.text
    assert "Costly coffee: 40.0 % to 30.0 % (net price +0.0 %, unit cost +16.7 %)" in found.text
    assert found.table is not None
    assert {row[0]: row[9] for row in found.table.rows} == {"Squeezed juice": "24.00", "Costly coffee": "20.00"}


def test_few_units_are_not_compared(chain: Chain) -> None:
    with pytest.raises(NoDataError, match="at least 10 units"):
        run_tool("product_profitability", {"period": PERIOD, "compare_to": BEFORE, "show": "falling",
                                           "stores": "Harbor Point"}, chain.context())  # fmt: skip


def test_customers_are_groups_of_five_or_more(chain: Chain) -> None:
    found = run_tool("product_profitability", {"period": PERIOD, "by": "income_band"}, chain.context())
    people = figures(found, "customers", "income_band")
    assert "under 15K" not in people
    assert people == {"50-74K": "9"}  # of two groups left, the smaller goes too: it could be had by subtraction
    assert any("fewer than five customers" in caveat for caveat in found.caveats)
    assert figures(found, "net_sales", "income_band")["50-74K"] == f"{9 * Decimal('44.00'):.2f}"
    assert figures(found, "net_sales", "income_band")["No customer known"] == "20.00"


def test_tiers_of_customers_hold_everybody_once(chain: Chain) -> None:
    found = run_tool(
        "product_profitability", {"period": PERIOD, "by": "customer", "stores": "Market Street"}, chain.context()
    )
    people = figures(found, "customers", "customer")
    # Of 20 the first tenth are two, too few to speak of; the next smallest tier goes with them.
    assert people == {"Next 30 %": "6", "Other 40 %": "8"}


def test_a_return_takes_its_margin_back(chain: Chain) -> None:
    found = run_tool("product_profitability", {"period": PERIOD, "stores": "Harbor Point"}, chain.context())
    assert figures(found, "gross_margin", "variant_id") == {"VFINE": "8.00"}  # 30 - 18, less 10 - 6


def test_recommendations_follow_from_the_figures(chain: Chain) -> None:
    found = run_tool("product_profitability", {"period": PERIOD, "by": "category"}, chain.context())
    assert "Category LOSS sold below cost by $20.00" in found.text
    assert "Category NEW brings" in found.text
    assert "points below the whole" in found.text


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"by": "department", "show": "losing"}, BadArgumentError, "products only"),
        ({"by": "zodiac"}, BadArgumentError, "“by” cannot be used"),
        ({"period": "next month"}, NoDataError, ""),
        ({"product": "unobtainium"}, BadArgumentError, "No product fits"),
        ({"limit": 0}, BadArgumentError, "“limit” cannot be used"),
        ({"stores": "Atlantis"}, BadArgumentError, "Atlantis"),
    ],
)
def test_what_cannot_be_answered_is_said(
    chain: Chain, arguments: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as caught:
        run_tool("product_profitability", arguments, chain.context())
    assert words in caught.value.user_message  # type: ignore[attr-defined]


def test_another_store_is_not_to_be_seen(world: World, chain: Chain) -> None:
    with pytest.raises(NotAllowedError):
        run_tool("product_profitability", {"stores": "Harbor Point"}, chain.context("S01"))
