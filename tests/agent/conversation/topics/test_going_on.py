"""What a thread adds: a missing part said later, a choice among stores or products, “it” and “the second one”."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from agent.conversation.context import OFFERED
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.completing import completed
from agent.conversation.planner.threads.remembered import Call
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


@pytest.mark.parametrize("said", ["yes", "Yes please", "ok, do it", "go ahead", "another one", "no", "yes but 5"])
def test_yes_to_one_plain_sentence_that_is_offered_is_that_sentence(said: str) -> None:
    decided = plan("ham to 3.99", (), AROUND)
    reply = AIMessage(decided.text, response_metadata={OFFERED: list(decided.offered)})

    agreed = said in ("yes", "Yes please", "ok, do it", "go ahead")
    assert completed(said, [HumanMessage("ham to 3.99"), reply]) == (decided.offered[0] if agreed else "")
    assert completed("yes", [HumanMessage("sales yesterday"), AIMessage("Net sales were $5.")]) == ""
    several = AIMessage("Which?", response_metadata={OFFERED: ["sales yesterday", "sales last week"]})
    assert completed("yes", [HumanMessage("numbers"), several]) == ""


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


def test_why_asks_about_the_department_that_was_asked_for() -> None:
    told = {"text": "Net sales up 3 %. Largest rise: Deli, $90.00, up 2 %. Largest fall: Produce, $50.00, down 4 %."}
    args = {"by": "department", "period": "last week"}
    fell = (Call("compare_periods", args, told, "which department dropped the most last week"),)
    rose = (Call("compare_periods", args, told, "Which department grew most last week?"),)
    whole = (Call("compare_periods", args, told, "last week against the week before by department"),)
    assert plan("why?", fell, AROUND).calls == (("explain_change", {"department": "Produce", "period": "last week"}),)
    assert plan("why?", rose, AROUND).calls == (("explain_change", {"department": "Deli", "period": "last week"}),)
    assert plan("why?", whole, AROUND).calls == (("explain_change", {"period": "last week"}),)


def test_a_figure_of_one_row_of_a_ranking_is_of_that_product() -> None:
    table = {
        "columns": ["Rank (count)", "Product (text)"],
        "rows": [[1, "Gas (coupon/misc items), store brand #6534178"]],
    }
    ranked = (Call("top_products", {"period": "last week", "stores": "Harbor Point"}, {"table": table}),)
    wanted = {"period": "last week", "stores": "Harbor Point", "product": "6534178", "metrics": ["gross_margin"]}
    assert plan("margin on the first one", ranked, AROUND).calls == (("sales_summary", wanted),)


def test_a_shift_is_changed_while_it_is_asked_in_which_store() -> None:
    args = {"employee": "Maria", "day": "saturday", "start": "8", "end": "4"}
    waiting = asked_back("propose_shift", args, STORES)
    assert plan("make it 9 to 5", waiting, AROUND).calls == (("propose_shift", {**args, "start": "9", "end": "5"}),)
    assert plan("Harbor Point", waiting, AROUND).calls[0][1]["store"] == "Harbor Point (S02)"


def test_a_price_is_changed_while_it_is_asked_which_product() -> None:
    waiting = asked_back("propose_price_change", {"product": "eggs", "price": "3.29"}, ["Eggs, large", "Eggs, jumbo"])
    assert plan("actually 3.19", waiting, AROUND).calls == (
        ("propose_price_change", {"product": "eggs", "price": "3.19"}),
    )
    assert plan("2", waiting, AROUND).calls[0][1]["product"] == "Eggs, jumbo"


def test_that_day_is_the_end_that_was_asked_for() -> None:
    told = {"text": "Net sales last week: $9.00. Highest: Sun 22 Nov with $4.00; lowest: Thu 19 Nov with $1.00."}
    args = {"by": "day", "period": "last week"}
    worst = (Call("sales_summary", args, told, "which day was worst"),)
    best = (Call("sales_summary", args, told, "and the best day?"),)
    assert plan("who was working that day", worst, AROUND).calls[0][1]["period"] == "19 nov"
    assert plan("who was working that day", best, AROUND).calls[0][1]["period"] == "22 nov"


def test_why_asks_about_the_one_row_that_was_shown() -> None:
    args = {"by": "store", "top": 1, "period": "this month", "order": "bottom", "rank_by": "change"}
    table = {"columns": ["Store (text)", "Gross margin (USD)"], "rows": [["Harbor Point", "9.00"]]}
    shown = (Call("sales_breakdown", args, {"table": table}, "worst one"),)
    assert plan("why", shown, AROUND).calls == (("explain_change", {"period": "this month", "stores": "Harbor Point"}),)
