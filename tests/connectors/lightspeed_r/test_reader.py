"""Following a change feed that has traps in it: legacy stamps, late numbers, corrections, and what is not said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from connectors.base import Cursor, Entity, Page, RawRecord
from connectors.errors import TerminalError
from connectors.http import HttpClient, Secret, parse_json
from connectors.lightspeed_r.reader import LightspeedRReader
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.sync import sync_connection
from connectors.mirror.writer import Batch
from connectors.records import Row
from connectors.sandbox.lightspeed_r.pos import ACCOUNT_ID, StandInPos
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import basket

BREAD = {"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": 1}]}


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened


def walk(reader: LightspeedRReader, entity: Entity, until: datetime, cursor: Cursor | None = None) -> list[Page]:
    return list(reader.extract(entity, cursor, until=until))


def records(pages: list[Page]) -> list[RawRecord]:
    return [record for page in pages for record in page.records]


def body(record: RawRecord) -> dict[str, Any]:
    found = parse_json(record.payload)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example/API/V3/Account/{account}/Sale.json?after=1",
        "{base}/https://evil.example/Sale.json?after=1",
        "{base}//evil.example/Sale.json?after=1",
        "{base}/../2/Sale.json?after=1",
        "{base}@evil.example/Sale.json?after=1",
        "https://[evil/Sale.json",
        "Sale.json?after=1",
    ],
)
def test_a_next_page_elsewhere_never_gets_the_token(rig: Rig, monkeypatch: pytest.MonkeyPatch, following: str) -> None:
    """Whatever stands in an answer, what is asked next is asked of the account's own address, or not at all."""
    rig.pos.sell(BREAD)
    rig.clock.turn(minutes=5)
    sent: list[httpx.URL] = []
    bad = following.format(base=rig.base_url, account=ACCOUNT_ID)
    stream, accept = httpx.Client.stream, HttpClient._accept

    def streamed(http: httpx.Client, method: str, url: Any, **more: Any) -> Any:
        sent.append(http._merge_url(url))
        return stream(http, method, url, **more)

    def accepted(http: HttpClient, response: Any, content: bytes) -> Any:
        reply = accept(http, response, content)
        if isinstance(reply.body, dict) and "Sale" in reply.body:
            reply.body["@attributes"]["next"] = bad
        return reply

    monkeypatch.setattr(httpx.Client, "stream", streamed)
    monkeypatch.setattr(HttpClient, "_accept", accepted)
    reader = cast(LightspeedRReader, rig.reader())
    try:
        with pytest.raises(TerminalError):
            walk(reader, Entity.SALE, rig.clock.now())
    finally:
        reader.close()
    ours = httpx.URL(rig.base_url)
    assert {(url.host, url.port) for url in sent} == {(ours.host, ours.port)}


def test_a_void_is_seen_although_its_legacy_stamp_stays_behind(rig: Rig, reader: LightspeedRReader) -> None:
    sold = rig.pos.sell(BREAD).answer
    rig.clock.turn(hours=3)
    first = walk(reader, Entity.SALE, rig.clock.now())
    rig.pos.void({"order_id": sold["order_id"]})
    rig.clock.turn(minutes=1)
    (again,) = records(walk(reader, Entity.SALE, rig.clock.now(), first[-1].next))
    (before,) = records(first)
    assert (body(again)["voided"], body(again)["timeStamp"]) == ("true", body(before)["timeStamp"])
    assert again.source_version > before.source_version
    legacy = rig.reader(sale_stamp="timeStamp")
    try:
        assert records(list(legacy.extract(Entity.SALE, first[-1].next, until=rig.clock.now()))) == []
    finally:
        legacy.close()


def test_a_void_within_the_second_of_its_sale_counts(rig: Rig, reader: LightspeedRReader) -> None:
    sold = rig.pos.sell(BREAD).answer
    first = walk(reader, Entity.SALE, rig.clock.now())
    rig.pos.void({"order_id": sold["order_id"]})
    (again,) = records(walk(reader, Entity.SALE, rig.clock.now(), first[-1].next))
    assert again.updated_at == records(first)[0].updated_at
    assert again.source_version > records(first)[0].source_version


