"""Every other kind of object of the stand-in, as rows of the mirror."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.base import Entity, RawRecord, Reader
from connectors.lightspeed_x.mapping import canonical_rows
from connectors.lightspeed_x.surroundings import MARK
from connectors.sandbox.lightspeed_x.pos import StandInX
from connectors.sandbox.lightspeed_x.store import ident
from tests.connectors.lightspeed_x.reading import MAIN, OAT, SECOND, body, post, records, rows, trade, walk
from tests.support.platforms.lightspeed_x import open_rig
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import Shop


def test_a_sale_is_landed_with_the_currency_of_its_outlet(tmp_path: Path) -> None:
    shop = Shop()
    shop.places[1] = type(shop.places[1])("S02", "Harbor Point", "Asia/Tokyo", "JPY")
    with open_rig(tmp_path, shop=shop) as rig:
        trade(rig, 1, store_id="S02")
        reader = rig.reader()
        (landed,) = records(walk(reader, Entity.SALE, rig))
        assert body(landed)[MARK]["currency"] == "JPY"
        assert rows(reader, [landed], "sale")[0]["currency"] == "JPY"
        stores = rows(reader, records(walk(reader, Entity.LOCATION, rig)), "store")
        assert [(row["currency"], row["timezone"]) for row in stores] == [
            ("USD", "America/New_York"),
            ("JPY", "Asia/Tokyo"),
        ]


def test_a_shift_belongs_to_the_only_outlet_of_its_user(rig: Rig, pos: StandInX, reader: Reader) -> None:
    rig.pos.clock_in({"employee_id": "E0201", "store_id": "S02"})
    (card,) = rows(reader, records(walk(reader, Entity.TIMECARD, rig)), "timecard")
    assert (card["store_id"], card["employee_id"]) == (SECOND, ident("user", "E0201"))
    free = pos.store.get("user", ident("user", "E0201"))
    assert free is not None
    pos.store.put("user", {**free, "restricted_outlet_id": None, "restricted_outlet_ids": []})
    fresh = rig.reader()
    assert rows(fresh, records(walk(fresh, Entity.TIMECARD, rig)), "timecard") == []
    health = fresh.check()
    assert not health.ok
    assert health.problems[0].startswith("1 of the staff may work at several outlets")


def test_in_a_shop_with_one_outlet_a_shift_has_no_other_place(tmp_path: Path) -> None:
    shop = Shop()
    del shop.places[1]
    with open_rig(tmp_path, shop=shop) as rig:
        assert isinstance(rig.pos, StandInX)
        rig.pos.clock_in({"employee_id": "E0101", "store_id": "S01"})
        user = rig.pos.store.get("user", ident("user", "E0101"))
        assert user is not None
        rig.pos.store.put("user", {**user, "restricted_outlet_id": None, "restricted_outlet_ids": []})
        reader = rig.reader()
        (card,) = rows(reader, records(walk(reader, Entity.TIMECARD, rig)), "timecard")
        assert card["store_id"] == MAIN
        assert reader.check().ok


def test_orders_come_with_lines_and_what_was_received(rig: Rig, reader: Reader) -> None:
    head = {"type": "SUPPLIER", "status": "OPEN", "outlet_id": MAIN, "supplier_id": ident("supplier", "SUP1")}
    order = post(rig, "POST", "/consignments", {**head, "reference": "FW-1", "due_at": "2026-11-09T00:00:00+00:00"})
    order_id = order["data"]["id"]
    sent = {"data": {"product_id": OAT, "count": "12", "cost": "2.10"}}
    post(rig, "POST", f"/consignments/{order_id}/products", sent)
    (draft,) = records(walk(reader, Entity.PURCHASE_ORDER, rig))
    (po,) = rows(reader, [draft], "purchase_order")
    assert (po["status"], po["origin"], po["due_at"]) == ("draft", "agent", datetime(2026, 11, 9, tzinfo=UTC))
    assert rows(reader, [draft], "purchase_order_line") == [
        {
            "po_id": order_id,
            "line_no": 1,
            "variant_id": OAT,
            "ordered": Decimal("12.00000"),
            "received": Decimal("0.00000"),
            "unit_cost": Decimal("2.1000"),
        }
    ]
    assert rows(reader, [draft], "inventory_change") == []
    rig.clock.turn(days=3)
    post(rig, "PUT", f"/consignments/{order_id}/products/{OAT}", {"data": {"product_id": OAT, "received": "10"}})
    post(rig, "PUT", f"/consignments/{order_id}", {"status": "RECEIVED"})
    (received,) = records(walk(reader, Entity.PURCHASE_ORDER, rig))
    assert rows(reader, [received], "purchase_order")[0]["status"] == "received"
    (change,) = rows(reader, [received], "inventory_change")
    assert (change["kind"], change["quantity"], change["occurred_at"]) == (
        "receive",
        Decimal("10.00000"),
        rig.clock.now(),
    )


@pytest.mark.parametrize(
    ("status", "received", "deleted", "shown"),
    [
        ("SENT", "0", None, "sent"),
        ("DISPATCHED", "0", None, "sent"),
        ("DISPATCHED", "2", None, "partial"),
        ("CANCELLED", "0", None, "cancelled"),
        ("OPEN", "0", "2026-11-02", "cancelled"),
        ("SOMETHING_NEW", "0", None, "draft"),
    ],
)
def test_the_states_of_an_order(status: str, received: str, deleted: str | None, shown: str) -> None:
    source = {
        "id": "po",
        "type": "SUPPLIER",
        "outlet_id": "m",
        "status": status,
        "deleted_at": deleted,
        MARK: {"products": [{"product_id": "p", "count": "5", "received": received}]},
    }
    record = RawRecord(Entity.PURCHASE_ORDER, "po", 1, datetime(2026, 11, 2, tzinfo=UTC), json.dumps(source).encode())
    assert next(iter(canonical_rows(record, connection="n"))).values["status"] == shown


def test_a_transfer_leaves_one_store_and_arrives_in_the_other(rig: Rig, reader: Reader) -> None:
    head = {"type": "OUTLET", "status": "OPEN", "outlet_id": SECOND, "source_outlet_id": MAIN}
    transfer_id = post(rig, "POST", "/consignments", head)["data"]["id"]
    post(rig, "POST", f"/consignments/{transfer_id}/products", {"data": {"product_id": OAT, "count": "4"}})
    post(rig, "PUT", f"/consignments/{transfer_id}/products/{OAT}", {"data": {"product_id": OAT, "received": "4"}})
    post(rig, "PUT", f"/consignments/{transfer_id}", {"status": "RECEIVED"})
    found = records(walk(reader, Entity.PURCHASE_ORDER, rig))
    moves = {(row["kind"], row["store_id"], row["quantity"]) for row in rows(reader, found, "inventory_change")}
    assert moves == {("transfer_in", SECOND, Decimal(4)), ("transfer_out", MAIN, Decimal(-4))}
    assert rows(reader, found, "purchase_order") == []


def test_adjustments_are_changes_of_stock(rig: Rig, reader: Reader) -> None:
    sent = [
        {"product_id": OAT, "outlet_id": MAIN, "quantity": "-3", "reason": "DAMAGE"},
        {"product_id": OAT, "outlet_id": MAIN, "quantity": "2", "reason": "STOCK_FOUND"},
    ]
    post(rig, "POST", "/stock_adjustments", {"stock_adjustments": sent})
    found = rows(reader, records(walk(reader, Entity.INVENTORY_CHANGE, rig)), "inventory_change")
    assert [(row["kind"], row["quantity"], row["reason"]) for row in found] == [
        ("waste", Decimal(-3), "damage"),
        ("adjust", Decimal(2), "stock found"),
    ]


def test_registers_tell_when_they_were_opened_and_closed(rig: Rig, pos: StandInX, reader: Reader) -> None:
    first = walk(reader, Entity.REGISTER_EVENT, rig)
    assert {row["kind"] for row in rows(reader, records(first), "register_event")} == {"open_drawer"}
    register = pos.store.get("register", ident("register", "S01"))
    assert register is not None
    closing = {"is_open": False, "register_close_time": "2026-11-02T22:00:00+00:00"}
    pos.store.put("register", {**register, **closing})
    found = rows(reader, records(walk(reader, Entity.REGISTER_EVENT, rig, first[-1].next)), "register_event")
    assert [(row["kind"], row["store_id"]) for row in found] == [("open_drawer", MAIN), ("close_drawer", MAIN)]
    assert found[1]["occurred_at"] == datetime(2026, 11, 2, 22, 0, tzinfo=UTC)


def test_promotions_say_what_they_are_for(rig: Rig, reader: Reader) -> None:
    sent = {
        "name": "Autumn",
        "start_time": "2026-11-02T00:00:00",
        "end_time": "2026-11-09T00:00:00",
        "outlet_ids": [MAIN],
        "condition": {"type": "product_set", "quantity": 1, "include": [{"field": "product_id", "value": OAT}]},
        "action": {"type": "basic_percent_discount", "value": 10},
        "use_promo_code": False,
    }
    post(rig, "POST", "/promotions", sent)
    (found,) = rows(reader, records(walk(reader, Entity.PROMOTION, rig)), "promotion")
    assert (found["promotion_id"], found["kind"], found["value"]) == ("lightspeed_x:1", "percent", Decimal(10))
    assert (found["starts_at"], found["ends_at"]) == (
        datetime(2026, 11, 2, tzinfo=UTC),
        datetime(2026, 11, 9, tzinfo=UTC),
    )
    assert (found["scope"]["store_ids"], found["scope"]["variant_ids"]) == ([MAIN], [OAT])


def test_customers_are_pseudonyms_or_nothing(rig: Rig) -> None:
    (cleo,) = records(walk(rig.reader(), Entity.CUSTOMER, rig))
    (row,) = rows(rig.reader(), [cleo], "customer")
    assert cleo.id == row["customer_key"]
    assert ident("customer", "CU1") not in cleo.id + cleo.payload.decode()
    assert (row["consent"], row["attributes"]) == (True, {"loyalty": True})
    assert records(walk(rig.reader(pseudonym_key=None), Entity.CUSTOMER, rig)) == []
