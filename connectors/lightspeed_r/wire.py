"""How the R-Series writes things down, and nothing of what they mean.

Every scalar is a string. A list of one element comes as the element itself, an empty one as an empty string. A
reference to nothing is ``"0"``. Stamps are ISO 8601 with an offset and whole seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

Document = Mapping[str, Any]


def many(value: Any) -> list[Document]:
    """The elements of a list that may come as its only element, or as an empty string."""
    if isinstance(value, Mapping):
        return [value]
    if isinstance(value, list):
        return [item for item in value if isinstance(item, Mapping)]
    return []


def nested(document: Document, outer: str, inner: str) -> list[Document]:
    """The elements of a relation: ``{"SaleLines": {"SaleLine": one or many}}``."""
    wrapper = document.get(outer)
    return many(wrapper.get(inner)) if isinstance(wrapper, Mapping) else []


def text(document: Document, name: str) -> str | None:
    """A text that says something; None when it is missing or blank."""
    value = document.get(name)
    found = "" if value is None or isinstance(value, Mapping | list) else str(value).strip()
    return found or None


def reference(document: Document, name: str) -> str | None:
    """The id of another object; None for ``"0"``, blank or missing."""
    found = text(document, name)
    return None if found in (None, "0") else found


def amount(document: Document, name: str) -> Decimal | None:
    """A decimal; None when it is missing, blank or no number."""
    found = text(document, name)
    if found is None:
        return None
    try:
        number = Decimal(found)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def number(document: Document, name: str) -> Decimal:
    """A decimal, 0 when it is not there."""
    return amount(document, name) or Decimal(0)


def flag(document: Document, name: str) -> bool:
    """``"true"``, in any case; also a real boolean."""
    return str(document.get(name)).casefold() == "true"


def instant(value: str) -> datetime:
    """The instant of a stamp.

    Raises:
        ValueError: not a stamp with an offset.
    """
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError(f"a stamp without an offset: {value}")
    return at.astimezone(UTC)


def moment(document: Document, *names: str) -> datetime | None:
    """The first of these stamps that is there and can be read."""
    for name in names:
        found = text(document, name)
        if found is None:
            continue
        try:
            return instant(found)
        except ValueError:
            continue
    return None


def stamp(at: datetime) -> str:
    """An instant as the R-Series writes it: UTC, whole seconds, with an offset."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def plain(value: Decimal) -> str:
    """A decimal without exponent or needless zeros, as the R-Series writes it: 4.50 is ``4.5``."""
    written = format(value.normalize(), "f")
    return "0" if written in ("-0", "") else written
