"""What the stand-in POS is filled from: stores, products and people at the start, sales as time passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol


class Clock(Protocol):
    """Where "now" comes from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class FeedLocation(Protocol):
    """A store."""

    @property
    def store_id(self) -> str:
        """Becomes the location's id."""
        ...

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def timezone(self) -> str:
        """IANA name."""
        ...

    @property
    def currency(self) -> str:
        """ISO 4217."""
        ...


class FeedVariant(Protocol):
    """A product with its only variation. Without any price, it is typed at the till.

    A feed may also give ``barcode``, ``category`` (a name), ``cost`` (Decimal) and ``supplier_id``; read them with
    ``getattr`` and a default.
    """

    @property
    def product_id(self) -> str:
        """Becomes the ITEM's id."""
        ...

    @property
    def variant_id(self) -> str:
        """Becomes the ITEM_VARIATION's id."""
        ...

    @property
    def name(self) -> str:
        """The product's name."""
        ...

    @property
    def sku(self) -> str:
        """The shop's own number."""
        ...

    @property
    def unit_of_measure(self) -> str:
        """``each``, or what it is sold by: ``gallon``, ``kg`` ..."""
        ...

    @property
    def price(self) -> Decimal | None:
        """The price where no store has its own, in major units."""
        ...

    @property
    def prices(self) -> Mapping[str, Decimal]:
        """Prices of single stores in major units, by store id."""
        ...


class FeedSupplier(Protocol):
    """Somebody the shop buys from."""

    @property
    def supplier_id(self) -> str:
        """Becomes the vendor's id."""
        ...

    @property
    def name(self) -> str:
        """What people call them."""
        ...

    @property
    def email(self) -> str:
        """Where orders go."""
        ...


class FeedCustomer(Protocol):
    """Somebody known to the shop; invented people only."""

    @property
    def customer_id(self) -> str:
        """Becomes the customer's id."""
        ...

    @property
    def name(self) -> str:
        """Given name first."""
        ...

    @property
    def email(self) -> str:
        """Personal: must never reach the mirror."""
        ...

    @property
    def phone(self) -> str:
        """Personal: must never reach the mirror."""
        ...


class FeedEmployee(Protocol):
    """Somebody on the pay-roll."""

    @property
    def employee_id(self) -> str:
        """Becomes the team member's id."""
        ...

    @property
    def name(self) -> str:
        """Given name first."""
        ...

    @property
    def role(self) -> str:
        """Job title."""
        ...

    @property
    def store_id(self) -> str:
        """The store they work in."""
        ...

    @property
    def hourly_minor(self) -> int:
        """Pay per hour."""
        ...


class FeedLine(Protocol):
    """A line of a coming sale; amounts are minor units, net is gross minus discount."""

    @property
    def variant_id(self) -> str | None:
        """None for something that is not in the catalogue."""
        ...

    @property
    def name(self) -> str | None:
        """As on the receipt."""
        ...

    @property
    def quantity(self) -> Decimal:
        """In the product's unit of measure."""
        ...

    @property
    def gross_minor(self) -> int:
        """Before discount."""
        ...

    @property
    def discount_minor(self) -> int:
        """Given away."""
        ...


class FeedOrder(Protocol):
    """A sale that will happen at ``closed_at``."""

    @property
    def sale_id(self) -> str:
        """Becomes the order's id."""
        ...

    @property
    def store_id(self) -> str:
        """Where."""
        ...

    @property
    def closed_at(self) -> datetime:
        """When, aware."""
        ...

    @property
    def register(self) -> str | None:
        """At which till."""
        ...

    @property
    def employee(self) -> str | None:
        """Who rang it up."""
        ...

    @property
    def customer(self) -> str | None:
        """The buyer's id, if known."""
        ...

    @property
    def lines(self) -> Sequence[FeedLine]:
        """What was sold."""
        ...


class PosFeed(Protocol):
    """Where the stand-in's world comes from; ``connectors.sandbox.sample.feed.SampleFeed`` is one.

    A feed may also have ``suppliers()``, ``customers()`` and ``opening_stock(variant_id, store_id)``: what was on hand
    when the feed began, or None.
    """

    def locations(self) -> Iterable[FeedLocation]:
        """Every store."""
        ...

    def catalog(self) -> Iterable[FeedVariant]:
        """Every product."""
        ...

    def employees(self) -> Iterable[FeedEmployee]:
        """Everybody on the pay-roll."""
        ...

    def orders(self, after: datetime, until: datetime) -> Iterable[FeedOrder]:
        """Sales closed after ``after`` and not later than ``until``, oldest first."""
        ...
