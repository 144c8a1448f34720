"""The spread of five baskets: 0, 5, 12, 12 and 16 dollars with 0, 1, 3, 1 and 4 items."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.support.documents_world import figures, rows
from tools.errors import BadArgumentError, NoDataError
from tools.result import ToolResult

Run = Callable[..., ToolResult]


def test_quartiles_are_those_of_the_baskets(run: Run) -> None:
    result = run("basket_statistics")
    shown = {figure.metric: figure.value for figure in result.figures}
    assert shown == {
        "transactions": "5",
        "average_transaction_value": "9.00",
        "median_transaction_value": "12.00",
        "transaction_value_sd": "6.40",
        "transaction_value_p25": "5.00",
        "transaction_value_p75": "12.00",
        "transaction_value_p90": "14.40",
        "units_per_transaction": "1.60",
        "items_per_transaction": "1.80",
        "median_items": "1.00",
        "items_p25": "1.00",
        "items_p75": "3.00",
        "items_p90": "3.60",
        "single_item_share": "40.0",
        "large_basket_share": "0.0",
    }
    assert [row[:2] for row in rows(result)] == [
        ("none", 1), ("1", 2), ("2–3", 1), ("4–5", 1), ("6–10", 0), ("11–19", 0), ("20 or more", 0)
    ]  # fmt: skip
    assert [row[:2] for row in rows(run("basket_statistics", large=3))] == [
        ("none", 1), ("1", 2), ("2", 0), ("3 or more", 2)
    ]  # fmt: skip
    assert "There are only 5 baskets: their quartiles say little." in result.caveats


def test_it_agrees_with_the_summary_of_sales(run: Run) -> None:
    summary = {one.metric: one.value for one in run("sales_summary").figures}
    shown = {one.metric: one.value for one in run("basket_statistics").figures}
    assert (shown["transactions"], shown["average_transaction_value"]) == ("5", "9.00")
    for metric in ("transactions", "average_transaction_value"):
        assert shown[metric] == summary[metric]


def test_baskets_with_certain_goods_are_counted_once_each(run: Run) -> None:
    result = run("basket_statistics", product="oat milk")
    assert figures(result, "transactions", "product") == {"": 5, "Oat milk": 3}
    assert figures(result, "attach_rate", "product") == {"Oat milk": 60}
    assert figures(result, "net_sales", "product") == {"Oat milk": 27}
    assert rows(result) == [("with it", 3, "60.0", "11.00", "2.67"), ("without it", 2, "40.0", "6.00", "0.50")]
    grocery = run("basket_statistics", department="Grocery")
    assert figures(grocery, "transactions", "department") == {"": 5, "Grocery": 3}


def test_a_return_of_the_goods_is_no_basket_with_them(run: Run) -> None:
    result = run("basket_statistics", product="blue mug")
    assert figures(result, "transactions", "product")["Blue mug"] == 1


def test_splits_are_by_the_clock_of_the_store(run: Run) -> None:
    hours = figures(run("basket_statistics", by="hour"), "transactions", "hour")
    assert hours == {"": 5, "14": 4, "15": 1}
    days = figures(run("basket_statistics", by="weekday"), "median_transaction_value", "weekday")
    assert days == {"": 12, "Monday": 12, "Friday": 0, "Saturday": 16}
    stores = figures(run("basket_statistics", by="store"), "median_transaction_value", "store")
    assert stores == {"": 12, "S01": 12, "S02": 5}


def test_from_how_many_items_on_a_basket_is_large_can_be_said(run: Run) -> None:
    assert figures(run("basket_statistics", large=3), "large_basket_share", "x") == {"": Decimal(40)}


def test_what_cannot_be_answered_is_said(run: Run) -> None:
    with pytest.raises(NoDataError, match="only refunds"):
        run("basket_statistics", period="3 March")
    with pytest.raises(BadArgumentError, match="large"):
        run("basket_statistics", large=1)
    with pytest.raises(BadArgumentError, match="not both"):
        run("basket_statistics", product="cola", department="Grocery")
    with pytest.raises(BadArgumentError, match="No product fits"):
        run("basket_statistics", product="zzzz")
