"""A purchase order as we keep it and as the supplier reads it.

Money is Decimal in major units: unit costs as they were agreed, with up to four decimals, line totals rounded to the
currency's own. A line whose cost nobody agreed on has no total and is left out of the order's.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

from connectors.currency import minor_exponent

ORIGIN = "floorwalker"
_PRECISION = 40
_NUMBER_LETTERS = 10


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One product. ``quantity`` counts ``unit``; ``unit_cost`` is None when none was agreed."""

    variant_id: str
    supplier_sku: str
    sku: str
    barcode: str
    name: str
    quantity: Decimal
    unit: str
    unit_cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Order:
    """An order of one store with one supplier; ``zone`` is the store's, ``created_at`` an aware instant."""

    key: str
    store_id: str
    store_name: str
    country: str
    zone: ZoneInfo
    supplier_id: str
    supplier_name: str
    currency: str
    created_at: datetime
    due_on: date | None
    note: str
    lines: tuple[OrderLine, ...]

    @property
    def po_id(self) -> str:
        """The mirror's id."""
        return po_id_of(self.key)

    @property
    def number(self) -> str:
        """What people call it; the files' name."""
        return number_of(self.key)

    @property
    def ordered_on(self) -> date:
        """The day in the store."""
        return self.created_at.astimezone(self.zone).date()

    @property
    def due_at(self) -> datetime | None:
        """The beginning of the due day in the store."""
        return None if self.due_on is None else datetime(*self.due_on.timetuple()[:3], tzinfo=self.zone)

    @property
    def total(self) -> Decimal:
        """The sum of the line totals."""
        with localcontext(prec=_PRECISION):
            totals = (line_total(line, self.currency) for line in self.lines)
            return sum((total for total in totals if total is not None), _none_of(self.currency))

    @property
    def unpriced(self) -> int:
        """How many lines have no cost."""
        return sum(line.unit_cost is None for line in self.lines)


def po_id_of(key: str) -> str:
    """The mirror's id of the order of an action."""
    return f"own:{key}"


def number_of(key: str) -> str:
    """The order's number: always the same for an action, safe as a file name, easy to say on the telephone."""
    letters = base64.b32encode(hashlib.sha256(key.encode()).digest()).decode()[:_NUMBER_LETTERS]
    return f"PO-{letters[:5]}-{letters[5:]}"


def line_total(line: OrderLine, currency: str) -> Decimal | None:
    """Quantity times cost in the currency's own decimals, halves away from zero; None without a cost."""
    if line.unit_cost is None:
        return None
    with localcontext(prec=_PRECISION):
        return (line.quantity * line.unit_cost).quantize(_none_of(currency), ROUND_HALF_UP)


def plain(number: Decimal) -> str:
    """A number without an exponent or needless zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def cost_text(cost: Decimal, currency: str) -> str:
    """A unit cost with at least the currency's decimals: 1.5 USD is 1.50, 0.1234 USD stays, 120 JPY is 120."""
    whole, _, fraction = plain(cost).partition(".")
    fraction = fraction.ljust(minor_exponent(currency), "0")
    return f"{whole}.{fraction}" if fraction else whole


def document(order: Order) -> Mapping[str, Any]:
    """The whole order as text and lists, the way it goes to the supplier."""
    found: dict[str, Any] = {
        "number": order.number,
        "status": "draft",
        "ordered_on": order.ordered_on.isoformat(),
        "store": order.store_name,
        "supplier": order.supplier_name,
        "currency": order.currency,
        "lines": [_line(line, order.currency) for line in order.lines],
        "total": format(order.total, "f"),
        "files": [f"{order.number}.csv", f"{order.number}.pdf"],
    }
    if order.due_on:
        found["due_on"] = order.due_on.isoformat()
    if order.note:
        found["note"] = order.note
    return found


def _line(line: OrderLine, currency: str) -> dict[str, str]:
    found = {
        "supplier_sku": line.supplier_sku,
        "sku": line.sku,
        "barcode": line.barcode,
        "name": line.name,
        "quantity": plain(line.quantity),
        "unit": line.unit,
    }
    total = line_total(line, currency)
    if line.unit_cost is not None and total is not None:
        found |= {"unit_cost": cost_text(line.unit_cost, currency), "line_total": format(total, "f")}
    return found


def _none_of(currency: str) -> Decimal:
    return Decimal(0).scaleb(-minor_exponent(currency))
