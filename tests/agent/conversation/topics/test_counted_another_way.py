"""Self-checkouts, lines at the till and gallons, which nothing here records; what hangs on such an answer."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agent.conversation.planner.model import reply
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.loose_ends import OF_WHAT
from tests.support.threads import AROUND


def said(question: str) -> str:
    decided = plan(question, (), AROUND)
    return "" if decided.calls else decided.text


@pytest.mark.parametrize(
    "question", ["self checkout share?", "what % of sales go through self-checkout", "self scan vs staffed lanes split"]
)
def test_self_checkouts_are_not_told_and_name_no_goods(question: str) -> None:
    assert said(question).startswith("Which tills are self-checkouts is not in the data")


@pytest.mark.parametrize(
    "question",
    ["how long are the lines at checkout on saturdays maple ave", "how bad were the lines", "lines at the registers"],
)
def test_lines_at_the_till_are_not_recorded(question: str) -> None:
    assert "not recorded" in said(question)


@pytest.mark.parametrize(
    "question", ["fuel gallons last week vs the week before", "how many gallons of gas did we sell last week"]
)
def test_gallons_are_no_antifreeze_but_what_fuel_took(question: str) -> None:
    decided = plan(question, (), AROUND)
    assert decided.opening.startswith("Gallons are not in the data")
    assert [args["department"] for _, args in decided.calls] == ["Fuel"]
    assert said("margin per gallon").startswith("Gallons are not in the data")


@pytest.mark.parametrize("question", ["what did people buy instead", "what are customers getting instead"])
def test_what_is_bought_instead_is_not_known(question: str) -> None:
    assert said(question).startswith("What a customer takes in place of something else")


@pytest.mark.parametrize(
    "question",
    ["sales by product line", "comments about self checkout in the last 60 days", "price of a gallon of milk",
     "fuel sales last week", "sales of self rising flour", "sell gallons of water"],
)  # fmt: skip
def test_what_only_sounds_like_them_is_read_as_before(question: str) -> None:
    for beginning in ("Which tills are self", "How long the lines", "Gallons are not"):
        assert not said(question).startswith(beginning)


def thread(asked: str, answer: str, last: str) -> AIMessage:
    messages: list[BaseMessage] = [HumanMessage(asked), AIMessage(answer), HumanMessage(last)]
    return reply(messages)


@pytest.mark.parametrize("question", ["does that change when its busy", "is it worse"])
def test_what_hangs_on_an_answer_without_figures_is_not_told_the_sales_of_all(question: str) -> None:
    answer = thread("self checkout share?", "Which tills are self-checkouts is not in the data.", question)
    assert not answer.tool_calls
    assert answer.text == OF_WHAT or question == "is it worse"


@pytest.mark.parametrize("question", ["how is it looking today", "how did harbor point do yesterday", "how's business"])
def test_a_question_of_its_own_is_answered_there(question: str) -> None:
    assert thread("hello", "Hello.", question).tool_calls


@pytest.mark.parametrize("question", ["did they fail the same thing last time", "when's the next one", "was it fixed"])
def test_what_points_back_at_no_figures_is_not_met_with_other_questions(question: str) -> None:
    asked = "last audit score for each store"
    assert thread(asked, "Audits are not in the data.", question).text == OF_WHAT
    assert thread(asked, "Audits are not in the data.", "what are smurfs worth").text != OF_WHAT
