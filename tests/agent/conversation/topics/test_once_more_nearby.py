"""What leans on an answer by days, stores, sides or rows near it: “the Sunday before”, “both”, “who's last”."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.once_more import nearby
from agent.conversation.planner.threads.once_more.days_around import with_its_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import NamedStore
from tests.support import threads

AROUND = replace(threads.AROUND, stores=(*threads.AROUND.stores, NamedStore("S04", "Harbor Street", "South")))

SOLD, HELD, SPLIT, WHY = "sales_summary", "compare_periods", "sales_breakdown", "explain_change"


def call(name: str, args: dict[str, Any], question: str = "", **document: Any) -> Call:
    return Call(name, args, {"text": "Answered.", **document}, question)


def after(name: str, args: dict[str, Any], question: str) -> list[Any]:
    return [(tool, dict(taken)) for tool, taken in plan(question, (call(name, args),), AROUND).calls]


@pytest.mark.parametrize(
    ("period", "question", "said"),
    [
        ("yesterday", "was it like that the sunday before too?", "was it like that 15 november 2026 too?"),
        ("yesterday", "and the Saturday before", "and 21 november 2026"),
        ("saturday", "and the day before", "and 20 november 2026"),
        ("saturday", "the week before that", "14 november 2026"),
        ("the week before last", "and the week before that?", "and from 2 november 2026 to 8 november 2026?"),
        ("this month", "the month before", "in october 2026"),
        ("15 november 2026", "and the day after", "and 16 november 2026"),
    ],
)
def test_days_near_those_of_the_answer_are_dates(period: str, question: str, said: str) -> None:
    assert with_its_days(question, (call(SOLD, {"period": period}),), AROUND) == said


@pytest.mark.parametrize(
    ("period", "question"),
    [
        ("last week", "and the week before?"),
        ("yesterday", "compare that with the sunday before"),
        ("yesterday", "up on the sunday before?"),
        ("yesterday", "the week before thanksgiving"),
        ("last week", "and the day before"),
        ("today", "and the day after"),
    ],
)
def test_days_that_have_a_name_or_are_compared_stay_as_they_are(period: str, question: str) -> None:
    assert with_its_days(question, (call(SOLD, {"period": period}),), AROUND) == question


@pytest.mark.parametrize("question", ["ok and the district overall", "and for all stores together", "company wide?"])
def test_the_answer_of_all_stores(question: str) -> None:
    explained = {"period": "last week", "stores": "Market Street", "metric": "units"}
    assert after(WHY, explained, question) == [(WHY, {"period": "last week", "metric": "units"})]


@pytest.mark.parametrize(
    "question", ["how much is that in $", "in dollars", "in dollars not %", "what is that in money"]
)
def test_an_amount_of_money(question: str) -> None:
    fell = {"by": "department", "period": "last month", "compare_to": "the period before", "rank_by": "change_pct"}
    assert after(SPLIT, fell, question) == [(SPLIT, {**fell, "rank_by": "change"})]
    margin = {"metrics": ["gross_margin_pct"], "period": "last month"}
    assert after(SOLD, margin, question) == [(SOLD, {"metrics": ["gross_margin"], "period": "last month"})]


def test_items_or_price_of_a_basket_and_hours_or_rate_of_labour() -> None:
    basket = {"metrics": ["average_transaction_value"], "period": "nov so far", "stores": "Harbor Point"}
    ((name, args),) = after(SOLD, basket, "is that items or price")
    assert (name, args["stores"], args["period"]) == (HELD, "Harbor Point", "nov so far")
    assert args["metrics"] == ["average_transaction_value", "units_per_transaction", "average_selling_price"]
    labour = {"metrics": ["labour_cost_pct"], "period": "last week", "stores": "Harbor Street"}
    ((name, args),) = after(SOLD, labour, "hours or rate?")
    assert (name, args["metrics"][:2]) == (HELD, ["labour_cost_pct", "labour_hours"])
    assert after(SOLD, {"period": "last week", "department": "Deli"}, "price or volume?") == [
        (WHY, {"period": "last week", "department": "Deli"})
    ]


@pytest.mark.parametrize("question", ["hm why is harbor st basket bigger", "why is the harbor street basket so high"])
def test_why_a_basket_is_bigger_names_no_goods(question: str) -> None:
    two = {"period": "saturday", "stores": "Harbor Point and Harbor Street", "metrics": ["transactions"], "by": "store"}
    ((name, args),) = after(SOLD, two, question)
    assert (name, args["stores"], args["by"]) == (SOLD, "Harbor Point and Harbor Street", "store")
    assert args["metrics"][0] == "average_transaction_value"


def test_what_only_the_other_of_two_stores_sells() -> None:
    both = {"period": "saturday", "stores": "Harbor Point and Harbor Street", "by": "store"}
    before = (call(SOLD, both, "why is harbor st basket bigger"),)
    decided = plan("what do they buy there that we dont sell", before, AROUND)
    assert decided.calls == (("range_difference", {"stores": "Harbor Street", "not_at": "Harbor Point"}),)
    one = (call(SOLD, {"stores": "Harbor Street", "period": "saturday"}),)
    asked = plan("what do they have that we don't carry", one, AROUND)
    assert asked.calls == ()
    assert asked.text.startswith("Which two stores")


def test_who_is_last_and_whether_it_ever_was_first() -> None:
    growth = {
        "by": "store",
        "period": "last 4 weeks",
        "compare_to": "the period before",
        "rank_by": "change",
        "top": 10,
    }
    assert after(SPLIT, growth, "whos last") == [(SPLIT, {**growth, "order": "bottom", "top": 1})]
    assert after(SPLIT, growth, "which store is first") == [(SPLIT, {**growth, "order": "top", "top": 1})]
    ranked = {"period": "last week"}
    assert after("store_ranking", ranked, "who's at the bottom") == [("store_ranking", {**ranked, "order": "worst"})]
    assert plan("has it ever been first", (call(SPLIT, growth),), AROUND).text.startswith("Places of earlier times")


@pytest.mark.parametrize(("question", "hour"), [("whats going on at 3pm", "15"), ("what happened at 11", "11")])
def test_what_was_sold_in_an_hour(question: str, hour: str) -> None:
    hours = {"period": "yesterday", "stores": "Harbor Point", "metrics": ["net_sales"], "by": "hour"}
    ((name, args),) = after(SOLD, hours, question)
    assert (name, args["by"], args["stores"]) == (SPLIT, "department", "Harbor Point")
    assert args["where"] == [{"dimension": "hour", "values": [hour]}]


def test_since_when_a_store_is_over_and_who_is() -> None:
    labour = {"metrics": ["labour_cost_pct"], "period": "last week", "stores": "all stores"}
    assert after(SOLD, labour, "since when is harbor street over") == [
        (SOLD, {"metrics": ["labour_cost_pct"], "stores": "Harbor Street", "period": "last 12 weeks", "by": "week"})
    ]
    ((name, args),) = after(SOLD, labour, "whos over 11")
    assert (name, args["by"], args["having"]) == (SPLIT, "store", [{"metric": "labour_cost_pct", "over": "11"}])


def test_who_is_better_in_another_figure() -> None:
    two = {"period": "ytd", "stores": "Harbor Point and Harbor Street", "by": "store", "metrics": ["gross_margin"]}
    assert after(SOLD, two, "so who is better per labor hour") == [
        (SOLD, {**two, "metrics": ["sales_per_labour_hour"]})
    ]
    assert after(SOLD, two, "which one is ahead on transactions") == [(SOLD, {**two, "metrics": ["transactions"]})]


def test_who_gives_the_discounts() -> None:
    rate = {"metrics": ["discount_rate"], "period": "september", "by": "store"}
    assert after(SOLD, rate, "who at harbor point is giving the most") == [
        ("discounts_used", {"period": "september", "stores": "Harbor Point", "by": "employee"})
    ]
    ((name, args),) = after(SOLD, rate, "who at market is giving the most")
    assert (name, args["stores"]) == ("discounts_used", "market")


@pytest.mark.parametrize("question", ["which products are killing it", "which items are dragging it down"])
def test_goods_that_pull_a_margin_down(question: str) -> None:
    meat = {"period": "this month", "department": "Meat", "compare_to": "last month", "metrics": ["gross_margin_pct"]}
    ((name, args),) = after(HELD, meat, question)
    assert (name, args["by"], args["department"], args["compare_to"]) == (SPLIT, "product", "Meat", "last month")
    assert (args["metrics"], args["order"]) == (["gross_margin", "gross_margin_pct"], "bottom")


@pytest.mark.parametrize(
    "question",
    ["total sales of the district last month", "top items in produce yesterday", "how much is milk", "in percent"],
)
def test_whole_questions_and_other_short_ones_are_not_taken(question: str) -> None:
    assert nearby.read(question, call(SOLD, {"stores": "Market Street", "period": "yesterday"}), AROUND) is None
