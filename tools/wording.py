"""How numbers, dates and lists are put in a sentence. Tables and figures carry plain strings instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from connectors.currency import minor_exponent
from tools.metrics.model import Metric, UnitKind

PIECE = "each"
"""The unit of measure of goods sold by the piece."""
_SIGNS = {"USD": "$", "CAD": "CA$", "AUD": "A$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def money(amount: Decimal, currency: str) -> str:
    """``$1,234.50``, ``-€3.00``, ``CHF 12.00``."""
    size = f"{abs(amount):,.{minor_exponent(currency)}f}"
    sign = _SIGNS.get(currency, f"{currency} ")
    return f"{'-' if amount < 0 else ''}{sign}{size}"


def spoken(metric: Metric, value: Decimal | None, currency: str) -> str:
    """A value with its unit, rounded as shown; ``no data`` for None."""
    if value is None:
        return "no data"
    exponent = minor_exponent(currency)
    shown = metric.rounded(value, exponent)
    if metric.unit_kind is UnitKind.MONEY:
        return money(shown, currency)
    text = f"{shown:,.{metric.digits(value, exponent)}f}"
    if metric.unit_kind is UnitKind.PERCENT:
        return f"{text} %"
    return f"{text} h" if metric.unit_kind is UnitKind.HOURS else text


def each_one(unit: str) -> str:
    """What a price is for: ``a piece``, ``per kg``; ``unit`` is the product's unit of measure."""
    return "a piece" if unit == PIECE else f"per {unit}"


def span(start: date, end: date) -> str:
    """``Sun 22 Nov 2026`` or ``16-22 Nov 2026``, as short as it stays clear."""
    if start == end:
        return f"{start:%a} {start.day} {start:%b %Y}"
    last = f"{end.day} {end:%b %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    first = f"{start.day} {start:%b}" if start.year == end.year else f"{start.day} {start:%b %Y}"
    return f"{first} – {last}"


def moment(instant: datetime, timezone: str) -> str:
    """``22 Nov 2026, 21:30`` by the clock of the store."""
    local = instant.astimezone(ZoneInfo(timezone))
    return f"{local.day} {local:%b %Y, %H:%M}"


def listed(words: Sequence[str], joiner: str = "and", most: int = 6) -> str:
    """``A``, ``A and B``, ``A, B and C``; beyond ``most`` the rest is counted."""
    if len(words) > most:
        return f"{', '.join(words[:most])} {joiner} {len(words) - most} more"
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def counted(number: int, noun: str) -> str:
    """``1 store``, ``5 stores``, ``2 categories``."""
    if number == 1:
        return f"{number:,} {noun}"
    return f"{number:,} {noun[:-1]}ies" if re.search(r"[^aeiou]y$", noun) else f"{number:,} {noun}s"
