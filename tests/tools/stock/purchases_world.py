"""Two suppliers over ten weeks: every expected number follows from ``ORDERS``, worked out by plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from connectors.records import Row
from tests.tools.stock.stock_world import at


@dataclass(frozen=True, slots=True)
class Order:
    """An order of one product; the days are those of Market Street, at nine in the morning."""

    ident: str
    store: str
    supplier: str
    status: str
    product: str
    ordered: int
    came: int | None
    cost: str | None
    sent: date | None
    due: date | None
    received: date | None

    @property
    def closed(self) -> bool:
        """Whether nothing of it is to come."""
        return self.status == "received"


def on(month: int, day: int) -> date:
    """A day of the world's year."""
    return date(2026, month, day)


SUPPLIERS = {"SUP1": "Hudson Dairy", "SUP2": "Northway Goods", "SUP3": "Rare Imports"}
ORDERS = (
    Order("N1", "S01", "SUP1", "received", "B", 30, 30, "2.00", on(9, 20), on(9, 23), on(9, 23)),
    Order("N2", "S01", "SUP1", "received", "B", 30, 24, "2.00", on(10, 4), on(10, 7), on(10, 9)),
    Order("N3", "S02", "SUP1", "received", "A", 48, 48, "1.50", on(10, 18), on(10, 21), on(10, 20)),
    Order("N4", "S01", "SUP1", "partial", "B", 20, 5, "2.10", on(11, 18), on(11, 21), None),
    Order("N5", "S01", "SUP2", "received", "A", 100, 100, "1.45", on(9, 22), on(9, 30), on(10, 2)),
    Order("N6", "S01", "SUP2", "received", "C", 12, 12, None, on(10, 6), on(10, 14), on(10, 13)),
    Order("N7", "S02", "SUP2", "received", "A", 60, None, "1.55", on(11, 3), None, on(11, 10)),
    Order("N8", "S01", "SUP3", "received", "C", 6, 6, "4.00", on(10, 1), on(10, 2), on(10, 30)),
    Order("N9", "S01", "SUP1", "draft", "B", 999, None, "2.00", None, None, None),
    Order("N10", "S01", "SUP1", "cancelled", "B", 888, 0, "2.00", on(10, 10), None, None),
    Order("N11", "S01", "SUP1", "received", "B", 777, 777, "2.00", on(6, 1), on(6, 4), on(6, 4)),
)  # fmt: skip
COUNTED = tuple(one for one in ORDERS if one.status not in ("draft", "cancelled") and one.ident != "N11")
"""The orders of the last 90 days before the world's now."""


def rows() -> Iterator[Row]:
    """Suppliers, orders and their lines."""
    for ident, name in SUPPLIERS.items():
        yield Row("supplier", {"supplier_id": ident, "name": name})
    for one in ORDERS:
        yield Row(
            "purchase_order",
            {
                "po_id": one.ident,
                "store_id": one.store,
                "supplier_id": one.supplier,
                "status": one.status,
                "created_at": morning(one.sent or date(2026, 11, 20)),
                "sent_at": morning(one.sent),
                "due_at": morning(one.due),
                "received_at": morning(one.received),
            },
        )
        yield Row(
            "purchase_order_line",
            {
                "po_id": one.ident,
                "line_no": 1,
                "variant_id": one.product,
                "ordered": one.ordered,
                "received": one.came,
                "unit_cost": one.cost,
            },
        )


def morning(day: date | None) -> datetime | None:
    """Nine in the morning of a day at the stores."""
    return at(day, 9) if day else None


def came(one: Order) -> int:
    """Pieces that came of an order; one that is received without a number came in full."""
    return one.came if one.came is not None else one.ordered if one.closed else 0


def value(orders: tuple[Order, ...]) -> Decimal:
    """What was ordered, at the cost on the orders; those without one left out."""
    return sum((one.ordered * Decimal(one.cost) for one in orders if one.cost), Decimal(0))


def lead_days(orders: tuple[Order, ...]) -> Decimal:
    """Mean days from sending to arrival of the received ones."""
    days = [(one.received - one.sent).days for one in orders if one.closed and one.received and one.sent]
    return Decimal(sum(days)) / len(days)
