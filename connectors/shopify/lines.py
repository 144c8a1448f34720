"""A Shopify order taken apart: its lines as they were sold, and what all its documents share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from connectors.http import Secret
from connectors.shopify.identifiers import instant, number, number_of
from connectors.shopify.money import minor
from connectors.shopify.parts import Line, place_of, unit_price
from connectors.shopify.privacy import customer_key
from connectors.shopify.tenders import taken

ONLINE = "online"
"""The store of what was sold away from any till."""


@dataclass(frozen=True, slots=True)
class Original:
    """A line as it was sold, with its number in the sale; None when it was handed out in an exchange or is a tip."""

    source: Mapping[str, Any]
    line: Line
    line_no: int | None
    is_tip: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """An order with what every document of it shares."""

    source: Mapping[str, Any]
    identity: str
    currency: str
    taxes_included: bool
    store: str
    originals: Mapping[str, Original]
    exchanged: Mapping[str, str]
    voided: bool
    common: Mapping[str, Any]


def read_order(source: Mapping[str, Any], key: Secret | None, version: int) -> Order:
    """An order taken apart; raises as ``orders.sale_rows`` does."""
    total = (source.get("totalPriceSet") or {}).get("shopMoney") or {}
    currency = str(source.get("currencyCode") or total.get("currencyCode") or "")
    if not source.get("id") or not currency:
        raise ValueError("an order without its id or its currency")
    included = bool(source.get("taxesIncluded"))
    payments = taken(source)
    store = number_of(source.get("retailLocation")) or place_of(payments) or ONLINE
    if store == ONLINE and not isinstance(source.get("shop"), Mapping):
        raise ValueError("an order without its store")
    exchanged = _exchanged(source)
    return Order(
        source=source,
        identity=number(source["id"]),
        currency=currency,
        taxes_included=included,
        store=store,
        originals=_originals(source, currency, included, exchanged),
        exchanged=exchanged,
        voided=bool(source.get("cancelledAt")) and not any(minor(item.get("amountSet"), currency) for item in payments),
        common={
            "customer_key": source.get("customer_key") or customer_key(number_of(source.get("customer")) or "", key),
            "channel": source.get("sourceName"),
            "is_test": bool(source.get("test")),
            "source_version": version,
        },
    )


def version_of(source: Mapping[str, Any]) -> int:
    """Grows with every change. Shopify's stamp has whole seconds, so what was added since settles a tie."""
    seconds = int(instant(str(source["updatedAt"])).timestamp())
    parts = len(source.get("transactions") or ()) + len(source.get("refunds") or ()) + bool(source.get("cancelledAt"))
    return seconds * 1000 + min(999, parts)


def sold_line(item: Mapping[str, Any], currency: str, *, included: bool) -> Line:
    """A line as it was sold."""
    discounts = [
        (allocation.get("discountApplication") or {}, minor(allocation.get("allocatedAmountSet"), currency))
        for allocation in item.get("discountAllocations") or ()
    ]
    discount = sum(amount for _, amount in discounts)
    tax = sum(minor(line.get("priceSet"), currency) for line in item.get("taxLines") or ())
    net = minor(item.get("originalTotalSet"), currency) - discount - (tax if included else 0)
    return Line(
        quantity=Decimal(str(item.get("quantity") or 0)),
        gross=net + discount,
        discount=discount,
        net=net,
        tax=tax,
        name=item.get("name") or item.get("title"),
        variant=number_of(item.get("variant")),
        employee=number_of(item.get("staffMember")),
        unit_price=unit_price(item.get("originalUnitPriceSet"), currency),
        is_gift_card=bool(item.get("isGiftCard")),
        discounts=discounts,
        moves_stock=not item.get("isGiftCard"),
    )


def nodes(source: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The nodes of a connection; none when it is not there."""
    connection = source.get(name)
    found = connection.get("nodes") if isinstance(connection, Mapping) else None
    return [node for node in found or () if isinstance(node, Mapping)]


def _originals(
    source: Mapping[str, Any], currency: str, included: bool, exchanged: Mapping[str, str]
) -> dict[str, Original]:
    items = [item for item in nodes(source, "lineItems") if item.get("id")]
    lines = {str(item["id"]): sold_line(item, currency, included=included) for item in items}
    tip = _tip_line(source, items, lines, currency)
    found: dict[str, Original] = {}
    line_no = 0
    for item in items:
        identity = str(item["id"])
        is_sold = identity not in exchanged and identity != tip
        line_no += is_sold
        found[identity] = Original(item, lines[identity], line_no if is_sold else None, identity == tip)
    return found


def _tip_line(
    source: Mapping[str, Any], items: Sequence[Mapping[str, Any]], lines: Mapping[str, Line], currency: str
) -> str | None:
    """The line that a tip came as. Its name is in the shop's language, so the sums have the last word."""
    tip = minor(source.get("totalTipReceivedSet"), currency)
    fitting = [
        str(item["id"])
        for item in items
        if tip and not item.get("variant") and not item.get("isGiftCard") and lines[str(item["id"])].net == tip
    ]
    if not fitting:
        return None
    named = [str(item["id"]) for item in items if str(item.get("title") or "").casefold() == "tip"]
    if named and named[0] in fitting:
        return named[0]
    without_tip = sum(line.net + line.tax for line in lines.values())
    return None if without_tip + tip == minor(source.get("totalPriceSet"), currency) else fitting[0]


def _exchanged(source: Mapping[str, Any]) -> dict[str, str]:
    """Lines that were handed out in an exchange, and the return they belong to."""
    return {
        str(line["id"]): str(back["id"])
        for back in nodes(source, "returns")
        for item in nodes(back, "exchangeLineItems")
        for line in item.get("lineItems") or ()
        if line.get("id") and back.get("id")
    }
