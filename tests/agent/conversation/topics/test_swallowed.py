"""Stores and days that a plainer question swallowed are put back."""

from __future__ import annotations

import pytest

from agent.conversation.planner.kept.swallowed import with_what_was_swallowed
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Grocery",),
)


@pytest.mark.parametrize(
    ("asked", "answered", "kept"),
    [
        ("stockout risk at Harbor Point", "what will run out soon", "what will run out soon at Harbor Point"),
        ("promo ROI at Harbor Point last month?", "promotion lift", "promotion lift at Harbor Point last month"),
        ("promo ROI last month", "promotion lift, all time", "promotion lift last month"),
        ("promo ROI last month", "promotion lift last month by category", "promotion lift last month by category"),
        ("order list for next month", "what should we reorder", "what should we reorder"),
        ("promo ROI across all stores", "promotion lift by store", "promotion lift by store"),
        ("How are sales?", "How are sales?", "How are sales?"),
    ],
)
def test_what_the_question_names_stays(asked: str, answered: str, kept: str) -> None:
    assert with_what_was_swallowed(asked, answered, AROUND) == kept
