"""The operational tables. Instants are aware UTC; JSON columns hold plain documents."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime in every engine: SQLite has no time zones, so it is stored as naive UTC there."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored; give it a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give back an aware UTC value."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Root of the operational tables."""


class Member(Base):
    """A person and their rights. ``stores`` is a list of store ids; empty means all for owners and analysts."""

    __tablename__ = "member"
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200), default="")
    stores: Mapped[list[str]] = mapped_column(JSON, default=list)
    approve_limit_minor: Mapped[int | None] = mapped_column(BigInteger, default=None)
    active: Mapped[bool] = mapped_column(default=True)


class Channel(Base):
    """Which stores a Slack channel is about; the briefing of a store goes to the channel of that store alone."""

    __tablename__ = "channel"
    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    stores: Mapped[list[str]] = mapped_column(JSON, default=list)


class Delegation(Base):
    """Somebody's right to approve, lent to a colleague for a while. Ending it early moves ``ends_at``."""

    __tablename__ = "delegation"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    from_user_id: Mapped[str] = mapped_column(String(64))
    to_user_id: Mapped[str] = mapped_column(String(64), index=True)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Instant)


class InboundMessage(Base):
    """A message to the bot, written before it is worked on: deduplicates deliveries and survives a restart."""

    __tablename__ = "inbound_message"
    team_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[str] = mapped_column(String(64))
    thread_ts: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    received_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    receipt_id: Mapped[str | None] = mapped_column(String(40), default=None)


class Conversation(Base):
    """A Slack thread the bot takes part in: follow-ups there need no mention."""

    __tablename__ = "conversation"
    thread_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    thread_ts: Mapped[str] = mapped_column(String(32))
    started_by: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(Instant)


class PostedMessage(Base):
    """A message the bot posted about something that may change later, so that every copy can be rewritten."""

    __tablename__ = "posted_message"
    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[str] = mapped_column(String(80))
    rendered: Mapped[str] = mapped_column(String(64), default="")
    posted_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (Index("posted_message_subject", "subject", "subject_id"),)


