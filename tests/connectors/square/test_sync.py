"""A real mirror pulled from the stand-in over HTTP: whole, in parts, interrupted, repeated and out of order."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Cursor, Entity, Page, RawRecord
from connectors.errors import TerminalError, TransientError
from connectors.http import Secret
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.sync import apply_records, stored_cursor, sync_connection
from connectors.mirror.writer import Batch
from connectors.records import Row
from connectors.sandbox.square.pos import READ_TOKEN
from connectors.square.reader import SquareReader
from tests.support.square_world import START, PosWorld, basket, pos_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PosWorld]:
    with pos_world(tmp_path) as world:
        yield world


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        yield mirror


def table(mirror: Mirror, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    return list(mirror.reader.query(sql, params or {}).rows)


def totals(mirror: Mirror) -> list[tuple[Any, ...]]:
    return table(
        mirror,
        "SELECT s.sale_id, s.net_minor, s.voided, count(l.line_no), sum(l.net_minor) FROM sale s "
        "LEFT JOIN sale_line l ON l.sale_id = s.sale_id GROUP BY ALL ORDER BY s.sale_id",
    )


def trade(world: PosWorld, count: int, minutes: float = 1.0) -> datetime:
    first = len(world.feed.baskets)
    for number in range(first, first + count):
        moment = (world.clock.at - START).total_seconds() / 60 + (number - first + 1) * minutes
        world.feed.baskets.append(basket(number, moment, ("S01", "S02")[number % 2], customer=f"C{number}"))
    return world.clock.turn(minutes=count * minutes + 1)


class Breaking:
    """A reader whose feed breaks off after some pages, as a killed process would leave it."""

    def __init__(self, reader: SquareReader, pages: int) -> None:
        self._reader = reader
        self._left = pages

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        for page in self._reader.extract(entity, cursor, until=until):
            if self._left == 0:
                raise TransientError("gone")
            self._left -= 1
            yield page


def test_a_first_sync_brings_everything(world: PosWorld, mirror: Mirror) -> None:
    until = trade(world, 5)
    with world.reader(pseudonym_key=Secret("k")) as reader:
        report = sync_connection(reader, mirror, until=until)
    assert report.counts[Entity.SALE].new == 5
    assert totals(mirror) == [(f"O{n:04d}", 1130, False, 2, 1130) for n in range(5)]
    assert table(mirror, "SELECT store_id, name, timezone FROM store ORDER BY 1")[0] == (
        "S01",
        "Market Street",
        "America/New_York",
    )
    assert table(mirror, "SELECT variant_id, unit_of_measure FROM variant ORDER BY 1") == [
        ("V100", "each"),
        ("V200", "each"),
        ("V300", "gallon"),
    ]
    assert table(mirror, "SELECT variant_id, store_id, price FROM price ORDER BY ALL") == [
        ("V100", "S02", Decimal("4.7500")),
        ("V100", None, Decimal("4.5000")),
        ("V200", None, Decimal("3.2000")),
    ]
    assert table(mirror, "SELECT count(*) FROM employee") == [(2,)]
    snapshot = mirror.reader.snapshot()
    assert snapshot.sources["sales"].as_of_at == until
    assert "inventory" not in snapshot.sources


def test_no_personal_data_reaches_the_mirror(world: PosWorld, mirror: Mirror) -> None:
    until = trade(world, 1)
    with world.reader(pseudonym_key=Secret("k")) as reader:
        sync_connection(reader, mirror, until=until)
    (payload,) = table(mirror, "SELECT payload FROM raw_object WHERE entity = 'sale'")[0]
    assert '"C0"' not in payload
    (key,) = table(mirror, "SELECT customer_key FROM sale")[0]
    assert key in payload
    assert len(key) == 24


def test_a_second_sync_brings_only_the_news(world: PosWorld, mirror: Mirror) -> None:
    with world.reader() as reader:
        trade(world, 4)
        sync_connection(reader, mirror, until=world.clock.turn(hours=2))
        report = sync_connection(reader, mirror, until=trade(world, 3))
        quiet = sync_connection(reader, mirror, until=world.clock.turn(hours=1), entities=[Entity.SALE])
    assert (report.counts[Entity.SALE].records, report.counts[Entity.SALE].new) == (3, 3)
    assert report.counts[Entity.CATALOG].records == 0
    assert quiet.counts[Entity.SALE].new == 0
    assert len(totals(mirror)) == 7
    assert mirror.reader.snapshot().sources["sales"].as_of_at == world.clock.at


@pytest.mark.parametrize("pages", [1, 4, *(pytest.param(page, marks=pytest.mark.full) for page in (0, 2, 3, 5))])
def test_a_sync_broken_off_at_any_page_goes_on_there(world: PosWorld, mirror: Mirror, pages: int) -> None:
    until = trade(world, 9)
    with world.reader(orders_page=2) as reader:
        sync_connection(reader, mirror, until=until, entities=[Entity.LOCATION])
        entities = [Entity.SALE]
        if pages < 5:
            with pytest.raises(TransientError):
                sync_connection(Breaking(reader, pages), mirror, until=until, entities=entities)
            assert len(totals(mirror)) == 2 * pages
            assert "sales" not in mirror.reader.snapshot().sources
        later = trade(world, 2)
        report = sync_connection(reader, mirror, until=later, entities=entities)
    assert [row[0] for row in totals(mirror)] == [f"O{n:04d}" for n in range(11)]
    assert report.counts[Entity.SALE].new == 11 - (2 * pages if pages < 5 else 0)
    assert mirror.reader.snapshot().sources["sales"].as_of_at == later


def test_an_expired_page_cursor_starts_its_list_again(world: PosWorld, mirror: Mirror) -> None:
    until = trade(world, 5)
    with world.reader(orders_page=2) as reader:
        sync_connection(reader, mirror, until=until, entities=[Entity.LOCATION])
        with pytest.raises(TransientError):
            sync_connection(Breaking(reader, 1), mirror, until=until, entities=[Entity.SALE])
        cursor = stored_cursor(mirror, "square", Entity.SALE)
        assert cursor is not None
        stale = Cursor({**cursor.value, "page": "bm90IGEgY3Vyc29y"})
        assert mirror.writer is not None
        mirror.writer.submit(Batch(cursor=("square", Entity.SALE, stale, until))).result()
        sync_connection(reader, mirror, until=until, entities=[Entity.SALE])
    assert len(totals(mirror)) == 5


def test_a_changed_order_replaces_its_rows(world: PosWorld, mirror: Mirror) -> None:
    with world.reader() as reader:
        sync_connection(reader, mirror, until=trade(world, 2))
        world.pos.void({"order_id": "O0000"})
        sync_connection(reader, mirror, until=world.clock.turn(minutes=5))
    assert totals(mirror) == [("O0000", 1130, True, 2, 1130), ("O0001", 1130, False, 2, 1130)]


def test_a_refund_is_a_document_of_its_own(world: PosWorld, mirror: Mirror) -> None:
    with world.reader() as reader:
        sync_connection(reader, mirror, until=trade(world, 1))
        world.pos.refund({"order_id": "O0000", "lines": [{"line_no": 1, "quantity": "1"}]})
        world.pos.refund({"order_id": "O0000", "amount_minor": 100})
        sync_connection(reader, mirror, until=world.clock.turn(minutes=5))
    found = table(mirror, "SELECT kind, original_sale_id, net_minor FROM sale ORDER BY net_minor")
    assert found == [("return", "O0000", -405), ("return", "O0000", -100), ("sale", None, 1130)]


def test_an_older_version_that_comes_late_is_dropped(world: PosWorld, mirror: Mirror) -> None:
    with world.reader() as reader:
        sync_connection(reader, mirror, until=trade(world, 1))
        (old,) = reader.fetch(Entity.SALE, ["O0000"])
        world.pos.void({"order_id": "O0000"})
        (new,) = reader.fetch(Entity.SALE, ["O0000"])
        assert apply_records(reader, mirror, [new, old]) == 1
        assert apply_records(reader, mirror, [old]) == 0
        assert apply_records(reader, mirror, [replace(old, source_version=0)], full=True) == 0
    assert totals(mirror)[0][2] is True


def test_a_throttled_sync_waits_and_finishes(world: PosWorld, mirror: Mirror) -> None:
    waits: list[float] = []
    world.faults.order({"operation": "orders.search", "fault": "throttle", "times": 2})
    with world.reader(sleep=waits.append) as reader:
        sync_connection(reader, mirror, until=trade(world, 3))
    assert len(totals(mirror)) == 3
    assert [wait >= 1.0 for wait in waits] == [True, True]


def test_an_account_that_stays_silent_ends_the_sync_with_a_sentence(world: PosWorld, mirror: Mirror) -> None:
    world.faults.order({"operation": "orders.search", "fault": "error_before", "times": 99})
    with world.reader() as reader, pytest.raises(TransientError) as caught:
        sync_connection(reader, mirror, until=trade(world, 1))
    assert "not answering" in caught.value.user_message
    assert "sales" not in mirror.reader.snapshot().sources


def test_a_full_sync_reads_everything_again_and_doubles_nothing(world: PosWorld, mirror: Mirror) -> None:
    with world.reader() as reader:
        sync_connection(reader, mirror, until=trade(world, 3))
        world.clock.turn(days=2)
        before = totals(mirror), table(mirror, "SELECT * FROM price ORDER BY ALL")
        report = sync_connection(reader, mirror, until=world.clock.at, full=True)
    assert report.counts[Entity.SALE].records == 3
    assert (totals(mirror), table(mirror, "SELECT * FROM price ORDER BY ALL")) == before


def test_what_the_operator_loaded_is_kept_where_square_knows_nothing(world: PosWorld, mirror: Mirror) -> None:
    assert mirror.writer is not None
    store = {"store_id": "S01", "name": "Old name", "timezone": "UTC", "currency": "USD", "district": "North"}
    product = {"product_id": "100", "name": "Old", "department": "Dairy", "private_label": True, "simulated": False}
    mirror.writer.submit(Batch(rows=[Row("store", store), Row("product", product)])).result()
    with world.reader() as reader:
        sync_connection(reader, mirror, until=START)
    assert table(mirror, "SELECT name, timezone, district FROM store WHERE store_id = 'S01'") == [
        ("Market Street", "America/New_York", "North")
    ]
    assert table(mirror, "SELECT name, department, private_label FROM product WHERE product_id = '100'") == [
        ("Oat milk", "Dairy", True)
    ]


def test_a_line_gets_the_cost_that_held_when_it_was_sold(world: PosWorld, mirror: Mirror) -> None:
    assert mirror.writer is not None
    costs = [("V100", None, -10, "2.00"), ("V100", None, 2.5, "2.50"), ("V100", "S02", -10, "1.75")]
    rows = [
        Row(
            "cost",
            {
                "variant_id": variant,
                "store_id": store,
                "valid_from_at": START + timedelta(minutes=minutes),
                "unit_cost": cost,
                "currency": "USD",
            },
        )
        for variant, store, minutes, cost in costs
    ]
    mirror.writer.submit(Batch(rows=rows)).result()
    with world.reader() as reader:
        sync_connection(reader, mirror, until=trade(world, 3))
    found = table(
        mirror,
        "SELECT l.sale_id, l.variant_id, l.unit_cost FROM sale_line l ORDER BY l.sale_id, l.line_no",
    )
    assert found == [
        ("O0000", "V100", Decimal("2.0000")),
        ("O0000", "V200", None),
        ("O0001", "V100", Decimal("1.7500")),
        ("O0001", "V200", None),
        ("O0002", "V100", Decimal("2.5000")),
        ("O0002", "V200", None),
    ]


def test_prices_become_a_history_of_changes(world: PosWorld, mirror: Mirror) -> None:
    def set_price(overrides: list[dict[str, Any]], key: str) -> None:
        live = world.pos.catalog.retrieve("V100")["object"]
        live["item_variation_data"]["location_overrides"] = overrides
        world.pos.catalog.upsert({"idempotency_key": key, "object": live})

    own = {"location_id": "S02", "price_money": {"amount": 399, "currency": "USD"}}
    with world.reader() as reader:
        sync_connection(reader, mirror, until=START)
        world.clock.turn(minutes=5)
        set_price([own], "k1")
        sync_connection(reader, mirror, until=world.clock.turn(minutes=5))
        set_price([], "k2")
        sync_connection(reader, mirror, until=world.clock.turn(minutes=5))
    found = table(
        mirror,
        "SELECT store_id, price FROM price WHERE variant_id = 'V100' ORDER BY store_id NULLS FIRST, valid_from_at",
    )
    assert found == [
        (None, Decimal("4.5000")),
        ("S02", Decimal("4.7500")),
        ("S02", Decimal("3.9900")),
        ("S02", Decimal("4.5000")),
    ]


def test_stock_and_timecards_arrive(world: PosWorld, mirror: Mirror) -> None:
    world.pos.stock.count("V100", "S01", Decimal(40), START)
    until = trade(world, 3)
    world.pos.clock_in({"employee_id": "E0101", "store_id": "S01"})
    with world.reader() as reader:
        sync_connection(reader, mirror, until=until)
    assert table(mirror, "SELECT variant_id, store_id, quantity FROM inventory_level") == [("V100", "S01", Decimal(36))]
    assert table(mirror, "SELECT employee_id, store_id, wage_minor, clock_out_at FROM timecard") == [
        ("E0101", "S01", 3200, None)
    ]
    assert mirror.reader.snapshot().sources["inventory"].as_of_at == until


def test_a_new_location_is_read_from_its_beginning(world: PosWorld, mirror: Mirror) -> None:
    with world.reader() as reader:
        until = trade(world, 4)
        hidden = world.pos.store.one("SELECT * FROM location WHERE id = 'S02'")
        assert hidden is not None
        world.pos.store.run("DELETE FROM location WHERE id = 'S02'")
        sync_connection(reader, mirror, until=until)
        assert {row[0] for row in totals(mirror)} == {"O0000", "O0002"}
        world.pos.store.run("INSERT INTO location VALUES (?, ?)", hidden["id"], hidden["body"])
        sync_connection(reader, mirror, until=world.clock.turn(days=3))
    assert len(totals(mirror)) == 4


def test_progress_is_told_commit_by_commit(world: PosWorld, mirror: Mirror) -> None:
    seen: list[tuple[int, int, bool]] = []
    with world.reader(orders_page=2) as reader:
        until = trade(world, 5)
        sync_connection(reader, mirror, until=until, entities=[Entity.LOCATION])
        sync_connection(
            reader,
            mirror,
            until=until,
            entities=[Entity.SALE],
            on_progress=lambda step: seen.append((step.pages, step.records, step.done)),
        )
    # The second page may be committed alone, or with the third.
    assert [step for step in seen if step != (2, 4, False)] == [(1, 2, False), (3, 5, True)]


def test_a_mirror_open_for_reading_refuses_a_sync(world: PosWorld, tmp_path: Path, mirror: Mirror) -> None:
    mirror.close()
    with (
        open_mirror(tmp_path / "mirror.duckdb", read_only=True) as closed,
        world.reader() as reader,
        pytest.raises(TerminalError, match="reading only"),
    ):
        sync_connection(reader, closed, until=START)


def test_two_pulls_at_once_never_put_an_older_state_over_a_newer_one(world: PosWorld, mirror: Mirror) -> None:
    newer_is_in = threading.Event()

    class Slow(SquareReader):
        def canonical(self, record: RawRecord) -> Iterable[Row]:
            # Between seeing that its record is news and storing it.
            newer_is_in.wait(0.5)
            return super().canonical(record)

    with world.reader() as reader:
        sync_connection(reader, mirror, until=world.clock.now())
        (record,) = reader.fetch(Entity.CATALOG, ["V100"])
        renamed = [
            replace(record, source_version=record.source_version + step, payload=record.payload.replace(b'"100"', name))
            for step, name in ((1, b'"OLD"'), (2, b'"NEW"'))
        ]
        slow = Slow(world.base_url, READ_TOKEN, "square")
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(apply_records, slow, mirror, renamed[:1])
            time.sleep(0.1)
            pool.submit(apply_records, reader, mirror, renamed[1:]).add_done_callback(lambda _: newer_is_in.set())
            first.result()
        slow.close()
    assert table(mirror, "SELECT sku FROM variant WHERE variant_id = 'V100'") == [("NEW",)]
