"""A POS for every kind of change, in one SQLite file that outlives the process; written to as every connector writes.

Three manners, as platforms have them: with ``keys`` it answers a known idempotency key from memory, with ``marks`` it
finds again what carries a key, and ``plain`` does neither. Effects are a log without a guard: what
happens twice is there twice.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from connectors.base import Action, ActionKind, Capability, Preview, Result
from connectors.errors import TransientError
from connectors.http import Delivery, WriteReply
from connectors.writing import Channel, carry_out, decide

FAULTS = (
    "refuse",
    "timeout_before",
    "timeout_after",
    "error_before",
    "error_after",
    "throttle",
    "offline",
    "twice",
    "late",
)
"""What may go wrong with one request; ``late`` comes to pass after somebody has looked and not found it."""

MANNERS = ("keys", "marks", "plain")
_MADE = frozenset({ActionKind.TRANSFER, ActionKind.PURCHASE_ORDER, ActionKind.SHIFT_DRAFT, ActionKind.PROMOTION_CREATE})
_SCHEMA = """
CREATE TABLE IF NOT EXISTS held (thing TEXT PRIMARY KEY, held TEXT);
CREATE TABLE IF NOT EXISTS effect (seq INTEGER PRIMARY KEY, key TEXT, kind TEXT, thing TEXT, change TEXT);
CREATE TABLE IF NOT EXISTS request (key TEXT);
CREATE TABLE IF NOT EXISTS parked (key TEXT, kind TEXT, target TEXT, change TEXT, looks INTEGER);
"""


def thing_of(kind: ActionKind, target: Mapping[str, Any]) -> str:
    """The name of the object an action is about; empty for what is made anew."""
    match kind:
        case ActionKind.PRICE_CHANGE:
            return f"price:{target['variant_external_id']}:{target['store_external_id']}"
        case ActionKind.STOCK_ADJUST | ActionKind.STOCK_COUNT:
            return f"stock:{target['variant_external_id']}:{target['store_external_id']}"
        case ActionKind.PRODUCT_FLAGS:
            return f"flags:{target['variant_external_id']}"
        case ActionKind.SHIFT_PUBLISH:
            return f"shift:{target['shift_external_id']}"
        case ActionKind.PROMOTION_END:
            return f"promotion:{target['promotion_external_id']}"
    return ""


class LedgerShop:
    """Reader and writer in one. ``faults`` are consumed one per request; ``at`` is called at every boundary."""

    platform = "ledger"

    def __init__(
        self,
        path: Path,
        connection: str = "square",
        *,
        manner: str = "keys",
        faults: Sequence[str] = (),
        at: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.connection = connection
        self.faults = list(faults)
        self.offline = False
        self.keys = self.marks = False
        self.behave(manner)
        self.at = at
        self._path = path
        with self._open() as db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)

    def behave(self, manner: str) -> None:
        """Be a POS of that manner from now on."""
        self.keys, self.marks = manner == "keys", manner == "marks"

    def _channel(self) -> Channel:
        """What a connector says of this POS; that keys are answered from memory only where they are."""
        return Channel(
            "the ledger",
            "LEDGER_TOKEN",
            self.preview,
            self.send,
            lambda _: None,
            idempotent=frozenset(ActionKind) if self.keys else frozenset(),
            reference=lambda reply: str(reply.body),
        )

    def hold(self, thing: str, **values: str) -> None:
        """Somebody sets an object at the till."""
        with self._open() as db:
            db.execute("INSERT OR REPLACE INTO held VALUES (?, ?)", (thing, json.dumps(values)))

    def held(self, thing: str) -> dict[str, str]:
        """An object as it is now; empty when there is none."""
        with self._open() as db:
            found = db.execute("SELECT held FROM held WHERE thing = ?", (thing,)).fetchone()
        return json.loads(found[0]) if found else {}

    def price(self, variant: str, store: str) -> str:
        return self.held(f"price:{variant}:{store}").get("price", "")

    def set_price(self, variant: str, store: str, price: str) -> None:
        self.hold(f"price:{variant}:{store}", price=price, currency="USD")

    def effects(self) -> list[tuple[str, str, str, dict[str, Any]]]:
        """Key, kind, object and change of everything that came to pass, in order."""
        with self._open() as db:
            rows = db.execute("SELECT key, kind, thing, change FROM effect ORDER BY seq").fetchall()
        return [(key, kind, thing, json.loads(change)) for key, kind, thing, change in rows]

    def requests(self) -> int:
        with self._open() as db:
            return int(db.execute("SELECT COUNT(*) FROM request").fetchone()[0])

    def capabilities(self) -> Mapping[object, Capability]:
        return {}

    def close(self) -> None:
        return

    def preview(self, action: Action) -> Preview:
        self.at("pos.read")
        if self.offline:
            raise TransientError("The till system does not answer at the moment.")
        thing = thing_of(action.kind, action.target)
        before = self.held(thing) if thing else {}
        done = self._knows(action.idempotency_key) if self.marks else None
        problem = "It has nothing of it there." if thing and not before else ""
        self._time_passes()
        self.at("pos.seen")
        return Preview(before, "1", dict(action.change), problem, done)

    def send(self, action: Action, seen: Preview) -> WriteReply:
        fault = self.faults.pop(0) if self.faults else ""
        self.at("pos.arrives")
        if fault == "refuse":
            return WriteReply(Delivery.ANSWERED, 422, None, ("NOT_ALLOWED",))
        if fault == "throttle":
            return WriteReply(Delivery.ANSWERED, 429, None, (), 0.0)
        if fault == "offline":
            return WriteReply(Delivery.NOT_SENT)
        if fault == "late":
            self._park(action)
        if fault in ("timeout_before", "late"):
            return WriteReply(Delivery.UNKNOWN)
        if fault == "error_before":
            return WriteReply(Delivery.UNKNOWN, 500)
        self._apply(action.idempotency_key, action.kind, action.target, action.change)
        if fault == "twice":
            self._apply(action.idempotency_key, action.kind, action.target, action.change)
        self.at("pos.applied")
        if fault == "timeout_after":
            return WriteReply(Delivery.UNKNOWN)
        if fault == "error_after":
            return WriteReply(Delivery.UNKNOWN, 500)
        return WriteReply(Delivery.ANSWERED, 200, f"ref-{action.idempotency_key[:8]}")

    def execute(self, action: Action) -> Result:
        result = carry_out(action, self._channel())
        self.at("pos.answered")
        return result

    def reconcile(self, action: Action) -> Result:
        return decide(action, self._channel())

    def deliver_late(self) -> None:
        """Whatever is still on its way arrives now."""
        with self._open() as db:
            rows = db.execute("SELECT key, kind, target, change FROM parked").fetchall()
            db.execute("DELETE FROM parked")
        for key, kind, target, change in rows:
            self._apply(key, ActionKind(kind), json.loads(target), json.loads(change))

    def _knows(self, key: str) -> bool:
        with self._open() as db:
            return db.execute("SELECT 1 FROM effect WHERE key = ?", (key,)).fetchone() is not None

    def _park(self, action: Action) -> None:
        row = (action.idempotency_key, action.kind.value, json.dumps(dict(action.target)), json.dumps(action.change), 2)
        with self._open() as db:
            db.execute("INSERT INTO parked VALUES (?, ?, ?, ?, ?)", row)

    def _time_passes(self) -> None:
        """A request under way arrives after it was looked for twice."""
        with self._open() as db:
            if not db.execute("UPDATE parked SET looks = looks - 1").rowcount:
                return
            due = db.execute("SELECT 1 FROM parked WHERE looks <= 0").fetchone()
        if due:
            self.deliver_late()

    def _apply(self, key: str, kind: ActionKind, target: Mapping[str, Any], change: Mapping[str, Any]) -> None:
        thing = thing_of(kind, target)
        with self._open() as db:
            db.execute("INSERT INTO request VALUES (?)", (key,))
            if self.keys and db.execute("SELECT 1 FROM effect WHERE key = ?", (key,)).fetchone():
                return
            db.execute(
                "INSERT INTO effect (key, kind, thing, change) VALUES (?, ?, ?, ?)",
                (key, kind.value, thing, json.dumps(dict(change))),
            )
            if kind in _MADE:
                return
            found = db.execute("SELECT held FROM held WHERE thing = ?", (thing,)).fetchone()
            now = json.loads(found[0]) if found else {}
            if kind is ActionKind.STOCK_ADJUST:
                now["quantity"] = f"{Decimal(now.get('quantity', '0')) + Decimal(change['delta']):f}"
            else:
                now |= change
            db.execute("INSERT OR REPLACE INTO held VALUES (?, ?)", (thing, json.dumps(now)))

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
