"""The largest single sales, and the busiest hour of each of two shops, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.support.documents_world import figures, rows
from tools.context import Role
from tools.errors import BadArgumentError, NotAllowedError
from tools.result import ToolResult

Run = Callable[..., ToolResult]


def test_the_largest_sale_is_of_net_sales_and_none_that_was_voided_or_a_test(run: Run) -> None:
    result = run("largest_transactions")
    assert [row[-1] for row in rows(result)] == ["A8", "A1", "A2", "B1", "A7"]
    assert result.headline.startswith("Largest transaction")
    assert "$16.00" in result.headline
    assert "receipt A8" in result.headline
    assert figures(result, "transaction_value", "receipt")["A1"] == Decimal("12.00")
    assert [row[-1] for row in rows(run("largest_transactions", smallest=True, limit=2))] == ["A7", "B1"]


def test_what_was_in_the_largest_is_told_line_by_line(run: Run) -> None:
    result = run("largest_transactions", lines=True)
    assert result.table is not None
    assert [column.name for column in result.table.columns][:3] == ["Line", "Product", "Quantity"]
    assert sum(Decimal(str(row[6])) for row in rows(result)) == Decimal("16.00")
    assert "In the first, by what each line came to (quantity): " in result.text
    receipt = run("find_transaction", text="A8")
    assert sorted(rows(receipt)) == sorted(rows(result))


def test_over_is_more_than_and_at_least_is_not(run: Run) -> None:
    over = run("largest_transactions", over="12")
    assert "1 of 5 (20.0 %), $16.00 together" in over.headline
    least = run("largest_transactions", at_least="$12.00")
    assert figures(least, "transactions", "x") == {"": 3}
    assert figures(least, "net_sales", "x") == {"": 40}
    assert "of at least $12.00" in least.headline
    assert [row[-1] for row in rows(run("largest_transactions", under="5"))] == ["A7"]
    none = run("largest_transactions", over="16")
    assert "over $16.00" in none.headline
    assert none.headline.endswith("0 of 5.")
    assert "largest is $16.00" in none.text
    assert figures(none, "transactions", "x") == {"": 0}


def test_between_takes_both_ends_in_and_by_store_counts_the_stores_without(run: Run) -> None:
    between = run("largest_transactions", at_least="5", at_most="12")
    amounts = [Decimal(one.value or 0) for one in between.figures if one.metric == "transaction_value"]
    assert amounts == sorted(amounts, reverse=True)
    assert all(Decimal(5) <= amount <= Decimal(12) for amount in amounts)
    by_store = run("largest_transactions", over="15", by="store")
    assert by_store.headline.startswith("1 of 2 stores had a transaction over $15.00")
    assert figures(by_store, "transactions", "store") == {"S01": 1, "S02": 0}


def test_by_store_without_an_amount_each_has_its_largest_and_its_smallest(run: Run) -> None:
    alone = {
        store: [Decimal(row[3]) for row in rows(run("largest_transactions", stores=store, limit=50))]
        for store in {row[2] for row in rows(run("largest_transactions", limit=50))}
    }
    told = run("largest_transactions", by="store")
    assert {row[0]: (Decimal(row[1]), Decimal(row[4]), row[7]) for row in rows(told)} == {
        store: (max(amounts), min(amounts), len(amounts)) for store, amounts in alone.items()
    }
    largest = [Decimal(row[1]) for row in rows(told)]
    assert largest == sorted(largest, reverse=True)
    assert told.headline.startswith("Largest transaction of each store")
    first = rows(run("largest_transactions", limit=1))[0]
    assert (first[1], first[-1]) in {(row[2], row[3]) for row in rows(told)}
    low = run("largest_transactions", by="store", smallest=True)
    smallest = [Decimal(row[4]) for row in rows(low)]
    assert smallest == sorted(smallest)


def test_groups_over_an_amount_are_counted_with_those_that_sold_nothing(run: Run) -> None:
    total = {row[0]: Decimal(str(row[1])) for row in rows(run("sales_summary", period="last 4 weeks", by="store"))}
    highest = max(total.values())
    over = run("count_over_amount", each="store", over=str(highest - 1))
    assert over.headline.startswith("1 of 2 stores has more than")
    assert run("count_over_amount", each="store", under=str(highest + 1)).headline.startswith("2 of 2 stores")
    days = run("count_over_amount", each="day", metric="transactions", at_most="0", period="last 4 weeks")
    assert "days have at most 0 in transactions" in days.headline
    with pytest.raises(BadArgumentError, match="over, at_least, under or at_most"):
        run("count_over_amount", each="store")
    with pytest.raises(BadArgumentError, match="“over”"):
        run("count_over_amount", each="store", over="many")


@pytest.mark.parametrize("said", ["cheap", "-3", "NaN"])
def test_an_amount_must_be_one(run: Run, said: str) -> None:
    with pytest.raises(BadArgumentError, match="“over”"):
        run("largest_transactions", over=said)


def test_each_store_has_its_own_busiest_hour(run: Run) -> None:
    result = run("peak_hours_by_store")
    # Market Street sold three times after two, over the four days on which anything happened.
    assert figures(result, "transactions_per_hour", "store") == {"S01": Decimal("0.8"), "S02": Decimal(1)}
    assert [(row[1], row[4]) for row in rows(result)] == [("14:00", "Monday"), ("14:00", "Monday")]
    money = run("peak_hours_by_store", measure="net_sales")
    assert figures(money, "net_sales_per_hour", "store") == {"S01": 7, "S02": 5}


def test_the_weekday_leads_where_it_is_asked_for(run: Run) -> None:
    hours, days = run("peak_hours_by_store"), run("peak_hours_by_store", of="weekday")
    assert days.headline.startswith("Busiest weekday of each store")
    assert "Busiest hour:" in days.text
    assert days.table is not None
    assert [column.name for column in days.table.columns][1:3] == ["Busiest weekday", "That weekday, a day"]
    mean = figures(days, "transactions_per_day", "store")
    assert mean == figures(hours, "transactions_per_day", "store")
    assert [row[1] for row in rows(days)] == [row[4] for row in rows(hours)]
    assert {row[3] for row in rows(days)} == {1}  # every weekday came once
    market = next(row for row in rows(days) if row[0] == "Market Street")
    assert market[4] is not None
    assert Decimal(str(market[5])) <= Decimal(str(market[2]))  # the next weekday sees no more


def test_nobody_sees_the_transactions_of_other_stores(run: Run) -> None:
    mine = run("largest_transactions", role=Role.STORE_MANAGER, sees=("S02",))
    assert [row[-1] for row in rows(mine)] == ["B1"]
    for name in ("largest_transactions", "peak_hours_by_store"):
        with pytest.raises(NotAllowedError):
            run(name, role=Role.STORE_MANAGER, sees=("S02",), stores="S01")
