"""What a proposal must know about stores, products, people and partners. Live values are never read from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """A store with the connection it is reached through; ``connection`` is empty where it has none."""

    store_id: str
    name: str
    connection: str
    external_id: str
    currency: str
    time_zone: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A product variant at a store, with the platform's ids. ``sold_here`` is False when either is inactive."""

    connection: str
    store_id: str
    store_name: str
    store_external_id: str
    variant_id: str
    variant_external_id: str
    product: str
    sku: str
    currency: str
    sold_here: bool


@dataclass(frozen=True, slots=True)
class Supplier:
    """Somebody who delivers."""

    supplier_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody who works in the stores; ``hourly_minor`` is 0 where the wage is not known."""

    employee_id: str
    name: str
    store_id: str
    role: str
    hourly_minor: int
    active: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of the schedule; ``status`` is draft, published or deleted."""

    shift_id: str
    employee_id: str
    employee_name: str
    store_id: str
    starts_at: datetime
    ends_at: datetime
    status: str
    hourly_minor: int


@dataclass(frozen=True, slots=True)
class RunningPromotion:
    """A promotion of the platform."""

    promotion_id: str
    name: str
    ends_at: datetime | None


class Catalogue(Protocol):
    """Facts about the business; ids are the mirror's."""

    def place(self, store_id: str) -> Place | None:
        """The store, or None."""
        ...

    def stores_of(self, connection: str) -> list[str]:
        """Ids of the active stores that are reached through a connection."""
        ...

    def item(self, store_id: str, variant_id: str) -> Item | None:
        """The variant at the store, or None when either is unknown."""
        ...

    def weekly_units(self, store_id: str, variant_id: str, now: datetime) -> Decimal:
        """Units sold there in an average week of the four before ``now``."""
        ...

    def weekly_net_minor(self, store_id: str, variant_ids: tuple[str, ...], now: datetime) -> int:
        """Net sales there in an average week of the four before ``now``; of everything without ``variant_ids``."""
        ...

    def unit_cost(self, store_id: str, variant_id: str, supplier_id: str = "") -> Decimal | None:
        """What a piece costs in major units: of that supplier, else as last known; None if nobody said."""
        ...

    def supplier(self, supplier_id: str) -> Supplier | None:
        """The supplier, or None."""
        ...

    def employee(self, employee_id: str) -> Employee | None:
        """The person, or None."""
        ...

    def shift(self, shift_id: str) -> Shift | None:
        """The shift, or None."""
        ...

    def promotion(self, promotion_id: str) -> RunningPromotion | None:
        """The promotion, or None."""
        ...
