"""What the inbox counts and remembers beside the events: refusals, what only the sweep found, and its rounds."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from connectors.base import Entity
from connectors.webhooks.events import Refusal, Watch
from connectors.webhooks.journal import Journal, at_instant, milliseconds

SCHEMA = """
CREATE TABLE IF NOT EXISTS tally (
  connection TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, last_ms INTEGER NOT NULL,
  PRIMARY KEY (connection, kind, name));
CREATE TABLE IF NOT EXISTS watch (
  connection TEXT PRIMARY KEY, since_ms INTEGER NOT NULL, swept_ms INTEGER, checked_ms INTEGER,
  said TEXT NOT NULL DEFAULT '[]', problem TEXT NOT NULL DEFAULT '');
"""
_WATCHED = "SELECT * FROM watch WHERE connection = ?"


class Tallies:
    """Counts by connection and name. Kept in memory until ``flush``, so that a flood of forgeries costs no disk."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._gate = threading.Lock()
        self._counted: dict[tuple[str, str, str], int] = {}

    def refuse(self, connection: str, reason: Refusal) -> None:
        """Count something that was sent and is not stored."""
        self._count(connection, "refused", reason.value, 1)

    def found(self, connection: str, entity: Entity, count: int) -> None:
        """Count objects that no webhook had brought."""
        if count:
            self._count(connection, "found", entity.value, count)

    def flush(self) -> None:
        """Write what was counted since the last call."""
        with self._gate:
            counted, self._counted = self._counted, {}
        if not counted:
            return
        now = milliseconds(datetime.now(UTC))
        rows = [(*key, count, now) for key, count in counted.items()]

        def add(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "INSERT INTO tally VALUES (?, ?, ?, ?, ?) ON CONFLICT (connection, kind, name) DO UPDATE SET "
                "count = count + excluded.count, last_ms = excluded.last_ms",
                rows,
            )

        self._journal.submit(add).result()

    def refusals(self) -> Mapping[str, Mapping[Refusal, int]]:
        """How much was refused for which reason, by connection."""
        return {
            connection: {Refusal(name): count for name, count in names.items()}
            for connection, names in self._read("refused").items()
        }

    def findings(self) -> Mapping[str, Mapping[Entity, int]]:
        """How many objects no webhook had brought, by connection."""
        return {
            connection: {Entity(name): count for name, count in names.items()}
            for connection, names in self._read("found").items()
        }

    def _read(self, kind: str) -> Mapping[str, Mapping[str, int]]:
        self.flush()
        counted: dict[str, dict[str, int]] = {}
        for connection, name, count in self._journal.read(
            "SELECT connection, name, count FROM tally WHERE kind = ? ORDER BY connection, name", (kind,)
        ):
            counted.setdefault(str(connection), {})[str(name)] = int(count)
        return counted

    def _count(self, connection: str, kind: str, name: str, count: int) -> None:
        key = (connection, kind, name)
        with self._gate:
            self._counted[key] = self._counted.get(key, 0) + count


class Watches:
    """What the sweep remembers of each connection."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def begin(self, connection: str, now: datetime) -> Watch:
        """The watch over a connection; the first call begins it at ``now``."""
        known = self.find(connection)
        if known is not None:
            return known

        def insert(journal: sqlite3.Connection) -> None:
            journal.execute(
                "INSERT INTO watch (connection, since_ms) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (connection, milliseconds(now)),
            )

        self._journal.submit(insert).result()
        return self.find(connection) or Watch(now)

    def find(self, connection: str) -> Watch | None:
        """The watch over a connection, if it ever began."""
        rows = self._journal.read(_WATCHED, (connection,))
        if not rows:
            return None
        row = rows[0]
        return Watch(
            since_at=at_instant(row["since_ms"]),
            swept_at=_optional(row["swept_ms"]),
            checked_at=_optional(row["checked_ms"]),
            said=tuple(json.loads(row["said"])),
            problem=str(row["problem"]),
        )

    def swept(self, connection: str, at: datetime) -> None:
        """Remember that every feed was walked up to ``at``."""
        self._set(connection, "swept_ms = ?", (milliseconds(at),))

    def checked(self, connection: str, at: datetime, said: Sequence[str], problem: str = "") -> None:
        """Remember what the platform's subscriptions looked like at ``at``."""
        values = (milliseconds(at), json.dumps(list(said), ensure_ascii=False), problem)
        self._set(connection, "checked_ms = ?, said = ?, problem = ?", values)

    def _set(self, connection: str, assignment: str, values: Sequence[Any]) -> None:
        def update(journal: sqlite3.Connection) -> None:
            journal.execute(f"UPDATE watch SET {assignment} WHERE connection = ?", (*values, connection))

        self._journal.submit(update).result()


def _optional(value: int | None) -> datetime | None:
    return None if value is None else at_instant(value)
