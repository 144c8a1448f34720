"""Remarks on the answer above, alone or before the next question, and one hour of an answer by hour."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.refused.boundaries import THANKS
from agent.conversation.planner.threads.next_message.remarks import without_remarks
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, calls_after

HOURS: dict[str, Any] = {"period": "yesterday", "by": "hour"}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("oh no data today yet ok. then yesterday", "yesterday"),
        ("ok nothing yet. what about last week", "last week"),
        ("ah right no numbers for today, then saturday", "saturday"),
        ("no sales yet then yesterday", "yesterday"),
    ],
)
def test_a_remark_that_there_is_nothing_yet_is_not_asked_again(said: str, asked: str) -> None:
    assert without_remarks(said) == asked


@pytest.mark.parametrize(
    "said",
    ["no sales yesterday?", "what about today", "which products had no sales last week", "then yesterday",
     "any items with no data in october", "no, sales at harbor point then"],
)  # fmt: skip
def test_a_question_without_such_a_remark_stays(said: str) -> None:
    assert without_remarks(said) == said


@pytest.mark.parametrize("said", ["lol ok that explains it", "makes sense", "ah ok got it", "oh nice thanks"])
def test_a_remark_alone_asks_nothing(said: str) -> None:
    before = (Call("sales_summary", {"period": "this year", "by": "day"}, {"text": "Highest: Sat 28 Feb with $8."}),)
    assert plan(said, before, AROUND).text == THANKS
    assert plan("does that explain the drop", before, AROUND).text != THANKS


@pytest.mark.parametrize(
    "said", ["4pm looks off, what happened", "4 pm was slow", "16 seems low, why", "the 4pm hour is really weird"]
)
def test_an_hour_that_looks_off_is_told_by_department(said: str) -> None:
    ((name, args),) = calls_after(said, "sales_summary", HOURS)
    assert name == "sales_breakdown"
    assert (args["by"], args["where"]) == ("department", [{"dimension": "hour", "values": ["16"]}])


@pytest.mark.parametrize("said", ["vs avg sunday", "against a normal day", "compared to the usual sunday"])
def test_the_hours_of_a_day_are_held_against_the_same_weekday(said: str) -> None:
    assert calls_after(said, "sales_summary", HOURS) == [("compare_periods", {**HOURS, "compare_to": "four-week norm"})]


@pytest.mark.parametrize("said", ["vs avg saturday", "vs sunday", "average sunday"])
def test_another_weekday_is_not_its_own_norm(said: str) -> None:
    assert ("compare_periods", {**HOURS, "compare_to": "four-week norm"}) not in calls_after(
        said, "sales_summary", HOURS
    )
