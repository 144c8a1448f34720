"""The right to post something once, decided by the database: a row that is claimed, with a lease on the claim.

A runner inserts the row before it does anything else; the primary key lets one runner through. A runner that died
leaves its claim behind, and after ``LEASE`` another takes it over by compare-and-set. A row that is settled is final.
What cannot be decided here, whether a runner died just before or just after Slack took the message, the next one finds
out by looking for the marker in the channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, inspect, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from agent.db.engine import Database

CLAIMED, POSTED, EMPTY = "claimed", "posted", "empty"
LEASE = timedelta(minutes=5)

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to post what ``key`` names, until ``since`` plus ``LEASE``.

    ``taken_over`` means that somebody tried before, ``document`` is what they were about to post.
    """

    key: Key
    since: datetime
    taken_over: bool = False
    document: Mapping[str, Any] | None = None


class Leases:
    """A table with the columns ``status`` and ``document``; ``since`` is the column of when a row was claimed."""

    def __init__(self, database: Database, since: InstrumentedAttribute[datetime]) -> None:
        self._database = database
        self._since = since
        self._table: Any = since.class_
        self._keys = [self._table.__mapper__.get_property_by_column(one) for one in inspect(self._table).primary_key]

    def settled(self, key: Key) -> Any | None:
        """The row, if it is settled."""
        with self._database.reading() as session:
            row = session.get(self._table, key)
        return row if row is not None and row.status != CLAIMED else None

    def acquire(self, key: Key, now: datetime) -> Claim | None:
        """Claim it; None when it is settled or another runner holds it."""
        with self._database.reading() as session:
            row = session.get(self._table, key)
        if row is None:
            return self._insert(Claim(key, now))
        since: datetime = getattr(row, self._since.key)
        if row.status != CLAIMED or now - since < LEASE:
            return None
        taken = self._change(Claim(key, since), **{self._since.key: now})
        return Claim(key, now, taken_over=True, document=row.document) if taken else None

    def keep(self, claim: Claim, now: datetime, document: Mapping[str, Any], **columns: Any) -> Claim | None:
        """Keep what will be posted and start the lease anew just before that; None when the claim was taken over."""
        kept = self._change(claim, document=dict(document), **{self._since.key: now}, **columns)
        return replace(claim, since=now, document=document) if kept else None

    def settle(self, claim: Claim, status: str, **columns: Any) -> None:
        """The end of a row, whoever holds the claim by now; the first who settles it is believed."""
        self._update(self._row(claim.key), status=status, **columns)

    def release_all(self) -> int:
        """End every lease at once; how many there were.

        Only for the start of a process that owns the state folder alone: whoever held them is dead.
        """
        return self._update([], **{self._since.key: _LONG_AGO})

    def _insert(self, claim: Claim) -> Claim | None:
        names = dict(zip((one.key for one in self._keys), claim.key, strict=True))
        try:
            with self._database.session() as session:
                session.add(self._table(**names, status=CLAIMED, **{self._since.key: claim.since}))
        except IntegrityError:
            return None
        return claim

    def _change(self, claim: Claim, **columns: Any) -> bool:
        return self._update([*self._row(claim.key), self._since == claim.since], **columns) == 1

    def _row(self, key: Key) -> list[Any]:
        return [getattr(self._table, one.key) == value for one, value in zip(self._keys, key, strict=True)]

    def _update(self, which: list[Any], **columns: Any) -> int:
        with self._database.session() as session:
            done = session.execute(update(self._table).where(self._table.status == CLAIMED, *which).values(**columns))
        return done.rowcount if isinstance(done, CursorResult) else 0
