"""A question that nothing understood: what it must have meant is answered, what it may have meant is offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.conversation.answer import Question
from agent.conversation.planner.closest.known import known_questions, near
from agent.conversation.planner.closest.words import telling
from agent.conversation.planner.model import PlannerModel, reply
from agent.conversation.planner.plan import by_rules, plan
from agent.conversation.planner.threads.completing import files_something
from agent.conversation.turn import Turns
from agent.db.engine import open_database
from agent.governance.receipts import Receipts
from tests.evals.test_planner_accuracy import AROUND
from tests.support.tools_world import NOW, build_world
from tests.support.turns import turn_of
from tools.errors import NO_SUCH_PRODUCT


def test_every_known_question_is_read_as_it_stands_and_files_nothing() -> None:
    wrong = []
    for question in known_questions():
        decided = plan(question, (), AROUND)
        if not decided.calls or decided.text or decided.opening or files_something(decided):
            wrong.append(question)
    assert wrong == []
    assert len(known_questions()) > 800


def test_known_questions_stand_under_the_tools_that_answer_them() -> None:
    text = Path("agent/conversation/planner/closest/known.txt").read_text("utf-8")
    heading, wrong = "", []
    for line in text.splitlines()[2:]:
        if line.startswith("# "):
            heading = line.removeprefix("# ")
        elif line:
            tools = "+".join(dict.fromkeys(name for name, _ in plan(line, (), AROUND).calls))
            wrong += [] if tools == heading else [(line, tools)]
    assert wrong == []


def test_a_known_question_in_words_that_mean_the_same_is_answered_and_says_as_what_it_was_read() -> None:
    asked = "Tell me clients who haven't purchased in 30 days at Harbor Point"
    decided = plan(asked, (), AROUND)
    assert decided.calls == (("customers_away", {"days": 30, "stores": "Harbor Point"}),)
    assert decided.opening == "I read this as “Customers who haven't bought in 30 days at Harbor Point”."


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        (
            "Is the discount rate of categories above what the plan foresaw last month?",
            "Discount rate by category last month",
        ),
        ("Do different age groups respond to the discount rate?", "Discount rate by age band"),
        (
            "Is there a connection between age and family status in terms of ordering habits?",
            "Transactions by age band",
        ),
    ],
)
def test_the_figure_and_the_group_that_a_question_names_are_offered_first(asked: str, offered: str) -> None:
    decided = by_rules(asked, (), AROUND)
    assert decided.calls == ()
    assert decided.offered[0] == offered
    assert plan(offered, (), AROUND).calls


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        (
            "what weekday pattern do odd goods follow last month",
            "Which weekday is our best last month",
        ),
    ],
)
def test_what_is_only_near_is_offered_with_the_days_that_were_named_and_no_figure_is_given(
    asked: str, offered: str
) -> None:
    decided = plan(asked, (), AROUND)
    assert decided.calls == ()
    assert offered in decided.offered
    assert f"Did you mean one of these?\n• “{decided.offered[0]}”" in decided.text
    assert len(decided.offered) <= 3
    assert all(plan(one, (), AROUND).calls for one in decided.offered)


@pytest.mark.parametrize("asked", ["asdf qwer", "Which pipes need a plumber?", "Delete everything", "good morning"])
def test_nothing_is_offered_where_nothing_is_near_or_something_else_was_said(asked: str) -> None:
    assert plan(asked, (), AROUND).offered == ()


def test_numbers_are_never_exchanged() -> None:
    assert plan("Tell me clients who haven't purchased in 45 days", (), AROUND).calls in (
        (),
        (("customers_away", {"days": 45}),),
    )
    assert telling("away for 30 days") != telling("away for 45 days")


def test_who_is_not_how_many() -> None:
    assert telling("who are my new customers") != telling("how many new customers do we have")
    assert plan("who are my new customers", (), AROUND).calls == ()


def test_the_nearest_come_first_and_share_a_word_that_tells() -> None:
    found = near("stock that has not moved for ages", 5)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(set(telling(one.question)) & set(telling("stock that has not moved for ages")) for one in found)
    assert near("the of a", 5) == []


def test_words_that_are_no_product_are_told_with_what_may_have_been_meant() -> None:
    said = "No product fits “shelf life”."
    turn = turn_of(
        "Average basket value per shelf life",
        ("sales_summary", {"product": "shelf life"}, {"error": said, "reason": NO_SUCH_PRODUCT}),
    )
    answer = reply(turn)
    assert answer.tool_calls == []
    assert str(answer.text).startswith(said)
    assert "• “Average order value”" in str(answer.text)


def test_offered_questions_come_as_follow_ups_which_slack_shows_as_buttons(tmp_path: Path) -> None:
    world = build_world(tmp_path)
    database = open_database(f"sqlite:///{tmp_path / 'operations.sqlite'}")
    turns = Turns(
        memory=tmp_path / "memory.sqlite", mirror=world.mirror, receipts=Receipts(database), model=PlannerModel()
    )
    answer = turns.answer(
        Question("what weekday pattern do odd goods follow last month", world.context().scope, "t", NOW)
    )
    assert answer.figures == ()
    assert "Which weekday is our best last month" in answer.follow_ups
    pressed = turns.answer(Question(answer.follow_ups[0], world.context().scope, "t", NOW))
    assert pressed.tools
    turns.close()
    database.close()
    world.connection.close()
