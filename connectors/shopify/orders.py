"""From a Shopify order to sales and returns: the arithmetic that must equal Shopify's own net sales.

The rules it keeps:

- An order is the sale it was when it was made, dated by ``processedAt`` (imports and tills that were offline carry it;
  ``createdAt`` is when Shopify heard of it). Lines come from original amounts; ``current*`` fields are net of refunds
  already and would subtract them twice.
- Each refund is a return of its own, on its own day. What an exchange handed out was added to the old order's lines and
  belongs to that return, not to the first day.
- A line's discounts are its allocations, which hold the share of order-level discounts. Its net is without tax, whether
  the tax was on top or (``taxesIncluded``) in the price.
- Gift cards sold are a liability. Tips, shipping, duties and fees have columns of their own; a tip that came as a line
  is no line here.
- A test order is marked. A cancelled order that was never paid is void, and so are its refunds; one that was paid
  counts, and its refunds take it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from connectors.http import Secret
from connectors.records import Row, scoped
from connectors.shopify.identifiers import instant, number_of
from connectors.shopify.lines import ONLINE, Order, nodes, read_order
from connectors.shopify.money import minor
from connectors.shopify.parts import Document, device_of, document_rows
from connectors.shopify.refunds import returns_of
from connectors.shopify.tenders import taken


def sale_rows(source: Mapping[str, Any], *, connection: str, key: Secret | None, version: int) -> Iterator[Row]:
    """The rows of one order: its sale, its returns and exchanges, and the online store if it belongs there.

    Raises:
        ValueError: the order lacks its id, its time or its store.
    """
    order = read_order(source, key, version)
    payments = taken(source)
    sale = _sale(order, payments)
    returns = returns_of(order)
    sale, returns = _with_payments(sale, returns, payments)
    if order.store == ONLINE:
        yield _online_store(source, connection)
    for document in (sale, *returns):
        yield from document_rows(document, connection)


def _sale(order: Order, payments: Sequence[Mapping[str, Any]]) -> Document:
    source = order.source
    closed = source.get("processedAt") or source.get("createdAt")
    if not closed:
        raise ValueError("an order without its time")
    sold = sorted(
        (item for item in order.originals.values() if item.line_no is not None), key=lambda item: item.line_no or 0
    )
    shipping, shipping_tax = _shipping(order)
    duties = minor(source.get("originalTotalDutiesSet"), order.currency)
    return Document(
        identity=order.identity,
        external_id=order.identity,
        closed_at=instant(str(closed)),
        opened_at=instant(str(source["createdAt"])) if source.get("createdAt") else None,
        store=order.store,
        currency=order.currency,
        lines=[item.line for item in sold],
        employee=number_of(source.get("staffMember")),
        register=device_of(payments),
        shipping=shipping,
        shipping_tax=shipping_tax,
        service=duties + minor(source.get("originalTotalAdditionalFeesSet"), order.currency),
        tip=minor(source.get("totalTipReceivedSet"), order.currency),
        voided=order.voided,
        common=order.common,
    )


def _shipping(order: Order) -> tuple[int, int]:
    """What shipping cost without tax, and its tax."""
    amount = tax = 0
    for line in nodes(order.source, "shippingLines"):
        line_tax = sum(minor(item.get("priceSet"), order.currency) for item in line.get("taxLines") or ())
        amount += minor(line.get("discountedPriceSet"), order.currency) - (line_tax if order.taxes_included else 0)
        tax += line_tax
    return amount, tax


def _with_payments(
    sale: Document, returns: Sequence[Document], payments: Sequence[Mapping[str, Any]]
) -> tuple[Document, list[Document]]:
    """Give each document the payments that belong to it: what was paid once the sale was covered paid an exchange."""
    exchanges = [document for document in returns if document.kind == "exchange"]
    of_sale: list[Mapping[str, Any]] = []
    of_exchange: dict[str, list[Mapping[str, Any]]] = {}
    paid = 0
    for payment in payments:
        if exchanges and paid >= sale.total:
            at = instant(str(payment["processedAt"])) if payment.get("processedAt") else sale.closed_at
            nearest = min(exchanges, key=lambda document: abs(document.closed_at - at))
            of_exchange.setdefault(nearest.identity, []).append(payment)
            continue
        of_sale.append(payment)
        amount = minor(payment.get("amountSet"), sale.currency)
        paid += -amount if payment.get("kind") == "CHANGE" else amount
    return replace(sale, payments=of_sale), [
        replace(document, payments=[*document.payments, *of_exchange.get(document.identity, ())])
        for document in returns
    ]


def _online_store(source: Mapping[str, Any], connection: str) -> Row:
    shop = source["shop"]
    return Row(
        "store",
        {
            "store_id": scoped(connection, ONLINE),
            "name": f"{shop.get('name') or 'Shop'} online",
            "timezone": shop.get("ianaTimezone") or "UTC",
            "currency": shop.get("currencyCode") or source["currencyCode"],
            "tax_inclusive": bool(shop.get("taxesIncluded")),
            "active": True,
            "connection": connection,
            "external_id": ONLINE,
        },
    )
