"""Shopify's objects as they are landed: with an id of the feed, a version that grows, and nothing personal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from connectors.apart import taken_in
from connectors.base import Entity, RawRecord
from connectors.http import Secret, to_json
from connectors.payload import payload_of
from connectors.shopify.identifiers import instant, kind_of, millis, number
from connectors.shopify.lines import nodes, version_of
from connectors.shopify.privacy import without_personal_data
from connectors.shopify.registers import session_version


def raw_record(entity: Entity, source: Mapping[str, Any], key: Secret | None, at: datetime | None = None) -> RawRecord:
    """An object as a record; ``at`` is when it was read, for what carries no stamp of its own.

    One that lacks its id or its stamp is set apart (``connectors.apart``).
    """

    def record() -> RawRecord:
        version, updated = _version(entity, source, at)
        kept = without_personal_data(entity, source, key)
        identity = str(kept["customer_key"]) if entity is Entity.CUSTOMER else identity_of(entity, source)
        payload, parsed = payload_of(kept)
        return RawRecord(entity, identity, version, updated, payload, parsed=parsed)

    return taken_in("Shopify", entity, source, record)


def deleted_record(entity: Entity, gid: str, at: datetime) -> RawRecord:
    """An object that is gone since ``at``."""
    identity = identity_of(entity, {"id": gid})
    return RawRecord(entity, identity, millis(at) + 999, at, to_json({"id": gid}), deleted=True)


def identity_of(entity: Entity, source: Mapping[str, Any]) -> str:
    """The id of an object within its feed: its number, for a level the item's and the location's."""
    if entity is Entity.INVENTORY:
        return f"{number(source['item']['id'])}:{number(source['location']['id'])}"
    if kind_of(source["id"]) == "ProductVariant":
        return f"variant-{number(source['id'])}"
    identity = number(source["id"])
    if not identity:
        raise ValueError("an empty id")
    return identity


def _version(entity: Entity, source: Mapping[str, Any], at: datetime | None) -> tuple[int, datetime]:
    match entity:
        case Entity.SALE:
            return version_of(source), instant(str(source["updatedAt"]))
        case Entity.CATALOG:
            stamps = [source.get("updatedAt")]
            for variant in nodes(source, "variants"):
                stamps += [variant.get("updatedAt"), (variant.get("inventoryItem") or {}).get("updatedAt")]
            updated = max(instant(str(stamp)) for stamp in stamps if stamp)
        case Entity.PROMOTION:
            updated = instant(str(source["discount"]["updatedAt"]))
        case Entity.REGISTER_EVENT:
            version = session_version(source)
            return version, datetime.fromtimestamp(version / 1000, UTC)
        case Entity.INVENTORY_CHANGE:
            return _transfer_version(source)
        case Entity.LOCATION | Entity.EMPLOYEE:
            updated = at or datetime.now(UTC)
        case _:
            updated = instant(str(source["updatedAt"]))
    return millis(updated), updated


def _transfer_version(source: Mapping[str, Any]) -> tuple[int, datetime]:
    """A transfer has no stamp of change: its dates, and what was shipped and accepted so far, only grow."""
    stamps, moved = [source.get("dateCreated")], 0
    for shipment in nodes(source, "shipments"):
        stamps += [shipment.get("dateShipped"), shipment.get("dateReceived")]
        moved += 1 + sum(int(line.get("acceptedQuantity") or 0) for line in nodes(shipment, "lineItems"))
    updated = max(instant(str(stamp)) for stamp in stamps if stamp)
    return millis(updated) + min(999, moved), updated
