"""Looking at tasks, and closing them.

Marking a task done needs no approval: it says what a person did, changes nothing at a point of sale, can be taken back
by whoever sees it is wrong, and stands in the audit trail with their name. Making and cancelling one do need it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from agent.db.engine import Database
from agent.db.tables import Proposal, StoreTask
from agent.errors import BadInputError, RefusedError, StaleError
from agent.identity import Directory
from agent.proposals.kinds.task import TASK_DONE, TASK_REOPENED
from agent.proposals.store import ProposalStore
from agent.tasks.writer import OPEN
from tools.context import Scope
from tools.tasks import Colleague, Task

DONE = "done"

_STATUSES = ("open", "done", "cancelled", "all")


class TaskBook:
    """``tools.tasks.TaskPort``, and what people may do with a task. Rights are those of the person's row now."""

    def __init__(self, database: Database, directory: Directory, store: ProposalStore) -> None:
        self._database = database
        self._directory = directory
        self._store = store

    def tasks(self, store_ids: Sequence[str], status: str = "open") -> Sequence[Task]:
        """The tasks of these stores in that status (``all`` for every), those due first before the others.

        Raises:
            BadInputError: there is no such status.
        """
        if status not in _STATUSES:
            raise BadInputError(f"status: “{status}” is not one of {', '.join(_STATUSES)}.")
        wanted = [StoreTask.store_id.in_(store_ids), *([StoreTask.status == status] if status != "all" else [])]
        order = (StoreTask.due_at.is_(None), StoreTask.due_at, StoreTask.created_at, StoreTask.id)
        with self._database.reading() as session:
            return [_task(row) for row in session.scalars(select(StoreTask).where(*wanted).order_by(*order))]

    def colleagues(self, store_id: str) -> Sequence[Colleague]:
        """Members who have this store, by name."""
        able = [one for one in self._directory.members() if one.active and one.may_see(store_id)]
        return sorted((Colleague(one.user_id, one.name, one.role.value) for one in able), key=lambda one: one.name)

    def task(self, task_id: str) -> Task:
        """One task.

        Raises:
            BadInputError: there is none.
        """
        with self._database.reading() as session:
            row = session.get(StoreTask, task_id)
        if row is None:
            raise BadInputError(f"There is no task “{task_id}”.")
        return _task(row)

    def finish(self, task_id: str, actor: Scope) -> Task:
        """Mark it done, by anybody who works in its store.

        Raises:
            BadInputError: there is none.
            RefusedError: the store is not theirs.
            StaleError: it is closed already.
        """
        return self._close(task_id, actor, OPEN, DONE, TASK_DONE)

    def finish_by_card(self, proposal_id: str, actor: Scope) -> Task:
        """Mark done what a proposal put on the list; raises as ``finish`` does."""
        row = self._store.get(proposal_id)
        return self.finish(row.pos_reference, actor)

    def reopen(self, task_id: str, actor: Scope) -> Task:
        """Take “done” back.

        Raises:
            BadInputError: there is none.
            RefusedError: the store is not theirs.
            StaleError: it is not done.
        """
        return self._close(task_id, actor, DONE, OPEN, TASK_REOPENED)

    def _close(self, task_id: str, actor: Scope, before: str, after: str, event: str) -> Task:
        with self._store.transaction() as work:
            row = work.session.get(StoreTask, task_id)
            if row is None:
                raise BadInputError(f"There is no task “{task_id}”.")
            person = self._directory.person(actor.user_id)
            if person is None or not person.active or not person.may_see(row.store_id):
                raise RefusedError("That task is for a store that is not yours, so you cannot close or reopen it.")
            if row.status != before:
                by = f", by {self._name(row.closed_by)}" if row.closed_by else ""
                raise StaleError(f"The task “{row.title}” is {row.status} already{by}.")
            made_by = work.session.scalar(
                select(Proposal.id).where(Proposal.pos_reference == row.id, Proposal.undoes.is_(None)).limit(1)
            )
            if made_by is None:
                raise StaleError("That task is only just being made; please try again in a moment.")
            row.status = after
            row.closed_at, row.closed_by = (work.now, actor.user_id) if after != OPEN else (None, "")
            work.record(made_by, event, actor.user_id, {"task_id": row.id})
            work.session.flush()
            return _task(row)

    def _name(self, user_id: str) -> str:
        person = self._directory.person(user_id)
        return (person.name if person else "") or user_id


def _task(row: StoreTask) -> Task:
    return Task(
        id=row.id,
        store_id=row.store_id,
        type=row.type,
        title=row.title,
        detail=row.detail,
        place=row.place,
        product=row.product,
        assignee_role=row.assignee_role,
        assignee_id=row.assignee_id,
        assignee_name=row.assignee_name,
        due_at=row.due_at,
        status=row.status,
        created_at=row.created_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )
