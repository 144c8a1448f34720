"""Overtime, offers, weekends and customers looked at once more; what a thread began with, told again."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import BaseMessage, HumanMessage

from agent.conversation.planner.model import reply
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.next_message.customers import NOT_WITHIN
from agent.conversation.planner.threads.once_more.further import OVERTIME_COST, WHY_OVERTIME
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, Found, calls_after
from tests.support.turns import answered_turn

OVERTIME = ("attendance", {"show": "overtime", "period": "october"})
BEST = ("top_customers", {"period": "this quarter", "stores": "Harbor Point", "limit": 20})


def after(question: str, before: tuple[str, dict[str, Any]]) -> Found:
    return calls_after(question, *before)


def said(question: str, before: tuple[str, dict[str, Any]]) -> str:
    return plan(question, (Call(*before, {"text": "So it is."}, "before"),), AROUND).text


@pytest.mark.parametrize("question", ["what did it cost us", "how much did that cost", "what does it cost"])
def test_the_cost_of_overtime_is_said_not_to_be_known(question: str) -> None:
    assert said(question, OVERTIME) == OVERTIME_COST.format(days="october")
    assert said(question, ("attendance", {"show": "worked"})) != OVERTIME_COST.format(days="last week")


@pytest.mark.parametrize(
    "question",
    ["is it because they're short people or what", "because of call outs", "why so much", "are we understaffed"],
)
def test_why_there_was_overtime_is_not_recorded(question: str) -> None:
    assert said(question, OVERTIME) == WHY_OVERTIME


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("who of them hasnt been in the last 3 weeks", 21),
        ("which ones haven't shopped in two months", 60),
        ("how many of those didnt come back in the past 10 days", 10),
    ],
)
def test_who_has_not_been_is_of_all_known_customers_there(question: str, days: int) -> None:
    assert after(question, BEST) == [("customers_away", {"days": days, "stores": "Harbor Point"})]
    assert said(question, BEST) == NOT_WITHIN


@pytest.mark.parametrize("question", ["who of them is from the north", "how many of them bought deli", "who are they"])
def test_other_questions_of_them_are_not_of_those_away(question: str) -> None:
    assert all(name != "customers_away" for name, _ in after(question, BEST))


def test_units_not_dollars_of_an_offer_stays_with_the_offer() -> None:
    lift = {"period": "last month", "by": "promotion"}
    assert after("units not $", ("promotion_lift", lift)) == [("promotion_lift", {**lift, "rank_by": "units"})]
    assert after("units not $", ("promotion_lift", {"period": "last month"})) == [
        ("promotion_lift", {"period": "last month"})
    ]


@pytest.mark.parametrize(
    "question", ["is that different on weekends", "is it better on the weekend", "does that change on weekends"]
)
def test_whether_it_differs_on_weekends_keeps_the_goods(question: str) -> None:
    of_fuel = {"period": "last week", "compare_to": "week before", "department": "Fuel"}
    assert after(question, ("compare_periods", of_fuel)) == [
        ("sales_breakdown", {"by": "weekend", "period": "last week", "department": "Fuel"})
    ]


def answered(question: str, args: dict[str, Any]) -> list[BaseMessage]:
    return answered_turn(question, "sales_summary", args, {"text": "So it is."})


FIRST = answered("sales of deli ytd", {"period": "ytd", "department": "Deli"})
SECOND = answered("units last week", {"period": "last week", "metrics": ["units"]})


def calls(question: str, *turns: list[BaseMessage]) -> list[Any]:
    told = reply([message for turn in turns for message in turn] + [HumanMessage(question)])
    return [(one["name"], one["args"]) for one in told.tool_calls]


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("the first one again but by month", {"by": "month"}),
        ("show me the first question by month", {"by": "month"}),
        ("back to my original question", {}),
        ("the first one again", {}),
    ],
)
def test_the_first_again_is_what_the_thread_began_with(question: str, more: dict[str, str]) -> None:
    assert calls(question, FIRST, SECOND) == [("sales_summary", {"period": "ytd", "department": "Deli", **more})]


@pytest.mark.parametrize("question", ["the first one", "is the first one in stock", "by month"])
def test_a_row_is_not_the_first_question(question: str) -> None:
    assert all(args.get("department") != "Deli" for _, args in calls(question, FIRST, SECOND))
