"""Sales in the platform's shape: prices without tax, discounts per unit, a sale's own discount as a line.

A return is a sale with negative quantities. Amounts come in as minor units of the label's price.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.sandbox.lightspeed_x.store import amount, ident, major, new_id, stamp
from connectors.sandbox.lightspeed_x.world import DISCOUNT_PRODUCT, NO_TAX, Taxes


@dataclass(frozen=True, slots=True)
class Sold:
    """A line as the till knows it: what the label says for all of it, and what was taken off, in minor units."""

    product_id: str
    quantity: Decimal
    gross_minor: int
    discount_minor: int = 0
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """Everything about a sale but its lines."""

    sale_id: str
    outlet_id: str
    at: datetime
    register_id: str = ""
    user_id: str = ""
    customer_id: str | None = None
    order_discount_minor: int = 0
    tip_minor: int = 0
    original_id: str = ""
    reason: str = ""
    state: str = "closed"
    extra: Mapping[str, Any] = field(default_factory=dict)


def sale_of(ticket: Ticket, lines: Sequence[Sold], taxes: Taxes, exponent: int) -> dict[str, Any]:
    """A sale, paid by card to the cent. Negative quantities make it a return."""
    is_return = bool(ticket.original_id)
    items = [_line(line, position, taxes, exponent, is_return=is_return) for position, line in enumerate(lines)]
    if ticket.order_discount_minor:
        sign = -1 if not is_return or not lines else 1
        off = Sold(DISCOUNT_PRODUCT, Decimal(sign), sign * ticket.order_discount_minor)
        items.append(_line(off, len(items), taxes, exponent, is_return=is_return))
    net = sum((Decimal(str(item["pricing"]["total"])) for item in items), Decimal(0))
    tax = sum((Decimal(str(item["tax"]["total"])) for item in items), Decimal(0))
    paid = (net + tax).quantize(Decimal(1).scaleb(-exponent)) + major(ticket.tip_minor, exponent)
    when = stamp(ticket.at)
    return {
        "id": ticket.sale_id,
        "state": ticket.state,
        "date": when,
        "created_at": when,
        "updated_at": when,
        "deleted_at": None,
        "customer_id": ticket.customer_id,
        "invoice_number": ticket.sale_id[:8],
        "receipt_number": ticket.sale_id[:8],
        "note": "",
        "short_code": ticket.sale_id[-6:],
        "attributes": [],
        "source": {
            "id": None,
            "type": "USER",
            "outlet_id": ticket.outlet_id,
            "register_id": ticket.register_id or None,
            "author": {"id": ticket.user_id or None},
        },
        "return": {
            "is_return": is_return,
            "original_sale_id": ticket.original_id or None,
            "return_sale_ids": [],
        },
        "line_items": items,
        "taxes": [{"id": NO_TAX, "tax": amount(tax)}],
        "adjustments": _adjustments(ticket, exponent),
        "totals": {
            "price": amount(net),
            "tax": amount(tax),
            "price_incl_tax": amount(net + tax),
            "surcharge": 0,
            "loyalty": 0,
        },
        "payments": [
            {
                "id": ident("payment", ticket.sale_id),
                "amount": amount(paid),
                "date": when,
                "type": {"id": "3", "config_id": ident("payment_type", "card"), "name": "Credit Card"},
                "source": {"id": None, "outlet_id": ticket.outlet_id, "register_id": ticket.register_id or None},
                "external_attributes": [{"card_last_four_digits": "4242", "transaction_id": new_id()}],
                "deleted_at": None,
            }
        ],
        "_metadata": {"version": 0},
        **ticket.extra,
    }


def paid_minor(sale: Mapping[str, Any], exponent: int) -> int:
    """What was paid for a sale, in minor units."""
    paid = sum((Decimal(str(payment["amount"])) for payment in sale["payments"]), Decimal(0))
    return int(paid.scaleb(exponent))


def goods_of(sale: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Lines that are goods, not a discount on the sale."""
    return [item for item in sale["line_items"] if item["product"]["id"] != DISCOUNT_PRODUCT]


def sold_of(item: Mapping[str, Any], quantity: Decimal, taxes: Taxes, exponent: int) -> Sold:
    """A part of a line that was sold, given back: its quantity and amounts turned around."""
    share = quantity / Decimal(str(item["quantity"]))
    pricing = item["pricing"]

    def label(name: str) -> int:
        bare = Decimal(str(pricing[name])) * share
        shown = bare * (1 + taxes.rate) if taxes.inclusive else bare
        return int(shown.scaleb(exponent).to_integral_value())

    net, discount = label("total"), label("discount_total")
    cost = Decimal(str(pricing["cost"])) if pricing.get("cost") else None
    return Sold(str(item["product"]["id"]), -quantity, -(net + discount), -discount, cost)


def _line(line: Sold, position: int, taxes: Taxes, exponent: int, *, is_return: bool) -> dict[str, Any]:
    label = major(line.gross_minor - line.discount_minor, exponent)
    net, off = taxes.without(label), taxes.without(major(line.discount_minor, exponent))
    tax = (label - net) if taxes.inclusive else taxes.on(net)
    each = line.quantity or Decimal(1)
    cost = line.cost or Decimal(0)
    return {
        "id": new_id(),
        "product": {"id": line.product_id},
        "quantity": amount(line.quantity),
        "status": "CONFIRMED",
        "salesperson_id": None,
        "gift_card_number": None,
        "note": "",
        "return": {"is_return": line.quantity < 0 and is_return, "reason": None},
        "pricing": {
            # After the discount, which is per unit.
            "price": amount(net / each),
            "total": amount(net),
            "discount": amount(off / each),
            "discount_total": amount(off),
            "cost": amount(cost),
            "cost_total": amount(cost * line.quantity),
            "loyalty_amount": 0,
            "loyalty_amount_total": 0,
        },
        "tax": {"id": NO_TAX, "amount": amount(tax / each), "total": amount(tax)},
        "promotions": [],
        "surcharges": [],
        "_metadata": {"sequence": position, "is_price_override": False, "tax_components": []},
    }


def _adjustments(ticket: Ticket, exponent: int) -> list[dict[str, Any]]:
    if not ticket.tip_minor:
        return []
    tip = amount(major(ticket.tip_minor, exponent))
    return [{"adjustment_type": "TIP", "name": "Tip", "total": tip, "tax_components": []}]
