"""The machine of ``test_any_order`` is only worth something if it finds what is wrong: here it must."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.planted_bugs import BUGS, planted
from tests.support.proposals_machine import machine_folder

QUICKLY_FOUND = ("no compare-and-set", "superseded still approvable")
"""Found within a second or two; the others are left to the soak."""

FIRST_ONLY = settings(
    max_examples=600,
    stateful_step_count=30,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize(
    "bug", [pytest.param(bug, marks=() if bug in QUICKLY_FOUND else pytest.mark.soak) for bug in BUGS]
)
def test_the_machine_finds_it(bug: str) -> None:
    with machine_folder() as machine, planted(bug), pytest.raises(Exception):  # noqa: B017, PT011
        run_state_machine_as_test(seed(1)(machine), settings=FIRST_ONLY)
