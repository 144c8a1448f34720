"""Tasks are made by an approved proposal, once, and closed by whoever did them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent.errors import BadInputError, RefusedError, StaleError
from agent.proposals.kinds import parse_payload
from agent.proposals.view import ProposalView
from connectors.base import Action, ActionKind, Outcome
from tests.support.proposals_world import World
from tools.drafts import TaskDraft
from tools.errors import BadArgumentError


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = World(tmp_path)
    yield found
    found.close()


def draft(world: World, **given: object) -> TaskDraft:
    plain = TaskDraft("S01", "restock", "Restock aisle 5", "", "Aisle 5", "", "staff", "", "", None, "")
    return replace(plain, **{"due_at": world.clock.now() + timedelta(hours=7), **given})  # type: ignore[arg-type]


def carried_out(world: World, wanted: TaskDraft) -> ProposalView:
    world.launch()
    filed = world.proposals.propose(wanted, world.scope("U_MANAGER_S01"), tool_call_id="")
    world.proposals.approve(filed.proposal_id, world.scope("U_MANAGER_S01"))
    return world.proposals.wait(filed.proposal_id, 20)


def test_an_approved_task_is_on_the_list_once(world: World) -> None:
    view = carried_out(world, draft(world))
    assert view.status == "executed", view.outcome
    (task,) = world.book.tasks(["S01"])
    assert (task.title, task.type, task.place, task.assignee_role, task.status) == (
        "Restock aisle 5",
        "restock",
        "Aisle 5",
        "staff",
        "open",
    )
    assert task.due_at == world.clock.now() + timedelta(hours=7)
    assert view.pos_reference == task.id
    assert world.pos.requests() == 0, "no point of sale hears of it"
    payload = parse_payload(view.kind, view.payload)
    assert view.outcome is not None
    assert view.outcome["message"] == payload.done()
    again = world.tasks.execute(
        payload.action(next(e["detail"]["idempotency_key"] for e in view.events if e["event"] == "sending"))
    )
    assert again.outcome is Outcome.ALREADY_APPLIED
    assert len(world.book.tasks(["S01"], "all")) == 1


def test_nothing_is_on_the_list_before_somebody_approves(world: World) -> None:
    filed = world.proposals.propose(draft(world), world.scope("U_MANAGER_S01"), tool_call_id="")
    assert filed.status == "pending"
    assert world.book.tasks(["S01"], "all") == []
    with pytest.raises(RefusedError, match="a member of staff"):
        world.proposals.approve(filed.proposal_id, world.scope("U_STAFF_S01"))


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"title": "  "}, "title"),
        ({"type": "dance"}, "type"),
        ({"store_id": "S99"}, "do not know that store"),
        ({"variant_id": "nothing"}, "do not know that product"),
        ({"due_at": None, "store_id": "S01", "type": ""}, "type"),
    ],
)
def test_a_task_that_makes_no_sense_is_not_filed(world: World, given: dict[str, object], problem: str) -> None:
    scope = replace(world.scope("U_OWNER"), store_ids=("S01", "S99"))
    with pytest.raises(BadArgumentError, match=problem):
        world.proposals.propose(draft(world, **given), scope, tool_call_id="")


def test_a_task_due_in_the_past_is_not_filed(world: World) -> None:
    with pytest.raises(BadArgumentError, match="due"):
        world.proposals.propose(draft(world, due_at=world.clock.now()), world.scope("U_OWNER"), tool_call_id="")


def test_a_task_whose_time_is_over_is_not_made(world: World) -> None:
    filed = world.proposals.propose(draft(world), world.scope("U_OWNER"), tool_call_id="")
    world.clock.pass_time(hours=8)
    with pytest.raises(StaleError, match="expired"):
        world.proposals.approve(filed.proposal_id, world.scope("U_OWNER"))
    assert world.book.tasks(["S01"], "all") == []


def test_undo_cancels_a_task_that_is_still_open(world: World) -> None:
    view = carried_out(world, draft(world))
    back = world.proposals.undo(view.id, world.scope("U_MANAGER_S01"))
    world.proposals.approve(back.id, world.scope("U_MANAGER_S01"))
    assert world.proposals.wait(back.id, 20).status == "executed"
    assert [task.status for task in world.book.tasks(["S01"], "all")] == ["cancelled"]
    assert world.proposals.view(view.id).status == "undone"
    with pytest.raises(StaleError, match="cancelled already"):
        world.book.finish(view.pos_reference, world.scope("U_STAFF_S01"))


def test_staff_of_the_store_close_a_task_and_the_trail_says_who(world: World) -> None:
    view = carried_out(world, draft(world, type="count", title="Count avocados", variant_id="V1"))
    assert view.kind == "count_task"
    for stranger in ("U_STAFF_S02", "U_MANAGER_S04"):
        with pytest.raises(RefusedError, match="not yours"):
            world.book.finish(view.pos_reference, world.scope(stranger))
    done = world.book.finish(view.pos_reference, world.scope("U_STAFF_S01"))
    assert (done.status, done.closed_by, done.closed_at) == ("done", "U_STAFF_S01", world.clock.now())
    assert [e["actor"] for e in world.proposals.view(view.id).events if e["event"] == "task_done"] == ["U_STAFF_S01"]
    with pytest.raises(StaleError, match="done already, by Staff S01"):
        world.book.finish(view.pos_reference, world.scope("U_STAFF_S01"))
    with pytest.raises(StaleError):
        world.proposals.undo(view.id, world.scope("U_MANAGER_S01"))
    assert world.book.reopen(view.pos_reference, world.scope("U_MANAGER_S01")).status == "open"
    with pytest.raises(BadInputError, match="no task"):
        world.book.finish("t_none", world.scope("U_OWNER"))
    assert world.audit.verify().ok


def test_the_same_task_twice_is_one_proposal(world: World) -> None:
    first = world.proposals.propose(draft(world), world.scope("U_OWNER"), tool_call_id="a")
    second = world.proposals.propose(draft(world), world.scope("U_OWNER"), tool_call_id="b")
    assert (second.proposal_id, second.already_existed) == (first.proposal_id, True)


def test_the_writer_takes_tasks_only_and_decides_by_the_key(world: World) -> None:
    other = Action("k", ActionKind.PRICE_CHANGE, {}, {}, {})
    assert world.tasks.execute(other).outcome is Outcome.UNSUPPORTED
    assert world.tasks.preview(other).problem
    new = Action(
        "k1", ActionKind.STORE_TASK, {"store_id": "S01"}, {"status": "open", "type": "general", "title": "x"}, {}
    )
    assert world.tasks.reconcile(new).outcome is Outcome.REJECTED
    made = world.tasks.execute(new)
    assert world.tasks.reconcile(new).outcome is Outcome.APPLIED
    assert world.tasks.execute(replace(new, change={**new.change, "title": "y"})).outcome is Outcome.ALREADY_APPLIED
    cancel = Action(
        "k2",
        ActionKind.STORE_TASK,
        {"store_id": "S01", "task_id": made.reference},
        {"status": "cancelled"},
        {"status": "open"},
    )
    assert world.tasks.reconcile(cancel).outcome is Outcome.REJECTED
    assert world.tasks.execute(cancel).outcome is Outcome.APPLIED
    assert world.tasks.execute(cancel).outcome is Outcome.ALREADY_APPLIED
    assert world.tasks.execute(replace(cancel, idempotency_key="k3")).outcome is Outcome.CONFLICT
    elsewhere = replace(cancel, idempotency_key="k4", target={"store_id": "S02", "task_id": made.reference})
    assert world.tasks.execute(elsewhere).outcome is Outcome.REJECTED
