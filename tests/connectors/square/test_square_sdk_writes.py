"""Every write judged by Square's own SDK: it drives the stand-in's endpoints, and reads back what our writer wrote."""

from __future__ import annotations

import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

with warnings.catch_warnings():
    # The SDK's own models warn while they are defined; that is theirs to mend.
    warnings.simplefilter("ignore")
    from square import Square
    from square.core.api_error import ApiError

from connectors.base import Action, ActionKind, Outcome, Result
from connectors.sandbox.square.pos import READ_TOKEN, WRITE_TOKEN, StandInPos
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import START
from tests.support.platforms.square import open_rig

OAT_MILK = {"variant_external_id": "V100", "store_external_id": "S01", "sku": "OAT-1L", "name": "Oat milk"}
ONCE = {"max_retries": 0}


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with open_rig(tmp_path) as opened:
        opened.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
        opened.clock.turn(minutes=1)
        yield opened


@contextmanager
def sdk(rig: Rig, token: str = WRITE_TOKEN.get_secret_value()) -> Iterator[Square]:
    with httpx.Client(timeout=5.0) as http:
        yield Square(base_url=rig.base_url, token=token, httpx_client=http)


@pytest.fixture
def square(rig: Rig) -> Iterator[Square]:
    with sdk(rig) as client:
        yield client


@pytest.fixture
def stand_in(rig: Rig) -> StandInPos:
    assert isinstance(rig.pos, StandInPos)
    return rig.pos


def execute(rig: Rig, kind: ActionKind, target: dict[str, Any], change: dict[str, Any], before: Any = None) -> Result:
    reader = rig.reader()
    writer = rig.writer(reader)
    try:
        result = writer.execute(Action(str(uuid.uuid4()), kind, target, change, before or {}))
    finally:
        writer.close()
        reader.close()
    assert result.outcome is Outcome.APPLIED, result.message
    return result


def test_an_adjustment_reads_the_same_in_the_sdk(rig: Rig, square: Square) -> None:
    result = execute(rig, ActionKind.STOCK_ADJUST, OAT_MILK, {"delta": "-3", "reason": "theft"})
    assert (result.before, result.after) == ({"quantity": "40"}, {"quantity": "37"})
    (adjustment,) = (
        change.adjustment
        for change in square.inventory.batch_get_changes(types=["ADJUSTMENT"], catalog_object_ids=["V100"])
        if change.adjustment and change.adjustment.id == result.reference
    )
    assert (adjustment.from_state, adjustment.to_state, adjustment.quantity) == ("IN_STOCK", "WASTE", "3")
    assert (adjustment.from_location_id, adjustment.to_location_id) == ("S01", "S01")
    assert adjustment.reason_id.type == "THEFT"  # type: ignore[union-attr]
    (count,) = square.inventory.batch_get_counts(catalog_object_ids=["V100"], location_ids=["S01"])
    assert count.quantity == "37"


@pytest.mark.parametrize(
    ("delta", "reason", "states"),
    [
        ("2", "found", ("NONE", "IN_STOCK")),
        ("1.5", "correction", ("NONE", "IN_STOCK")),
        ("-1", "correction", ("IN_STOCK", "WASTE")),
        ("-4", "waste", ("IN_STOCK", "WASTE")),
    ],
)
def test_the_states_follow_the_sign(rig: Rig, square: Square, delta: str, reason: str, states: tuple[str, str]) -> None:
    result = execute(rig, ActionKind.STOCK_ADJUST, OAT_MILK, {"delta": delta, "reason": reason})
    found = {
        change.adjustment.id: (change.adjustment.from_state, change.adjustment.to_state)
        for change in square.inventory.batch_get_changes(types=["ADJUSTMENT"])
        if change.adjustment
    }
    assert found[result.reference] == states


def test_a_count_reads_the_same_in_the_sdk(rig: Rig, square: Square) -> None:
    result = execute(rig, ActionKind.STOCK_COUNT, OAT_MILK, {"quantity": "36"}, {"quantity": "40"})
    (newest, _) = square.inventory.batch_get_changes(
        types=["PHYSICAL_COUNT"], catalog_object_ids=["V100"], sort={"field": "OCCURRED_AT", "order": "DESC"}
    )
    assert newest.physical_count is not None
    assert (newest.physical_count.id, newest.physical_count.quantity) == (result.reference, "36")


