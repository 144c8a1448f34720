"""Deriving every row of one connection again from its raw objects, without the network.

It goes page by page in the order of a sync, each page a commit of its own with its totals, so that a reader never
sees lines and totals that disagree; what was committed stays when the process is killed, and the next call goes on
there, unless the mapping changed meanwhile. Rows that no object yields any more go; remembered ones (products, stores,
people) only at the end, when it is certain that no later object yields them. Rows that files or people brought stay,
and so does the history of prices and costs, of which raw objects hold the present alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any

import duckdb
import structlog

from connectors.base import Entity, RawRecord, Reader
from connectors.errors import TerminalError
from connectors.manifest import PLATFORMS
from connectors.mirror import origins, rollups
from connectors.mirror.landing import Closing, Derived, Known, Landed, Landing
from connectors.mirror.open import Mirror
from connectors.mirror.sync import EntityCount, Progress
from connectors.mirror.writer import MirrorWriter

log = structlog.get_logger()

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did. ``dropped`` is how many remembered rows nothing yields any more."""

    connection: str
    counts: dict[Entity, EntityCount] = field(default_factory=dict)
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    """How far a rebuild is, and the remembered rows that may have to go."""

    mapping: str
    entity: str = ""
    after_id: str = ""
    stale: frozenset[str] = frozenset()


def rebuild_connection(
    reader: Reader, mirror: Mirror, *, page: int = PAGE, on_progress: Callable[[Progress], None] | None = None
) -> RebuildReport:
    """Derive all rows of ``reader``'s connection again.

    Args:
        reader: its mapping is used, its platform is not called.
        mirror: must be open for writing.
        page: how many objects are committed together.
        on_progress: called after every committed page; ``total`` is the number of objects of the entity.

    Raises:
        TransientError: the mirror could not be written; call again to go on.
        TerminalError: the mirror is read-only.
    """
    if mirror.writer is None:
        raise TerminalError("The mirror is open for reading only; a rebuild needs to write it.")
    return _Rebuild(reader, mirror, mirror.writer, page).run(on_progress)


