"""A sale or a return as rows of the mirror, whichever of Clover's objects it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.clover.amounts import Line, whole
from connectors.clover.client import instant, reference
from connectors.money import largest_remainder, major
from connectors.records import Row, scoped

_TENDERS = {
    "com.clover.tender.cash": "cash",
    "com.clover.tender.credit_card": "card",
    "com.clover.tender.debit_card": "card",
    "com.clover.tender.external_pin_debit": "card",
    "com.clover.tender.external_gift_card": "gift_card",
    "com.clover.paypal": "wallet",
    "com.clover.venmo": "wallet",
}


_WRONG_CLOCK_MS = 5 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose an object is: the connection and its merchant, which is its one store."""

    connection: str
    merchant_id: str

    @property
    def store_id(self) -> str:
        """The mirror's id of the store."""
        return scoped(self.connection, self.merchant_id)

    def optional(self, external_id: str) -> str | None:
        """The mirror's id of something, if there is one."""
        return scoped(self.connection, external_id) if external_id else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line within a document: ``sign`` is -1 for what came back, ``original`` the number it was sold under."""

    line: Line
    sign: int
    original: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A sale, return or exchange, in minor units; a return's amounts are negative."""

    sale_id: str
    external_id: str
    closed_at: datetime
    kind: str
    entries: Sequence[Entry]
    tax: int
    total: int
    opened_at: datetime | None = None
    currency: str | None = None
    original: str | None = None
    tip: int = 0
    service: int = 0
    shipping: int = 0
    rounding: int = 0
    voided: bool = False
    is_test: bool = False
    employee: str = ""
    register: str = ""
    customer_key: str | None = None

    def rows(self, owner: Owner, version: int) -> Iterator[Row]:
        """The document and its lines and discounts."""
        goods = [entry for entry in self.entries if not entry.line.is_gift_card]
        cards = [entry for entry in self.entries if entry.line.is_gift_card]
        gross = sum(entry.sign * entry.line.gross for entry in goods)
        net = sum(entry.sign * entry.line.net for entry in goods)
        yield Row(
            "sale",
            {
                "sale_id": self.sale_id,
                "store_id": owner.store_id,
                "closed_at": self.closed_at,
                "opened_at": self.opened_at,
                "register_id": owner.optional(self.register),
                "employee_id": owner.optional(self.employee),
                "customer_key": self.customer_key,
                "kind": self.kind,
                "original_sale_id": self.original,
                "currency": self.currency,
                "gross_minor": gross,
                "discount_minor": gross - net,
                "net_minor": net,
                "tax_minor": self.tax,
                "tip_minor": self.tip,
                "service_minor": self.service,
                "shipping_minor": self.shipping,
                "rounding_minor": self.rounding,
                "gift_card_minor": sum(entry.sign * entry.line.net for entry in cards),
                "total_minor": self.total,
                "voided": self.voided,
                "is_test": self.is_test,
                "connection": owner.connection,
                "external_id": self.external_id,
                "source_version": version,
            },
        )
        for number, entry in enumerate(self.entries, start=1):
            yield from self._line(number, entry, owner)

    def _line(self, number: int, entry: Entry, owner: Owner) -> Iterator[Row]:
        line, sign = entry.line, entry.sign
        price = line.source.get("price")
        yield Row(
            "sale_line",
            {
                "sale_id": self.sale_id,
                "line_no": number,
                "variant_id": owner.optional(reference(line.source, "item")),
                "quantity": sign * line.quantity,
                "unit_price": None if price is None else major(whole(price), self.currency or "USD"),
                "gross_minor": sign * line.gross,
                "discount_minor": sign * (line.gross - line.net),
                "net_minor": sign * line.net,
                "tax_minor": sign * line.tax,
                "unit_cost": None,
                "is_return": sign < 0,
                "is_gift_card": line.is_gift_card,
                "original_line_no": entry.original,
                "employee_id": owner.optional(self.employee),
                "name": line.source.get("name"),
            },
        )
        # Under VAT a discount is given on a price that holds the tax; the line's discount is without it.
        shares = largest_remainder(line.gross - line.net, [amount for _, amount in line.taken])
        for sequence, ((discount, _), share) in enumerate(zip(line.taken, shares, strict=True), start=1):
            yield Row(
                "sale_discount",
                {
                    "sale_id": self.sale_id,
                    "line_no": number,
                    "seq": sequence,
                    "promotion_id": owner.optional(reference(discount, "discount")),
                    "name": discount.get("name"),
                    "amount_minor": sign * share,
                    "kind": "amount" if discount.get("amount") is not None else "percent",
                },
            )


def tender_row(
    source: Mapping[str, Any], sale_id: str, owner: Owner, amount: int, tip: int, at: datetime | None
) -> Row:
    """How money came or went: a payment, a refund or a credit; ``amount`` holds the tip and is negative going out."""
    return Row(
        "tender",
        {
            "tender_id": scoped(owner.connection, source["id"]),
            "sale_id": sale_id,
            "kind": tender_kind(source),
            "amount_minor": amount,
            "tip_minor": tip,
            "fee_minor": 0,
            "status": source.get("result") or source.get("status"),
            "processed_at": at,
        },
    )


def tender_kind(source: Mapping[str, Any]) -> str:
    """The mirror's word for a tender."""
    tender = source.get("tender") or source.get("overrideMerchantTender") or {}
    card = source.get("cardTransaction") or {}
    if card.get("cardType") == "GIFT_CARD":
        return "gift_card"
    label = str(tender.get("label") or "").casefold()
    if "gift" in label:
        return "gift_card"
    if tender.get("labelKey") in _TENDERS:
        return _TENDERS[tender["labelKey"]]
    return "card" if card else "other"


def happened_at(source: Mapping[str, Any]) -> datetime | None:
    """When something happened by the till's clock, or by Clover's when the till's runs ahead of it."""
    client, server = whole(source.get("clientCreatedTime")), whole(source.get("createdTime"))
    if client and (not server or client <= server + _WRONG_CLOCK_MS):
        return instant(client)
    return instant(server) if server else None


def money_line(name: str, amount: int, tax: int) -> Line:
    """A line that is an amount and no goods, without its tax; no piece comes back with it."""
    return Line({"name": name}, Decimal(0), amount, amount, gross=amount, net=amount, tax=tax)