def test_a_transfer_is_a_draft_in_the_sdk(rig: Rig, square: Square) -> None:
    lines = [{**OAT_MILK, "quantity": "6", "unit_cost": "2.10"}]
    target = {"from_store_external_id": "S01", "to_store_external_id": "S02"}
    result = execute(rig, ActionKind.TRANSFER, target, {"lines": lines, "note": "For Saturday"})
    order = square.transfer_orders.get(result.reference).transfer_order
    assert order is not None
    assert (order.status, order.source_location_id, order.destination_location_id) == ("DRAFT", "S01", "S02")
    assert [(line.item_variation_id, line.quantity_ordered) for line in order.line_items or []] == [("V100", "6")]
    assert (order.notes or "").startswith("For Saturday (floorwalker ")
    assert [found.id for found in square.transfer_orders.search(query={"filter": {"statuses": ["DRAFT"]}})] == [
        order.id
    ]
    (count,) = square.inventory.batch_get_counts(catalog_object_ids=["V100"], location_ids=["S01"])
    assert count.quantity == "40", "a draft moves no stock"


def test_a_shift_is_drafted_and_published_in_the_sdk(rig: Rig, square: Square) -> None:
    start = START + timedelta(days=2)
    change = {
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=8)).isoformat(),
        "note": "Delivery day",
    }
    target = {"store_external_id": "S01", "employee_external_id": "E0101"}
    drafted = execute(rig, ActionKind.SHIFT_DRAFT, target, change)
    shift = square.labor.retrieve_scheduled_shift(drafted.reference).scheduled_shift
    assert shift is not None
    details = shift.draft_shift_details
    assert details is not None
    assert (details.team_member_id, details.location_id, details.job_id) == ("E0101", "S01", "J-manager")
    assert (details.start_at, details.notes) == ("2026-11-04T09:00:00-05:00", "Delivery day"), (
        "in the store's own offset"
    )
    assert shift.published_shift_details is None
    execute(
        rig, ActionKind.SHIFT_PUBLISH, {"shift_external_id": shift.id}, {"status": "published"}, {"status": "draft"}
    )
    (published,) = (
        square.labor.search_scheduled_shifts(
            query={"filter": {"scheduled_shift_statuses": ["PUBLISHED"], "location_ids": ["S01"]}}
        ).scheduled_shifts
        or []
    )
    assert published.published_shift_details == details


def test_a_promotion_is_a_discount_a_set_and_a_rule_in_the_sdk(rig: Rig, square: Square) -> None:
    start = START + timedelta(hours=1)
    change = {
        "name": "Autumn",
        "kind": "percent",
        "value": "12.50",
        "currency": "USD",
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(days=7)).isoformat(),
        "variant_external_ids": ["V100", "V200"],
    }
    result = execute(rig, ActionKind.PROMOTION_CREATE, {"store_external_ids": ["S02"]}, change)
    rule = square.catalog.object.get(result.reference).object
    data = rule.pricing_rule_data  # type: ignore[union-attr]
    assert (rule.present_at_all_locations, rule.present_at_location_ids) == (False, ["S02"])  # type: ignore[union-attr]
    assert (data.valid_from_date, data.valid_from_local_time) == ("2026-11-02", "10:00:00")
    assert (data.valid_until_date, data.valid_until_local_time) == ("2026-11-09", "10:00:00")
    parts = {
        item.id: item
        for item in square.catalog.batch_get(object_ids=[data.discount_id, data.match_products_id]).objects or []
    }
    discount, products = parts[data.discount_id].discount_data, parts[data.match_products_id].product_set_data
    assert (discount.name, discount.discount_type, discount.percentage) == ("Autumn", "FIXED_PERCENTAGE", "12.5")
    assert products.product_ids_any == ["V100", "V200"]