def test_an_old_sale_that_is_imported_later_arrives(rig: Rig, pos: StandInPos, reader: LightspeedRReader) -> None:
    first = walk(reader, Entity.SALE, rig.clock.now())
    rig.clock.turn(hours=2)
    sold = rig.pos.sell(BREAD).answer
    made = pos.documents.get("Sale", sold["order_id"])
    pos.documents.put(
        "Sale", {**made, "completeTime": "2020-01-02T10:00:00+00:00", "timeStamp": "2020-01-02T10:00:00+00:00"}
    )
    (record,) = records(walk(reader, Entity.SALE, rig.clock.now(), first[-1].next))
    row = next(iter(reader.canonical(record)))
    assert row.values["closed_at"] == datetime(2020, 1, 2, 10, 0, tzinfo=UTC)


def test_a_refund_names_the_sale_it_came_from(rig: Rig, reader: LightspeedRReader) -> None:
    sold = rig.pos.sell(BREAD).answer
    back = rig.pos.refund({"order_id": sold["order_id"], "lines": [{"line_no": 1}]}).answer
    (record,) = reader.fetch(Entity.SALE, [back["order_id"]])
    assert next(iter(reader.canonical(record))).values["original_sale_id"] == f"lightspeed_r:{sold['order_id']}"


def test_single_sales_are_read_as_the_feed_reads_them(rig: Rig, reader: LightspeedRReader) -> None:
    sold = rig.pos.sell({**BREAD, "customer_id": "CU1"}).answer
    assert list(reader.fetch(Entity.SALE, [sold["order_id"], "99999", "no number"])) == records(
        walk(reader, Entity.SALE, rig.clock.now())
    )
    assert {record.id for record in reader.fetch(Entity.CATALOG, ["1", "category:1", "matrix:1"])} == {
        "1",
        "category:1",
    }
    with pytest.raises(TerminalError, match="pseudonyms"):
        reader.fetch(Entity.CUSTOMER, ["1"])
    with pytest.raises(TerminalError):
        reader.fetch(Entity.SCHEDULED_SHIFT, ["1"])


def test_the_window_of_a_walk_overlaps_and_ends(rig: Rig, reader: LightspeedRReader) -> None:
    rig.pos.sell(BREAD)
    rig.clock.turn(minutes=10)
    first = walk(reader, Entity.SALE, rig.clock.now())
    assert dict(first[-1].next.value) == {"since": "2026-11-02T14:10:00+00:00"}
    assert len(records(walk(reader, Entity.SALE, rig.clock.now(), first[-1].next))) == 1
    rig.clock.turn(minutes=10)
    second = walk(reader, Entity.SALE, rig.clock.now(), first[-1].next)
    third = walk(reader, Entity.SALE, rig.clock.now(), second[-1].next)
    assert (len(records(second)), len(records(third))) == (1, 0)
    rig.pos.sell(BREAD)
    assert records(walk(reader, Entity.SALE, rig.clock.now() - timedelta(minutes=1), second[-1].next)) == []


def test_an_interrupted_walk_is_finished_to_its_own_end_first(rig: Rig) -> None:
    rig.shop.baskets += [basket(number, rig.clock.now() + timedelta(minutes=number + 1)) for number in range(5)]
    rig.clock.turn(minutes=10)
    reader = rig.reader(page_size=2)
    try:
        walked = reader.extract(Entity.SALE, None, until=rig.clock.now())
        page = next(walked)
        rig.clock.turn(hours=1)
        rig.pos.sell(BREAD)
        rest = list(reader.extract(Entity.SALE, page.next, until=rig.clock.now()))
    finally:
        reader.close()
    found = [record.id for record in [*page.records, *records(rest)]]
    assert set(found) == {"1", "2", "3", "4", "5", "6"}
    assert [one.done for one in rest] == [False] * (len(rest) - 1) + [True]


