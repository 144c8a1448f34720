"""What can be made of records by themselves, before it is known what of them is news: on the way from the network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from connectors.apart import why_apart
from connectors.base import RawRecord, Reader
from connectors.manifest import PLATFORMS, load_manifest
from connectors.mirror import origins
from connectors.mirror.drift import DriftWatch
from connectors.mirror.sheets import Sheet, sheets_of
from connectors.records import Row


@dataclass(frozen=True, slots=True)
class Made:
    """What can be made of a record by itself: its rows or what mapping it raised, and paths that nobody knows."""

    rows: Sequence[Row] | Exception
    unknown: Sequence[str]


Mapped = Mapping[int, Made]
"""By the identity of a record."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made of a page before its turn: rows by record, or ``sheets`` of new documents by column.

    With sheets go, record by record, the names of its rows and the paths that nobody knows.
    """

    mapped: Mapped = field(default_factory=dict)
    sheets: Mapping[str, Sheet] | None = None
    names: Sequence[str] = ()
    unknown: Sequence[Sequence[str]] = ()


def mapped(reader: Reader, records: Iterable[RawRecord]) -> Mapped:
    """The rows of these records by object, or what the mapping stumbled over."""
    made: dict[int, Made] = {}
    for record in records:
        unknown = unknown_of(reader, record)  # before mapping, which lets the record's object go
        made[id(record)] = Made(rows_of(reader, record), unknown)
    return made


def prepared(reader: Reader, records: Sequence[RawRecord], *, by_column: bool) -> Prepared:
    """What can be made of a page; by column if it may and can be."""
    found = mapped(reader, records)
    if by_column and not any(record.deleted or why_apart(record.payload) for record in records):
        made = [found[id(record)] for record in records]
        rows = [one.rows for one in made if not isinstance(one.rows, Exception)]
        sheets = sheets_of(rows) if len(rows) == len(made) else None
        if sheets is not None:
            names = [origins.names_of(of_record) for of_record in rows]
            return Prepared(sheets=sheets, names=names, unknown=[one.unknown for one in made])
    return Prepared(found)


def rows_of(reader: Reader, record: RawRecord) -> Sequence[Row] | Exception:
    """The rows of a record, or what its mapping raised."""
    try:
        return list(reader.canonical(record))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this record's alone and kept with it
        return error


def unknown_of(reader: Reader, record: RawRecord) -> Sequence[str]:
    """The paths of a record that its platform's manifest does not know."""
    return watch_of(reader.platform).unknown(record)


@cache
def watch_of(platform: str) -> DriftWatch:
    """What is known of a platform's fields; nothing of one that has no manifest."""
    return DriftWatch(load_manifest(platform).fields if platform in PLATFORMS else {})
