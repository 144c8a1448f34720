"""From Square's objects to raw records: which id and version each has, and that nothing personal goes along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.errors import TransientError
from connectors.http import Secret, to_json
from connectors.square.client import instant
from connectors.square.privacy import without_personal_data

_VERSIONED = frozenset({Entity.CATALOG, Entity.PROMOTION, Entity.SALE, Entity.TIMECARD, Entity.SCHEDULED_SHIFT})
"""Where Square's own version only grows; elsewhere it is the time of the change."""

_STAMPS = ("updated_at", "calculated_at", "created_at", "occurred_at")


def raw_records(entity: Entity, objects: Iterable[Mapping[str, Any]], key: Secret | None) -> list[RawRecord]:
    """Raw records of ``objects``; none of customers without a key to make pseudonyms with.

    Raises:
        TransientError: an object has no id or no time stamp.
    """
    return [record for item in objects if (record := raw_record(entity, item, key)) is not None]


def raw_record(entity: Entity, source: Mapping[str, Any], key: Secret | None) -> RawRecord | None:
    """One raw record. Raises as ``raw_records`` does."""
    kept = without_personal_data(entity, source, key)
    try:
        own = _own(entity, kept)
        updated = instant(next(str(own[name]) for name in _STAMPS if own.get(name)))
        identity = _identity(entity, own)
    except (KeyError, ValueError, StopIteration) as error:
        if entity is Entity.CUSTOMER and "customer_key" not in kept:
            return None
        raise TransientError(
            f"Square sent a {entity.value.replace('_', ' ')} without an id or a time stamp. Try again; if it stays, "
            "tell its support.",
            detail=str(error),
        ) from error
    version = own.get("version") if entity in _VERSIONED else None
    return RawRecord(
        entity, identity, int(version or millis(updated)), updated, to_json(kept), deleted=bool(own.get("is_deleted"))
    )


def millis(at: datetime) -> int:
    """Milliseconds since 1970."""
    return int(at.timestamp() * 1000)


def _own(entity: Entity, source: Mapping[str, Any]) -> Mapping[str, Any]:
    if entity is not Entity.INVENTORY_CHANGE:
        return source
    change: Mapping[str, Any] = source[str(source["type"]).lower()]
    return change


def _identity(entity: Entity, own: Mapping[str, Any]) -> str:
    if entity is Entity.INVENTORY:
        return ":".join(str(own[name]) for name in ("catalog_object_id", "location_id", "state"))
    return str(own["customer_key" if entity is Entity.CUSTOMER else "id"])
