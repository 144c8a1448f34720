"""Orders in Square's shape: what a sale, its lines, its payment and its return look like."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.money import rounded
from connectors.sandbox.square.errors import PosError
from connectors.sandbox.square.store import stamp
from connectors.sandbox.standin.feed import FeedOrder


def from_feed(order: FeedOrder, currency: str) -> dict[str, Any]:
    """A coming sale as an order paid by card."""
    at = stamp(order.closed_at)
    lines = [
        line_item(
            index, line.name or "", line.variant_id, line.quantity, line.gross_minor, line.discount_minor, currency
        )
        for index, line in enumerate(order.lines, start=1)
    ]
    built = build(order.sale_id, order.store_id, at, lines, currency)
    marked = {"register_id": order.register, "employee_id": order.employee}
    built["metadata"] = {name: value for name, value in marked.items() if value}
    if order.customer:
        built["customer_id"] = order.customer
    return built


def line_item(
    number: int,
    name: str,
    variation_id: str | None,
    quantity: Decimal,
    gross: int,
    discount: int,
    currency: str,
) -> dict[str, Any]:
    """One sold line."""
    each = rounded(gross / quantity) if quantity else gross
    line: dict[str, Any] = {
        "uid": f"L{number}",
        "name": name,
        "quantity": format(quantity.normalize(), "f"),
        "item_type": "ITEM" if variation_id else "CUSTOM_AMOUNT",
        "base_price_money": money(each, currency),
        "variation_total_price_money": money(gross, currency),
        "gross_sales_money": money(gross, currency),
        "total_tax_money": money(0, currency),
        "total_discount_money": money(discount, currency),
        "total_service_charge_money": money(0, currency),
        "total_money": money(gross - discount, currency),
    }
    if variation_id:
        line |= {"catalog_object_id": variation_id, "variation_name": "Regular"}
    if discount:
        line["applied_discounts"] = [
            {"uid": f"A{number}", "discount_uid": f"D{number}", "applied_money": money(discount, currency)}
        ]
    return line


def build(
    order_id: str,
    location_id: str,
    at: str,
    lines: Sequence[dict[str, Any]],
    currency: str,
    *,
    tip: int = 0,
    order_discount: int = 0,
) -> dict[str, Any]:
    """A completed order with its totals and one card tender; a discount on the whole of it is split over its lines.

    Raises:
        PosError: 400 when the discount is more than the lines cost.
    """
    discounts = _line_discounts(lines)
    if order_discount:
        discounts.append(_spread_discount(lines, order_discount, currency))
    discount = sum(line["total_discount_money"]["amount"] for line in lines)
    total = sum(line["total_money"]["amount"] for line in lines) + tip
    amounts = {"total": total, "tax": 0, "discount": discount, "tip": tip, "service_charge": 0}
    return {
        "id": order_id,
        "location_id": location_id,
        "source": {"name": "Point of Sale"},
        "state": "COMPLETED",
        "version": 1,
        "created_at": at,
        "updated_at": at,
        "closed_at": at,
        "line_items": list(lines),
        "discounts": discounts,
        **{f"total_{name}_money": money(amount, currency) for name, amount in amounts.items() if name != "total"},
        "total_money": money(total, currency),
        "net_amounts": {f"{name}_money": money(amount, currency) for name, amount in amounts.items()},
        "net_amount_due_money": money(0, currency),
        "tenders": [
            {
                "id": f"T{order_id}",
                "location_id": location_id,
                "transaction_id": order_id,
                "created_at": at,
                "amount_money": money(total, currency),
                "tip_money": money(tip, currency),
                "type": "CARD",
                "card_details": {"status": "CAPTURED"},
                "payment_id": f"T{order_id}",
            }
        ],
    }


def _line_discounts(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "uid": line["applied_discounts"][0]["discount_uid"],
            "name": "Discount",
            "type": "FIXED_AMOUNT",
            "scope": "LINE_ITEM",
            "amount_money": line["total_discount_money"],
            "applied_money": line["total_discount_money"],
        }
        for line in lines
        if "applied_discounts" in line
    ]


def _spread_discount(lines: Sequence[dict[str, Any]], discount: int, currency: str) -> dict[str, Any]:
    """Take ``discount`` off the lines in proportion to what they cost, to the minor unit; the last takes the rest."""
    whole = sum(line["total_money"]["amount"] for line in lines)
    if discount > whole:
        raise PosError(400, "VALUE_TOO_HIGH", "order_discount_minor exceeds the order.", "order_discount_minor")
    given = passed = 0
    for line in lines:
        passed += line["total_money"]["amount"]
        share = discount * passed // whole - given
        given += share
        line["total_discount_money"] = money(line["total_discount_money"]["amount"] + share, currency)
        line["total_money"] = money(line["total_money"]["amount"] - share, currency)
        applied = {"uid": f"AO{line['uid']}", "discount_uid": "DO", "applied_money": money(share, currency)}
        line["applied_discounts"] = [*line.get("applied_discounts", ()), applied]
    return {
        "uid": "DO",
        "name": "Order discount",
        "type": "FIXED_AMOUNT",
        "scope": "ORDER",
        "amount_money": money(discount, currency),
        "applied_money": money(discount, currency),
    }


def build_return(
    original: Mapping[str, Any], at: datetime, lines: Sequence[dict[str, Any]], reason: str
) -> dict[str, Any]:
    """The order that gives ``lines`` of ``original`` back."""
    currency = original["total_money"]["currency"]
    order_id = uuid.uuid4().hex[:24]
    when = stamp(at)
    total = sum(line["total_money"]["amount"] for line in lines)
    discount = sum(line["total_discount_money"]["amount"] for line in lines)
    amounts = {"total": total, "tax": 0, "discount": discount, "tip": 0, "service_charge": 0}
    back = {f"{name}_money": money(amount, currency) for name, amount in amounts.items()}
    return {
        "id": order_id,
        "location_id": original["location_id"],
        "source": {"name": "Point of Sale"},
        "state": "COMPLETED",
        "version": 1,
        "created_at": when,
        "updated_at": when,
        "closed_at": when,
        "returns": [
            {
                "uid": "R1",
                "source_order_id": original["id"],
                "return_line_items": list(lines),
                "return_amounts": back,
            }
        ],
        "return_amounts": back,
        "net_amounts": {f"{name}_money": money(-amount, currency) for name, amount in amounts.items()},
        "total_money": money(0, currency),
        "refunds": [
            {
                "id": f"F{order_id}",
                "location_id": original["location_id"],
                "transaction_id": order_id,
                "tender_id": original["tenders"][0]["id"],
                "created_at": when,
                "reason": reason,
                "amount_money": money(total, currency),
                "status": "APPROVED",
            }
        ],
        "metadata": dict(original.get("metadata") or {}),
    }


def money(amount: int, currency: str) -> dict[str, Any]:
    """Square's money."""
    return {"amount": amount, "currency": currency}