def test_a_running_promotion_ends_now_and_one_to_come_holds_nowhere(rig: Rig, square: Square) -> None:
    change = {"name": "Today", "kind": "amount", "value": "1.00", "currency": "USD", "starts_at": START.isoformat()}
    running = execute(rig, ActionKind.PROMOTION_CREATE, {}, change)
    coming = execute(
        rig, ActionKind.PROMOTION_CREATE, {}, {**change, "starts_at": (START + timedelta(days=3)).isoformat()}
    )
    rig.clock.turn(hours=2)
    for promotion in (running, coming):
        ended = execute(
            rig,
            ActionKind.PROMOTION_END,
            {"promotion_external_id": promotion.reference},
            {"active": "false"},
            {"active": "true"},
        )
        assert (ended.before, ended.after) == ({"active": "true"}, {"active": "false"})
    first = square.catalog.object.get(running.reference).object
    assert first.pricing_rule_data.valid_until_local_time == "11:01:00"  # type: ignore[union-attr]
    second = square.catalog.object.get(coming.reference).object
    assert (second.present_at_all_locations, second.present_at_location_ids) == (False, [])  # type: ignore[union-attr]
    assert second.pricing_rule_data.valid_until_date is None  # type: ignore[union-attr]


def test_flags_change_nothing_else_in_the_sdk(rig: Rig, square: Square) -> None:
    before = square.catalog.object.get("400").object
    change, seen = {"active": "false", "track_stock": "false"}, {"active": "true", "track_stock": "true"}
    target = {"variant_external_id": "V400", "sku": "MUG-B", "name": "Blue mug"}
    execute(rig, ActionKind.PRODUCT_FLAGS, target, change, seen)
    after = square.catalog.object.get("400").object
    assert (before.item_data.is_archived, after.item_data.is_archived) == (None, True)  # type: ignore[union-attr]
    old, new = (item.item_data.variations[0].item_variation_data for item in (before, after))  # type: ignore[index, union-attr]
    assert (old.track_inventory, new.track_inventory) == (True, False)
    assert old.model_copy(update={"track_inventory": False}) == new


def test_the_sdk_writes_stock_and_shifts_with_keys(rig: Rig, square: Square, stand_in: StandInPos) -> None:
    change = {
        "type": "ADJUSTMENT",
        "adjustment": {
            "catalog_object_id": "V100",
            "from_state": "NONE",
            "to_state": "IN_STOCK",
            "from_location_id": "S01",
            "to_location_id": "S01",
            "quantity": "5",
            "occurred_at": "2026-11-02T14:00:00Z",
            "reason_id": {"type": "RECEIVED"},
        },
    }
    first, again = (square.inventory.batch_create_changes(idempotency_key="k1", changes=[change]) for _ in range(2))
    assert first == again
    assert first.counts[0].quantity == "45"  # type: ignore[index]
    with pytest.raises(ApiError) as reused:
        square.inventory.batch_create_changes(
            idempotency_key="k1",
            changes=[{**change, "adjustment": {**change["adjustment"], "quantity": "6"}}],  # type: ignore[dict-item]
            request_options=ONCE,
        )
    assert reused.value.body["errors"][0]["code"] == "IDEMPOTENCY_KEY_REUSED"
    shift = {
        "draft_shift_details": {
            "location_id": "S02",
            "job_id": "J-lead",
            "team_member_id": "E0201",
            "start_at": "2026-11-03T09:00:00-05:00",
            "end_at": "2026-11-03T17:00:00-05:00",
        }
    }
    made = square.labor.create_scheduled_shift(scheduled_shift=shift, idempotency_key="k2").scheduled_shift
    assert made is not None
    with pytest.raises(ApiError) as stale:
        square.labor.publish_scheduled_shift(id=str(made.id), idempotency_key="k3", version=7, request_options=ONCE)
    assert (stale.value.status_code, stale.value.body["errors"][0]["code"]) == (409, "VERSION_MISMATCH")
    done = square.labor.publish_scheduled_shift(id=str(made.id), idempotency_key="k4", version=1).scheduled_shift
    assert done is not None
    assert (done.version, done.published_shift_details) == (2, done.draft_shift_details)
    assert [effect["operation"] for effect in stand_in.effects()["effects"]] == [
        "inventory.change",
        "shifts.create",
        "shifts.publish",
    ]


