"""What follows once the tools have answered: words that are no goods, a further try, and where it ends."""

from __future__ import annotations

from typing import Any

from agent.conversation.planner.afterwards.tries import MOST_TRIES
from agent.conversation.planner.learned import are_no_goods
from agent.conversation.planner.model import reply
from tests.agent.conversation.test_nearest_days import NO_WEEK, turn_of
from tools.errors import NO_SUCH_PRODUCT, NOT_YET

QUESTION = "Did the promotion cannibalize base sales?"
Try = tuple[str, dict[str, Any], dict[str, Any]]


def no_goods(tool: str, product: str) -> Try:
    return tool, {"product": product}, {"error": f"No product fits “{product}”.", "reason": NO_SUCH_PRODUCT}


def test_a_word_that_is_no_product_and_none_to_the_network_is_read_in_another_way() -> None:
    message = reply(turn_of(QUESTION, no_goods("promotion_lift", "cannibalize")))
    assert [(call["name"], call["args"]) for call in message.tool_calls] == [("promotion_lift", {})]
    assert "I did not know “cannibalize” in it." in message.response_metadata["opening"]


def test_words_that_are_no_goods_are_named_unless_every_one_is_ordinary() -> None:
    asked = "Average basket size and blended yield by store"
    message = reply(turn_of(asked, no_goods("sales_summary", "blended yield")))
    assert [call["name"] for call in message.tool_calls] == ["sales_summary"]
    assert "I did not know “blended yield” in it." in message.response_metadata["opening"]
    plain = "Which promotions are effective vs. margin-killing?"
    understood = reply(turn_of(plain, no_goods("promotion_lift", "margin-killing")))
    assert "margin-killing" not in understood.response_metadata.get("opening", "")


def test_what_may_be_goods_misspelt_is_told_as_no_product() -> None:
    assert not are_no_goods("sales of bannanna bredd", ["bannanna bredd"])
    message = reply(turn_of("sales of bannanna bredd", no_goods("sales_summary", "bannanna bredd")))
    assert not message.tool_calls
    assert message.text.startswith("No product fits “bannanna bredd”.")


def test_what_is_sought_on_the_shelf_under_another_name_is_looked_for_by_meaning() -> None:
    """Stock of a part of the words would be that of other goods."""
    message = reply(turn_of("Do we have any cold remedies in stock?", no_goods("stock_levels", "cold remedies")))
    assert [(one["name"], one["args"]) for one in message.tool_calls] == [
        ("search_products_by_meaning", {"text": "cold remedies"})
    ]
    assert "No product is called “cold remedies”" in message.response_metadata["opening"]


def test_no_call_is_made_twice_and_tries_end() -> None:
    answered = reply(turn_of(QUESTION, no_goods("promotion_lift", "cannibalize"), no_goods("promotion_lift", "base")))
    assert answered.tool_calls
    tries = [no_goods("promotion_lift", f"cannibalize {number}") for number in range(MOST_TRIES)]
    assert not reply(turn_of(QUESTION, *tries)).tool_calls


def test_a_question_read_in_another_way_may_still_need_the_nearest_days() -> None:
    first = no_goods("explain_change", "zorble")
    second = ("explain_change", {"period": "this week"}, {"error": NO_WEEK, "reason": NOT_YET})
    message = reply(turn_of("why did zorble drop this week", first, second))
    assert [call["args"] for call in message.tool_calls] == [{"period": "last week"}]


def test_a_seller_of_whom_there_are_no_goods_is_a_colleague() -> None:
    asked = "how much did sarah sell last week vs mike"
    sarah = no_goods("sales_summary", "sarah")
    whom = {"dimension": "employee", "values": ["Sarah", "Mike"]}
    message = reply(turn_of(asked, sarah))
    assert [(call["name"], call["args"]["where"]) for call in message.tool_calls] == [("sales_breakdown", [whom])]

    nobody = ("sales_breakdown", message.tool_calls[0]["args"], {"error": "There is no employee “Sarah”."})
    told = reply(turn_of(asked, sarah, nobody)).text
    assert told == "No product fits “sarah”.\n\nThere is no employee “Sarah”."
    sold = ("sales_breakdown", message.tool_calls[0]["args"], {"text": "Sarah sold $20."})
    assert reply(turn_of(asked, sarah, sold)).text == "Sarah sold $20."


def test_goods_that_are_there_are_no_colleague() -> None:
    asked = "how much did pepsi sell last week"
    message = reply(turn_of(asked, ("sales_summary", {"product": "pepsi"}, {"text": "Pepsi sold $5."})))
    assert message.text == "Pepsi sold $5."