def payments_of(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The payments of an order, in the shape of ``/v2/payments``."""
    status = {"COMPLETED": "COMPLETED", "CANCELED": "CANCELED"}.get(order["state"], "APPROVED")
    metadata = order.get("metadata") or {}
    return [
        {
            "id": tender["id"],
            "created_at": tender["created_at"],
            "updated_at": order["updated_at"],
            "amount_money": money(
                tender["amount_money"]["amount"] - tender["tip_money"]["amount"], tender["amount_money"]["currency"]
            ),
            "tip_money": tender["tip_money"],
            "total_money": tender["amount_money"],
            "status": status,
            "source_type": tender["type"],
            "location_id": order["location_id"],
            "order_id": order["id"],
            **({"team_member_id": metadata["employee_id"]} if "employee_id" in metadata else {}),
            **({"device_details": {"device_id": metadata["register_id"]}} if "register_id" in metadata else {}),
        }
        for tender in order.get("tenders") or ()
    ]


def refunds_of(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The refunds of a return order, in the shape of ``/v2/refunds``."""
    return [
        {
            "id": refund["id"],
            "status": "COMPLETED",
            "amount_money": refund["amount_money"],
            "payment_id": refund["tender_id"],
            "order_id": order["id"],
            "location_id": order["location_id"],
            "reason": refund["reason"],
            "created_at": refund["created_at"],
            "updated_at": order["updated_at"],
        }
        for refund in order.get("refunds") or ()
    ]
