"""The small shop that every stand-in is filled from, and a clock to turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

START = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
"""Nine in the morning in New York, after the clocks went back."""


@dataclass
class TurnedClock:
    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at


@dataclass(frozen=True)
class Place:
    store_id: str
    name: str
    timezone: str = "America/New_York"
    currency: str = "USD"


@dataclass(frozen=True)
class Goods:
    product_id: str
    variant_id: str
    name: str
    sku: str
    price: Decimal | None
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    unit_of_measure: str = "each"
    barcode: str = ""
    category: str = ""
    cost: Decimal | None = None
    supplier_id: str = ""


@dataclass(frozen=True)
class Person:
    employee_id: str
    name: str
    role: str
    store_id: str
    hourly_minor: int


@dataclass(frozen=True)
class Supplier:
    supplier_id: str
    name: str
    email: str


@dataclass(frozen=True)
class Customer:
    customer_id: str
    name: str
    email: str
    phone: str


@dataclass(frozen=True)
class Sold:
    variant_id: str | None
    name: str | None
    quantity: Decimal
    gross_minor: int
    discount_minor: int = 0


@dataclass(frozen=True)
class Basket:
    sale_id: str
    store_id: str
    closed_at: datetime
    lines: tuple[Sold, ...]
    register: str | None = "R1"
    employee: str | None = "E0101"
    customer: str | None = None


@dataclass
class Shop:
    """A feed of ``connectors.sandbox.standin.feed``: two stores, four products, two people, a supplier, a customer."""

    baskets: list[Basket] = field(default_factory=list)
    places: list[Place] = field(default_factory=lambda: [Place("S01", "Market Street"), Place("S02", "Harbor Point")])

    def locations(self) -> list[Place]:
        return self.places

    def catalog(self) -> list[Goods]:
        return [
            Goods(
                "100",
                "V100",
                "Oat milk",
                "OAT-1L",
                Decimal("4.50"),
                barcode="4006381333931",
                category="Dairy",
                cost=Decimal("2.10"),
                supplier_id="SUP1",
            ),
            Goods(
                "200",
                "V200",
                "Rye bread",
                "RYE-500",
                Decimal("3.20"),
                barcode="5901234123457",
                category="Bakery",
                cost=Decimal("1.15"),
                supplier_id="SUP1",
            ),
            Goods("300", "V300", "Olives, loose", "OLV", Decimal("12.00"), unit_of_measure="kg", category="Deli"),
            Goods("400", "V400", "Blue mug", "MUG-B", Decimal("9.95"), category="Home", cost=Decimal("4.00")),
        ]

    def employees(self) -> list[Person]:
        return [Person("E0101", "Ada Alder", "manager", "S01", 3200), Person("E0201", "Ben Birch", "lead", "S02", 2250)]

    def suppliers(self) -> list[Supplier]:
        return [Supplier("SUP1", "North Dairy", "orders@north-dairy.example")]

    def customers(self) -> list[Customer]:
        return [Customer("CU1", "Cleo Cedar", "cleo@example.com", "+12025550123")]

    def orders(self, after: datetime, until: datetime) -> list[Basket]:
        return sorted(
            (basket for basket in self.baskets if after < basket.closed_at <= until),
            key=lambda basket: basket.closed_at,
        )


def basket(number: int, at: datetime, store_id: str = "S01", customer: str | None = None) -> Basket:
    """Two oat milks with 0.90 off and one rye bread: net 11.30."""
    lines = (Sold("V100", "Oat milk", Decimal(2), 900, 90), Sold("V200", "Rye bread", Decimal(1), 320))
    employee = "E0101" if store_id == "S01" else "E0201"
    return Basket(f"O{number:04d}", store_id, at, lines, employee=employee, customer=customer)
