"""What leans on an answer by days, stores, sides or rows near it: “the Sunday before”, “both”, “who's last”."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.once_more.days_around import with_its_days
from agent.conversation.planner.plan import plan
from agent.conversation.planner.thread import Call
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(
        NamedStore("S01", "Market Street", "North"),
        NamedStore("S02", "Harbor Point", "South"),
        NamedStore("S04", "Harbor Street", "South"),
    ),
    departments=("Deli", "Produce", "Meat"),
)
SOLD, HELD, SPLIT, WHY = "sales_summary", "compare_periods", "sales_breakdown", "explain_change"


def call(name: str, args: dict[str, Any], question: str = "", **document: Any) -> Call:
    return Call(name, args, {"text": "Answered.", **document}, question)


def after(name: str, args: dict[str, Any], question: str) -> list[Any]:
    return [(tool, dict(taken)) for tool, taken in plan(question, (call(name, args),), AROUND).calls]


@pytest.mark.parametrize(
    ("period", "question", "said"),
    [
        ("yesterday", "was it like that the sunday before too?", "was it like that 15 november 2026 too?"),
        ("yesterday", "and the Saturday before", "and 21 november 2026"),
        ("saturday", "and the day before", "and 20 november 2026"),
        ("saturday", "the week before that", "14 november 2026"),
        ("the week before last", "and the week before that?", "and from 2 november 2026 to 8 november 2026?"),
        ("this month", "the month before", "in october 2026"),
        ("15 november 2026", "and the day after", "and 16 november 2026"),
    ],
)
def test_days_near_those_of_the_answer_are_dates(period: str, question: str, said: str) -> None:
    assert with_its_days(question, (call(SOLD, {"period": period}),), AROUND) == said


@pytest.mark.parametrize(
    ("period", "question"),
    [
        ("last week", "and the week before?"),
        ("yesterday", "compare that with the sunday before"),
        ("yesterday", "up on the sunday before?"),
        ("yesterday", "the week before thanksgiving"),
        ("last week", "and the day before"),
        ("today", "and the day after"),
    ],
)
def test_days_that_have_a_name_or_are_compared_stay_as_they_are(period: str, question: str) -> None:
    assert with_its_days(question, (call(SOLD, {"period": period}),), AROUND) == question
