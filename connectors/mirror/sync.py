"""Pulling one connection into the mirror, so that it can stop anywhere and go on from there.

Each page is committed with its raw objects, its rows and the cursor behind it, or not at all; pages that are ready
together are committed together (``ahead``). A topic is called fresh up to ``until`` only when its feed was walked to
the end. What is older than what the mirror holds is dropped, whatever order it comes in. Before rows are handed over
they are completed: columns the platform does not know keep what the operator loaded, a sale line gets the cost that
held when it was sold, and a price that did not change is no news.

One bad record never stops a feed (``landing``). A feed that cannot be read at all is written down for ``doctor``, and
the others are pulled all the same unless nothing can be read. What a whole list no longer has is gone; what a census
lacks is looked up first (``census``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

import structlog

from connectors.base import Census, Cursor, Entity, Page, RawRecord, Reader, Support
from connectors.errors import ConnectorError, TerminalError
from connectors.http import RejectedError
from connectors.mirror.ahead import ahead
from connectors.mirror.census import unaccounted
from connectors.mirror.landing import Closing, Landed, Landing
from connectors.mirror.open import Mirror
from connectors.mirror.preparing import Prepared, prepared
from connectors.mirror.writer import SourceUpdate

ENTITIES = tuple(Entity)
"""In this order: a sale names a store, a line a variant."""

_TOPICS: Mapping[Entity, tuple[str, ...]] = {
    Entity.SUPPLIER: ("supplier",),
    Entity.CATALOG: ("price",),
    Entity.CUSTOMER: ("customer",),
    Entity.PROMOTION: ("promotion",),
    Entity.SALE: ("sales", "tender"),
    Entity.REGISTER_EVENT: ("register",),
    Entity.INVENTORY: ("inventory",),
    Entity.INVENTORY_CHANGE: ("inventory_change",),
    Entity.TIMECARD: ("staff",),
    Entity.SCHEDULED_SHIFT: ("schedule",),
    Entity.PURCHASE_ORDER: ("purchase_order",),
}
_TRIED_AGAIN = 200
_TRIES = 5
"""So often pages that were prepared by column are mapped once more, because they cannot be stored that way."""
_AHEAD = timedelta(minutes=5)
"""A cursor so far ahead of the present is of a clock that was wrong; every feed overlaps itself by more."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync is, after each commit. ``total`` is how many records the walk brings, where known."""

    entity: Entity
    pages: int
    records: int
    done: bool
    total: int | None = None


@dataclass(frozen=True, slots=True)
class EntityCount:
    """What one feed brought.

    ``records`` were read, ``new`` of them were not known in this version, ``rejected`` of those were set aside.
    """

    pages: int = 0
    records: int = 0
    new: int = 0
    rows: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did; every feed in ``counts`` is complete up to ``as_of_at``.

    ``drift`` are fields that the platform sends and its manifest does not know, with how many objects had them so far.
    """

    connection: str
    as_of_at: datetime
    counts: Mapping[Entity, EntityCount] = field(default_factory=dict)
    drift: Mapping[str, int] = field(default_factory=dict)


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
        entities: the feeds to pull, in order; those the platform does not have are left out.
        on_progress: called after every commit.

    Raises:
        TransientError: the platform or the disk could not go on; what was committed stays, call again later.
        TerminalError: the connection's set-up is wrong, or the mirror is read-only.

    The first feed that could not be read is told, after the others were pulled: one endpoint that is broken, or that
    the token may not see, keeps no sale out.
    """
    landing = Landing(reader, mirror)
    before = _Before(mirror, reader.connection)
    counts: dict[Entity, EntityCount] = {}
    first: ConnectorError | None = None
    stumbled = False
    for entity in offered(reader, entities):
        try:
            with mirror.walking(reader.connection, entity.value):
                counts[entity] = _Walk(reader, mirror, landing, before, entity, until, full=full).run(on_progress)
                if entity.value in before.failed:
                    _note_success(mirror, reader.connection, entity)
            stumbled = False
        except ConnectorError as error:
            _note_failure(mirror, reader.connection, entity, error)
            first = first or error
            # A token or a platform that serves no feed at all, or stopped serving any, is not asked for each.
            everywhere = not isinstance(error, TerminalError) or (
                isinstance(error, RejectedError) and error.status == 401
            )
            if everywhere and (stumbled or not counts):
                break
            stumbled = everywhere
    if first is not None:
        raise first
    return SyncReport(reader.connection, until, counts, drift_of(mirror, reader.connection))


def offered(reader: Reader, entities: Sequence[Entity] = ENTITIES) -> list[Entity]:
    """Those of ``entities`` that the reader's platform has."""
    capabilities = reader.capabilities()
    return [entity for entity in entities if (can := capabilities.get(entity)) and can.read is not Support.NO]


def apply_records(reader: Reader, mirror: Mirror, records: Sequence[RawRecord], *, full: bool = False) -> int:
    """Commit single records, read after a webhook; how many of them were new. Cursors stay where they are.

    Raises:
        InputError: a record cannot become rows; nothing is stored then.
        TransientError: the mirror could not be written.
        TerminalError: the mirror is read-only.
    """
    landing = Landing(reader, mirror)
    with mirror.syncing:
        return landing.land(records, full=full, strict=True).new


