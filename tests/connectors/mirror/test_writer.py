from __future__ import annotations

import threading
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from connectors.base import Cursor, Entity, RawRecord
from connectors.errors import ConnectorError, InputError, TerminalError
from connectors.mirror.open import Mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import NOON, line, sale, store


def write(mirror: Mirror, *rows: Row, **rest: Any) -> int:
    assert mirror.writer is not None
    return mirror.writer.submit(Batch(rows, **rest)).result(timeout=10)


def value(mirror: Mirror, sql: str) -> Any:
    return mirror.reader.query(sql).rows[0][0]


def raw(version: int, payload: bytes = b"{}") -> RawRecord:
    return RawRecord(Entity.SALE, "o1", version, NOON, payload)


def test_records_raw_cursor_and_freshness_become_visible_together(mirror: Mirror) -> None:
    write(
        mirror,
        sale("s1"),
        line("s1"),
        raw=[("square", raw(7))],
        cursor=("square", Entity.SALE, Cursor({"at": "x"}), NOON),
        sources=[SourceUpdate("sales", "square", NOON, note="live")],
    )
    assert value(mirror, "SELECT source_version FROM raw_object") == 7
    assert (
        value(mirror, "SELECT cursor FROM sync_cursor WHERE connection = 'square' AND entity = 'sale'") == '{"at": "x"}'
    )
    assert mirror.reader.snapshot().sources["sales"].as_of_at == NOON
    assert value(mirror, "SELECT net_minor FROM store_day") == Decimal(1000)


def test_a_refused_batch_leaves_nothing_behind(mirror: Mirror) -> None:
    before = mirror.reader.snapshot().version
    with pytest.raises(InputError, match="S99"):
        write(
            mirror,
            sale("s1"),
            line("s1"),
            sale("s2", store_id="S99"),
            raw=[("square", raw(1))],
            cursor=("square", Entity.SALE, Cursor({}), NOON),
        )
    assert value(mirror, "SELECT (SELECT count(*) FROM sale) + (SELECT count(*) FROM raw_object)") == 0
    assert value(mirror, "SELECT count(*) FROM sync_cursor") == 0
    assert mirror.reader.snapshot().version == before


def test_one_bad_batch_in_a_group_fails_alone(mirror: Mirror) -> None:
    assert mirror.writer is not None
    futures: list[Future[int]] = []
    for number in range(20):
        store_id = "S99" if number == 7 else "S01"
        futures.append(mirror.writer.submit(Batch([sale(f"s{number}", store_id=store_id), line(f"s{number}")])))
    failed = [number for number, future in enumerate(futures) if future.exception(timeout=10)]
    assert failed == [7]
    assert value(mirror, "SELECT count(*) FROM sale") == 19
    assert value(mirror, "SELECT transactions FROM store_day") == 19


def test_a_newer_version_replaces_the_whole_document(mirror: Mirror) -> None:
    tender = Row("tender", {"tender_id": "t1", "sale_id": "s1", "kind": "cash", "amount_minor": 3000})
    write(mirror, sale("s1", source_version=1), line("s1", 1), line("s1", 2, 2000), tender)
    write(mirror, sale("s1", source_version=2), line("s1", 2, 500))
    assert mirror.reader.query("SELECT line_no, gross_minor FROM sale_line").rows == [(2, 500)]
    assert value(mirror, "SELECT count(*) FROM tender") == 0
    assert mirror.reader.query("SELECT net_minor, lines FROM store_day").rows == [(Decimal(500), 1)]


def test_an_older_version_arriving_late_changes_nothing(mirror: Mirror) -> None:
    write(mirror, sale("s1", source_version=5), line("s1", 1, 500), raw=[("square", raw(5, b"new"))])
    write(mirror, sale("s1", source_version=4), line("s1", 1, 900), raw=[("square", raw(4, b"old"))])
    assert value(mirror, "SELECT gross_minor FROM sale_line") == 500
    assert value(mirror, "SELECT payload FROM raw_object") == "new"
    assert value(mirror, "SELECT net_minor FROM store_day") == Decimal(500)


def test_versions_of_one_sale_in_one_group_end_with_the_newest(mirror: Mirror) -> None:
    assert mirror.writer is not None
    futures = [
        mirror.writer.submit(Batch([sale("s1", source_version=version), line("s1", 1, version * 100)]))
        for version in (1, 3, 2)
    ]
    for future in futures:
        future.result(timeout=10)
    assert mirror.reader.query("SELECT gross_minor FROM sale_line").rows == [(300,)]


