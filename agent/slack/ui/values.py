"""Plain values as people read them: currency signs, thousands separators, local times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

_SIGNS = {"USD": "$", "CAD": "CA$", "AUD": "A$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_NOT_NUMBERS = {"text", "date", ""}


def is_numeric(unit: str) -> bool:
    """Whether a column of this unit holds numbers."""
    return unit not in _NOT_NUMBERS


def number(value: object) -> Decimal | None:
    """The value as a finite number, or None."""
    try:
        parsed = Decimal(str(value))
    except InvalidOperation:
        return None
    return parsed if parsed.is_finite() else None


def show(value: str | int | None, unit: str) -> str:
    """A cell or figure: ``1234.5`` in USD is ``$1,234.5``, in ``%`` it is ``1,234.5%``; None is a dash."""
    if value is None or value == "":
        return "–"
    amount = number(value) if is_numeric(unit) else None
    if amount is None:
        return str(value)
    sign = "-" if amount < 0 else ""
    digits = f"{abs(amount):,f}"
    if unit == "%":
        return f"{sign}{digits}%"
    if len(unit) == 3 and unit.isupper():
        return f"{sign}{_SIGNS.get(unit, unit + ' ')}{digits}"
    return f"{sign}{digits}"


def moment(instant: datetime, time_zone: str) -> str:
    """An instant on a store's wall clock: ``Sun 22 Nov 2026, 23:59 EST``."""
    local = instant.astimezone(ZoneInfo(time_zone))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M %Z}"


def day(text: object) -> str:
    """An ISO date as ``Sun 22 Nov 2026``; what is no date is shown as it is."""
    try:
        on = date.fromisoformat(str(text))
    except ValueError:
        return str(text)
    return f"{on:%a} {on.day} {on:%b %Y}"


def change_pct(before: object, after: object) -> str:
    """The signed change in per cent with one decimal (``−15.0 %``), or nothing when it cannot be told."""
    old, new = number(before), number(after)
    if old is None or new is None or old == 0:
        return ""
    return f"{(new - old) / old * 100:+.1f} %".replace("-", "−")


def text_of(document: Mapping[str, Any], key: str) -> str:
    """A text field of a stored document; missing or null is empty."""
    value = document.get(key)
    return "" if value is None else str(value)
