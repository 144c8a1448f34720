"""The rows of follow-ups: opened once for each look, claimed by one worker at a time, settled for good.

A claim is a lease, as with briefings: whoever died leaves it behind and the next one takes it over. A row that stands
in Slack or was kept is final.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, exists, or_, select, update
from sqlalchemy.exc import IntegrityError

from agent.db.engine import Database
from agent.db.tables import AuditEvent, Conversation, Followup, PostedMessage, Proposal
from agent.followups.timetable import KINDS, Due
from agent.proposals.transitions import Status

WAITING, MEASURED, POSTED, KEPT, VOID = "waiting", "measured", "posted", "kept", "void"
LEASE = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(days=45)
"""A change executed longer ago is not taken up any more: a first start says nothing of old times."""

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one row until ``since`` plus ``LEASE``; ``taken_over`` means somebody tried before."""

    proposal_id: str
    due: str
    since: datetime
    taken_over: bool


class FollowupStore:
    """Reads and writes ``followup``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unopened(self, now: datetime) -> list[tuple[Proposal, datetime]]:
        """Executed changes of a kind that can be seen, without a row yet, and when they took effect."""
        opened = exists().where(Followup.proposal_id == Proposal.id)
        query = (
            select(Proposal, AuditEvent.at)
            .join(AuditEvent, AuditEvent.subject_id == Proposal.id)
            .where(
                AuditEvent.subject == "proposal",
                AuditEvent.event == Status.EXECUTED.value,
                AuditEvent.at >= now - FORGOTTEN_AFTER,
                Proposal.status == Status.EXECUTED.value,
                Proposal.kind.in_(KINDS),
                Proposal.undoes.is_(None),
                ~opened,
            )
            .order_by(AuditEvent.seq)
            .limit(_AT_ONCE)
        )
        with self._database.reading() as session:
            return [(row[0], row[1]) for row in session.execute(query)]

    def open(self, proposal: Proposal, looks: Sequence[Due], forecast: Sequence[Mapping[str, Any]] | None) -> None:
        """Write a row for each look; rows that another process wrote in the meantime stay as they are."""
        rows = [
            Followup(
                proposal_id=proposal.id,
                due=look.name,
                store_id=proposal.store_id,
                due_at=look.due_at,
                status=WAITING,
                forecast=None if forecast is None else {"days": list(forecast)},
            )
            for look in looks
        ]
        try:
            with self._database.session() as session:
                session.add_all(rows)
        except IntegrityError:
            return

    def close_unseen(self, proposal: Proposal, at: datetime) -> None:
        """Note that nothing of a change can be seen, so that it is not looked at again."""
        row = Followup(proposal_id=proposal.id, due="none", store_id=proposal.store_id, due_at=at, status=VOID)
        try:
            with self._database.session() as session:
                session.add(row)
        except IntegrityError:
            return

    def due(self, now: datetime) -> list[Followup]:
        """Rows whose time has come and that nobody works on."""
        free = or_(Followup.claimed_at.is_(None), Followup.claimed_at <= now - LEASE)
        return self.rows(Followup.status.in_((WAITING, MEASURED)), Followup.due_at <= now, free, limit=_AT_ONCE)

    def rows(self, *conditions: ColumnElement[bool], limit: int = 500) -> list[Followup]:
        """Rows that meet the conditions, earliest due first."""
        query = select(Followup).where(*conditions).order_by(Followup.due_at, Followup.proposal_id).limit(limit)
        with self._database.reading() as session:
            return list(session.scalars(query))

    def proposals(self, *conditions: ColumnElement[bool]) -> list[Proposal]:
        """Proposals that meet the conditions, oldest first."""
        with self._database.reading() as session:
            return list(session.scalars(select(Proposal).where(*conditions).order_by(Proposal.proposed_at)))

    def executed_at(self, proposal_id: str) -> datetime | None:
        """When a change took effect."""
        query = select(AuditEvent.at).where(
            AuditEvent.subject == "proposal",
            AuditEvent.subject_id == proposal_id,
            AuditEvent.event == Status.EXECUTED.value,
        )
        with self._database.reading() as session:
            return session.scalar(query)

    def claim(self, row: Followup, now: datetime) -> Claim | None:
        """Take a row to work on, or None when somebody else was faster."""
        before = Followup.claimed_at.is_(None) if row.claimed_at is None else Followup.claimed_at == row.claimed_at
        guard = (Followup.status == row.status, before)
        if not self._change((row.proposal_id, row.due), guard, claimed_at=now):
            return None
        return Claim(row.proposal_id, row.due, now, taken_over=row.claimed_at is not None)

    def release(self, claim: Claim) -> None:
        """Give a row back untouched: it is not time yet."""
        self._mine(claim, claimed_at=None)

    def measured(self, claim: Claim, document: Mapping[str, Any], receipt_id: str) -> bool:
        """Keep what was found; False when the claim was taken over."""
        return self._mine(
            claim,
            status=MEASURED,
            measured_at=claim.since,
            document=dict(document),
            verdict=str(document["verdict"]),
            receipt_id=receipt_id,
        )

    def settle(self, claim: Claim, status: str, channel_id: str = "", ts: str = "") -> None:
        """The end of a row, whoever holds the claim: ``posted``, ``kept`` or ``void``."""
        open_still = (Followup.status.in_((WAITING, MEASURED)),)
        self._change((claim.proposal_id, claim.due), open_still, status=status, channel_id=channel_id, ts=ts)

    def thread_of(self, proposal: Proposal) -> tuple[str, str] | None:
        """Channel and root of the thread that a proposal was made in, else of its card; None where it has neither."""
        copies = (
            select(PostedMessage.channel_id, PostedMessage.ts)
            .where(PostedMessage.subject == "proposal", PostedMessage.subject_id == proposal.id)
            .order_by(PostedMessage.posted_at, PostedMessage.ts)
            .limit(1)
        )
        with self._database.reading() as session:
            talk = session.get(Conversation, proposal.thread_id) if proposal.thread_id else None
            if talk is not None:
                return talk.channel_id, talk.thread_ts
            card = session.execute(copies).one_or_none()
        return None if card is None else (card.channel_id, card.ts)

    def _mine(self, claim: Claim, **columns: Any) -> bool:
        return self._change((claim.proposal_id, claim.due), (Followup.claimed_at == claim.since,), **columns)

    def _change(self, key: tuple[str, str], guard: Sequence[ColumnElement[bool]], **columns: Any) -> bool:
        change = (
            update(Followup).where(Followup.proposal_id == key[0], Followup.due == key[1], *guard).values(**columns)
        )
        with self._database.session() as session:
            result = session.execute(change)
            return isinstance(result, CursorResult) and result.rowcount == 1