def test_a_sale_moved_to_another_day_leaves_the_first_day_empty(mirror: Mirror) -> None:
    write(mirror, sale("s1", source_version=1), line("s1"))
    write(mirror, sale("s1", NOON + timedelta(days=1), source_version=2), line("s1"))
    days = mirror.reader.query("SELECT business_on, net_minor FROM store_day").rows
    assert [(day.isoformat(), net) for day, net in days] == [("2026-03-05", Decimal(1000))]
    assert value(mirror, "SELECT count(*) FROM store_sku_day") == 1


def test_rows_with_nulls_in_their_key_are_replaced_not_repeated(mirror: Mirror) -> None:
    for cost in ("1.10", "1.20"):
        write(mirror, Row("cost", {"variant_id": "V1", "unit_cost": cost, "currency": "USD"}))
        write(mirror, Row("inventory_level", {"variant_id": "V1", "store_id": "S01", "quantity": cost}))
    assert mirror.reader.query("SELECT unit_cost FROM cost").rows == [(Decimal("1.2000"),)]
    assert mirror.reader.query("SELECT quantity FROM inventory_level").rows == [(Decimal("1.20000"),)]


@pytest.mark.parametrize(
    ("closed_at", "day_starts_at", "expected"),
    [
        (datetime(2026, 3, 5, 4, 59, tzinfo=UTC), "00:00", "2026-03-04"),
        (datetime(2026, 3, 5, 5, 0, tzinfo=UTC), "00:00", "2026-03-05"),
        (datetime(2026, 3, 5, 8, 59, tzinfo=UTC), "04:00", "2026-03-04"),
        (datetime(2026, 3, 5, 9, 0, tzinfo=UTC), "04:00", "2026-03-05"),
        (datetime(2026, 3, 8, 7, 30, tzinfo=UTC), "04:00", "2026-03-07"),
    ],
)
def test_business_date_follows_the_stores_zone_and_day_start(
    mirror: Mirror, closed_at: datetime, day_starts_at: str, expected: str
) -> None:
    write(mirror, store(day_starts_at=day_starts_at))
    write(mirror, sale("s1", closed_at), line("s1"))
    assert value(mirror, "SELECT business_on FROM sale").isoformat() == expected
    assert value(mirror, "SELECT business_on FROM sale_line").isoformat() == expected


