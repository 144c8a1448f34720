"""The same road with the production connector and the stand-in that speaks Square's protocol over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.jobs import Jobs
from agent.proposals.executor import Executor
from agent.proposals.payload import idempotency_key
from agent.proposals.service import Proposals
from tests.support.proposals_world import World
from tests.support.square_world import pos_world


@pytest.mark.parametrize(
    "fault", ["", "timeout_before", "timeout_after", "error_before", "error_after", "duplicate_reply"]
)
def test_an_approved_price_reaches_the_square_account_exactly_once(tmp_path: Path, fault: str) -> None:
    world = World(tmp_path / "home")
    with pos_world(tmp_path) as square, square.reader() as reader, square.writer(reader) as writer:
        world.jobs = Jobs(world.home)
        writers = {"square": writer}
        executor = Executor(world.store, world.clock, world.authority, lambda: writers, world.jobs, world.settings)
        world.proposals = Proposals(
            world.store,
            world.clock,
            world.directory,
            {"square": reader},
            world.catalogue,
            world.settings,
            executor,
            world.authority,
        )
        world.launch()
        world.pos.set_price("V100", "S01", "unused")
        proposal_id = world.propose(variant="V100")
        assert world.proposals.view(proposal_id).payload["before"] == "4.50"
        if fault:
            square.faults.order({"operation": "catalog.upsert", "fault": fault, "times": 1})
        world.proposals.approve(proposal_id, world.scope("U_OWNER"))
        view = world.proposals.wait(proposal_id, 30)
        world.close()
        effects = square.pos.effects()["effects"]
    assert view.status == "executed"
    assert view.payload["after"] == "3.83"
    assert len(effects) == 1
    assert effects[0]["idempotency_key"] == idempotency_key(proposal_id, view.payload_sha256)
