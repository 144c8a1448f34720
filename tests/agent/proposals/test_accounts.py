"""The account of whoever approved, asked for once more before anything is sent."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import agent.proposals.executor
from agent.errors import RefusedError, UnavailableError
from tests.support.proposals_world import World


class Accounts:
    """What is known of accounts: ``gone`` ones are refused, and while ``silent`` nothing is said."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.silent = False
        self.asked: list[str] = []

    def __call__(self, user_id: str) -> None:
        self.asked.append(user_id)
        if self.silent:
            raise UnavailableError("Slack does not answer.")
        if user_id in self.gone:
            raise RefusedError("This account is deactivated, so I cannot answer it.")


@pytest.fixture
def accounts() -> Accounts:
    return Accounts()


@pytest.fixture
def running(tmp_path: Path, accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(agent.proposals.executor, "_ASK_AGAIN_SECONDS", 0.05)
    world = World(tmp_path, account=accounts)
    world.launch()
    yield world
    world.close()


def approved(world: World) -> str:
    proposal_id = world.propose(live="3.99")
    world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    return proposal_id


def test_who_was_deactivated_after_the_click_changes_nothing(running: World, accounts: Accounts) -> None:
    accounts.gone.add("U_OWNER")
    view = running.proposals.wait(approved(running), 20)
    assert view.status == "failed"
    assert view.outcome is not None
    assert view.outcome["message"] == (
        "Nothing was changed: the right to approve it was lost. This account is deactivated, so I cannot answer it."
    )
    assert (running.pos.requests(), accounts.asked) == (0, ["U_OWNER"])
    assert running.audit.verify().ok


def test_what_was_approved_waits_while_nobody_says_who_that_is(running: World, accounts: Accounts) -> None:
    accounts.silent = True
    proposal_id = approved(running)
    _until(lambda: len(accounts.asked) > 2)
    assert running.proposals.view(proposal_id).status == "approved"
    assert running.pos.requests() == 0
    accounts.silent = False
    assert running.proposals.wait(proposal_id, 20).status == "executed"
    assert len(running.pos.effects()) == 1


def test_it_does_not_wait_longer_than_its_time(running: World, accounts: Accounts) -> None:
    accounts.silent = True
    proposal_id = approved(running)
    _until(lambda: len(accounts.asked) > 2)
    running.clock.pass_time(days=30)
    assert running.proposals.wait(proposal_id, 20).status == "expired"
    assert running.pos.requests() == 0


def _until(come: Callable[[], bool]) -> None:

    deadline = time.monotonic() + 20
    while not come():
        assert time.monotonic() < deadline
        time.sleep(0.02)
