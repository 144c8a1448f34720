"""Threads of several messages: what stands, what found nothing, rows of earlier lists, parts that were lacking."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from agent.conversation.context import OFFERED
from agent.conversation.planner.model import reply
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.bare_orders import WHICH
from agent.conversation.planner.threads.completing import completed
from agent.conversation.planner.threads.next_message import both_turns, nothing_found, orders, standing
from agent.conversation.planner.threads.next_message.named import WHICH_OF_THEM, with_goods_named
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, Found, calls_after
from tests.support.turns import turn_of

LIST = {"text": "2 of them.", "table": {"columns": ["Product"], "rows": [["Milk #10297"], ["Soup #88001"]]}}
ROWS = {"text": "Net sales.", "table": {"columns": ["Measure", "Value"], "rows": [["Net sales", 9], ["Units", 4]]}}


def after(question: str, name: str, document: dict[str, Any] | None = None, **args: Any) -> Found:
    return calls_after(question, name, args, document)


def named(question: str, name: str, args: dict[str, Any], *before: Call) -> Any:
    return with_goods_named(question, Plan(((name, args),)), before)


def test_a_word_that_points_is_never_the_name_of_goods() -> None:
    of_milk = Call("sales_summary", {"product": "10297"}, {"text": "So."}, "")
    change = {"product": "its", "percent": 5}
    assert named("raise its price 5%", "propose_price_change", change, of_milk).calls[0][1]["product"] == "10297"
    assert named("raise its price 5%", "propose_price_change", change).text == WHICH
    assert named("count it tomorrow", "propose_count_task", {"product": "it"}).text == WHICH
    assert named("order less", "reorder_suggestions", {"product": "less"}, of_milk).unread
    assert named("extend it", "promotion_lift", {"product": "extend"}, of_milk).unread
    assert named("raise milk 5%", "propose_price_change", {"product": "milk"}).calls


def test_figures_of_everything_are_no_answer_about_the_rows_of_a_list() -> None:
    listed = Call("new_products", {}, LIST, "new products")
    assert named("is it in stock", "stock_levels", {}, listed).text == WHICH_OF_THEM.format(word="it")
    assert named("is it in stock", "stock_levels", {"product": "10297"}, listed).calls
    assert named("who buys that", "customer_visits", {}, listed).text == WHICH_OF_THEM.format(word="that")
    assert named("how much is it", "find_products", {"text": "it"}).text == WHICH
    change = {"department": "it", "percent": -20}
    deli = Call("sales_summary", {"department": "Deli"}, {"text": "So."}, "")
    assert named("mark down everything in it 20%", "propose_price_list", change).text == WHICH
    assert named("mark down everything in it 20%", "propose_price_list", change, deli).calls[0][1] == {
        "department": "Deli", "percent": -20,
    }  # fmt: skip
    assert named("show it by store", "sales_summary", {"by": "store"}, listed).calls


def thread(*turns: list[BaseMessage], last: str) -> AIMessage:
    return reply([message for turn in turns for message in turn] + [HumanMessage(last)])


def answered(question: str, name: str, args: dict[str, Any], document: dict[str, Any]) -> list[BaseMessage]:
    asked, call, found = turn_of(question, (name, args, document))
    assert isinstance(call, AIMessage)
    assert isinstance(found, ToolMessage)
    own = f"call of {question}"
    calls = [{**call.tool_calls[0], "id": own}]
    return [
        asked,
        AIMessage("", tool_calls=calls),
        ToolMessage(found.content, tool_call_id=own),
        AIMessage("So it is."),
    ]


OUT = answered("what is out", "out_of_stock", {}, LIST)
ORDER = {"lines": [{"product": "milk", "quantity": "12"}], "store": "Harbor Point"}
FILED = answered("order 12 milk", "propose_purchase_order", ORDER, {"text": "Proposed."})
ASKED = answered(
    "order 12 milk", "propose_purchase_order", {"lines": ORDER["lines"]},
    {"error": "Which store?", "options": ["Market Street", "Harbor Point"]},
)  # fmt: skip


@pytest.mark.parametrize("word", ["yes", "do it", "ok do it", "go ahead"])
def test_yes_says_what_waits_and_what_does_not(word: str) -> None:
    assert thread(OUT, last=word).text == standing.NOTHING_WAITS
    assert thread(FILED, last=word).text == standing.FILED
    assert thread(ASKED, last=word).text == standing.WHICH_ONE.format(options="Market Street or Harbor Point")


@pytest.mark.parametrize("word", ["never mind", "forget it", "drop it", "cancel that", "no thanks"])
def test_never_mind_says_whether_something_stands(word: str) -> None:
    assert thread(OUT, last=word).text == standing.ALL_RIGHT
    assert thread(ASKED, last=word).text == standing.LEFT_OPEN
    assert thread(FILED, last=word).text == standing.STILL_FILED
    assert thread(FILED, OUT, last=word).text == standing.STILL_FILED


@pytest.mark.parametrize("word", ["undo", "undo that", "put it back", "change it back"])
def test_undo_says_whether_something_was_filed(word: str) -> None:
    assert thread(OUT, last=word).text == standing.NOTHING_TO_UNDO
    assert thread(FILED, OUT, last=word).text == standing.UNDONE_ON_ITS_CARD


def test_which_one_behind_a_question_back_names_the_choices_again() -> None:
    assert thread(ASKED, last="which one").text == standing.WHICH_ONE.format(options="Market Street or Harbor Point")
    offered = AIMessage("Did you mean?", response_metadata={OFFERED: ["sales by day", "sales by week"]})
    assert "“sales by day” or “sales by week”" in thread([HumanMessage("sales"), offered], last="yes").text


NOTHING = answered("shrink last month", "shrink_and_waste", {}, {"error": "No stock changes are recorded."})


@pytest.mark.parametrize("word", ["what item", "at which store", "why", "show me the biggest"])
def test_a_rest_behind_an_answer_that_found_nothing_is_said_to_be_one(word: str) -> None:
    assert thread(NOTHING, last=word).text == nothing_found.FOUND_NOTHING


def test_what_is_drawn_is_the_last_answer_that_was_one() -> None:
    sales = answered("sales by day", "sales_summary", {"by": "day"}, {"text": "So."})
    (call,) = thread(sales, NOTHING, last="chart it").tool_calls
    assert (call["name"], call["args"]) == ("sales_summary", {"by": "day"})
    assert thread(NOTHING, last="chart it").text == nothing_found.NOTHING_TO_DRAW


def test_a_row_of_the_list_shown_before_is_found_behind_another_answer() -> None:
    best = answered("top sellers", "top_products", {"department": "dairy"}, LIST)
    margin = answered("margin on the first", "sales_summary", {"product": "10297", "metrics": ["gross_margin"]}, ROWS)
    (call,) = thread(best, margin, last="and the second one").tool_calls
    assert (call["name"], call["args"]) == ("sales_summary", {"product": "88001", "metrics": ["gross_margin"]})
    (call,) = thread(best, margin, last="raise the second one 5%").tool_calls
    assert (call["name"], call["args"]["product"]) == ("propose_price_change", "88001")


def test_the_product_that_an_order_lacked_completes_it() -> None:
    worst = answered("worst sellers", "top_products", {"order": "bottom"}, LIST)
    lacking = [HumanMessage("mark it down 20%"), AIMessage("Which product do you mean? Name it, or give its SKU.")]
    (call,) = thread(worst, lacking, last="the second one").tool_calls
    assert (call["name"], call["args"]) == ("propose_price_change", {"product": "88001", "percent": -20})
    forty = [HumanMessage("order 40"), AIMessage(WHICH)]
    (call,) = thread(worst, forty, last="fluid milk").tool_calls
    assert call["args"] == {"lines": [{"product": "fluid milk", "quantity": "40"}]}
    assert all(call["name"] != "propose_purchase_order" for call in thread(worst, forty, last="order less").tool_calls)


def test_a_store_is_added_to_a_change_that_was_offered() -> None:
    offered = AIMessage("Do you mean “order 3 cola”?", response_metadata={OFFERED: ["order 3 cola"]})
    before = [HumanMessage("i need 3 more cases of cola"), offered]
    assert completed("at harbor point", before) == "order 3 cola at harbor point"
    assert completed("sales at harbor point", before) == ""


def test_when_buyers_come_is_no_delivery_and_a_refused_change_is_tried_at_another_store() -> None:
    ((name, _),) = after("when do they come", "customer_visits", product="beer", period="last week")
    assert name == "sales_breakdown"
    assert after("how often do they come", "top_customers", LIST) == [("customer_visits", {})]
    refused = {"error": "Maple Avenue has no POS connection."}
    change = {"product": "10297", "percent": -30, "store": "Maple Avenue"}
    assert after("at market street", "propose_price_change", refused, **change) == [
        ("propose_price_change", {**change, "store": "Market Street"})
    ]
    line = {"lines": [{"product": "10297", "quantity": "6"}], "store": "Maple Avenue"}
    before = (Call("propose_purchase_order", line, refused, "before"),)
    assert plan("make it 4", before, AROUND).text == orders.NONE_OPEN.format(number="4")


@pytest.mark.parametrize(("question", "said"), [("is it always", "always"), ("is that realistic", "realistic")])
def test_a_word_of_the_talk_is_no_name_of_goods(question: str, said: str) -> None:
    taken = Plan((("sales_summary", {"product": said, "period": "last week"}),))
    before = (Call("sales_summary", {"period": "last week"}, {"text": "So."}, "sales last week"),)
    assert said in with_goods_named(question, taken, before).text
    assert with_goods_named("Always", Plan((("find_products", {"product": "Always"}),)), before).calls
    assert with_goods_named("milk", Plan((("sales_summary", {"product": "milk"}),)), before).calls


def sold(question: str, **args: Any) -> list[BaseMessage]:
    return answered(question, "sales_summary", {"metrics": ["transactions"], "period": "saturday", **args}, ROWS)


@pytest.mark.parametrize("question", ["basket size for both", "and the basket of the two"])
def test_two_that_were_asked_one_by_one_are_told_together(question: str) -> None:
    asked = both_turns.of_both(
        question, [*sold("at station rd", stores="Market Street"), *sold("and harbor point", stores="Harbor Point")]
    )
    assert asked is not None
    assert asked.calls[0][1] == {
        "metrics": ["average_transaction_value"], "period": "saturday", "stores": "Market Street and Harbor Point",
        "by": "store",
    }  # fmt: skip


def test_both_of_two_departments_and_of_two_that_differ_in_more() -> None:
    deli, produce = sold("deli", department="Deli"), sold("and produce", department="Produce")
    asked = both_turns.of_both("both", [*deli, *produce])
    assert asked is not None
    ((name, args),) = asked.calls
    assert (name, args["by"]) == ("sales_breakdown", "department")
    assert args["where"] == [{"dimension": "department", "values": ["Deli", "Produce"]}]
    other = sold("harbor point on friday", stores="Harbor Point", period="friday")
    assert both_turns.of_both("both", [*sold("market", stores="Market Street"), *other]) is None
    assert both_turns.of_both("milk and eggs for both", [*deli, *produce]) is None
    assert both_turns.of_both("both", deli) is None
