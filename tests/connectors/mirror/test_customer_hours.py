"""The rollup of known customers: what counts, and files that were written before it existed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store

MORNING = datetime(2026, 3, 4, 14, 10, tzinfo=UTC)
ROWS = (
    "SELECT customer_key, business_on, hour_of_day, net_minor, sale_net_minor, transactions"
    " FROM customer_hour ORDER BY ALL"
)


def write(mirror: Mirror, *rows: Row) -> None:
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows=list(rows))).result()


def known(ident: str, key: str | None = "C1", **values: Any) -> Row:
    return sale(ident, MORNING, customer_key=key, **values)


def test_a_customers_hour_counts_documents_once_and_takes_returns_off(tmp_path: Path) -> None:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        write(mirror, store(), known("a"), line("a", 1, 1000), line("a", 2, 500, is_gift_card=True), line("a", 3, 250))
        write(mirror, known("b"), line("b", 1, 100), known("r", kind="return"), line("r", 1, -300, is_return=True))
        write(mirror, known("v", voided=True), line("v", 1, 9), known("t", is_test=True), line("t", 1, 9))
        write(mirror, known("n", None), line("n", 1, 77))
        day = MORNING.date()
        assert mirror.reader.query(ROWS).rows == [("C1", day, 9, Decimal(1050), Decimal(1350), 2)]


def test_who_is_forgotten_or_corrected_is_no_longer_counted(tmp_path: Path) -> None:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        write(mirror, store(), known("a", source_version=1), line("a", 1, 1000))
        write(mirror, known("a", "C2", source_version=2), line("a", 1, 800))
        assert [row[0] for row in mirror.reader.query(ROWS).rows] == ["C2"]
        write(mirror, known("a", None, source_version=3), line("a", 1, 800))
        assert mirror.reader.query(ROWS).rows == []


def test_the_first_purchase_moves_with_what_is_corrected(tmp_path: Path) -> None:
    def first(mirror: Mirror) -> list[Any]:
        return list(mirror.reader.query("SELECT store_id, customer_key, first_on FROM customer_first ORDER BY 1").rows)

    day = MORNING.date()
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        later = sale("b", MORNING + timedelta(days=9), customer_key="C1", source_version=1)
        write(mirror, store(), later, line("b"))
        assert first(mirror) == [("S01", "C1", day + timedelta(days=9))]
        write(mirror, known("a", source_version=1), line("a"), known("r", "C2", kind="return"), line("r", 1, -5))
        assert first(mirror) == [("S01", "C1", day)]
        write(mirror, known("a", voided=True, source_version=2), line("a"))
        assert first(mirror) == [("S01", "C1", day + timedelta(days=9))]
        write(mirror, sale("b", MORNING + timedelta(days=9), customer_key=None, source_version=2), line("b"))
        assert first(mirror) == []


def test_a_file_of_before_is_filled_when_it_is_opened_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "mirror.duckdb"
    with open_mirror(path) as mirror:
        write(mirror, store(), known("a"), line("a", 1, 1000))
        wanted = mirror.reader.query(ROWS).rows
        days = mirror.reader.query("SELECT * FROM store_day").rows
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE customer_hour")
        connection.execute("DROP TABLE customer_first")
        connection.execute("DELETE FROM mirror_meta WHERE key = 'definition'")
    with open_mirror(path) as mirror:
        assert mirror.reader.query(ROWS).rows == wanted
        assert mirror.reader.query("SELECT * FROM store_day").rows == days
