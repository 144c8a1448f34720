"""Short messages behind an answer that had no figures: the same elsewhere, or said to lean on nothing; never of all."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from agent.conversation.planner.model import reply
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.next_message.not_given import NOTHING_ABOVE
from agent.conversation.planner.threads.next_message.nothing_found import FOUND_NOTHING
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, Found, calls_after
from tests.support.turns import turn_of

NONE = {"error": "None are recorded."}
FEEDBACK = ("feedback_themes", {"stores": "Market Street"})
RETURNS = ("sales_summary", {"metrics": ["returns"], "period": "last 4 weeks", "by": "department"})
SHRINK = ("shrink_and_waste", {"department": "Seafood", "period": "last month"})


def after(question: str, before: tuple[str, dict[str, Any]]) -> Found:
    return calls_after(question, *before, NONE)


def said(question: str, before: tuple[str, dict[str, Any]]) -> str:
    return plan(question, (Call(*before, NONE, "before"),), AROUND).text


def in_thread(question: str, before: tuple[str, dict[str, Any]]) -> AIMessage:
    return reply([*turn_of("before", (*before, NONE)), AIMessage("None."), HumanMessage(question)])


@pytest.mark.parametrize(
    "question", ["how many about the lines", "how many were about parking", "how many complain about parking"]
)
def test_how_many_complain_is_of_the_feedback_and_not_of_the_range(question: str) -> None:
    assert after(question, FEEDBACK) == [FEEDBACK]


@pytest.mark.parametrize("question", ["same for harbor point", "what about harbor point", "how about at harbor point"])
def test_the_same_of_another_store_is_asked_of_the_same_tool(question: str) -> None:
    assert after(question, FEEDBACK) == [("feedback_themes", {"stores": "Harbor Point"})]


@pytest.mark.parametrize(
    "question", ["is that more than last month", "was that higher than last year", "is it always the same"]
)
def test_what_is_held_against_an_answer_without_figures_is_said_to_be_so(question: str) -> None:
    assert said(question, FEEDBACK) == NOTHING_ABOVE


@pytest.mark.parametrize("question", ["why produce so high", "why is deli so high", "and why was market street so low"])
def test_why_so_high_is_not_of_sales_where_another_figure_was_asked(question: str) -> None:
    assert said(question, RETURNS) == NOTHING_ABOVE
    of_sales = after(question, ("sales_summary", {"period": "today", "by": "department"}))
    assert [name for name, _ in of_sales] == ["explain_change"]


@pytest.mark.parametrize("question", ["who's ringing them up", "who is taking them back", "whos processing those"])
def test_who_takes_returns_is_asked_of_the_returns(question: str) -> None:
    assert after(question, RETURNS) == [
        ("refunds_and_voids", {"show": "refunds", "by": "employee", "period": "last 4 weeks"})
    ]


@pytest.mark.parametrize(
    "question",
    ["which weekday is the worst", "what day was best", "which store has the most", "all at one store or everywhere",
     "thats in dollars? i need % of sales", "who is the worst"],
)  # fmt: skip
def test_a_superlative_of_nothing_is_no_question_of_all_sales(question: str) -> None:
    assert in_thread(question, SHRINK).text == FOUND_NOTHING


@pytest.mark.parametrize("question", ["which store had the best margin last week", "what were sales by weekday"])
def test_a_whole_question_behind_nothing_is_answered(question: str) -> None:
    assert in_thread(question, SHRINK).tool_calls


@pytest.mark.parametrize("question", ["are we ordering too much", "are we carrying too many", "did we overorder"])
def test_whether_too_much_is_ordered_keeps_the_part_of_the_range(question: str) -> None:
    assert after(question, SHRINK) == [("overstock", {"department": "Seafood"})]
