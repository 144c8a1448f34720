"""The log of messages about things that change later, so that every copy can be found and rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from agent.db.engine import Database
from agent.db.tables import PostedMessage

PROPOSAL = "proposal"
BRIEFING = "briefing"
DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Posted:
    """One copy: where it is, what it is about, and a fingerprint of what it shows (empty: not known)."""

    channel_id: str
    ts: str
    subject: str
    subject_id: str
    rendered: str


class PostedLog:
    """Reads and writes the ``posted_message`` table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, copy: Posted, at: datetime) -> None:
        """Note a copy; one that is known already stays as it is."""
        with self._database.session() as session:
            if session.get(PostedMessage, (copy.channel_id, copy.ts)) is None:
                session.add(
                    PostedMessage(
                        channel_id=copy.channel_id,
                        ts=copy.ts,
                        subject=copy.subject,
                        subject_id=copy.subject_id,
                        rendered=copy.rendered,
                        posted_at=at,
                    )
                )

    def copies(self, subject: str, subject_id: str) -> list[Posted]:
        """Every copy about one thing, oldest first."""
        query = (
            select(PostedMessage)
            .where(PostedMessage.subject == subject, PostedMessage.subject_id == subject_id)
            .order_by(PostedMessage.posted_at, PostedMessage.ts)
        )
        with self._database.reading() as session:
            return [_posted(row) for row in session.scalars(query)]

    def subject_ids(self, subject: str) -> Sequence[str]:
        """Ids of all things of a kind that have a copy."""
        query = select(PostedMessage.subject_id).where(PostedMessage.subject == subject).distinct()
        with self._database.reading() as session:
            return list(session.scalars(query))

    def rendered(self, channel_id: str, ts: str, fingerprint: str) -> None:
        """Note what a copy shows now."""
        with self._database.session() as session:
            row = session.get(PostedMessage, (channel_id, ts))
            if row is not None:
                row.rendered = fingerprint

    def forget(self, channel_id: str, ts: str) -> None:
        """Drop a copy that is no longer in Slack."""
        with self._database.session() as session:
            row = session.get(PostedMessage, (channel_id, ts))
            if row is not None:
                session.delete(row)


def _posted(row: PostedMessage) -> Posted:
    return Posted(row.channel_id, row.ts, row.subject, row.subject_id, row.rendered)
