"""From raw records to rows in the mirror, so that one bad record holds up nobody else's.

Records land together. Where the mirror refuses them, they land in halves until the one at fault is found; that one is
kept as it came, its rows stay those of its last good version, and the reason is written down.
"""

from __future__ import annotations

import re
import traceback
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from hashlib import md5
from pathlib import Path
from types import MappingProxyType

import duckdb
import structlog

from connectors.apart import why_apart
from connectors.base import Cursor, Entity, Page, RawRecord, Reader
from connectors.errors import ConnectorError, InputError, QueryTimeoutError, TerminalError, TransientError
from connectors.mirror import origins
from connectors.mirror.apply import apply
from connectors.mirror.bookkeeping import Drifted, ObjectKey, Rejected
from connectors.mirror.columns import relation
from connectors.mirror.completion import complete
from connectors.mirror.open import Mirror
from connectors.mirror.preparing import Made, Mapped, Prepared, rows_of, unknown_of
from connectors.mirror.sheets import laid_out
from connectors.mirror.writer import Batch, MirrorWriter, SourceUpdate
from connectors.records import Row

log = structlog.get_logger()


_FIELD = re.compile(r"^\w{1,60}$")
_LEAVING = {Entity.LOCATION: "store", Entity.EMPLOYEE: "employee"}
_VANISHING = frozenset({Entity.TIMECARD, Entity.CUSTOMER})
"""Of what is gone there is no row any more."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the mirror holds of a raw object."""

    source_version: int
    deleted: bool
    origins: str | None


@dataclass(frozen=True, slots=True)
class Derived:
    """A record with its rows, or the reason that there are none; ``known`` is what was held before."""

    record: RawRecord
    rows: Sequence[Row]
    known: Known | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """What is committed with the last of a page: where the feed goes on, and freshness."""

    cursor: tuple[str, Entity, Cursor, datetime] | None = None
    unfinished: bool = False
    sources: Sequence[SourceUpdate] = ()


@dataclass(slots=True)
class Landed:
    """What became of records: rows stored, and records set aside."""

    new: int = 0
    rows: int = 0
    rejected: int = 0
    tables: set[str] = field(default_factory=set)