def stored_cursor(mirror: Mirror, connection: str, entity: Entity) -> Cursor | None:
    """Where a feed goes on; None before its first page."""
    return _place(mirror, connection, entity)[0]


def _place(mirror: Mirror, connection: str, entity: Entity) -> tuple[Cursor | None, bool, datetime | None]:
    """Where a feed goes on, whether its last walk came to its end, and up to when it was meant to go."""
    found = mirror.reader.query(
        "SELECT cursor, finished, until_at FROM sync_cursor WHERE connection = $connection AND entity = $entity",
        {"connection": connection, "entity": entity.value},
    )
    if not found.rows:
        return None, True, None
    cursor, finished, until = found.rows[0]
    return Cursor(json.loads(cursor)), finished is not False, until


def drift_of(mirror: Mirror, connection: str) -> dict[str, int]:
    """Unknown fields seen so far: “entity: path” to the number of objects."""
    found = mirror.reader.query(
        "SELECT entity, path, objects FROM schema_drift WHERE connection = $connection ORDER BY entity, path",
        {"connection": connection},
    )
    return {f"{entity}: {path}": int(objects) for entity, path, objects in found.rows}


class _Before:
    """What was known of a connection when its pull began: entities that hold something, that failed, and topics."""

    def __init__(self, mirror: Mirror, connection: str) -> None:
        found = mirror.reader.query(
            "SELECT 'held' AS kind, entity FROM raw_object WHERE connection = $connection GROUP BY entity "
            "UNION ALL SELECT 'failed', entity FROM sync_failure WHERE connection = $connection "
            "UNION ALL SELECT 'topic', source FROM source_state WHERE connection = $connection",
            {"connection": connection},
        )
        self.held, self.failed, self.topics = (
            {name for kind, name in found.rows if kind == wanted} for wanted in ("held", "failed", "topic")
        )


