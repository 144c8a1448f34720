"""Readers that go wrong in the ways a process, a network or a platform does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from connectors.base import Cursor, Entity, Page, RawRecord, Reader
from connectors.errors import TransientError


class Wrapped:
    """A reader that passes everything on."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        return self._reader.extract(entity, cursor, until=until)


class Breaking(Wrapped):
    """Its feed breaks off after some pages, as a killed process would leave it."""

    def __init__(self, reader: Reader, pages: int) -> None:
        super().__init__(reader)
        self._left = pages

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        for page in self._reader.extract(entity, cursor, until=until):
            if self._left == 0:
                raise TransientError("gone")
            self._left -= 1
            yield page


class Disturbed(Wrapped):
    """Something happens in the shop after each page of one entity."""

    def __init__(self, reader: Reader, entity: Entity, happen: Callable[[int], object]) -> None:
        super().__init__(reader)
        self._entity = entity
        self._happen = happen

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        for number, page in enumerate(self._reader.extract(entity, cursor, until=until)):
            yield page
            if entity is self._entity:
                self._happen(number)


class Altered(Wrapped):
    """The records of one entity come with another payload."""

    def __init__(self, reader: Reader, entity: Entity, alter: Callable[[int, dict[str, Any]], Any]) -> None:
        super().__init__(reader)
        self._entity = entity
        self._alter = alter
        self._seen = 0

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        for page in self._reader.extract(entity, cursor, until=until):
            yield replace(page, records=[self._altered(record) for record in page.records])

    def _altered(self, record: RawRecord) -> RawRecord:
        if record.entity is not self._entity:
            return record
        self._seen += 1
        changed = self._alter(self._seen, json.loads(record.payload))
        return record if changed is None else replace(record, payload=json.dumps(changed).encode())


def all_pages(reader: Reader, entity: Entity, until: datetime) -> Sequence[Page]:
    """The whole walk of a feed from its beginning."""
    return list(reader.extract(entity, None, until=until))
