"""From Square's objects to raw records: which id and version each has, and that nothing personal goes along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from connectors.apart import NEVER, taken_in
from connectors.base import Entity, RawRecord
from connectors.http import Secret
from connectors.payload import payload_of
from connectors.square.client import instant
from connectors.square.privacy import without_personal_data

_VERSIONED = frozenset({Entity.CATALOG, Entity.PROMOTION, Entity.SALE, Entity.TIMECARD, Entity.SCHEDULED_SHIFT})
"""Where Square's own version only grows; elsewhere it is the time of the change."""

_STAMPS = ("updated_at", "calculated_at", "created_at", "occurred_at")


def raw_records(entity: Entity, objects: Iterable[Mapping[str, Any]], key: Secret | None) -> list[RawRecord]:
    """Raw records of ``objects``; none of customers without a key to make pseudonyms with."""
    return [record for item in objects if (record := raw_record(entity, item, key)) is not None]


def raw_record(entity: Entity, source: Mapping[str, Any], key: Secret | None) -> RawRecord | None:
    """One raw record; an object that makes no sense is set apart (``connectors.apart``)."""
    return taken_in("Square", entity, source, lambda: _landed(entity, source, key))


def _landed(entity: Entity, source: Mapping[str, Any], key: Secret | None) -> RawRecord | None:
    kept = without_personal_data(entity, source, key)
    if entity is Entity.CUSTOMER and "customer_key" not in kept:
        return None
    own = _own(entity, kept)
    stamp = next((found for name in _STAMPS if (found := own.get(name))), None)
    # Without a stamp it is as old as can be; its own version, or that it reads differently, still makes it news.
    updated = instant(str(stamp)) if stamp else NEVER
    identity = _identity(entity, own)
    version = own.get("version") if entity in _VERSIONED else None
    payload, parsed = payload_of(kept)
    deleted = bool(own.get("is_deleted"))
    return RawRecord(entity, identity, int(version or millis(updated)), updated, payload, deleted, parsed)


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
        parts = [own[name] for name in ("catalog_object_id", "location_id", "state")]
    else:
        parts = [own["customer_key" if entity is Entity.CUSTOMER else "id"]]
    if not all(parts):
        raise ValueError("an empty id")
    return ":".join(map(str, parts)) if len(parts) > 1 else str(parts[0])
