"""A back-fill that comes by column leaves the same mirror as one that comes by rows, whatever is in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectors.base import Entity, RawRecord
from connectors.errors import TransientError
from connectors.mirror import landing, sync
from connectors.mirror.columns import laid_together, packed, relation
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.preparing import Prepared, mapped, prepared
from connectors.mirror.sheets import laid_out, sheets_of
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.listed_reader import START, ListedReader, record, sale, sale_rows, store

COUNT = 40
_VOLATILE = {"first_seen_at", "last_seen_at", "committed_at"}


def a_day(number: int) -> str:
    return (START + timedelta(hours=7 * number)).isoformat()


def ordinary(number: int, version: int = 1, **values: Any) -> RawRecord:
    """A sale with two lines, one of them reduced."""
    identity = f"A{number:03d}"
    (table, document), line, tender = sale_rows(identity, 100 + number, version, "S1" if number % 3 else "S2")
    lines = [
        line,
        ("sale_line", {**line[1], "line_no": 2, "variant_id": f"V{number % 4}", "name": f"Tea, no. {number}"}),
        ("sale_discount", {"sale_id": identity, "line_no": 2, "seq": 1, "name": "Staff", "amount_minor": 5}),
    ]
    document = document | {"closed_at": a_day(number), "customer_key": f"C{number % 5}" if number % 2 else None}
    return record(Entity.SALE, identity, (table, document | values), *lines, tender, version=version)


def with_rows(one: RawRecord, *rows: tuple[str, Mapping[str, Any]]) -> RawRecord:
    kept = json.loads(one.payload)["rows"]
    return replace(one, payload=json.dumps({"rows": [*kept, *rows]}).encode())


def with_line(one: RawRecord, **values: Any) -> RawRecord:
    body = json.loads(one.payload)["rows"]
    return replace(
        one, payload=json.dumps({"rows": [[t, v | values] if t == "sale_line" else [t, v] for t, v in body]}).encode()
    )


def instead(place: int, one: RawRecord) -> list[RawRecord]:
    feed = [ordinary(number) for number in range(COUNT)]
    feed[place] = one
    return feed


ODD: Mapping[str, Callable[[], list[RawRecord]]] = {
    "all ordinary": lambda: [ordinary(number) for number in range(COUNT)],
    "a text with a mark in it": lambda: instead(17, with_line(ordinary(17), name="a\x1fb\x1ec\x1d\x1c")),
    "a text of nothing": lambda: instead(17, with_line(ordinary(17), name="")),
    "a value that does not fit": lambda: instead(17, with_line(ordinary(17), quantity="two")),
    "a required value missing": lambda: instead(17, with_line(ordinary(17), quantity=None)),
    "an unknown store": lambda: instead(17, ordinary(17, store_id="S9")),
    "an unknown column": lambda: instead(17, with_line(ordinary(17), mood="good")),
    "a line twice": lambda: instead(17, with_rows(ordinary(17), *json.loads(ordinary(17).payload)["rows"][1:2])),
    "a payment of another document": lambda: instead(
        17, with_rows(ordinary(17), ("tender", {"tender_id": "A003-T", "sale_id": "A017", "amount_minor": 1}))
    ),
    "a line of a document that is not there": lambda: instead(
        17, with_rows(ordinary(17), ("tender", {"tender_id": "X", "sale_id": "later", "amount_minor": 1}))
    ),
    "a row of another table": lambda: instead(
        17, with_rows(ordinary(17), ("customer", {"customer_key": "C1", "household_key": "H1"}))
    ),
    "an object twice": lambda: [*(ordinary(number) for number in range(COUNT)), ordinary(3, version=2, net_minor=9)],
    "an older one later": lambda: [ordinary(3, version=2, net_minor=9), *(ordinary(number) for number in range(COUNT))],
    "two objects of one document": lambda: [
        *(ordinary(number) for number in range(COUNT)), replace(ordinary(3, version=2), id="other")
    ],
    "an object that is gone": lambda: instead(17, replace(ordinary(17), deleted=True)),
    "an object that is no document": lambda: instead(17, record(Entity.SALE, "draft")),
    "an object set apart": lambda: instead(17, replace(ordinary(17), payload=b'{"set_apart": "why"}')),
    "a document that files brought": lambda: [ordinary(number) for number in range(COUNT - 1, -1, -1)],
}  # fmt: skip


@pytest.fixture
def by_rows(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def switch() -> None:
        def rows_only(reader: Any, records: Sequence[RawRecord], *, by_column: bool) -> Prepared:
            return Prepared(mapped(reader, records))

        monkeypatch.setattr(sync, "prepared", rows_only)

    return switch


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each run that came by column went that way."""
    ways: list[bool] = []
    land = landing.Landing.land_sheets

    def told(self: Any, *arguments: Any) -> Any:
        landed = land(self, *arguments)
        ways.append(landed is not None)
        return landed

    monkeypatch.setattr(landing.Landing, "land_sheets", told)
    return ways


def contents(mirror: Mirror) -> Iterator[tuple[str, list[str]]]:
    """Every table with its rows as text, in an order that is theirs."""
    named = mirror.reader.query(
        "SELECT table_name, list(column_name ORDER BY column_name) FROM duckdb_columns() "
        "WHERE table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary) GROUP BY ALL ORDER BY 1"
    )
    for table, columns in named.rows:
        cells = ", ".join(f'CAST("{name}" AS VARCHAR)' for name in columns if name not in _VOLATILE)
        if table != "mirror_meta":
            yield table, sorted(map(repr, mirror.reader.query(f"SELECT {cells} FROM {table}").rows))


