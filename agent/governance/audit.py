"""The audit chain: what was done, by whom, in an order that cannot be rewritten unnoticed.

Rules kept here: an event is written in the transaction of the change it records; each carries the hash of the one
before; the newest hash is also kept in a file beside the database, so that cutting off the end shows as well.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from agent.db.engine import Database
from agent.db.tables import AuditEvent

GENESIS = "0" * 64
_ADVISORY_LOCK = 0x6175646974


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What ``verify`` found. ``seq`` is the first event that is wrong; ``problem`` says how, in a sentence."""

    ok: bool
    events: int
    head: str
    seq: int | None = None
    problem: str = ""


class Audit:
    """Appending to and verifying the chain. ``anchor_path`` is the file that holds the newest hash."""

    def __init__(self, database: Database, anchor_path: Path) -> None:
        self._database = database
        self._anchor_path = anchor_path
        self._anchor_lock = threading.Lock()

    def append(
        self,
        session: Session,
        *,
        subject: str,
        subject_id: str,
        event: str,
        actor: str,
        at: datetime,
        detail: Mapping[str, Any] | None = None,
    ) -> AuditEvent:
        """Add one event in the caller's write transaction; call ``anchor`` with it once that is committed."""
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        session.flush()
        last = session.execute(
            select(AuditEvent.seq, AuditEvent.hash).order_by(AuditEvent.seq.desc()).limit(1)
        ).one_or_none()
        row = AuditEvent(
            seq=1 if last is None else last.seq + 1,
            subject=subject,
            subject_id=subject_id,
            event=event,
            actor=actor,
            at=at.astimezone(UTC),
            detail=dict(detail or {}),
            previous_hash=GENESIS if last is None else last.hash,
        )
        row.hash = _hash(
            row.seq, row.subject, row.subject_id, row.event, row.actor, row.at, row.detail, row.previous_hash
        )
        session.add(row)
        session.flush()
        return row

    def anchor(self, event: AuditEvent) -> None:
        """Write the head file, never backwards; atomic, so a crash leaves the old head or the new one."""
        with self._anchor_lock:
            known = self._anchored()
            if known is not None and known[0] >= event.seq:
                return
            spare = self._anchor_path.with_name(f"{self._anchor_path.name}.{os.getpid()}")
            with spare.open("w", encoding="utf-8") as file:
                file.write(json.dumps({"seq": event.seq, "hash": event.hash}) + "\n")
                file.flush()
                os.fsync(file.fileno())
            spare.replace(self._anchor_path)

    def verify(self) -> AuditCheck:
        """Walk the whole chain and hold it against the head file."""
        previous, count = GENESIS, 0
        anchored = self._anchored()
        columns = (
            AuditEvent.seq,
            AuditEvent.subject,
            AuditEvent.subject_id,
            AuditEvent.event,
            AuditEvent.actor,
            AuditEvent.at,
            AuditEvent.detail,
            AuditEvent.previous_hash,
            AuditEvent.hash,
        )
        with self._database.reading() as session:
            for row in session.execute(select(*columns).order_by(AuditEvent.seq).execution_options(yield_per=5000)):
                problem = ""
                if row.seq != count + 1:
                    problem = f"Event {count + 1} is missing."
                elif row.previous_hash != previous:
                    problem = f"Event {row.seq} does not follow the one before it."
                elif row.hash != _hash(*row[:8]):
                    problem = f"Event {row.seq} was changed after it was written."
                elif anchored is not None and row.seq == anchored[0] and row.hash != anchored[1]:
                    problem = f"Event {row.seq} is not the one the head file names: the chain was rewritten."
                if problem:
                    return AuditCheck(False, count, previous, row.seq, problem)
                previous, count = row.hash, row.seq
        if anchored is not None and anchored[0] > count:
            cut = f"Events {count + 1} to {anchored[0]} are missing at the end."
            return AuditCheck(False, count, previous, count + 1, cut)
        if anchored is None and count:
            return AuditCheck(False, count, previous, None, "The head file is missing or unreadable.")
        return AuditCheck(True, count, previous)

    def _anchored(self) -> tuple[int, str] | None:
        try:
            head = json.loads(self._anchor_path.read_text(encoding="utf-8"))
            return int(head["seq"]), str(head["hash"])
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _hash(
    seq: int, subject: str, subject_id: str, event: str, actor: str, at: datetime, detail: Any, previous: str
) -> str:
    body = json.dumps(
        [seq, subject, subject_id, event, actor, at.astimezone(UTC).isoformat(), detail],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256((previous + body).encode()).hexdigest()
