"""Everything that people, clocks, tills and crashes do to proposals, in any order, over a real database file."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import update

from agent.db.tables import Proposal
from agent.errors import FloorwalkerError
from agent.proposals.kinds import parse_payload
from agent.proposals.payload import idempotency_key
from agent.proposals.transitions import TRANSITIONS, Status
from tests.support.ledger_shop import MANNERS
from tests.support.machine_world import PEOPLE, RULES, MachineWorld
from tests.support.proposals_oracle import Filed, Oracle
from tests.support.proposals_world import TickingClock
from tests.support.stand_in_jobs import DiedError, Memory
from tools.context import Role, Scope
from tools.drafts import Draft, DraftLine, PriceChangeDraft, StockAdjustDraft, TransferDraft
from tools.errors import ToolError

ASKS = st.sampled_from(["U_OWNER", "U_MANAGER", "U_MANAGER", "U_DEPUTY", "U_ELSEWHERE"])
CLICKS = st.sampled_from(["U_PARTNER", "U_PARTNER", "U_OWNER", "U_OWNER", "U_MANAGER", "U_DEPUTY", "U_ELSEWHERE"])
PICK = st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3, 5, 7])
"""Of the proposals, as ``picked`` counts them."""
SIZE = st.sampled_from([-10, -20, -30])
MEANWHILE = st.sampled_from(["", "", "", "time", "row", "till", "leaves", "end"])
AT_ONCE = st.one_of(st.none(), st.just(0), st.integers(8, 30))
"""Whether the executor works right after a click, and where it dies."""
DEATH = st.one_of(*[st.just(0)] * 3, st.integers(1, 40))
"""At which boundary from now the process dies; 0 for not at all."""
FAULT = st.sampled_from(["", "", "", "timeout_before", "timeout_after", "error_after", "refuse", "throttle"])
STATUSES = frozenset(Status)
OVER = frozenset({"rejected", "expired", "superseded", "cancelled", "failed"})
REFUSALS = (FloorwalkerError, ToolError)


class AnyOrder(RuleBasedStateMachine):
    """One store, a few things to change, five people. ``folder`` is set by ``machine_folder``."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.clock = TickingClock()
        self.memory = Memory()
        self.oracle = Oracle({one["user_id"]: dict(one) for one in PEOPLE})
        self.wrong: list[str] = []
        self.calls = 0
        self.countdown = 0
        self.manner = "keys"
        self.home = self.folder / "world"
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.folder / "template", self.home)
        self.world = self._open()

    # -- the world

    def _at(self, name: str) -> None:
        if name == "executing.uncommitted":
            self._judge_execution(self.world.jobs.current[0])
        if self.countdown:
            self.countdown -= 1
            if not self.countdown:
                raise DiedError(name)

    def _open(self) -> MachineWorld:
        """Open what is on disk, as a process that starts does."""
        world = MachineWorld(self.home, self.clock, memory=self.memory, at=self._at)
        world.pos.behave(self.manner)
        world.directory.replace_members(list(self.oracle.people.values()))
        return world

    def _do(self, what: Callable[[], Any], death: int = 0) -> Any:
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
        connection = sqlite3.connect(self.home / "operations.sqlite")
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

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

    # -- what people do

    @initialize(manner=st.sampled_from(MANNERS), who=st.sampled_from(["U_OWNER", "U_MANAGER"]), size=SIZE,
                adjust=st.booleans())  # fmt: skip
    def the_pos_is_of_one_of_three_manners(self, manner: str, who: str, size: int, adjust: bool) -> None:
        self.manner = manner
        self.world.pos.behave(manner)
        for variant in ("V1", "V2"):
            self.world.pos.set_price(variant, "S01", "10.00")
            self.world.pos.hold(f"stock:{variant}:S01", quantity="50")
        self.somebody_asks(who, "adjust" if adjust else "price", "V1", size, 0, False, 0)

    @rule(
        who=ASKS,
        what=st.sampled_from(["price", "price", "price", "adjust", "adjust", "transfer"]),
        variant=st.sampled_from(["V1", "V2"]),
        size=SIZE,
        hours=st.sampled_from([0, 0, 5]),
        again=st.booleans(),
        death=DEATH,
    )
    def somebody_asks(self, who: str, what: str, variant: str, size: int, hours: int, again: bool, death: int) -> None:
        until = self.clock.now() + timedelta(hours=hours) if hours else None
        drafts: dict[str, Draft] = {
            "price": PriceChangeDraft(variant, "S01", Decimal(size), None, until, "slow"),
            "adjust": StockAdjustDraft(variant, "S01", Decimal(size) / 10, "damage", ""),
            "transfer": TransferDraft("S01", "S02", (DraftLine(variant, Decimal(-size)),), ""),
        }
        self.calls += 1
        found = []
        for _ in range(1 + again):
            receipt = self._try(
                lambda: self.world.proposals.propose(drafts[what], self.scope(who), tool_call_id=f"c{self.calls}"),
                death,
            )
            found.append(receipt.proposal_id if receipt else "")
        self._take_in()
        if all(found) and len(set(found)) > 1:
            self.wrong.append(f"the same request made two proposals: {found}")

    @precondition(lambda self: self.oracle.filed)
    @rule(who=CLICKS, pick=PICK, shown=st.booleans(), twice=st.booleans(), death=DEATH,
          before=MEANWHILE, after=MEANWHILE, at_once=AT_ONCE)  # fmt: skip
    def somebody_clicks_approve(
        self, who: str, pick: int, shown: bool, twice: bool, death: int, before: str, after: str, at_once: int | None
    ) -> None:
        if before:
            self.the_world_goes_on(before, pick % 4, 0)
        one = self.picked(pick)
        for _ in range(1 + twice):
            old = self.rows()[one.id]
            self._try(
                lambda: self.world.proposals.approve(
                    one.id, self.scope(who), seen_sha256=one.sha256 if shown else None
                ),
                death,
            )
            new = self.rows()[one.id]
            changed = (old["status"], old["first_approved_by"]) != (new["status"], new["first_approved_by"])
            if changed and new["status"] != Status.EXPIRED:
                self._judge_click(who, one, old["status"])
        if after == "leaves":
            self._leaves(who)
        elif after:
            self.the_world_goes_on(after, pick % 4, 0)
        if at_once is not None:
            self._do(self._work, at_once)

    @precondition(lambda self: self.oracle.filed)
    @rule(who=CLICKS, pick=PICK, what=st.sampled_from(["reject", "undo", "8.50", "6.50", "-4"]), death=DEATH)
    def somebody_decides_otherwise(self, who: str, pick: int, what: str, death: int) -> None:
        one, scope, door = self.picked(pick), self.scope(who), self.world.proposals
        values = {"price": what.lstrip("-"), "delta": what}
        doing: dict[str, Callable[[], Any]] = {
            "reject": lambda: door.reject(one.id, scope),
            "undo": lambda: door.undo(one.id, scope),
        }
        self._try(doing.get(what, lambda: door.edit(one.id, values, scope, seen_sha256=one.sha256)), death)
        self._take_in()

    # -- what happens to it

    @rule(fault=FAULT, death=DEATH)
    def the_executor_works(self, fault: str, death: int) -> None:
        self.world.pos.faults = [fault] if fault else []
        self._do(self._work, death)
        self.world.pos.faults = []

    @rule(what=st.sampled_from(["time", "till", "row", "leaves", "returns", "lend", "end", "restart"]),
          pick=st.integers(0, 7), death=DEATH)  # fmt: skip
    def something_else_happens(self, what: str, pick: int, death: int) -> None:
        self.the_world_goes_on(what, pick, death)

    def the_world_goes_on(self, what: str, pick: int, death: int) -> None:
        doing: dict[str, Callable[[int], None]] = {
            "time": lambda number: self._time_passes(number, death),
            "till": self._the_price_changes_at_the_till,
            "row": self._somebody_writes_into_the_database,
            "leaves": self._somebody_leaves,
            "returns": self._everybody_comes_back,
            "lend": self._a_right_is_lent,
            "end": self._rights_are_taken_back,
            "restart": self._the_process_is_started_anew,
        }
        doing[what](pick)

    def _time_passes(self, pick: int, death: int) -> None:
        self.clock.pass_time(hours=(26, 1, 6, 26)[pick % 4])
        if pick >= 4:
            self._do(lambda: self.world.proposals.expire_due(), death)
            self._do(lambda: self.world.proposals.revert_due(), death)
            self._do(lambda: self.world.executor.settle_unknown(), death)

    def _the_price_changes_at_the_till(self, pick: int) -> None:
        if self.manner == "plain":
            # Back to the old price while a request's fate is open: such a POS shows no trace of the request at all.
            return
        variant = ("V1", "V2")[pick % 2]
        self.world.pos.set_price(variant, "S01", ("9.00", "10.00", "8.00")[pick % 3])
        for one in self.oracle.filed.values():
            one.moved = one.moved or one.kind == "price_change"

    def _somebody_writes_into_the_database(self, pick: int) -> None:
        open_ones = [
            row
            for row in self.rows().values()
            if row["kind"] == "price_change" and row["status"] in ("pending", "approved")
        ]
        if not open_ones:
            return
        row = open_ones[-1]
        payload = {**json.loads(row["payload"]), "after": "0.01"}
        with self.world.database.engine.begin() as connection:
            connection.execute(update(Proposal).where(Proposal.id == row["id"]).values(payload=payload))

    def _somebody_leaves(self, pick: int) -> None:
        self._leaves(("U_PARTNER", "U_MANAGER", "U_DEPUTY", "U_PARTNER")[pick % 4])

    def _leaves(self, who: str) -> None:
        self.oracle.people.pop(who, None)
        self.world.directory.replace_members(list(self.oracle.people.values()))

    def _everybody_comes_back(self, pick: int) -> None:
        self.oracle.people = {one["user_id"]: dict(one) for one in PEOPLE}
        self.world.directory.replace_members(PEOPLE)

    def _a_right_is_lent(self, pick: int) -> None:
        lender, ends = ("U_OWNER", "U_MANAGER")[pick % 2], self.clock.now() + timedelta(hours=(1, 48)[pick // 4])
        if self._try(lambda: self.world.delegations.lend(lender, "U_DEPUTY", ends, by=lender)):
            self.oracle.loans.append((lender, "U_DEPUTY", ends))

    def _rights_are_taken_back(self, pick: int) -> None:
        for lent in self.world.delegations.running():
            self.world.delegations.end(lent.id, by=lent.to_user_id)
        self.oracle.loans = []

    def _the_process_is_started_anew(self, pick: int) -> None:
        self.world.close()
        self.world = self._open()

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
        if not self.oracle.may_approve(who, one, now, now, self.statuses()):
            self.wrong.append(f"{who} approved what they may not")
        one.clicks.append((who, now))

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


@contextmanager
def machine_folder() -> Iterator[type[AnyOrder]]:
    """The machine on a folder in memory, where there is such a place: these deaths lose no page of a file."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        MachineWorld(Path(folder) / "template").close()
        yield type("AnyOrderHere", (AnyOrder,), {"folder": Path(folder)})
