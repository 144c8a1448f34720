"""Shopify's money: decimal strings, in the shop's currency and again in the buyer's. Only the shop's is used."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from connectors.money import rounded, to_minor


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


def share(amount: int, part: Decimal, whole: Decimal) -> int:
    """``part`` of ``whole`` of an amount, half a unit away from zero."""
    return rounded(Decimal(amount) * part / whole) if whole else amount
