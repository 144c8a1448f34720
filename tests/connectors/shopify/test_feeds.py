"""Feeds that are Shopify's own: deletions out of events, costs, cash drawers, stock out of sales and transfers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from connectors.base import Entity, Reader
from connectors.errors import TerminalError
from connectors.manifest import load_manifest
from connectors.mirror.open import Mirror
from connectors.mirror.sync import apply_records, sync_connection
from connectors.sandbox.shopify.events import Event
from tests.conformance.trading import places, rows, sell, trade, variant_id
from tests.support.platforms.rig import Rig

Make = Callable[..., Reader]


def pull(rig: Rig, reader: Reader, mirror: Mirror) -> None:
    sync_connection(reader, mirror, until=rig.clock.now(), entities=load_manifest("shopify").readable())


def test_a_deleted_product_is_told_by_the_shops_events(rig: Rig, reader: Reader, mirror: Mirror) -> None:
    pull(rig, reader, mirror)
    rig.clock.turn(minutes=5)
    rig.pos.retire({"variant_id": "V400", "delete": True})
    rig.clock.turn(minutes=5)
    pull(rig, reader, mirror)
    active = dict(rows(mirror, "SELECT name, active FROM product"))
    assert active == {"Oat milk": True, "Rye bread": True, "Olives, loose": True, "Blue mug": False}


def test_a_deleted_product_is_told_by_a_webhook(rig: Rig, reader: Reader, mirror: Mirror) -> None:
    pull(rig, reader, mirror)
    rig.clock.turn(minutes=5)
    happening = rig.pos.retire({"variant_id": "V400", "delete": True})
    assert rig.signed is not None
    headers, body = rig.signed(happening.event, "https://example.com/hooks")
    event = reader.verify_webhook(headers, body, "https://example.com/hooks")
    assert event is not None
    assert event.topic == "products/delete"
    ((entity, identity),) = event.touched
    apply_records(reader, mirror, reader.fetch(entity, [identity]))
    assert dict(rows(mirror, "SELECT name, active FROM product"))["Blue mug"] is False


def delete(rig: Rig, kind: str, subject: str) -> str:
    """Somebody deletes the only object of a kind; its number."""
    pos: Any = rig.pos
    ((identity,),) = pos.store.all("SELECT id FROM object WHERE kind = ?", kind)
    pos.store.destroy(identity, subject, rig.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"))
    return str(identity).rsplit("/", 1)[-1]


def plan(rig: Rig) -> None:
    pos: Any = rig.pos
    gets = {"value": {"percentage": 0.1}, "items": {"all": True}}
    wanted = {"title": "Ten off", "startsAt": "2026-11-01T00:00:00Z", "customerGets": gets}
    assert not pos.campaigns.create_discount(wanted, rig.clock.now())["userErrors"]


@pytest.mark.parametrize(
    ("kind", "subject", "table"),
    [("DiscountAutomaticNode", "DISCOUNT_AUTOMATIC_NODE", "promotion"), ("Customer", "CUSTOMER", "customer")],
)
def test_a_deleted_discount_or_customer_is_told_by_the_shops_events(
    rig: Rig, reader: Reader, mirror: Mirror, kind: str, subject: str, table: str
) -> None:
    plan(rig)
    trade(rig, 1, customer="CU1")
    pull(rig, reader, mirror)
    assert rows(mirror, f"SELECT count(*) FROM {table}") == [(1,)]
    rig.clock.turn(minutes=5)
    delete(rig, kind, subject)
    rig.clock.turn(minutes=5)
    pull(rig, reader, mirror)
    assert rows(mirror, f"SELECT count(*) FROM {table}") == [(0,)]
    assert rows(mirror, "SELECT count(*) FROM sale WHERE customer_key IS NOT NULL") == [(1,)]


@pytest.mark.parametrize(
    ("kind", "topic", "table"),
    [("DiscountAutomaticNode", "discounts/delete", "promotion"), ("Customer", "customers/delete", "customer")],
)
def test_a_deleted_discount_or_customer_is_told_by_a_webhook(
    rig: Rig, reader: Reader, mirror: Mirror, kind: str, topic: str, table: str
) -> None:
    plan(rig)
    trade(rig, 1, customer="CU1")
    pull(rig, reader, mirror)
    rig.clock.turn(minutes=5)
    number = int(delete(rig, kind, "UNKNOWN"))
    assert rig.signed is not None
    headers, body = rig.signed(Event(topic, {"id": number}), "https://example.com/hooks")
    told = reader.verify_webhook(headers, body, "https://example.com/hooks")
    assert told is not None
    ((entity, identity),) = told.touched
    apply_records(reader, mirror, reader.fetch(entity, [identity]))
    assert rows(mirror, f"SELECT count(*) FROM {table}") == [(0,)]


def test_events_that_cannot_be_read_stop_nothing(rig: Rig, reader: Reader, mirror: Mirror) -> None:
    pull(rig, reader, mirror)
    pos: Any = rig.pos
    pos.withheld = frozenset({"events"})
    rig.clock.turn(minutes=5)
    rig.pos.reprice({"variant_id": "V400", "price_minor": 1195})
    rig.clock.turn(minutes=1)
    pull(rig, reader, mirror)
    assert (Decimal("11.9500"),) in rows(mirror, "SELECT price FROM price")
    assert [problem for problem in reader.check().problems if "webhooks only" in problem]


def test_a_cost_that_changes_alone_becomes_a_history(rig: Rig, reader: Reader, mirror: Mirror) -> None:
    pull(rig, reader, mirror)
    rig.clock.turn(hours=2)
    pos: Any = rig.pos
    item = pos.store.alias("InventoryItem", "V100")
    cost = {"amount": "2.35", "currencyCode": "USD"}
    pos.store.changed(item, rig.clock.now().isoformat().replace("+00:00", "Z"), unitCost=cost)
    rig.clock.turn(minutes=1)
    pull(rig, reader, mirror)
    found = rows(
        mirror,
        "SELECT unit_cost FROM cost WHERE variant_id = $id ORDER BY valid_from_at",
        {"id": variant_id(mirror, rig, "V100")},
    )
    assert found == [(Decimal("2.1000"),), (Decimal("2.3500"),)]


def test_costs_that_are_withheld_cost_nothing_but_themselves(rig: Rig, reader: Reader, mirror: Mirror) -> None:
    pos: Any = rig.pos
    pos.withheld = frozenset({"unitCost"})
    pull(rig, reader, mirror)
    assert rows(mirror, "SELECT count(*) FROM cost") == [(0,)]
    assert rows(mirror, "SELECT count(*) FROM variant") == [(4,)]


def test_staff_that_the_plan_withholds_leaves_sales_without_their_seller(
    rig: Rig, reader: Reader, mirror: Mirror
) -> None:
    pos: Any = rig.pos
    pos.withheld = frozenset({"staffMembers", "staffMember"})
    sell(rig, employee_id="E0101")
    rig.clock.turn(minutes=1)
    pull(rig, reader, mirror)
    assert rows(mirror, "SELECT net_minor, employee_id FROM sale") == [(640, None)]
    assert rows(mirror, "SELECT count(*) FROM employee") == [(0,)]
    pos.withheld = frozenset()
    fresh = rig.reader()
    try:
        pull(rig, fresh, mirror)
    finally:
        fresh.close()
    assert rows(mirror, "SELECT count(*) FROM employee") == [(2,)], "nothing was skipped while it was withheld"


def test_a_product_with_many_variants_is_whole(rig: Rig, make: Make) -> None:
    pos: Any = rig.pos
    product = pos.store.alias("Product", "100")
    first = pos.store.every("ProductVariant", product)[0]
    for number in range(120):
        more = {**first, "id": pos.store.new_id("ProductVariant"), "title": f"Size {number}"}
        pos.store.put(more, created_at=more["createdAt"], updated_at=more["updatedAt"], parent=product)
    reader = make()
    found = [
        row
        for page in reader.extract(Entity.CATALOG, None, until=rig.clock.now())
        for record in page.records
        for row in reader.canonical(record)
        if row.table == "variant"
    ]
    assert len(found) == 4 + 120


def test_a_cash_drawers_day_becomes_register_events(rig: Rig, reader: Reader, mirror: Mirror) -> None:
    pos: Any = rig.pos
    location = pos.store.alias("Location", places(rig)[0])
    request = {
        "opening_minor": 10_000,
        "adjustments_minor": [2_500, -1_000],
        "closing_minor": 11_400,
        "expected_minor": 11_500,
    }
    pos.campaigns.session(request, location, rig.clock.now())
    rig.clock.turn(minutes=1)
    pull(rig, reader, mirror)
    found = rows(mirror, "SELECT kind, amount_minor, expected_minor, counted_minor FROM register_event ORDER BY kind")
    assert found == [
        ("close_drawer", 11_400, 11_500, 11_400),
        ("open_drawer", 10_000, 10_000, 10_000),
        ("paid_in", 2_500, None, None),
        ("paid_out", 1_000, None, None),
    ]


def test_stock_that_moved_is_put_together_from_sales_returns_and_transfers(
    rig: Rig, reader: Reader, mirror: Mirror
) -> None:
    pos: Any = rig.pos
    start, end = (pos.store.alias("Location", place) for place in places(rig))
    rig.pos.recount({"variant_id": "V200", "store_id": places(rig)[0], "quantity": 40})
    sold = sell(rig)
    rig.clock.turn(minutes=1)
    rig.pos.refund({"order_id": sold["order_id"], "lines": [{"line_no": 1, "quantity": 1}]})
    wanted = {
        "originLocationId": start,
        "destinationLocationId": end,
        "lineItems": [{"inventoryItemId": pos.store.alias("InventoryItem", "V200"), "quantity": 6}],
    }
    made = pos.campaigns.create_transfer(wanted, rig.clock.now())["inventoryTransfer"]
    rig.clock.turn(minutes=1)
    pull(rig, reader, mirror)
    pos.campaigns.ship(made, rig.clock.now())
    rig.clock.turn(minutes=1)
    pull(rig, reader, mirror)
    found = rows(mirror, "SELECT kind, CAST(quantity AS INTEGER) FROM inventory_change ORDER BY kind")
    assert found == [("return", 1), ("sale", -2), ("transfer_in", 6), ("transfer_out", -6)]


def test_single_objects_are_read_by_the_ids_of_their_records(rig: Rig, make: Make) -> None:
    trade(rig, 1, customer="CU1")
    rig.pos.recount({"variant_id": "V100", "store_id": places(rig)[0], "quantity": 3})
    rig.clock.turn(minutes=1)
    reader = make()
    for entity in (Entity.LOCATION, Entity.CATALOG, Entity.SALE, Entity.INVENTORY):
        pages = list(reader.extract(entity, None, until=rig.clock.now()))
        record = pages[0].records[0]
        (again,) = reader.fetch(entity, [record.id])
        assert (again.id, again.payload) == (record.id, record.payload)
        gone = reader.fetch(entity, ["4711"])
        assert [one.deleted for one in gone] == ([] if entity is Entity.INVENTORY else [True])
    with pytest.raises(TerminalError) as caught:
        reader.fetch(Entity.REGISTER_EVENT, ["1"])
    assert caught.value.user_message == "Shopify's register events are read as a list; run a sync instead."
