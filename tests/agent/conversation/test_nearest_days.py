"""Days outside the data: the nearest that are known are asked once, and the answer says so."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.afterwards.nearest_days import NOT_BEGUN, NOT_TODAY, STILL_TO_COME
from agent.conversation.planner.model import reply
from tests.support.turns import turn_of
from tools.errors import NOT_YET, TO_COME

NO_TODAY = "There is no data for today (26 November 2026) yet: it reaches to 25 November 2026."
NO_WEEK = "There is no data for this week so far (23 November 2026) yet: it reaches to 22 November 2026."
NO_MONTH = "There is no data for this month so far (1 December 2026) yet: it reaches to 30 November 2026."
NO_YEAR = "There is nothing to compare with: no sales for all stores on 1 Jan to 26 Nov 2025; the data begins in 2026."


@pytest.mark.parametrize(
    ("name", "args", "error", "expected", "said"),
    [
        ("sales_summary", {"period": "today"}, NO_TODAY, {"period": "yesterday"}, NOT_TODAY),
        (
            "top_products",
            {"period": "today", "stores": "Harbor Point"},
            NO_TODAY,
            {"period": "yesterday", "stores": "Harbor Point"},
            NOT_TODAY,
        ),
        (
            "compare_periods",
            {"period": "today", "compare_to": "yesterday"},
            NO_TODAY,
            {"period": "yesterday", "compare_to": "the day before"},
            NOT_TODAY,
        ),
        (
            "compare_periods",
            {"period": "this week", "compare_to": "last week"},
            NO_WEEK,
            {"period": "last week", "compare_to": "the week before"},
            NOT_BEGUN.format(span="this week", nearer="last week"),
        ),
        (
            "compare_periods",
            {"period": "this week", "compare_to": "same week last year"},
            NO_WEEK,
            {"period": "last week", "compare_to": "same week last year"},
            NOT_BEGUN.format(span="this week", nearer="last week"),
        ),
        (
            "underperforming_stores",
            {"period": "this month"},
            NO_MONTH,
            {"period": "last month"},
            NOT_BEGUN.format(span="this month", nearer="last month"),
        ),
    ],
)
def test_the_nearest_days_are_asked_instead(
    name: str, args: dict[str, Any], error: str, expected: dict[str, Any], said: str
) -> None:
    message = reply(turn_of("how did we do?", (name, args, {"error": error, "reason": NOT_YET})))
    assert [(call["name"], call["args"]) for call in message.tool_calls] == [(name, expected)]
    assert message.response_metadata["opening"] == said


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"period": "today"}, "No targets are recorded for all 5 stores."),
        ({"period": "yesterday"}, NO_TODAY),
        ({"period": "23 November"}, NO_WEEK),
        ({"period": "last week", "compare_to": "the week before"}, NO_YEAR),
    ],
)
def test_another_failure_is_told_as_it_is(args: dict[str, Any], error: str) -> None:
    document = {"error": error, "reason": NOT_YET if " yet:" in error else ""}
    message = reply(turn_of("how did we do?", ("sales_summary", args, document)))
    assert not message.tool_calls
    assert message.text == error


def test_a_second_try_is_the_last_and_alone_is_told() -> None:
    first = ("sales_summary", {"period": "today"}, {"error": NO_TODAY, "reason": NOT_YET})
    found = ("sales_summary", {"period": "yesterday"}, {"text": "Net sales yesterday: $10."})
    assert reply(turn_of("net sales today", first, found)).text == "Net sales yesterday: $10."
    again = ("sales_summary", {"period": "yesterday"}, {"error": "There is no data for yesterday yet."})
    message = reply(turn_of("net sales today", first, again))
    assert not message.tool_calls
    assert message.text == "There is no data for yesterday yet."


def test_this_weekday_that_is_still_to_come_is_the_last_one() -> None:
    to_come = {"error": "Tuesday 24 November 2026 is in the future.", "reason": TO_COME}
    message = reply(turn_of("why did sales drop this Tuesday", ("explain_change", {"period": "this tuesday"}, to_come)))
    assert [call["args"] for call in message.tool_calls] == [{"period": "last tuesday"}]
    assert message.response_metadata["opening"] == STILL_TO_COME.format(day="Tuesday")
    named = reply(turn_of("why", ("explain_change", {"period": "24 November 2026"}, to_come)))
    assert not named.tool_calls
