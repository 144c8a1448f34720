"""The machine of ``test_any_order`` is only worth something if it finds what is wrong: here it must.

Each bug is put into the real code, and the seeded machine has to come upon a sequence that shows it.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from agent.proposals.transitions import IllegalTransitionError
from tests.support.planted_bugs import BUGS, planted
from tests.support.proposals_machine import machine_folder

SOON_FOUND = ("no compare-and-set", "expiry ignored at execution", "authority not looked up again")
FOUND = (AssertionError, IllegalTransitionError)


SEEDS = range(1, 7)
"""Sequences of one seed resemble each other: a bug that needs four steps in a row may be missed by thousands."""


def found(bug: str, examples: int, number: int = 1) -> bool:
    """Whether so many sequences of the seed of this number show the bug."""
    until_found = settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    with machine_folder() as machine, planted(bug):
        try:
            run_state_machine_as_test(seed(number)(machine), settings=until_found)
        except FOUND:
            return True
    return False


@pytest.mark.parametrize("bug", list(BUGS))
def test_what_a_bug_replaces_still_stands_in_the_code(bug: str) -> None:
    """A plant that went stale would only show in the soak."""
    before = [getattr(mistake.owner, mistake.name) for mistake in BUGS[bug]]
    with planted(bug):
        exchanged = [getattr(mistake.owner, mistake.name) for mistake in BUGS[bug]]
    assert all(new is not old for new, old in zip(exchanged, before, strict=True))
    assert [getattr(mistake.owner, mistake.name) for mistake in BUGS[bug]] == before


@pytest.mark.slow
@pytest.mark.parametrize("bug", SOON_FOUND)
def test_the_machine_soon_finds(bug: str) -> None:
    assert found(bug, 300)


@pytest.mark.soak
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("bug", list(BUGS))
def test_the_machine_finds(bug: str) -> None:
    assert any(found(bug, 500, number) for number in SEEDS)
