"""The receiver of webhooks of one life: real HTTP on loopback, and a file that outlives the killed process."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from agent.db.engine import Database
from agent.proposals.repeats import StoredRepeats
from connectors.base import Action, ActionKind, Result
from connectors.outbound.target import Target
from connectors.outbound.writer import OutboundWriter
from tests.support.outbound_receiver import KEY, Receiver, running_receiver

CONNECTION = "outbound:news"
_KINDS = frozenset({ActionKind.CUSTOMER_LIST, ActionKind.STORE_NOTE, ActionKind.SIGNAGE})
_ANSWERS = {
    "refuse": 400,
    "timeout_before": "hang",
    "timeout_after": "take_then_hang",
    "error_before": 503,
    "error_after": "take_then_500",
    "throttle": 429,
    "late": "late",
    "twice": "twice",
}
_PATIENT_REQUESTS = 2
"""A message that is late arrives when so many further requests have been answered, or at the end."""


class MortalReceiver:
    """Reader and writer in one. The effects are a log without a guard; what is dropped is dropped by the receiver."""

    def __init__(self, home: Path, *, manner: str, faults: Sequence[str], at: Callable[[str], None]) -> None:
        self.at = at
        self._opened = ExitStack()
        self._kept = _KeptReceiver(home / "received.sqlite", drops_repeats=manner == "keys", at=at)
        self._kept.faults = [_ANSWERS[fault] for fault in faults if fault in _ANSWERS]
        self._closed_doors = faults.count("offline")
        self._opened.enter_context(running_receiver(receiver=self._kept))
        target = Target("news", self._kept.url, KEY, _KINDS, manner == "keys", "NEWS_SECRET")
        people = [f"c_{number}" for number in range(9)]
        self._writer = OutboundWriter(target, lambda _target, _change: people, timeout=5.0)
        self._opened.callback(self._writer.close)
        self._stream = self._writer._client.stream
        self._writer._client.stream = self._leaving  # type: ignore[method-assign]
        self.capabilities = self._writer.capabilities
        self.preview = self._writer.preview
        self.reconcile = self._writer.reconcile

    def keep_repeats_in(self, database: Database) -> None:
        """Where the bot keeps how often it sent a message again."""
        self._writer._repeats = _MortalRepeats(database, self.at)

    def execute(self, action: Action) -> Result:
        result = self._writer.execute(action)
        self.at("pos.answered")
        return result

    def effects(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Key, kind and what was told, of every message that was taken, in order."""
        return self._kept.effects()

    def deliver_late(self) -> None:
        self._kept.deliver_late()

    def close(self) -> None:
        self._opened.close()

    @contextmanager
    def _leaving(self, method: str, url: str, **given: Any) -> Iterator[Any]:
        self.at("pos.arrives")
        if not self._closed_doors:
            with self._stream(method, url, **given) as response:
                yield response
            return
        self._closed_doors -= 1
        with socket.socket() as taken:
            # Bound and not listening: whoever connects is refused.
            taken.bind(("127.0.0.1", 0))
            with self._stream(method, f"http://127.0.0.1:{taken.getsockname()[1]}/", **given) as response:
                yield response


class _MortalRepeats(StoredRepeats):
    """With boundaries around the commit."""

    def __init__(self, database: Database, at: Callable[[str], None]) -> None:
        super().__init__(database)
        self._at = at

    def write(self, message_id: str, count: int, at: float) -> None:
        self._at("repeat.before")
        super().write(message_id, count, at)
        self._at("repeat.committed")


class _KeptReceiver(Receiver):
    """Keeps what it took in a file."""

    def __init__(self, path: Path, *, drops_repeats: bool, at: Callable[[str], None]) -> None:
        super().__init__(drops_repeats=drops_repeats)
        self._path = path
        self._at = at
        with self._open() as db:
            db.execute("CREATE TABLE IF NOT EXISTS effect (id TEXT, body TEXT)")
            db.execute("CREATE TABLE IF NOT EXISTS parked (id TEXT, body TEXT, requests INTEGER)")

    def answer(self, headers: Any, body: bytes) -> int:
        self._time_passes()
        return super().answer(headers, body)

    def take(self, message_id: str, body: bytes, fault: str) -> int:
        if fault == "late":
            with self._open() as db:
                db.execute("INSERT INTO parked VALUES (?, ?, ?)", (message_id, body.decode(), _PATIENT_REQUESTS))
            return 0
        status = self._store(message_id, body.decode())
        if fault == "twice":
            self._store(message_id, body.decode())
        self._at("pos.applied")
        return status

    def effects(self) -> list[tuple[str, str, dict[str, Any]]]:
        with self._open() as db:
            rows = db.execute("SELECT id, body FROM effect ORDER BY rowid").fetchall()
        told = [(message_id, json.loads(body)) for message_id, body in rows]
        return [(message_id, one["type"], one["data"]) for message_id, one in told]

    def deliver_late(self) -> None:
        with self._open() as db:
            rows = db.execute("SELECT id, body FROM parked").fetchall()
            db.execute("DELETE FROM parked")
        for message_id, body in rows:
            self._store(message_id, body)

    def _store(self, message_id: str, body: str) -> int:
        with self._open() as db:
            if self._drops and db.execute("SELECT 1 FROM effect WHERE id = ?", (message_id,)).fetchone():
                return 409
            db.execute("INSERT INTO effect VALUES (?, ?)", (message_id, body))
        return 200

    def _time_passes(self) -> None:
        with self._open() as db:
            db.execute("UPDATE parked SET requests = requests - 1")
            due = db.execute("SELECT 1 FROM parked WHERE requests <= 0").fetchone()
        if due:
            self.deliver_late()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous=OFF")
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        finally:
            db.close()
