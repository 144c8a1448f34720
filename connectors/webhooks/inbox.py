"""The durable inbox: what was sent to us, once each, until it is dealt with.

A row says which objects an event touched, never what it said about them: bodies may hold personal data, and what is
true is read from the platform afterwards. Rows that are done stay for some days, so that a delivery that is repeated is
known again.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path

from connectors.base import Entity
from connectors.errors import InputError
from connectors.webhooks import tallies
from connectors.webhooks.events import Arrival, Event, Refusal, Settlement, Status
from connectors.webhooks.journal import Journal, at_instant, milliseconds

KEPT_FOR = timedelta(days=7)
"""How long a finished event is remembered; the longest any platform repeats one is two days."""

_LAYOUT = 1
_LONGEST_TOPIC = 200
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS event (
  id INTEGER PRIMARY KEY AUTOINCREMENT, connection TEXT NOT NULL, dedupe_key TEXT NOT NULL, topic TEXT NOT NULL,
  touched TEXT NOT NULL, body_sha256 TEXT NOT NULL, occurred_ms INTEGER, received_ms INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'done', 'dead')), attempts INTEGER NOT NULL DEFAULT 0,
  due_ms INTEGER NOT NULL, settled_ms INTEGER, last_error TEXT NOT NULL DEFAULT '',
  UNIQUE (connection, dedupe_key));
CREATE INDEX IF NOT EXISTS event_due ON event (connection, due_ms) WHERE status = 'waiting';
CREATE INDEX IF NOT EXISTS event_dead ON event (connection) WHERE status = 'dead';
CREATE INDEX IF NOT EXISTS event_settled ON event (settled_ms) WHERE status = 'done';
{tallies.SCHEMA}"""
_COLUMNS = ("connection", "dedupe_key", "topic", "touched", "body_sha256", "occurred_ms", "received_ms", "status",
            "due_ms", "settled_ms")  # fmt: skip
_PICKED = ", ".join(f"json_extract(value, '$[{number}]')" for number in range(len(_COLUMNS)))
_INSERT = (
    f"INSERT INTO event ({', '.join(_COLUMNS)}) SELECT {_PICKED} FROM json_each(?) WHERE true "
    "ON CONFLICT (connection, dedupe_key) DO NOTHING"
)


