"""What an order comes apart into: one document per thing that happened, each on its own day.

Pure shapes and how they become rows; what goes into them is decided in ``orders`` and ``refunds``. All amounts are
minor units of the shop's currency and carry their sign: what came back is negative.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.money import major
from connectors.records import Row, scoped
from connectors.shopify.identifiers import instant, number, number_of
from connectors.shopify.money import minor
from connectors.shopify.tenders import tender_kind

_DISCOUNTS = {
    "AutomaticDiscountApplication": "automatic",
    "DiscountCodeApplication": "code",
    "ManualDiscountApplication": "manual",
    "ScriptDiscountApplication": "script",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document. ``place`` is where the goods moved, when that is not where the document belongs."""

    quantity: Decimal
    gross: int
    discount: int
    net: int
    tax: int
    name: str | None = None
    variant: str | None = None
    employee: str | None = None
    unit_price: Decimal | None = None
    is_return: bool = False
    is_gift_card: bool = False
    original: int | None = None
    discounts: Sequence[tuple[Mapping[str, Any], int]] = ()
    moves_stock: bool = False
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A sale, a return or an exchange. ``identity`` is its id within the shop, ``external_id`` Shopify's number."""

    identity: str
    external_id: str
    closed_at: datetime
    store: str
    currency: str
    lines: Sequence[Line]
    payments: Sequence[Mapping[str, Any]] = ()
    opened_at: datetime | None = None
    original: str | None = None
    employee: str | None = None
    register: str | None = None
    shipping: int = 0
    shipping_tax: int = 0
    service: int = 0
    tip: int = 0
    voided: bool = False
    common: Mapping[str, Any] = field(default_factory=dict)

    @property
    def goods(self) -> list[Line]:
        """The lines that are revenue: a gift card sold is a liability."""
        return [line for line in self.lines if not line.is_gift_card]

    @property
    def net(self) -> int:
        """Without tax, tips, shipping, charges and gift cards."""
        return sum(line.net for line in self.goods)

    @property
    def tax(self) -> int:
        """On lines and on shipping."""
        return sum(line.tax for line in self.lines) + self.shipping_tax

    @property
    def gift_cards(self) -> int:
        """Gift cards sold, less those taken back."""
        return sum(line.net for line in self.lines if line.is_gift_card)

    @property
    def total(self) -> int:
        """What changes hands, before cash is rounded."""
        return self.net + self.tax + self.tip + self.service + self.shipping + self.gift_cards

    @property
    def rounding(self) -> int:
        """What cash payments were rounded by; payments add up to ``total`` and this."""
        return sum(sign * minor(item.get("amountRoundingSet"), self.currency) for item, sign in self.signed_payments)

    @property
    def signed_payments(self) -> list[tuple[Mapping[str, Any], int]]:
        """Payments with 1 for money taken and -1 for money given out."""
        return [(item, -1 if item.get("kind") in ("REFUND", "CHANGE") else 1) for item in self.payments]

    @property
    def kind(self) -> str:
        """``sale``, ``return``, or ``exchange`` when goods went both ways."""
        if not any(line.is_return for line in self.lines) and self.original is None:
            return "sale"
        return "exchange" if any(not line.is_return for line in self.lines) else "return"


def document_rows(document: Document, connection: str) -> Iterator[Row]:
    """``sale``, ``sale_line``, ``sale_discount``, ``tender`` and the stock movements that follow from them."""
    sale_id = scoped(connection, document.identity)
    yield Row("sale", _sale(document, sale_id, connection))
    for number_, line in enumerate(document.lines, start=1):
        yield Row("sale_line", _line(document, line, sale_id, number_, connection))
        yield from _discounts(line, sale_id, number_)
        if line.moves_stock and line.variant and not document.voided and not document.common.get("is_test"):
            yield Row("inventory_change", _movement(document, line, sale_id, number_, connection))
    for payment, sign in document.signed_payments:
        yield Row("tender", _tender(document, payment, sign, sale_id, connection))


