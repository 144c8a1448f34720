"""How many digits a currency has after the point."""

from __future__ import annotations

_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"), 0),
    **dict.fromkeys(("UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def minor_units_sql(currency: str) -> str:
    """Minor units per major unit as SQL (a DECIMAL(4,0)) over the expression ``currency``, an ISO 4217 code."""
    powers: dict[int, list[str]] = {}
    for code, digits in _EXPONENTS.items():
        powers.setdefault(digits, []).append(f"'{code}'")
    whens = " ".join(
        f"WHEN {currency} IN ({', '.join(codes)}) THEN {10**digits}" for digits, codes in sorted(powers.items())
    )
    return f"CAST(CASE {whens} ELSE 100 END AS DECIMAL(4,0))"


def minor_exponent(currency: str) -> int:
    """Digits after the point in ``currency`` (ISO 4217); 2 unless the currency is an exception."""
    return _EXPONENTS.get(currency.upper(), 2)
