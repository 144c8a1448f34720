"""The head of the audit chain, kept where whoever can write the database cannot: in a Slack channel.

An anchor is posted when changes have come to rest, at most once an hour, and once a day in any case. A crash between
posting and noting posts the same head twice, which harms nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy import select

from agent.db.engine import Database
from agent.db.tables import AuditEvent, PostedMessage
from agent.errors import BadInputError
from tools.context import Clock

log = structlog.get_logger()

SUBJECT = "audit"
LEAST_APART = timedelta(hours=1)
AT_REST = timedelta(minutes=1)
DAILY = timedelta(hours=24)
LOOK_SECONDS = 30.0

_SHAPE = re.compile(r"(\d{1,15}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The number and hash of an event, as it was noted in another place; ``named`` is that place in a sentence."""

    seq: int
    hash: str
    named: str = "the anchor"

    @property
    def text(self) -> str:
        """``SEQ:HASH``, as Slack shows it and ``audit verify --anchor`` takes it."""
        return f"{self.seq}:{self.hash}"


def parse_anchor(text: str) -> Anchor:
    """Read an anchor that a person copied.

    Raises:
        BadInputError: it is not ``SEQ:HASH``.
    """
    found = _SHAPE.fullmatch(text.strip().strip("`").lower())
    if found is None or int(found.group(1)) < 1:
        raise BadInputError(
            f"--anchor: “{text.strip()[:90]}” is not SEQ:HASH, the event's number and its 64 hex digits; copy it whole "
            "from the audit channel."
        )
    return Anchor(int(found.group(1)), found.group(2), f"the anchor {found.group(1)}:{found.group(2)[:8]}…")


class AnchorChannel(Protocol):
    """Where anchors are posted; ``agent.slack.delivery.notices.Notices`` is one."""

    def say(self, channel_id: str, text: str) -> str:
        """Post a sentence and return its ts.

        Raises:
            UnavailableError: Slack does not take it.
        """
        ...


class Anchoring:
    """Posts the head of the chain to one channel; ``run_due`` is called now and then."""

    def __init__(self, database: Database, clock: Clock, channel: AnchorChannel, channel_id: str) -> None:
        self._database = database
        self._clock = clock
        self._channel = channel
        self._channel_id = channel_id

    def run_due(self) -> Anchor | None:
        """Post the head if it is time; what was posted."""
        now = self._clock.now()
        found = self._head()
        if found is None:
            return None
        head, changed_at = found
        last = newest_posted(self._database)
        if last is not None and not _is_due(head, changed_at, last, now):
            return None
        if last is None and now - changed_at < AT_REST:
            return None
        ts = self._channel.say(self._channel_id, anchor_text(head, changed_at))
        with self._database.session() as session:
            row = PostedMessage(
                channel_id=self._channel_id,
                ts=ts,
                subject=SUBJECT,
                subject_id=head.text,
                rendered="",
                posted_at=now,
            )
            session.add(row)
        log.info("audit.anchored", seq=head.seq, channel_id=self._channel_id)
        return head

    def _head(self) -> tuple[Anchor, datetime] | None:
        newest = select(AuditEvent.seq, AuditEvent.hash, AuditEvent.at).order_by(AuditEvent.seq.desc()).limit(1)
        with self._database.reading() as session:
            row = session.execute(newest).one_or_none()
        return None if row is None else (Anchor(row.seq, row.hash), row.at)


def newest_posted(database: Database) -> tuple[Anchor, datetime] | None:
    """The newest anchor that was posted, and when."""
    query = (
        select(PostedMessage.subject_id, PostedMessage.posted_at)
        .where(PostedMessage.subject == SUBJECT)
        .order_by(PostedMessage.posted_at.desc())
        .limit(1)
    )
    with database.reading() as session:
        row = session.execute(query).one_or_none()
    return None if row is None else (parse_anchor(row.subject_id), row.posted_at)


def anchor_text(anchor: Anchor, changed_at: datetime) -> str:
    """The message: the anchor, what it is, and how to use it."""
    return (
        f"Audit anchor `{anchor.text}` (event {anchor.seq:,}, {changed_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC).\n"
        "It shows what the record of decisions was at this moment. To hold the record against it: "
        f"`floorwalker audit verify --anchor {anchor.text}`"
    )


def _is_due(head: Anchor, changed_at: datetime, last: tuple[Anchor, datetime], now: datetime) -> bool:
    posted, posted_at = last
    if now - posted_at >= DAILY:
        return True
    return head.text != posted.text and now - posted_at >= LEAST_APART and now - changed_at >= AT_REST
