"""What else a Square account tells: partners, promotions, stock changes, the schedule, drawers, taxes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Action, ActionKind, Entity, Outcome, RawRecord, Reader
from connectors.errors import TerminalError
from connectors.http import RejectedError
from connectors.manifest import load_manifest
from connectors.mirror.drift import DriftWatch
from connectors.sandbox.square.pos import StandInPos
from connectors.square.health import SCOPES
from connectors.square.privacy import without_personal_data
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import START
from tests.support.platforms.square import open_rig
from tests.support.square_mapping import AT, mapped


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with open_rig(tmp_path) as opened:
        yield opened


@pytest.fixture
def reader(rig: Rig) -> Iterator[Reader]:
    made = rig.reader()
    yield made
    made.close()


@pytest.fixture
def stand_in(rig: Rig) -> StandInPos:
    assert isinstance(rig.pos, StandInPos)
    return rig.pos


def records(reader: Reader, entity: Entity, until: datetime) -> list[RawRecord]:
    return [record for page in reader.extract(entity, None, until=until) for record in page.records]


def rows(reader: Reader, entity: Entity, until: datetime) -> list[tuple[str, dict[str, Any]]]:
    found = records(reader, entity, until)
    return [(row.table, dict(row.values)) for record in found for row in reader.canonical(record)]


def put(stand_in: StandInPos, *objects: dict[str, Any]) -> dict[str, str]:
    """Put objects into the catalogue as somebody would in the dashboard; their ids."""
    body = {"idempotency_key": f"k{len(stand_in.effects()['effects'])}", "batches": [{"objects": list(objects)}]}
    reply = stand_in.catalog.batch_upsert(body)
    return {item["client_object_id"]: item["object_id"] for item in reply["id_mappings"]}


def milk_week(stand_in: StandInPos) -> dict[str, str]:
    """A promotion with all its parts; the ids of these."""
    return put(
        stand_in,
        {
            "type": "DISCOUNT",
            "id": "#d",
            "discount_data": {"name": "Milk week", "discount_type": "FIXED_PERCENTAGE", "percentage": "15"},
        },
        # An item stands for all its variations.
        {
            "type": "PRODUCT_SET",
            "id": "#s",
            "product_set_data": {"product_ids_any": ["100", "V200"], "quantity_min": 2},
        },
        {
            "type": "TIME_PERIOD",
            "id": "#t",
            "time_period_data": {"event": "DTSTART:20261102T170000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY"},
        },
        {
            "type": "PRICING_RULE",
            "id": "#r",
            "present_at_all_locations": False,
            "present_at_location_ids": ["S02"],
            "pricing_rule_data": {
                "discount_id": "#d",
                "match_products_id": "#s",
                "time_period_ids": ["#t"],
                "valid_from_date": "2026-11-02",
                "valid_until_date": "2026-11-08",
                "valid_until_local_time": "20:00:00",
            },
        },
    )


def drawer_day(stand_in: StandInPos) -> str:
    """A drawer that is open and had something of everything; its id."""
    shift_id = stand_in.drawers.open("S02", 10_000, "E0201")
    stand_in.drawers.happen(shift_id, "NO_SALE", 0, "E0201")
    stand_in.drawers.happen(shift_id, "CASH_TENDER_PAYMENT", 1_130, "E0201")
    stand_in.drawers.happen(shift_id, "CASH_TENDER_CANCELLED_PAYMENT", 450, "E0201")
    stand_in.drawers.happen(shift_id, "PAID_OUT", 700, "E0201", "Window cleaner")
    return shift_id


def test_a_customer_is_known_by_a_pseudonym_alone(rig: Rig, reader: Reader) -> None:
    (record,) = records(reader, Entity.CUSTOMER, rig.clock.now())
    kept = json.loads(record.payload)
    assert set(kept) == {"customer_key", "created_at", "updated_at", "version", "creation_source", "preferences"}
    assert record.id == kept["customer_key"] != "CU1"
    ((table, values),) = rows(reader, Entity.CUSTOMER, rig.clock.now())
    assert (table, values["consent"], values["first_seen_at"]) == ("customer", True, START - timedelta(days=1))
    bare = rig.reader(pseudonym_key=None)
    try:
        assert records(bare, Entity.CUSTOMER, rig.clock.now()) == []
    finally:
        bare.close()
    assert reader.fetch(Entity.CUSTOMER, ["CU1"]) == []


def test_a_vendor_is_a_supplier_without_the_people_behind_it(rig: Rig, reader: Reader) -> None:
    assert rows(reader, Entity.SUPPLIER, rig.clock.now()) == [
        ("supplier", {"supplier_id": "SUP1", "name": "North Dairy", "email": "orders@north-dairy.example"})
    ]
    vendor = {
        "id": "W1",
        "contacts": [{"name": "Ada Alder", "phone_number": "+12025550100", "removed": True, "email_address": "a@b.c"}],
        "note": "call Ada",
        "created_at": "2026-11-02T14:00:00Z",
    }
    assert "Ada" not in str(without_personal_data(Entity.SUPPLIER, vendor, None))
    assert mapped(Entity.SUPPLIER, vendor) == [("supplier", {"supplier_id": "W1", "name": "W1"})]


def test_a_promotion_has_its_discount_its_products_and_its_time(rig: Rig, reader: Reader, stand_in: StandInPos) -> None:
    ids = milk_week(stand_in)
    rig.clock.turn(minutes=5)
    found = rows(reader, Entity.PROMOTION, rig.clock.now())
    promotion = found[0][1]
    assert (promotion["promotion_id"], promotion["name"]) == (ids["#r"], "Milk week")
    assert (promotion["kind"], promotion["value"]) == ("percent", Decimal(15))
    assert promotion["starts_at"] == datetime(2026, 11, 2, 5, 0, tzinfo=UTC), "midnight in New York"
    assert promotion["ends_at"] == datetime(2026, 11, 9, 1, 0, tzinfo=UTC)
    assert promotion["scope"]["stores"] == ["S02"]
    assert promotion["scope"]["quantity_min"] == 2
    assert promotion["scope"]["recurs"][0].endswith("FREQ=WEEKLY")
    items = [values for table, values in found if table == "promotion_item"]
    assert [(item["variant_id"], item["store_id"]) for item in items] == [("V100", "S02"), ("V200", "S02")]
    assert {(str(item["starts_on"]), str(item["ends_on"])) for item in items} == {("2026-11-02", "2026-11-08")}


def test_a_changed_discount_makes_its_rule_newer(rig: Rig, reader: Reader, stand_in: StandInPos) -> None:
    amount = {"discount_type": "FIXED_AMOUNT", "amount_money": {"amount": 100, "currency": "USD"}}
    ids = put(
        stand_in,
        {"type": "DISCOUNT", "id": "#d", "discount_data": {"name": "A dollar off", **amount}},
        {"type": "PRODUCT_SET", "id": "#s", "product_set_data": {"all_products": True}},
        {
            "type": "PRICING_RULE",
            "id": "#r",
            "pricing_rule_data": {"discount_id": "#d", "match_products_id": "#s"},
        },
    )
    (before,) = records(reader, Entity.PROMOTION, rig.clock.now())
    ((_, promotion),) = rows(reader, Entity.PROMOTION, rig.clock.now())
    assert (promotion["kind"], promotion["value"], promotion["scope"]) == (
        "amount",
        Decimal("1.00"),
        {"products": "all"},
    )
    assert (promotion["starts_at"], promotion["ends_at"]) == (None, None)
    rig.clock.turn(minutes=5)
    discount = stand_in.catalog.retrieve(ids["#d"])["object"]
    discount["discount_data"]["name"] = "A dollar less"
    stand_in.catalog.upsert({"idempotency_key": "again", "object": discount})
    (after,) = records(reader, Entity.PROMOTION, rig.clock.now())
    assert (after.id, after.source_version > before.source_version) == (before.id, True)
    assert next(iter(reader.canonical(after))).values["name"] == "A dollar less"
    assert reader.fetch(Entity.PROMOTION, [ids["#r"]]) == [after]


def test_stock_changes_add_up_to_what_is_on_hand(rig: Rig, reader: Reader) -> None:
    rig.pos.recount({"variant_id": "V200", "store_id": "S01", "quantity": "40"})
    rig.clock.turn(minutes=1)
    sold = rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": "3"}]}).answer
    rig.clock.turn(minutes=1)
    rig.pos.refund({"order_id": sold["order_id"], "lines": [{"line_no": 1, "quantity": "1"}]})
    rig.clock.turn(minutes=1)
    rig.pos.recount({"variant_id": "V200", "store_id": "S01", "quantity": "37"})
    rig.clock.turn(minutes=1)
    found = [values for _, values in rows(reader, Entity.INVENTORY_CHANGE, rig.clock.now())]
    assert [(row["kind"], row["quantity"]) for row in found if row["kind"] == "count"] == [
        ("count", Decimal(40)),
        ("count", Decimal(37)),
    ]
    moves = [row["quantity"] for row in found if row["kind"] != "count"]
    assert sorted(moves) == [Decimal(-3), Decimal(-1), Decimal(1), Decimal(40)]
    ((_, level),) = rows(reader, Entity.INVENTORY, rig.clock.now())
    assert sum(moves) == level["quantity"] == 37
    cursor = [page.next for page in reader.extract(Entity.INVENTORY_CHANGE, None, until=rig.clock.now())][-1]
    later = rig.clock.turn(hours=1)
    (page,) = reader.extract(Entity.INVENTORY_CHANGE, cursor, until=later)
    assert {record.id for record in page.records} <= {
        record.id for record in records(reader, Entity.INVENTORY_CHANGE, later)
    }


def test_the_schedule_shows_what_was_published(rig: Rig, reader: Reader) -> None:
    start = START + timedelta(days=30)
    change = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=6)).isoformat()}
    target = {"store_external_id": "S02", "employee_external_id": "E0201"}
    writer = rig.writer(reader)
    try:
        drafted = writer.execute(Action("k1", ActionKind.SHIFT_DRAFT, target, change, {}))
        ((_, draft),) = rows(reader, Entity.SCHEDULED_SHIFT, rig.clock.now())
        assert (draft["status"], draft["role"], draft["starts_at"]) == ("draft", "lead", start)
        published = writer.execute(
            Action(
                "k2",
                ActionKind.SHIFT_PUBLISH,
                {"shift_external_id": drafted.reference},
                {"status": "published"},
                {"status": "draft"},
            )
        )
    finally:
        writer.close()
    assert published.outcome is Outcome.APPLIED
    (record,) = reader.fetch(Entity.SCHEDULED_SHIFT, [drafted.reference])
    (row,) = reader.canonical(record)
    assert (row.values["status"], row.values["shift_id"]) == ("published", drafted.reference)


def test_a_drawer_tells_who_opened_it_and_what_was_missing(rig: Rig, reader: Reader, stand_in: StandInPos) -> None:
    shift_id = drawer_day(stand_in)
    rig.clock.turn(minutes=30)
    first = list(reader.extract(Entity.REGISTER_EVENT, None, until=rig.clock.now()))
    kinds = [row.values["kind"] for page in first for record in page.records for row in reader.canonical(record)]
    assert sorted(kinds) == ["no_sale", "open_drawer", "paid_out", "void_sale"]
    unchanged = rig.clock.turn(minutes=30)
    again = list(reader.extract(Entity.REGISTER_EVENT, first[-1].next, until=unchanged))
    assert [record for page in again for record in page.records] == []
    stand_in.drawers.close(shift_id, 10_400, "E0201")
    later = rig.clock.turn(minutes=5)
    closed = list(reader.extract(Entity.REGISTER_EVENT, again[-1].next, until=later))
    (record,) = (record for page in closed for record in page.records)
    by_kind = {row.values["kind"]: row.values for row in reader.canonical(record)}
    end = by_kind["close_drawer"]
    assert (end["expected_minor"], end["counted_minor"], end["employee_id"]) == (10_430, 10_400, "E0201")
    assert (end["store_id"], end["register_id"]) == ("S02", "R1")
    assert (by_kind["paid_out"]["amount_minor"], by_kind["paid_out"]["reason"]) == (700, "Window cleaner")


@pytest.mark.parametrize(
    ("taxes", "inclusive"),
    [
        ([("INCLUSIVE", True, None)], {"S01": True, "S02": True}),
        ([("ADDITIVE", True, None)], {"S01": False, "S02": False}),
        ([("INCLUSIVE", True, ["S01"])], {"S01": True, "S02": None}),
        ([("INCLUSIVE", True, None), ("ADDITIVE", True, ["S02"])], {"S01": True, "S02": False}),
        ([("INCLUSIVE", False, None)], {"S01": None, "S02": None}),
        ([], {"S01": None, "S02": None}),
    ],
)
def test_a_store_knows_whether_its_prices_include_tax(
    rig: Rig, reader: Reader, stand_in: StandInPos, taxes: list[Any], inclusive: dict[str, bool | None]
) -> None:
    for number, (kind, enabled, places) in enumerate(taxes):
        where = {} if places is None else {"present_at_all_locations": False, "present_at_location_ids": places}
        data = {"name": "VAT", "inclusion_type": kind, "percentage": "19", "enabled": enabled}
        put(stand_in, {"type": "TAX", "id": f"#t{number}", "tax_data": data, **where})
    found = rows(reader, Entity.LOCATION, rig.clock.now())
    assert {values["store_id"]: values.get("tax_inclusive") for _, values in found} == inclusive


def test_categories_costs_and_barcodes_arrive(rig: Rig, reader: Reader) -> None:
    found = rows(reader, Entity.CATALOG, rig.clock.now())
    assert {values["name"] for table, values in found if table == "category"} == {"Bakery", "Dairy", "Deli", "Home"}
    products = {values["product_id"]: values for table, values in found if table == "product"}
    assert products["100"]["category_id"] == "C-Dairy"
    costs = {values["variant_id"]: values for table, values in found if table == "cost"}
    assert (costs["V100"]["unit_cost"], costs["V100"]["supplier_id"]) == (Decimal("2.10"), "SUP1")
    variants = {values["variant_id"]: values for table, values in found if table == "variant"}
    assert (variants["V100"]["barcode"], variants["V300"]["unit_of_measure"]) == ("4006381333931", "kg")


def test_the_manifest_knows_every_field_of_what_is_read(rig: Rig, reader: Reader, stand_in: StandInPos) -> None:
    drawer_day(stand_in)
    milk_week(stand_in)
    details = {"location_id": "S01", "job_id": "J-lead", "start_at": "2026-11-03T09:00:00-05:00"}
    details["end_at"] = "2026-11-03T17:00:00-05:00"
    stand_in.shifts.create({"idempotency_key": "s", "scheduled_shift": {"draft_shift_details": details}})
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
    rig.pos.clock_in({"employee_id": "E0101", "store_id": "S01"})
    lines = [{"variant_id": "V100", "quantity": "2", "discount_minor": 10}]
    sold = rig.pos.sell({"store_id": "S01", "lines": lines, "order_discount_minor": 20, "customer_id": "CU1"}).answer
    rig.clock.turn(minutes=1)
    rig.pos.refund({"order_id": sold["order_id"]})
    rig.clock.turn(minutes=1)
    manifest = load_manifest("square")
    watch = DriftWatch(manifest.fields)
    for entity in manifest.readable():
        found = records(reader, entity, rig.clock.now())
        assert found, f"nothing to look at: {entity.value}"
        assert watch.look(found) == {}
    extra = RawRecord(Entity.SALE, "O1", 1, AT, b'{"id":"O1","line_items":[{"uid":"1","aisle":{"no":4}}]}')
    assert watch.look([extra]) == {(Entity.SALE, "line_items.aisle.no"): 1}


def test_a_missing_permission_is_named_with_its_entity(rig: Rig) -> None:
    reader = rig.reader()

    def refuse(*_: Any, **__: Any) -> Any:
        raise RejectedError("no", status=403)

    try:
        for entity, method in ((Entity.SUPPLIER, "vendors"), (Entity.REGISTER_EVENT, "drawer_shifts")):
            setattr(reader._client, method, refuse)  # type: ignore[attr-defined]
            with pytest.raises(TerminalError) as caught:
                records(reader, entity, rig.clock.now())
            assert SCOPES[entity] in caught.value.user_message
            assert "SQUARE_ACCESS_TOKEN" in caught.value.user_message
        problems = reader.check().problems
    finally:
        reader.close()
    assert [problem for problem in problems if "VENDOR_READ" in problem or "CASH_DRAWER_READ" in problem] == list(
        problems
    )
    assert len(problems) == 2
