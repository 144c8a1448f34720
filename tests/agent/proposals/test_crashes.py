"""A process is killed at every boundary of a write; the next one must end it with one effect and one word.

A life of the bot is a process of its own on a folder: it presses Approve where nobody has, works until the change is
settled and its card is told, and is killed with SIGKILL at one boundary. Boundaries are around every commit, anchor,
remembered workflow step, card and request, and within the POS between arriving, taking effect and answering. Those
before the first request are the same under every fault of the POS and are gone through once for each kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest

from tests.support.crash_rig import CrashRig, crash_rig
from tests.support.drafts_of_every_kind import KINDS
from tests.support.ledger_shop import FAULTS, MANNERS

BACKWARDS = MANNERS[::-1]
BEFORE_SENDING = [
    ("approved.uncommitted", 1),
    ("approved.committed", 1),
    ("executing.committed", 1),
    ("start.before", 1),
]
AROUND_SENDING = [("sending.committed", 1), ("pos.arrives", 1), ("pos.applied", 1), ("pos.answered", 1)]
AFTER_SENDING = [
    ("step_send.remembered", 1),
    ("executed.uncommitted", 1),
    ("executed.committed", 1),
    ("card.before", 3),
]


@pytest.fixture(scope="module")
def rig() -> Iterator[CrashRig]:
    with crash_rig() as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "kill", "fault", "manner"),
    [
        *zip(KINDS, cycle(AROUND_SENDING), cycle(["", "timeout_after", ""]), cycle(MANNERS), strict=False),
        *zip(KINDS[1::2], cycle(AFTER_SENDING), cycle(["error_after", "", "throttle"]), cycle(BACKWARDS), strict=False),
        *(("price_change", kill, "", "keys") for kill in BEFORE_SENDING),
        ("price_change", ("pos.read", 2), "timeout_before", "keys"),
        ("stock_adjust", ("pos.read", 2), "timeout_before", "marks"),
        ("transfer", ("looked.uncommitted", 1), "late", "keys"),
        ("transfer", ("pos.applied", 1), "", "plain"),
        ("stock_count", ("pos.answered", 1), "refuse", "marks"),
    ],
)  # fmt: skip
def test_a_kill_at_this_boundary_and_a_restart_give_one_effect_and_one_word(
    rig: CrashRig, kind: str, kill: tuple[str, int], fault: str, manner: str
) -> None:
    rig.die(kind, manner, fault, [kill])


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("fault", ["", *FAULTS])
@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("kind", [pytest.param(kind, marks=pytest.mark.xdist_group(kind)) for kind in KINDS])
def test_every_boundary_of_every_kind_under_every_fault(rig: CrashRig, kind: str, manner: str, fault: str) -> None:
    if fault in ("late", "twice") and manner != "keys":
        pytest.skip("a POS that answers no key from memory cannot know a request that comes twice by itself")
    boundaries = rig.boundaries(kind, manner, fault)
    for kill in boundaries:
        rig.die(kind, manner, fault, [kill])
    assert len(boundaries) > 15


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("kind", [pytest.param(kind, marks=pytest.mark.xdist_group(kind)) for kind in KINDS])
def test_a_restart_that_is_killed_as_well_changes_nothing(rig: CrashRig, kind: str, manner: str) -> None:
    for first in AROUND_SENDING:
        for second in [*AROUND_SENDING, *AFTER_SENDING, ("pos.read", 1), ("step_begin.remembered", 1)]:
            rig.die(kind, manner, "", [first, second])
