"""What a question takes from the answer before it: the names it points at, its days and stores, and never a guess."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.pointing import with_things_named
from agent.conversation.planner.threads.remembered import Call, calls_leant_on
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Deli", "Produce", "Grocery"),
)
PRODUCTS = {
    "text": "Best of 90 products.",
    "table": {
        "columns": ["Product", "Net sales (USD)"],
        "rows": [["Milk, 1 ga, store brand #10297", 9], ["Soup #88", 5]],
    },
}
DEPARTMENTS = {
    "text": "Net sales by department.",
    "table": {"columns": ["Department", "Net sales (USD)"], "rows": [["Grocery", 90], ["Produce", 40], ["Deli", 5]]},
}


def before(name: str, document: dict[str, Any], **args: Any) -> tuple[Call, ...]:
    return (Call(name, args, document),)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("how much margin do we make on the first one", 'how much margin do we make on "10297"'),
        ("mark down the second product by 10%", 'mark down "Soup #88" by 10%'),
        ("how long will number 2 last", 'how long will "Soup #88" last'),
        ("mark down the worst one by 10%", 'mark down "Soup #88" by 10%'),
        ("mark down the best one by 10%", 'mark down "10297" by 10%'),
        ("how many do we have left of the first one", 'how many "10297" do we have left'),
        ("tell me about the fourth one", "tell me about the fourth one"),
        ("which is the worst one?", "which is the worst one?"),
        ('how is "the first one" doing', 'how is "the first one" doing'),
    ],
)
def test_a_row_that_is_pointed_at_gets_its_name(question: str, named: str) -> None:
    assert with_things_named(question, before("top_products", PRODUCTS, period="last week")) == named


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("top products in that department", "top products in Grocery"),
        ("top products in the third department", "top products in Deli"),
        ("top products in the second one", "top products in Produce"),
    ],
)
def test_a_department_is_named_as_people_write_it(question: str, named: str) -> None:
    assert with_things_named(question, before("sales_breakdown", DEPARTMENTS, by="department")) == named


def test_a_row_is_looked_at_in_the_days_it_was_listed_for() -> None:
    listed = before("top_products", PRODUCTS, period="last week")
    ((name, args),) = plan("how much margin do we make on the first one", listed, AROUND).calls
    assert (name, args["product"], args["period"]) == ("sales_summary", "10297", "last week")
    ((name, args),) = plan("how many do we have left of the first one", listed, AROUND).calls
    assert (name, args) == ("stock_levels", {"product": "10297"})


def test_nothing_is_named_after_a_question_back_or_a_failure() -> None:
    asked = before("sales_summary", {"error": "Which one?", "options": ["Milk A", "Milk B"]}, product="milk")
    assert with_things_named("the first one", asked) == "the first one"
    failed = before("sales_summary", {"error": "No product fits “milc”."}, product="milc")
    assert with_things_named("how much of it is left", failed) == "how much of it is left"


def test_it_is_the_product_in_question() -> None:
    milk = before("stock_levels", {"text": "Stock of milk."}, product="oat milk")
    ((name, args),) = plan("order 12 of it for Harbor Point", milk, AROUND).calls
    assert (name, args["lines"]) == ("propose_purchase_order", [{"product": "oat milk", "quantity": "12"}])
    ((name, args),) = plan("how long will that last", milk, AROUND).calls
    assert (name, args) == ("stock_cover", {"product": "oat milk"})


@pytest.mark.parametrize("question", ["what's the shrink on it", "how much did it cost us"])
def test_it_without_anything_in_question_is_asked_for(question: str) -> None:
    decided = plan(question, before("campaign_facts", {"text": "352 coupons."}, show="coupons"), AROUND)
    assert decided.calls == ()
    assert decided.text == "I am not sure what “it” is here. Name it, and I look it up."


def test_rows_of_a_list_are_not_taken_for_the_whole_range() -> None:
    decided = plan("which of those sells fastest", before("stockout_risk", PRODUCTS), AROUND)
    assert decided.calls == ()
    assert decided.text.startswith("I cannot pick from the rows of the answer above")


def test_a_margin_on_both_is_not_the_margin_of_one() -> None:
    decided = plan("margin on both", before("sales_summary", {"text": "$5."}, product="cheese"), AROUND)
    assert (decided.calls, decided.text) == ((), "Name the two, please: the answer above was about one.")


def test_somebody_who_sees_one_store_is_told_so() -> None:
    alone = replace(AROUND, stores=AROUND.stores[:1])
    sales = before("sales_summary", {"text": "$5."}, period="yesterday")
    assert plan("compare with other stores", sales, alone).text.startswith("You only see Market Street")
    ((name, args),) = plan("compare with other stores", sales, AROUND).calls
    assert (name, args) == ("sales_summary", {"period": "yesterday", "by": "store"})


def test_a_question_with_days_of_its_own_takes_nothing_over() -> None:
    harbor = before("sales_summary", {"text": "$5."}, period="last week", stores="Harbor Point")
    ((_, args),) = plan("what were the best sellers yesterday", harbor, AROUND).calls
    assert (args["period"], args.get("stores")) == ("yesterday", None)


def test_an_order_that_was_refused_is_not_amended() -> None:
    refused = before("propose_price_change", {"error": "No product fits."}, product="bananas", percent=-20)
    assert all(name != "propose_price_change" for name, _ in plan("actually 25%", refused, AROUND).calls)


def test_several_lines_are_not_changed_by_one_number() -> None:
    lines = [{"product": "milk", "quantity": "3"}, {"product": "eggs", "quantity": "3"}]
    filed = before("propose_purchase_order", {"text": "Proposed."}, lines=lines)
    assert all(name != "propose_purchase_order" for name, _ in plan("make it 5", filed, AROUND).calls)


def turn(question: str, name: str, args: dict[str, Any], document: dict[str, Any]) -> list[BaseMessage]:
    call = {"name": name, "args": args, "id": f"c-{question}", "type": "tool_call"}
    return [
        HumanMessage(question),
        AIMessage("", tool_calls=[call]),
        ToolMessage(json.dumps(document), tool_call_id=f"c-{question}"),
        AIMessage("said"),
    ]


def test_a_turn_that_failed_is_passed_over_unless_its_word_is_said_again() -> None:
    said = [
        *turn("sales last week", "sales_summary", {"period": "last week"}, {"text": "$5."}),
        *turn("of oat milc", "sales_summary", {"product": "oat milc"}, {"error": "No product fits “oat milc”."}),
    ]
    assert [call.args for call in calls_leant_on(said, "and by store?")] == [{"period": "last week"}]
    assert [call.args for call in calls_leant_on(said, "oat milk")] == [{"product": "oat milc"}]
    asked = turn("at harbor", "sales_summary", {"stores": "harbor"}, {"error": "Which?", "options": ["A", "B"]})
    assert calls_leant_on([*said, *asked], "the second one")[0].document["options"] == ["A", "B"]
    assert calls_leant_on([], "why") == ()
