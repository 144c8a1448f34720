"""Objects as Shopify's schema has them, with connections as plain lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from connectors.money import major, rounded, to_minor

Discount = tuple[int, int]
"""The index of an order's discount application and a line's share of it in minor units."""


def bag(amount: int, currency: str) -> dict[str, Any]:
    """A ``MoneyBag`` of minor units; the buyer paid in the shop's currency."""
    return {"shopMoney": money(amount, currency), "presentmentMoney": money(amount, currency)}


def money(amount: int, currency: str) -> dict[str, Any]:
    """A ``MoneyV2``: a decimal string with at least one digit behind the point, as Shopify writes it."""
    text = format(major(amount, currency).normalize(), "f")
    return {"amount": text if "." in text else f"{text}.0", "currencyCode": currency}


def minor(source: Mapping[str, Any], currency: str) -> int:
    """The minor units of a ``MoneyBag``."""
    return to_minor(source["shopMoney"]["amount"], currency)


def share(amount: int, part: int, whole: int) -> int:
    """``part`` of ``whole`` of an amount."""
    return rounded(Decimal(amount) * part / whole) if whole else amount


def apportioned(total: int, weights: Sequence[int]) -> list[int]:
    """An order's discount over its lines, the last of them taking what rounding leaves."""
    parts, left, rest = [], total, sum(weights)
    for weight in weights:
        part = share(left, weight, rest) if rest else 0
        parts.append(part)
        left, rest = left - part, rest - weight
    return parts


def line_item(
    identity: str,
    *,
    name: str,
    sku: str | None,
    variant: str | None,
    quantity: int,
    gross: int,
    discounts: Sequence[Discount],
    currency: str,
    staff: str | None = None,
) -> dict[str, Any]:
    """One sold line."""
    each = share(gross, 1, quantity) if quantity else gross
    return {
        "id": identity,
        "__typename": "LineItem",
        "name": name,
        "title": name,
        "sku": sku,
        "quantity": quantity,
        "currentQuantity": quantity,
        "isGiftCard": False,
        "taxable": False,
        "variant": {"id": variant} if variant else None,
        "staffMember": {"id": staff} if staff else None,
        "originalUnitPriceSet": bag(each, currency),
        "originalTotalSet": bag(gross, currency),
        "discountAllocations": [
            {
                "__typename": "DiscountAllocation",
                "allocatedAmountSet": bag(amount, currency),
                "discountApplication": {
                    "__typename": "ManualDiscountApplication",
                    "index": index,
                    "title": "Discount",
                },
            }
            for index, amount in discounts
            if amount
        ],
        "taxLines": [],
    }


def transaction(
    identity: str,
    *,
    kind: str,
    amount: int,
    currency: str,
    at: str,
    location: str,
    device: str | None,
) -> dict[str, Any]:
    """A card payment or its refund."""
    return {
        "id": identity,
        "__typename": "OrderTransaction",
        "kind": kind,
        "status": "SUCCESS",
        "gateway": "shopify_payments",
        "processedAt": at,
        "createdAt": at,
        "amountSet": bag(amount, currency),
        "amountRoundingSet": None,
        "location": {"id": location},
        "device": {"id": device} if device else None,
        "paymentDetails": {"__typename": "CardPaymentDetails", "wallet": None},
    }


def order(
    identity: str,
    *,
    name: str,
    at: str,
    location: str,
    lines: Sequence[Mapping[str, Any]],
    tip: int,
    currency: str,
    payment: str,
    device: str | None = None,
    staff: str | None = None,
    customer: str | None = None,
) -> dict[str, Any]:
    """A completed sale at a till, paid by card."""
    total = sum(net(line, currency) for line in lines) + tip
    paid = transaction(payment, kind="SALE", amount=total, currency=currency, at=at, location=location, device=device)
    return {
        "id": identity,
        "__typename": "Order",
        "name": name,
        "test": False,
        "createdAt": at,
        "processedAt": at,
        "updatedAt": at,
        "cancelledAt": None,
        "sourceName": "pos",
        "taxesIncluded": False,
        "currencyCode": currency,
        "returnStatus": "NO_RETURN",
        "retailLocation": {"id": location},
        "customer": {"id": customer} if customer else None,
        "staffMember": {"id": staff} if staff else None,
        "totalPriceSet": bag(total, currency),
        "totalTipReceivedSet": bag(tip, currency),
        "originalTotalDutiesSet": None,
        "originalTotalAdditionalFeesSet": None,
        "transactions": [paid],
        "refunds": [],
        "returns": [],
        "lineItems": list(lines),
        "shippingLines": [],
    }


def refund(
    identity: str,
    *,
    at: str,
    lines: Sequence[Mapping[str, Any]],
    adjustment: tuple[str, int] | None,
    payment: Mapping[str, Any] | None,
    currency: str,
    staff: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Money given back: for lines, and beyond them by an adjustment that is negative."""
    total = sum(minor(line["subtotalSet"], currency) for line in lines) - (adjustment[1] if adjustment else 0)
    return {
        "id": identity,
        "__typename": "Refund",
        "createdAt": at,
        "processedAt": at,
        "updatedAt": at,
        "staffMember": staff,
        "return": None,
        "totalRefundedSet": bag(max(0, total), currency),
        "duties": [],
        "refundLineItems": list(lines),
        "refundShippingLines": [],
        "orderAdjustments": [
            {
                "id": adjustment[0],
                "__typename": "OrderAdjustment",
                "reason": "REFUND_DISCREPANCY",
                "amountSet": bag(adjustment[1], currency),
                "taxAmountSet": bag(0, currency),
            }
        ]
        if adjustment
        else [],
        "transactions": [payment] if payment else [],
    }


def refund_line(
    identity: str, line: Mapping[str, Any], quantity: int, amount: int, location: str, currency: str
) -> dict[str, Any]:
    """A line that came back to the shelf."""
    return {
        "id": identity,
        "__typename": "RefundLineItem",
        "quantity": quantity,
        "restockType": "RETURN",
        "restocked": True,
        "location": {"id": location},
        "lineItem": {"id": line["id"]},
        "subtotalSet": bag(amount, currency),
        "totalTaxSet": bag(0, currency),
    }


def net(line: Mapping[str, Any], currency: str) -> int:
    """What a line came to after its discounts."""
    given = sum(minor(item["allocatedAmountSet"], currency) for item in line["discountAllocations"])
    return minor(line["originalTotalSet"], currency) - given
