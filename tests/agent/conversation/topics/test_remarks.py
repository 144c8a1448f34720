"""What is said beside a short message of a thread, and what is stated in it to be asked."""

from __future__ import annotations

import pytest

from agent.conversation.planner.threads.next_message.remarks import without_remarks
from tests.support.threads import calls_behind

SOLD, HELD, SPLIT = "sales_summary", "compare_periods", "sales_breakdown"


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("wow thats low. and the week before", "and the week before"),
        ("weird. is it like that every saturday", "is it like that every saturday"),
        ("interesting, and by day?", "and by day?"),
        ("thats a lot, why", "why"),
        ("oh right you dont have last year. what is that based on", "what is that based on"),
        ("hm which store", "which store"),
        ("as a % of sales pls", "as a % of sales"),
        ("ok thx and for produce", "and for produce"),
        ("thanks. by store please", "by store"),
    ],
)
def test_what_is_only_said_beside_a_message_is_taken_off(message: str, asked: str) -> None:
    assert without_remarks(message) == asked


@pytest.mark.parametrize(
    "message",
    [
        "thanks",
        "ok thanks",
        "thats a lot",
        "is that a lot",
        "cool drinks",
        "good sellers last week",
        "right",
        "no, the other",
    ],
)
def test_a_message_that_is_nothing_else_stays_as_it_is(message: str) -> None:
    assert without_remarks(message) == message


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("thats lower than usual no?", "is that lower than usual"),
        ("it's down on september, isn't it?", "is that down on september"),
        ("that was higher than last week right", "is that higher than last week"),
        ("we sold more than that last week didnt we", "compare that with last week"),
        ("hm so its going up. which stores", "which stores were up"),
        ("so it's going down, which depts", "which depts were down"),
    ],
)
def test_a_statement_to_be_confirmed_is_asked(message: str, asked: str) -> None:
    assert without_remarks(message) == asked


def test_the_figures_above_are_kept_behind_a_remark() -> None:
    of_departments = {"metrics": ["discounts"], "period": "october", "by": "department"}
    rate = {"metrics": ["discount_rate"], "period": "october", "by": "department"}
    assert calls_behind("as a % of sales pls", SOLD, of_departments) == [(SOLD, rate)]
    assert calls_behind("hm ok. which store", SOLD, of_departments) == [(SOLD, {**of_departments, "by": "store"})]
    ((name, args),) = calls_behind("so its going up. which stores", SOLD, of_departments)
    assert (name, args["by"], args["rank_by"], args["metrics"]) == (SPLIT, "store", "change", ["discounts"])
    usual = {"period": "yesterday", "compare_to": "four-week norm"}
    assert calls_behind("thats lower than usual no?", SOLD, {"period": "yesterday"}) == [(HELD, usual)]


@pytest.mark.parametrize("message", ["ok thx", "great, thx", "ty", "thx for that", "perfect tnx!"])
def test_thanks_in_short_are_thanks(message: str) -> None:
    assert not calls_behind(message, "stock_levels", {"product": "10297"})
