"""New and returning customers: planted ones, and nothing about a handful of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.records import Row
from tests.support.documents_world import WEEK, at, documents_world, figures, rows
from tests.support.mirror_rows import line, sale
from tools.context import Role, Scope, ToolContext
from tools.customers.new_and_returning import _Crowd, _guarded
from tools.errors import NoDataError, NotAllowedError
from tools.registry import run_tool


def bought(ident: str, day: int, customer: str | None, gross: int, store_id: str = "S01") -> list[Row]:
    month = 3 if day > 0 else 2
    when = at(day, 14) if month == 3 else at(1, 14).replace(month=2, day=10)
    return [
        sale(ident, when, customer_key=customer, store_id=store_id),
        line(ident, gross_minor=gross),
    ]


def crowd() -> list[Row]:
    """Six who were there in February and seven new ones; two of the new come twice, one buys without a card."""
    found: list[Row] = []
    for number in range(6):
        found += bought(f"old{number}", 0, f"c{number}", 100)
        found += bought(f"again{number}", 2, f"c{number}", 1000)
    for number in range(7):
        found += bought(f"new{number}", 3, f"n{number}", 500)
    for number in range(2):
        found += bought(f"twice{number}", 5, f"n{number}", 500)
    found += bought("cash", 4, None, 700)
    found += bought("few", 4, "n0", 300, "S02")
    found.append(sale("back", at(6, 9), customer_key="z", kind="return"))
    found.append(line("back", gross_minor=-100, quantity=-1, is_return=True, net_minor=-100))
    return found


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with documents_world(tmp_path_factory.mktemp("crowd"), crowd()) as context:
        yield context


def test_who_was_there_before_returns_and_the_rest_is_new(shop: ToolContext) -> None:
    result = run_tool("new_and_returning", {"period": WEEK, "stores": "Market Street"}, shop)
    assert figures(result, "new_customers", "x") == {"": 7}
    assert figures(result, "returning_customers", "x") == {"": 6}
    assert figures(result, "net_sales", "customers") == {"new": 45, "returning": 60}
    assert figures(result, "transactions", "customers") == {"new": 9, "returning": 6}
    assert figures(result, "identified_customers", "x") == {"": 13}  # the one who only gave back bought nothing
    assert rows(result)[2][0] == "unidentified"
    assert any("93.8 % of the transactions" in caveat for caveat in result.caveats)
    assert any("data begins on" in caveat for caveat in result.caveats)
    assert any("much overstated" in caveat for caveat in result.caveats)


def test_what_each_of_them_spent_is_told_of_a_customer_and_of_a_transaction(shop: ToolContext) -> None:
    text = run_tool("new_and_returning", {"period": WEEK, "stores": "Market Street"}, shop).text
    assert "in 9 transactions: $6.43 each, $5.00 a transaction" in text  # seven new ones spent $45 in nine
    assert "in 6 transactions: $10.00 each, $10.00 a transaction" in text


def test_how_many_came_back_counts_only_those_who_had_the_time(shop: ToolContext) -> None:
    february = {"period": "February", "stores": "Market Street", "within_days": 20}
    result = run_tool("new_and_returning", february, shop)
    assert figures(result, "return_rate", "within_days") == {"20": 100}
    assert figures(result, "customers", "within_days") == {"20": 6}
    with pytest.raises(NoDataError, match="have not passed"):
        run_tool("new_and_returning", {"period": WEEK, "within_days": 30}, shop)


def test_a_rate_of_fewer_than_five_people_is_not_told(shop: ToolContext) -> None:
    result = run_tool("new_and_returning", {"period": "3 March", "within_days": 2, "stores": "Market Street"}, shop)
    assert result.headline.startswith("Fewer than 5 of 7")
    assert not figures(result, "return_rate", "within_days")


def test_small_groups_are_hidden_and_cannot_be_had_by_subtraction(shop: ToolContext) -> None:
    result = run_tool("new_and_returning", {"period": WEEK, "by": "store"}, shop)
    assert [row[1:] for row in rows(result)] == [(None,) * 6, (None,) * 6]
    assert not [figure for figure in result.figures if "store" in figure.group]
    with pytest.raises(NoDataError, match="Fewer than 5"):
        run_tool("new_and_returning", {"period": WEEK, "stores": "Harbor Point"}, shop)


def test_a_new_customer_of_a_store_may_be_an_old_one_of_the_chain(shop: ToolContext) -> None:
    own = replace(shop, scope=Scope("U", Role.STORE_MANAGER, ("S02",)))
    with pytest.raises(NotAllowedError):
        run_tool("new_and_returning", {"period": WEEK, "stores": "Market Street"}, own)


def test_sales_without_customers_are_said_to_be(tmp_path: Path) -> None:
    nameless = [*bought("a", 2, None, 100), *bought("b", 3, None, 100)]
    with documents_world(tmp_path, nameless) as context, pytest.raises(NoDataError, match="names a customer"):
        run_tool("new_and_returning", {"period": WEEK}, context)


def test_no_key_of_a_customer_leaves_the_tool(shop: ToolContext) -> None:
    document = str(run_tool("new_and_returning", {"period": WEEK, "stores": "Market Street"}, shop).to_json())
    assert not any(f"'{key}'" in document for key in ("c0", "n0", "z"))


def test_hidden_groups_are_never_few_people_together() -> None:
    def store(key: str, new: int, returning: int) -> _Crowd:
        return _Crowd(key, {"new": {"customers": new}, "returning": {"customers": returning}})

    split = [store("A", 1, 90), store("B", 2, 80), store("C", 1, 70), store("D", 9, 60), store("E", 30, 200)]

    hidden = {one.key for one in _guarded(split) if one.withheld}

    assert hidden == {"A", "B", "C", "D"}  # of A, B and C alone the four new ones could be had from the whole
    assert {one.key for one in _guarded([store("A", 4, 90), store("B", 3, 80), *split[3:]]) if one.withheld} == {
        "A",
        "B",
    }


def test_sales_with_a_known_customer_are_held_against_all(shop: ToolContext) -> None:
    result = run_tool("identified_sales", {"period": WEEK, "stores": "Market Street"}, shop)
    # 6 x 10.00 + 9 x 5.00 - 1.00 given back, beside 7.00 without a customer
    assert figures(result, "net_sales", "customers") == {"known": 104, "unknown": 7}
    assert figures(result, "transactions", "customers") == {"known": 15, "unknown": 1}
    assert figures(result, "average_transaction_value", "customers") == {"known": 7, "unknown": 7}
    assert figures(result, "identified_share_of_net_sales", "x") == {"": Decimal("93.7")}
    assert figures(result, "identified_customers", "x") == {"": 13}  # as new_and_returning counts them
    assert result.headline.startswith("Known customers made 93.7 % of net sales")


@pytest.mark.parametrize("tool", ["top_customers", "customer_visits", "customers_by_spend"])
def test_who_only_gave_back_is_no_customer_of_the_period(tool: str, shop: ToolContext) -> None:
    result = run_tool(tool, {"period": WEEK, "stores": "Market Street"}, shop)
    assert "13 known customers" in result.text
    assert any("93.7 % of net sales have a known customer" in caveat for caveat in result.caveats)


def test_a_store_with_one_known_customer_is_not_told_apart(shop: ToolContext) -> None:
    result = run_tool("identified_sales", {"period": WEEK, "by": "store"}, shop)
    assert [row[1:] for row in rows(result)] == [(None,) * 6] * 2  # the one store alone would give the other away
    assert any("fewer than 5 people" in caveat for caveat in result.caveats)
    with pytest.raises(NoDataError, match="Fewer than 5 known customers"):
        run_tool("identified_sales", {"period": WEEK, "stores": "Harbor Point"}, shop)


def test_of_those_who_first_bought_in_a_period_those_who_came_again_are_counted(tmp_path: Path) -> None:
    """Twelve new ones in the week before, of whom seven come again in this one, two of them late; six old ones do."""
    crowd = [row for n in range(6) for row in (*bought(f"old{n}", 0, f"c{n}", 100), *bought(f"o{n}", 6, f"c{n}", 100))]
    for n in range(12):
        crowd += bought(f"first{n}", 2 + n % 2, f"n{n}", 500)
    for n in range(7):
        crowd += bought(f"second{n}", 4 if n < 5 else 6, f"n{n}", 500)
    crowd += bought("cash", 4, None, 700)
    with documents_world(tmp_path, crowd) as context:
        ask = {"period": "2 to 3 March", "stores": "Market Street", "first_time": True}
        ever = run_tool("new_and_returning", ask, context)
        soon = run_tool("new_and_returning", {**ask, "within_days": 2}, context)
        by_day = run_tool("new_and_returning", {**ask, "by": "day"}, context)
        by_week = run_tool("new_and_returning", {**ask, "by": "week"}, context)
        with pytest.raises(NoDataError, match="have not passed since those who first bought"):
            run_tool("new_and_returning", {**ask, "within_days": 30}, context)
        with pytest.raises(NoDataError, match="The data begins with"):
            run_tool("new_and_returning", {**ask, "period": "all time"}, context)

    assert ever.headline.startswith("58.3 % of 12 customers who first bought")
    assert figures(ever, "customers_came_back", "x") == {"": 7}
    assert figures(soon, "customers_came_back", "within_days") == {"2": 5}
    assert figures(soon, "return_rate", "within_days") == {"2": Decimal("41.7")}
    assert figures(by_week, "customers_came_back", "week") == {"": 7, "2026-03-02": 7}
    assert figures(by_day, "customers_came_back", "day") == {"": 7}
    assert any(said.startswith("Groups of fewer than 5 people are not shown") for said in by_day.caveats)