class _Rebuild:
    def __init__(self, reader: Reader, mirror: Mirror, writer: MirrorWriter, page: int) -> None:
        self._reader = reader
        self._mirror = mirror
        self._writer = writer
        self._landing = Landing(reader, mirror)
        self._page = page
        self._state = self._stored()

    def run(self, on_progress: Callable[[Progress], None] | None) -> RebuildReport:
        counts: dict[Entity, EntityCount] = {}
        order = [entity.value for entity in Entity]
        start = order.index(self._state.entity) if self._state.entity in order else 0
        for entity in list(Entity)[start:]:
            total = self._size(entity)
            if total:
                counts[entity] = self._entity(entity, total, on_progress)
        with self._mirror.syncing:
            dropped = self._finish()
        log.info("connection.rebuilt", connection=self._reader.connection, dropped=dropped)
        return RebuildReport(self._reader.connection, counts, dropped)

    def _entity(self, entity: Entity, total: int, on_progress: Callable[[Progress], None] | None) -> EntityCount:
        count = EntityCount()
        if self._state.entity != entity.value:
            self._keep(entity, "", frozenset())
        while True:
            with self._mirror.syncing:
                found = self._next(entity)
                if not found:
                    return count
                landed = Landed()
                self._derive_again(entity, found, landed)
            count = EntityCount(
                count.pages + 1,
                count.records + len(found),
                count.new,
                count.rows + landed.rows,
                count.rejected + landed.rejected,
            )
            if on_progress is not None:
                on_progress(Progress(entity, count.pages, count.records, count.records >= total, total))

    def _derive_again(self, entity: Entity, found: Sequence[tuple[RawRecord, Known]], landed: Landed) -> None:
        derived = [self._landing.derive(record, known) for record, known in found]
        doubtful = frozenset(
            name
            for one in derived
            if not one.reason and one.known is not None
            for name in set(origins.split(one.known.origins)) - set(origins.split(origins.names_of(one.rows)))
            if origins.table_of(name) in origins.REMEMBERED
        )
        if doubtful:
            # Before the page, whose commit makes the mirror forget what these objects yielded.
            self._keep(entity, self._state.after_id, doubtful)
        self._landing.store(derived, landed, Closing(), stale=self._newer_documents(derived))
        self._keep(entity, found[-1][0].id, frozenset())

    def _newer_documents(self, derived: Sequence[Derived]) -> list[str]:
        """Documents stored in a version that the mapping does not give any more; they would be taken for newer."""
        versions = {
            str(row.values["sale_id"]): int(row.values.get("source_version") or 0)
            for one in derived
            if not one.reason
            for row in one.rows
            if row.table == "sale" and row.values.get("sale_id") is not None
        }
        if not versions:
            return []
        stored = self._mirror.reader.query(
            "SELECT sale_id, source_version FROM sale WHERE sale_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))",
            {"ids": list(versions)},
        )
        return [
            origins.name_of("sale", (sale_id,))
            for sale_id, version in stored.rows
            if (version or 0) > versions[sale_id]
        ]

    def _finish(self) -> int:
        doubtful = sorted(self._state.stale)
        held = origins.still_yielded(self._mirror.reader, doubtful)
        gone = [name for name in doubtful if name not in held]
        connection = self._reader.connection

        def run(engine: duckdb.DuckDBPyConnection) -> None:
            origins.drop_rows(engine, gone, forget=True)
            rollups.refresh(engine, None)
            engine.execute("DELETE FROM rebuild_state WHERE connection = ?", [connection])

        self._writer.execute_bulk(run).result()
        return len(gone)

    def _next(self, entity: Entity) -> list[tuple[RawRecord, Known]]:
        found = self._mirror.reader.query(
            "SELECT id, source_version, updated_at, payload, deleted, origins FROM raw_object "
            "WHERE connection = $connection AND entity = $entity AND id > $after ORDER BY id LIMIT $page",
            {
                "connection": self._reader.connection,
                "entity": entity.value,
                "after": self._state.after_id,
                "page": self._page,
            },
            timeout_seconds=120.0,
        )
        return [_stored_record(entity, row) for row in found.rows]

    def _size(self, entity: Entity) -> int:
        found = self._mirror.reader.query(
            "SELECT count(*) FROM raw_object WHERE connection = $connection AND entity = $entity",
            {"connection": self._reader.connection, "entity": entity.value},
        )
        return int(found.rows[0][0])

    def _stored(self) -> _State:
        mapping = mapping_of(self._reader.platform)
        found = self._mirror.reader.query(
            "SELECT mapping, entity, after_id, stale FROM rebuild_state WHERE connection = $connection",
            {"connection": self._reader.connection},
        )
        if not found.rows:
            return _State(mapping)
        before, entity, after_id, stale = found.rows[0]
        doubtful = frozenset(origins.split(stale))
        return _State(mapping, entity, after_id, doubtful) if before == mapping else _State(mapping, stale=doubtful)

    def _keep(self, entity: Entity, after_id: str, doubtful: frozenset[str]) -> None:
        state = _State(self._state.mapping, entity.value, after_id, self._state.stale | doubtful)
        values = [self._reader.connection, state.mapping, state.entity, state.after_id, origins.join(state.stale)]
        self._writer.execute_bulk(
            lambda engine: engine.execute("INSERT OR REPLACE INTO rebuild_state VALUES (?, ?, ?, ?, ?)", values)
        ).result()
        self._state = state


def mapping_of(platform: str) -> str:
    """A fingerprint of a connector's code: a rebuild that another one began is not gone on with."""
    digest = hashlib.sha256()
    if platform in PLATFORMS:
        for part in sorted(files(f"connectors.{platform}").iterdir(), key=lambda part: part.name):
            if part.name.endswith(".py"):
                digest.update(part.read_bytes())
    return digest.hexdigest()[:16]


def _stored_record(entity: Entity, row: Sequence[Any]) -> tuple[RawRecord, Known]:
    identity, version, updated, payload, deleted, names = row
    at: datetime = updated
    record = RawRecord(entity, identity, int(version), at, payload.encode(), deleted=bool(deleted))
    return record, Known(int(version), bool(deleted), names)
