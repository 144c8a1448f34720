"""What the mirror remembers about its sources.

Raw objects with the names of their rows, where each feed goes on, how fresh each topic is, fields nobody knew, and
records that could not become rows.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import duckdb

from connectors.base import Cursor, Entity, RawRecord
from connectors.mirror.columns import relation


@dataclass(frozen=True, slots=True)
class SourceUpdate:
    """How fresh a source has become. None keeps what is stored; ``as_of_at`` never goes back.

    ``source`` is a topic of ``rows.Snapshot.sources``; ``simulated`` and ``note`` say what the data is.
    """

    source: str
    connection: str
    as_of_at: datetime
    simulated: bool | None = None
    note: str | None = None


_SLICE = 1_000
"""So many raw objects go into one statement: their text stands in memory several times meanwhile."""

ObjectKey = tuple[str, Entity, str]
"""A raw object: connection, entity, id."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that was set aside, and a sentence about why. It holds nothing of the record itself."""

    connection: str
    entity: Entity
    id: str
    source_version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Drifted:
    """How many objects of a page had a field that the manifest does not know."""

    connection: str
    entity: Entity
    path: str
    objects: int


def store_raw(
    connection: duckdb.DuckDBPyConnection,
    records: Iterable[tuple[str, RawRecord]],
    origins: Mapping[ObjectKey, str] | None = None,
    *,
    new: bool = False,
) -> None:
    """Keep raw objects as (connection name, record); an older version never replaces a newer one.

    Args:
        connection: the writer's.
        records: what to keep; of one object the newest.
        origins: the names of their rows (``connectors.mirror.origins``).
        new: none of them is held yet, so nothing needs to be compared.
    """
    newest: dict[tuple[str, str, str], RawRecord] = {}
    for name, record in records:
        key = (name, record.entity.value, record.id)
        known = newest.get(key)
        if known is None or record.source_version >= known.source_version:
            newest[key] = record
    if not newest:
        return
    held = origins or {}
    keys = list(newest)
    for begin in range(0, len(keys), _SLICE):
        part = keys[begin : begin + _SLICE]
        found = [newest[key] for key in part]
        texts, params = relation(
            {
                "connection": [key[0] for key in part],
                "entity": [key[1] for key in part],
                "id": [key[2] for key in part],
                "version": [str(record.source_version) for record in found],
                "updated": [record.updated_at.astimezone(UTC).isoformat() for record in found],
                "deleted": ["true" if record.deleted else "false" for record in found],
                "payload": [record.payload.decode() for record in found],
                "origins": [held.get((key[0], record.entity, key[2])) for key, record in zip(part, found, strict=True)],
            }
        )
        connection.execute(
            f"""INSERT INTO raw_object (connection, entity, id, source_version, updated_at, deleted, payload, origins)
            SELECT connection, entity, id, CAST(version AS BIGINT), CAST(updated AS TIMESTAMPTZ),
              CAST(deleted AS BOOLEAN), payload, origins FROM {texts} {"" if new else _NEWEST_WINS}""",
            params,
        )


_NEWEST_WINS = """ON CONFLICT (connection, entity, id) DO UPDATE SET source_version = excluded.source_version,
  updated_at = excluded.updated_at, deleted = excluded.deleted, payload = excluded.payload, origins = excluded.origins
WHERE excluded.source_version >= raw_object.source_version"""


def store_cursors(
    connection: duckdb.DuckDBPyConnection,
    cursors: Iterable[tuple[str, Entity, Cursor, datetime]],
    unfinished: Collection[tuple[str, Entity]] = (),
) -> None:
    """Record where each feed goes on; the last one given for a feed wins. ``unfinished``: in the middle of a walk."""
    last = {(name, entity): (cursor, until) for name, entity, cursor, until in cursors}
    for (name, entity), (cursor, until) in last.items():
        connection.execute(
            "INSERT OR REPLACE INTO sync_cursor (connection, entity, cursor, until_at, committed_at, finished) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [
                name,
                entity.value,
                json.dumps(dict(cursor.value), sort_keys=True),
                until,
                datetime.now(UTC),
                (name, entity) not in unfinished,
            ],
        )


def store_sources(connection: duckdb.DuckDBPyConnection, updates: Iterable[SourceUpdate]) -> None:
    """Record how fresh sources are; see ``SourceUpdate``."""
    merged: dict[tuple[str, str], SourceUpdate] = {}
    for update in updates:
        key = (update.source, update.connection)
        known = merged.get(key, update)
        merged[key] = replace(
            update,
            as_of_at=max(known.as_of_at, update.as_of_at),
            simulated=known.simulated if update.simulated is None else update.simulated,
            note=known.note if update.note is None else update.note,
        )
    for update in merged.values():
        connection.execute(
            """INSERT INTO source_state VALUES ($source, $connection, $as_of, coalesce($simulated, false),
              coalesce($note, ''))
            ON CONFLICT (source, connection) DO UPDATE SET
              as_of_at = greatest(source_state.as_of_at, excluded.as_of_at),
              simulated = coalesce($simulated, source_state.simulated), note = coalesce($note, source_state.note)""",
            {
                "source": update.source,
                "connection": update.connection,
                "as_of": update.as_of_at,
                "simulated": update.simulated,
                "note": update.note,
            },
        )


def store_drift(connection: duckdb.DuckDBPyConnection, drifted: Iterable[Drifted]) -> None:
    """Count objects with unknown fields."""
    now = datetime.now(UTC)
    for found in drifted:
        connection.execute(
            "INSERT INTO schema_drift VALUES ($connection, $entity, $path, $now, $now, $objects) "
            "ON CONFLICT (connection, entity, path) DO UPDATE SET last_seen_at = excluded.last_seen_at, "
            "objects = schema_drift.objects + excluded.objects",
            {
                "connection": found.connection,
                "entity": found.entity.value,
                "path": found.path,
                "now": now,
                "objects": found.objects,
            },
        )


def store_rejected(
    connection: duckdb.DuckDBPyConnection, rejected: Iterable[Rejected], mended: Iterable[ObjectKey] = ()
) -> None:
    """Remember records that were set aside, and forget those that became rows after all."""
    for name, entity, identity in mended:
        connection.execute(
            "DELETE FROM rejected_record WHERE connection = ? AND entity = ? AND id = ?", [name, entity.value, identity]
        )
    now = datetime.now(UTC)
    for record in rejected:
        connection.execute(
            "INSERT INTO rejected_record VALUES ($connection, $entity, $id, $version, $reason, $now, $now) "
            "ON CONFLICT (connection, entity, id) DO UPDATE SET source_version = excluded.source_version, "
            "reason = excluded.reason, last_seen_at = excluded.last_seen_at",
            {
                "connection": record.connection,
                "entity": record.entity.value,
                "id": record.id,
                "version": record.source_version,
                "reason": record.reason,
                "now": now,
            },
        )
