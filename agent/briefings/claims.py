"""Who posts a briefing, decided by the database: one row per store and business day.

A runner inserts the row before it does anything else; the primary key lets one runner through. The claim is a lease:
a runner that died leaves it behind, and after ``LEASE`` another takes it over by compare-and-set. A posted row is
final. What cannot be decided here, whether a runner died just before or just after Slack took the message, the next
one finds out by looking for the marker in the channel (see `agent.briefings.service`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError

from agent.db.tables import Briefing

if TYPE_CHECKING:
    from agent.db.engine import Database

CLAIMED = "claimed"
POSTED = "posted"
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to post one briefing, until ``since`` plus ``LEASE``. ``taken_over`` means somebody tried before."""

    store_id: str
    on: date
    since: datetime
    taken_over: bool = False
    document: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PostedBriefing:
    """Where a posted briefing is."""

    store_id: str
    on: date
    channel_id: str
    ts: str
    receipt_id: str


class Claims:
    """The briefing table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def acquire(self, store_id: str, on: date, now: datetime) -> Claim | None:
        """Claim the briefing, or None when it is posted or another runner holds it."""
        with self._database.reading() as session:
            row = session.get(Briefing, (store_id, on))
            known = None if row is None else (row.status, row.created_at, row.document)
        if known is None:
            return self._insert(store_id, on, now)
        status, since, document = known
        if status == POSTED or now - since < LEASE:
            return None
        taken = self._swap(Claim(store_id, on, since), created_at=now)
        return Claim(store_id, on, now, taken_over=True, document=document) if taken else None

    def renew(self, claim: Claim, now: datetime, document: dict[str, Any]) -> Claim | None:
        """Keep the document and start the lease anew just before posting; None when the claim was taken over."""
        if not self._swap(claim, created_at=now, document=document, receipt_id=document.get("receipt_id")):
            return None
        return Claim(claim.store_id, claim.on, now, claim.taken_over, document)

    def settle(self, claim: Claim, channel_id: str, ts: str) -> None:
        """Record that the briefing stands in the channel; it is never posted again, whoever holds the claim."""
        with self._database.session() as session:
            session.execute(
                update(Briefing)
                .where(Briefing.store_id == claim.store_id, Briefing.briefing_on == claim.on)
                .values(status=POSTED, channel_id=channel_id, ts=ts)
            )

    def posted(self, store_id: str, on: date) -> PostedBriefing | None:
        """Where the briefing was posted, if it was."""
        with self._database.reading() as session:
            row = session.get(Briefing, (store_id, on))
            if row is None or row.status != POSTED:
                return None
            return PostedBriefing(store_id, on, row.channel_id, row.ts, row.receipt_id or "")

    def release_all(self) -> int:
        """End every lease at once; returns how many there were.

        Only for the start of a process that owns the state folder alone: whoever held them is dead.
        """
        long_ago = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
        with self._database.session() as session:
            changed = session.execute(update(Briefing).where(Briefing.status == CLAIMED).values(created_at=long_ago))
            return _count(changed)

    def _insert(self, store_id: str, on: date, now: datetime) -> Claim | None:
        try:
            with self._database.session() as session:
                session.add(Briefing(store_id=store_id, briefing_on=on, status=CLAIMED, created_at=now))
                session.flush()
        except IntegrityError:
            return None
        return Claim(store_id, on, now)

    def _swap(self, claim: Claim, **values: Any) -> bool:
        with self._database.session() as session:
            changed = session.execute(
                update(Briefing)
                .where(
                    Briefing.store_id == claim.store_id,
                    Briefing.briefing_on == claim.on,
                    Briefing.status == CLAIMED,
                    Briefing.created_at == claim.since,
                )
                .values(**values)
            )
            return _count(changed) == 1


def _count(result: Any) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
