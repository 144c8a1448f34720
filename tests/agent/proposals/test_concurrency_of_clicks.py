"""Many clicks at one moment, from two processes, on one card: one of them decides, and one effect comes of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.proposals.payload import idempotency_key
from tests.support.proposals_world import World

ROOT = Path(__file__).parents[3]
CLICKS_EACH = 25


@contextmanager
def clickers(home: Path) -> Iterator[Sequence[subprocess.Popen[str]]]:
    """Two processes on one folder with 25 people in each, waiting for the id of a card."""
    command = [sys.executable, "-m", "tests.support.proposals_child", str(home), "click", str(CLICKS_EACH)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        yield both
    finally:
        for one in both:
            one.communicate(timeout=60)


def all_click(both: Sequence[subprocess.Popen[str]], proposal_id: str) -> list[str]:
    """What each of the fifty was answered."""
    for one in both:
        assert one.stdin is not None
        one.stdin.write(proposal_id + "\n")
        one.stdin.flush()
    answers: list[str] = []
    for one in both:
        assert one.stdout is not None
        answers += json.loads(one.stdout.readline())
    return answers


def rounds(home: Path, count: int) -> int:
    """So many cards clicked by fifty each, every one judged; how many requests the POS got altogether."""
    world = World(home)
    world.launch()
    with clickers(home) as both:
        for number in range(count):
            # A manager asks, the owner clicks: what the owner asked for would take another pair of eyes in the end.
            proposal_id = world.propose("U_MANAGER_S01", variant=f"V{number}")
            answers = all_click(both, proposal_id)
            assert len(answers) == 2 * CLICKS_EACH
            assert answers.count("approved") == 1, answers
            assert all(answer == "approved" or "already approved" in answer for answer in answers)
            world.proposals.resume()
            view = world.proposals.wait(proposal_id, 30)
            assert view.status == "executed"
            assert [event["event"] for event in view.events].count("approved") == 1
            made = [effect[0] for effect in world.pos.effects()]
            assert made.count(idempotency_key(proposal_id, view.payload_sha256)) == 1
            assert len(made) == world.pos.requests() == number + 1
    assert world.audit.verify().ok
    requests = world.pos.requests()
    world.close()
    return requests


@pytest.mark.slow
def test_fifty_clicks_from_two_processes_are_one_decision_and_one_effect(tmp_path: Path) -> None:
    assert rounds(tmp_path, 3) == 3


@pytest.mark.soak
@pytest.mark.timeout(14_400)
def test_a_thousand_rounds_of_fifty_clicks(tmp_path: Path) -> None:
    assert rounds(tmp_path, 1_000) == 1_000
