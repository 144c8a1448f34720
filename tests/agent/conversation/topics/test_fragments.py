"""What only makes sense behind something else is asked back where nothing stands before it."""

from __future__ import annotations

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(today="2026-11-23", stores=(NamedStore("S01", "Market Street", "North"),), departments=("Deli",))


@pytest.mark.parametrize(
    "said",
    [
        "as % of sales", "the second one", "csv please", "make it 10", "what did they buy", "how many of those",
        "who did it", "show me", "break it down", "only the ones that went down", "and in percent", "order it",
    ],
)  # fmt: skip
def test_nothing_is_guessed_for_a_fragment(said: str) -> None:
    decided = plan(said, (), AROUND)
    assert decided.calls == ()
    assert "do you mean?" in decided.text


@pytest.mark.parametrize("said", ["sales by store", "only Deli", "show me the best sellers", "discounts as % of sales"])
def test_what_says_what_it_is_about_is_answered(said: str) -> None:
    assert plan(said, (), AROUND).calls
