"""From Clover's objects to raw records: an id, a version that only grows, an instant, and no personal data.

Clover stamps items, stock and orders when they change, though not everything that hangs on an order moves the
order's stamp; its version is the latest of all stamps in it. What has no stamp takes the instant it was read at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from connectors.apart import taken_in
from connectors.base import Entity, RawRecord
from connectors.clover.amounts import whole
from connectors.clover.client import instant, many, millis, reference
from connectors.clover.privacy import customer_key, without_personal_data
from connectors.http import Secret, to_json

CATEGORY = "IC:"
"""Before the id of a category among the catalogue's records, as in Clover's webhooks."""

CREDIT = "credit:"
"""Before the id of a credit that hangs on no order, among the sales' records."""

_STAMPS = ("modifiedTime", "createdTime", "deletedTime", "deletedTimestamp")
_UNSTAMPED = frozenset({Entity.LOCATION, Entity.EMPLOYEE, Entity.TIMECARD, Entity.CUSTOMER, Entity.PROMOTION})


def raw_record(
    entity: Entity, source: Mapping[str, Any], key: Secret | None, *, now: datetime, prefix: str = ""
) -> RawRecord:
    """One object as it is stored.

    Args:
        entity: what it is.
        source: as Clover gave it.
        key: for pseudonyms.
        now: the instant it was read at, for what has no stamp.
        prefix: goes before its id.

    One that has no id, or a stamp that is none, is set apart (``connectors.apart``).
    """

    def record() -> RawRecord:
        identity = prefix + _identity(entity, source, key)
        stamp = millis(now) if entity in _UNSTAMPED else _stamp(entity, source) or millis(now)
        deleted = bool(source.get("deletedTime") or source.get("deleted"))
        kept = to_json(without_personal_data(entity, source, key))
        return RawRecord(entity, identity, stamp, instant(stamp), kept, deleted)

    return taken_in("Clover", entity, source, record)


def tombstone(entity: Entity, identity: str, now: datetime, last: Mapping[str, Any] | None = None) -> RawRecord:
    """An object that is gone; ``last`` is what it was."""
    source = last or {"id": identity.removeprefix(CATEGORY)}
    return RawRecord(entity, identity, millis(now), now, to_json(source), deleted=True)


def digest(records: Iterable[RawRecord]) -> str:
    """A short print of a list's content, whatever order it came in."""
    prints = sorted(f"{record.id} {record.deleted} ".encode() + record.payload for record in records)
    return hashlib.sha256(b"\n".join(prints)).hexdigest()[:32]


def chunks(records: Sequence[RawRecord], size: int) -> Iterator[Sequence[RawRecord]]:
    """A list in pages; at least one, which may be empty."""
    for start in range(0, max(1, len(records)), size):
        yield records[start : start + size]


def _identity(entity: Entity, source: Mapping[str, Any], key: Secret | None) -> str:
    match entity:
        case Entity.INVENTORY:
            found = reference(source, "item")
        case Entity.CUSTOMER:
            found = customer_key(str(source["id"]), key) or ""
        case Entity.REGISTER_EVENT:
            found = event_identity(source)
        case _:
            found = str(source["id"] or "")
    if not found:
        raise KeyError("id")
    return found


def event_identity(event: Mapping[str, Any]) -> str:
    """A cash event has no id of Clover's: it is known by all that it says."""
    said = [event.get("timestamp"), event.get("type"), event.get("amountChange")]
    said += [reference(event, "employee"), reference(event, "device")]
    return hashlib.sha256(repr([str(value) for value in said]).encode()).hexdigest()[:24]


def _stamp(entity: Entity, source: Mapping[str, Any]) -> int:
    if entity is Entity.REGISTER_EVENT:
        return whole(source["timestamp"])
    latest = max(whole(source.get(name)) for name in _STAMPS)
    if entity is Entity.SALE:
        for name in ("payments", "refunds", "credits", "voids"):
            latest = max((latest, *(_stamp(entity, item) for item in many(source, name))))
    return latest
