"""Pulling one connection into the mirror, so that it can stop anywhere and go on from there.

Each page is committed with its raw objects, its rows and the cursor behind it, or not at all. A topic is called fresh
up to ``until`` only when its feed was walked to the end. What is older than what the mirror holds is dropped, whatever
order it comes in. Before rows are handed over they are completed: columns the platform does not know keep what the
operator loaded, a sale line gets the cost that held when it was sold, and a price that did not change is no news.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from connectors.base import Cursor, Entity, RawRecord, Reader
from connectors.errors import TerminalError
from connectors.mirror.completion import complete
from connectors.mirror.open import Mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row

ENTITIES = (Entity.LOCATION, Entity.CATALOG, Entity.EMPLOYEE, Entity.SALE, Entity.INVENTORY, Entity.TIMECARD)
"""In this order: a sale names a store, a line a variant."""

_TOPICS: Mapping[Entity, tuple[str, ...]] = {
    Entity.CATALOG: ("price",),
    Entity.SALE: ("sales", "tender"),
    Entity.INVENTORY: ("inventory",),
    Entity.TIMECARD: ("staff",),
}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync is, after each committed page."""

    entity: Entity
    pages: int
    records: int
    done: bool


@dataclass(frozen=True, slots=True)
class EntityCount:
    """What one feed brought. ``records`` were read, ``new`` of them were not known in this version."""

    pages: int = 0
    records: int = 0
    new: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did; every feed in ``counts`` is complete up to ``as_of_at``."""

    connection: str
    as_of_at: datetime
    counts: Mapping[Entity, EntityCount] = field(default_factory=dict)


def sync_connection(
    reader: Reader,
    mirror: Mirror,
    *,
    until: datetime,
    full: bool = False,
    entities: Sequence[Entity] = ENTITIES,
    on_progress: Callable[[Progress], None] | None = None,
) -> SyncReport:
    """Pull what changed since the last sync, up to ``until`` (aware).

    Args:
        reader: the connection to pull from.
        mirror: where to; must be open for writing.
        until: the instant up to which feeds are walked; the same for all of them.
        full: forget the cursors and read everything again; what is stored stays until it is replaced.
        entities: the feeds to pull, in order.
        on_progress: called after every committed page.

    Raises:
        TransientError: the platform or the disk could not go on; what was committed stays, call again later.
        TerminalError: the connection's set-up is wrong, or the mirror is read-only.
    """
    if mirror.writer is None:
        raise TerminalError("The mirror is open for reading only; a sync needs to write it.")
    counts: dict[Entity, EntityCount] = {}
    for entity in entities:
        with mirror.syncing:
            counts[entity] = _sync_entity(reader, mirror, entity, until, full=full, on_progress=on_progress)
    return SyncReport(reader.connection, until, counts)


def apply_records(reader: Reader, mirror: Mirror, records: Sequence[RawRecord], *, full: bool = False) -> int:
    """Commit single records, read after a webhook; how many of them were new. Cursors stay where they are.

    Raises:
        TransientError: the mirror could not be written.
        TerminalError: the mirror is read-only.
    """
    if mirror.writer is None:
        raise TerminalError("The mirror is open for reading only; a sync needs to write it.")
    with mirror.syncing:
        fresh, rows = _prepare(reader, mirror, records, full=full)
        if fresh:
            mirror.writer.submit(Batch(rows=rows, raw=[(reader.connection, record) for record in fresh])).result()
    return len(fresh)


def _sync_entity(
    reader: Reader,
    mirror: Mirror,
    entity: Entity,
    until: datetime,
    *,
    full: bool,
    on_progress: Callable[[Progress], None] | None,
) -> EntityCount:
    writer = mirror.writer
    assert writer is not None  # noqa: S101 - checked by every caller
    cursor = None if full else stored_cursor(mirror, reader.connection, entity)
    count = EntityCount()
    # A feed that never held anything (no stock counted, nobody clocked in) says nothing about how fresh its topic is.
    known = entity is Entity.SALE or _holds(mirror, reader.connection, entity)
    for page in reader.extract(entity, cursor, until=until):
        fresh, rows = _prepare(reader, mirror, page.records, full=full)
        known = known or bool(page.records)
        topics = _TOPICS.get(entity, ()) if page.done and known else ()
        batch = Batch(
            rows=rows,
            raw=[(reader.connection, record) for record in fresh],
            cursor=(reader.connection, entity, page.next, until),
            sources=[SourceUpdate(topic, reader.connection, until) for topic in topics],
        )
        writer.submit(batch).result()
        count = EntityCount(
            count.pages + 1, count.records + len(page.records), count.new + len(fresh), count.rows + len(rows)
        )
        if on_progress is not None:
            on_progress(Progress(entity, count.pages, count.records, page.done))
    log.info("entity.synced", connection=reader.connection, entity=entity.value, records=count.records, new=count.new)
    return count


def _holds(mirror: Mirror, connection: str, entity: Entity) -> bool:
    found = mirror.reader.query(
        "SELECT 1 FROM raw_object WHERE connection = $connection AND entity = $entity LIMIT 1",
        {"connection": connection, "entity": entity.value},
    )
    return bool(found.rows)


def stored_cursor(mirror: Mirror, connection: str, entity: Entity) -> Cursor | None:
    """Where a feed goes on; None before its first page."""
    found = mirror.reader.query(
        "SELECT cursor FROM sync_cursor WHERE connection = $connection AND entity = $entity",
        {"connection": connection, "entity": entity.value},
    )
    return Cursor(json.loads(found.rows[0][0])) if found.rows else None


def _prepare(
    reader: Reader, mirror: Mirror, records: Sequence[RawRecord], *, full: bool
) -> tuple[list[RawRecord], list[Row]]:
    fresh = _news(mirror, reader.connection, records, full=full)
    rows: Iterable[Row] = (row for record in fresh for row in reader.canonical(record))
    return fresh, complete(mirror.reader, list(rows))


def _news(mirror: Mirror, connection: str, records: Sequence[RawRecord], *, full: bool) -> list[RawRecord]:
    """The newest version of each record that the mirror does not hold yet; with ``full``, also those it does."""
    newest: dict[tuple[Entity, str], RawRecord] = {}
    for record in records:
        known = newest.get((record.entity, record.id))
        if known is None or record.source_version >= known.source_version:
            newest[(record.entity, record.id)] = record
    if not newest:
        return []
    stored: dict[tuple[Any, ...], int] = {
        (Entity(entity), identity): int(version)
        for entity, identity, version in mirror.reader.query(
            "SELECT entity, id, source_version FROM raw_object WHERE connection = $connection "
            "AND id IN (SELECT unnest(CAST($ids AS VARCHAR[])))",
            {"connection": connection, "ids": [identity for _, identity in newest]},
        ).rows
    }
    return [
        record
        for key, record in newest.items()
        if key not in stored or record.source_version > stored[key] or (full and record.source_version == stored[key])
    ]
