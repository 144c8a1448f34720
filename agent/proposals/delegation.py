"""The right to approve, lent to a colleague while somebody is away.

What is lent is what the lender has at the moment of the click, not what they had when they lent it, and nothing that
was lent to them: rights do not travel further.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agent.db.engine import Database
from agent.db.tables import AuditEvent, Delegation
from agent.errors import BadInputError, RefusedError
from agent.governance.audit import Audit
from agent.identity import APPROVES, Directory, Person
from tools.context import Clock, Role

log = structlog.get_logger()

SUBJECT = "delegation"
LONGEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Lent:
    """One delegation as people see it."""

    id: str
    from_user_id: str
    to_user_id: str
    starts_at: datetime
    ends_at: datetime

    def to_json(self) -> dict[str, str]:
        """A plain document."""
        return {
            "id": self.id,
            "from": self.from_user_id,
            "to": self.to_user_id,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
        }


class Delegations:
    """Lending rights, taking them back, and who stands in for whom."""

    def __init__(self, database: Database, clock: Clock, directory: Directory, audit: Audit) -> None:
        self._database = database
        self._clock = clock
        self._directory = directory
        self._audit = audit

    def lend(self, from_user_id: str, to_user_id: str, ends_at: datetime, *, by: str) -> Lent:
        """Let a colleague approve in somebody's place from now until ``ends_at``.

        Raises:
            BadInputError: the people or the end cannot be used.
            RefusedError: only the person themselves or an owner may lend their right.
        """
        now = self._clock.now()
        lender, stand_in = self._directory.person(from_user_id), self._directory.person(to_user_id)
        self._require_say(by, from_user_id)
        if lender is None or not lender.active or lender.role not in APPROVES:
            raise BadInputError(f"from: “{from_user_id}” approves nothing here, so there is nothing to lend.")
        if stand_in is None or not stand_in.active:
            raise BadInputError(f"to: “{to_user_id}” is not a member of this team.")
        if from_user_id == to_user_id:
            raise BadInputError("to: name somebody else.")
        if not now < ends_at <= now + LONGEST:
            raise BadInputError(f"until: it must be later than now and within {LONGEST.days} days.")
        row = Delegation(
            id=f"d_{uuid4().hex[:16]}",
            from_user_id=from_user_id,
            to_user_id=to_user_id,
            starts_at=now,
            ends_at=ends_at,
            made_by=by,
            made_at=now,
        )
        lent = _lent(row)
        with self._database.session() as session:
            session.add(row)
            event = self._record(session, row.id, "lent", by, lent.to_json())
        self._anchor(event)
        return lent

    def end(self, delegation_id: str, *, by: str) -> Lent:
        """Take a right back now.

        Raises:
            BadInputError: there is none of that id, or it is over.
            RefusedError: neither of the two people nor an owner asks.
        """
        now = self._clock.now()
        with self._database.session() as session:
            row = session.get(Delegation, delegation_id)
            if row is None or row.ends_at <= now:
                raise BadInputError(f"There is no running delegation “{delegation_id}”.")
            if by != row.to_user_id:
                self._require_say(by, row.from_user_id)
            session.execute(update(Delegation).where(Delegation.id == delegation_id).values(ends_at=now))
            session.refresh(row)
            lent = _lent(row)
            event = self._record(session, row.id, "ended", by, lent.to_json())
        self._anchor(event)
        return lent

    def running(self) -> list[Lent]:
        """Every delegation that holds now, newest first."""
        now = self._clock.now()
        held = (Delegation.starts_at <= now, Delegation.ends_at > now)
        with self._database.reading() as session:
            return [_lent(row) for row in session.scalars(select(Delegation).where(*held).order_by(Delegation.made_at))]

    def stands_in_for(self, user_id: str) -> list[Person]:
        """Whose right this person may use now, as those people's rows are now."""
        lenders = [self._directory.person(one.from_user_id) for one in self.running() if one.to_user_id == user_id]
        return [one for one in lenders if one is not None and one.active]

    def _require_say(self, by: str, about: str) -> None:
        asker = self._directory.person(by)
        if asker is None or not asker.active:
            raise RefusedError("You are not a member of this team, so you cannot lend or end a right.")
        if by != about and asker.role is not Role.OWNER:
            raise RefusedError("Only the person themselves or an owner may lend or end their right to approve.")

    def _anchor(self, event: AuditEvent) -> None:
        try:
            self._audit.anchor(event)
        except OSError:
            # What was decided is committed; the next event's anchor covers this one too.
            log.exception("audit.anchor_failed")

    def _record(
        self, session: Session, delegation_id: str, event: str, actor: str, detail: dict[str, str]
    ) -> AuditEvent:
        return self._audit.append(
            session,
            subject=SUBJECT,
            subject_id=delegation_id,
            event=event,
            actor=actor,
            at=self._clock.now(),
            detail=detail,
        )


def _lent(row: Delegation) -> Lent:
    return Lent(row.id, row.from_user_id, row.to_user_id, row.starts_at, row.ends_at)
