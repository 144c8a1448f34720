"""Questions of the shop floor: what lies unsold, who is needed when, more customers, the other store, days to come."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import by_rules, plan
from agent.conversation.planner.threads.remembered import Call
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


def test_hours_and_overtime_of_people_are_told_and_their_pay_is_not() -> None:
    worked = {"show": "worked", "period": "last week"}
    assert only("who worked the most hours last week") == ("attendance", {**worked, "order": "most"})
    assert only("how many hours did Ellis work last week") == ("attendance", {**worked, "person": "Ellis"})
    assert only("how many hours did Harbor Point work last week") == (
        "sales_summary", {"metrics": ["labour_hours"], "period": "last week", "stores": "Harbor Point"},
    )  # fmt: skip
    assert only("who worked the most overtime last week") == ("attendance", {"show": "overtime", "period": "last week"})
    assert by_rules("who was paid the most overtime last week", (), AROUND).calls == ()
    assert only("who was on shift yesterday") == ("attendance", {"show": "worked", "period": "yesterday"})
    assert only("how many people were on duty yesterday") == ("store_conditions", {"period": "yesterday"})


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
    assert only("which of my stores had the best sunday") == (
        "sales_summary",
        {"period": "sunday", "by": "store"},
    )


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


@pytest.mark.parametrize(
    ("order", "name", "args"),
    [
        ("order 20 more bananas", "propose_purchase_order", {"lines": [{"product": "bananas", "quantity": "20"}]}),
        ("need 3 bananas by friday", "propose_purchase_order",
         {"lines": [{"product": "bananas", "quantity": "3"}], "due": "friday"}),
        ("strawberries 20% off till sunday pls", "propose_price_change",
         {"product": "strawberries", "until": "sunday", "percent": -20}),
        ("we threw out 6 bananas, mouldy", "propose_stock_adjustment",
         {"product": "bananas", "change": "-6", "why": "waste"}),
        ("count the deli stuff tomorrow", "propose_count_task", {"place": "deli", "due": "tomorrow"}),
        ("task for the team: clean the freezer by tonight", "propose_store_task",
         {"title": "Clean the freezer", "type": "cleaning", "place": "the freezer", "due": "tonight",
          "assignee": "the team"}),
        ("remind everyone to check expiry dates", "propose_store_task",
         {"title": "Check expiry dates", "type": "general", "assignee": "everyone"}),
    ],
)  # fmt: skip
def test_orders_as_they_are_typed(order: str, name: str, args: dict[str, Any]) -> None:
    assert only(order) == (name, args)


def test_cases_are_taken_as_pieces_and_it_is_said() -> None:
    assert "Quantities are pieces" in plan("order 3 cases of bananas", (), AROUND).text


@pytest.mark.parametrize("order", ["order 20 more of it", "order 20 more of item", "transfer 5 things to Harbor Point"])
def test_an_order_without_a_name_asks_for_it(order: str) -> None:
    decided = plan(order, (), AROUND)
    assert decided.calls == ()
    assert decided.text.startswith("Which product do you mean?")


def test_a_set_that_would_have_to_be_chosen_is_shown_and_nothing_is_filed() -> None:
    decided = plan("mark down all dead stock in deli by 30%", (), AROUND)
    assert decided.calls == (("dead_stock", {"department": "Deli"}),)
    assert decided.text.startswith("Nothing was filed")
    assert not any(letter.isdigit() for letter in decided.text)  # a number that no tool gave would be cut out


@pytest.mark.parametrize(
    ("question", "said"),
    [("what cant you do", "What I do not do"), ("can you change prices yourself?", "No. I only file a proposal")],
)
def test_what_it_does_not_do_is_said_outright(question: str, said: str) -> None:
    assert plan(question, (), AROUND).text.startswith(said)


@pytest.mark.parametrize(
    ("question", "name", "args"),
    [
        ("whats low in meat", "stockout_risk", {"department": "Meat"}),
        ("what should harbor street send to harbor point", "transfer_candidates",
         {"giver": "Harbor Street", "taker": "Harbor Point"}),
        ("what % of visitors bought something last week by store", "sales_summary",
         {"metrics": ["conversion"], "period": "last week", "by": "store"}),
        ("which store gives the most discounts last week", "sales_summary",
         {"metrics": ["discounts"], "period": "last week", "by": "store"}),
        ("how many refunds last week", "refunds_and_voids", {"show": "refunds", "period": "last week"}),
        ("sales yest, lw same day, and pct chg", "compare_periods",
         {"period": "yesterday", "compare_to": "same day last week"}),
    ],
)  # fmt: skip
def test_short_ways_of_asking(question: str, name: str, args: dict[str, Any]) -> None:
    assert only(question) == (name, args)


WORST = (
    Call(
        "underperforming_stores",
        {"period": "this month"},
        {"table": {"columns": ["Store", "Net sales (USD)"], "rows": [["Harbor Point", "1"], ["Market Street", "2"]]}},
    ),
)


def test_a_store_that_an_answer_singled_out_is_the_one_spoken_of() -> None:
    assert only("why", WORST) == ("explain_change", {"period": "this month", "stores": "Harbor Point"})
    before = (Call("sales_summary", {"period": "last week", "stores": "Harbor Point"}, {"text": "…"}),)
    assert only("show me its top 5 products", before) == (
        "top_products", {"limit": 5, "stores": "Harbor Point", "period": "last week"},
    )  # fmt: skip
    assert only("its departments by margin", before)[1]["by"] == "department"


def test_a_part_of_the_range_keeps_the_split_by_store() -> None:
    before = (Call("sales_summary", {"period": "last week", "by": "store", "metrics": ["net_sales"]}, {"text": "…"}),)
    assert only("only produce", before)[1]["by"] == "store"


@pytest.mark.parametrize(
    ("question", "name", "args"),
    [
        ("stuff in stock that hasnt sold since halloween", "dead_stock", {"period": "since halloween"}),
        ("sales since halloween", "sales_summary", {"period": "since halloween"}),
        ("which categories have only one product", "range_counts", {"by": "category", "at_least": 1, "at_most": 1}),
        ("whats tomorrow looking like at each store", "sales_outlook", {"by": "store", "period": "tomorrow"}),
        ("is milk on promo this week", "promotions_running", {"period": "this week", "department": "milk"}),
        ("any refunds yesterday?", "refunds_and_voids", {"show": "refunds", "period": "yesterday"}),
        ("the oven is broken, tell maintenance", "propose_store_task",
         {"title": "Look after: oven broken", "type": "general"}),
    ],
)  # fmt: skip
def test_more_short_ways_of_asking(question: str, name: str, args: dict[str, Any]) -> None:
    assert only(question) == (name, args)


def test_what_stock_outs_cost_and_the_other_end_of_a_split() -> None:
    gone = (Call("out_of_stock", {"department": "Deli"}, {"text": "…"}),)
    assert only("how much are we losing because of that", gone) == ("lost_sales", {"department": "Deli"})
    split = (Call("sales_summary", {"period": "last week", "by": "store", "metrics": ["transactions"]}, {"text": "…"}),)
    assert only("which one is lowest", split) == (split[0].name, split[0].args)
