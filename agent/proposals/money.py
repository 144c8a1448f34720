"""Prices to the cent: how many digits a currency has, and rounding half up as a till does."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

_OTHER_DIGITS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"), 0)
    | dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
)


def minor_digits(currency: str) -> int:
    """Digits after the point: 2 for USD, 0 for JPY, 3 for KWD."""
    return _OTHER_DIGITS.get(currency, 2)


def round_price(value: Decimal, currency: str) -> Decimal:
    """To the minor unit, halves up."""
    return value.quantize(Decimal(1).scaleb(-minor_digits(currency)), rounding=ROUND_HALF_UP)


def to_minor(value: Decimal, currency: str) -> int:
    """Major units as whole minor units, halves up."""
    return int(round_price(value, currency).scaleb(minor_digits(currency)))


def money_text(minor: int, currency: str) -> str:
    """Minor units as people read them: ``1,250.00 USD``."""
    digits = minor_digits(currency)
    return f"{Decimal(minor).scaleb(-digits):,.{digits}f} {currency}"
