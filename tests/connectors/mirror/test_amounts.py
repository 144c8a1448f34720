"""Prices and costs in force: each with its end, whatever the order in which they came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from connectors.mirror import amounts
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.mirror_rows import store

START = datetime(2026, 3, 1, tzinfo=UTC)
SPANS = (
    "SELECT kind, store_id, variant_id, since_at, until_at, CAST(amount AS VARCHAR), currency"
    " FROM amount_in_force ORDER BY ALL"
)


def write(mirror: Mirror, *rows: Row) -> None:
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows=list(rows))).result(timeout=10)


def price(day: int | None, amount: str | None, **values: Any) -> Row:
    at = None if day is None else START + timedelta(days=day)
    return Row("price", {"variant_id": "V1", "valid_from_at": at, "price": amount, "currency": "USD"} | values)


def cost(day: int, amount: str, supplier: str, **values: Any) -> Row:
    base = {"variant_id": "V1", "valid_from_at": START + timedelta(days=day), "unit_cost": amount}
    return Row("cost", base | {"supplier_id": supplier} | values)


def spans(mirror: Mirror) -> list[tuple[Any, ...]]:
    """Store, days since the start until the end, amount."""

    def days(at: datetime | None) -> int | None:
        return None if at is None else (at - START).days

    return [(row[1], days(row[3]), days(row[4]), row[5]) for row in mirror.reader.query(SPANS).rows]


def test_each_price_ends_where_the_next_begins_in_its_own_store(mirror: Mirror) -> None:
    write(mirror, price(10, "3.00"), price(2, "2.00"), price(5, "9.00", store_id="S01"))
    write(mirror, price(6, "2.50"), price(7, None))
    assert spans(mirror) == [
        ("*", 2, 6, "2.0000"), ("*", 6, 10, "2.5000"), ("*", 10, None, "3.0000"), ("S01", 5, None, "9.0000"),
    ]  # fmt: skip


def test_a_price_without_a_beginning_is_the_first(mirror: Mirror) -> None:
    write(mirror, price(None, "1.00"))
    write(mirror, price(3, "2.00"))
    found = spans(mirror)
    assert [(row[2], row[3]) for row in found] == [(3, "1.0000"), (None, "2.0000")]
    assert found[0][1] < 0


def test_of_costs_that_begin_at_once_the_lowest_stands(mirror: Mirror) -> None:
    write(mirror, cost(1, "5.00", "A"), cost(1, "4.00", "B"), cost(4, "6.00", "A"))
    assert spans(mirror) == [("*", 1, 4, "4.0000"), ("*", 4, None, "6.0000")]
    write(mirror, cost(1, "7.00", "B"))
    assert spans(mirror)[0] == ("*", 1, 4, "5.0000")


def test_another_currency_does_not_end_a_price(mirror: Mirror) -> None:
    write(mirror, price(1, "2.00"), price(4, "1.80", currency="EUR"))
    assert [row[4:] for row in mirror.reader.query(SPANS).rows] == [(None, "2.0000", "USD"), (None, "1.8000", "EUR")]


def test_other_products_are_left_alone_and_a_rebuild_gives_the_same(mirror: Mirror) -> None:
    write(mirror, price(1, "2.00"), price(1, "8.00", variant_id="V2"), cost(1, "1.00", "A"))
    write(mirror, price(4, "3.00"))
    kept = mirror.reader.query(SPANS).rows
    assert len(kept) == 4
    assert mirror.writer is not None
    mirror.writer.execute_bulk(amounts.rebuild).result(timeout=10)
    assert mirror.reader.query(SPANS).rows == kept


def test_a_file_of_before_is_filled_when_it_is_opened_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "mirror.duckdb"
    with open_mirror(path) as mirror:
        write(mirror, store(), price(1, "2.00"))
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE amount_in_force")
        connection.execute("DELETE FROM mirror_meta WHERE key = 'definition'")
    with open_mirror(path) as mirror:
        assert len(spans(mirror)) == 1
