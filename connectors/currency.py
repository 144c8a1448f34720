"""How many digits a currency has after the point."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"), 0),
    **dict.fromkeys(("UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


EXPONENTS: Mapping[str, int] = MappingProxyType(_EXPONENTS)
"""Digits after the point of every currency that has not two."""


def minor_exponent(currency: str) -> int:
    """Digits after the point in ``currency`` (ISO 4217); 2 unless the currency is an exception."""
    return _EXPONENTS.get(currency.upper(), 2)