class Inbox:
    """The inbox in one file. Use it from any thread; several processes may have it open, one of them a worker.

    Everything raises ``TerminalError`` once it is closed and ``TransientError`` when the disk does not serve.
    """

    def __init__(self, path: Path) -> None:
        self._journal = Journal(path, _SCHEMA, _LAYOUT)
        self._bells: dict[str, threading.Event] = {}
        self.tallies = tallies.Tallies(self._journal)
        self.watches = tallies.Watches(self._journal)

    def bell(self, connection: str) -> threading.Event:
        """Set whenever an event of this connection was committed; whoever waits clears it."""
        return self._bells.setdefault(connection, threading.Event())

    def put(self, arrival: Arrival) -> Future[bool]:
        """Store one event; the future is done once it is on disk, and False when it was there already."""
        stored: Future[bool] = Future()

        def tell(group: Future[list[bool]]) -> None:
            error = group.exception()
            if error is not None:
                stored.set_exception(error)
            else:
                stored.set_result(group.result()[0])

        self.put_all([arrival]).add_done_callback(tell)
        return stored

    def put_all(self, arrivals: Sequence[Arrival]) -> Future[list[bool]]:
        """Store events in one commit; the future is done once they are on disk, with what ``put`` says of each.

        An event that touches nothing is done from the start.
        """

        def insert(connection: sqlite3.Connection) -> list[bool]:
            # One statement for all of them: each one lets go of the interpreter, which a busy server is slow to return.
            given = connection.execute(_INSERT, (json.dumps([_values(arrival) for arrival in arrivals]),))
            if given.rowcount == len(arrivals):
                return [True] * len(arrivals)
            return self._which_are_new(connection, arrivals, given.rowcount)

        stored = self._journal.submit(insert)
        stored.add_done_callback(lambda future: self._after(arrivals, future))
        return stored

    def due(self, connection: str, at: datetime, limit: int) -> list[Event]:
        """Waiting events whose time has come, those longest due first."""
        rows = self._journal.read(
            "SELECT * FROM event WHERE connection = ? AND status = 'waiting' AND due_ms <= ? ORDER BY due_ms, id "
            "LIMIT ?",
            (connection, milliseconds(at), limit),
        )
        return [_event(row) for row in rows]

    def next_due(self, connection: str) -> datetime | None:
        """When the next waiting event is to be looked at; None when none waits."""
        ((found,),) = self._journal.read(
            "SELECT min(due_ms) FROM event WHERE connection = ? AND status = 'waiting'", (connection,)
        )
        return None if found is None else at_instant(found)

    def settle(self, settlements: Sequence[Settlement], at: datetime) -> Future[None]:
        """Record what became of events; each counts one try."""
        rows = [
            (
                item.status.value,
                item.last_error,
                milliseconds(item.due_at or at),
                None if item.status is Status.WAITING else milliseconds(at),
                item.event_id,
            )
            for item in settlements
        ]

        def update(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "UPDATE event SET status = ?, last_error = ?, due_ms = ?, settled_ms = ?, attempts = attempts + 1 "
                "WHERE id = ?",
                rows,
            )

        return self._journal.submit(update)

    def replay(self, event_ids: Iterable[int] | None, at: datetime) -> int:
        """Have events looked at again from the beginning; every dead one when none are named. How many there were.

        Raises:
            InputError: there is no event of that number.
        """
        wanted = None if event_ids is None else sorted(set(event_ids))
        if wanted is not None:
            self._require(wanted)
        where = "status = 'dead'" if wanted is None else f"id IN ({_marks(wanted)})"

        def update(connection: sqlite3.Connection) -> int:
            return connection.execute(
                "UPDATE event SET status = 'waiting', attempts = 0, settled_ms = NULL, due_ms = ? "
                f"WHERE touched <> '[]' AND {where}",
                (milliseconds(at), *(wanted or ())),
            ).rowcount

        count = self._journal.submit(update).result()
        for bell in list(self._bells.values()):
            bell.set()
        return count

    def events(self, *, connection: str = "", status: str = "", limit: int = 100) -> list[Event]:
        """Events, newest first."""
        rows = self._journal.read(
            "SELECT * FROM event WHERE (? = '' OR connection = ?) AND (? = '' OR status = ?) ORDER BY id DESC LIMIT ?",
            (connection, connection, status, status, limit),
        )
        return [_event(row) for row in rows]

    def counts(self) -> Mapping[str, Mapping[Status, int]]:
        """How many events stand where, by connection."""
        found: dict[str, dict[Status, int]] = {}
        for name, status, count in self._journal.read(
            "SELECT connection, status, count(*) FROM event GROUP BY connection, status ORDER BY connection"
        ):
            found.setdefault(str(name), {})[Status(status)] = int(count)
        return found

    def open_counts(self) -> Mapping[Status, int]:
        """How many events wait, and how many are dead; quick, however many are done."""
        sql = "SELECT count(*) FROM event WHERE status = "
        return {
            Status.WAITING: int(self._journal.read(f"{sql}'waiting'")[0][0]),
            Status.DEAD: int(self._journal.read(f"{sql}'dead'")[0][0]),
        }

    def last_received(self, connection: str) -> datetime | None:
        """When the newest event of a connection came in."""
        ((found,),) = self._journal.read("SELECT max(received_ms) FROM event WHERE connection = ?", (connection,))
        return None if found is None else at_instant(found)

    def prune(self, at: datetime) -> int:
        """Forget events that were done more than ``KEPT_FOR`` ago; how many."""

        def delete(connection: sqlite3.Connection) -> int:
            return connection.execute(
                "DELETE FROM event WHERE status = 'done' AND settled_ms < ?", (milliseconds(at - KEPT_FOR),)
            ).rowcount

        return self._journal.submit(delete).result()

    def close(self) -> None:
        """Write what was counted and let the file go; safe to call twice."""
        if not self._journal.closed:
            self.tallies.flush()
            self._journal.close()

    def _require(self, event_ids: Sequence[int]) -> None:
        rows = self._journal.read(f"SELECT id FROM event WHERE id IN ({_marks(event_ids)})", event_ids)
        missing = sorted(set(event_ids) - {int(row[0]) for row in rows})
        if missing:
            raise InputError(
                f"ID: there is no webhook {', '.join(map(str, missing))}; `floorwalker webhooks list` shows those "
                "there are."
            )

    def _which_are_new(self, connection: sqlite3.Connection, arrivals: Sequence[Arrival], inserted: int) -> list[bool]:
        rows = connection.execute("SELECT connection, dedupe_key FROM event ORDER BY id DESC LIMIT ?", (inserted,))
        new = {(row[0], row[1]) for row in rows}
        verdicts = []
        for arrival in arrivals:
            key = (arrival.connection, arrival.dedupe_key)
            verdicts.append(key in new)
            new.discard(key)
        return verdicts

    def _after(self, arrivals: Sequence[Arrival], stored: Future[list[bool]]) -> None:
        if stored.cancelled() or stored.exception() is not None:
            return
        new: set[str] = set()
        for arrival, fresh in zip(arrivals, stored.result(), strict=True):
            if fresh:
                new.add(arrival.connection)
            else:
                self.tallies.refuse(arrival.connection, Refusal.DUPLICATE)
        for connection in new:
            self.bell(connection).set()


def _values(arrival: Arrival) -> list[object]:
    waits = bool(arrival.touched)
    received = milliseconds(arrival.received_at)
    return [
        arrival.connection,
        arrival.dedupe_key,
        arrival.topic[:_LONGEST_TOPIC],
        json.dumps(arrival.touched, separators=(",", ":")),
        arrival.body_sha256,
        None if arrival.occurred_at is None else milliseconds(arrival.occurred_at),
        received,
        (Status.WAITING if waits else Status.DONE).value,
        received,
        None if waits else received,
    ]


def _event(row: sqlite3.Row) -> Event:
    occurred = row["occurred_ms"]
    return Event(
        id=row["id"],
        connection=row["connection"],
        dedupe_key=row["dedupe_key"],
        topic=row["topic"],
        touched=tuple((Entity(entity), identity) for entity, identity in json.loads(row["touched"])),
        occurred_at=None if occurred is None else at_instant(occurred),
        received_at=at_instant(row["received_ms"]),
        status=Status(row["status"]),
        attempts=row["attempts"],
        due_at=at_instant(row["due_ms"]),
        last_error=row["last_error"],
    )


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
