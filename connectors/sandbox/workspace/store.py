"""What the workspace remembers: one SQLite file in WAL mode.

Every statement is committed before anybody is answered, so a killed process loses no message and no envelope.
Documents (users, channels, views, homes, settings) are JSON by kind and id; messages, files and envelopes have tables.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from connectors.sandbox.workspace.wire import JsonObject

SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (kind TEXT, id TEXT, doc TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (
  channel TEXT, ts TEXT, root_ts TEXT NOT NULL, ephemeral_to TEXT, doc TEXT NOT NULL, PRIMARY KEY (channel, ts)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS messages_by_thread ON messages (channel, root_ts, ts);
CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, doc TEXT NOT NULL, content BLOB);
CREATE TABLE IF NOT EXISTS envelopes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0
);
"""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One thing the app has not acknowledged yet; ``attempt`` counts deliveries that timed out."""

    id: str
    kind: str
    payload: JsonObject
    attempt: int


class Store:
    """The file. One connection, one lock; safe to call from several threads."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file; the object is unusable afterwards."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it; a block inside a block joins the outer one."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, sql: str, *args: object) -> list[tuple[str, ...]]:
        with self._lock:
            return self._db.execute(sql, args).fetchall()

    # documents

    def get(self, kind: str, key: str) -> JsonObject | None:
        """The document, or None."""
        rows = self._rows("SELECT doc FROM documents WHERE kind = ? AND id = ?", kind, key)
        return json.loads(rows[0][0]) if rows else None

    def put(self, kind: str, key: str, doc: JsonObject) -> None:
        """Write or replace a document."""
        self._rows("INSERT OR REPLACE INTO documents VALUES (?, ?, ?)", kind, key, json.dumps(doc))

    def remove(self, kind: str, key: str) -> None:
        """Forget a document; nothing happens if it is not there."""
        self._rows("DELETE FROM documents WHERE kind = ? AND id = ?", kind, key)

    def all(self, kind: str) -> list[JsonObject]:
        """Every document of a kind, in id order."""
        return [json.loads(doc) for (doc,) in self._rows("SELECT doc FROM documents WHERE kind = ? ORDER BY id", kind)]

    # messages

    def put_message(self, channel: str, doc: JsonObject, ephemeral_to: str | None = None) -> None:
        """Write or replace a message; its root is ``thread_ts`` or its own ``ts``."""
        ts = doc["ts"]
        self._rows(
            "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?)",
            channel,
            ts,
            doc.get("thread_ts") or ts,
            ephemeral_to,
            json.dumps(doc),
        )

    def message(self, channel: str, ts: str) -> JsonObject | None:
        """One message, with ``ephemeral_to`` when only one person sees it; or None."""
        rows = self._rows("SELECT doc, ephemeral_to FROM messages WHERE channel = ? AND ts = ?", channel, ts)
        return _message(*rows[0]) if rows else None

    def delete_message(self, channel: str, ts: str) -> None:
        """Remove one message."""
        self._rows("DELETE FROM messages WHERE channel = ? AND ts = ?", channel, ts)

    def messages(self, channel: str, root_ts: str | None = None) -> list[JsonObject]:
        """Messages of a channel, or of one thread with its root, newest last."""
        if root_ts is None:
            rows = self._rows("SELECT doc, ephemeral_to FROM messages WHERE channel = ? ORDER BY ts", channel)
        else:
            rows = self._rows(
                "SELECT doc, ephemeral_to FROM messages WHERE channel = ? AND root_ts = ? ORDER BY ts", channel, root_ts
            )
        return [_message(*row) for row in rows]

    def last_ts(self, channel: str | None = None) -> str | None:
        """The newest message stamp of a channel, or of the whole workspace."""
        newest = self._rows("SELECT max(ts) FROM messages WHERE ? IN (channel, '')", channel or "")[0][0]
        return newest or None

    # files

    def put_file(self, doc: JsonObject, content: bytes | None = None) -> None:
        """Write a file's description; keep its bytes unless new ones are given."""
        with self.transaction():
            self._rows(
                "INSERT INTO files VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc, "
                "content = coalesce(excluded.content, content)",
                doc["id"],
                json.dumps(doc),
                content,
            )

    def file(self, file_id: str) -> tuple[JsonObject, bytes | None] | None:
        """A file's description and bytes, or None."""
        with self._lock:
            row = self._db.execute("SELECT doc, content FROM files WHERE id = ?", (file_id,)).fetchone()
        return (json.loads(row[0]), row[1]) if row else None

    # envelopes

    def put_envelope(self, envelope: Envelope) -> None:
        """Keep an envelope until it is acknowledged."""
        self._rows(
            "INSERT INTO envelopes (id, kind, payload, attempt) VALUES (?, ?, ?, ?)",
            envelope.id,
            envelope.kind,
            json.dumps(envelope.payload),
            envelope.attempt,
        )

    def count_attempt(self, envelope_id: str) -> None:
        """One more delivery went unanswered."""
        self._rows("UPDATE envelopes SET attempt = attempt + 1 WHERE id = ?", envelope_id)

    def drop_envelope(self, envelope_id: str) -> None:
        """Acknowledged or given up."""
        self._rows("DELETE FROM envelopes WHERE id = ?", envelope_id)

    def envelopes(self) -> list[Envelope]:
        """Everything unacknowledged, oldest first."""
        with self._lock:
            rows = self._db.execute("SELECT id, kind, payload, attempt FROM envelopes ORDER BY seq").fetchall()
        return [Envelope(row[0], row[1], json.loads(row[2]), row[3]) for row in rows]


def _message(doc: str, ephemeral_to: str | None) -> JsonObject:
    message: JsonObject = json.loads(doc)
    if ephemeral_to:
        message["ephemeral_to"] = ephemeral_to
    return message
