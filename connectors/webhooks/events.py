"""What stands in the inbox, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from connectors.base import Entity

Touched = tuple[tuple[Entity, str], ...]


class Status(StrEnum):
    """Where an event stands. A dead one was given up and waits for a person."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class Refusal(StrEnum):
    """Why something that was sent is not in the inbox. A duplicate is accepted, and not stored again."""

    DUPLICATE = "duplicate"
    UNVERIFIED = "unverified"
    WRONG_ADDRESS = "wrong_address"
    TOO_LARGE = "too_large"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A verified event on its way in. ``touched`` is as in ``connectors.base.WebhookEvent``."""

    connection: str
    dedupe_key: str
    topic: str
    touched: Touched
    received_at: datetime
    occurred_at: datetime | None = None
    body_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the inbox. ``last_error`` is a sentence for a person."""

    id: int
    connection: str
    dedupe_key: str
    topic: str
    touched: Touched
    occurred_at: datetime | None
    received_at: datetime
    status: Status
    attempts: int
    due_at: datetime
    last_error: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of an event: done, dead, or to be tried again at ``due_at``."""

    event_id: int
    status: Status
    last_error: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """What the sweep remembers of a connection: since when webhooks are on, and its last rounds.

    ``said`` are the sentences of the last look at the platform's subscriptions, ``problem`` why it failed.
    """

    since_at: datetime
    swept_at: datetime | None = None
    checked_at: datetime | None = None
    said: tuple[str, ...] = ()
    problem: str = ""
