"""What a line of a Clover order comes to: Clover keeps the ingredients and leaves the arithmetic to whoever reads.

In Clover's own order (docs.clover.com, “Calculate order totals”; ``OrderCalc`` of its Android SDK): the price of the
quantity and the modifiers; the line's percentages off, then its amounts; the order's percentages off what the lines
come to, then its amounts; taxes on what is left. Halves are rounded up. Clover does not say how an order's discount
falls on lines: here each one is apportioned by largest remainder, so that lines add up to the cent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from connectors.clover.client import many
from connectors.money import largest_remainder, rounded

_UNIT_SCALE = 1000
_PERCENT_SCALE = 1_000_000
"""``percentageDecimal``: 12.5 % is 125000."""

_RATE_SCALE = 10_000_000
"""``TaxRate.rate``: 8.25 % is 825000."""

_FINE = 1_000_000


@dataclass(slots=True)
class Line:
    """A line in minor units. ``value`` is what is left of ``price`` after ``taken``; both hold the tax under VAT.

    ``gross``, ``net`` and ``tax`` are set when the document's tax is known; gross and net are without tax.
    """

    source: Mapping[str, Any]
    quantity: Decimal
    price: int
    value: int
    taken: list[tuple[Mapping[str, Any], int]] = field(default_factory=list)
    gross: int = 0
    net: int = 0
    tax: int = 0

    @property
    def id(self) -> str:
        """Clover's id of the line."""
        return str(self.source.get("id") or "")

    @property
    def is_fee(self) -> bool:
        """A fee that the merchant adds to orders; not goods."""
        return bool(self.source.get("isOrderFee"))

    @property
    def is_gift_card(self) -> bool:
        """Clover's word for what is no revenue: gift cards and donations."""
        return self.source.get("isRevenue") is False

    @property
    def is_exchanged(self) -> bool:
        """It was handed back for another; Clover counts it no longer."""
        return bool(self.source.get("exchanged"))

    def take(self, discount: Mapping[str, Any], amount: int) -> None:
        """Give ``amount`` away under the name of ``discount``."""
        if amount:
            self.taken.append((discount, amount))
            self.value -= amount


def priced_lines(order: Mapping[str, Any]) -> list[Line]:
    """The lines of an order after their own discounts, in the order they were rung up; taxes are not known yet."""
    found = sorted(many(order, "lineItems"), key=lambda item: (whole(item.get("createdTime")), str(item.get("id"))))
    return [_line(item) for item in found]


def take_order_discounts(order: Mapping[str, Any], lines: Sequence[Line]) -> None:
    """Apportion the discounts of the whole order over ``lines``: percentages first, then amounts."""
    for discount, amount in _discounts(order, sum(line.value for line in lines)):
        shares = largest_remainder(amount, [max(0, line.value) for line in lines])
        for line, share in zip(lines, shares, strict=True):
            line.take(discount, share)


def settle_tax(lines: Sequence[Line], *, vat: bool, exempt: bool, declared: int | None) -> None:
    """Give each line its tax, and its gross and net without it.

    Args:
        lines: after every discount.
        vat: whether prices hold the tax.
        exempt: whether the order was freed of taxes.
        declared: the tax that was paid by Clover's own account, which is apportioned; None when it does not say.
    """
    exact = [Decimal(0) if exempt else _exact_tax(line, vat=vat) for line in lines]
    total = rounded(sum(exact, Decimal(0))) if declared is None else declared
    weights = [int(tax * _FINE) for tax in exact]
    if not any(weights):
        weights = [max(0, line.value) for line in lines]
    for line, tax in zip(lines, largest_remainder(total, weights), strict=True):
        line.tax = tax
        line.net = line.value - tax if vat else line.value
        discount = line.price - line.value
        if not vat:
            line.gross = line.price
        elif not discount:
            line.gross = line.net
        else:
            line.gross = max(line.net, rounded(Decimal(line.price) / (1 + tax_rate(line.source))))


def tax_rate(item: Mapping[str, Any]) -> Decimal:
    """The sum of a line's rates, as a fraction."""
    return sum((Decimal(whole(rate.get("rate"))) for rate in many(item, "taxRates")), Decimal(0)) / _RATE_SCALE


def share_of(part: Mapping[str, Any]) -> Decimal:
    """The fraction a discount or charge takes: ``percentageDecimal`` if it is there, else ``percentage``."""
    if part.get("percentageDecimal") is not None:
        return Decimal(whole(part["percentageDecimal"])) / _PERCENT_SCALE
    return Decimal(whole(part.get("percentage"))) / 100


def whole(value: Any) -> int:
    """A whole number of Clover's; what is not there is nothing."""
    return int(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else 0


def _line(item: Mapping[str, Any]) -> Line:
    quantity = Decimal(1)
    if item.get("unitQty") is not None:
        quantity = Decimal(whole(item["unitQty"])) / _UNIT_SCALE
    price = rounded(whole(item.get("price")) * quantity)
    price += sum(whole(change.get("amount")) for change in many(item, "modifications"))
    line = Line(item, quantity, price, price)
    for discount, amount in _discounts(item, price):
        line.take(discount, amount)
    return line


def _discounts(source: Mapping[str, Any], value: int) -> list[tuple[Mapping[str, Any], int]]:
    """The discounts of a line or an order with what each takes off ``value``, never more than is left."""
    found = many(source, "discounts")
    by_amount = [discount for discount in found if discount.get("amount") is not None]
    taken = []
    left = max(0, value)
    for discount in [item for item in found if item.get("amount") is None]:
        amount = min(left, rounded(left * share_of(discount)))
        left -= amount
        taken.append((discount, amount))
    for discount in by_amount:
        # Clover keeps what is taken off as a negative amount.
        amount = min(left, abs(whole(discount["amount"])))
        left -= amount
        taken.append((discount, amount))
    return taken


def _exact_tax(line: Line, *, vat: bool) -> Decimal:
    rate = tax_rate(line.source)
    flat = sum(whole(item.get("taxAmount")) for item in many(line.source, "taxRates") if not whole(item.get("rate")))
    taxed = Decimal(max(0, line.value))
    return (taxed * rate / (1 + rate) if vat else taxed * rate) + flat
