"""What Clover hides, and how it is found all the same."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from connectors.base import Cursor, Entity, Page, RawRecord
from connectors.clover.client import millis
from connectors.clover.reader import CloverReader
from connectors.http import Secret
from connectors.mirror.open import Mirror
from connectors.mirror.sync import apply_records, sync_connection
from connectors.sandbox.clover.pos import MERCHANT_ID, CloverStandIn
from connectors.sandbox.clover.till import Rung, Sale, order_of
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import START

KEY = Secret("k")


@contextlib.contextmanager
def reading(rig: Rig, **options: Any) -> Iterator[CloverReader]:
    reader = rig.reader(**options)
    assert isinstance(reader, CloverReader)
    try:
        yield reader
    finally:
        reader.close()


def stand_in(rig: Rig) -> CloverStandIn:
    assert isinstance(rig.pos, CloverStandIn)
    return rig.pos


def records(pages: Iterator[Page]) -> dict[str, RawRecord]:
    return {record.id: record for page in pages for record in page.records}


def walked(reader: CloverReader, entity: Entity, cursor: Cursor | None, until: datetime) -> tuple[list[Page], Cursor]:
    pages = list(reader.extract(entity, cursor, until=until))
    assert [page.done for page in pages] == [False] * (len(pages) - 1) + [True]
    return pages, pages[-1].next


def sell_at(rig: Rig, name: str, at: datetime, **more: Any) -> dict[str, Any]:
    pos = stand_in(rig)
    sale = Sale(name, millis(at), "USD", [Rung("V200", "Rye bread", Decimal(1), 320)], **more)
    order = order_of(sale, MERCHANT_ID)
    pos.store.put("orders", name, order)
    return order


def test_years_of_history_come_in_slices_of_ninety_days(rig: Rig) -> None:
    """Clover answers a longer span with its last 90 days, and says nothing of it."""
    pos = stand_in(rig)
    born = START - timedelta(days=800)
    pos.store.put("merchant", "self", {**pos.store.get("merchant", "self"), "createdTime": millis(born)})
    wanted = {f"H{days}" for days in range(5, 800, 45)}
    for days in range(5, 800, 45):
        sell_at(rig, f"H{days}", START - timedelta(days=days))
    with reading(rig) as reader:
        pages, following = walked(reader, Entity.SALE, None, START)
        assert set(records(iter(pages))) == wanted
        again, _ = walked(reader, Entity.SALE, following, START + timedelta(minutes=1))
    assert [page.records for page in again] == [()]


def test_a_merchant_that_was_not_read_for_long_loses_nothing(rig: Rig) -> None:
    with reading(rig) as reader:
        _, following = walked(reader, Entity.SALE, None, START)
        for days in (1, 80, 100, 199):
            sell_at(rig, f"L{days}", START + timedelta(days=days))
        rig.clock.turn(days=200)
        pages, _ = walked(reader, Entity.SALE, following, rig.clock.now())
    assert set(records(iter(pages))) == {"L1", "L80", "L100", "L199"}


def test_orders_of_the_same_millisecond_are_all_read(rig: Rig) -> None:
    for number in range(9):
        sell_at(rig, f"S{number}", START)
    with reading(rig, orders_page=2) as reader:
        pages, _ = walked(reader, Entity.SALE, None, START + timedelta(minutes=1))
    assert len(records(iter(pages))) == 9


def test_an_order_of_more_than_a_hundred_lines_has_all_of_them(rig: Rig, mirror: Mirror) -> None:
    lines = [Rung("V200", "Rye bread", Decimal(1), 320, 20) for _ in range(251)]
    order = order_of(Sale("BIG", millis(START + timedelta(minutes=1)), "USD", lines), MERCHANT_ID)
    stand_in(rig).store.put("orders", "BIG", order)
    rig.clock.turn(minutes=2)
    with reading(rig, list_page=100) as reader:
        sync_connection(reader, mirror, until=rig.clock.now())
        (again,) = reader.fetch(Entity.SALE, ["BIG"])
    assert mirror.reader.query("SELECT count(*), sum(net_minor) FROM sale_line").rows == [(251, 251 * 300)]
    assert len(json.loads(again.payload)["lineItems"]["elements"]) == 251


def test_a_refund_that_leaves_its_orders_stamp_alone_is_found(rig: Rig, mirror: Mirror) -> None:
    pos = stand_in(rig)
    sell_at(rig, "OLD", START + timedelta(minutes=1))
    rig.clock.turn(days=100)
    with reading(rig) as reader:
        sync_connection(reader, mirror, until=rig.clock.now())
        before = pos.store.get("orders", "OLD")["modifiedTime"]
        rig.clock.turn(minutes=30)
        pos.refund({"order_id": "OLD", "amount_minor": 100})
        pos.store.put("orders", "OLD", {**pos.store.get("orders", "OLD"), "modifiedTime": before})
        rig.clock.turn(minutes=30)
        sync_connection(reader, mirror, until=rig.clock.now())
    assert mirror.reader.query("SELECT net_minor FROM sale WHERE kind = 'return'").rows == [(-100,)]


def test_a_credit_that_hangs_on_no_order_is_a_return(rig: Rig, mirror: Mirror) -> None:
    at = millis(START + timedelta(minutes=1))
    credit = {"id": "CRED1", "amount": 500, "taxAmount": 0, "createdTime": at, "result": "SUCCESS", "reason": "Ada's"}
    stand_in(rig).store.put("credits", "CRED1", credit)
    rig.clock.turn(minutes=5)
    with reading(rig) as reader:
        for _ in range(2):
            sync_connection(reader, mirror, until=rig.clock.turn(minutes=1))
        (fetched,) = reader.fetch(Entity.SALE, ["credit:CRED1"])
    found = mirror.reader.query("SELECT external_id, kind, net_minor, original_sale_id FROM sale").rows
    assert found == [("CRED1", "return", -500, None)]
    assert b"Ada" not in fetched.payload


def test_an_order_that_was_deleted_counts_no_more(rig: Rig, mirror: Mirror) -> None:
    """No list tells of it, and no webhook that came; once a day the orders of five weeks are counted."""
    sell_at(rig, "OLD", START)
    rig.clock.turn(days=60)
    for number in range(3):
        sell_at(rig, f"O{number}", rig.clock.now() + timedelta(minutes=number))
    net = "SELECT sum(net_minor), count(*) FROM sale WHERE NOT voided"
    with reading(rig, list_page=2) as reader:
        rig.clock.turn(days=20)
        sync_connection(reader, mirror, until=rig.clock.now(), entities=[Entity.LOCATION, Entity.SALE])
        assert mirror.reader.query(net).rows == [(4 * 320, 4)]
        stand_in(rig).store.drop("orders", "O1")
        for turned in ({"hours": 2}, {"days": 1}):
            rig.clock.turn(**turned)
            sync_connection(reader, mirror, until=rig.clock.now(), entities=[Entity.SALE])
        assert mirror.reader.query(net).rows == [(3 * 320, 3)]
        days = "SELECT sum(net_minor), sum(transactions) FROM store_day"
        assert mirror.reader.query(days).rows == [(3 * 320, 3)]
        # What was deleted longer ago is found by reading everything again.
        stand_in(rig).store.drop("orders", "OLD")
        rig.clock.turn(days=1)
        sync_connection(reader, mirror, until=rig.clock.now(), entities=[Entity.SALE])
        assert mirror.reader.query(net).rows == [(3 * 320, 3)]
        sync_connection(reader, mirror, until=rig.clock.now(), entities=[Entity.SALE], full=True)
        assert mirror.reader.query(net).rows == [(2 * 320, 2)]


def test_orders_are_counted_once_a_day(rig: Rig) -> None:
    sell_at(rig, "O1", START)
    with reading(rig) as reader:
        pages, cursor = walked(reader, Entity.SALE, None, rig.clock.now())
        assert pages[-1].census is not None
        for hours, counts in ((5, False), (5, False), (15, True), (1, False)):
            rig.clock.turn(hours=hours)
            pages, cursor = walked(reader, Entity.SALE, cursor, rig.clock.now())
            assert (pages[-1].census is not None) is counts


def test_a_customer_that_was_deleted_is_forgotten(rig: Rig, mirror: Mirror) -> None:
    """The webhook names Clover's own id, which is not kept anywhere."""
    rig.clock.turn(minutes=5)
    with reading(rig, pseudonym_key=KEY) as reader:
        sync_connection(reader, mirror, until=rig.clock.now(), entities=[Entity.CUSTOMER])
        assert mirror.reader.query("SELECT count(*) FROM customer").rows == [(1,)]
        stand_in(rig).store.drop("customers", "CU1")
        apply_records(reader, mirror, reader.fetch(Entity.CUSTOMER, ["CU1"]))
        assert mirror.reader.query("SELECT count(*) FROM customer").rows == [(0,)]
        assert mirror.reader.query("SELECT count(*) FROM raw_object WHERE payload LIKE '%CU1%'").rows == [(0,)]


