"""A store that closed early: what it was short of, in which hours, what is usual then, and the day after."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from agent.conversation.planner.model import reply
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.once_more.time_of_day import WHO_CAME
from agent.conversation.planner.whole.closed_early import AGAINST_ITS_NORM
from tests.support.threads import AROUND, Found, calls_after
from tests.support.turns import answered_turn

DAY = {"period": "11 november", "stores": "Harbor Point", "by": "hour", "compare_to": "four-week norm"}
EVENING = {"dimension": "hour", "values": ["18-24"]}
HOURS = {
    "period": "11 november", "stores": "Harbor Point", "where": [EVENING], "compare_to": "the same day last week",
    "by": "hour",
}  # fmt: skip
USUAL = {"figure": "net_sales", "each": "day", "period": "last 8 weeks", "stores": "Harbor Point"}
OF_WEDNESDAYS = {**USUAL, "where": [EVENING, {"dimension": "weekday", "values": ["wednesdays"]}]}


def after(question: str, args: dict[str, Any], name: str = "compare_periods") -> Found:
    return calls_after(question, name, args)


@pytest.mark.parametrize(
    "question",
    [
        "We closed early on 11 november at Harbor Point, how much did we miss out on",
        "how much did we lose by closing early on 11 november at harbor point",
        "how much money did it cost us that we opened late at Harbor Point on 11 november",
        "power was out at Harbor Point on 11 november, how much did we lose",
    ],
)
def test_what_a_short_day_was_short_of(question: str) -> None:
    made = plan(question, (), AROUND)
    assert [(name, dict(args)) for name, args in made.calls] == [("compare_periods", DAY)]
    assert made.opening == AGAINST_ITS_NORM


@pytest.mark.parametrize("question", ["did we close early yesterday", "how much did we lose on the deli promo"])
def test_other_questions_are_none_of_a_short_day(question: str) -> None:
    assert all(args.get("by") != "hour" for _, args in plan(question, (), AROUND).calls)


@pytest.mark.parametrize("question", ["from 6 on", "after 6 pm", "from 6 to close", "just from 6pm onwards"])
def test_the_hours_from_one_on_keep_day_and_store(question: str) -> None:
    assert after(question, DAY) == [("sales_breakdown", HOURS)]


def test_an_hour_that_may_be_two_is_not_taken() -> None:
    assert all("where" not in args for _, args in after("from 8 on", DAY))
    ((_, args),) = after("from 8 to close", DAY)
    assert args["where"] == [{"dimension": "hour", "values": ["20-24"]}]


@pytest.mark.parametrize(
    "question",
    [
        "what do we normally do in those hours on a weds", "what's normal for those hours", "whats usual for that time",
        "how much do we usually make in those hours", "what's usual then",
    ],
)  # fmt: skip
def test_what_is_usual_in_those_hours(question: str) -> None:
    assert after(question, HOURS, "sales_breakdown") == [("figure_of_each", OF_WEDNESDAYS)]


@pytest.mark.parametrize("question", ["did they come back the next day", "did sales recover the following day"])
def test_the_day_after_is_that_of_the_day_spoken_of(question: str) -> None:
    turns = [
        *answered_turn("we closed early", "compare_periods", DAY, {"text": "So."}),
        *answered_turn("what is usual", "figure_of_each", OF_WEDNESDAYS, {"text": "So."}),
    ]
    made = reply([SystemMessage(AROUND.render()), *turns, HumanMessage(question)])
    assert [(one["name"], one["args"]) for one in made.tool_calls] == [
        (
            "compare_periods",
            {"period": "12 november 2026", "stores": "Harbor Point", "compare_to": "four-week norm"},
        )
    ]
    assert made.response_metadata.get("opening") == (WHO_CAME if "they" in question else None)


@pytest.mark.parametrize("question", ["or go to Market Street maybe", "did they go to market street instead"])
def test_where_they_may_have_gone(question: str) -> None:
    assert after(question, {"period": "11 november", "stores": "Harbor Point"}) == [
        ("compare_periods", {"period": "11 november", "stores": "Market Street", "compare_to": "four-week norm"})
    ]


def test_how_busy_keeps_the_days_that_were_told() -> None:
    rain = {"by": "day", "period": "last 8 weeks", "where": [{"dimension": "weather", "values": ["rain"]}]}
    told = after("how busy were we", rain, "sales_breakdown")
    assert told == [("sales_breakdown", {**rain, "metrics": ["transactions"]})]
