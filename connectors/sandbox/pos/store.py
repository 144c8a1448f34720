"""The stand-in's memory: one SQLite file, each change committed before its reply is sent.

Documents are kept as the JSON that the API answers with, beside the columns that are searched. Stamps are RFC 3339
text in UTC with milliseconds, so that text order is time order.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS location (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS object (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, parent_id TEXT, version INTEGER NOT NULL, updated_at TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS object_changed ON object (updated_at, id);
CREATE INDEX IF NOT EXISTS object_parent ON object (parent_id);
CREATE TABLE IF NOT EXISTS orders (
  id TEXT PRIMARY KEY, location_id TEXT NOT NULL, state TEXT NOT NULL, created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL, closed_at TEXT, source_order_id TEXT, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS orders_updated ON orders (updated_at, id);
CREATE INDEX IF NOT EXISTS orders_closed ON orders (closed_at, id);
CREATE INDEX IF NOT EXISTS orders_source ON orders (source_order_id);
CREATE TABLE IF NOT EXISTS team_member (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS timecard (
  id TEXT PRIMARY KEY, team_member_id TEXT NOT NULL, location_id TEXT NOT NULL, status TEXT NOT NULL,
  start_at TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS inventory (
  variation_id TEXT NOT NULL, location_id TEXT NOT NULL, quantity TEXT NOT NULL, calculated_at TEXT NOT NULL,
  PRIMARY KEY (variation_id, location_id));
CREATE TABLE IF NOT EXISTS inventory_change (
  id TEXT PRIMARY KEY, variation_id TEXT NOT NULL, location_id TEXT NOT NULL, type TEXT NOT NULL,
  occurred_at TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS inventory_change_at ON inventory_change (occurred_at, id);
CREATE TABLE IF NOT EXISTS reply (key TEXT PRIMARY KEY, request_sha256 TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS effect (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, operation TEXT NOT NULL, idempotency_key TEXT NOT NULL,
  object_id TEXT NOT NULL, location_id TEXT, before TEXT NOT NULL, after TEXT NOT NULL, request TEXT NOT NULL);
"""


class PosStore:
    """The file and its one connection; every use is a transaction under one lock."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30.0)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[PosStore]:
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


def stamp(at: datetime) -> str:
    """An instant as this API writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def dump(value: Any) -> str:
    """Compact JSON."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def marks(count: int) -> str:
    """Placeholders for an IN list."""
    return ",".join("?" * count)