class Landing:
    """Brings records of one connection into the mirror. Hold ``Mirror.syncing`` while using it."""

    def __init__(self, reader: Reader, mirror: Mirror) -> None:
        if mirror.writer is None:
            raise TerminalError("The mirror is open for reading only; a sync needs to write it.")
        self._reader = reader
        self._mirror = mirror
        self._writer: MirrorWriter = mirror.writer
        self._rejected: set[tuple[Entity, str]] | None = None

    def land(
        self,
        records: Sequence[RawRecord],
        closing: Closing | None = None,
        *,
        full: bool = False,
        strict: bool = False,
        mapped: Mapped = MappingProxyType({}),
    ) -> Landed:
        """Store what is news among ``records``, and ``closing`` with the last of it.

        Args:
            records: as read; an older version than the stored one is dropped.
            closing: committed together with the last of them.
            full: what is known in this version is derived again.
            strict: raise instead of setting a record aside; nothing is stored then.
            mapped: what ``mapped`` made of these very records before; the others are mapped now.

        Raises:
            InputError: only if ``strict``: a record cannot become rows.
            TransientError: the mirror could not be written.
        """
        fresh = self._news(records, full=full)
        drift = self._drift(
            [record for record, known in fresh if known is None or known.source_version < record.source_version], mapped
        )
        derived = [self.derive(record, known, strict=strict, made=mapped.get(id(record))) for record, known in fresh]
        landed = Landed(new=len(fresh))
        self.store(derived, landed, closing or Closing(), drift=drift, strict=strict)
        return landed

    def land_sheets(self, pages: Sequence[tuple[Page, Prepared]], closing: Closing) -> Landed | None:
        """Store pages that were prepared by column, and ``closing`` with them.

        Returns:
            None if that cannot be, with nothing stored: an object or a document is held already or comes twice, or a
            row is refused. ``land`` can tell, and does what is to be done.

        Raises:
            TransientError: the mirror could not be written.
        """
        records = [record for page, _ in pages for record in page.records]
        keys = [(record.entity, record.id) for record in records]
        if len(set(keys)) < len(keys) or self.known(keys):
            return None
        sheets = laid_out([prepared.sheets or {} for _, prepared in pages])
        if sheets is None:
            return None
        connection = self._reader.connection
        every = (names for _, prepared in pages for names in prepared.names)
        names = dict(zip(map(self._key, records), every, strict=True))
        unknown = Counter(
            (record.entity, path)
            for page, prepared in pages
            for record, paths in zip(page.records, prepared.unknown, strict=True)
            for path in paths
        )
        batch = Batch(
            sheets=sheets,
            raw=[(connection, record) for record in records],
            cursor=closing.cursor,
            unfinished=closing.unfinished,
            sources=closing.sources,
            origins=names,
            drifted=self._drifted(unknown),
            mended=self._mended(names),
            unseen=True,
            costed=True,
        )
        try:
            self._writer.execute_bulk(partial(apply, batches=[batch])).result()
        except InputError:
            return None
        landed = Landed(new=len(records))
        self._settle(batch, landed)
        return landed

    def derive(
        self,
        record: RawRecord,
        known: Known | None,
        *,
        strict: bool = False,
        made: Made | None = None,
    ) -> Derived:
        """The rows of one record; a mapping that stumbles over it gives a reason instead."""
        apart = why_apart(record.payload)
        if apart:
            if strict:
                raise InputError(apart)
            return Derived(record, (), known, apart)
        if record.deleted and record.entity in _VANISHING:
            return Derived(record, (), known)
        rows = rows_of(self._reader, record) if made is None else made.rows
        if isinstance(rows, Exception):
            reason = reason_of(record.entity, rows)
            if strict:
                raise InputError(reason, detail=type(rows).__name__) from rows
            return Derived(record, (), known, reason)
        if record.deleted and record.entity in _LEAVING:
            rows = [_marked(row, active=False) if row.table == _LEAVING[record.entity] else row for row in rows]
        elif known is not None and known.deleted and not record.deleted:
            rows = [_marked(row, active=True) if "active" not in row.values else row for row in rows]
        return Derived(record, rows, known)

    def store(
        self,
        derived: Sequence[Derived],
        landed: Landed,
        closing: Closing,
        *,
        drift: Sequence[Drifted] = (),
        strict: bool = False,
        stale: Sequence[str] = (),
    ) -> None:
        """Commit derived records, in halves where they are refused."""
        try:
            batch = self._batch(derived, closing, drift, stale)
            if batch is not None:
                # Not submitted: a page waits for its commit, so lingering for others to join it would only cost time.
                self._writer.execute_bulk(partial(apply, batches=[batch])).result()
        except (TransientError, TerminalError, QueryTimeoutError, duckdb.Error):
            raise
        except Exception as error:
            if strict or not derived:
                raise
            if len(derived) == 1:
                if derived[0].reason:
                    raise
                why = reason_of(derived[0].record.entity, error)
                log.warning("record.set_aside", entity=derived[0].record.entity.value, error=type(error).__name__)
                self.store([replace(derived[0], rows=(), reason=why)], landed, closing, drift=drift, stale=stale)
                return
            middle = len(derived) // 2
            self.store(derived[:middle], landed, Closing(), drift=drift, stale=stale)
            self.store(derived[middle:], landed, closing)
            return
        if batch is not None:
            self._settle(batch, landed)

    def _settle(self, batch: Batch, landed: Landed) -> None:
        """Count what was committed."""
        rejected = self.rejected()
        rejected |= {(record.entity, record.id) for record in batch.rejected}
        rejected -= {(entity, identity) for _, entity, identity in batch.mended}
        landed.rows += len(batch.rows) + sum(sheet.count for sheet in batch.sheets.values())
        landed.rejected += len(batch.rejected)
        landed.tables |= {row.table for row in batch.rows} | set(batch.sheets)

    def _batch(
        self, derived: Sequence[Derived], closing: Closing, drift: Sequence[Drifted], stale: Sequence[str]
    ) -> Batch | None:
        good = [one for one in derived if not one.reason]
        names = {self._key(one.record): origins.names_of(one.rows) for one in good}
        kept = {self._key(one.record): one.known.origins or "" for one in derived if one.reason and one.known}
        gone = [*stale, *self._stale(good, names)]
        rows = complete(self._mirror.reader, [row for one in good for row in one.rows])
        if not (derived or gone or closing.cursor or closing.sources):
            return None
        connection = self._reader.connection
        return Batch(
            rows=rows,
            raw=[(connection, one.record) for one in derived],
            cursor=closing.cursor,
            unfinished=closing.unfinished,
            sources=closing.sources,
            origins=names | kept,
            stale=gone,
            drifted=drift,
            rejected=[
                Rejected(connection, one.record.entity, one.record.id, one.record.source_version, one.reason)
                for one in derived
                if one.reason
            ],
            mended=self._mended(names),
            unseen=all(one.known is None for one in derived),
            costed=True,
        )

    def _stale(self, good: Sequence[Derived], names: Mapping[ObjectKey, str]) -> list[str]:
        """Names of rows that these objects yielded before and nothing yields now."""
        candidates = {
            name
            for one in good
            if one.known is not None and one.known.origins
            for name in origins.split(one.known.origins)
        }
        if not candidates:
            return []
        candidates -= {name for text in names.values() for name in origins.split(text)}
        if not candidates:
            return []
        held = origins.still_yielded(self._mirror.reader, sorted(candidates), [_plain(key) for key in names])
        return sorted(candidates - held)

    def _mended(self, names: Mapping[ObjectKey, str]) -> list[ObjectKey]:
        rejected = self.rejected()
        return [key for key in names if (key[1], key[2]) in rejected]

    def rejected(self) -> set[tuple[Entity, str]]:
        """Records of this connection that were set aside and not mended yet."""
        if self._rejected is None:
            found = self._mirror.reader.query(
                "SELECT entity, id FROM rejected_record WHERE connection = $connection",
                {"connection": self._reader.connection},
            )
            self._rejected = {(Entity(kind), identity) for kind, identity in found.rows}
        return self._rejected

    def _drift(self, records: Iterable[RawRecord], mapped: Mapped) -> list[Drifted]:
        counts: Counter[tuple[Entity, str]] = Counter()
        for record in records:
            made = mapped.get(id(record))
            for path in unknown_of(self._reader, record) if made is None else made.unknown:
                counts[(record.entity, path)] += 1
        return self._drifted(counts)

    def _drifted(self, counts: Mapping[tuple[Entity, str], int]) -> list[Drifted]:
        return [Drifted(self._reader.connection, entity, path, count) for (entity, path), count in counts.items()]

    def _key(self, record: RawRecord) -> ObjectKey:
        return (self._reader.connection, record.entity, record.id)

    def _news(self, records: Iterable[RawRecord], *, full: bool) -> list[tuple[RawRecord, Known | None]]:
        """The newest version of each record that the mirror does not hold yet; with ``full``, also those it does.

        What is gone, or came back after it was gone, is news even in the version that is known. So is what reads
        differently: most platforms count versions in whole seconds, and what was read last within one is the truth.
        """
        newest: dict[tuple[Entity, str], RawRecord] = {}
        for record in records:
            held = newest.get((record.entity, record.id))
            if held is None or record.source_version >= held.source_version:
                newest[(record.entity, record.id)] = record
        stored = self.known(list(newest))
        level = {key for key, record in newest.items() if _is_level(record, stored.get(key))}
        if level and not full:
            level = self._different({key: newest[key] for key in level}, stored)
        return [
            (record, stored.get(key))
            for key, record in newest.items()
            if key in level or (known := stored.get(key)) is None or record.source_version > known.source_version
        ]

    def _different(
        self, records: Mapping[tuple[Entity, str], RawRecord], stored: Mapping[tuple[Entity, str], Known]
    ) -> set[tuple[Entity, str]]:
        """Which of these records say something else than the mirror holds of them."""
        found = self._mirror.reader.query(
            "SELECT entity, id, md5(payload) FROM raw_object WHERE connection = $connection "
            "AND id IN (SELECT unnest(CAST($ids AS VARCHAR[])))",
            {"connection": self._reader.connection, "ids": [identity for _, identity in records]},
        )
        held = {(Entity(entity), identity): digest for entity, identity, digest in found.rows}
        return {
            key
            for key, record in records.items()
            if record.deleted != stored[key].deleted
            or held.get(key) != md5(record.payload, usedforsecurity=False).hexdigest()
        }

    def known(self, keys: Sequence[tuple[Entity, str]]) -> dict[tuple[Entity, str], Known]:
        """What the mirror holds of these objects."""
        if not keys:
            return {}
        ids, params = relation({"ids": [identity for _, identity in keys]})
        found = self._mirror.reader.query(
            "SELECT entity, id, source_version, deleted, origins FROM raw_object WHERE connection = $connection "
            f"AND id IN (SELECT ids FROM {ids})",
            {"connection": self._reader.connection, **params},
        )
        return {
            (Entity(entity), identity): Known(int(version), bool(deleted), names)
            for entity, identity, version, deleted, names in found.rows
        }


def reason_of(entity: Entity, error: BaseException) -> str:
    """A sentence about a record that cannot become rows; nothing of its content is in it."""
    noun = entity.value.replace("_", " ")
    if isinstance(error, ConnectorError):
        return error.user_message
    if isinstance(error, KeyError) and error.args and _FIELD.match(str(error.args[0])):
        return f"The {noun} has no field “{error.args[0]}”."
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"The {noun} has a value that makes no sense ({type(error).__name__}{where})."


def _marked(row: Row, *, active: bool) -> Row:
    return Row(row.table, {**row.values, "active": active}) if row.table in origins.RETIRED else row


def _is_level(record: RawRecord, known: Known | None) -> bool:
    return known is not None and record.source_version == known.source_version


def _plain(key: ObjectKey) -> tuple[str, str, str]:
    return (key[0], key[1].value, key[2])
