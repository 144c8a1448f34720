"""What a platform does not tell the end of: it is counted now and then, and looked up before it is taken for gone.

Time cards, customers and orders can be deleted where no feed says so. A ``Census`` names all that a platform's own list
has of a span of time. What the mirror holds of that span beyond it is read by its id: what is found is kept as it is
now, and only what is not found is gone. Where nothing can be read by id, a list that has anything in it is believed;
an object that such a list has again is there again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from connectors.base import Census, Entity, RawRecord, Reader
from connectors.errors import TerminalError
from connectors.mirror.open import Mirror

_BEGINNINGS: Mapping[Entity, tuple[str, str, str]] = {
    Entity.CUSTOMER: ("customer", "customer_key", "first_seen_at"),
    Entity.SALE: ("sale", "sale_id", "opened_at"),
    Entity.TIMECARD: ("timecard", "timecard_id", "clock_in_at"),
    Entity.SCHEDULED_SHIFT: ("scheduled_shift", "shift_id", "starts_at"),
}
"""The rows of an entity: their table, their key, and when what they tell of began."""

_MOST_LOOKED_UP = 500
"""At a time; the others are looked up with the next census."""
_SECONDS = 60.0

log = structlog.get_logger()


def unaccounted(reader: Reader, mirror: Mirror, entity: Entity, census: Census) -> list[RawRecord]:
    """Records to land after a census: what is gone, what was looked up and is there, and what is back.

    Args:
        reader: looks up what is missing.
        mirror: what is held.
        entity: one that has a beginning.
        census: what the platform has.

    Raises:
        TransientError: the platform or the mirror could not answer now.
    """
    found = [replace(record, deleted=False) for record in _back(mirror, reader.connection, entity, census)]
    missing = _missing(mirror, reader.connection, entity, census)
    if not missing:
        return found
    try:
        there = reader.fetch(entity, [record.id for record in missing])
    except TerminalError:
        if not census.ids:
            return found
        there = ()
    known = {record.id for record in there}
    gone = [replace(record, deleted=True) for record in missing if record.id not in known]
    log.info("entity.counted", connection=reader.connection, entity=entity.value, missing=len(missing), gone=len(gone))
    return [*found, *there, *gone]


def held(mirror: Mirror, connection: str, entity: Entity, ids: Sequence[str]) -> list[RawRecord]:
    """The records that the mirror holds of these ids, those that are gone left out."""
    return _records(mirror, connection, entity, "id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) AND NOT deleted", ids)


def _missing(mirror: Mirror, connection: str, entity: Entity, census: Census) -> list[RawRecord]:
    table, key, beginning = _BEGINNINGS[entity]
    found = mirror.reader.query(
        f"""WITH beyond AS (
          SELECT id, unnest(string_split(origins, chr(10))) AS name FROM raw_object
          WHERE connection = $connection AND entity = $entity AND NOT deleted AND origins IS NOT NULL
            AND id NOT IN (SELECT unnest(CAST($ids AS VARCHAR[]))))
        SELECT b.id FROM beyond b JOIN {table} t ON b.name = '{table}' || chr(31) || t.{key}
        GROUP BY b.id HAVING min(t.{beginning}) BETWEEN $since AND $until ORDER BY b.id LIMIT {_MOST_LOOKED_UP}""",
        {
            "connection": connection,
            "entity": entity.value,
            "ids": sorted(census.ids),
            "since": census.since_at,
            "until": census.until_at,
        },
        timeout_seconds=_SECONDS,
    )
    return held(mirror, connection, entity, [identity for (identity,) in found.rows])


def _back(mirror: Mirror, connection: str, entity: Entity, census: Census) -> list[RawRecord]:
    """What was taken for gone and is in the list again."""
    ids = sorted(census.ids)
    return _records(mirror, connection, entity, "deleted AND id IN (SELECT unnest(CAST($ids AS VARCHAR[])))", ids)


def _records(mirror: Mirror, connection: str, entity: Entity, condition: str, ids: Sequence[str]) -> list[RawRecord]:
    if not ids:
        return []
    found = mirror.reader.query(
        "SELECT id, source_version, updated_at, payload, deleted FROM raw_object "
        f"WHERE connection = $connection AND entity = $entity AND {condition}",
        {"connection": connection, "entity": entity.value, "ids": list(ids)},
        timeout_seconds=_SECONDS,
    )
    return [_record(entity, *row) for row in found.rows]


def _record(entity: Entity, identity: str, version: int, at: datetime, payload: str, deleted: bool) -> RawRecord:
    return RawRecord(entity, identity, int(version), at, payload.encode(), deleted=bool(deleted))
