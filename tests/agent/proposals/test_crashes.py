"""A process is killed at every boundary of a write; the next one must end it with one effect and one word.

A life of the bot is a process of its own on a folder: it presses Approve where nobody has, works until the change is
settled and its card is told, and is killed with SIGKILL at one boundary. Boundaries are around every commit, anchor,
remembered workflow step, card and request, and within the far end between arriving, taking effect and answering. Those
before the first request are the same under every fault and are gone through once for each kind. The far end is a POS,
a receiver of webhooks, our own list of tasks or our own purchase orders; ``crash_cases`` has the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle

import pytest

from agent.proposals.kinds import KINDS as EVERY_KIND
from tests.support.crash_cases import CASES, ORDERS, RECEIVER, SHOP, TASKS, cells
from tests.support.crash_rig import ROOT, CrashRig, crash_rig
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

EXISTING = [(name, manner, fault) for name in CASES for manner, fault, why_not in cells(name) if not why_not]
"""Every cell of the table that there is."""


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
        ("price_list", ("pos.applied", 2), "", "keys"),
        ("price_list", ("line.committed", 1), "timeout_after", "plain"),
        ("store_task", ("pos.applied", 1), "", "keys"),
        ("count_task", ("pos.uncommitted", 1), "error_before", "keys"),
        ("customer_list_export", ("pos.applied", 1), "", "keys"),
        ("store_note", ("pos.applied", 1), "", "plain"),
        ("signage_update", ("pos.arrives", 1), "offline", "plain"),
        ("own_purchase_order", ("pos.applied", 1), "", "keys"),
    ],
)  # fmt: skip
def test_a_kill_at_this_boundary_and_a_restart_give_one_effect_and_one_word(
    rig: CrashRig, kind: str, kill: tuple[str, int], fault: str, manner: str
) -> None:
    report = rig.die(kind, manner, fault, [kill])
    assert report["told"][-1] == report["status"]


def test_every_kind_is_in_the_table_and_what_is_left_out_has_a_reason() -> None:
    assert set(CASES) - {"own_purchase_order"} == set(EVERY_KIND)
    assert {len(list(cells(name))) for name in CASES} == {len(MANNERS) * (1 + len(FAULTS))}
    assert all(any(fault and not why for _manner, fault, why in cells(name)) for name in CASES)
    assert len(EXISTING) > 250


def test_the_table_of_the_page_says_the_same() -> None:
    page = (ROOT / "docs" / "actions.md").read_text(encoding="utf-8")
    for fault in FAULTS:
        (row,) = (line for line in page.splitlines() if line.startswith(f"| `{fault}` |"))
        cells_of_row = [cell.strip() for cell in row.strip("|").split("|")[1:]]
        for far_end, cell in zip((SHOP, RECEIVER, TASKS, ORDERS), cells_of_row, strict=True):
            assert cell.startswith("–") is bool(far_end.why_not("", fault)), (fault, far_end.name, cell)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize(("name", "manner", "fault"), EXISTING)
def test_every_boundary_of_every_kind_under_every_fault(
    rig: CrashRig, name: str, manner: str, fault: str, record_property: Callable[[str, object], None]
) -> None:
    boundaries = rig.boundaries(name, manner, fault)
    for kill in boundaries:
        rig.die(name, manner, fault, [kill])
    record_property("boundaries", len(boundaries))
    assert len(boundaries) > 10


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize(("name", "manner"), [one[:2] for one in EXISTING if not one[2]])
def test_a_restart_that_is_killed_as_well_changes_nothing(rig: CrashRig, name: str, manner: str) -> None:
    for first in AROUND_SENDING:
        for second in [*AROUND_SENDING, *AFTER_SENDING, ("pos.read", 1), ("step_begin.remembered", 1)]:
            report = rig.die(name, manner, "", [first, second])
            assert report["told"][-1] == report["status"]
