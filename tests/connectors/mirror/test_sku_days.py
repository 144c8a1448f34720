"""The rollup of products over all stores: it is always what the rollup per store adds up to."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from connectors.mirror import rollups
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.schema import ROLLUPS
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store

START = datetime(2026, 3, 1, 15, tzinfo=UTC)
_MEASURES = [name for name in ROLLUPS["sku_day"] if name not in ("business_on", "variant_id")]
_STORED = f"SELECT business_on, variant_id, {', '.join(_MEASURES)} FROM sku_day ORDER BY ALL"
_ADDED_UP = f"""SELECT business_on, variant_id, {", ".join(f"SUM({name})" for name in _MEASURES)}
FROM store_sku_day GROUP BY 1, 2 ORDER BY ALL"""


def write(mirror: Mirror, *rows: Row) -> None:
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows=list(rows))).result(timeout=10)


def assert_adds_up(mirror: Mirror) -> int:
    """The number of its rows, once it is what it should be."""
    stored = mirror.reader.query(_STORED).rows
    assert stored == mirror.reader.query(_ADDED_UP).rows
    return len(stored)


def test_it_follows_sales_corrections_and_voids_of_several_stores(mirror: Mirror) -> None:
    chance = random.Random(7)
    write(mirror, store("T02"), store("T03"))
    for number in range(16):
        at = START + timedelta(days=chance.randrange(5), hours=chance.randrange(6))
        name = f"s{chance.randrange(7)}"
        document = sale(
            name, at, store_id=chance.choice(("T02", "T03")), source_version=number, voided=chance.random() < 0.2
        )
        goods = [
            line(name, place, chance.randrange(100, 900), variant_id=chance.choice(("V1", "V2", None)), unit_cost="1.2")
            for place in range(1, chance.randrange(2, 5))
        ]
        write(mirror, document, *goods)
        assert_adds_up(mirror)
    assert assert_adds_up(mirror) > 5


def test_a_product_that_nobody_sold_after_all_has_no_row(mirror: Mirror) -> None:
    write(mirror, sale("a", START, source_version=1), line("a", 1, 500))
    assert assert_adds_up(mirror) == 1
    write(mirror, sale("a", START, source_version=2, voided=True), line("a", 1, 500))
    assert assert_adds_up(mirror) == 0


@pytest.mark.parametrize("days", [3, 70])
def test_many_days_at_once_are_added_up_again(mirror: Mirror, days: int) -> None:
    rows: list[Row] = []
    for number in range(days):
        name = f"s{number}"
        rows.append(sale(name, START + timedelta(days=number)))
        rows.append(line(name, 1, 100 + number, variant_id=f"V{number % 4}"))
    write(mirror, *rows)
    assert assert_adds_up(mirror) == days
    assert mirror.writer is not None
    mirror.writer.execute_bulk(lambda connection: connection.execute("UPDATE sale_line SET gross_minor = 7")).result()
    touched = mirror.reader.query("SELECT DISTINCT store_id, business_on FROM sale").rows
    mirror.writer.execute_bulk(lambda connection: rollups.refresh(connection, touched)).result(timeout=10)
    assert assert_adds_up(mirror) == days
    assert mirror.reader.query("SELECT DISTINCT gross_minor FROM sku_day").rows == [(7,)]


def test_a_file_of_before_is_filled_when_it_is_opened_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "mirror.duckdb"
    with open_mirror(path) as mirror:
        write(mirror, store(), sale("a", START), line("a", 1, 1000))
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE sku_day")
        connection.execute("DELETE FROM mirror_meta WHERE key = 'definition'")
    with open_mirror(path) as mirror:
        assert assert_adds_up(mirror) == 1
