"""Prices to the cent: rounding half up, as a till does, and amounts as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from connectors.currency import minor_exponent


def round_price(value: Decimal, currency: str) -> Decimal:
    """To the minor unit, halves up."""
    return value.quantize(Decimal(1).scaleb(-minor_exponent(currency)), rounding=ROUND_HALF_UP)


def to_minor(value: Decimal, currency: str) -> int:
    """Major units as whole minor units, halves up."""
    return int(round_price(value, currency).scaleb(minor_exponent(currency)))


def money_text(minor: int, currency: str) -> str:
    """Minor units as people read them: ``1,250.00 USD``."""
    digits = minor_exponent(currency)
    return f"{Decimal(minor).scaleb(-digits):,.{digits}f} {currency}"
