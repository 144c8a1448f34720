"""The table of the kill matrix: every kind of change, the far end that takes it, and the faults that there are there.

A fault that a far end cannot have is in the table with the reason, so that nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from tests.support.drafts_of_every_kind import DRAFTS
from tests.support.ledger_shop import FAULTS, MANNERS
from tests.support.proposals_world import TickingClock
from tools.drafts import (
    CustomerListDraft,
    Draft,
    DraftLine,
    ListedPrice,
    OrderDraft,
    PriceListDraft,
    SignageDraft,
    StoreNoteDraft,
    TaskDraft,
)

OWN_ORDERS_STORE = "S05"
"""The store whose point of sale has no purchase orders."""

_NOW = TickingClock().now()
_HOURS = timedelta(hours=7)
_LINES = (DraftLine("V1", Decimal(6)), DraftLine("V2", Decimal(2)))
_PRICES = (ListedPrice("V1", Decimal(-15), None), ListedPrice("V2", None, Decimal("1.99")))

_NO_MEMORY = "one that answers no key from memory cannot know a request that comes twice by itself"
_NO_WIRE = "there is no wire between; what breaks is the database, and that is error_before and error_after"
_NOT_BUSY = "a database of our own turns nobody away; it makes them wait"


@dataclass(frozen=True, slots=True)
class FarEnd:
    """What takes a change.

    ``manners`` are the ways it may behave, as ``ledger_shop`` has them. ``absent`` says why a fault does not exist,
    by manner (empty for every one) and fault. ``refusing`` are the faults after which nothing may have been changed.
    """

    name: str
    manners: tuple[str, ...]
    absent: Mapping[tuple[str, str], str]
    refusing: frozenset[str] = frozenset({"refuse"})

    def why_not(self, manner: str, fault: str) -> str:
        """Why there is no such fault here; empty where there is."""
        return self.absent.get((manner, fault)) or self.absent.get(("", fault), "")


SHOP = FarEnd(
    "shop",
    MANNERS,
    {(manner, fault): _NO_MEMORY for manner in ("marks", "plain") for fault in ("late", "twice")},
    frozenset({"refuse", "offline"}),
)
RECEIVER = FarEnd("receiver", ("keys", "plain"), {("plain", "twice"): _NO_MEMORY})
TASKS = FarEnd(
    "tasks",
    ("keys",),
    {
        ("", "refuse"): "a new task is never turned down",
        ("", "timeout_before"): _NO_WIRE,
        ("", "timeout_after"): _NO_WIRE,
        ("", "throttle"): _NOT_BUSY,
        ("", "offline"): "the proposals are in the same database; without it nothing is begun",
        ("", "late"): "a commit is there or not when the call returns",
    },
)
ORDERS = FarEnd(
    "orders",
    ("keys",),
    {("", "throttle"): _NOT_BUSY},
    frozenset({"refuse", "timeout_before", "error_before", "offline"}),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A change that is asked for, and where it goes."""

    draft: Draft
    far_end: FarEnd = SHOP


CASES: Mapping[str, Case] = {
    **{kind: Case(draft) for kind, draft in DRAFTS.items()},
    "price_list": Case(PriceListDraft("S01", _PRICES, None, "slow")),
    "store_task": Case(
        TaskDraft("S01", "restock", "Restock aisle 5", "", "Aisle 5", "", "staff", "", "", _NOW + _HOURS, ""), TASKS
    ),
    "count_task": Case(TaskDraft("S01", "count", "Count oat milk", "", "", "V1", "", "", "", None, ""), TASKS),
    "customer_list_export": Case(CustomerListDraft("S01", "At risk", 84, "10 % off coffee", "", ""), RECEIVER),
    "store_note": Case(StoreNoteDraft("S01", "Freezer", "It was repaired.", "", ""), RECEIVER),
    "signage_update": Case(
        SignageDraft("S01", "Entrance", "holiday-2026", _NOW, _NOW + timedelta(days=3), "", ""), RECEIVER
    ),
    "own_purchase_order": Case(
        OrderDraft(OWN_ORDERS_STORE, "SUP1", _LINES, (_NOW + timedelta(days=7)).date(), ""), ORDERS
    ),
}
"""By the name of the kind; ``own_purchase_order`` is a draft order for a store whose point of sale keeps none."""


def cells(name: str) -> Iterator[tuple[str, str, str]]:
    """Manner, fault, and why there is no such cell (empty where there is): all of a case, none left out."""
    far_end = CASES[name].far_end
    for manner in MANNERS:
        for fault in ("", *FAULTS):
            missing = "" if manner in far_end.manners else f"a {far_end.name} has no such manner"
            yield manner, fault, missing or far_end.why_not(manner, fault)
