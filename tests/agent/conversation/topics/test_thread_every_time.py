"""Whether the figures above are so each time: each Saturday, on wet days, with fewer people; who was on duty then."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.next_message.remarks import without_remarks
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.staffing import ADVICE
from tests.support.threads import AROUND, calls_after

SOLD, HELD, SPLIT, PEAKS = "sales_summary", "compare_periods", "sales_breakdown", "peak_times"
SUNDAYS = {"weekday": "sundays", "stores": "Maple Avenue"}


@pytest.mark.parametrize(
    "question",
    ["is it like that every saturday or just this one", "every saturday?", "is it always like that",
     "was it just this once",
     "is it so low on every saturday", "what about the other saturdays"],
)  # fmt: skip
def test_a_day_is_held_against_the_same_weekday_of_other_weeks(question: str) -> None:
    both = {"period": "saturday", "metrics": ["units_per_transaction"], "stores": "Market Street and Maple Avenue"}
    ((name, args),) = calls_after(question, SOLD, {**both, "by": "store"})
    only = [{"dimension": "weekday", "values": ["saturdays"]}]
    assert (name, args["where"], args["by"], args["period"]) == (SPLIT, only, "store, week", "last 8 weeks")
    assert args["metrics"] == ["units_per_transaction"]


@pytest.mark.parametrize("question", ["is it always like that", "is it just this one"])
def test_a_longer_span_has_no_weekday_of_its_own(question: str) -> None:
    found = calls_after(question, SOLD, {"period": "last month"})
    assert not any("where" in args for _, args in found)


@pytest.mark.parametrize(
    ("question", "by"),
    [
        ("which store gets hit most", "store, weather"),
        ("and which depts go up", "department, weather"),
        ("which departments benefit", "department, weather"),
        ("which stores are hurt the most when it rains", "store, weather"),
    ],
)
def test_who_is_hit_by_the_weather_is_told_by_weather(question: str, by: str) -> None:
    wet: dict[str, Any] = {"by": "weather", "period": "all time"}
    assert calls_after(question, SPLIT, wet) == [(SPLIT, {**wet, "by": by})]
    again = calls_after(question, SPLIT, {**wet, "by": "store, weather"})
    assert again == [(SPLIT, {**wet, "by": by})]


def test_who_is_hit_by_something_else_is_not_told_by_weather() -> None:
    found = calls_after("which store gets hit most", SPLIT, {"by": "store"})
    assert not any("weather" in str(args.get("by")) for _, args in found)


@pytest.mark.parametrize(
    "question",
    [
        "so fewer people but more of them bought?",
        "less traffic but higher conversion",
        "more customers but fewer transactions",
    ],
)
def test_how_many_came_and_how_many_bought(question: str) -> None:
    held = {"period": "yesterday", "compare_to": "saturday", "stores": "Harbor Point", "metrics": ["conversion"]}
    ((name, args),) = calls_after(question, HELD, held)
    assert (name, args["compare_to"], args["stores"]) == (HELD, "saturday", "Harbor Point")
    assert args["metrics"][:2] == ["visitors", "conversion"]


@pytest.mark.parametrize("question", ["and how many ppl do we have on the clock then", "how many staff are on then"])
def test_who_is_on_duty_in_busy_hours_keeps_the_weekday(question: str) -> None:
    found = calls_after(question, PEAKS, SUNDAYS)
    assert found[0] == (PEAKS, SUNDAYS)
    assert (found[1][1]["by"], found[1][1]["stores"]) == ("weekday", "Maple Avenue")


def test_whether_that_is_enough_and_other_weekdays() -> None:
    worked = {"period": "last 4 weeks", "stores": "Maple Avenue", "metrics": ["labour_hours"], "by": "weekday"}
    before = (Call(PEAKS, SUNDAYS, {"text": "So."}, "q"), Call(SOLD, worked, {"text": "So."}, "q"))
    assert plan("is that enough", before, AROUND).text == ADVICE
    fridays = plan("what about fridays", before, AROUND).calls
    assert fridays == ((PEAKS, {**SUNDAYS, "weekday": "fridays"}), (SOLD, worked))


@pytest.mark.parametrize("question", ["and mobile pay", "mobile wallets", "what about credit cards", "only cash"])
def test_one_way_to_pay_is_in_the_mix(question: str) -> None:
    assert calls_after(question, "tender_mix", {"period": "feb"}) == [("tender_mix", {"period": "feb"})]


def test_a_day_that_seems_low_is_that_day() -> None:
    assert without_remarks("wednesday seems low to me") == "wednesday"
    assert without_remarks("the second one looks off") == "the second one"
    assert without_remarks("milk seems low") == "milk seems low"


def test_a_normal_friday_stands_beside_the_outlook() -> None:
    found = calls_after("how does that compare to a normal friday", "sales_outlook", {"period": "this friday"})
    usual = {"per": "day", "by": "weekday", "weekday": "Friday", "metric": "net_sales"}
    assert found == [("rates_by_group", usual), ("sales_outlook", {"period": "this friday"})]


@pytest.mark.parametrize(
    ("figure", "told"), [("discounts", ["discounts", "transactions"]), ("units", ["units_per_transaction"])]
)
def test_an_amount_per_transaction_keeps_its_days(figure: str, told: list[str]) -> None:
    before = {"metrics": [figure], "period": "last week"}
    assert calls_after("per transaction", SOLD, before) == [(SOLD, {"metrics": told, "period": "last week"})]
