"""Exact amounts of a Lightspeed X sale, and how they become minor units that still add up.

The platform computes with long decimals without tax (34.78261) and rounds a document once. So lines are kept exact
until the end: each sum is rounded once, and the parts get their cents by largest remainder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.money import rounded

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Exact:
    """A line in major units, every amount signed: what came back is negative.

    ``own_discount`` is the line's, ``shared_discount`` its part of what was taken off the whole sale; ``net`` is less
    both. ``without_goods`` marks money given back or taken without naming a product.
    """

    source: Mapping[str, Any]
    quantity: Decimal
    net: Decimal
    tax: Decimal
    own_discount: Decimal = ZERO
    shared_discount: Decimal = ZERO
    is_gift_card: bool = False
    is_return: bool = False
    without_goods: bool = False

    @property
    def discount(self) -> Decimal:
        """Everything taken off."""
        return self.own_discount + self.shared_discount


def exact_lines(sale: Mapping[str, Any], discount_product_id: str, cent: Decimal) -> list[Exact]:
    """The lines of a sale, with sale discounts apportioned to the goods they lower. ``cent`` is a minor unit."""
    lines: list[Exact] = []
    taken_off: list[Exact] = []
    for item in many(sale, "line_items"):
        line = _exact(item)
        is_discount = bool(discount_product_id) and _product_id(item) == discount_product_id
        (taken_off if is_discount else lines).append(line)
    lines, rest = _as_the_total_says(sale, lines, taken_off, cent)
    if rest:
        taken_off.append(Exact({}, Decimal(-1), -rest, ZERO))
    for discount in taken_off:
        lines = _shared(lines, discount)
    return lines


def minor_units(value: Decimal, exponent: int) -> int:
    """Major units as whole minor units, half away from zero."""
    return rounded(value.scaleb(exponent))


def number(value: Any) -> Decimal:
    """A number of the platform, which are floats, as the decimal it is written as; 0 when there is none."""
    if value is None or isinstance(value, bool) or value == "":
        return ZERO
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return ZERO
    return found if found.is_finite() else ZERO


def many(source: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of objects; what is null or not an object is not there."""
    found = source.get(name)
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def part(source: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object inside an object; empty when it is null."""
    found = source.get(name)
    return found if isinstance(found, Mapping) else {}


def _product_id(item: Mapping[str, Any]) -> str:
    return str(part(item, "product").get("id") or "")


def _exact(item: Mapping[str, Any]) -> Exact:
    pricing, tax, quantity = part(item, "pricing"), part(item, "tax"), number(item.get("quantity"))
    net = number(pricing["total"]) if pricing.get("total") is not None else number(pricing.get("price")) * quantity
    if pricing.get("discount") is not None:
        # Per unit and signed by the quantity: a mark-up is a negative discount, a return turns both around.
        discount = number(pricing["discount"]) * quantity
    else:
        discount = number(pricing.get("discount_total"))
    total_tax = number(tax["total"]) if tax.get("total") is not None else number(tax.get("amount")) * quantity
    return Exact(
        item,
        quantity,
        net,
        total_tax,
        discount,
        is_gift_card=bool(item.get("gift_card_number")),
        is_return=quantity < 0 or bool(part(item, "return").get("is_return")),
    )


def _as_the_total_says(
    sale: Mapping[str, Any], lines: list[Exact], taken_off: Sequence[Exact], cent: Decimal
) -> tuple[list[Exact], Decimal]:
    """Lines whose totals are less their discounts, and a sale discount that no line holds.

    Whether ``pricing.total`` is before or after the line's discount, and whether the lines already hold a discount that
    is among the sale's adjustments, is nowhere written. The sale's own total decides; when it fits neither, lines stay.
    """
    stated = part(sale, "totals").get("price")
    if stated is None:
        return lines, ZERO
    reached = sum((line.net for line in (*lines, *taken_off)), ZERO)
    off_by = reached - number(stated)
    if abs(off_by) <= cent:
        return lines, ZERO
    own = sum((line.own_discount for line in lines), ZERO)
    if own and abs(off_by - own) <= cent:
        return [replace(line, net=line.net - line.own_discount) for line in lines], ZERO
    adjusted = sum((number(item.get("total")) for item in adjustments(sale, "DISCOUNT")), ZERO)
    if adjusted and abs(off_by - abs(adjusted)) <= cent:
        return lines, off_by
    return lines, ZERO


def adjustments(sale: Mapping[str, Any], *types: str) -> list[Mapping[str, Any]]:
    """The sale's adjustments of these types."""
    return [item for item in many(sale, "adjustments") if str(item.get("adjustment_type") or "").upper() in types]


def _shared(lines: list[Exact], discount: Exact) -> list[Exact]:
    """Take a sale discount off the goods of the other sign, in proportion to what they cost.

    It is a line of its own with quantity -1; given back with a return, it has quantity 1. When there are no goods it
    can lower, it is money given back without naming any.
    """
    sign = -1 if discount.net > 0 else 1
    lowered = [
        index for index, line in enumerate(lines) if not line.is_gift_card and not line.without_goods
        and line.net * sign > 0
    ]  # fmt: skip
    if not lowered:
        # No goods, so no pieces either.
        alone = replace(discount, quantity=ZERO, is_return=discount.net < 0, without_goods=True, own_discount=ZERO)
        return [*lines, alone] if discount.net or discount.tax else lines
    weights = [lines[index].net for index in lowered]
    nets, taxes = _proportional(discount.net, weights), _proportional(discount.tax, weights)
    shared = list(lines)
    for index, net, tax in zip(lowered, nets, taxes, strict=True):
        line = shared[index]
        shared[index] = replace(
            line, net=line.net + net, tax=line.tax + tax, shared_discount=line.shared_discount - net
        )
    return shared


def _proportional(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Exact parts of ``amount``; the last one takes what division left over."""
    whole = sum(weights, ZERO)
    parts = [amount * weight / whole for weight in weights[:-1]]
    return [*parts, amount - sum(parts, ZERO)]
