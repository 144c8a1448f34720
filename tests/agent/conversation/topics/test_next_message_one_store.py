"""Behind figures of one store: against the others, what it is worst at, since when, and what to look at."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.next_message.one_store import WHATEVER_ITS_SIZE
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, Found, calls_after, reply_behind

MONTH = {"period": "last month", "stores": "Harbor Point"}
DELI = {**MONTH, "department": "Deli", "metrics": ["units"]}


def after(question: str, args: dict[str, Any], name: str = "sales_summary") -> Found:
    return calls_after(question, name, args)


def averages(document: str, *metrics: str) -> tuple[Call, ...]:
    said = dict(zip(metrics, document.split("; "), strict=True))
    return tuple(
        Call("against_average", {**MONTH, "metric": one}, {"text": said[one]}, "compared to the others")
        for one in metrics
    )


@pytest.mark.parametrize(
    "question",
    ["compared to the others", "vs the rest", "how does that compare to everyone else"],
)
def test_a_store_against_the_others_is_against_their_average(question: str) -> None:
    told = after(question, MONTH)
    assert [args["metric"] for _, args in told] == [
        "net_sales", "average_transaction_value", "gross_margin_pct", "conversion",
    ]  # fmt: skip
    assert {(name, args["stores"], args["period"]) for name, args in told} == {
        ("against_average", "Harbor Point", "last month")
    }
    assert after(question, DELI) == [("against_average", {**MONTH, "department": "Deli", "metric": "units"})]


@pytest.mark.parametrize("question", ["compared to the other stores", "vs last month", "compared to market street"])
def test_what_names_others_is_read_as_ever(question: str) -> None:
    assert all(name != "against_average" for name, _ in after(question, MONTH))
    assert all(name != "against_average" for name, _ in after("compared to the others", {"period": "last month"}))


@pytest.mark.parametrize("question", ["what's it best at", "and worst at", "what are we bad at", "where is it weak"])
def test_what_a_store_is_best_or_worst_at(question: str) -> None:
    told = reply_behind(question, "sales_summary", MONTH)
    assert {one["name"] for one in told.tool_calls} == {"against_average"}
    assert {one["args"]["stores"] for one in told.tool_calls} == {"Harbor Point"}
    assert told.response_metadata["opening"] == WHATEVER_ITS_SIZE


@pytest.mark.parametrize("question", ["worst day", "which is best", "worst sellers", "is that good", "bad"])
def test_other_ends_are_none_of_the_store(question: str) -> None:
    assert all(name != "against_average" for name, _ in after(question, MONTH))


@pytest.mark.parametrize("question", ["since when is that a problem", "how long has it been like that", "since when"])
def test_since_when_is_the_course_of_what_stands_furthest_below(question: str) -> None:
    before = averages(
        "Harbor Point: $9, below it by 32.3 %.; Harbor Point: 28.0 %, above it by 0.7 points.; "
        "Harbor Point: 57.5 %, below it by 6.7 points.",
        "net_sales", "gross_margin_pct", "conversion",
    )  # fmt: skip
    made = [(name, dict(args)) for name, args in plan(question, before, AROUND).calls]
    course = {"metrics": ["conversion"], "stores": "Harbor Point", "period": "last 12 weeks", "by": "week"}
    assert made == [("sales_summary", course)]


@pytest.mark.parametrize("question", ["what would u look at if u were me", "what should we fix first"])
def test_what_to_look_at_is_of_that_store(question: str) -> None:
    (before,) = averages("Harbor Point: 57.5 %, below it by 6.7 points.", "conversion")
    ((name, args),) = plan(question, (before,), AROUND).calls
    assert (name, args["stores"], args["focus"]) == ("business_overview", "Harbor Point", "priorities")


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("Im new here, took over harbor point last week. how's the store been doing this year", "this year"),
        ("hi, just took over Harbor Point. what were sales last month", "last month"),
        ("I'm new, I run the Harbor Point store now. sales last week", "last week"),
        ("started at harbor point yesterday, how did my store do last week", "last week"),
    ],
)
def test_a_store_that_was_taken_over_is_meant_and_its_days_are_not(question: str, period: str) -> None:
    ((_, args),) = plan(question, (), AROUND).calls
    assert (args["stores"], args["period"]) == ("Harbor Point", period)
