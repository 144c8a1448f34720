"""What a platform's list lacks is looked up before it is taken for gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Census, Entity, RawRecord
from connectors.errors import TerminalError, TransientError
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.rebuild import rebuild_connection
from connectors.mirror.sync import sync_connection
from tests.support.listed_reader import START, ListedReader, record, sale, store

CARDS = "SELECT timecard_id FROM timecard ORDER BY timecard_id"


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened


class NotById(ListedReader):
    """A platform that shows its lists and no single object."""

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        raise TerminalError("Read as a list.")


def card(identity: str, *, days: float = 0, version: int = 1) -> RawRecord:
    at = (START + timedelta(days=days)).isoformat()
    row = {"timecard_id": identity, "employee_id": "E1", "store_id": "S1", "clock_in_at": at}
    return record(Entity.TIMECARD, identity, ("timecard", row), version=version)


def counted(*ids: str, days: float = 10) -> Census:
    return Census(START - timedelta(days=days), START + timedelta(days=1), frozenset(ids))


def staff(*cards: RawRecord, kind: type[ListedReader] = ListedReader) -> ListedReader:
    return kind({Entity.LOCATION: [store("S1")], Entity.TIMECARD: list(cards)})


def pull(reader: ListedReader, mirror: Mirror, **options: Any) -> Any:
    return sync_connection(reader, mirror, until=START, **options)


def names(mirror: Mirror, sql: str = CARDS) -> list[str]:
    return [str(name) for (name,) in mirror.reader.query(sql).rows]


def test_what_is_missing_and_not_found_by_its_id_is_gone(mirror: Mirror) -> None:
    reader = staff(card("A"), card("B"), card("C", days=-30))
    pull(reader, mirror)
    del reader.feeds[Entity.TIMECARD][1]
    reader.census = counted("A")
    pull(reader, mirror)
    assert names(mirror) == ["A", "C"]
    rebuild_connection(reader, mirror)
    assert names(mirror) == ["A", "C"]


def test_what_is_missing_and_found_by_its_id_stays_as_it_is_now(mirror: Mirror) -> None:
    reader = staff(card("A"), card("B"))
    pull(reader, mirror)
    reader.feeds[Entity.TIMECARD][1] = card("B", days=-20, version=2)
    reader.census = counted("A")
    pull(reader, mirror)
    assert names(mirror) == ["A", "B"]
    moved = "SELECT timecard_id FROM timecard WHERE clock_in_at < TIMESTAMPTZ '2026-02-20'"
    assert names(mirror, moved) == ["B"]


def test_an_empty_list_proves_nothing_where_nothing_can_be_looked_up(mirror: Mirror) -> None:
    reader = staff(card("A"), card("B"), kind=NotById)
    pull(reader, mirror)
    reader.census = counted()
    pull(reader, mirror)
    assert names(mirror) == ["A", "B"]
    reader.census = counted("B")
    pull(reader, mirror)
    assert names(mirror) == ["B"]


def test_what_the_list_has_again_is_there_again(mirror: Mirror) -> None:
    reader = staff(card("A"), card("B"), kind=NotById)
    pull(reader, mirror)
    for ids, left in ((("B",), ["B"]), (("A", "B"), ["A", "B"])):
        reader.census = counted(*ids)
        pull(reader, mirror)
        assert names(mirror) == left


def test_a_platform_that_cannot_answer_takes_nothing_away(mirror: Mirror) -> None:
    reader = staff(card("A"), card("B"))
    pull(reader, mirror)
    reader.census = counted("A")

    def fails(*_: Any) -> Sequence[RawRecord]:
        raise TransientError("not now")

    reader.fetch = fails  # type: ignore[method-assign]
    with pytest.raises(TransientError):
        pull(reader, mirror)
    assert names(mirror) == ["A", "B"]


def test_sales_are_counted_by_when_they_were_begun(mirror: Mirror) -> None:
    old = (START - timedelta(days=40)).isoformat()
    reader = ListedReader(
        {
            Entity.LOCATION: [store("S1")],
            Entity.SALE: [
                sale("A", 100, opened_at=START.isoformat()),
                sale("B", 200, opened_at=START.isoformat()),
                sale("C", 400, opened_at=old),
            ],
        }
    )
    pull(reader, mirror)
    del reader.feeds[Entity.SALE][1:]
    reader.census = counted("A")
    reader.canonical = lambda found: (  # type: ignore[method-assign]
        () if found.deleted else ListedReader.canonical(reader, found)
    )
    pull(reader, mirror)
    assert names(mirror, "SELECT sale_id FROM sale ORDER BY sale_id") == ["A", "C"]
    assert mirror.reader.query("SELECT sum(net_minor) FROM store_day").rows == [(500,)]
