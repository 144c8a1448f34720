"""Changes as a person described them, resolved to the mirror's ids: what a tool may hand to the proposals.

Quantities and percentages are Decimals, prices major units of the store's currency, instants aware UTC. A draft holds
no value from the point of sale: what is there now is read when it is filed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PriceChangeDraft:
    """A price. Exactly one of ``percent`` and ``price`` is set.

    ``percent`` is signed (-15 marks down by 15 %). ``price`` is the new price in major units. ``until`` is the last
    instant of a temporary price, or None for a lasting one.
    """

    variant_id: str
    store_id: str
    percent: Decimal | None
    price: Decimal | None
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class StockAdjustDraft:
    """So many more or fewer on hand. ``why`` is one of ``connectors.base.STOCK_REASONS``."""

    variant_id: str
    store_id: str
    delta: Decimal
    why: str
    reason: str


@dataclass(frozen=True, slots=True)
class StockCountDraft:
    """So many were counted."""

    variant_id: str
    store_id: str
    quantity: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of a transfer or an order."""

    variant_id: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """Goods from one store to another."""

    store_id: str
    to_store_id: str
    lines: tuple[DraftLine, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """A draft order to a supplier; ``due_on`` is when the goods are wanted."""

    store_id: str
    supplier_id: str
    lines: tuple[DraftLine, ...]
    due_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class ShiftDraft:
    """A shift for one person, as a draft."""

    store_id: str
    employee_id: str
    starts_at: datetime
    ends_at: datetime
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShiftPublishDraft:
    """A draft shift that its person shall see."""

    store_id: str
    shift_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class PromotionDraft:
    """``value`` off each piece: per cent where ``off`` is ``percent``, major units where it is ``amount``.

    Without ``variant_ids`` it is for everything the store sells. With ``everywhere`` it holds in every store of the
    account, which is all that some platforms offer.
    """

    store_id: str
    name: str
    off: str
    value: Decimal
    starts_at: datetime
    ends_at: datetime | None
    variant_ids: tuple[str, ...]
    reason: str
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class PromotionEndDraft:
    """A promotion that shall end before its time."""

    store_id: str
    promotion_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class FlagsDraft:
    """A product that shall or shall not be for sale or have its stock kept; None leaves a flag as it is."""

    store_id: str
    variant_id: str
    active: bool | None
    track_stock: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """Something to be done in a store. ``type`` is count, general, restock, price_check, cleaning or display.

    ``assignee_id`` is a member, ``assignee_role`` a role; without both it is for anybody there. ``due_at`` is the last
    instant. ``variant_id`` is empty where it is about no product.
    """

    store_id: str
    type: str
    title: str
    detail: str
    place: str
    variant_id: str
    assignee_role: str
    assignee_id: str
    assignee_name: str
    due_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """A line of a list of price changes; exactly one of ``percent`` and ``price`` is set."""

    variant_id: str
    percent: Decimal | None
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class PriceListDraft:
    """Prices of several products of one store, as one proposal."""

    store_id: str
    lines: tuple[ListedPrice, ...]
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class CustomerListDraft:
    """The people of a segment over so many days, for a receiver; ``receiver`` is empty where there is only one."""

    store_id: str
    segment: str
    period_days: int
    offer: str
    receiver: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoreNoteDraft:
    """A note on a store's record in another system."""

    store_id: str
    title: str
    text: str
    receiver: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignageDraft:
    """What a playlist of the screens shall show; ``content`` is a reference that the signage system knows."""

    store_id: str
    playlist: str
    content: str
    starts_at: datetime
    ends_at: datetime | None
    receiver: str
    reason: str


Draft = (
    PriceChangeDraft
    | StockAdjustDraft
    | StockCountDraft
    | TransferDraft
    | OrderDraft
    | ShiftDraft
    | ShiftPublishDraft
    | PromotionDraft
    | PromotionEndDraft
    | FlagsDraft
    | TaskDraft
    | PriceListDraft
    | CustomerListDraft
    | StoreNoteDraft
    | SignageDraft
)


@dataclass(frozen=True, slots=True)
class ProposalReceipt:
    """A stored proposal, as the tool may speak of it.

    ``title`` is the kind of change, ``subject`` what it is about, ``before`` and ``after`` the first value that
    changes (empty where there is none before); with ``unit`` a currency they are decimal strings in major units.
    """

    proposal_id: str
    status: str
    store_id: str
    title: str
    subject: str
    before: str
    after: str
    unit: str
    expires_at: datetime
    notes: tuple[str, ...] = ()
    already_existed: bool = False
