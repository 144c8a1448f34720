"""The contract every POS connector keeps, and the words it is written in.

Polling by a change cursor is the truth; a webhook only says "look now". A write is previewed against the live
object, sent once, and read back. ``execute`` never raises once the request has left: what is not known is said with
``Outcome.UNKNOWN`` and decided later by ``reconcile``, which only reads.

Rows of the mirror have ids that are unique in an installation. Where a platform's own ids are not (they count from
one in every shop), a connector writes ``connection:id`` (``records.scoped``); the platform's id stays in
``external_id``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from connectors.records import Row


class Entity(StrEnum):
    """What can be read from a platform, in the order of a sync: a sale names a store, a line a variant."""

    LOCATION = "location"
    SUPPLIER = "supplier"
    CATALOG = "catalog"
    EMPLOYEE = "employee"
    CUSTOMER = "customer"
    PROMOTION = "promotion"
    SALE = "sale"
    REGISTER_EVENT = "register_event"
    INVENTORY = "inventory"
    INVENTORY_CHANGE = "inventory_change"
    TIMECARD = "timecard"
    SCHEDULED_SHIFT = "scheduled_shift"
    PURCHASE_ORDER = "purchase_order"


class ActionKind(StrEnum):
    """What can be written: to a point of sale, and behind those to what else is connected (``PLATFORM_KINDS``).

    ``ACTION_SHAPES`` says what each carries.
    """

    PRICE_CHANGE = "price_change"
    STOCK_ADJUST = "stock_adjust"
    STOCK_COUNT = "stock_count"
    TRANSFER = "transfer"
    PURCHASE_ORDER = "purchase_order_draft"
    SHIFT_DRAFT = "shift_draft"
    SHIFT_PUBLISH = "shift_publish"
    PROMOTION_CREATE = "promotion_create"
    PROMOTION_END = "promotion_end"
    PRODUCT_FLAGS = "product_flags"

    STORE_TASK = "store_task"
    CUSTOMER_LIST = "customer_list_export"
    STORE_NOTE = "store_note"
    SIGNAGE = "signage_update"


_ELSEWHERE = frozenset({ActionKind.STORE_TASK, ActionKind.CUSTOMER_LIST, ActionKind.STORE_NOTE, ActionKind.SIGNAGE})

PLATFORM_KINDS = tuple(kind for kind in ActionKind if kind not in _ELSEWHERE)
"""What a point of sale may offer; the others go to our own list of tasks or to a webhook of the user's."""

STOCK_REASONS = ("damage", "waste", "theft", "found", "correction")
"""Why stock is adjusted; the first three take away, ``found`` adds, ``correction`` does either."""


@dataclass(frozen=True, slots=True)
class ActionShape:
    """What an action of one kind carries, by key. ``?`` behind a key: may be left out.

    All values are text or lists of such mappings: quantities, prices and costs are decimal strings, prices in major
    units; instants are ISO 8601 with an offset; dates are ISO dates; ``*_external_id`` are the platform's own ids.
    """

    target: tuple[str, ...]
    change: tuple[str, ...]
    expected_before: tuple[str, ...] = ()


_LINE = "lines[variant_external_id, sku, name, quantity, unit_cost?]"
_ITEM = ("variant_external_id", "store_external_id", "sku", "name")

