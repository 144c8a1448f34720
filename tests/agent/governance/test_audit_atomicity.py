"""A change of a proposal and its event are one: wherever recording breaks, neither is left, and trying again works."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from agent.db.tables import AuditEvent, Proposal
from agent.proposals.executor import Executor
from agent.proposals.transitions import TRANSITIONS, WORKING, Status
from tests.support.proposals_world import QUICK, World

HOW = ("before", "after", "commit")
_STATES = {"reverting": "reverting", "reverted": "reverted", "left_alone": "left", "revert_unknown": "unknown"}


class InjectedError(Exception):
    """What breaks."""


class Recording:
    """Counts events as they are recorded, and breaks one of them in one of three ways."""

    def __init__(self, world: World, at: int = 0, how: str = "") -> None:
        self.count, self._at, self._how = 0, at, how
        self._append = world.audit.append
        world.audit.append = self.append  # type: ignore[method-assign]

    def append(self, session: Session, **given: Any) -> AuditEvent:
        self.count += 1
        broken = self.count == self._at
        if broken and self._how == "before":
            raise InjectedError
        row = self._append(session, **given)
        if broken and self._how == "after":
            raise InjectedError
        if broken:

            @event.listens_for(session, "before_commit", once=True)
            def refuse(_: Session) -> None:
                raise InjectedError

        return row


class Inline:
    """Workflow steps run here and now; those that ended are remembered, as a durable workflow does."""

    def __init__(self, memory: list[Any]) -> None:
        self._memory, self._at = memory, 0

    def run(self, _name: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._at == len(self._memory):
            self._memory.append(function(*args, **kwargs))
        self._at += 1
        return self._memory[self._at - 1]

    def sleep(self, seconds: float) -> None:
        """At once."""


class Life:
    """One of everything that can happen to proposals, as steps that may be tried again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ids: dict[str, str] = {}
        self._memories: dict[str, list[Any]] = {}

    def steps(self) -> Iterator[Callable[[], None]]:
        world = self.world
        yield self.propose("plain", "V1")
        yield self.approve("plain")
        yield self.carry_on
        yield lambda: self.ids.update(undo=world.proposals.undo(self.ids["plain"], world.scope("U_OWNER")).id)
        yield self.approve("undo")
        yield self.carry_on
        yield self.propose("edited", "V2")
        yield lambda: self.ids.update(
            rejected=world.proposals.edit(self.ids["edited"], {"price": "3.00"}, world.scope("U_OWNER")).id
        )
        yield lambda: _ignore(world.proposals.reject(self.ids["rejected"], world.scope("U_OWNER"), "no"))
        yield self.propose("big", "V3", live="3999.00", percent=Decimal(-30))
        yield self.approve("big", "U_DISTRICT")
        yield self.approve("big")
        yield lambda: world.pos.faults.append("refuse")
        yield self.carry_on
        yield self.propose("temporary", "V4", until=world.clock.at + timedelta(days=1))
        yield self.approve("temporary")
        yield self.carry_on
        yield self.propose("forgotten", "V5")
        yield lambda: world.clock.pass_time(days=3)
        yield lambda: _ignore(world.proposals.expire_due())
        yield lambda: _ignore(world.proposals.revert_due())

    def propose(self, name: str, variant: str, **draft: Any) -> Callable[[], None]:
        return lambda: self.ids.update({name: self.world.propose("U_MANAGER_S01", variant=variant, call=name, **draft)})

    def approve(self, name: str, user: str = "U_OWNER") -> Callable[[], None]:
        return lambda: _ignore(self.world.proposals.approve(self.ids[name], self.world.scope(user)))

    def carry_on(self) -> None:
        for row in self.world.store.rows(Proposal.status.in_([one.value for one in WORKING])):
            executor: Executor = self.world.executor
            executor._run(Inline(self._memories.setdefault(row.id, [])), row.id)

    def ends(self) -> dict[str, str]:
        return {name: self.world.store.get(one).status for name, one in self.ids.items()}


def _ignore(_: object) -> None:
    return None


def check(world: World) -> None:
    """Status and events say the same of every proposal, and every change is one that the table lists."""
    with world.database.reading() as session:
        rows = list(session.scalars(select(Proposal)))
        events = list(session.execute(select(AuditEvent.subject_id, AuditEvent.event).order_by(AuditEvent.seq)))
    for row in rows:
        told = [one.event for one in events if one.subject_id == row.id]
        assert told[0] == "proposed", row.id
        statuses = [Status.PENDING, *(Status(one) for one in told if one in set(Status))]
        assert row.status == statuses[-1].value, (row.id, told)
        assert all(after in TRANSITIONS[before] for before, after in pairwise(statuses))
        assert (row.first_approved_by is not None) == ("first_approval" in told)
        reverts = [_STATES[one] for one in told if one in _STATES]
        if reverts and row.status != Status.UNDONE.value:
            assert row.revert_state == reverts[-1], (row.id, told)
    assert {one.subject_id for one in events} == {row.id for row in rows}
    assert world.audit.verify().ok


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an upgraded database and people, to be copied: making one takes half a second."""
    home = tmp_path_factory.mktemp("empty")
    World(home).close()
    return home


def opened(home: Path, empty_home: Path) -> World:
    shutil.copytree(empty_home, home)
    return World(home, settings=replace(QUICK, two_approvals_over_minor=100_000, four_eyes_over_minor=None))


@pytest.fixture(scope="module")
def whole(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, str], int]:
    """Events, ends and effects of a life in which nothing breaks."""
    world = opened(tmp_path_factory.mktemp("whole") / "home", empty_home)
    recording, life = Recording(world), Life(world)
    for step in life.steps():
        step()
    check(world)
    found = recording.count, life.ends(), len(world.pos.effects())
    world.close()
    return found


def live(home: Path, empty_home: Path, at: int, how: str) -> tuple[dict[str, str], int]:
    """The same life with one recording broken and what it broke tried again: its ends and effects."""
    world = opened(home, empty_home)
    recording, life = Recording(world, at, how), Life(world)
    broke = 0
    for step in life.steps():
        try:
            step()
        except InjectedError:
            broke += 1
            check(world)
            step()
    assert broke == 1, f"event {at} of {recording.count} was not reached"
    check(world)
    found = life.ends(), len(world.pos.effects())
    world.close()
    return found


def test_the_life_holds_every_way_to_end(whole: tuple[int, dict[str, str], int]) -> None:
    events, ends, effects = whole
    assert ends == {
        "plain": "undone",
        "undo": "executed",
        "edited": "superseded",
        "rejected": "rejected",
        "big": "failed",
        "temporary": "executed",
        "forgotten": "expired",
    }
    assert effects == 4
    assert events >= 28


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("quarter", range(4))
def test_a_recording_that_breaks_leaves_neither_change_nor_event(
    tmp_path: Path, empty_home: Path, whole: tuple[int, dict[str, str], int], how: str, quarter: int
) -> None:
    """A spread of all places; ``make soak`` goes through each of them."""
    at = 1 + (quarter * whole[0]) // 4 + HOW.index(how)
    assert live(tmp_path / "home", empty_home, min(at, whole[0]), how) == whole[1:]


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_wherever_a_recording_breaks_neither_change_nor_event_is_left(
    tmp_path: Path, empty_home: Path, whole: tuple[int, dict[str, str], int]
) -> None:
    for at in range(1, whole[0] + 1):
        for how in HOW:
            assert live(tmp_path / f"{at}-{how}", empty_home, at, how) == whole[1:]
