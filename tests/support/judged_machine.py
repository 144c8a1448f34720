"""The machine without its rules: a world that dies and is opened again, and everything that must hold in it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from agent.errors import FloorwalkerError
from agent.proposals.kinds import parse_payload
from agent.proposals.payload import idempotency_key
from agent.proposals.transitions import TRANSITIONS, Status
from tests.support.machine_world import PEOPLE, RULES, MachineWorld
from tests.support.proposals_oracle import Filed, Oracle
from tests.support.proposals_world import TickingClock
from tests.support.stand_in_jobs import DiedError, Memory
from tools.context import Role, Scope
from tools.errors import ToolError

STATUSES = frozenset(Status)
OVER = frozenset({"rejected", "expired", "superseded", "cancelled", "failed"})
REFUSALS = (FloorwalkerError, ToolError)


class JudgedMachine(RuleBasedStateMachine):
    """A fresh world for every sequence; ``folder`` holds the empty template it is copied from."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.clock = TickingClock()
        self.memory = Memory()
        self.oracle = Oracle({one["user_id"]: dict(one) for one in PEOPLE})
        self.wrong: list[str] = []
        self.calls = 0
        self.countdown: int | str = 0
        self.manner = "keys"
        self.home = self.folder / "world"
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.folder / "template", self.home)
        self.world = self._open()
        # Outside any transaction, so that each look is at what is committed by then.
        self.onlooker = sqlite3.connect(self.home / "operations.sqlite", isolation_level=None)
        self.onlooker.row_factory = sqlite3.Row

    # -- the world

    def _at(self, name: str) -> None:
        if name == "executing.uncommitted":
            self._judge_execution(self.world.jobs.current[0])
        if isinstance(self.countdown, int) and self.countdown:
            self.countdown -= 1
            if not self.countdown:
                raise DiedError(name)
        elif name == self.countdown:
            raise DiedError(name)

    def _open(self) -> MachineWorld:
        """Open what is on disk, as a process that starts does."""
        world = MachineWorld(self.home, self.clock, memory=self.memory, at=self._at)
        world.pos.behave(self.manner)
        world.directory.replace_members(list(self.oracle.people.values()))
        return world

    def _do(self, what: Callable[[], Any], death: int | str = 0) -> Any:
        """Do something that may die half way; after a death the next process opens the folder."""
        self.countdown = death
        try:
            return what()
        except DiedError:
            self.countdown = 0
            self.world.close()
            self.world = self._open()
            return None
        finally:
            self.countdown = 0

    def query(self, sql: str) -> list[sqlite3.Row]:
        """What the file holds, read past all of our own code."""
        return self.onlooker.execute(sql).fetchall()

    def rows(self) -> dict[str, sqlite3.Row]:
        return {row["id"]: row for row in self.query("SELECT * FROM proposal ORDER BY proposed_at, rowid")}

    def statuses(self) -> dict[str, str]:
        return {one: row["status"] for one, row in self.rows().items()}

    def scope(self, who: str) -> Scope:
        """Rights are looked up; what a request claims about itself is everything it can."""
        return Scope(who, Role.OWNER, ("S01", "S02"), ("S01",), thread_id="T1")

    def picked(self, pick: int) -> Filed:
        """One of the proposals: those that wait for a decision first, the newest first."""
        newest = list(self.rows().items())[::-1]
        ids = sorted(newest, key=lambda one: one[1]["status"] != Status.PENDING)
        return self.oracle.filed[ids[pick % len(ids)][0]]

    def _take_in(self) -> None:
        """Note what was filed since, as its card shows it."""
        for one in self.rows():
            if one in self.oracle.filed:
                continue
            row = self.world.store.get(one)
            payload = parse_payload(row.kind, row.payload)
            self.oracle.filed[one] = Filed(
                one,
                row.kind,
                row.proposed_by,
                (payload.store_id, *payload.at_other_stores()),
                payload.change(),
                payload.expected_before(),
                payload.sha256(),
                row.impact_minor,
                row.expires_at,
                payload.pointless_after(),
                row.undoes is not None,
            )

    def _work(self) -> None:
        self.world.proposals.resume()
        self.world.jobs.work()

    def _try(self, what: Callable[[], Any], death: int = 0) -> Any:
        def politely() -> Any:
            try:
                return what()
            except REFUSALS:
                return None

        return self._do(politely, death)

    # -- what must hold

    def _judge_click(self, who: str, one: Filed, before: str) -> None:
        now = self.clock.now()
        if before != Status.PENDING:
            self.wrong.append(f"a proposal that was {before} was approved")
        if one.expires_at <= now:
            self.wrong.append("an expired proposal was approved")
        place = self._place_of_the_newest_click(one.id)
        if not self.oracle.may_approve(who, one, now, now, self.statuses(), place):
            self.wrong.append(f"{who} approved what they may not, in the place of {place or 'nobody'}")
        if not one.clicks:
            one.needed = self.oracle.needs(who, place, one, now, self.statuses())
        one.clicks.append((who, now))
        one.places.append(place)
        one.turn = 1 + max(other.turn for other in self.oracle.filed.values())

    def _place_of_the_newest_click(self, proposal_id: str) -> str:
        """In whose place it was pressed, as it stands on record."""
        told = "event IN ('approved', 'first_approval') ORDER BY seq DESC LIMIT 1"
        found = self.query(f"SELECT detail FROM audit_event WHERE subject_id = '{proposal_id}' AND {told}")
        return str(json.loads(found[0]["detail"]).get("instead_of") or "")

    def _judge_execution(self, proposal_id: str) -> None:
        one, now = self.oracle.filed[proposal_id], self.clock.now()
        who, when = one.clicks[-1] if one.clicks else ("", now)
        if len({user for user, _ in one.clicks}) < one.needed:
            self.wrong.append("it is carried out without the approvals it needs")
        elif not self.oracle.may_approve(who, one, when, now, self.statuses()) or not all(
            self.oracle.may_still(user, one, now) for user, _ in one.clicks
        ):
            self.wrong.append(f"it is carried out although {who} has no right to it any more")
        if now > one.expires_at + RULES.execution_grace or (one.until is not None and now >= one.until):
            self.wrong.append("it is carried out after its time")
        if one.over:
            self.wrong.append(f"it is carried out although it was {one.over}")

    @invariant()
    def nothing_went_wrong(self) -> None:
        assert not self.wrong, self.wrong
        assert not self.world.jobs.broken, self.world.jobs.broken

    @invariant()
    def every_effect_was_approved_and_happened_once(self) -> None:
        effects = self.world.pos.effects()
        assert max(Counter(effect[0] for effect in effects).values(), default=0) <= 1, effects
        allowed: dict[str, dict[str, Any]] = {}
        for one in self.oracle.filed.values():
            if one.approved_at is not None:
                allowed[idempotency_key(one.id, one.sha256)] = one.change
                if one.until is not None:
                    allowed[idempotency_key(one.id, one.sha256, "revert")] = one.before
        for key, _, _, change in effects:
            assert allowed.get(key) == change, (key, change)

    @invariant()
    def every_status_was_reached_by_the_table_and_is_on_record(self) -> None:
        events: dict[str, list[str]] = {}
        for event in self.query("SELECT subject_id, event FROM audit_event ORDER BY seq"):
            events.setdefault(event["subject_id"], []).append(event["event"])
        pending: Counter[str] = Counter()
        for one, row in self.rows().items():
            path = [Status.PENDING, *(Status(name) for name in events[one] if name in STATUSES)]
            assert all(after in TRANSITIONS[before] for before, after in pairwise(path)), path
            assert path[-1] == row["status"]
            pending[row["natural_key"]] += row["status"] == Status.PENDING
            if row["status"] in OVER:
                self.oracle.filed[one].over = row["status"]
        assert max(pending.values(), default=0) <= 1

    def teardown(self) -> None:
        """Let everything settle; nothing may be lost, and what is said of it must be true."""
        with closing(self.onlooker):
            self._judge_the_end()

    def _judge_the_end(self) -> None:
        for _ in range(3):
            self._work()
        checked = self.world.audit.verify()
        self.world.close()
        assert checked.ok, checked.problem
        assert not self.wrong, self.wrong
        effects = self.world.pos.effects()
        made = Counter(effect[0] for effect in effects)
        for one, row in self.rows().items():
            filed = self.oracle.filed[one]
            count = made[idempotency_key(one, filed.sha256)]
            outcome = json.loads(row["outcome"]) if row["outcome"] else {}
            assert row["status"] not in ("approved", "executing"), f"{one} is lost"
            if row["status"] == "unknown":
                assert "Please look" in outcome["message"], outcome
            elif row["status"] in ("executed", "undone"):
                # Where a POS keeps no trace of requests, a price that is as asked for is all there is to see.
                same = filed.kind == "price_change" and (
                    filed.moved or filed.change in [effect[3] for effect in effects]
                )
                assert count == 1 or same, (one, outcome)
            else:
                assert count == 0 or filed.moved, (one, row["status"], outcome)