@pytest.mark.parametrize(
    ("adjustment", "field"),
    [
        ({"to_state": "SOLD_ONLINE"}, "to_state"),
        ({"reason_id": {"type": "DAMAGED"}}, "reason_id"),
        ({"quantity": "0"}, "quantity"),
        ({"to_location_id": "S02"}, "to_location_id"),
        ({"catalog_object_id": "V999"}, ""),
        ({"occurred_at": None}, "occurred_at"),
    ],
)
def test_a_wrong_adjustment_is_refused_with_its_field(
    rig: Rig, square: Square, stand_in: StandInPos, adjustment: dict[str, Any], field: str
) -> None:
    good = {
        "catalog_object_id": "V100",
        "from_state": "NONE",
        "to_state": "IN_STOCK",
        "from_location_id": "S01",
        "to_location_id": "S01",
        "quantity": "5",
        "occurred_at": "2026-11-02T14:00:00Z",
    }
    with pytest.raises(ApiError) as caught:
        square.inventory.batch_create_changes(
            idempotency_key="k",
            changes=[{"type": "ADJUSTMENT", "adjustment": {**good, **adjustment}}],
            request_options=ONCE,
        )
    assert caught.value.status_code in (400, 404)
    assert field in caught.value.body["errors"][0].get("field", "")
    assert stand_in.effects()["effects"] == []


def test_partners_drawers_and_jobs_in_the_sdk(rig: Rig, square: Square, stand_in: StandInPos) -> None:
    assert [
        (vendor.id, vendor.name) for vendor in square.vendors.search(filter={"status": ["ACTIVE"]}).vendors or []
    ] == [("SUP1", "North Dairy")]
    made = square.vendors.create(idempotency_key="v1", vendor={"name": "South Mill"}).vendor
    assert made is not None
    assert square.vendors.get(str(made.id)).vendor == made
    assert [person.id for person in square.customers.search().customers or []] == ["CU1"]
    new = square.customers.create(idempotency_key="c1", given_name="Dora", email_address="dora@example.com").customer
    assert new is not None
    assert [person.given_name for person in square.customers.search().customers or []] == ["Cleo", "Dora"]
    shift_id = stand_in.drawers.open("S01", 10_000, "E0101")
    stand_in.drawers.happen(shift_id, "PAID_OUT", 700, "E0101", "Milk")
    stand_in.drawers.close(shift_id, 9_290, "E0101")
    (summary,) = square.cash_drawers.shifts.list(location_id="S01")
    assert (summary.state, summary.expected_cash_money.amount) == ("CLOSED", 9_300)  # type: ignore[union-attr]
    whole = square.cash_drawers.shifts.get(str(summary.id), location_id="S01").cash_drawer_shift
    assert (whole.closed_cash_money.amount, whole.opening_team_member_id) == (9_290, "E0101")  # type: ignore[union-attr]
    (event,) = square.cash_drawers.shifts.list_events(shift_id, location_id="S01")
    assert (event.event_type, event.event_money.amount, event.description) == ("PAID_OUT", 700, "Milk")  # type: ignore[union-attr]
    assert [job.title for job in square.team.list_jobs().jobs or []] == ["manager", "lead"]
    assert square.team_members.get("E0101").team_member.given_name == "Ada"  # type: ignore[union-attr]


def test_webhooks_are_registered_only_with_the_applications_own_token(rig: Rig, square: Square) -> None:
    url = "https://shop.example/webhooks/square"
    with sdk(rig, READ_TOKEN.get_secret_value()) as reading, pytest.raises(ApiError) as refused:
        list(reading.webhooks.subscriptions.list(request_options=ONCE))
    assert refused.value.status_code == 403
    reader = rig.reader(token=WRITE_TOKEN)
    try:
        (first,) = reader.ensure_webhooks(url)
        (again,) = reader.ensure_webhooks(url)
    finally:
        reader.close()
    (subscription,) = square.webhooks.subscriptions.list()
    assert (subscription.notification_url, subscription.enabled) == (url, True)
    assert {"order.created", "labor.timecard.created"} <= set(subscription.event_types or [])
    assert ("now sends" in first, "already sends" in again) == (True, True)
    square.webhooks.subscriptions.update(str(subscription.id), subscription={"event_types": ["payment.created"]})
    reader = rig.reader(token=WRITE_TOKEN)
    try:
        reader.ensure_webhooks(url)
    finally:
        reader.close()
    (mended,) = square.webhooks.subscriptions.list()
    assert mended.id == subscription.id
    assert {"order.created", "payment.created"} <= set(mended.event_types or [])


def test_a_token_that_may_not_register_is_told_how_by_hand(rig: Rig) -> None:
    reader = rig.reader()
    try:
        (sentence,) = reader.ensure_webhooks("https://shop.example/hook")
    finally:
        reader.close()
    assert all(word in sentence for word in ("Developer Console", "https://shop.example/hook", "SQUARE_WEBHOOK_KEY"))
    assert rig.pos.effects()["effects"] == []
