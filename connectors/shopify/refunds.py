"""What came back: each refund of an order as a document of its own, on its own day.

- Refunded lines carry their value without tax; an adjustment is what was paid back beyond the lines (Shopify writes it
  negative) or kept of them (positive). A refund of an amount alone is nothing but an adjustment, and becomes one line
  without a variant.
- What an exchange handed out stands in the return it belongs to; a dearer new item lets Shopify's refund end at zero,
  which is why the lines decide and not ``totalRefunded``.
- Shipping, duties and a tip that are given back go to their own columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from connectors.shopify.identifiers import instant, number, number_of
from connectors.shopify.lines import Order, Original, nodes
from connectors.shopify.money import minor, share
from connectors.shopify.parts import Document, Line, device_of, place_of
from connectors.shopify.tenders import given_back

_BACK_ON_THE_SHELF = frozenset({"RETURN", "CANCEL", "LEGACY_RESTOCK"})
_AMOUNT_ONLY = "Refund without items"
_ADJUSTMENT = "Refund adjustment"


def returns_of(order: Order) -> list[Document]:
    """The returns and exchanges of an order, oldest first."""
    refunds = [item for item in order.source.get("refunds") or () if isinstance(item, Mapping) and item.get("id")]
    detailed = [item for item in refunds if item.get("processedAt") or item.get("createdAt")]
    detailed.sort(key=lambda item: str(item.get("processedAt") or item["createdAt"]))
    handed_out = _handed_out(order)
    documents = []
    for refund in detailed:
        back = refund.get("return")
        new = handed_out.pop(str(back["id"]), []) if isinstance(back, Mapping) and back.get("id") else []
        document = _refund(order, refund, new)
        if document is not None:
            documents.append(document)
    documents += [_handed_out_alone(order, back, handed_out[str(back["id"])]) for back in _left(order, handed_out)]
    return documents


def _refund(order: Order, refund: Mapping[str, Any], new: Sequence[Line]) -> Document | None:
    currency = order.currency
    returned = nodes(refund, "refundLineItems")
    lines: list[Line] = []
    tip = 0
    for item in returned:
        original = order.originals.get(str((item.get("lineItem") or {}).get("id")))
        if original is not None and original.is_tip:
            tip -= minor(item.get("subtotalSet"), currency)
        else:
            lines.append(_returned(order, item, original))
    adjustments = [
        _adjusted(minor(item.get("amountSet"), currency), minor(item.get("taxAmountSet"), currency), alone=not returned)
        for item in nodes(refund, "orderAdjustments")
    ]
    lines += [line for line in adjustments if line.net or line.tax]
    shipping = nodes(refund, "refundShippingLines")
    shipping_tax = sum(minor(item.get("taxAmountSet"), currency) for item in shipping)
    shipped = sum(minor(item.get("subtotalAmountSet"), currency) for item in shipping)
    duties = sum(minor(item.get("amountSet"), currency) for item in refund.get("duties") or ())
    payments = given_back(refund)
    if not (lines or tip or shipped or duties or new):
        paid_back = minor(refund.get("totalRefundedSet"), currency)
        if not paid_back:
            return None
        lines.append(_adjusted(-paid_back, 0, alone=True))
    identity = number(refund["id"])
    return Document(
        identity=f"refund-{identity}",
        external_id=identity,
        closed_at=instant(str(refund.get("processedAt") or refund["createdAt"])),
        store=place_of(payments) or _shelf(returned) or order.store,
        currency=currency,
        lines=[*lines, *new],
        payments=payments,
        original=order.identity,
        employee=number_of(refund.get("staffMember")),
        register=device_of(payments),
        shipping=-(shipped - (shipping_tax if order.taxes_included else 0)),
        shipping_tax=-shipping_tax,
        service=-duties,
        tip=tip,
        voided=order.voided,
        common=order.common,
    )


def _returned(order: Order, item: Mapping[str, Any], original: Original | None) -> Line:
    """A line that came back, with its share of the discount it was sold with."""
    quantity = Decimal(str(item.get("quantity") or 0))
    tax = minor(item.get("totalTaxSet"), order.currency)
    net = minor(item.get("subtotalSet"), order.currency) - (tax if order.taxes_included else 0)
    restocked = bool(item.get("restocked")) and item.get("restockType") in _BACK_ON_THE_SHELF
    if original is None:
        return Line(-quantity, -net, 0, -net, -tax, is_return=True)
    sold = original.line
    gross = max(net, share(sold.gross, quantity, sold.quantity))
    return Line(
        quantity=-quantity,
        gross=-gross,
        discount=net - gross,
        net=-net,
        tax=-tax,
        name=sold.name,
        variant=sold.variant,
        employee=sold.employee,
        unit_price=sold.unit_price,
        is_return=True,
        is_gift_card=sold.is_gift_card,
        original=original.line_no,
        moves_stock=restocked and sold.moves_stock,
        place=number_of(item.get("location")),
    )


def _adjusted(net: int, tax: int, *, alone: bool) -> Line:
    """Money beyond the lines, or without any. It moves no piece."""
    return Line(Decimal(0), net, 0, net, tax, name=_AMOUNT_ONLY if alone else _ADJUSTMENT, is_return=True)


def _handed_out(order: Order) -> dict[str, list[Line]]:
    """New lines of exchanges, by the return they belong to."""
    found: dict[str, list[Line]] = {}
    for identity, original in order.originals.items():
        if identity in order.exchanged:
            found.setdefault(order.exchanged[identity], []).append(replace(original.line, original=None))
    return found


def _left(order: Order, handed_out: Mapping[str, Sequence[Line]]) -> list[Mapping[str, Any]]:
    """Returns whose new goods no refund took along: the exchange was even, or is not settled yet."""
    return [back for back in nodes(order.source, "returns") if str(back.get("id")) in handed_out]


def _handed_out_alone(order: Order, back: Mapping[str, Any], lines: Sequence[Line]) -> Document:
    identity = number(back["id"])
    return Document(
        identity=f"exchange-{identity}",
        external_id=identity,
        closed_at=instant(str(back.get("closedAt") or back["createdAt"])),
        store=order.store,
        currency=order.currency,
        lines=lines,
        original=order.identity,
        voided=order.voided,
        common=order.common,
    )


def _shelf(returned: Sequence[Mapping[str, Any]]) -> str | None:
    return next((place for item in returned if (place := number_of(item.get("location")))), None)
