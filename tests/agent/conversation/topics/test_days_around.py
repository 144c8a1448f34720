"""Days that are counted from those of the answer above: weeks before, the same week of a month, and held against it."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.threads.once_more.days_around import with_its_days
from agent.conversation.planner.threads.once_more.times import WHICH_SAME
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, calls_behind, reply_behind

SOLD, HELD, VISITS, SPLIT = "sales_summary", "compare_periods", "customer_visits", "sales_breakdown"


@pytest.mark.parametrize(
    ("period", "question", "said"),
    [
        ("last week", "4 weeks before", "19 october 2026 to 25 october 2026"),
        ("last week", "and two weeks earlier?", "and 2 november 2026 to 8 november 2026?"),
        ("yesterday", "a week earlier", "15 november 2026"),
        ("saturday", "same day 4 weeks ago", "24 october 2026"),
        ("last week", "vs the same week in october", "vs 19 october 2026 to 25 october 2026"),
        ("last week", "up or down on the same week in sept", "up or down on 21 september 2026 to 27 september 2026"),
        ("october", "3 months earlier", "1 july 2026 to 31 july 2026"),
    ],
)
def test_days_are_counted_from_those_of_the_answer(period: str, question: str, said: str) -> None:
    assert with_its_days(question, (Call(SOLD, {"period": period}, {"text": "So."}),), AROUND) == said


@pytest.mark.parametrize(
    ("period", "question"),
    [
        ("last week", "sales 4 weeks ago"),
        ("last week", "same week last year"),
        ("october", "same week in september"),
        ("last week", "2 months before"),
        ("last week", "4 weeks before thanksgiving"),
        ("yesterday", "the last 4 weeks"),
    ],
)
def test_days_that_need_no_answer_above_or_do_not_fit_it_stay(period: str, question: str) -> None:
    assert with_its_days(question, (Call(SOLD, {"period": period}, {"text": "So."}),), AROUND) == question


def test_the_same_day_without_a_time_is_the_week_before_of_a_day_and_else_asked() -> None:
    by_store: dict[str, Any] = {"metrics": ["net_sales"], "period": "yesterday", "by": "store"}
    assert calls_behind("same day", SOLD, by_store) == [(HELD, {**by_store, "compare_to": "same day last week"})]
    assert reply_behind("vs same day", SOLD, {"period": "last week"}).text == WHICH_SAME.format(span="day")


@pytest.mark.parametrize("question", ["up or down on sept", "down or up from sept", "vs sept"])
def test_figures_that_moved_are_held_against_the_days_that_are_said(question: str) -> None:
    moved = {"by": "store", "period": "october", "metrics": ["visitors"], "rank_by": "change", "compare_to": "auto"}
    ((name, args),) = calls_behind(question, SPLIT, moved)
    assert (name, args["period"], args["compare_to"]) == (SPLIT, "october", "sept")


@pytest.mark.parametrize("question", ["vs september", "compared with september", "is that more than in september"])
def test_what_holds_nothing_against_other_days_is_told_of_both(question: str) -> None:
    both = [("tender_mix", {"period": "october"}), ("tender_mix", {"period": "september"})]
    assert calls_behind(question, "tender_mix", {"period": "october"}) == both


@pytest.mark.parametrize("question", ["vs september", "compared with september"])
def test_behind_an_answer_without_figures_the_other_days_are_told(question: str) -> None:
    nothing = calls_behind(question, "refunds_and_voids", {"period": "october"}, {"error": "None are recorded."})
    assert nothing == [("refunds_and_voids", {"period": "september"})]


def test_the_week_before_is_that_of_the_answer() -> None:
    before = {"period": "2026-11-09 to 2026-11-15"}
    assert calls_behind("vs the week before", VISITS, {"period": "last week"})[1] == (VISITS, before)


@pytest.mark.parametrize("question", ["vs harbor point", "vs last week in produce", "more than usual?", "vs milk"])
def test_other_things_held_against_an_answer_are_no_days(question: str) -> None:
    assert len(calls_behind(question, "tender_mix", {"period": "october"})) < 2


@pytest.mark.parametrize(
    "question", ["which store lost the most", "which stores are down", "which stores lost customers"]
)
def test_which_store_lost_customers_is_told_of_both_spans(question: str) -> None:
    told = calls_behind(question, VISITS, {"period": "october"})
    assert told == [
        (VISITS, {"period": "october", "by": "store"}),
        (VISITS, {"period": "2026-09-01 to 2026-09-30", "by": "store"}),
    ]
