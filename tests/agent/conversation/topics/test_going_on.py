"""What a thread adds: a missing part said later, a choice among stores or products, “it” and “the second one”."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from agent.conversation.planner.completing import completed
from agent.conversation.planner.plan import plan
from agent.conversation.planner.thread import Call
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Deli", "Produce"),
)
STORES = ["Market Street (S01)", "Harbor Point (S02)"]


def asked_back(name: str, args: dict[str, Any], options: list[str]) -> tuple[Call, ...]:
    return (Call(name, args, {"error": "Which one?", "options": options}),)


@pytest.mark.parametrize(
    ("order", "then", "whole"),
    [
        ("mark down bananas", "by 10%", "mark down bananas by 10%"),
        ("mark down bananas", "10 %", "mark down bananas by 10 %"),
        (
            "transfer bananas to Harbor Point",
            "10 from Market Street",
            "transfer 10 bananas to Harbor Point from Market Street",
        ),
        ("order more bananas", "24 for Harbor Point", "order 24 bananas for Harbor Point"),
        (
            "schedule Sam for Saturday",
            "from 9 to 5 at Harbor Point",
            "schedule Sam for Saturday from 9 to 5 at Harbor Point",
        ),
    ],
)
def test_a_part_that_was_missing_completes_the_order(order: str, then: str, whole: str) -> None:
    reply = AIMessage(plan(order, (), AROUND).text)
    joined = completed(then, [HumanMessage(order), reply])
    assert joined == whole
    assert next(name for name, _ in plan(joined, (), AROUND).calls).startswith("propose_")


def test_a_question_of_its_own_completes_nothing() -> None:
    before = [HumanMessage("mark down bananas"), AIMessage("I need it. Nothing was filed.")]
    assert completed("how did we do yesterday?", before) == ""
    assert completed("by 10%", [HumanMessage("sales yesterday"), AIMessage("Net sales were $5.")]) == ""


@pytest.mark.parametrize("tool", ["propose_store_task", "propose_promotion", "propose_count_task"])
def test_a_chosen_store_goes_where_the_tool_takes_it(tool: str) -> None:
    calls = plan("Market Street", asked_back(tool, {"title": "Restock"}, STORES), AROUND).calls
    assert calls == ((tool, {"title": "Restock", "store": "Market Street (S01)"}),)


def test_a_chosen_product_takes_the_place_of_its_phrase() -> None:
    options = ["Bananas, 40 lb #1", "Bananas, 8 oz #2"]
    price = asked_back(
        "propose_price_change", {"product": "bananas", "percent": -10, "store": "Harbor Point (S02)"}, options
    )
    ((_, args),) = plan("the second one", price, AROUND).calls
    assert args == {"product": "Bananas, 8 oz #2", "percent": -10, "store": "Harbor Point (S02)"}
    lines = [{"product": "oat milk", "quantity": "2"}, {"product": "bananas", "quantity": "10"}]
    order = asked_back(
        "propose_transfer", {"lines": lines, "to_store": "Harbor Point", "store": "Market Street"}, options
    )
    ((_, args),) = plan("the first one", order, AROUND).calls
    assert args["lines"] == [lines[0], {"product": "Bananas, 40 lb #1", "quantity": "10"}]
    assert args["to_store"] == "Harbor Point"


def test_a_giver_is_asked_for_beside_a_taker_that_is_known() -> None:
    asked = asked_back("propose_transfer", {"lines": [], "to_store": "Harbor Point"}, STORES)
    ((_, args),) = plan("Market Street", asked, AROUND).calls
    assert (args["to_store"], args["store"]) == ("Harbor Point", "Market Street (S01)")


def test_it_and_the_first_one_are_products_of_the_answer_before() -> None:
    table = {"columns": ["Product", "Store"], "rows": [["Butter #7", "Harbor Point"], ["Eggs #8", "Harbor Point"]]}
    before = (Call("stockout_risk", {"stores": "Harbor Point"}, {"text": "Two run out.", "table": table}),)
    ((name, args),) = plan("how many should I order of the second one?", before, AROUND).calls
    assert (name, args["product"]) == ("reorder_suggestions", "Eggs #8")
    ((name, args),) = plan("order 10 of the first one for Harbor Point", before, AROUND).calls
    assert (name, args["lines"]) == ("propose_purchase_order", [{"product": "Butter #7", "quantity": "10"}])
    assert "Which product" in plan("should I reorder it?", before, AROUND).text


def test_other_amounts_ask_the_same_again() -> None:
    before = (Call("largest_transactions", {"over": "100", "period": "last week"}, {"text": "153 of 2,923."}),)
    assert plan("and under $10?", before, AROUND).calls == (
        ("largest_transactions", {"period": "last week", "under": "10"}),
    )
