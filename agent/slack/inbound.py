"""Messages to the bot, written down before they are worked on.

A post is one row however often Slack delivers it and however many events it causes: the key is (team, channel, ts),
and the event id is unique too. What was queued when the process died is taken up once after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from agent.db.engine import Database
from agent.db.tables import Conversation, InboundMessage

QUEUED = "queued"
RESUMED = "resumed"
ANSWERED = "answered"
REFUSED = "refused"
FAILED = "failed"
LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message to the bot. ``text`` is plain words; ``thread_ts`` is the root of the thread that is answered in."""

    team_id: str
    channel_id: str
    ts: str
    event_id: str
    user_id: str
    thread_ts: str
    text: str
    received_at: datetime
    has_files: bool = False

    @property
    def thread_id(self) -> str:
        """The conversation's key."""
        return thread_key(self.team_id, self.channel_id, self.thread_ts)

    @property
    def is_direct(self) -> bool:
        """Whether it was written to the bot alone."""
        return self.channel_id.startswith("D")


def thread_key(team_id: str, channel_id: str, root_ts: str) -> str:
    """The key of a conversation, which is also the graph's thread id."""
    return f"{team_id}:{channel_id}:{root_ts}"


class Ledger:
    """Reads and writes ``inbound_message`` and ``conversation``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def admit(self, message: Inbound) -> bool:
        """Write a message down and make the bot part of its thread; False when it is known already."""
        # First, so that a crash in between never leaves a message in a thread that we do not know.
        self.take_part(
            message.team_id, message.channel_id, message.thread_ts, started_by=message.user_id, at=message.received_at
        )
        row = InboundMessage(
            team_id=message.team_id,
            channel_id=message.channel_id,
            ts=message.ts,
            event_id=message.event_id,
            user_id=message.user_id,
            thread_ts=message.thread_ts,
            text=message.text,
            status=QUEUED,
            received_at=message.received_at,
        )
        try:
            with self._database.session() as session:
                session.add(row)
                session.flush()
        except IntegrityError:
            return False
        return True

    def finish(self, message: Inbound, status: str, at: datetime, receipt_id: str = "") -> None:
        """Note how a message ended."""
        with self._database.session() as session:
            row = session.get(InboundMessage, (message.team_id, message.channel_id, message.ts))
            if row is not None:
                row.status = status
                row.answered_at = at
                row.receipt_id = receipt_id or None

    def takes_part(self, team_id: str, channel_id: str, root_ts: str) -> bool:
        """Whether the bot is part of a thread."""
        with self._database.reading() as session:
            return session.get(Conversation, thread_key(team_id, channel_id, root_ts)) is not None

    def take_part(self, team_id: str, channel_id: str, root_ts: str, *, started_by: str, at: datetime) -> None:
        """Answer follow-ups in this thread from now on."""
        key = thread_key(team_id, channel_id, root_ts)
        if self.takes_part(team_id, channel_id, root_ts):
            return
        try:
            with self._database.session() as session:
                session.add(
                    Conversation(
                        thread_id=key, channel_id=channel_id, thread_ts=root_ts, started_by=started_by, started_at=at
                    )
                )
        except IntegrityError:
            # Somebody else's message in the same thread was quicker.
            return

    def unanswered(self, now: datetime, minutes: int) -> tuple[list[Inbound], list[Inbound]]:
        """What a former process left: messages to take up now, and messages to give up on.

        Each is taken up once: a message that was running when a second process died too is given up, so that one
        poisonous message cannot keep the bot from starting. What is older than ``minutes`` lapses in silence.
        """
        take: list[Inbound] = []
        give_up: list[Inbound] = []
        query = select(InboundMessage).where(InboundMessage.status.in_((QUEUED, RESUMED))).order_by(InboundMessage.ts)
        with self._database.session() as session:
            for row in session.scalars(query):
                if now - row.received_at > timedelta(minutes=minutes):
                    row.status = LAPSED
                elif row.status == QUEUED:
                    row.status = RESUMED
                    take.append(_inbound(row))
                else:
                    row.status = FAILED
                    give_up.append(_inbound(row))
        return take, give_up


def _inbound(row: InboundMessage) -> Inbound:
    return Inbound(
        row.team_id, row.channel_id, row.ts, row.event_id, row.user_id, row.thread_ts, row.text, row.received_at
    )
