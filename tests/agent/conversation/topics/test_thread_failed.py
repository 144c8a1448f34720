"""Behind an answer that had no figures: what only leans on it, another figure of its goods, targets that are none."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.threads.next_message.not_given import NOTHING_ABOVE
from agent.conversation.planner.threads.next_message.offers import NOT_MEASURED
from tests.support.threads import calls_after, calls_behind, reply_behind

NONE = {"error": "Nothing is known of it."}
LIFT, SOLD, PRICES, TARGETS = "promotion_lift", "sales_summary", "price_changes", "target_progress"
COFFEE = {"period": "october", "product": "coffee"}
GROCERY = {"period": "last week", "department": "Grocery"}


@pytest.mark.parametrize("question", ["what was it before the change", "the second one, show me by week"])
def test_what_points_at_no_figures_is_said_to(question: str) -> None:
    assert reply_behind(question, PRICES, GROCERY, NONE).text == NOTHING_ABOVE


@pytest.mark.parametrize("question", ["how much of that was just lower price", "by how much"])
def test_what_only_leans_on_no_figures_is_said_to(question: str) -> None:
    assert not reply_behind(question, LIFT, COFFEE, NONE).tool_calls


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("sales last week", SOLD),
        ("is it busy on saturdays", ""),
        ("only produce", PRICES),
        ("what did we sell yesterday", SOLD),
    ],
)
def test_a_question_of_its_own_is_answered(question: str, tool: str) -> None:
    answer = reply_behind(question, PRICES, GROCERY, NONE)
    assert answer.text != NOTHING_ABOVE or not tool
    assert tool in [one["name"] for one in answer.tool_calls] or not tool


def test_another_figure_of_the_goods_that_had_none() -> None:
    margin = calls_behind("what about margin", LIFT, COFFEE, NONE)
    assert margin == [(SOLD, {"metrics": ["gross_margin"], **COFFEE})]
    assert calls_behind("and units", LIFT, COFFEE, NONE) == [(SOLD, {"metrics": ["units"], **COFFEE})]


def test_whether_an_offer_took_sales_or_should_be_run_again() -> None:
    assert calls_behind("any cannibalization on the other coffees", LIFT, COFFEE, NONE) == [(LIFT, COFFEE)]
    assert reply_behind("ok would you run it again", LIFT, COFFEE, NONE).text == NOT_MEASURED
    sold: dict[str, Any] = {"metrics": ["gross_margin"], **COFFEE}
    assert calls_after("would you run it again", SOLD, sold) == [(LIFT, {**COFFEE, "rank_by": "margin"})]


@pytest.mark.parametrize(
    "question", ["by how much are we short", "realistic?", "is that still doable", "how far are we off"]
)
def test_how_far_from_a_target_is_what_its_answer_says(question: str) -> None:
    assert calls_after(question, TARGETS, {"period": "november"}) == [(TARGETS, {"period": "november"})]


def test_what_a_store_needs_is_of_that_store() -> None:
    found = calls_after("what do we need per day to make it for harbor point", TARGETS, {"period": "november"})
    assert found == [(TARGETS, {"period": "november", "stores": "Harbor Point"})]


@pytest.mark.parametrize("question", ["which is the worst", "who's highest", "which one was the lowest"])
def test_the_end_of_what_is_not_known_is_not_of_something_else(question: str) -> None:
    assert not reply_behind(question, "shrink_and_waste", {"by": "department"}, NONE).tool_calls


def test_the_worst_five_of_one_product_are_no_department() -> None:
    one = {"metrics": ["gross_margin"], "product": "1044078", "period": "this month"}
    assert all(args.get("department") != "1044078" for _, args in calls_after("and the worst 5", SOLD, one))