def _sale(document: Document, sale_id: str, connection: str) -> dict[str, Any]:
    return {
        "sale_id": sale_id,
        "store_id": scoped(connection, document.store),
        "closed_at": document.closed_at,
        "opened_at": document.opened_at,
        "register_id": _scoped(connection, document.register),
        "employee_id": _scoped(connection, document.employee),
        "kind": document.kind,
        "original_sale_id": _scoped(connection, document.original),
        "currency": document.currency,
        "gross_minor": sum(line.gross for line in document.goods),
        "discount_minor": sum(line.discount for line in document.goods),
        "net_minor": document.net,
        "tax_minor": document.tax,
        "tip_minor": document.tip,
        "service_minor": document.service,
        "shipping_minor": document.shipping,
        "rounding_minor": document.rounding,
        "gift_card_minor": document.gift_cards,
        "total_minor": document.total,
        "voided": document.voided,
        "connection": connection,
        "external_id": document.external_id,
        **document.common,
    }


def _line(document: Document, line: Line, sale_id: str, line_no: int, connection: str) -> dict[str, Any]:
    return {
        "sale_id": sale_id,
        "line_no": line_no,
        "variant_id": _scoped(connection, line.variant),
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "gross_minor": line.gross,
        "discount_minor": line.discount,
        "net_minor": line.net,
        "tax_minor": line.tax,
        "unit_cost": None,
        "is_return": line.is_return,
        "is_gift_card": line.is_gift_card,
        "original_line_no": line.original,
        "employee_id": _scoped(connection, line.employee or document.employee),
        "name": line.name,
    }


def _discounts(line: Line, sale_id: str, line_no: int) -> Iterator[Row]:
    for sequence, (application, amount) in enumerate(line.discounts, start=1):
        yield Row(
            "sale_discount",
            {
                "sale_id": sale_id,
                "line_no": line_no,
                "seq": sequence,
                "code": application.get("code"),
                "name": application.get("title") or application.get("code"),
                "amount_minor": amount,
                "kind": _DISCOUNTS.get(str(application.get("__typename"))),
            },
        )


def _movement(document: Document, line: Line, sale_id: str, line_no: int, connection: str) -> dict[str, Any]:
    return {
        "change_id": f"{sale_id}:{line_no}",
        "variant_id": _scoped(connection, line.variant),
        "store_id": scoped(connection, line.place or document.store),
        "kind": "return" if line.is_return else "sale",
        "quantity": -line.quantity,
        "employee_id": _scoped(connection, line.employee or document.employee),
        "occurred_at": document.closed_at,
    }


def _tender(document: Document, payment: Mapping[str, Any], sign: int, sale_id: str, connection: str) -> dict[str, Any]:
    amount = minor(payment.get("amountSet"), document.currency)
    rounding = minor(payment.get("amountRoundingSet"), document.currency)
    return {
        "tender_id": scoped(connection, number(payment["id"])),
        "sale_id": sale_id,
        "kind": tender_kind(payment),
        "amount_minor": sign * (amount + rounding),
        "tip_minor": 0,
        "fee_minor": None,
        "status": payment.get("status"),
        "processed_at": instant(str(payment["processedAt"])) if payment.get("processedAt") else document.closed_at,
    }


def place_of(payments: Sequence[Mapping[str, Any]]) -> str | None:
    """Where the first payment that says so was taken."""
    return next((place for item in payments if (place := number_of(item.get("location")))), None)


def device_of(payments: Sequence[Mapping[str, Any]]) -> str | None:
    """The till the first payment that says so was taken at."""
    return next((device for item in payments if (device := number_of(item.get("device")))), None)


def unit_price(bag: Any, currency: str) -> Decimal | None:
    """A unit price in major units; None when it is not there."""
    return major(minor(bag, currency), currency) if isinstance(bag, Mapping) else None


def _scoped(connection: str, identity: str | None) -> str | None:
    return scoped(connection, identity) if identity else None
