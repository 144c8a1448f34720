"""Work that the record of workflows calls running while nobody runs it: done by another, and once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from dbos import DBOS

import agent.jobs
from agent.proposals.payload import idempotency_key
from tests.support.lost_work import strand
from tests.support.proposals_world import World

PATIENCE_SECONDS = 30.0


def _until(world: World, proposal_id: str, status: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while world.proposals.view(proposal_id).status != status and time.monotonic() < deadline:
        world.proposals.resume()
        time.sleep(0.05)


def _approved_and_stranded(world: World) -> tuple[str, str]:
    proposal_id = world.propose(live="3.99")
    key = idempotency_key(proposal_id, world.proposals.view(proposal_id).payload_sha256)
    strand(world.home, "execute_proposal", key, proposal_id)
    world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    return proposal_id, key


def test_a_change_whose_workflow_is_lost_is_carried_out_by_another_and_not_again_when_it_is_found(
    running: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent.jobs, "_TAKEN_UP_WITHIN", 0.3)
    proposal_id, key = _approved_and_stranded(running)
    assert running.proposals.view(proposal_id).status == "approved"
    _until(running, proposal_id, "executed")
    assert [effect[0] for effect in running.pos.effects()] == [key]
    before = [event["event"] for event in running.proposals.view(proposal_id).events]
    DBOS.resume_workflow(key).get_result()
    view = running.proposals.view(proposal_id)
    assert (view.status, [event["event"] for event in view.events]) == ("executed", before)
    assert running.pos.requests() == 1
    assert running.audit.verify().ok


class _Remembering:
    """Steps of a workflow that had begun before a crash and is found again late."""

    def run(self, name: str, function: Callable[..., Any], *args: Any) -> Any:
        return 1 if name == "begin" else function(*args)

    def sleep(self, seconds: float) -> None:
        return


@pytest.mark.parametrize(("fault", "status"), [("", "executed"), ("refuse", "failed")])
def test_one_that_had_begun_and_is_found_after_the_change_is_settled_sends_nothing(
    running: World, fault: str, status: str
) -> None:
    running.pos.faults = [fault]
    proposal_id = running.propose(live="3.99")
    running.proposals.approve(proposal_id, running.scope("U_OWNER"))
    before = running.proposals.wait(proposal_id, PATIENCE_SECONDS)
    assert before.status == status
    requests = running.pos.requests()
    running.executor._run(_Remembering(), proposal_id)
    after = running.proposals.view(proposal_id)
    assert (after.status, after.outcome, after.events) == (before.status, before.outcome, before.events)
    assert running.pos.requests() == requests
