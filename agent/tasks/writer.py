"""Putting a task on the list, and taking it off again: the same promises as a POS connector, kept by one database.

A task is made once per idempotency key (a unique column), and whether it was is read off that key. Only wiring
constructs the writer, and only the executor is given it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from agent.db.engine import Database
from agent.db.tables import StoreTask
from connectors.base import Action, ActionKind, Capability, Entity, Outcome, Preview, Result, Support
from tools.context import Clock

CANCELLED = "cancelled"
OPEN = "open"
_GONE = "That task is not on the list."
_NOT_OURS = "Only tasks are kept here."


class TaskLook:
    """How a task stands; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """Tasks, and nothing else."""
        return {ActionKind.STORE_TASK: Capability(Support.YES, Support.YES, idempotent=True, compare_and_set=True)}

    def preview(self, action: Action) -> Preview:
        """The status of the task that the action made or is about."""
        if action.kind is not ActionKind.STORE_TASK:
            return Preview({}, "", {}, _NOT_OURS)
        with self._database.reading() as session:
            row = _find(session, action)
        request = dict(action.change)
        if row is None:
            return Preview({}, "", request, _GONE if "task_id" in action.target else "", done=False)
        return Preview({"status": row.status}, row.id, request, done=_was_it(row, action))


class TaskWriter(TaskLook):
    """``connectors.base.Writer`` for tasks."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database)
        self._clock = clock

    def close(self) -> None:
        """Nothing to close: the database belongs to whoever opened it."""

    def execute(self, action: Action) -> Result:
        """Make or cancel the task; a repeat under the same key changes nothing."""
        if action.kind is not ActionKind.STORE_TASK:
            return Result(Outcome.UNSUPPORTED, message=_NOT_OURS)
        try:
            with self._database.session() as session:
                row = _find(session, action)
                if "task_id" in action.target:
                    return self._cancel(row, action)
                if row is not None:
                    return Result(Outcome.ALREADY_APPLIED, {}, {"status": row.status}, row.id)
                row = _made(action, self._clock.now())
                session.add(row)
                session.flush()
                return Result(Outcome.APPLIED, {}, {"status": row.status}, row.id)
        except IntegrityError:
            # Two tries at the same moment: the other one made it.
            return self.reconcile(action)

    def reconcile(self, action: Action) -> Result:
        """Decide by the key alone."""
        seen = self.preview(action)
        if seen.done:
            return Result(Outcome.APPLIED, action.expected_before, seen.before, seen.version)
        if seen.before.get("status", OPEN) != OPEN:
            return Result(Outcome.CONFLICT, seen.before, seen.before, seen.version)
        return Result(Outcome.REJECTED, seen.before, seen.before, seen.version, seen.problem or "It was not stored.")

    def _cancel(self, row: StoreTask | None, action: Action) -> Result:
        if row is None:
            return Result(Outcome.REJECTED, message=_GONE)
        before = {"status": row.status}
        if _was_it(row, action):
            return Result(Outcome.ALREADY_APPLIED, action.expected_before, before, row.id)
        if row.status != OPEN:
            return Result(Outcome.CONFLICT, before, before, row.id)
        row.status, row.closed_at, row.closed_key = CANCELLED, self._clock.now(), action.idempotency_key
        return Result(Outcome.APPLIED, before, {"status": CANCELLED}, row.id)


def _find(session: Session, action: Action) -> StoreTask | None:
    task_id = action.target.get("task_id")
    wanted = StoreTask.id == task_id if task_id else StoreTask.key == action.idempotency_key
    return session.scalar(select(StoreTask).where(wanted, StoreTask.store_id == action.target["store_id"]))


def _was_it(row: StoreTask, action: Action) -> bool:
    """Whether this very action made or cancelled the task."""
    return action.idempotency_key == (row.closed_key if "task_id" in action.target else row.key)


def _made(action: Action, now: datetime) -> StoreTask:
    change: Mapping[str, Any] = action.change
    product, assignee = change.get("product") or {}, change.get("assignee") or {}
    due = change.get("due_at")
    return StoreTask(
        id=f"t_{uuid4().hex[:12]}",
        key=action.idempotency_key,
        store_id=action.target["store_id"],
        type=change["type"],
        title=change["title"],
        detail=change.get("detail", ""),
        place=change.get("place", ""),
        variant_id=product.get("variant_id", ""),
        product=product.get("name", ""),
        assignee_role=assignee.get("role", ""),
        assignee_id=assignee.get("id", ""),
        assignee_name=assignee.get("name", ""),
        due_at=datetime.fromisoformat(due) if due else None,
        status=OPEN,
        created_at=now,
    )