def test_an_item_is_gone_only_when_clover_says_so(rig: Rig) -> None:
    pos = stand_in(rig)
    with reading(rig, list_page=2) as reader:
        _, following = walked(reader, Entity.CATALOG, None, START)
        assert set(following.value["known"]) == {"V100", "V200", "V300", "V400"}
        pos.retire({"variant_id": "V400"})
        unlisted = Cursor({"known": [*following.value["known"], "V999"]})
        listing = pos.store.listing

        def without_bread(kind: str) -> list[dict[str, Any]]:
            return [item for item in listing(kind) if item.get("id") != "V200"]

        pos.store.listing = without_bread  # type: ignore[method-assign]
        pages, after = walked(reader, Entity.CATALOG, unlisted, START + timedelta(minutes=1))
    found = records(iter(pages))
    assert {name for name, record in found.items() if record.deleted} == {"V400", "V999"}
    assert set(after.value["known"]) == {"V100", "V200", "V300"}


def test_a_list_that_reads_as_before_is_not_handed_over_again(rig: Rig) -> None:
    rig.pos.clock_in({"employee_id": "E0101", "store_id": "S01"})
    with reading(rig) as reader:
        for entity in (Entity.EMPLOYEE, Entity.PROMOTION, Entity.INVENTORY, Entity.LOCATION, Entity.TIMECARD):
            _, following = walked(reader, entity, None, START + timedelta(minutes=1))
            pages, following = walked(reader, entity, following, START + timedelta(minutes=2))
            pages, _ = walked(reader, entity, following, START + timedelta(minutes=3))
            assert [list(page.records) for page in pages] == [[]], entity


