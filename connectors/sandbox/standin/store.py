"""A stand-in's memory: one SQLite file, each change committed before its reply is sent.

Documents are kept as the JSON that the API answers with, beside the columns that are searched. Every write that came
over the API and was applied is an effect, in order.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SHARED = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS effect (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, operation TEXT NOT NULL, idempotency_key TEXT NOT NULL,
  object_id TEXT NOT NULL, location_id TEXT, before TEXT NOT NULL, after TEXT NOT NULL, request TEXT NOT NULL);
"""


class StandInStore:
    """The file and its one connection; every use is a transaction under one lock.

    ``schema`` is the platform's own tables, as ``CREATE ... IF NOT EXISTS`` statements.
    """

    def __init__(self, path: Path, schema: str = "") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30.0)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(_SHARED + schema)

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[StandInStore]:
        """All or nothing, one at a time; an inner one joins the outer."""
        with self._lock:
            if self._depth:
                yield self
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            else:
                self._connection.execute("COMMIT")
            finally:
                self._depth -= 1

    def run(self, sql: str, *values: Any) -> None:
        """Execute one statement."""
        with self._lock:
            self._connection.execute(sql, values)

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Execute one statement for many rows."""
        with self._lock:
            self._connection.executemany(sql, rows)

    def all(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """Every row of a query."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """The first row of a query."""
        with self._lock:
            found: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
            return found

    def meta(self, key: str) -> str | None:
        """A remembered fact."""
        found = self.one("SELECT value FROM meta WHERE key = ?", key)
        return None if found is None else str(found["value"])

    def set_meta(self, key: str, value: str) -> None:
        """Remember a fact."""
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    def record_effect(
        self,
        at: str,
        operation: str,
        object_id: str,
        *,
        before: Any,
        after: Any,
        request: Mapping[str, Any],
        idempotency_key: str = "",
        location_id: str | None = None,
    ) -> None:
        """Remember that a write was applied; ``at`` is the stand-in's present."""
        self.run(
            "INSERT INTO effect (at, operation, idempotency_key, object_id, location_id, before, after, request) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            at,
            operation,
            idempotency_key,
            object_id,
            location_id,
            dump(before),
            dump(after),
            dump(request),
        )

    def effects(self) -> dict[str, Any]:
        """Every write that was applied, oldest first."""
        plain = ("seq", "at", "operation", "idempotency_key", "object_id", "location_id")
        return {
            "effects": [
                {
                    **{name: row[name] for name in plain},
                    **{name: json.loads(row[name]) for name in ("before", "after", "request")},
                }
                for row in self.all("SELECT * FROM effect ORDER BY seq")
            ]
        }


def dump(value: Any) -> str:
    """Compact JSON."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def marks(count: int) -> str:
    """Placeholders for an IN list."""
    return ",".join("?" * count)
