"""The rest of a question that could not be answered is not answered as if it stood for itself."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agent.conversation.planner.kept.split_kept import LEFT_OUT, with_split
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.loose_ends import OF_WHAT, loose_end
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Deli", "Meat", "Produce"),
)
REFUSED: tuple[BaseMessage, ...] = (
    HumanMessage("correlation of basket size and temperature by store"),
    AIMessage("I did not understand “correlation” here."),
)


@pytest.mark.parametrize("question", ["only the south stores", "and yesterday?", "only Harbor Point"])
def test_a_rest_of_an_unanswered_question_is_asked_back(question: str) -> None:
    decided = plan(question, (), AROUND)
    assert decided.calls
    assert loose_end(question, decided, REFUSED) == Plan(text=OF_WHAT)


@pytest.mark.parametrize(
    "question", ["net sales yesterday at Harbor Point", "and how many transactions did we have yesterday", "dead stock"]
)
def test_what_names_its_own_figure_is_answered(question: str) -> None:
    decided = plan(question, (), AROUND)
    assert decided.calls
    assert loose_end(question, decided, REFUSED) == decided


def test_after_a_greeting_or_a_question_back_a_rest_is_read_by_itself() -> None:
    decided = plan("only Harbor Point", (), AROUND)
    greeted = (HumanMessage("good morning"), AIMessage("Good morning."))
    asked_back = (HumanMessage("what about the big campaign then"), AIMessage("Which one do you mean?"))
    assert loose_end("only Harbor Point", decided, ()) == decided
    assert loose_end("only Harbor Point", decided, greeted) == decided
    assert loose_end("only Harbor Point", decided, asked_back) == decided


def test_a_split_that_the_tool_takes_is_filled_in_and_another_is_named() -> None:
    shelf = Plan((("dead_stock", {"days": 60}),))
    assert with_split("dead stock for 60 days by store", shelf).calls == (("dead_stock", {"days": 60, "by": "store"}),)
    moves = Plan((("sales_moves", {"step": "week"}),))
    assert with_split("week over week sales by supplier", moves) == Plan(moves.calls, LEFT_OUT.format(what="supplier"))
    assert with_split("units per day", moves) == moves
    cohorts = Plan((("customer_cohorts", {}),))
    assert with_split("customer cohorts by month", cohorts) == cohorts
