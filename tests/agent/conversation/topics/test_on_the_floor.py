"""Questions of the shop floor: what lies unsold, who is needed when, more customers, the other store, days to come."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.thread import Call
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(
        NamedStore("S01", "Market Street", "North"),
        NamedStore("S02", "Harbor Point", "South"),
        NamedStore("S04", "Harbor Street", "South"),
    ),
    departments=("Deli", "Meat", "Produce"),
)
YESTERDAY = (Call("sales_summary", {"period": "yesterday", "stores": "Harbor Point"}, {"text": "…"}),)


def only(question: str, previous: tuple[Call, ...] = ()) -> tuple[str, Any]:
    calls = plan(question, previous, AROUND).calls
    assert len(calls) == 1, calls
    return calls[0]


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("what do we have in stock that didnt sell a single one last week", {"period": "last week"}),
        ("in stock but zero sales last month, deli only", {"period": "last month", "department": "Deli"}),
        ("products on hand with no sales yesterday at Harbor Point", {"period": "yesterday", "stores": "Harbor Point"}),
        ("items not sold in 60 days but still in stock", {"days": 60}),
    ],
)
def test_what_lies_unsold_keeps_its_period(question: str, args: dict[str, Any]) -> None:
    assert only(question) == ("dead_stock", args)


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("which stores are overstocked on beverages", {"department": "beverages", "by": "store"}),
        ("what are we overstocked on in beverages at Harbor Point",
         {"department": "beverages", "stores": "Harbor Point"}),
        ("overstock of Meat by department", {"department": "Meat", "by": "department"}),
    ],
)  # fmt: skip
def test_overstock_of_a_kind_of_goods_keeps_its_split(question: str, args: dict[str, Any]) -> None:
    assert only(question) == ("overstock", args)


@pytest.mark.parametrize(
    ("question", "day"),
    [("do i need more people on saturday?", "saturday"), ("how many cashiers do we need on sundays", "sundays"),
     ("when should i put an extra cashier on", None)],
)  # fmt: skip
def test_who_is_needed_when_is_answered_with_what_is_known(question: str, day: str | None) -> None:
    decided = plan(question, (), AROUND)
    assert [name for name, _ in decided.calls] == ["peak_times", "sales_summary"]
    assert decided.calls[0][1].get("weekday") == day
    assert "How many people a shift needs I cannot say" in decided.text


def test_people_are_not_ranked_nor_named() -> None:
    assert "records about individual people" in plan("who worked the most hours last week", (), AROUND).text
    decided = plan("who was on shift yesterday", (), AROUND)
    assert decided.calls == (("store_conditions", {"period": "yesterday"}),)
    assert "I name no single people" in decided.text


def test_more_customers_are_two_periods_of_what_is_counted() -> None:
    figures = ["transactions", "visitors"]
    assert only("did we get more customers this month?") == (
        "compare_periods",
        {"period": "this month", "metrics": figures},
    )
    name, args = only("more customers last week than the week before at Harbor Point")
    assert (name, args["stores"], args["compare_to"]) == ("compare_periods", "Harbor Point", "week before")


@pytest.mark.parametrize(
    ("question", "stores"),
    [
        ("and in the other harbor store?", "Harbor Street"),
        ("and the other stores?", "Market Street and Harbor Street"),
    ],
)
def test_the_other_store_is_the_one_not_named(question: str, stores: str) -> None:
    assert only(question, YESTERDAY)[1] == {"period": "yesterday", "stores": stores}


def test_both_stores_of_a_name_and_one_of_mine() -> None:
    assert only("out of stock in Deli at both harbor stores")[1]["stores"] == "Harbor Point and Harbor Street"
    assert only("which of my stores had the best sunday") == ("sales_summary", {"period": "sunday", "by": "store"})


def test_a_greeting_is_no_part_of_the_question() -> None:
    assert only("hi there, sales yesterday?") == ("sales_summary", {"period": "yesterday"})
    assert plan("hello team", (), AROUND).text.startswith("Hello!")
    assert only("morning sales on friday")[1]["where"] == [{"dimension": "hour", "values": ["5-12"]}]


def test_a_part_takes_of_the_part_before_only_what_its_tool_knows() -> None:
    calls = dict(plan("how were sales yesterday at Harbor Point and what is out of stock", (), AROUND).calls)
    assert calls["out_of_stock"] == {"stores": "Harbor Point"}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("which department has the worst margin", "gross_margin_pct"),
        ("which store makes the most profit", "gross_margin"),
    ],
)
def test_a_margin_is_ranked_as_a_rate_and_a_profit_as_money(question: str, first: str) -> None:
    assert only(question)[1]["metrics"][0] == first


@pytest.mark.parametrize(("question", "by"), [
    ("forecast next week by store", "store"),
    ("which department will sell the most tomorrow", "department"),
])  # fmt: skip
def test_an_outlook_is_split_by_store_or_department(question: str, by: str) -> None:
    name, args = only(question)
    assert (name, args["by"]) == ("sales_outlook", by)