class _Walk:
    """One feed, from where it stopped to its end."""

    def __init__(
        self,
        reader: Reader,
        mirror: Mirror,
        landing: Landing,
        before: _Before,
        entity: Entity,
        until: datetime,
        *,
        full: bool,
    ) -> None:
        self._reader = reader
        self._mirror = mirror
        self._landing = landing
        self._entity = entity
        self._until = until
        self._full = full
        self._count = EntityCount()
        # A feed that never held anything (no stock counted, nobody clocked in) says nothing about how fresh its topic
        # is; costs are a topic only of a platform that gives some.
        self._known = entity is Entity.SALE or entity.value in before.held
        self._gives_costs = entity is Entity.CATALOG and "cost" in before.topics
        self._whole_list = reader.capabilities()[entity].whole_list
        self._seen: set[str] | None = None
        # A long walk mostly brings documents that are new; where it does not, it goes on by rows before long.
        self._long = False
        self._tries = 0 if full else _TRIES

    def run(self, on_progress: Callable[[Progress], None] | None) -> EntityCount:
        cursor, finished, walked_to = _place(self._mirror, self._reader.connection, self._entity)
        if finished and not self._full and walked_to is not None and walked_to > self._until + _AHEAD:
            cursor = self._where_it_really_was(cursor)
        if self._whole_list and (self._full or finished):
            # A walk that is gone on with does not see what its first part saw.
            self._seen = set()
        if self._full:
            cursor = None
        # A long walk must not keep a webhook waiting, so only whole lists keep everybody out between their pages: what
        # they no longer have is gone, unless it came in meanwhile.
        census: Census | None = None
        with self._mirror.syncing if self._whole_list else nullcontext():
            pages = iter(self._reader.extract(self._entity, cursor, until=self._until))
            with closing(ahead(pages, self._prepared)) as read:
                for group in read:
                    for _, run in groupby(group, key=lambda taken: taken[1].sheets is None):
                        with nullcontext() if self._whole_list else self._mirror.syncing:
                            self._land(list(run))
                    last, _ = group[-1]
                    census = next((page.census for page, _ in reversed(group) if page.census), census)
                    if on_progress is not None:
                        count = self._count
                        on_progress(Progress(self._entity, count.pages, count.records, last.done, last.total))
            with nullcontext() if self._whole_list else self._mirror.syncing:
                self._try_again()
        if census is not None:
            found = unaccounted(self._reader, self._mirror, self._entity, census)
            with self._mirror.syncing:
                self._add(self._landing.land(found))
        log.info(
            "entity.synced",
            connection=self._reader.connection,
            entity=self._entity.value,
            records=self._count.records,
            new=self._count.new,
            rejected=self._count.rejected,
        )
        return self._count

    def _where_it_really_was(self, cursor: Cursor | None) -> Cursor | None:
        """Where to go on after our clock ran ahead: behind the newest change by the platform's own.

        The walk came to the platform's present then, whatever we took for it; going on from our own would leave out
        what changed since. What it made look fresh is not as fresh either.
        """
        connection, until = self._reader.connection, self._until
        log.warning("cursor.ahead", connection=connection, entity=self._entity.value)
        if self._mirror.writer is not None:
            self._mirror.writer.execute_bulk(
                lambda engine: engine.execute(
                    "UPDATE source_state SET as_of_at = ? WHERE connection = ? AND as_of_at > ?",
                    [until, connection, until],
                )
            ).result()
        if self._whole_list:
            return cursor
        ((newest,),) = self._mirror.reader.query(
            "SELECT max(updated_at) FROM raw_object WHERE connection = $connection AND entity = $entity "
            "AND updated_at <= $until",
            {"connection": connection, "entity": self._entity.value, "until": until},
        ).rows
        return None if newest is None else self._reader.caught_up(self._entity, newest)

    def _prepared(self, page: Page) -> Prepared:
        """What can be made before it is known what is news: of a long walk all is, of a whole list little."""
        self._long = self._long or not page.done
        if self._whole_list or not self._long:
            return Prepared()
        return prepared(self._reader, page.records, by_column=self._tries > 0)

    def _land(self, group: Sequence[tuple[Page, Prepared]]) -> None:
        """Commit pages that follow one another and were prepared alike, with where the last of them ends."""
        records = [record for page, _ in group for record in page.records]
        last, made = group[-1]
        self._known = self._known or bool(records)
        connection = self._reader.connection
        gone: list[RawRecord] = []
        if self._seen is not None:
            self._seen |= {record.id for record in records}
            gone = self._gone() if last.done else []
        ending = Closing(
            cursor=(connection, self._entity, last.next, self._until),
            unfinished=not last.done,
            sources=self._sources() if last.done else (),
        )
        landed = None if made.sheets is None else self._landing.land_sheets(group, ending)
        if landed is None:
            self._tries -= made.sheets is not None
            mapped = {key: rows for _, of_page in group for key, rows in of_page.mapped.items()}
            landed = self._landing.land([*records, *gone], ending, full=self._full, mapped=mapped)
        self._add(landed, pages=len(group), records=len(records))
        if "cost" in landed.tables and not self._gives_costs:
            self._gives_costs = True
            if last.done:
                self._landing.store([], Landed(), Closing(sources=self._sources()))

    def _add(self, landed: Landed, *, pages: int = 0, records: int = 0) -> None:
        count = self._count
        self._count = EntityCount(
            count.pages + pages,
            count.records + records,
            count.new + landed.new,
            count.rows + landed.rows,
            count.rejected + landed.rejected,
        )

    def _sources(self) -> list[SourceUpdate]:
        topics = _TOPICS.get(self._entity, ()) if self._known else ()
        if self._gives_costs:
            topics = (*topics, "cost")
        return [SourceUpdate(topic, self._reader.connection, self._until) for topic in topics]

    def _gone(self) -> list[RawRecord]:
        """Objects that the mirror holds and the whole list does not; an empty list proves nothing."""
        if not self._seen:
            return []
        return [replace(record, deleted=True) for record in self._raw("NOT deleted") if record.id not in self._seen]

    def _try_again(self) -> None:
        """Derive records that were set aside before once more: what they named may have come meanwhile."""
        ids = [identity for entity, identity in self._landing.rejected() if entity is self._entity][:_TRIED_AGAIN]
        if not ids:
            return
        again = self._raw("id IN (SELECT unnest(CAST($ids AS VARCHAR[])))", ids=ids)
        landed = self._landing.land(again, full=True)
        log.info("entity.tried_again", entity=self._entity.value, records=len(again), rejected=landed.rejected)

    def _raw(self, condition: str, **parameters: object) -> list[RawRecord]:
        found = self._mirror.reader.query(
            "SELECT id, source_version, updated_at, payload, deleted FROM raw_object "
            f"WHERE connection = $connection AND entity = $entity AND {condition}",
            {"connection": self._reader.connection, "entity": self._entity.value, **parameters},
        )
        return [
            RawRecord(self._entity, identity, int(version), updated, payload.encode(), deleted=bool(deleted))
            for identity, version, updated, payload, deleted in found.rows
        ]


def _note_failure(mirror: Mirror, connection: str, entity: Entity, error: ConnectorError) -> None:
    values = [connection, entity.value, datetime.now(UTC), error.user_message]
    try:
        if mirror.writer is not None:
            mirror.writer.execute_bulk(
                lambda engine: engine.execute("INSERT OR REPLACE INTO sync_failure VALUES (?, ?, ?, ?)", values)
            ).result()
    except ConnectorError as second:
        # What could not be written down must not hide what happened.
        log.warning("failure.not_noted", connection=connection, error=type(second).__name__)


def _note_success(mirror: Mirror, connection: str, entity: Entity) -> None:
    if mirror.writer is not None:
        mirror.writer.execute_bulk(
            lambda engine: engine.execute(
                "DELETE FROM sync_failure WHERE connection = ? AND entity = ?", [connection, entity.value]
            )
        ).result()
