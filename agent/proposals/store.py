"""Proposal rows: every change of status is a compare-and-set with its audit event in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from agent.db.engine import Database
from agent.db.tables import AuditEvent, Proposal
from agent.errors import BadInputError
from agent.governance.audit import Audit
from agent.proposals.changes import Changes
from agent.proposals.transitions import Status, require
from tools.context import Clock

log = structlog.get_logger()

SUBJECT = "proposal"
SYSTEM = "floorwalker"
"""The actor of what nobody pressed a button for: expiry, execution, return of a temporary price."""


class Work:
    """One write transaction on proposals."""

    def __init__(self, session: Session, audit: Audit, now: datetime) -> None:
        self.session = session
        self.now = now
        self.events: list[AuditEvent] = []
        self._audit = audit

    def get(self, proposal_id: str) -> Proposal:
        """The row as it is now.

        Raises:
            BadInputError: there is none.
        """
        row = self.session.get(Proposal, proposal_id)
        if row is None:
            raise BadInputError(f"There is no proposal “{proposal_id}”.")
        return row

    def add(self, row: Proposal, actor: str, detail: Mapping[str, Any]) -> None:
        """Store a new pending proposal."""
        self.session.add(row)
        self.session.flush()
        self.record(row.id, "proposed", actor, detail)

    def move(
        self,
        row: Proposal,
        to: Status,
        actor: str,
        detail: Mapping[str, Any] | None = None,
        **columns: Any,
    ) -> bool:
        """Change the status if nobody else has; False when somebody was faster.

        Raises:
            IllegalTransitionError: the table does not list this change.
        """
        require(Status(row.status), to)
        guard = (Proposal.id == row.id, Proposal.status == row.status, Proposal.payload_sha256 == row.payload_sha256)
        change = update(Proposal).where(*guard).values(status=to.value, **columns).returning(Proposal.id)
        if self.session.execute(change).one_or_none() is None:
            return False
        self.record(row.id, to.value, actor, detail)
        self.session.refresh(row)
        return True

    def record(self, proposal_id: str, event: str, actor: str, detail: Mapping[str, Any] | None = None) -> None:
        """Write an audit event about a proposal."""
        self.events.append(
            self._audit.append(
                self.session,
                subject=SUBJECT,
                subject_id=proposal_id,
                event=event,
                actor=actor,
                at=self.now,
                detail=detail,
            )
        )


class ProposalStore:
    """Reading and writing proposals; whatever a transaction touched is published once it is committed."""

    def __init__(self, database: Database, clock: Clock, audit: Audit, changes: Changes) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self.changes = changes
        self._own: set[int] = set()
        self._followed = self._newest()

    @contextmanager
    def transaction(self) -> Iterator[Work]:
        """Write; on success anchor the audit chain and publish every proposal that got an event."""
        with self._database.session() as session:
            work = Work(session, self._audit, self._clock.now())
            yield work
        if not work.events:
            return
        self._own.update(event.seq for event in work.events)
        try:
            self._audit.anchor(work.events[-1])
        except OSError:
            # The decision is committed; the next event's anchor covers this one too.
            log.exception("audit.anchor_failed")
        for proposal_id in dict.fromkeys(event.subject_id for event in work.events):
            self.changes.publish(proposal_id)

    def get(self, proposal_id: str) -> Proposal:
        """One row.

        Raises:
            BadInputError: there is none.
        """
        with self._database.reading() as session:
            row = session.get(Proposal, proposal_id)
        if row is None:
            raise BadInputError(f"There is no proposal “{proposal_id}”.")
        return row

    def events(self, proposal_ids: Sequence[str]) -> dict[str, list[AuditEvent]]:
        """Audit events by proposal, oldest first."""
        found: dict[str, list[AuditEvent]] = {one: [] for one in proposal_ids}
        wanted = (AuditEvent.subject == SUBJECT, AuditEvent.subject_id.in_(list(found)))
        with self._database.reading() as session:
            for event in session.scalars(select(AuditEvent).where(*wanted).order_by(AuditEvent.seq)):
                found[event.subject_id].append(event)
        return found

    def rows(self, *conditions: Any, limit: int = 200, oldest_first: bool = False) -> list[Proposal]:
        """Rows that meet the conditions, newest first; work that is waiting for its turn is had oldest first."""
        when = Proposal.proposed_at if oldest_first else Proposal.proposed_at.desc()
        with self._database.reading() as session:
            return list(session.scalars(select(Proposal).where(*conditions).order_by(when, Proposal.id).limit(limit)))

    def follow(self) -> None:
        """Publish what other processes changed since the last call."""
        with self._database.reading() as session:
            fresh = session.execute(
                select(AuditEvent.seq, AuditEvent.subject_id)
                .where(AuditEvent.seq > self._followed, AuditEvent.subject == SUBJECT)
                .order_by(AuditEvent.seq)
            ).all()
        for proposal_id in dict.fromkeys(subject_id for seq, subject_id in fresh if seq not in self._own):
            self.changes.publish(proposal_id)
        if fresh:
            self._followed = fresh[-1].seq
            self._own -= {seq for seq, _ in fresh}

    def _newest(self) -> int:
        with self._database.reading() as session:
            return session.scalar(select(func.max(AuditEvent.seq))) or 0