def filled(path: Path, feed: list[RawRecord]) -> dict[str, list[str]]:
    reader = ListedReader({Entity.LOCATION: [store("S1"), store("S2")], Entity.SALE: feed}, page_size=6)
    costs = [
        Row("cost", {"variant_id": "V1", "store_id": place, "valid_from_at": since, "unit_cost": cost})
        for place, since, cost in ((None, None, "1.10"), (None, a_day(9), "1.20"), ("S2", a_day(20), "1.05"))
    ]
    own = [Row(table, values) for table, values in sale_rows("A004", 7, version=0)]
    with open_mirror(path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=[Row("store", json.loads(store("S1").payload)["rows"][0][1]), *costs])).result()
        if feed[0].id == f"A{COUNT - 1:03d}":
            mirror.writer.submit(Batch(rows=own)).result()
        sync.sync_connection(reader, mirror, until=START)
        return dict(contents(mirror))


@pytest.mark.parametrize("kind", ODD)
def test_a_mirror_is_the_same_by_column_and_by_rows(
    tmp_path: Path, kind: str, by_rows: Callable[[], None], taken: list[bool]
) -> None:
    by_column = filled(tmp_path / "columns", ODD[kind]())
    ways = list(taken)
    by_rows()
    rows = filled(tmp_path / "rows", ODD[kind]())
    assert by_column == rows
    assert True in ways  # part of each feed is ordinary
    assert kind != "all ordinary" or ways == [True] * len(ways)
    assert taken == ways  # by rows nothing went the other way


def test_a_line_gets_the_cost_of_its_store_and_instant_by_column(tmp_path: Path, taken: list[bool]) -> None:
    found = filled(tmp_path, ODD["all ordinary"]())
    assert all(taken)
    costs = [line for line in found["sale_line"] if "'V1'" in line]
    assert sum("'1.1000'" in line for line in costs) == 2  # numbers 1 and 5
    assert sum("'1.0500'" in line for line in costs) == 2  # 21 and 33 at S2
    assert sum("'1.2000'" in line for line in costs) == 6  # the others


def test_of_costs_that_begin_at_once_the_one_that_came_last_counts(tmp_path: Path) -> None:
    reader = ListedReader({Entity.LOCATION: [store("S1")], Entity.SALE: [with_line(sale("A", 100), variant_id="V1")]})
    costs = [
        Row("cost", {"variant_id": "V1", "supplier_id": supplier, "valid_from_at": a_day(-9), "unit_cost": cost})
        for supplier, cost in (("SUP2", "1.30"), ("SUP1", "1.20"))
    ]
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=costs)).result()
        sync.sync_connection(reader, mirror, until=START)
        ((cost,),) = mirror.reader.query("SELECT CAST(unit_cost AS VARCHAR) FROM sale_line").rows
    assert cost == "1.2000"


def test_a_walk_that_is_broken_off_is_gone_on_with_by_column(tmp_path: Path, taken: list[bool]) -> None:
    feed = ODD["all ordinary"]()
    whole = filled(tmp_path / "whole", feed)

    def breaks(entity: Entity, page: int) -> None:
        if entity is Entity.SALE and page == 3:
            raise TransientError("not now")

    places = {Entity.LOCATION: [store("S1"), store("S2")], Entity.SALE: feed}
    with open_mirror(tmp_path / "broken" / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        with pytest.raises(TransientError):
            sync.sync_connection(ListedReader(places, page_size=6, trouble=breaks), mirror, until=START)
        ((held,),) = mirror.reader.query("SELECT count(*) FROM sale").rows
        assert held == 18
        sync.sync_connection(ListedReader(places, page_size=6), mirror, until=START)
        found = dict(contents(mirror))
    assert all(taken)
    for table in ("raw_object", "sale_discount", "tender", "tender_day", "basket", "sync_cursor", "customer_first"):
        assert found[table] == whole[table]


def test_columns_of_several_pages_are_laid_together_in_order() -> None:
    pages: list[list[str | None]] = [["a", "b"], ["x", "x"], [None, "c"], ["", "d"]]
    parts = [(packed(texts), len(texts)) for texts in pages]
    joined = laid_together([*parts, (None, 2)])
    assert joined is not None
    source, params = relation({"given": joined})
    with duckdb.connect() as engine:
        found = [cell for (cell,) in engine.execute(f"SELECT given FROM {source}", params).fetchall()]
    assert found == ["a", "b", "x", "x", None, "c", "", "d", None, None]
    assert laid_together([(packed(["x"]), 1), (packed(["x", "x"]), 2)]) == "x"
    assert laid_together([(None, 3)]) is None


def test_pages_that_share_a_document_are_not_laid_out() -> None:
    one = sheets_of([[Row(*row) for row in sale_rows("A", 1)]])
    other = sheets_of([[Row(*row) for row in sale_rows("B", 1)]])
    assert one
    assert other
    assert laid_out([one, other]) is not None
    assert laid_out([one, other, one]) is None


def test_a_page_is_prepared_by_rows_where_it_must_be() -> None:
    reader = ListedReader()
    assert prepared(reader, [sale("A", 1)], by_column=True).sheets
    assert prepared(reader, [sale("A", 1)], by_column=False).sheets is None
    assert prepared(reader, [], by_column=True).sheets == {}
