"""The audit chain: what was done, by whom, in an order that cannot be rewritten unnoticed.

Rules kept here: an event is written in the transaction of the change it records; each carries the hash of the one
before; the newest hash is also kept in a file beside the database, so that cutting off the end shows as well.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from agent.db.engine import Database
from agent.db.tables import AuditEvent
from agent.governance.anchors import Anchor
from agent.governance.chain import GENESIS, AuditCheck, event_hash, stored_rows, walk

log = structlog.get_logger()

_ADVISORY_LOCK = 0x6175646974


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
        at_text = row.at.isoformat()
        row.hash = event_hash(
            (row.seq, row.subject, row.subject_id, row.event, row.actor, at_text, row.detail), row.previous_hash
        )
        session.add(row)
        session.flush()
        return row

    def anchor(self, event: AuditEvent) -> None:
        """Write the head file, never backwards; atomic, so a crash leaves the old head or the new one.

        A head that the chain does not hold any more stays: it is the evidence that the end was cut off, and events
        that were written since must not cover it up.
        """
        with self._anchor_lock:
            known = self._anchored()
            if known is not None and (known[0] >= event.seq or not self._holds(*known)):
                return
            spare = self._anchor_path.with_name(f"{self._anchor_path.name}.{os.getpid()}")
            with spare.open("w", encoding="utf-8") as file:
                file.write(json.dumps({"seq": event.seq, "hash": event.hash}) + "\n")
                file.flush()
                os.fsync(file.fileno())
            spare.replace(self._anchor_path)

    def verify(self, anchors: Sequence[Anchor] = ()) -> AuditCheck:
        """Walk the whole chain and hold it against the head file and ``anchors`` (what a person copied from Slack)."""
        filed = self._anchored()
        known = list(anchors) if filed is None else [Anchor(*filed, named="the head file"), *anchors]
        with self._database.reading() as session:
            return walk(stored_rows(session), known, head_known=filed is not None)

    def _holds(self, seq: int, head: str) -> bool:
        with self._database.reading() as session:
            found = session.scalar(select(AuditEvent.hash).where(AuditEvent.seq == seq))
        if found != head:
            log.error("audit.head_not_in_chain", seq=seq)
        return found == head

    def _anchored(self) -> tuple[int, str] | None:
        try:
            head = json.loads(self._anchor_path.read_text(encoding="utf-8"))
            return int(head["seq"]), str(head["hash"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