class Proposal(Base):
    """A change somebody may approve. ``payload`` is canonical; ``payload_sha256`` is what a button approves.

    ``natural_key`` names the exact change (one pending row each), ``target_key`` the thing it is about.
    Without ``impact_known`` a cost is known to nobody, and ``impact_minor`` is only the part that is.
    ``revert_state`` follows a temporary price once it is set: "", ``due``, ``reverted``, ``left`` or ``unknown``.
    """

    __tablename__ = "proposal"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    store_id: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    payload_sha256: Mapped[str] = mapped_column(String(64))
    natural_key: Mapped[str] = mapped_column(String(64))
    target_key: Mapped[str] = mapped_column(String(200), default="")
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    impact_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    impact_known: Mapped[bool] = mapped_column(default=True)
    currency: Mapped[str] = mapped_column(String(3))
    proposed_by: Mapped[str] = mapped_column(String(64))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    thread_id: Mapped[str] = mapped_column(String(200), default="")
    tool_call_id: Mapped[str] = mapped_column(String(120), default="")
    channel_id: Mapped[str] = mapped_column(String(64), default="")
    first_approved_by: Mapped[str | None] = mapped_column(String(64), default=None)
    decided_by: Mapped[str | None] = mapped_column(String(64), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    pos_reference: Mapped[str] = mapped_column(String(200), default="")
    undoes: Mapped[str | None] = mapped_column(String(40), default=None)
    reverts_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    revert_state: Mapped[str] = mapped_column(String(16), default="")
    receipt_id: Mapped[str | None] = mapped_column(String(40), default=None)
    __table_args__ = (
        UniqueConstraint("thread_id", "tool_call_id", name="proposal_once_per_call"),
        Index("proposal_status", "status", "expires_at"),
        Index("proposal_target", "target_key", "proposed_at"),
        Index(
            "proposal_one_pending",
            "natural_key",
            unique=True,
            sqlite_where=text("status = 'pending'"),
            postgresql_where=text("status = 'pending'"),
        ),
    )


class AuditEvent(Base):
    """Append-only: one row per transition, each carrying the hash of the one before."""

    __tablename__ = "audit_event"
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    subject: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[str] = mapped_column(String(80), index=True)
    event: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Followup(Base):
    """What an executed change did, looked at once per time of looking; the primary key is the guard against a second.

    ``status`` is ``waiting``, ``measured`` (stands in ``document``, not yet in Slack), ``posted``, ``kept`` (there is
    no thread to post in) or ``void`` (the change was taken back first). ``claimed_at`` is the lease of whoever works
    on it. ``forecast`` was made when the change was seen executed, from the days before it.
    """

    __tablename__ = "followup"
    proposal_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    due: Mapped[str] = mapped_column(String(16), primary_key=True)
    store_id: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(String(16))
    verdict: Mapped[str] = mapped_column(String(16), default="")
    claimed_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    measured_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    forecast: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    receipt_id: Mapped[str | None] = mapped_column(String(40), default=None)
    channel_id: Mapped[str] = mapped_column(String(64), default="")
    ts: Mapped[str] = mapped_column(String(32), default="")
    __table_args__ = (Index("followup_due", "status", "due_at"), Index("followup_store", "store_id", "due_at"))


class WeeklyDigest(Base):
    """One digest of the week before per channel and Monday; the primary key is the guard against a second.

    ``status`` is ``claimed`` (``claimed_at`` is the lease), ``posted``, or ``empty``: there was nothing to tell.
    """

    __tablename__ = "weekly_digest"
    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    monday: Mapped[date] = mapped_column(Date, primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    claimed_at: Mapped[datetime] = mapped_column(Instant)
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    ts: Mapped[str] = mapped_column(String(32), default="")


class OutboundRepeat(Base):
    """How often a webhook that was not answered was sent again under its id, and when last (seconds since 1970)."""

    __tablename__ = "outbound_repeat"
    message_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[float] = mapped_column(Float)


class StoreTask(Base):
    """Something to be done in a store; made by an approved proposal, closed by whoever did it.

    ``key`` is the idempotency key of the write that made it, ``closed_key`` that of the one that cancelled it.
    ``status`` is ``open``, ``done`` or ``cancelled``. ``list_item`` is the id of its copy in a Slack List and the
    status that it shows, empty without one.
    """

    __tablename__ = "store_task"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    store_id: Mapped[str] = mapped_column(String(64))
    type: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    variant_id: Mapped[str] = mapped_column(String(120), default="")
    product: Mapped[str] = mapped_column(String(300), default="")
    assignee_role: Mapped[str] = mapped_column(String(32), default="")
    assignee_id: Mapped[str] = mapped_column(String(64), default="")
    assignee_name: Mapped[str] = mapped_column(String(200), default="")
    due_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    status: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    closed_by: Mapped[str] = mapped_column(String(64), default="")
    closed_key: Mapped[str] = mapped_column(String(64), default="")
    list_item: Mapped[str] = mapped_column(String(64), default="")
    __table_args__ = (Index("store_task_open", "store_id", "status", "due_at"),)


class Receipt(Base):
    """What an answer, a briefing or a proposal stood on."""

    __tablename__ = "receipt"
    receipt_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[str] = mapped_column(String(64))
    thread_id: Mapped[str] = mapped_column(String(200), default="")
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


class Briefing(Base):
    """One briefing per store and business day; the primary key is the guard against a second one."""

    __tablename__ = "briefing"
    store_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    briefing_on: Mapped[date] = mapped_column(Date, primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Instant)
    channel_id: Mapped[str] = mapped_column(String(64), default="")
    ts: Mapped[str] = mapped_column(String(32), default="")
    receipt_id: Mapped[str | None] = mapped_column(String(40), default=None)
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
