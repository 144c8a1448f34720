"""A chain of three stores whose stock is planted: every expected number follows from the constants below.

Each store sells the same every day from 1 September to 22 November 2026 but for what is planted: butter is out at
Market
Street for three days (its log says so) and at Harbor Point for six (nothing says so), soup stopped selling at the end
of October with nine on the books, a mug has not sold since 5 September.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext

FIRST_ON, LAST_ON = date(2026, 9, 1), date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 15, 20, tzinfo=UTC)
AS_OF = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
STALE = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)
DAYS = [FIRST_ON + timedelta(days=day) for day in range((LAST_ON - FIRST_ON).days + 1)]
STORES = {"S01": ("Market Street", "North"), "S02": ("Harbor Point", "North"), "S03": ("Maple Avenue", "South")}
PRODUCTS = {
    "A": ("Oat milk, 1 l", "Grocery", "Plant drinks", "2.50", "1.50"),
    "B": ("Butter, 8 oz", "Dairy", "Butter", "3.00", "2.00"),
    "C": ("Blue mug", "Home", "Mugs", "9.95", "4.25"),
    "D": ("Candle", "Home", "Candles", "6.00", None),
    "E": ("New kettle", "Home", "Kettles", "20.00", "10.00"),
    "F": ("Tomato soup", "Grocery", "Soup", "1.80", "0.90"),
    "G": ("Coffee beans", "Grocery", "Coffee", "8.00", "5.00"),
    "H": ("Green tea", "Grocery", "Tea", "4.00", "2.00"),
    "I": ("Plum jam", "Grocery", "Spreads", "3.20", "1.60"),
    "J": ("Bananas", "Produce", "Fruit", "0.60", "0.30"),
    "K": ("Gift wrapping", "Services", "Services", "1.00", "0.10"),
}
LEVELS: dict[tuple[str, str], dict[str | None, int]] = {
    ("S01", "A"): {"floor": 4, "backroom": 6},
    ("S01", "B"): {None: 20},
    ("S01", "C"): {None: 7},
    ("S01", "D"): {None: 3},
    ("S01", "E"): {None: 2},
    ("S01", "F"): {None: 9},
    ("S01", "G"): {"floor": 0, "backroom": 0},
    ("S01", "H"): {"floor": 0, "backroom": 5},
    ("S01", "I"): {None: 200},
    ("S01", "J"): {None: 50},
    ("S01", "K"): {None: 99},
    ("S02", "A"): {None: 30},
    ("S02", "B"): {None: -2},
    ("S02", "I"): {None: 1},
    ("S03", "A"): {None: 12},
    ("S03", "I"): {None: 0},
}
EMPTY_BUTTER = {date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 12)}
SILENT_BUTTER = {date(2026, 11, day) for day in range(1, 7)}


def sold(store: str, product: str, day: date) -> int:
    """Pieces of a product that a store sells on a day."""
    daily = {
        ("S01", "A"): 4,
        ("S01", "B"): 0 if day in EMPTY_BUTTER else 5,
        ("S01", "C"): 1 if day == date(2026, 9, 5) else 0,
        ("S01", "F"): 2 if day < date(2026, 11, 1) else 0,
        ("S01", "G"): 3,
        ("S01", "H"): 1,
        ("S01", "I"): 1,
        ("S01", "J"): 2,
        ("S02", "A"): 1,
        ("S02", "B"): 0 if day in SILENT_BUTTER else 5,
        ("S02", "I"): 2,
        ("S03", "A"): 1,
        ("S03", "I"): 2,
    }
    return daily.get((store, product), 0)


def cents(product: str) -> int:
    """The price of a piece in minor units."""
    return int(Decimal(PRODUCTS[product][3]) * 100)


def net_sales(store: str, first: date, last: date) -> Decimal:
    """Net sales of a store in major units."""
    days = [day for day in DAYS if first <= day <= last]
    return Decimal(sum(sold(store, one, day) * cents(one) for day in days for one in PRODUCTS)).scaleb(-2)


def at(day: date, hour: int) -> datetime:
    """An hour of a day in New York."""
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


def rows() -> Iterator[Row]:
    """Everything but the log of stock changes."""
    for ident, (name, district) in STORES.items():
        place = {"name": name, "district": district, "timezone": "America/New_York", "currency": "USD"}
        yield Row("store", {"store_id": ident, **place})
    for number, (ident, (name, department, category, price, cost)) in enumerate(PRODUCTS.items()):
        created = datetime(2026, 11, 15, tzinfo=UTC) if ident == "E" else datetime(2025, 1, 1, tzinfo=UTC)
        yield Row("category", {"category_id": f"C{number}", "name": category})
        yield Row(
            "product",
            {
                "product_id": ident,
                "name": name,
                "department": department,
                "category_id": f"C{number}",
                "created_at": created,
            },
        )
        yield Row(
            "variant",
            {
                "variant_id": ident,
                "product_id": ident,
                "name": name,
                "barcode": f"0400{number:04d}",
                "unit_of_measure": "lb" if ident == "J" else "each",
                "track_stock": ident != "K",
            },
        )
        yield Row("price", {"variant_id": ident, "valid_from_at": at(FIRST_ON, 0), "price": price, "currency": "USD"})
        if cost:
            yield from costs(ident, cost)
    yield Row("cost", {"variant_id": "A", "store_id": "S02", "valid_from_at": at(FIRST_ON, 0), "unit_cost": "1.60"})
    for (store, product), areas in LEVELS.items():
        as_of = STALE if store == "S03" else AS_OF
        for area, count in areas.items():
            yield Row(
                "inventory_level",
                {"variant_id": product, "store_id": store, "quantity": count, "area": area, "as_of_at": as_of},
            )
    # A total beside shelf and back room must not be counted twice.
    yield Row("inventory_level", {"variant_id": "H", "store_id": "S01", "quantity": 5, "area": None, "as_of_at": AS_OF})
    for store in STORES:
        for day in DAYS:
            ident = f"{store}-{day}"
            yield Row("sale", {"sale_id": ident, "store_id": store, "closed_at": at(day, 12)})
            for line, product in enumerate(PRODUCTS):
                count = sold(store, product, day)
                if count:
                    yield Row(
                        "sale_line",
                        {
                            "sale_id": ident,
                            "line_no": line,
                            "variant_id": product,
                            "quantity": count,
                            "gross_minor": count * cents(product),
                            "unit_cost": PRODUCTS[product][4],
                        },
                    )


def costs(ident: str, cost: str) -> Iterator[Row]:
    """The cost in force between an older and a future one, and one in another currency that must not be taken."""
    for when, unit, currency in (
        (at(FIRST_ON, 0) - timedelta(days=200), "99.00", "USD"),
        (at(FIRST_ON, 0), cost, "USD"),
        (NOW + timedelta(days=3), "77.00", "USD"),
        (at(LAST_ON, 0), "55.00", "EUR"),
    ):
        yield Row("cost", {"variant_id": ident, "valid_from_at": when, "unit_cost": unit, "currency": currency})


def orders() -> Iterator[Row]:
    """Open orders of 24, 18 (overdue) and 6 pieces, and three that do not count."""
    yield Row(
        "supplier",
        {
            "supplier_id": "SUP1",
            "name": "Hudson Dairy",
            "lead_days_mean": "3",
            "lead_days_sd": "1",
            "order_days": "Mon,Thu",
        },
    )
    yield Row("supplier_item", {"supplier_id": "SUP1", "variant_id": "A", "unit_cost": "1.50", "pack_size": 6})
    yield Row("supplier_item", {"supplier_id": "SUP1", "variant_id": "B", "unit_cost": "2.00", "pack_size": 10})
    for po, store, status, due, product, ordered, received in (
        ("PO1", "S01", "sent", datetime(2026, 11, 25, 17, tzinfo=UTC), "A", 24, 0),
        ("PO2", "S01", "partial", datetime(2026, 11, 20, 17, tzinfo=UTC), "B", 30, 12),
        ("PO3", "S01", "draft", None, "A", 500, 0),
        ("PO4", "S01", "received", None, "A", 600, 600),
        ("PO5", "S02", "cancelled", None, "A", 700, 0),
        ("PO6", "S02", "sent", None, "A", 6, None),
    ):
        yield Row(
            "purchase_order",
            {
                "po_id": po,
                "store_id": store,
                "supplier_id": "SUP1",
                "status": status,
                "created_at": at(date(2026, 11, 10), 9),
                "due_at": due,
            },
        )
        yield Row(
            "purchase_order_line",
            {
                "po_id": po,
                "line_no": 1,
                "variant_id": product,
                "ordered": ordered,
                "received": received,
                "unit_cost": "2.00",
            },
        )


def log() -> Iterator[Row]:
    """Every change of stock at Market Street, and what moved or was counted at Harbor Point."""
    for day in DAYS:
        for product in PRODUCTS:
            if sold("S01", product, day):
                yield change(f"{product}{day}", "S01", product, "sale", -sold("S01", product, day), at(day, 12))
    yield change("R1", "S01", "B", "receive", 73, at(date(2026, 11, 13), 8))
    yield change("L1", "S01", "A", "adjust", -2, at(date(2026, 11, 18), 9), "damage")
    yield change("L2", "S01", "A", "adjust", 1, at(date(2026, 11, 19), 9), "found")
    yield change("L3", "S01", "B", "waste", -3, at(date(2026, 11, 20), 9), "expired")
    yield change("L4", "S01", "C", "count", -1, at(date(2026, 11, 21), 9))
    yield change("L5", "S02", "A", "count", 40, at(date(2026, 11, 21), 9))
    yield change("L6", "S02", "A", "adjust", -4, at(date(2026, 11, 21), 9), "recount")
    yield change("T1", "S02", "A", "transfer_out", -5, at(date(2026, 11, 20), 9), "to Market Street")
    yield change("T2", "S01", "A", "transfer_in", 3, at(date(2026, 11, 22), 9), "from Harbor Point")


def change(ident: str, store: str, product: str, kind: str, count: int, when: datetime, reason: str = "") -> Row:
    """A signed change of stock."""
    values: dict[str, Any] = {"change_id": ident, "variant_id": product, "store_id": store, "kind": kind}
    return Row("inventory_change", {**values, "quantity": count, "reason": reason or None, "occurred_at": when})


@contextmanager
def stock_world(folder: Path, *parts: Iterator[Row], simulated: bool = False) -> Iterator[Mirror]:
    """A mirror of these rows."""
    with open_mirror(folder / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        sources = [
            SourceUpdate("sales", "test", AS_OF),
            SourceUpdate(
                "inventory", "test", AS_OF, simulated=simulated, note="simulated: planted" if simulated else ""
            ),
        ]
        mirror.writer.submit(Batch(rows=[row for part in parts for row in part], sources=sources)).result()
        yield mirror


def context_of(mirror: Mirror, *stores: str, role: Role = Role.OWNER) -> ToolContext:
    """Someone who may see these stores, all of them unless named."""
    return ToolContext(Scope("U_TEST", role, tuple(sorted(stores or STORES))), mirror.reader, FixedClock(NOW))
