"""Who posts a weekly digest, decided by the database: one row per channel and Monday.

As with briefings, a claim is a lease: whoever died leaves it behind, and after ``LEASE`` another takes it over by
compare-and-set. A row that stands in Slack, or had nothing to tell, is final.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError

from agent.db.engine import Database
from agent.db.tables import WeeklyDigest

CLAIMED, POSTED, EMPTY = "claimed", "posted", "empty"
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to post one digest until ``since`` plus ``LEASE``; ``taken_over`` means somebody tried before."""

    channel_id: str
    monday: date
    since: datetime
    taken_over: bool = False
    document: Mapping[str, Any] | None = None


class WeeklyRows:
    """The table ``weekly_digest``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_settled(self, channel_id: str, monday: date) -> bool:
        """Whether the digest is posted, or there was nothing to tell."""
        with self._database.reading() as session:
            row = session.get(WeeklyDigest, (channel_id, monday))
            return row is not None and row.status != CLAIMED

    def acquire(self, channel_id: str, monday: date, now: datetime) -> Claim | None:
        """Claim the digest; None when it is settled or another runner holds it."""
        with self._database.reading() as session:
            row = session.get(WeeklyDigest, (channel_id, monday))
        if row is None:
            return self._insert(Claim(channel_id, monday, now))
        if row.status != CLAIMED or now - row.claimed_at < LEASE:
            return None
        if not self._mine(Claim(channel_id, monday, row.claimed_at), claimed_at=now):
            return None
        return Claim(channel_id, monday, now, taken_over=True, document=row.document)

    def keep(self, claim: Claim, document: Mapping[str, Any]) -> Claim | None:
        """Keep what will be posted just before that; None when the claim was taken over."""
        kept = self._mine(claim, document=dict(document))
        return replace(claim, document=document) if kept else None

    def settle(self, claim: Claim, status: str, ts: str = "") -> None:
        """The end of a row, whoever holds the claim."""
        self._change((WeeklyDigest.status == CLAIMED,), claim, status=status, ts=ts)

    def _insert(self, claim: Claim) -> Claim | None:
        row = WeeklyDigest(
            channel_id=claim.channel_id, monday=claim.monday, status=CLAIMED, claimed_at=claim.since, ts=""
        )
        try:
            with self._database.session() as session:
                session.add(row)
        except IntegrityError:
            return None
        return claim

    def _mine(self, claim: Claim, **columns: Any) -> bool:
        return self._change((WeeklyDigest.status == CLAIMED, WeeklyDigest.claimed_at == claim.since), claim, **columns)

    def _change(self, guard: tuple[Any, ...], claim: Claim, **columns: Any) -> bool:
        key = (WeeklyDigest.channel_id == claim.channel_id, WeeklyDigest.monday == claim.monday)
        with self._database.session() as session:
            result = session.execute(update(WeeklyDigest).where(*key, *guard).values(**columns))
            return isinstance(result, CursorResult) and result.rowcount == 1