def test_a_page_cursor_that_was_forgotten_starts_the_list_again(rig: Rig) -> None:
    for _ in range(3):
        rig.pos.sell(BREAD)
    reader = rig.reader(page_size=2)
    try:
        lost = Cursor({"since": None, "to": "2026-11-02T14:00:00+00:00", "step": 0, "page": "Sale.json?after=gone"})
        found = records(list(reader.extract(Entity.SALE, lost, until=rig.clock.now())))
    finally:
        reader.close()
    assert [record.id for record in found] == ["1", "2", "3"]


def test_a_log_is_followed_by_number_with_room_for_late_ones(
    rig: Rig, pos: StandInPos, reader: LightspeedRReader
) -> None:
    for quantity in ("5", "6"):
        rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": quantity})
    rig.clock.turn(hours=1)
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "7"})
    first = walk(reader, Entity.INVENTORY_CHANGE, rig.clock.now())
    assert first[-1].next.value["marks"] == {"InventoryLog": 2}
    # Number 3 is younger than the overlap: it is read again, for a lower number may still come to light.
    assert [
        record.id for record in records(walk(reader, Entity.INVENTORY_CHANGE, rig.clock.now(), first[-1].next))
    ] == ["3"]
    rig.clock.turn(hours=1)
    second = walk(reader, Entity.INVENTORY_CHANGE, rig.clock.now(), first[-1].next)
    assert records(walk(reader, Entity.INVENTORY_CHANGE, rig.clock.now(), second[-1].next)) == []


def test_after_files_a_log_is_followed_from_their_end(rig: Rig, reader: LightspeedRReader) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "5"})
    rig.clock.turn(hours=2)
    cursor = reader.caught_up(Entity.INVENTORY_CHANGE, rig.clock.now())
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "6"})
    found = records(walk(reader, Entity.INVENTORY_CHANGE, rig.clock.now(), cursor))
    assert [record.id for record in found] == ["2"]


def test_a_timecard_that_is_corrected_to_an_earlier_end_is_news(
    rig: Rig, pos: StandInPos, reader: LightspeedRReader
) -> None:
    rig.pos.clock_in({"employee_id": "E0101", "store_id": "S01"})
    rig.clock.turn(hours=14)
    card = rig.pos.clock_out({"employee_id": "E0101"}).answer
    first = walk(reader, Entity.TIMECARD, rig.clock.now())
    hours = pos.documents.get("EmployeeHours", card["timecard_id"])
    pos.documents.put("EmployeeHours", {**hours, "checkOut": "2026-11-02T22:00:00+00:00"})
    rig.clock.turn(minutes=5)
    (again,) = records(walk(reader, Entity.TIMECARD, rig.clock.now(), first[-1].next))
    assert again.source_version > records(first)[0].source_version
    row = next(iter(reader.canonical(again)))
    assert row.values["clock_out_at"] == datetime(2026, 11, 2, 22, 0, tzinfo=UTC)


def test_drawers_and_voids_are_events_with_their_shop(rig: Rig, pos: StandInPos, reader: LightspeedRReader) -> None:
    rig.pos.void({"order_id": rig.pos.sell(BREAD).answer["order_id"]})
    moved = {"amount": "-20", "createTime": "2026-11-02T14:00:00+00:00", "notes": "Milk", "employeeID": "1"}
    pos.documents.add("RegisterWithdraw", {**moved, "paymentTypeID": "1", "registerID": "2"})
    count = {"createTime": "2026-11-02T14:00:00+00:00", "openTime": "2026-11-02T08:00:00+00:00", "notes": ""}
    made = pos.documents.add(
        "RegisterCount", {**count, "registerID": "1", "openEmployeeID": "1", "closeEmployeeID": "1"}
    )
    counted = {"calculated": "100", "actual": "99.5", "registerCountID": made["registerCountID"], "paymentTypeID": "1"}
    pos.documents.add("RegisterCountAmount", counted, parent=made["registerCountID"])
    found = [
        row.values
        for record in records(walk(reader, Entity.REGISTER_EVENT, rig.clock.now()))
        for row in reader.canonical(record)
    ]
    assert [(row["kind"], row["store_id"]) for row in found] == [
        ("open_drawer", "lightspeed_r:1"),
        ("close_drawer", "lightspeed_r:1"),
        ("paid_out", "lightspeed_r:2"),
        ("void_sale", "lightspeed_r:1"),
    ]
    assert (found[1]["expected_minor"], found[1]["counted_minor"], found[2]["amount_minor"]) == (10000, 9950, 2000)


