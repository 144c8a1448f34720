"""``bench audit``: checking a chain of a million events from end to end, beside hashing the same bytes bare."""

from __future__ import annotations

import hashlib
import itertools
import json
import resource
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent.benchmarks.ground import NOW, Ground
from agent.benchmarks.measure import Report, seconds
from agent.db.engine import Database, open_database
from agent.governance.audit import Audit
from agent.governance.chain import GENESIS, event_hash

EVENTS = 1_000_000
_SAMPLE = 50_000
_EVENTS = ("proposed", "approved", "executing", "sending", "executed")
_INSERT = "INSERT INTO audit_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def run(ground: Ground) -> Report:
    """Fill a database of its own, verify it, and hash as many bytes with nothing around it."""
    return verify_chain(ground.folder / "audit", EVENTS)


def verify_chain(folder: Path, events: int) -> Report:
    """The same for any number of events."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(open_database(f"sqlite:///{folder / 'operations.sqlite'}")) as database:
        audit = Audit(database, folder / "audit-head.json")
        head = _fill(database, events)
        (folder / "audit-head.json").write_text(json.dumps({"seq": events, "hash": head}), encoding="utf-8")
        memory_before = _peak_mb()
        found = []
        took = seconds(lambda: found.append(audit.verify()))
        grown = _peak_mb() - memory_before
        bodies = [_body(number) for number in range(1, min(events, _SAMPLE) + 1)]
        bare = seconds(lambda: _hash_bare(bodies)) * events / len(bodies)
    return {
        "events": events,
        "whole": found[0].ok and found[0].events == events,
        "seconds": round(took, 2),
        "events_per_second": round(events / took),
        "memory_grown_mb": grown,
        "baseline": "hashing the same bytes in the same order, with nothing read or compared",
        "baseline_seconds": round(bare, 2),
        "ratio": round(took / bare, 2),
    }


def _fill(database: Database, events: int) -> str:
    head = GENESIS

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal head
        for number in range(1, events + 1):
            seq, subject, subject_id, event, actor, at, detail = _fields(number)
            digest = event_hash((seq, subject, subject_id, event, actor, at.isoformat(), detail), head)
            stored_at = at.replace(tzinfo=None).isoformat(" ", "microseconds")
            yield seq, subject, subject_id, event, actor, stored_at, json.dumps(detail), head, digest
            head = digest

    made = rows()
    while batch := list(itertools.islice(made, 20_000)):
        with database.session() as session:
            session.connection().exec_driver_sql(_INSERT, batch)
    return head


def _fields(number: int) -> tuple[int, str, str, str, str, datetime, dict[str, Any]]:
    detail = {"payload_sha256": hashlib.sha256(str(number).encode()).hexdigest(), "reason": "zu viel Café", "n": number}
    at = (NOW + timedelta(seconds=number, microseconds=number % 1000)).astimezone(UTC)
    return number, "proposal", f"p_{number // 5:032x}", _EVENTS[number % 5], f"U{number % 40:010d}", at, detail


def _body(number: int) -> bytes:
    *fields, at, detail = _fields(number)
    body = json.dumps([*fields, at.isoformat(), detail], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return body.encode()


def _hash_bare(bodies: list[bytes]) -> str:
    previous = GENESIS
    for body in bodies:
        previous = hashlib.sha256(previous.encode() + body).hexdigest()
    return previous


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
