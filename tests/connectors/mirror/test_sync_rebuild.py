"""Every row again out of raw objects alone: the same, repaired, without what nothing yields, and after a kill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectors.base import Entity
from connectors.errors import TerminalError
from connectors.mirror import rebuild as module
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.rebuild import rebuild_connection
from connectors.mirror.sync import Progress, sync_connection
from connectors.mirror.writer import Batch
from connectors.records import TABLES, Row
from tests.support.listed_reader import START, ListedReader, record, sale, sale_rows, store


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened


def rows(mirror: Mirror, sql: str) -> list[tuple[Any, ...]]:
    return list(mirror.reader.query(sql).rows)


def everything(mirror: Mirror) -> dict[str, list[str]]:
    names = [*TABLES, "store_day", "store_hour", "store_sku_day"]
    return {name: sorted(map(str, rows(mirror, f"FROM {name}"))) for name in names}


def shop() -> ListedReader:
    product = ("product", {"product_id": "P", "name": "Oat milk"})
    variant = ("variant", {"variant_id": "V", "product_id": "P", "connection": "main", "external_id": "V"})
    price = (
        "price",
        {"variant_id": "V", "store_id": None, "valid_from_at": START.isoformat(), "price": "4.50", "currency": "USD"},
    )
    return ListedReader(
        {
            Entity.LOCATION: [store("S1", active=True), store("S2", active=True)],
            Entity.CATALOG: [record(Entity.CATALOG, "V", product, variant, price)],
            Entity.SALE: [sale(f"A{number}", 100) for number in range(7)],
        }
    )


def tamper(mirror: Mirror, *statements: str) -> None:
    assert mirror.writer is not None

    def run(engine: duckdb.DuckDBPyConnection) -> None:
        for statement in statements:
            engine.execute(statement)

    mirror.writer.execute_bulk(run).result()


@pytest.fixture
def pulled(mirror: Mirror) -> tuple[ListedReader, Mirror]:
    reader = shop()
    sync_connection(reader, mirror, until=START)
    return reader, mirror


def offline(reader: ListedReader) -> ListedReader:
    def never(entity: Entity, page: int) -> None:
        raise AssertionError("a rebuild calls no platform")

    reader.trouble = never
    return reader


def test_a_rebuild_of_what_is_right_changes_nothing(pulled: tuple[ListedReader, Mirror]) -> None:
    reader, mirror = pulled
    before = everything(mirror)
    report = rebuild_connection(offline(reader), mirror, page=3)
    assert everything(mirror) == before
    assert report.counts[Entity.SALE].records == 7
    assert rows(mirror, "FROM rebuild_state") == []


def test_a_rebuild_repairs_rows_and_totals(pulled: tuple[ListedReader, Mirror]) -> None:
    reader, mirror = pulled
    before = everything(mirror)
    tamper(
        mirror,
        "UPDATE sale SET net_minor = 1, voided = true, source_version = 99 WHERE sale_id = 'A1'",
        "DELETE FROM sale_line WHERE sale_id = 'A2'",
        "DELETE FROM sale WHERE sale_id = 'A3'",
        "UPDATE variant SET sku = NULL, external_id = 'X'",
        "UPDATE store SET name = 'wrong', active = false",
        "DELETE FROM tender",
        "UPDATE store_day SET net_minor = 5",
        "DELETE FROM store_hour",
    )
    rebuild_connection(offline(reader), mirror, page=2)
    assert everything(mirror) == before


def test_what_nothing_yields_any_more_goes_and_what_people_entered_stays(pulled: tuple[ListedReader, Mirror]) -> None:
    reader, mirror = pulled
    assert mirror.writer is not None
    own = [
        *sale_rows("F", 7),
        ("product", {"product_id": "OWN", "name": "By hand"}),
        ("variant", {"variant_id": "OWN", "product_id": "OWN"}),
    ]
    mirror.writer.submit(Batch(rows=[Row(*row) for row in own])).result()
    tamper(mirror, "UPDATE product SET department = 'Dairy' WHERE product_id = 'P'")

    def newer(body: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
        for table, values in body["rows"]:
            if values.get("sale_id") == "A0":
                continue
            if table in ("variant", "price"):
                yield table, {**values, "variant_id": "V-new"}
            else:
                yield table, values

    reader.mapping = newer
    report = rebuild_connection(offline(reader), mirror, page=2)
    assert [key for (key,) in rows(mirror, "SELECT sale_id FROM sale ORDER BY 1")] == [
        *(f"A{n}" for n in range(1, 7)),
        "F",
    ]
    assert rows(mirror, "SELECT variant_id FROM variant ORDER BY 1") == [("OWN",), ("V-new",)]
    assert rows(mirror, "SELECT product_id, department FROM product ORDER BY 1") == [("OWN", None), ("P", "Dairy")]
    assert rows(mirror, "SELECT sum(net_minor) FROM store_day") == [(Decimal(607),)]
    assert report.dropped == 1
    # Prices are a history: what was asked for a variant that had another name is still true.
    assert rows(mirror, "SELECT variant_id FROM price ORDER BY 1") == [("V",), ("V-new",)]


@pytest.mark.parametrize("stop", [2, 5, *(pytest.param(page, marks=pytest.mark.full) for page in (1, 3, 4, 6))])
def test_a_rebuild_that_was_killed_goes_on_there(tmp_path: Path, stop: int) -> None:
    class Killed(BaseException):
        pass

    reader = shop()
    reader.page_size = 50
    with open_mirror(tmp_path / "m.duckdb") as mirror:
        sync_connection(reader, mirror, until=START)
        reader.mapping = lambda body: [
            (table, {**values, "variant_id": "V-new"} if "variant_id" in values else values)
            for table, values in body["rows"]
        ]
        steps: list[Progress] = []

        def count(step: Progress) -> None:
            steps.append(step)
            if len(steps) == stop:
                raise Killed

        with pytest.raises(Killed):
            rebuild_connection(offline(reader), mirror, page=2, on_progress=count)
    with open_mirror(tmp_path / "m.duckdb") as mirror:
        rest: list[Progress] = []
        rebuild_connection(reader, mirror, page=2, on_progress=rest.append)
        assert len(steps) + len(rest) == 6
        assert rows(mirror, "SELECT variant_id FROM variant") == [("V-new",)]
        assert rows(mirror, "SELECT sum(net_minor) FROM store_day") == [(Decimal(700),)]
        assert rows(mirror, "FROM rebuild_state") == []


def test_a_rebuild_of_another_mapping_starts_anew(
    pulled: tuple[ListedReader, Mirror], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, mirror = pulled

    def breaks(step: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild_connection(reader, mirror, page=2, on_progress=breaks)
    monkeypatch.setattr(module, "mapping_of", lambda platform: "another")
    report = rebuild_connection(reader, mirror, page=2)
    assert list(report.counts) == [Entity.LOCATION, Entity.CATALOG, Entity.SALE]


def test_a_pull_goes_on_where_it_was_after_a_rebuild(pulled: tuple[ListedReader, Mirror]) -> None:
    reader, mirror = pulled
    rebuild_connection(reader, mirror)
    reader.feeds[Entity.SALE].append(sale("B", 50))
    report = sync_connection(reader, mirror, until=START)
    assert report.counts[Entity.SALE].records == 1
    assert rows(mirror, "SELECT sum(net_minor) FROM store_day") == [(Decimal(750),)]


def test_records_that_were_set_aside_get_another_chance(pulled: tuple[ListedReader, Mirror]) -> None:
    reader, mirror = pulled
    reader.feeds[Entity.SALE].append(sale("B", 50, kind="gift"))
    sync_connection(reader, mirror, until=START)
    assert len(rows(mirror, "FROM rejected_record")) == 1
    reader.mapping = lambda body: [
        (table, {**values, "kind": "sale"} if table == "sale" else values) for table, values in body["rows"]
    ]
    rebuild_connection(reader, mirror)
    assert rows(mirror, "FROM rejected_record") == []
    assert rows(mirror, "SELECT sum(net_minor) FROM store_day") == [(Decimal(750),)]


def test_other_connections_are_left_alone(pulled: tuple[ListedReader, Mirror]) -> None:
    reader, mirror = pulled
    other = ListedReader(
        {Entity.LOCATION: [store("X1")], Entity.SALE: [sale("X", 9, store_id="X1")]}, connection="other"
    )
    sync_connection(other, mirror, until=START)
    before = everything(mirror)
    reader.mapping = lambda body: []
    rebuild_connection(reader, mirror)
    assert rows(mirror, "SELECT sale_id FROM sale") == [("X",)]
    assert rows(mirror, "SELECT store_id FROM store") == [("X1",)]
    assert [row for row in before["sale"] if "'X'" in row] == everything(mirror)["sale"]


def test_a_mirror_open_for_reading_refuses_a_rebuild(tmp_path: Path, pulled: tuple[ListedReader, Mirror]) -> None:
    reader, mirror = pulled
    path = mirror.path
    mirror.close()
    with open_mirror(path, read_only=True) as closed, pytest.raises(TerminalError, match="reading only"):
        rebuild_connection(reader, closed)
