"""Shopify's money: decimal strings, in the shop's currency and again in the buyer's. Only the shop's is used."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from connectors.records import minor_exponent


def minor(bag: Any, currency: str) -> int:
    """A ``MoneyBag``'s shop money, or a ``MoneyV2``, in minor units of ``currency``; 0 when it is not there.

    Raises:
        ValueError: it is there and not an amount.
    """
    money = bag.get("shopMoney", bag) if isinstance(bag, dict) else None
    amount = money.get("amount") if isinstance(money, dict) else None
    if amount is None:
        return 0
    return to_minor(amount, currency)


def to_minor(amount: Any, currency: str) -> int:
    """A decimal amount in minor units, half a unit away from zero.

    Raises:
        ValueError: not a finite number.
    """
    try:
        value = Decimal(str(amount)).scaleb(minor_exponent(currency))
    except InvalidOperation:
        raise ValueError("an amount that is not a number") from None
    if not value.is_finite():
        raise ValueError("an amount that is not a number")
    return int(value.to_integral_value(ROUND_HALF_UP))


def major(amount: int, currency: str) -> Decimal:
    """Minor units as a decimal in major units: 1050 USD is 10.50, 1050 JPY is 1050."""
    return Decimal(amount).scaleb(-minor_exponent(currency))


def whole_minor(price: Any, currency: str) -> int | None:
    """A price in minor units; None when it is not an amount of that currency, with more digits than it has for one."""
    try:
        amount = Decimal(str(price)).scaleb(minor_exponent(currency))
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount <= 99_999_999_999:
        return None
    return int(amount)


def share(amount: int, part: Decimal, whole: Decimal) -> int:
    """``part`` of ``whole`` of an amount, half a unit away from zero."""
    return int((Decimal(amount) * part / whole).quantize(Decimal(1), ROUND_HALF_UP)) if whole else amount
