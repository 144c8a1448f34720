"""Numbers, days and changes as a shop's people write them. Pure; nothing here adds or compares sales."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

from connectors.currency import minor_exponent

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$"}
_MINUS = "−"


def amount(value: Decimal, unit: str) -> str:
    """A value with its unit: ``$1,234.50``, ``61.2 %``, ``87``."""
    sign = _MINUS if value < 0 else ""
    size = abs(value)
    if unit == "%":
        return f"{sign}{size:.1f} %"
    if unit in _SYMBOLS:
        return f"{sign}{_SYMBOLS[unit]}{size:,}"
    if len(unit) == 3 and unit.isupper():
        return f"{sign}{unit} {size:,}"
    return f"{sign}{size:,}"


def about(value: Decimal, unit: str) -> str:
    """A value that was worked out, with no more digits than its currency has."""
    return amount(rounded(value, minor_exponent(unit)), unit)


def difference(change: Decimal, change_pct: Decimal | None, unit: str) -> str:
    """A change with its sign: ``+4.2 %``; in points for a percentage; the amount itself where per cent says nothing."""
    shown = change if change_pct is None or unit == "%" else rounded(change_pct, 1)
    sign = "+" if shown > 0 else _MINUS if shown < 0 else "±"
    if unit == "%":
        return f"{sign}{abs(change):.1f} points"
    if change_pct is None:
        return f"{sign}{amount(abs(change), unit)}"
    return f"{sign}{abs(change_pct):.1f} %"


def day(on: date) -> str:
    """``Sun 22 Nov``."""
    return f"{on:%a} {on.day} {on:%b}"


def span(start_on: date, end_on: date) -> str:
    """``1–22 Nov``, or with both months where they differ."""
    if start_on == end_on:
        return f"{end_on.day} {end_on:%b}"
    if (start_on.year, start_on.month) == (end_on.year, end_on.month):
        return f"{start_on.day}–{end_on.day} {end_on:%b}"
    return f"{start_on.day} {start_on:%b} – {end_on.day} {end_on:%b}"


def moment(at: datetime, timezone: str) -> str:
    """``Mon 23 Nov, 00:00`` on the store's clock."""
    local = at.astimezone(ZoneInfo(timezone))
    return f"{day(local.date())}, {local:%H:%M}"


def clock_hour(hour: int) -> str:
    """``17:00–18:00``."""
    return f"{hour:02d}:00–{(hour + 1) % 24:02d}:00"


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """The value with this many digits after the point."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def listed(items: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
