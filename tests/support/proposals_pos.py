"""A small POS in one SQLite file: prices, a log of effects, idempotency keys, and faults. It outlives the process."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from connectors.base import (
    Action,
    Capability,
    Cursor,
    Entity,
    Health,
    Outcome,
    Page,
    Preview,
    RawRecord,
    Result,
)
from connectors.errors import TerminalError, TransientError
from connectors.records import Row


class LedgerPos:
    """Reader and writer in one. ``faults`` are consumed one per write, left to right."""

    platform = "ledger"

    def __init__(self, path: Path, connection: str = "square", *, faults: Sequence[str] = ()) -> None:
        self.connection = connection
        self.faults = list(faults)
        self.offline = False
        self.locked_out = False
        self._path = path
        with self._open() as db:
            db.execute(
                "CREATE TABLE IF NOT EXISTS price (variant TEXT, store TEXT, price TEXT, PRIMARY KEY (variant, store))"
            )
            db.execute("CREATE TABLE IF NOT EXISTS effect (key TEXT PRIMARY KEY, variant TEXT, store TEXT, price TEXT)")
            db.execute("CREATE TABLE IF NOT EXISTS request (key TEXT)")

    def set_price(self, variant: str, store: str, price: str) -> None:
        """Somebody at the till changes a price."""
        with self._open() as db:
            db.execute("INSERT OR REPLACE INTO price VALUES (?, ?, ?)", (variant, store, price))

    def price(self, variant: str, store: str) -> str:
        with self._open() as db:
            found = db.execute("SELECT price FROM price WHERE variant = ? AND store = ?", (variant, store)).fetchone()
            return found[0] if found else ""

    def effects(self) -> list[tuple[str, str, str, str]]:
        with self._open() as db:
            return db.execute("SELECT key, variant, store, price FROM effect ORDER BY rowid").fetchall()

    def requests(self) -> int:
        with self._open() as db:
            return db.execute("SELECT COUNT(*) FROM request").fetchone()[0]

    def capabilities(self) -> Mapping[object, Capability]:
        return {}

    def check(self) -> Health:
        return Health(True)

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        return iter(())

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        return ()

    def canonical(self, record: RawRecord) -> Iterator[Row]:
        return iter(())

    def preview(self, action: Action) -> Preview:
        if self.offline:
            raise TransientError("The till system does not answer at the moment.")
        if self.locked_out:
            raise TerminalError("The till system does not take the token any more.")
        price = self.price(action.target["variant_external_id"], action.target["store_external_id"])
        if not price:
            return Preview({}, "", {}, "It has no price there.")
        return Preview({"price": price, "currency": action.change["currency"]}, "1", {})

    def execute(self, action: Action) -> Result:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "die_before":
            os.kill(os.getpid(), signal.SIGKILL)
        if fault == "break":
            raise RuntimeError("a bug in the writer")
        before = self.preview(action).before
        if before.get("price") != action.expected_before["price"]:
            if before.get("price") == action.change["price"]:
                return Result(Outcome.ALREADY_APPLIED, before, before, action.idempotency_key)
            return Result(Outcome.CONFLICT, before, before)
        if fault == "refuse":
            return Result(Outcome.REJECTED, before, before, message="The till system does not allow that price.")
        if fault == "timeout_before":
            return Result(Outcome.UNKNOWN, before)
        self._apply(action)
        if fault == "die_after":
            os.kill(os.getpid(), signal.SIGKILL)
        if fault == "timeout_after":
            return Result(Outcome.UNKNOWN, before)
        if fault == "timeout_after_then_offline":
            self.offline = True
            return Result(Outcome.UNKNOWN, before)
        if fault == "timeout_after_then_locked_out":
            self.locked_out = True
            return Result(Outcome.UNKNOWN, before)
        return Result(Outcome.APPLIED, before, dict(action.change), f"ref-{action.idempotency_key[:8]}")

    def reconcile(self, action: Action) -> Result:
        if self.faults and self.faults[0] == "die_looking":
            os.kill(os.getpid(), signal.SIGKILL)
        now = self.preview(action).before
        if now.get("price") == action.change["price"]:
            return Result(Outcome.APPLIED, action.expected_before, now, f"ref-{action.idempotency_key[:8]}")
        if now.get("price") == action.expected_before["price"]:
            return Result(Outcome.REJECTED, now, now, message="It did not arrive.")
        return Result(Outcome.CONFLICT, now, now)

    def _apply(self, action: Action) -> None:
        variant, store = action.target["variant_external_id"], action.target["store_external_id"]
        with self._open() as db:
            db.execute("INSERT INTO request VALUES (?)", (action.idempotency_key,))
            if db.execute("SELECT 1 FROM effect WHERE key = ?", (action.idempotency_key,)).fetchone():
                return
            price = action.change["price"]
            db.execute("INSERT INTO effect VALUES (?, ?, ?, ?)", (action.idempotency_key, variant, store, price))
            db.execute("INSERT OR REPLACE INTO price VALUES (?, ?, ?)", (variant, store, price))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        finally:
            db.close()