def test_freshness_never_goes_back_and_keeps_what_is_not_said(mirror: Mirror) -> None:
    write(mirror, sources=[SourceUpdate("sales", "square", NOON, simulated=True, note="a note")])
    write(mirror, sources=[SourceUpdate("sales", "square", NOON - timedelta(days=1))])
    state = mirror.reader.snapshot().sources["sales"]
    assert (state.as_of_at, state.simulated, state.note) == (NOON, True, "a note")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (Row("sales", {}), "“sales” is not a table"),
        (Row("store", {"store_id": "S02", "shop": "x"}), "no column “shop”"),
        (Row("store", {"store_id": "S02", "name": "N", "timezone": "UTC"}), "store.currency is required"),
        (sale("s1", kind="gift"), "sale.kind must be one of"),
        (line("s1", 1, 10, unit_price=1.5), "not a binary floating-point"),
        (sale("s1", datetime(2026, 3, 4)), "needs a time zone"),  # noqa: DTZ001 - the fault under test
        (line("nowhere"), "“nowhere”, which is not among the sales"),
        (sale("s1", net_minor="a lot"), "sale.net_minor does not fit its type, BIGINT; it is “a lot”"),
        (line("s1", 1, 10, unit_price="1,50"), "sale_line.unit_price does not fit"),
        (sale("s1", source_version="new"), "sale.source_version must be a whole number"),
        (line("s1", quantity=None), "sale_line.quantity is required"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_a_sentence(mirror: Mirror, row: Row, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        write(mirror, row)
    assert sentence in caught.value.user_message


def test_bulk_work_runs_in_its_own_transaction(mirror: Mirror) -> None:
    assert mirror.writer is not None

    def fail(connection: Any) -> None:
        connection.execute("INSERT INTO category (category_id, name) VALUES ('c', 'n')")
        raise InputError("no")

    with pytest.raises(ConnectorError):
        mirror.writer.execute_bulk(fail).result(timeout=10)
    assert value(mirror, "SELECT count(*) FROM category") == 0
    assert mirror.writer.execute_bulk(lambda connection: 42).result(timeout=10) == 42


def test_many_threads_can_submit_and_the_version_counts_commits(mirror: Mirror) -> None:
    assert mirror.writer is not None
    start = mirror.writer.version
    futures: list[Future[int]] = []
    gate = threading.Lock()

    def submit(number: int) -> None:
        assert mirror.writer is not None
        future = mirror.writer.submit(Batch([sale(f"s{number}"), line(f"s{number}")]))
        with gate:
            futures.append(future)

    threads = [threading.Thread(target=submit, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = {future.result(timeout=10) for future in futures}
    assert value(mirror, "SELECT transactions FROM store_day") == 40
    assert max(versions) == mirror.writer.version == mirror.reader.snapshot().version
    assert mirror.writer.version - start < 40


def test_closing_commits_what_was_queued_and_refuses_more(mirror: Mirror) -> None:
    assert mirror.writer is not None
    future = mirror.writer.submit(Batch([sale("s1"), line("s1")]))
    mirror.close()
    assert future.result(timeout=10) > 0
    with pytest.raises(TerminalError):
        mirror.writer.submit(Batch())


def test_values_of_every_kind_arrive_exactly(mirror: Mirror) -> None:
    at = datetime(2026, 3, 4, 12, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    rows = [
        sale("s1", at, opened_at=at.astimezone(UTC), net_minor=None, gross_minor=9_007_199_254_740_993),
        line("s1", 1, quantity=Decimal("1E+2"), unit_price="0.0001", unit_cost=Decimal("12345.6789")),
        line("s1", 2, "700", quantity=Decimal("0.00001"), unit_price=None, is_return=False),
    ]
    write(mirror, *rows)
    assert mirror.reader.query("SELECT closed_at, opened_at, net_minor, gross_minor FROM sale").rows == [
        (at.astimezone(UTC), at.astimezone(UTC), None, 9_007_199_254_740_993)
    ]
    found = mirror.reader.query(
        "SELECT quantity, unit_price, unit_cost, gross_minor FROM sale_line ORDER BY line_no"
    ).rows
    assert found == [
        (Decimal(100), Decimal("0.0001"), Decimal("12345.6789"), 1000),
        (Decimal("0.00001"), None, None, 700),
    ]


@pytest.mark.parametrize("name", ["a\x1fb", "\x1e", "\x1f", "", "a\nb", "“ä” 😀", "\x1e\x1f\x1e"])
def test_a_text_may_hold_anything(mirror: Mirror, name: str) -> None:
    rows = [Row("category", {"category_id": f"c{number}", "name": name}) for number in range(3)]
    write(mirror, *rows, Row("category", {"category_id": "plain", "name": "Plain"}))
    found = mirror.reader.query("SELECT name FROM category ORDER BY category_id").rows
    assert found == [(name,)] * 3 + [("Plain",)]


def test_of_equal_keys_in_one_batch_the_last_counts(mirror: Mirror) -> None:
    counts = [Row("inventory_level", {"variant_id": "V1", "store_id": "S01", "quantity": n}) for n in range(3)]
    write(mirror, *counts, sale("s1"), line("s1", 1, 5), line("s1", 1, 7))
    assert mirror.reader.query("SELECT quantity FROM inventory_level").rows == [(Decimal(2),)]
    assert mirror.reader.query("SELECT gross_minor FROM sale_line").rows == [(7,)]


def test_a_text_with_a_null_in_the_key_and_one_without_stay_apart(mirror: Mirror) -> None:
    for area in (None, "floor"):
        write(mirror, Row("inventory_level", {"variant_id": "V1", "store_id": "S01", "quantity": 1, "area": area}))
    assert value(mirror, "SELECT count(*) FROM inventory_level") == 2


def test_an_order_of_very_many_lines_goes_in_while_readers_read(mirror: Mirror) -> None:
    assert mirror.writer is not None
    lines = 120_000
    rows = [sale("huge"), *(line("huge", number, 1) for number in range(1, lines + 1))]
    future = mirror.writer.submit(Batch(rows))
    seen: set[Any] = set()
    while not future.done():
        seen.add(value(mirror, "SELECT coalesce(sum(lines), 0) FROM store_day"))
    assert future.result() > 0
    assert seen <= {Decimal(0), Decimal(lines), 0, lines}
    assert mirror.reader.query("SELECT lines, net_minor FROM store_day").rows == [(lines, Decimal(lines))]
