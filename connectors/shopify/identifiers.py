"""Shopify's ids and stamps in the words of the mirror.

``external_id`` is the numeric part of Shopify's id (``gid://shopify/Order/450789469`` is ``450789469``); what kind of
object it is follows from where it stands. Both forms are taken where an id comes in.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

_PREFIX = "gid://shopify/"


def gid(kind: str, identity: object) -> str:
    """Shopify's id of an object of this kind; ``identity`` is its number, or the whole id already."""
    text = str(identity)
    return text if text.startswith(_PREFIX) else f"{_PREFIX}{kind}/{text}"


def number(identity: object) -> str:
    """The numeric part of an id; empty when there is none."""
    return str(identity or "").rsplit("/", 1)[-1].split("?", 1)[0]


def kind_of(identity: object) -> str:
    """The kind of object an id names, such as ``Order``; empty when it is not one of Shopify's ids."""
    text = str(identity or "")
    return text.removeprefix(_PREFIX).split("/", 1)[0] if text.startswith(_PREFIX) else ""


def number_of(source: Any) -> str | None:
    """The numeric id of an object that may be missing: ``{"id": "gid://shopify/Location/1"}`` is ``1``."""
    return number(source["id"]) if isinstance(source, dict) and source.get("id") else None


def instant(text: str) -> datetime:
    """The instant of an ISO 8601 stamp.

    Raises:
        ValueError: not a stamp with an offset.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"a stamp without an offset: {text}")
    return at.astimezone(UTC)


def stamp(at: datetime) -> str:
    """An instant as Shopify's filters take it: UTC, whole seconds, which is how exactly it knows a change."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def stamp_after(at: datetime) -> str:
    """The first whole second that is not before ``at``."""
    whole = at.replace(microsecond=0)
    return stamp(whole if whole == at else whole + timedelta(seconds=1))


def millis(at: datetime) -> int:
    """Milliseconds since 1970."""
    return int(at.timestamp() * 1000)