def test_a_discount_that_was_deleted_has_ended(rig: Rig, mirror: Mirror) -> None:
    with reading(rig) as reader:
        sync_connection(reader, mirror, until=START)
        stand_in(rig).store.drop("discounts", "DSCSTAFF00001")
        until = rig.clock.turn(hours=1)
        sync_connection(reader, mirror, until=until)
    found = mirror.reader.query("SELECT promotion_id, name, kind, value, ends_at FROM promotion").rows
    assert found == [("clover:DSCSTAFF00001", "Staff", "percent", Decimal(10), until)]


def test_cash_events_become_events_of_the_drawer(rig: Rig, mirror: Mirror) -> None:
    pos = stand_in(rig)
    kinds = [("OPEN", 0), ("ADJUSTMENT", 500), ("ADJUSTMENT", -300), ("TRANSACTION", 450), ("COUNT", 5), ("UNLOAD", -9)]
    for number, (kind, amount) in enumerate(kinds):
        event = {"type": kind, "amountChange": amount, "timestamp": millis(START) + number, "note": "for Ada's float"}
        pos.store.put("cash_events", f"E{number}", {**event, "employee": {"id": "E0101", "name": "Ada"}})
    rig.clock.turn(minutes=1)
    with reading(rig) as reader:
        sync_connection(reader, mirror, until=rig.clock.now())
        sync_connection(reader, mirror, until=rig.clock.turn(minutes=1))
    found = mirror.reader.query("SELECT kind, amount_minor FROM register_event ORDER BY ALL").rows
    assert found == [
        ("close_drawer", -9),
        ("no_sale", 0),
        ("open_drawer", 10000),
        ("paid_in", 500),
        ("paid_out", -300),
    ]
    assert mirror.reader.query(
        "SELECT count(*) FROM raw_object WHERE payload LIKE '%Ada%' AND entity = 'register_event'"
    ).rows == [(0,)]