ACTION_SHAPES: Mapping[ActionKind, ActionShape] = {
    ActionKind.PRICE_CHANGE: ActionShape(_ITEM, ("price", "currency"), ("price", "currency")),
    # ``delta`` is signed. Stock moves all day, so an adjustment does not insist on the quantity the approver saw.
    ActionKind.STOCK_ADJUST: ActionShape(_ITEM, ("delta", "reason"), ("quantity?",)),
    ActionKind.STOCK_COUNT: ActionShape(_ITEM, ("quantity",), ("quantity",)),
    ActionKind.TRANSFER: ActionShape(("from_store_external_id", "to_store_external_id"), (_LINE, "note?")),
    ActionKind.PURCHASE_ORDER: ActionShape(
        ("store_external_id", "supplier_external_id"), (_LINE, "currency", "due_on?", "note?")
    ),
    ActionKind.SHIFT_DRAFT: ActionShape(
        ("store_external_id", "employee_external_id"), ("starts_at", "ends_at", "role?", "note?")
    ),
    ActionKind.SHIFT_PUBLISH: ActionShape(("shift_external_id",), ("status",), ("status",)),
    # ``kind`` is percent or amount; without ``variant_external_ids`` it holds for everything that is sold.
    ActionKind.PROMOTION_CREATE: ActionShape(
        ("store_external_ids?",),
        ("name", "kind", "value", "currency", "starts_at", "ends_at?", "variant_external_ids?"),
    ),
    # ``active`` is "false"; before it is "true".
    ActionKind.PROMOTION_END: ActionShape(("promotion_external_id",), ("active",), ("active",)),
    # Only the flags that shall change: "true" or "false" each.
    ActionKind.PRODUCT_FLAGS: ActionShape(
        ("variant_external_id", "sku", "name"), ("active?", "track_stock?"), ("active?", "track_stock?")
    ),
    # A new task has the words of one; to cancel one, ``task_id`` says which and ``status`` is all that changes.
    ActionKind.STORE_TASK: ActionShape(
        ("store_id", "task_id?"),
        ("status", "type?", "title?", "detail?", "place?", "product?", "assignee?", "due_at?"),
        ("status?",),
    ),
    # ``count`` is the most people the approver agreed to; the list is made from the rule when it is sent.
    ActionKind.CUSTOMER_LIST: ActionShape(("store_id",), ("name", "rule", "offer?", "as_of", "count")),
    ActionKind.STORE_NOTE: ActionShape(("store_id",), ("title", "text")),
    ActionKind.SIGNAGE: ActionShape(("store_id",), ("playlist", "content", "starts_at", "ends_at?")),
}


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
    """What a platform offers for one entity or action.

    A ``whole_list`` brings everything that exists each time it is walked: what it does not bring is gone.
    """

    read: Support = Support.NO
    write: Support = Support.NO
    idempotent: bool = False
    compare_and_set: bool = False
    whole_list: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a change feed: JSON-serialisable, opaque to the engine."""

    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One object as the platform gave it, less personal data.

    ``payload`` is the JSON text; ``source_version`` only grows with each change of the object. ``parsed`` is of
    ``connectors.payload`` alone.
    """

    entity: Entity
    id: str
    source_version: int
    updated_at: datetime
    payload: bytes
    deleted: bool = False
    parsed: list[tuple[bytes, Any]] = field(default_factory=list, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Census:
    """All that a platform's own list has of an entity in a span of time, where it does not tell what was deleted.

    ``ids`` are those of the raw records of everything that began from ``since_at`` to ``until_at``, both included.
    ``mirror.census`` says what is made of it.
    """

    since_at: datetime
    until_at: datetime
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of raw records and where to go on from; both are committed together.

    ``total`` is how many records the whole walk will bring, where the platform says so; for progress only. ``census``
    comes with a page before which everything in it has been handed over.
    """

    records: Sequence[RawRecord]
    next: Cursor
    done: bool
    total: int | None = None
    census: Census | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """What ``doctor`` prints for a connection. ``problems`` are sentences with the remedy in them."""

    ok: bool
    account: str = ""
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A webhook that was verified: which objects to read again.

    ``dedupe_key`` is equal for two deliveries of one event. An empty id in ``touched`` means that the platform does
    not say which object it was: the entity's feed is pulled. Nothing touched means nothing to do (a test event).
    """

    topic: str
    dedupe_key: str
    touched: Sequence[tuple[Entity, str]] = ()
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One approved change; ``ACTION_SHAPES`` says what the three mappings hold for each kind.

    ``target`` names the object in the platform's own ids, ``change`` is what it shall be, ``expected_before`` the
    value the approver saw, in the same words as ``change``. ``idempotency_key`` is a UUID, the same on every try; where
    a platform has no such keys it is written into the object (a reference, a name) to be found again by.
    """

    idempotency_key: str
    kind: ActionKind
    target: Mapping[str, Any]
    change: Mapping[str, Any]
    expected_before: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Preview:
    """A live read and the exact request that would be sent.

    ``before`` is the live value in the words of ``Action.change``. ``done`` is evidence of its own that this very
    action took effect (True) or did not (False), such as an object that carries the action's key; None when only the
    values can tell. ``problem`` is a sentence when the change makes no sense now. ``also_at`` are the platform's ids of
    the other stores that the change reaches, and ``also`` is a sentence on what else it changes: whoever approves it
    has to know both.
    """

    before: Mapping[str, Any]
    version: str
    request: Mapping[str, Any]
    problem: str = ""
    done: bool | None = None
    also_at: tuple[str, ...] = ()
    also: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What an execution did, with the values read back. ``reference`` is the platform's id of what was written.

    ``taken`` says of a conflict that the platform took the change, and that it reads differently all the same: then
    asking for it once more could do it twice.
    """

    outcome: Outcome
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    reference: str = ""
    message: str = ""
    taken: bool = False


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

    def close(self) -> None:
        """Close the connections."""
        ...

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """What this platform offers; every entity and action kind is there."""
        ...

    def check(self) -> Health:
        """Credentials, scopes, clock skew, depth of history."""
        ...

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        """Walk the change feed from ``cursor`` up to ``until``, fixed before the first page.

        Raises:
            TransientError: the platform could not answer now.
            TerminalError: credentials or scopes are wrong, or the platform has no such entity.
        """
        ...

    def caught_up(self, entity: Entity, at: datetime) -> Cursor:
        """Where to go on from when everything up to ``at`` reached the mirror another way, by files for instance."""
        ...

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        """Read single objects now, by the ids of their raw records.

        What is gone comes back as deleted, or not at all.

        Raises:
            TransientError: the platform could not answer now.
            TerminalError: this entity cannot be read by id; pull its feed.
        """
        ...

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        """Map a raw object to mirror rows. Pure: no I/O."""
        ...

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, url: str) -> WebhookEvent | None:
        """What a webhook says; None when it is forged, truncated or unreadable.

        The raw body is verified in constant time before anything of it is parsed. Header names are lower case; ``url``
        is the address as it was registered with the platform.
        """
        ...

    def ensure_webhooks(self, callback: str) -> Sequence[str]:
        """Register what is missing for ``callback``; sentences of what was done or has to be done by hand."""
        ...

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the request, without sending it."""
        ...


class Writer(Protocol):
    """The writing half; constructed only by wiring, handed only to the proposals executor."""

    def close(self) -> None:
        """Close the connections."""
        ...

    def execute(self, action: Action) -> Result:
        """Send the change once; never raises after the request has left."""
        ...

    def reconcile(self, action: Action) -> Result:
        """Decide by reading whether an unknown write took effect."""
        ...
