"""The mathematics of the audit chain: what an event's hash is over, and walking from the first to the last.

Walking reads columns as the database holds them, not objects: a million events take seconds, in the memory of a few.
What is stored must be written exactly as we write it, so that not even a blank in a document can be changed unseen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from agent.governance.anchors import Anchor

GENESIS = "0" * 64

_COLUMNS = "seq, subject, subject_id, event, actor, {at}, {detail}, previous_hash, hash"
_SQL = "SELECT {columns} FROM audit_event ORDER BY seq"
_SQLITE = _SQL.format(columns=_COLUMNS.format(at="at", detail="detail"))
_POSTGRES = _SQL.format(
    columns=_COLUMNS.format(
        at="to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", detail="CAST(detail AS TEXT)"
    )
)
_AT_ONCE = 2000

# One encoder each, made once: json.dumps would make a new one for every event.
_hashed_form = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
_stored_form = json.JSONEncoder().encode

StoredRow = tuple[int, str, str, str, str, str, str, str, str]
"""seq, subject, subject_id, event, actor, at, detail, previous_hash, hash; ``at`` and ``detail`` as stored text."""


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What a walk found. ``seq`` is the first event that is wrong; ``problem`` says how, in a sentence.

    ``anchors`` is how many heads kept elsewhere the chain was held against.
    """

    ok: bool
    events: int
    head: str
    seq: int | None = None
    problem: str = ""
    anchors: int = 0


def event_hash(fields: tuple[int, str, str, str, str, str, Any], previous: str) -> str:
    """The hash of an event: its seven fields, ``at`` as ISO text in UTC, ``detail`` as plain values, after the last."""
    return hashlib.sha256((previous + _hashed_form(fields)).encode()).hexdigest()


def stored_rows(session: Session) -> Iterator[StoredRow]:
    """Every event as stored, in order, a few thousand at a time."""
    connection = session.connection()
    on_postgres = connection.dialect.name == "postgresql"
    # A server-side cursor on Postgres: a plain one would bring all rows over at once.
    cursor: Any = connection.connection.cursor(name="audit_walk") if on_postgres else connection.connection.cursor()
    try:
        cursor.execute(_POSTGRES if on_postgres else _SQLITE)
        if on_postgres:
            while rows := cursor.fetchmany(_AT_ONCE):
                yield from rows
        else:
            # One by one, so that a row that cannot be read is known by its number.
            yield from cursor
    finally:
        cursor.close()


def walk(rows: Iterable[StoredRow], anchors: Sequence[Anchor] = (), *, head_known: bool = True) -> AuditCheck:
    """Check every event against the one before it and against the anchors.

    Args:
        rows: the events in order.
        anchors: heads kept elsewhere.
        head_known: whether the head file could be read; without it a chain with events is not whole.
    """
    by_seq: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        by_seq.setdefault(anchor.seq, []).append(anchor)
    previous, count = GENESIS, 0
    remaining = iter(rows)
    while True:
        try:
            row = next(remaining, None)
        except Exception:  # noqa: BLE001 - bytes that the driver cannot turn into text; each has an error of its own
            return AuditCheck(False, count, previous, count + 1, f"Event {count + 1} cannot be read.", len(anchors))
        if row is None:
            break
        problem = _problem(row, count, previous) or _disagreement(by_seq.get(row[0], ()), row[8])
        if problem:
            return AuditCheck(False, count, previous, row[0], problem, len(anchors))
        previous, count = row[8], row[0]
    ahead = [anchor for anchor in anchors if anchor.seq > count]
    if ahead:
        furthest = max(ahead, key=lambda anchor: anchor.seq)
        many = f"Events {count + 1} to {furthest.seq} are"
        cut = f"{many if furthest.seq > count + 1 else f'Event {furthest.seq} is'} missing at the end."
        return AuditCheck(False, count, previous, count + 1, cut, len(anchors))
    if count and not head_known:
        return AuditCheck(False, count, previous, None, "The head file is missing or unreadable.", len(anchors))
    return AuditCheck(True, count, previous, anchors=len(anchors))


def _problem(row: StoredRow, count: int, previous: str) -> str:
    seq, subject, subject_id, event, actor, at, detail, stored_previous, stored_hash = row
    if seq != count + 1:
        return f"Event {count + 1} is missing."
    if stored_previous != previous:
        return f"Event {seq} does not follow the one before it."
    changed = f"Event {seq} was changed after it was written."
    try:
        values = json.loads(detail)
        if _stored_form(values) != detail:
            return changed
        iso = _iso(at)
        right = iso and stored_hash == event_hash((seq, subject, subject_id, event, actor, iso, values), previous)
    except (TypeError, ValueError, RecursionError):
        # Not text, or not a document: nothing that we wrote.
        return changed
    return "" if right else changed


def _iso(stored: str) -> str:
    """``2026-11-23 00:00:05.000005`` as it went into the hash; empty for any other shape."""
    if len(stored) != 26 or stored[10] != " " or stored[19] != ".":
        return ""
    moment = f"{stored[:10]}T{stored[11:]}"
    return f"{moment[:19] if moment.endswith('.000000') else moment}+00:00"


def _disagreement(anchors: Sequence[Anchor], stored_hash: str) -> str:
    for anchor in anchors:
        if anchor.hash != stored_hash:
            return f"Event {anchor.seq} is not the one that {anchor.named} names: the chain was rewritten."
    return ""
