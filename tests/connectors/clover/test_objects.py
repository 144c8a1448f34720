"""Clover's single objects: how they are mapped, what is taken out of them, and how they are asked for."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from connectors.apart import why_apart
from connectors.base import Cursor, Entity, Page, RawRecord
from connectors.clover.client import CloverClient, CloverPacer, instant, millis
from connectors.clover.landing import raw_record
from connectors.clover.reader import CloverReader
from connectors.errors import TerminalError
from connectors.http import Secret, to_json
from connectors.mirror.open import Mirror
from connectors.mirror.sync import sync_connection
from connectors.sandbox.clover.pos import MERCHANT_ID, CloverStandIn
from connectors.sandbox.clover.till import Rung, Sale, order_of
from tests.support.platforms.clover import OneStore
from tests.support.platforms.rig import PSEUDONYM_KEY, Rig
from tests.support.platforms.shop import START, basket

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


def test_the_trading_day_of_a_late_shop_ends_past_midnight(rig: Rig, mirror: Mirror) -> None:
    pos = stand_in(rig)
    pos.store.put("merchant", "properties", {**pos.store.get("merchant", "properties"), "summaryHour": 4, "vat": True})
    # Half past one in the night from Friday to Saturday in New York.
    sell_at(rig, "NIGHT", datetime(2026, 11, 7, 6, 30, tzinfo=UTC))
    rig.clock.turn(days=6)
    with reading(rig) as reader:
        sync_connection(reader, mirror, until=rig.clock.now())
    (row,) = mirror.reader.query("SELECT CAST(business_on AS VARCHAR) FROM sale").rows
    assert row == ("2026-11-06",)
    assert mirror.reader.query("SELECT tax_inclusive, timezone, country FROM store").rows == [
        (True, "America/New_York", "US")
    ]


def test_an_evening_hour_is_not_taken_for_the_beginning_of_a_day(rig: Rig) -> None:
    merchant = {"id": MERCHANT_ID, "name": "X", "properties": {"summaryHour": 21, "timezone": "UTC"}}
    record = raw_record(Entity.LOCATION, merchant, None, now=START)
    with reading(rig) as reader:
        (row,) = reader.canonical(record)
    assert "day_starts_at" not in row.values


def test_corrected_hours_stand_in_for_clocked_ones(rig: Rig) -> None:
    shift = {
        "id": "SH1",
        "employee": {"id": "E0101"},
        "inTime": millis(START),
        "outTime": millis(START + timedelta(hours=9)),
        "overrideInTime": millis(START + timedelta(hours=1)),
        "overrideOutTime": millis(START + timedelta(hours=8)),
    }
    with reading(rig) as reader:
        (row,) = reader.canonical(raw_record(Entity.TIMECARD, shift, None, now=START))
    assert (row.values["clock_in_at"], row.values["clock_out_at"]) == (
        START + timedelta(hours=1),
        START + timedelta(hours=8),
    )


@pytest.mark.parametrize(
    ("item", "active"),
    [
        ({"hidden": True}, False),
        ({"available": False}, False),
        ({"available": False, "autoManage": True}, True),
        ({"deletedTime": 5}, False),
        ({}, True),
    ],
)
def test_sold_out_is_not_gone(rig: Rig, item: dict[str, Any], active: bool) -> None:
    source = {"id": "V1", "name": "X", "price": 450, "priceType": "FIXED", "modifiedTime": millis(START), **item}
    with reading(rig) as reader:
        rows = {row.table: row.values for row in reader.canonical(raw_record(Entity.CATALOG, source, None, now=START))}
    assert (rows["variant"]["active"], rows["product"]["active"]) == (active, active)
    assert ("price" in rows) == (not item.get("deletedTime"))


def test_a_price_that_is_typed_at_the_till_is_none(rig: Rig) -> None:
    source = {"id": "V1", "name": "X", "price": 0, "priceType": "VARIABLE", "cost": 0, "currency": "JPY"}
    with reading(rig) as reader:
        tables = [row.table for row in reader.canonical(raw_record(Entity.CATALOG, source, None, now=START))]
        priced = {**source, "price": 450, "priceType": "PER_UNIT", "unitName": "lb", "cost": 210}
        rows = {row.table: row.values for row in reader.canonical(raw_record(Entity.CATALOG, priced, None, now=START))}
    assert tables == ["product", "variant"]
    assert (rows["price"]["price"], rows["cost"]["unit_cost"], rows["variant"]["unit_of_measure"]) == (450, 210, "lb")


def test_customers_are_pseudonyms_and_none_without_a_key(rig: Rig, mirror: Mirror) -> None:
    with reading(rig) as reader:
        sync_connection(reader, mirror, until=START)
        (record,) = reader.fetch(Entity.CUSTOMER, ["CU1"])
    found = mirror.reader.query("SELECT customer_key, consent FROM customer").rows
    assert [(len(key), consent) for key, consent in found] == [(24, False)]
    assert record.id == found[0][0]
    assert b"Cleo" not in record.payload
    assert b"CU1" not in record.payload
    with reading(rig, pseudonym_key=None) as bare:
        assert bare.fetch(Entity.CUSTOMER, ["CU1"]) == []
        pages, _ = walked(bare, Entity.CUSTOMER, None, START)
    assert records(iter(pages)) == {}


def test_nothing_personal_of_an_order_is_landed() -> None:
    private = "Cleo Cedar 4111"
    source = {
        "id": "O1",
        "modifiedTime": 1,
        "title": private,
        "note": private,
        "customers": {"elements": [{"id": "CU1", "firstName": private}]},
        "employee": {"id": "E1", "name": private},
        "fulfillmentInfo": {"x": private},
        "lineItems": {"elements": [{"id": "L", "note": private, "userData": private, "binName": private}]},
        "payments": {
            "elements": [
                {
                    "id": "P",
                    "note": private,
                    "cardTransaction": {"cardType": "VISA", "last4": private, "cardholderName": private},
                    "transactionInfo": {"x": private},
                    "refunds": {"elements": [{"id": "R", "reason": private, "cardTransaction": {"last4": private}}]},
                }
            ]
        },
        "refunds": {"elements": [{"id": "R", "reason": private}]},
        "credits": {"elements": [{"id": "C", "customers": {"firstName": private}}]},
    }
    record = raw_record(Entity.SALE, source, KEY, now=START)
    assert private.encode() not in record.payload
    assert json.loads(record.payload)["customer_key"]
    person = raw_record(Entity.EMPLOYEE, {"id": "E", "name": "Ada", "email": private, "pin": private}, KEY, now=START)
    assert private.encode() not in person.payload


def test_the_version_of_an_order_is_the_latest_of_all_stamps_in_it() -> None:
    order = {"id": "O", "modifiedTime": 5, "payments": {"elements": [{"id": "P", "modifiedTime": 9}]}}
    assert raw_record(Entity.SALE, order, None, now=START).source_version == 9
    order["refunds"] = {"elements": [{"id": "R", "createdTime": 12}]}
    assert raw_record(Entity.SALE, order, None, now=START).source_version == 12


@pytest.mark.parametrize("broken", [{}, {"id": ""}, {"id": None}, {"id": "O", "modifiedTime": 10**20}])
def test_an_object_without_an_id_or_with_a_wrong_stamp_is_said(broken: dict[str, Any]) -> None:
    record = raw_record(Entity.SALE, broken, None, now=START)
    assert "without an id or a time stamp" in why_apart(record.payload)
    assert record.source_version == 0


def test_a_payments_webhook_finds_its_order(rig: Rig) -> None:
    order = sell_at(rig, "PAID", START)
    payment = order["payments"][0]
    stand_in(rig).store.put("payments", payment["id"], payment)
    with reading(rig) as reader:
        assert [record.id for record in reader.fetch(Entity.SALE, [f"P:{payment['id']}"])] == ["PAID"]
        assert reader.fetch(Entity.SALE, ["P:NOSUCHPAYMNT", "NOSUCHORDER"]) == []


def test_single_objects_are_read_by_id(rig: Rig) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "3.5"})
    with reading(rig) as reader:
        (item,) = reader.fetch(Entity.CATALOG, ["V100"])
        (category,) = reader.fetch(Entity.CATALOG, ["IC:CAT0000000001"])
        (gone,) = reader.fetch(Entity.CATALOG, ["NOSUCHITEM"])
        (stock,) = reader.fetch(Entity.INVENTORY, ["V100"])
        (person,) = reader.fetch(Entity.EMPLOYEE, ["E0101"])
        (discount,) = reader.fetch(Entity.PROMOTION, ["DSCSTAFF00001"])
        with pytest.raises(TerminalError, match="run a sync"):
            reader.fetch(Entity.LOCATION, ["x"])
        rows = [row for record in (item, category, stock, person, discount) for row in reader.canonical(record)]
    assert gone.deleted
    assert [row.table for row in rows] == [
        "product",
        "variant",
        "price",
        "cost",
        "category",
        "inventory_level",
        "employee",
        "promotion",
    ]
    assert rows[5].values["quantity"] == Decimal("3.5")


def test_a_missing_permission_is_named(rig: Rig) -> None:
    with reading(rig) as reader:
        assert reader.check().ok
        rig.faults.order({"operation": "customers.list", "fault": "expired_token", "times": 1})
        health = reader.check()
    assert health.account == "Market Street"
    assert health.problems == (
        "Give the application of CLOVER_ACCESS_TOKEN the permission Customers (Read) and install it again.",
    )


def test_another_merchant_is_refused(rig: Rig) -> None:
    other = rig.base_url.replace(MERCHANT_ID, "ANOTHERMRCHNT")
    reader = CloverReader(other, Secret("sandbox-read-token"), "other")
    health = reader.check()
    reader.close()
    assert not health.ok
    assert "CLOVER_ACCESS_TOKEN" in health.problems[0]


@pytest.mark.parametrize(
    "url", ["https://api.clover.com", "https://api.clover.com/v3/merchants/", "http://x/v3/merchants/A/B"]
)
def test_a_base_url_without_a_merchant_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(TerminalError, match="must end with /v3/merchants/"):
        CloverReader(url, KEY, "clover")


def test_only_two_ways_of_dating_are_known() -> None:
    with pytest.raises(TerminalError, match="dated_by"):
        CloverReader("http://x/v3/merchants/A", KEY, "clover", dated_by="moon")


def test_what_clover_does_not_have_is_said(rig: Rig) -> None:
    with reading(rig) as reader, pytest.raises(TerminalError, match="no inventory changes"):
        reader.extract(Entity.INVENTORY_CHANGE, None, until=START)


def test_a_shape_that_is_none_of_clovers_is_said(rig: Rig) -> None:
    stand_in(rig).store.put("merchant", "properties", {"elements": 5})
    client = CloverClient(rig.base_url, Secret("sandbox-read-token"), setting="X")
    with pytest.raises(TerminalError, match="shape"):
        client.page("/properties")
    client.close()


def test_sales_that_came_by_files_are_not_read_again(rig: Rig) -> None:
    sell_at(rig, "BEFORE", START - timedelta(hours=3))
    sell_at(rig, "AFTER", START + timedelta(minutes=3))
    rig.clock.turn(minutes=5)
    with reading(rig) as reader:
        pages, _ = walked(reader, Entity.SALE, reader.caught_up(Entity.SALE, START), rig.clock.now())
        catalogue, _ = walked(reader, Entity.CATALOG, reader.caught_up(Entity.CATALOG, START), rig.clock.now())
    assert set(records(iter(pages))) == {"AFTER"}
    assert "V100" in records(iter(catalogue))


def test_the_pace_is_kept_below_sixteen_a_second_and_learns_from_refusals() -> None:
    waits: list[float] = []
    pacer = CloverPacer(sleep=waits.append)
    for _ in range(4):
        with pacer.slot():
            pass
    assert waits
    assert all(wait >= 1 / 16 - 0.02 for wait in waits)
    before = len(waits)
    pacer.learn({"x-ratelimit-tokenlimit": "2"}, None)
    with pacer.slot():
        pass
    assert waits[before] == pytest.approx(0.5, abs=0.05)
    pacer.learn({"X-RateLimit-tokenConcurrentLimit": "5"}, None)
    with pacer.slot():
        pass
    assert len(waits) == before + 2


def test_stamps_are_exact_milliseconds() -> None:
    for value in (0, 1, 1_793_540_000_123, 4_102_444_800_999):
        assert millis(instant(value)) == value
    with pytest.raises(OverflowError):
        instant(10**20)


def test_the_shop_of_the_rig_is_one_store() -> None:
    shop = OneStore([basket(1, START), basket(2, START, "S02")])
    assert [place.store_id for place in shop.locations()] == ["S01"]
    assert [person.employee_id for person in shop.employees()] == ["E0101"]
    assert PSEUDONYM_KEY


def test_a_record_that_is_no_object_gives_no_rows(rig: Rig) -> None:
    with reading(rig) as reader:
        assert list(reader.canonical(RawRecord(Entity.SALE, "x", 1, START, to_json([])))) == []
