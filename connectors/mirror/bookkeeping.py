"""What the mirror remembers about its sources: raw objects, where each feed goes on, and how fresh each topic is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import duckdb

from connectors.base import Cursor, Entity, RawRecord


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


def store_raw(connection: duckdb.DuckDBPyConnection, records: Iterable[tuple[str, RawRecord]]) -> None:
    """Keep raw objects as (connection name, record); an older version never replaces a newer one."""
    newest: dict[tuple[str, str, str], RawRecord] = {}
    for name, record in records:
        key = (name, record.entity.value, record.id)
        known = newest.get(key)
        if known is None or record.source_version >= known.source_version:
            newest[key] = record
    if not newest:
        return
    connection.execute(
        """INSERT INTO raw_object
        SELECT unnest(CAST($connection AS VARCHAR[])), unnest(CAST($entity AS VARCHAR[])),
          unnest(CAST($id AS VARCHAR[])), unnest(CAST($version AS BIGINT[])),
          unnest(CAST($updated AS TIMESTAMPTZ[])), unnest(CAST($deleted AS BOOLEAN[])),
          unnest(CAST($payload AS VARCHAR[]))
        ON CONFLICT (connection, entity, id) DO UPDATE SET source_version = excluded.source_version,
          updated_at = excluded.updated_at, deleted = excluded.deleted, payload = excluded.payload
        WHERE excluded.source_version >= raw_object.source_version""",
        {
            "connection": [key[0] for key in newest],
            "entity": [key[1] for key in newest],
            "id": [key[2] for key in newest],
            "version": [record.source_version for record in newest.values()],
            "updated": [record.updated_at.astimezone(UTC).isoformat() for record in newest.values()],
            "deleted": [record.deleted for record in newest.values()],
            "payload": [record.payload.decode() for record in newest.values()],
        },
    )


def store_cursors(
    connection: duckdb.DuckDBPyConnection, cursors: Iterable[tuple[str, Entity, Cursor, datetime]]
) -> None:
    """Record where each feed goes on; the last one given for a feed wins."""
    last = {(name, entity): (cursor, until) for name, entity, cursor, until in cursors}
    for (name, entity), (cursor, until) in last.items():
        connection.execute(
            "INSERT OR REPLACE INTO sync_cursor VALUES (?, ?, ?, ?, ?)",
            [name, entity.value, json.dumps(dict(cursor.value), sort_keys=True), until, datetime.now(UTC)],
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
