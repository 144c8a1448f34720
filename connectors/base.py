"""The contract every POS connector keeps, and the words it is written in.

Polling by a change cursor is the truth; a webhook only says "look now". A write is previewed against the live
object, sent once under an idempotency key, and read back. ``execute`` never raises once the request has left:
what is not known is said with ``Outcome.UNKNOWN``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from connectors.records import Row


class Entity(StrEnum):
    """What can be read from a platform."""

    LOCATION = "location"
    CATALOG = "catalog"
    SALE = "sale"
    INVENTORY = "inventory"
    EMPLOYEE = "employee"
    TIMECARD = "timecard"


class ActionKind(StrEnum):
    """What can be written to a platform."""

    PRICE_CHANGE = "price_change"


class Support(StrEnum):
    """How far a platform goes."""

    YES = "yes"
    NO = "no"
    EMULATED = "emulated"


class Outcome(StrEnum):
    """How an execution ended."""

    APPLIED = "applied"
    ALREADY_APPLIED = "already_applied"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Capability:
    """What a platform offers for one entity or action."""

    read: Support = Support.NO
    write: Support = Support.NO
    idempotent: bool = False
    compare_and_set: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a change feed: JSON-serialisable, opaque to the engine."""

    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One object exactly as the platform gave it. ``payload`` is the JSON text; ``source_version`` only grows."""

    entity: Entity
    id: str
    source_version: int
    updated_at: datetime
    payload: bytes
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of raw records and where to go on from; both are committed together."""

    records: Sequence[RawRecord]
    next: Cursor
    done: bool


@dataclass(frozen=True, slots=True)
class Health:
    """What ``doctor`` prints for a connection. ``problems`` are sentences with the remedy in them."""

    ok: bool
    account: str = ""
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One approved change.

    ``target`` names the object in the platform's own ids (price change: ``variant_external_id``,
    ``store_external_id``, ``sku``, ``name``). ``change`` is what it shall be (``price`` as a decimal string in major
    units, ``currency``). ``expected_before`` is the value the approver saw, in the same shape as ``change``.
    """

    idempotency_key: str
    kind: ActionKind
    target: Mapping[str, str]
    change: Mapping[str, str]
    expected_before: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """A live read and the exact request that would be sent. ``before`` has the shape of ``Action.change``."""

    before: Mapping[str, str]
    version: str
    request: Mapping[str, Any]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What an execution did, with the values read back."""

    outcome: Outcome
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""
    message: str = ""


class Reader(Protocol):
    """The reading half of a connector; holds read credentials only."""

    @property
    def platform(self) -> str:
        """``square``, ``shopify`` ..."""
        ...

    @property
    def connection(self) -> str:
        """The name the operator gave this account; unique in an installation."""
        ...

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """What this platform offers."""
        ...

    def check(self) -> Health:
        """Credentials, scopes, clock skew."""
        ...

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        """Walk the change feed from ``cursor`` up to ``until``, fixed before the first page.

        Raises:
            TransientError: the platform could not answer now.
            TerminalError: credentials or scopes are wrong.
        """
        ...

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        """Read single objects now."""
        ...

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        """Map a raw object to mirror rows. Pure: no I/O."""
        ...

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the request, without sending it."""
        ...


class Writer(Protocol):
    """The writing half; constructed only by wiring, handed only to the proposals executor."""

    def execute(self, action: Action) -> Result:
        """Send the change once; never raises after the request has left."""
        ...

    def reconcile(self, action: Action) -> Result:
        """Decide by reading whether an unknown write took effect."""
        ...
