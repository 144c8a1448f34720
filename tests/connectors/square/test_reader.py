"""What else a Square account tells: catalogue traps, staff, health, previews and single objects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Action, ActionKind, Entity, RawRecord
from connectors.errors import TerminalError, TransientError
from connectors.http import Secret, to_json
from connectors.square.mapping import canonical_rows
from connectors.square.privacy import without_personal_data
from connectors.square.reader import SquareReader
from tests.support.square_world import QUICK, PosWorld, basket, pos_world

AT = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PosWorld]:
    with pos_world(tmp_path) as world:
        yield world


def mapped(entity: Entity, source: dict[str, Any], *, deleted: bool = False) -> list[tuple[str, dict[str, Any]]]:
    record = RawRecord(entity, source.get("id", "x"), 1, AT, to_json(source), deleted)
    return [(row.table, dict(row.values)) for row in canonical_rows(record, connection="square", key=None)]


def test_a_variation_becomes_a_variant_its_prices_and_its_costs() -> None:
    data = {
        "item_id": "I1",
        "name": "Large",
        "sku": "S-1",
        "upc": "400",
        "price_money": {"amount": 450, "currency": "USD"},
        "location_overrides": [
            {"location_id": "L1", "price_money": {"amount": 399, "currency": "USD"}},
            {"location_id": "L2", "sold_out": True},
        ],
        "vendor_information": [{"vendor_id": "W1", "unit_cost_money": {"amount": 210, "currency": "USD"}}],
        "measurement_unit": {"weight_unit": "METRIC_KILOGRAM"},
    }
    rows = mapped(Entity.CATALOG, {"type": "ITEM_VARIATION", "id": "V1", "item_variation_data": data})
    assert [table for table, _ in rows] == ["variant", "price", "price", "cost"]
    variant = rows[0][1]
    assert (variant["name"], variant["sku"], variant["barcode"], variant["unit_of_measure"]) == (
        "Large",
        "S-1",
        "400",
        "kg",
    )
    assert [(row["store_id"], row["price"]) for _, row in rows[1:3]] == [
        (None, Decimal("4.50")),
        ("L1", Decimal("3.99")),
    ]
    assert (rows[3][1]["supplier_id"], rows[3][1]["unit_cost"]) == ("W1", Decimal("2.10"))


def test_a_deleted_variation_is_no_longer_active_and_has_no_new_price() -> None:
    source = {
        "type": "ITEM_VARIATION",
        "id": "V1",
        "item_variation_data": {"price_money": {"amount": 1, "currency": "USD"}},
    }
    ((table, values),) = mapped(Entity.CATALOG, source, deleted=True)
    assert (table, values["active"]) == ("variant", False)


def test_an_archived_item_is_not_active() -> None:
    source = {
        "type": "ITEM",
        "id": "I1",
        "item_data": {"name": "Tea", "is_archived": True, "categories": [{"id": "C1"}]},
    }
    ((_, values),) = mapped(Entity.CATALOG, source)
    assert (values["active"], values["category_id"]) == (False, "C1")


def test_a_location_brings_its_hours_and_place() -> None:
    source = {
        "id": "L1",
        "name": "Shop",
        "timezone": "Asia/Tokyo",
        "currency": "JPY",
        "status": "INACTIVE",
        "coordinates": {"latitude": 35.5, "longitude": 139.25},
        "business_hours": {
            "periods": [{"day_of_week": "MON", "start_local_time": "09:00:00", "end_local_time": "18:30:00"}]
        },
    }
    ((_, values),) = mapped(Entity.LOCATION, source)
    assert (values["active"], values["open_hours"], values["latitude"]) == (False, {"mon": [["09:00", "18:30"]]}, 35.5)


def test_only_unpaid_breaks_are_break_minutes() -> None:
    pause = {"start_at": "2026-11-02T12:00:00-05:00", "end_at": "2026-11-02T17:30:00Z"}
    source = {
        "id": "T1",
        "team_member_id": "E1",
        "location_id": "L1",
        "start_at": "2026-11-02T09:00:00-05:00",
        "end_at": "2026-11-02T17:00:00-05:00",
        "breaks": [{**pause, "is_paid": False}, {**pause, "is_paid": True}, {"start_at": pause["start_at"]}],
        "wage": {"hourly_rate": {"amount": 2250, "currency": "USD"}},
    }
    ((_, values),) = mapped(Entity.TIMECARD, source)
    assert (values["break_minutes"], values["wage_minor"]) == (30, 2250)
    assert values["clock_in_at"] == datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


def test_personal_data_is_taken_out_before_storing() -> None:
    order = {
        "id": "O1",
        "customer_id": "C1",
        "ticket_name": "Ada",
        "fulfillments": [{"pickup_details": {"recipient": {"display_name": "Ada"}}}],
        "line_items": [{"uid": "u", "note": "for Ada"}],
        "tenders": [{"id": "T", "type": "CARD", "card_details": {"status": "CAPTURED", "card": {"last_4": "1111"}}}],
    }
    kept = without_personal_data(Entity.SALE, order, Secret("k"))
    assert "Ada" not in str(kept)
    assert "1111" not in str(kept)
    assert "C1" not in kept.values()
    assert kept["tenders"][0]["card_details"] == {"status": "CAPTURED"}
    member = {"id": "E1", "given_name": "Ada", "email_address": "a@b.c", "phone_number": "1"}
    assert without_personal_data(Entity.EMPLOYEE, member, None) == {"id": "E1", "given_name": "Ada"}


def test_a_healthy_account_says_whose_it_is(world: PosWorld) -> None:
    with world.reader() as reader:
        health = reader.check()
    assert (health.ok, health.account, health.problems) == (True, "Floorwalker Demo Stores", ())


def test_a_wrong_token_is_a_problem_with_its_remedy(world: PosWorld) -> None:
    reader = SquareReader(world.base_url, Secret("wrong"), "square", policy=QUICK, setting="SQUARE_ACCESS_TOKEN")
    try:
        health = reader.check()
        with pytest.raises(TerminalError):
            list(reader.extract(Entity.SALE, None, until=AT))
    finally:
        reader.close()
    assert not health.ok
    assert "SQUARE_ACCESS_TOKEN" in health.problems[0]


def test_a_preview_shows_the_live_price_and_sends_nothing(world: PosWorld) -> None:
    target = {"variant_external_id": "V100", "store_external_id": "S02"}
    action = Action("k", ActionKind.PRICE_CHANGE, target, {"price": "4", "currency": "USD"}, {})
    with world.reader() as reader:
        seen = reader.preview(action)
    assert seen.before == {"price": "4.75", "currency": "USD"}
    assert seen.problem == ""
    overrides = seen.request["object"]["item_variation_data"]["location_overrides"]
    assert [(item["location_id"], item["price_money"]["amount"]) for item in overrides] == [("S02", 400)]
    assert (seen.request["idempotency_key"], str(seen.request["object"]["version"])) == ("k", seen.version)
    assert world.pos.effects()["effects"] == []


def test_a_preview_does_not_wait_long_for_a_silent_square(world: PosWorld) -> None:
    world.faults.order({"operation": "catalog.retrieve", "fault": "error_before", "times": 99})
    target = {"variant_external_id": "V100", "store_external_id": "S02"}
    action = Action("k", ActionKind.PRICE_CHANGE, target, {"price": "4", "currency": "USD"}, {})
    with world.reader() as reader, pytest.raises(TransientError):
        reader.preview(action)


def test_single_objects_are_read_as_the_feed_reads_them(world: PosWorld) -> None:
    world.feed.baskets.append(basket(1, 1))
    world.clock.turn(minutes=2)
    with world.reader() as reader:
        (order,) = reader.fetch(Entity.SALE, ["O0001", "O9999"])
        (page,) = reader.extract(Entity.SALE, None, until=world.clock.at)
        assert list(page.records) == [order]
        (diesel,) = reader.fetch(Entity.CATALOG, ["V300"])
        assert next(iter(reader.canonical(diesel))).values["unit_of_measure"] == "gallon"
        (ada,) = reader.fetch(Entity.EMPLOYEE, ["E0101", "nobody"])
        assert ada in next(iter(reader.extract(Entity.EMPLOYEE, None, until=world.clock.at))).records
        with pytest.raises(TerminalError):
            reader.fetch(Entity.REGISTER_EVENT, ["D1"])