def test_after_midnight_a_sale_belongs_to_the_day_before_where_the_shop_says_so(
    rig: Rig, reader: LightspeedRReader, mirror: Mirror
) -> None:
    """00:30 in New York is half an hour past midnight; the shop's day begins at four."""
    rig.clock.at = datetime(2026, 11, 3, 5, 30, tzinfo=UTC)
    rig.pos.sell(BREAD)
    sync_connection(reader, mirror, until=rig.clock.now(), entities=[Entity.LOCATION, Entity.CATALOG])
    assert mirror.writer is not None
    night_owl = {
        "store_id": "lightspeed_r:1",
        "name": "Market Street",
        "timezone": "America/New_York",
        "currency": "USD",
    }
    mirror.writer.submit(Batch(rows=[Row("store", {**night_owl, "day_starts_at": time(4)})])).result()
    sync_connection(reader, mirror, until=rig.clock.now())
    ((day, net),) = mirror.reader.query("SELECT business_on, net_minor FROM sale").rows
    assert (day.isoformat(), net) == ("2026-11-02", 320)


def test_a_yen_shop_has_no_cents(tmp_path: Path, rig: Rig, pos: StandInPos) -> None:
    pos.currency = "JPY"
    sold = pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": 1, "price_minor": 450}]}).answer
    reader = rig.reader()
    try:
        (record,) = reader.fetch(Entity.SALE, [sold["order_id"]])
        document = next(iter(reader.canonical(record))).values
    finally:
        reader.close()
    assert (document["currency"], document["net_minor"], document["total_minor"]) == ("JPY", 450, 450)


def test_a_healthy_account_says_whose_it_is(reader: LightspeedRReader) -> None:
    health = reader.check()
    assert (health.ok, health.account, health.problems) == (True, "Floorwalker Demo Stores", ())


def test_a_scope_that_is_missing_is_named_with_the_setting(rig: Rig) -> None:
    reader = rig.reader(token=Secret("wrong"), setting="LIGHTSPEED_R_ACCESS_TOKEN")
    try:
        health = reader.check()
    finally:
        reader.close()
    assert not health.ok
    assert "LIGHTSPEED_R_ACCESS_TOKEN" in health.problems[0]


def test_customers_are_pseudonyms_in_their_own_feed_and_in_sales(rig: Rig, reader: LightspeedRReader) -> None:
    rig.pos.sell({**BREAD, "customer_id": "CU1"})
    (customer,) = records(walk(reader, Entity.CUSTOMER, rig.clock.now()))
    (sale,) = records(walk(reader, Entity.SALE, rig.clock.now()))
    assert body(sale)["customer_key"] == customer.id
    assert "Cleo" not in customer.payload.decode() + sale.payload.decode()
    nobody = rig.reader(pseudonym_key=None)
    try:
        assert records(list(nobody.extract(Entity.CUSTOMER, None, until=rig.clock.now()))) == []
    finally:
        nobody.close()


def test_a_shop_sells_at_its_own_price_level(rig: Rig, reader: LightspeedRReader) -> None:
    rig.pos.reprice({"variant_id": "V100", "store_id": "S02", "price_minor": 475})
    (record,) = reader.fetch(Entity.CATALOG, [rig.external["variant"]["V100"]])
    prices = {row.values["store_id"]: row.values["price"] for row in reader.canonical(record) if row.table == "price"}
    assert prices == {None: Decimal("4.5"), "lightspeed_r:2": Decimal("4.75")}
