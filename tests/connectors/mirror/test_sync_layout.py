"""A mirror that an older floorwalker wrote is brought up to date with everything that is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectors.base import Entity
from connectors.errors import TerminalError
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.rebuild import rebuild_connection
from connectors.mirror.schema import SCHEMA_VERSION
from connectors.mirror.sync import sync_connection
from tests.support.listed_reader import START, ListedReader, sale, store

NEW_TABLES = ("schema_drift", "rejected_record", "sync_failure", "rebuild_state")


def rows(mirror: Mirror, sql: str) -> list[tuple[Any, ...]]:
    return list(mirror.reader.query(sql).rows)


@pytest.fixture
def shop() -> ListedReader:
    feeds = {
        Entity.LOCATION: [store("S1", active=True, connection="main", external_id="S1")],
        Entity.SALE: [sale(f"A{number}", 100) for number in range(4)],
    }
    return ListedReader(feeds)


@pytest.fixture
def old(tmp_path: Path, shop: ListedReader) -> Path:
    """A file as layout 1 had it, with a store and four sales."""
    path = tmp_path / "mirror.duckdb"
    with open_mirror(path) as mirror:
        sync_connection(shop, mirror, until=START)
    with duckdb.connect(str(path)) as engine:
        for table in NEW_TABLES:
            engine.execute(f"DROP TABLE {table}")
        engine.execute("CREATE TABLE plain AS SELECT * EXCLUDE (origins) FROM raw_object")
        engine.execute("CREATE TABLE cursors AS SELECT * EXCLUDE (finished) FROM sync_cursor")
        engine.execute("DROP TABLE raw_object; ALTER TABLE plain RENAME TO raw_object")
        engine.execute("DROP TABLE sync_cursor; ALTER TABLE cursors RENAME TO sync_cursor")
        engine.execute("ALTER TABLE raw_object ADD PRIMARY KEY (connection, entity, id)")
        engine.execute("ALTER TABLE sync_cursor ADD PRIMARY KEY (connection, entity)")
        engine.execute("UPDATE mirror_meta SET value = '1' WHERE key = 'schema_version'")
        engine.execute("DELETE FROM mirror_meta WHERE key = 'definition'")  # which layout 1 did not keep
    return path


def test_an_older_layout_is_brought_up_to_date_without_loss(old: Path, shop: ListedReader) -> None:
    with open_mirror(old) as mirror:
        assert rows(mirror, "SELECT value FROM mirror_meta WHERE key = 'schema_version'") == [(str(SCHEMA_VERSION),)]
        assert rows(mirror, "SELECT count(*), sum(net_minor) FROM sale") == [(4, 400)]
        assert rows(mirror, "SELECT count(*) FROM raw_object") == [(5,)]
        for table in NEW_TABLES:
            assert rows(mirror, f"FROM {table}") == []
        shop.feeds[Entity.SALE].append(sale("A9", 50))
        report = sync_connection(shop, mirror, until=START)
        assert (report.counts[Entity.SALE].records, report.counts[Entity.SALE].new) == (1, 1)


def test_rows_of_an_older_layout_are_known_by_their_objects(old: Path, shop: ListedReader) -> None:
    with open_mirror(old) as mirror:
        shop.mapping = lambda body: [row for row in body["rows"] if row[1].get("sale_id") != "A0"]
        rebuild_connection(shop, mirror)
        assert rows(mirror, "SELECT sale_id FROM sale ORDER BY 1") == [("A1",), ("A2",), ("A3",)]
        assert rows(mirror, "SELECT store_id FROM store") == [("S1",)]


def test_opening_twice_changes_nothing_more(old: Path) -> None:
    with open_mirror(old) as mirror:
        before = rows(mirror, "FROM raw_object ORDER BY ALL")
    with open_mirror(old) as mirror:
        assert rows(mirror, "FROM raw_object ORDER BY ALL") == before


def test_an_older_layout_is_brought_up_to_date_for_who_only_reads(old: Path) -> None:
    with open_mirror(old, read_only=True) as mirror:
        assert mirror.writer is None
        assert rows(mirror, "SELECT count(*) FROM sale") == [(4,)]
        for table in NEW_TABLES:
            assert rows(mirror, f"FROM {table}") == []


def test_a_newer_layout_is_refused_and_left_as_it_is(old: Path) -> None:
    with duckdb.connect(str(old)) as engine:
        engine.execute("UPDATE mirror_meta SET value = '99' WHERE key = 'schema_version'")
    for read_only in (True, False):
        with pytest.raises(TerminalError, match="layout 99"):
            open_mirror(old, read_only=read_only)
    with duckdb.connect(str(old)) as engine:
        assert engine.execute("SELECT count(*) FROM sale").fetchall() == [(4,)]
