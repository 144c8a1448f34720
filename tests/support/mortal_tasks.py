"""The list of tasks of one life: the real writer, with boundaries around its commit and a database that breaks."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from agent.db.engine import Database
from agent.db.tables import StoreTask
from agent.tasks.writer import TaskWriter
from connectors.base import Action, Result
from tests.support.proposals_world import TickingClock


class MortalTasks(TaskWriter):
    """``faults`` are consumed one a write."""

    def __init__(
        self, database: Database, clock: TickingClock, *, faults: Sequence[str], at: Callable[[str], None]
    ) -> None:
        self._real = database
        self._at = at
        self._faults = list(faults)
        self._fault = ""
        super().__init__(self, clock)  # type: ignore[arg-type]

    def execute(self, action: Action) -> Result:
        self._fault = self._faults.pop(0) if self._faults else ""
        self._at("pos.arrives")
        result = super().execute(action)
        if self._fault == "twice":
            super().execute(action)
        self._at("pos.answered")
        return result

    @contextmanager
    def session(self) -> Iterator[Any]:
        """What the writer takes for its database when it writes."""
        with self._real.session() as opened:
            yield opened
            self._at("pos.uncommitted")
            if self._fault == "error_before":
                raise OperationalError("INSERT", {}, sqlite3.OperationalError("disk I/O error"))
        self._at("pos.applied")
        if self._fault == "error_after":
            raise OperationalError("COMMIT", {}, sqlite3.OperationalError("server closed the connection"))

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """What the writer takes for its database when it reads."""
        self._at("pos.read")
        with self._real.reading() as opened:
            yield opened
        self._at("pos.seen")


def effects_of(home: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Key, kind and task of every row of the list, in the words of the change that made it."""
    with sqlite3.connect(home / "operations.sqlite") as db:
        db.row_factory = sqlite3.Row
        rows = db.execute(f"SELECT * FROM {StoreTask.__tablename__} ORDER BY rowid").fetchall()
    return [(row["key"], "store_task", _told(row)) for row in rows]


def _told(row: sqlite3.Row) -> dict[str, Any]:
    given: dict[str, Any] = {
        "detail": row["detail"],
        "place": row["place"],
        "product": {"variant_id": row["variant_id"], "name": row["product"]} if row["variant_id"] else "",
        "assignee": {"role": row["assignee_role"], "id": row["assignee_id"], "name": row["assignee_name"]}
        if row["assignee_role"] or row["assignee_id"]
        else "",
        "due_at": datetime.fromisoformat(row["due_at"]).replace(tzinfo=UTC).isoformat() if row["due_at"] else "",
    }
    told = {name: value for name, value in given.items() if value}
    return {"status": row["status"], "type": row["type"], "title": row["title"], **told}
