"""Behind a message without an answer: what it was about holds, and nothing becomes figures of everything unsaid."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from agent.conversation.planner.afterwards.tries import NOT_GOODS, next_try
from agent.conversation.planner.model import reply
from agent.conversation.planner.threads.loose_ends import OF_WHAT
from agent.conversation.planner.threads.understood import understood
from tests.support.threads import AROUND, Found, reply_behind
from tests.support.turns import answered_turn, turn_of
from tools.errors import NO_SUCH_PRODUCT, NOT_RECORDED

NOT_READ = "I did not understand that well enough to answer from the data."
CHICKEN = "I keep hearing rotisserie chicken is always gone by 6pm at Maple, true?"
SOLD: dict[str, Any] = {"text": "So it is.", "reason": ""}


def unanswered(*questions: str) -> list[BaseMessage]:
    return [message for one in questions for message in (HumanMessage(one), AIMessage(NOT_READ))]


def behind(question: str, before: list[BaseMessage]) -> AIMessage:
    return reply([SystemMessage(AROUND.render()), *before, HumanMessage(question)])


def calls(question: str, before: list[BaseMessage]) -> Found:
    return [(one["name"], one["args"]) for one in behind(question, before).tool_calls]


def test_goods_and_stores_of_what_was_not_understood_hold() -> None:
    ((name, args),) = calls("what time does the last one sell usually", unanswered(CHICKEN))
    assert (name, args["by"]) == ("sales_breakdown", "hour")
    assert (args["product"], args["stores"]) == ("rotisserie chicken", "Maple Avenue")


@pytest.mark.parametrize("question", ["units not dollars", "and margin?", "and units"])
def test_another_figure_is_of_the_goods_in_question(question: str) -> None:
    ((_, args),) = calls(question, unanswered("is it me or are bananas selling way less since we raised the price"))
    assert args["product"] == "bananas"


def test_the_newest_of_several_holds_and_the_rest_of_the_older_ones() -> None:
    before = unanswered("is it me or are bananas always gone at Maple", "and how come nobody buys avocados on friday")
    assert understood(before, AROUND) == {"product": "avocados", "period": "friday", "stores": "Maple Avenue"}
    assert understood(unanswered("how many more do we need to beat them by wednesday"), AROUND) == {}


def test_what_was_answered_meanwhile_ends_it() -> None:
    answered = answered_turn("sales yesterday", "sales_summary", {"period": "yesterday"}, SOLD)
    assert understood([*unanswered(CHICKEN), *answered], AROUND) == {}


@pytest.mark.parametrize(
    "question",
    [
        "total sales last week", "how many transactions did we have last week", "and sales of the whole company",
        "dead stock", "who was late yesterday",
    ],
)  # fmt: skip
def test_a_question_of_its_own_is_not_of_those_goods(question: str) -> None:
    for _, args in calls(question, unanswered(CHICKEN)):
        assert "product" not in args


@pytest.mark.parametrize(
    "question", ["how does that compare to the other stores", "4 weeks before vs 4 weeks after", "total company"]
)
def test_what_only_leans_is_no_figure_of_everything(question: str) -> None:
    assert calls(question, unanswered("wages went up in july, how much more are we paying per week now")) == []


def test_it_names_what_was_asked_about_and_otherwise_nothing() -> None:
    of_chicken = calls("what did we make on it last month", unanswered(CHICKEN))
    assert of_chicken == [
        ("sales_summary", {"period": "last month", "product": "rotisserie chicken", "stores": "Maple Avenue"})
    ]
    assert behind("what did we make on it last month", unanswered("is the new guy any good you think")).text == OF_WHAT


def test_an_older_answer_of_other_goods_is_not_told_in_its_place() -> None:
    milk = {"product": "milk", "period": "last week"}
    before = [*answered_turn("milk last week", "sales_summary", milk, SOLD), *unanswered(CHICKEN)]
    assert behind("only weekdays", before).text == OF_WHAT
    same = [*answered_turn("milk last week", "sales_summary", milk, SOLD), *unanswered("is milk too cheap you think")]
    assert calls("only weekdays", same)[0][1]["product"] == "milk"


@pytest.mark.parametrize("reason", [NO_SUCH_PRODUCT, NOT_RECORDED])
def test_days_and_stores_of_an_answer_that_had_nothing_hold(reason: str) -> None:
    nothing = {"error": "Nothing.", "reason": reason}
    args = {"by": "district", "period": "last week", "stores": "Harbor Point", "product": "plant milk"}
    found = reply_behind("what happened there in september", "sales_breakdown", args, nothing).tool_calls
    assert [one["args"].get("stores") for one in found] == ["Harbor Point"]
    fell = reply_behind("which department dragged it down", "sales_breakdown", args, nothing).tool_calls
    assert [one["args"]["period"] for one in fell] == ["last week"] * len(fell)
    assert fell


def test_days_that_were_what_was_lacking_do_not_hold() -> None:
    nothing = {"error": "Nothing is known of today yet.", "reason": "not_yet"}
    fell = reply_behind("which store dragged it down", "sales_summary", {"period": "today"}, nothing).tool_calls
    assert all(one["args"].get("period") != "today" for one in fell)


@pytest.mark.parametrize("question", ["we sold more than that last week didnt we", "is that more than the week before"])
def test_what_leans_on_an_answer_of_goods_is_of_those(question: str) -> None:
    args = {"product": "turkey", "stores": "Market Street"}
    for one in reply_behind(question, "reorder_suggestions", args).tool_calls:
        assert one["args"].get("product") == "turkey"


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("how many more do we need to catch them by wednesday", "catch"),
        ("and the manager there", "manager"),
        ("what did the 4th have in october", "4th"),
    ],
)
def test_words_of_talk_are_no_goods(question: str, word: str) -> None:
    answer = reply_behind(question, "sales_summary", {"period": "last week", "by": "store"})
    assert not any(word in str(one["args"].get("product")) for one in answer.tool_calls)


def test_what_was_taken_for_goods_in_a_message_that_leans_is_said_so() -> None:
    nothing = {"error": "No product fits “switch”.", "reason": NO_SUCH_PRODUCT}
    turn = turn_of("did they switch it then", ("sales_summary", {"product": "switch"}, nothing))
    assert next_try("did they switch it then", turn, AROUND).text == NOT_GOODS.format(words="“switch”")
    near = {**nothing, "error": "No product fits “switch”. Did you mean Stitch?"}
    turn = turn_of("did they switch it then", ("sales_summary", {"product": "switch"}, near))
    assert "Did you mean Stitch" in next_try("did they switch it then", turn, AROUND).text


def test_hours_of_goods_are_asked_of_the_tool_that_knows_them() -> None:
    ((name, args),) = calls("sales of bananas by hour last week", [])
    assert (name, args["by"], args["product"], args["period"]) == ("sales_breakdown", "hour", "bananas", "last week")
    ((name, args),) = calls("sales by hour last week", [])
    assert (name, args["by"]) == ("sales_summary", "hour")


def test_a_part_of_the_sales_stays_one_behind_another_figure() -> None:
    margin = {"metrics": ["gross_margin_pct"], "period": "this month", "product": "1044078"}
    for one in reply_behind("was it on promo", "sales_summary", margin).tool_calls:
        assert "gross_margin_pct" not in one["args"].get("metrics", ())


def test_it_at_a_store_stays_at_that_store_in_other_days() -> None:
    lift = {"stores": "Harbor Point", "product": "cereal"}
    ((_, args),) = [
        (one["name"], one["args"])
        for one in reply_behind("what did we make on it last week", "promotion_lift", lift).tool_calls
    ]
    assert (args["product"], args["stores"], args["period"]) == ("cereal", "Harbor Point", "last week")


@pytest.mark.parametrize(("question", "order"), [("who handled it best", "bottom"), ("who handled it worst", None)])
def test_the_best_of_a_cost_is_the_lowest(question: str, order: str | None) -> None:
    labour = {"metrics": ["labour_cost_pct"], "period": "since july", "by": "store"}
    ((_, args),) = [(one["name"], one["args"]) for one in reply_behind(question, "sales_summary", labour).tool_calls]
    assert (args["by"], args["metrics"], args.get("order")) == ("store", ["labour_cost_pct"], order)


@pytest.mark.parametrize("question", ["who handled it best", "which store did it best"])
def test_it_of_what_was_not_understood_is_asked_back(question: str) -> None:
    before = unanswered("wages went up in july, how much more are we paying per week now")
    assert calls(question, before) == []


def test_goods_that_no_product_fits_are_not_dropped_unsaid() -> None:
    nothing = {"error": "No product fits “plant based milk”.", "reason": NO_SUCH_PRODUCT}
    args = {"by": "store", "period": "since june", "product": "plant based milk"}
    found = reply_behind("Harbor Point jumped in sept, what happened there", "sales_summary", args, nothing).tool_calls
    assert [one["args"].get("product") for one in found] == ["plant based milk"]


def test_it_is_not_said_that_nothing_stands_before() -> None:
    before = unanswered("wages went up in july, how much more are we paying per week now")
    assert behind("as % of sales", before).text == OF_WHAT
