"""A process is killed at each boundary of a write; the next start must end it with one effect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.proposals_world import World

ROOT = Path(__file__).parents[3]


def child(home: Path, what: str, *ids: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.proposals_child", str(home), what, *ids],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    "boundary", ["before_start", "after_begin", "before_send", "after_send", "looking", "after_commit"]
)
def test_a_kill_at_this_boundary_and_a_restart_give_one_effect_and_one_word(tmp_path: Path, boundary: str) -> None:
    first = World(tmp_path)
    proposal_id = first.propose(price="3.99")
    first.close()
    with child(tmp_path, boundary, proposal_id) as dying:
        assert dying.wait(30) == -signal.SIGKILL
    again = World(tmp_path)
    told: list[str] = []
    again.proposals.subscribe(lambda one: told.append(again.proposals.view(one).status))
    again.launch()
    deadline = time.monotonic() + 30
    while "executed" not in told and time.monotonic() < deadline:
        again.proposals.resume()
        time.sleep(0.05)
    view = again.proposals.view(proposal_id)
    again.close()
    assert view.status == "executed"
    assert "executed" in told
    assert [price for *_, price in again.pos.effects()] == ["3.39"]
    assert again.audit.verify().ok
    events = [event["event"] for event in view.events]
    assert [events.count(one) for one in ("approved", "executing", "executed")] == [1, 1, 1]


def test_two_processes_that_approve_the_same_cards_make_one_effect_each(tmp_path: Path) -> None:
    world = World(tmp_path)
    ids = [world.propose(variant=f"V{number}") for number in range(20)]
    world.launch()
    with child(tmp_path, "approve_all", *ids) as one, child(tmp_path, "approve_all", *ids) as two:
        for process in (one, two):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [[int(word) for word in process.communicate(timeout=60)[0].split()] for process in (one, two)]
    assert sum(won for won, _ in said) == 20
    assert sum(stale for _, stale in said) == 20
    world.proposals.resume()
    statuses = {world.proposals.wait(one, 30).status for one in ids}
    world.close()
    assert statuses == {"executed"}
    assert len(world.pos.effects()) == 20
    assert world.pos.requests() == 20
