from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.db.tables import Proposal
from agent.proposals.transitions import TRANSITIONS, WORKING, IllegalTransitionError, Status, require
from tests.support.proposals_world import World

LEGAL = {
    ("pending", "approved"),
    ("pending", "rejected"),
    ("pending", "expired"),
    ("pending", "superseded"),
    ("pending", "cancelled"),
    ("approved", "executing"),
    ("approved", "failed"),
    ("approved", "expired"),
    ("executing", "executed"),
    ("executing", "failed"),
    ("executing", "unknown"),
    ("unknown", "executed"),
    ("unknown", "failed"),
    ("executed", "undone"),
}


@pytest.mark.parametrize(("before", "after"), list(itertools.product(Status, Status)))
def test_only_the_listed_changes_are_legal(before: Status, after: Status) -> None:
    if (before.value, after.value) in LEGAL:
        require(before, after)
    else:
        with pytest.raises(IllegalTransitionError):
            require(before, after)


def test_every_status_has_its_line() -> None:
    assert set(TRANSITIONS) == set(Status)


@given(st.lists(st.sampled_from(list(Status)), max_size=30))
def test_no_walk_approves_twice_or_leaves_an_end(wishes: list[Status]) -> None:
    status, walked = Status.PENDING, [Status.PENDING]
    for wish in wishes:
        if wish in TRANSITIONS[status]:
            status = wish
            walked.append(wish)
    assert len(walked) == len(set(walked))
    if Status.EXECUTED in walked:
        assert walked.index(Status.APPROVED) < walked.index(Status.EXECUTING) < walked.index(Status.EXECUTED)
    if {Status.REJECTED, Status.CANCELLED, Status.SUPERSEDED} & set(walked):
        assert not {Status.APPROVED, *WORKING, Status.EXECUTED} & set(walked)


def test_the_database_refuses_what_the_table_does_not_list(world: World) -> None:
    proposal_id = world.propose()
    with pytest.raises(IllegalTransitionError), world.store.transaction() as work:
        work.move(work.get(proposal_id), Status.EXECUTED, "U_OWNER")
    assert world.proposals.view(proposal_id).status == "pending"
    assert len(world.proposals.view(proposal_id).events) == 1


def test_a_stale_row_loses_the_compare_and_set(world: World) -> None:
    proposal_id = world.propose()
    with world.database.reading() as session:
        stale: Any = session.get(Proposal, proposal_id)
    world.proposals.reject(proposal_id, world.scope("U_OWNER"))
    with world.store.transaction() as work:
        assert not work.move(stale, Status.APPROVED, "U_OWNER")
    assert world.proposals.view(proposal_id).status == "rejected"
