"""Everything that people, clocks, tills and crashes do to proposals, in any order, over a real database file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import update

from agent.db.tables import Proposal
from agent.proposals.transitions import Status
from tests.support.judged_machine import JudgedMachine
from tests.support.ledger_shop import MANNERS
from tests.support.machine_world import PEOPLE, MachineWorld
from tests.support.proposals_oracle import Filed
from tools.drafts import Draft, DraftLine, PriceChangeDraft, StockAdjustDraft, TransferDraft

ASKS = st.sampled_from(["U_OWNER", "U_MANAGER", "U_MANAGER", "U_DEPUTY", "U_ELSEWHERE"])
CLICKS = st.sampled_from(["U_PARTNER"] * 3 + ["U_OWNER"] * 2 + ["U_MANAGER"] * 2 + ["U_DEPUTY", "U_ELSEWHERE"])
PICK = st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3, 5, 7])
"""Of the proposals, as ``picked`` counts them."""
SIZE = st.sampled_from([-10, -10, -20, -30])
BEFORE = st.sampled_from([""] * 6 + ["time", "row", "till", "leaves"])
AFTER = st.sampled_from(["", "", "", "time", "row", "till", "leaves", "end", "edit"])
THEN = st.sampled_from(["", "", "again", "U_OWNER", "U_PARTNER"])
"""Who clicks next: the same person again, or another."""
OPEN_FATE = (
    "executing.committed",
    "sending.committed",
    "pos.applied",
    "pos.applied",
    "pos.answered",
    "executed.committed",
)
AT_ONCE = st.one_of(st.none(), st.just(0), st.sampled_from(OPEN_FATE))
"""Whether the executor works right after a click, and where it dies."""
DEATH = st.one_of(*[st.just(0)] * 3, st.integers(1, 40))
"""At which boundary from now the process dies; 0 for not at all."""
FAULT = st.sampled_from(["", "", "", "timeout_before", "timeout_after", "error_after", "refuse", "throttle"])


class AnyOrder(JudgedMachine):
    """One store, a few things to change, five people. ``folder`` is set by ``machine_folder``."""

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
    @rule(who=CLICKS, pick=PICK, before=BEFORE, after=AFTER, then=THEN, at_once=AT_ONCE, death=DEATH)
    def somebody_clicks_approve(
        self, who: str, pick: int, before: str, after: str, then: str, at_once: int | str | None, death: int
    ) -> None:
        if before:
            self.the_world_goes_on(before, pick % 4, 0)
        one = self.picked(pick)
        self._click(who, one, death)
        if then == "again":
            self._click(who, one)
        if after == "leaves":
            self._leaves(who)
        elif after == "edit":
            self._decide_otherwise("U_MANAGER", one, "6.00")
        elif after:
            self.the_world_goes_on(after, pick % 4, 0)
        if then not in ("", "again"):
            self._click(then, self.picked(0))
        if at_once is not None:
            self._do(self._work, at_once)

    def _click(self, who: str, one: Filed, death: int = 0) -> None:
        old = self.rows()[one.id]
        self._try(lambda: self.world.proposals.approve(one.id, self.scope(who), seen_sha256=one.sha256), death)
        new = self.rows()[one.id]
        changed = (old["status"], old["first_approved_by"]) != (new["status"], new["first_approved_by"])
        if changed and new["status"] != Status.EXPIRED:
            self._judge_click(who, one, old["status"])

    @precondition(lambda self: self.oracle.filed)
    @rule(who=CLICKS, pick=PICK, what=st.sampled_from(["reject", "undo", "8.50", "6.50", "6.00", "-4"]), death=DEATH)
    def somebody_decides_otherwise(self, who: str, pick: int, what: str, death: int) -> None:
        self._decide_otherwise(who, self.picked(pick), what, death)

    def _decide_otherwise(self, who: str, one: Filed, what: str, death: int = 0) -> None:
        scope, door = self.scope(who), self.world.proposals
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


@contextmanager
def machine_folder() -> Iterator[type[AnyOrder]]:
    """The machine on a folder in memory, where there is such a place: these deaths lose no page of a file."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        MachineWorld(Path(folder) / "template").close()
        yield type("AnyOrderHere", (AnyOrder,), {"folder": Path(folder)})
