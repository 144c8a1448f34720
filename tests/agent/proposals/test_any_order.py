"""Random sequences of what people, clocks and tills do; whatever the order, these things hold."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from agent.errors import FloorwalkerError
from agent.proposals.payload import idempotency_key
from agent.proposals.transitions import TRANSITIONS, Status
from tests.support.proposals_world import MEMBERS, World
from tools.context import Role, Scope
from tools.errors import ToolError

PEOPLE = ("U_OWNER", "U_MANAGER_S01", "U_STAFF_S01", "U_ANALYST", "U_MANAGER_S02")
MAY = {"U_OWNER", "U_MANAGER_S01"}


class AnyOrder(RuleBasedStateMachine):
    """One store, three products; the world and its workflows are shared by all sequences."""

    world: World
    sequence = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).sequence += 1
        self.variants = [f"V{self.sequence}n{number}" for number in range(3)]
        self.ids: list[str] = []
        self.approved_by: dict[str, str] = {}
        self.world.directory.replace_members(MEMBERS)
        self.revoked = False

    def scope(self, user_id: str) -> Scope:
        return Scope(user_id, Role.STAFF, ("S01",), ("S01",), thread_id=f"T{self.sequence}")

    @rule(
        who=st.sampled_from(PEOPLE),
        which=st.integers(0, 2),
        percent=st.sampled_from([-20, -10, 10]),
        hours=st.sampled_from([0, 5]),
    )
    def propose(self, who: str, which: int, percent: int, hours: int) -> None:
        until = self.world.clock.now() + timedelta(hours=hours) if hours else None
        variant = self.variants[which]
        if not self.world.pos.price(variant, "S01"):
            self.world.pos.set_price(variant, "S01", "10.00")
        before = len(self.world.pos.effects())
        try:
            self.ids.append(self.world.propose(who, "S01", variant, percent=Decimal(percent), until=until))
        except (FloorwalkerError, ToolError):
            return
        finally:
            assert len(self.world.pos.effects()) == before
        assert who in MAY

    @precondition(lambda self: self.ids)
    @rule(
        who=st.sampled_from(PEOPLE),
        pick=st.integers(0, 9),
        fault=st.sampled_from(["", "", "timeout_after", "timeout_before", "refuse"]),
    )
    def approve(self, who: str, pick: int, fault: str) -> None:
        proposal_id = self.ids[pick % len(self.ids)]
        was = self.world.proposals.view(proposal_id).status
        self.world.pos.faults = [fault] if fault else []
        try:
            self.world.proposals.approve(proposal_id, self.scope(who))
        except FloorwalkerError:
            return
        finally:
            self.world.proposals.wait(proposal_id, 20)
            self.world.pos.faults = []
        assert was == "pending"
        assert who in MAY
        assert not (self.revoked and who == "U_MANAGER_S01")
        assert proposal_id not in self.approved_by
        self.approved_by[proposal_id] = who

    @precondition(lambda self: self.ids)
    @rule(who=st.sampled_from(PEOPLE), pick=st.integers(0, 9))
    def reject(self, who: str, pick: int) -> None:
        proposal_id = self.ids[pick % len(self.ids)]
        try:
            self.world.proposals.reject(proposal_id, self.scope(who))
        except FloorwalkerError:
            return
        assert proposal_id not in self.approved_by

    @precondition(lambda self: self.ids)
    @rule(who=st.sampled_from(PEOPLE), pick=st.integers(0, 9))
    def undo(self, who: str, pick: int) -> None:
        proposal_id = self.ids[pick % len(self.ids)]
        try:
            self.ids.append(self.world.proposals.undo(proposal_id, self.scope(who)).id)
        except FloorwalkerError:
            return
        assert proposal_id in self.approved_by

    @rule(which=st.integers(0, 2), price=st.sampled_from(["9.00", "10.00", "8.00"]))
    def somebody_changes_the_price_at_the_till(self, which: int, price: str) -> None:
        self.world.pos.set_price(self.variants[which], "S01", price)

    @rule(hours=st.sampled_from([1, 6, 30]))
    def time_passes(self, hours: int) -> None:
        self.world.clock.pass_time(hours=hours)
        self.world.proposals.expire_due()
        self.world.proposals.revert_due()

    @rule()
    def the_manager_leaves(self) -> None:
        self.world.directory.replace_members([m for m in MEMBERS if m["user_id"] != "U_MANAGER_S01"])
        self.revoked = True

    @invariant()
    def every_effect_was_approved_and_happened_once(self) -> None:
        allowed: dict[str, str] = {}
        for one in set(self.ids):
            view = self.world.proposals.view(one)
            if one in self.approved_by:
                allowed[idempotency_key(one, view.payload_sha256)] = view.payload["after"]
                allowed[idempotency_key(one, view.payload_sha256, "revert")] = view.payload["before"]
            walked = [Status(event["event"]) for event in view.events if event["event"] in set(Status)]
            path = [Status.PENDING, *walked]
            assert all(after in TRANSITIONS[before] for before, after in pairwise(path))
            assert path[-1].value == view.status
        mine = [(key, price) for key, variant, _, price in self.world.pos.effects() if variant in self.variants]
        assert len({key for key, _ in mine}) == len(mine)
        assert all(allowed.get(key) == price for key, price in mine)

    def teardown(self) -> None:
        assert self.world.audit.verify().ok


def test_no_order_of_events_makes_an_effect_nobody_approved() -> None:
    with tempfile.TemporaryDirectory() as folder:
        AnyOrder.world = World(Path(folder))
        AnyOrder.world.launch()
        try:
            run_state_machine_as_test(
                AnyOrder,
                settings=settings(
                    max_examples=40,
                    stateful_step_count=25,
                    deadline=None,
                    derandomize=True,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            AnyOrder.world.close()
