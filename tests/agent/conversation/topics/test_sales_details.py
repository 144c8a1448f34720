"""Questions of two halves that are one question, and threads that go on about a sales detail."""

from __future__ import annotations

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Deli", "Produce"),
)


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("Show me every void over the last two weeks with the reason and who was working.", "refunds_and_voids"),
        ("When is today's biggest traffic hour, and how busy is it compared with opening?", "peak_times"),
        ("How many refunds were issued last week and for what reasons?", "refunds_and_voids"),
        ("refunds yesterday and why", "refunds_and_voids"),
    ],
)
def test_what_the_tool_answers_whole_is_answered_without_a_remark(question: str, tool: str) -> None:
    decided = plan(question, (), AROUND)
    assert [name for name, _ in decided.calls] == [tool]
    assert decided.text == ""


@pytest.mark.parametrize(
    ("name", "args", "question", "changed"),
    [
        ("tender_mix", {"period": "last week"}, "and by store?", {"period": "last week", "by": "store"}),
        ("tender_mix", {"period": "last week"}, "what about yesterday?", {"period": "yesterday"}),
        ("refunds_and_voids", {"show": "voids"}, "and at Harbor Point?", {"show": "voids", "stores": "Harbor Point"}),
    ],
)
def test_a_thread_goes_on_about_the_same_detail(
    name: str, args: dict[str, str], question: str, changed: dict[str, str]
) -> None:
    decided = plan(question, (Call(name, args, {"text": "Done."}),), AROUND)
    assert decided.calls == ((name, changed),)


def test_customers_who_bought_something_are_people_and_not_transactions() -> None:
    decided = plan("How many customers bought avocados last week?", (), AROUND)
    assert decided.calls == (("customer_visits", {"period": "last week", "product": "avocados"}),)
    assert plan("How many baskets held avocados last week?", (), AROUND).calls[0][0] == "basket_statistics"


@pytest.mark.parametrize(
    "question",
    [
        "void transaction 12345",
        "refund the last order",
        "any tips for selling more bread?",
        "who are my new customers",
        "how many products are below their price point target",
        "cash drawer differences last week",
        "sales without tax yesterday",
        "suspicious voids by cashier",
        "how much did we refund last week",
        "will card sales grow next month",
        "how much stock of gift wrap do we have",
    ],
)
def test_other_subjects_are_left_to_others(question: str) -> None:
    mine = {
        "tender_mix", "taxes_and_tips", "gift_cards", "refunds_and_voids", "find_transaction", "discounts_used",
        "basket_statistics", "new_and_returning", "price_bands", "private_label_share", "peak_times",
    }  # fmt: skip
    assert not mine & {name for name, _ in plan(question, (), AROUND).calls}


@pytest.mark.parametrize(
    ("question", "by"),
    [
        ("running total of net sales by store this month", ["day", "store"]),
        ("running total by department this month", ["day", "department"]),
        ("running total of sales by quarter last year", ["quarter"]),
        ("running total of net sales this month", ["day"]),
    ],
)
def test_a_running_total_keeps_the_split_that_was_asked_for(question: str, by: list[str]) -> None:
    (call,) = plan(question, (), AROUND).calls
    assert call[0] == "sales_breakdown"
    assert call[1]["running"] is True
    assert call[1]["by"].split(", ") == by
