"""Sales of days to come: what is asked for, what is refused, and what is another subject."""

from __future__ import annotations

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Deli", "Produce"),
)


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("forecast next week's sales for milk", {"product": "milk", "period": "next week"}),
        ("how much will we sell tomorrow at Harbor Point", {"stores": "Harbor Point", "period": "tomorrow"}),
        ("what will our revenue be by the end of the month", {"period": "the end of the month"}),
        ("forecast deli sales for the weekend", {"department": "Deli", "period": "the weekend"}),
        ("how many transactions should we expect on Friday", {"metric": "transactions", "period": "friday"}),
        ("sales next week", {"period": "next week"}),
    ],
)
def test_an_outlook(question: str, args: dict[str, str]) -> None:
    assert plan(question, (), AROUND).calls == (("sales_outlook", args),)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how accurate were our forecasts by brand?", "not by brand"),
        ("which products will be popular next month?", "do not rank"),
        ("forecast next week compared to last week", "not held against"),
    ],
)
def test_what_cannot_be_had_is_said(question: str, said: str) -> None:
    decided = plan(question, (), AROUND)
    assert decided.calls == ()
    assert said in decided.text


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("what will we run out of next week", "stockout_risk"),
        ("are we going to hit our target this month", "target_progress"),
        ("how are sales trending this month", "compare_periods"),
    ],
)
def test_neighbouring_subjects_stay_theirs(question: str, tool: str) -> None:
    assert [name for name, _ in plan(question, (), AROUND).calls] == [tool]
