"""The stand-in judged by Square's own SDK, which knows nothing of ours."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

with warnings.catch_warnings():
    # The SDK's own models warn while they are defined; that is theirs to mend.
    warnings.simplefilter("ignore")
    from square import Square
    from square.core.api_error import ApiError

from connectors.base import Action, ActionKind, Outcome
from connectors.sandbox.square.pos import READ_TOKEN, WRITE_TOKEN
from tests.support.square_world import START, PosWorld, basket, pos_world

NO_RETRY = {"max_retries": 0}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PosWorld]:
    with pos_world(tmp_path) as world:
        yield world


@pytest.fixture
def square(world: PosWorld) -> Iterator[Square]:
    with httpx.Client(timeout=5.0) as http:
        yield Square(base_url=world.base_url, token=WRITE_TOKEN.get_secret_value(), httpx_client=http)


def test_locations(square: Square) -> None:
    locations = square.locations.list().locations or []
    assert [(place.id, place.name, place.timezone, place.currency) for place in locations] == [
        ("S01", "Market Street", "America/New_York", "USD"),
        ("S02", "Harbor Point", "America/New_York", "USD"),
    ]
    assert square.locations.get("S02").location.name == "Harbor Point"  # type: ignore[union-attr]


def test_catalog_list_and_search(square: Square) -> None:
    listed = [item.id for item in square.catalog.list(types="ITEM,ITEM_VARIATION")]
    assert listed == ["100", "200", "300", "V100", "V200", "V300"]
    found = square.catalog.search(object_types=["ITEM"], limit=2)
    assert [item.id for item in found.objects or []] == ["100", "200"]
    rest = square.catalog.search(object_types=["ITEM"], limit=2, cursor=found.cursor)
    assert [item.id for item in rest.objects or []] == ["300"]
    assert rest.cursor is None
    (variation,) = found.objects[0].item_data.variations  # type: ignore[index, union-attr]
    assert variation.item_variation_data.price_money.amount == 450
    assert square.catalog.search(object_types=["ITEM"], begin_time=found.latest_time).objects == []


def test_catalog_upsert_with_keys_and_versions(world: PosWorld, square: Square) -> None:
    live = square.catalog.object.get("V200").object
    body = live.model_dump(exclude_none=True)  # type: ignore[union-attr]
    body["item_variation_data"]["price_money"] = {"amount": 299, "currency": "USD"}
    first = square.catalog.object.upsert(idempotency_key="sdk-1", object=body, request_options=NO_RETRY)
    assert first.catalog_object.item_variation_data.price_money.amount == 299  # type: ignore[union-attr]
    again = square.catalog.object.upsert(idempotency_key="sdk-1", object=body, request_options=NO_RETRY)
    assert again.catalog_object.version == first.catalog_object.version  # type: ignore[union-attr]
    assert len(world.pos.effects()["effects"]) == 1

    other = {**body, "item_variation_data": {**body["item_variation_data"], "sku": "x"}}
    with pytest.raises(ApiError) as reused:
        square.catalog.object.upsert(idempotency_key="sdk-1", object=other, request_options=NO_RETRY)
    assert (reused.value.status_code, reused.value.body["errors"][0]["code"]) == (400, "IDEMPOTENCY_KEY_REUSED")

    with pytest.raises(ApiError) as stale:
        square.catalog.object.upsert(idempotency_key="sdk-2", object=body, request_options=NO_RETRY)
    assert (stale.value.status_code, stale.value.body["errors"][0]["code"]) == (400, "VERSION_MISMATCH")


def test_a_new_item_with_its_variation_is_given_ids(square: Square) -> None:
    reply = square.catalog.batch_upsert(
        idempotency_key="new",
        batches=[
            {
                "objects": [
                    {
                        "type": "ITEM",
                        "id": "#tea",
                        "item_data": {
                            "name": "Tea",
                            "variations": [
                                {
                                    "type": "ITEM_VARIATION",
                                    "id": "#small",
                                    "item_variation_data": {
                                        "name": "Small",
                                        "pricing_type": "FIXED_PRICING",
                                        "price_money": {"amount": 250, "currency": "USD"},
                                    },
                                }
                            ],
                        },
                    }
                ]
            }
        ],
    )
    ids = {mapping.client_object_id: mapping.object_id for mapping in reply.id_mappings or []}
    item = square.catalog.object.get(str(ids["#tea"])).object
    (variation,) = item.item_data.variations  # type: ignore[union-attr]
    assert (variation.id, variation.item_variation_data.item_id) == (ids["#small"], ids["#tea"])


def test_orders_inventory_team_and_timecards(world: PosWorld, square: Square) -> None:
    world.pos.stock.count("V100", "S01", Decimal(10), START)
    world.feed.baskets += [basket(1, 1), basket(2, 2, "S02"), basket(3, 30)]
    world.clock.turn(minutes=10)
    found = square.orders.search(
        location_ids=["S01", "S02"],
        query={
            "filter": {"date_time_filter": {"updated_at": {"start_at": "2026-11-02T14:00:00Z"}}},
            "sort": {"sort_field": "UPDATED_AT", "sort_order": "ASC"},
        },
        limit=1,
    )
    assert [order.id for order in found.orders or []] == ["O0001"]
    order = square.orders.get(order_id="O0001").order
    assert order.total_money.amount == 1130  # type: ignore[union-attr]
    assert [line.quantity for line in order.line_items] == ["2", "1"]  # type: ignore[union-attr]
    assert [order.id for order in square.orders.batch_get(order_ids=["O0002", "O0003"]).orders or []] == ["O0002"]
    assert [payment.order_id for payment in square.payments.list()] == ["O0001", "O0002"]

    counts = list(square.inventory.batch_get_counts(location_ids=["S01"]))
    assert [(count.catalog_object_id, count.quantity) for count in counts] == [("V100", "8")]
    changes = list(square.inventory.batch_get_changes(location_ids=["S01"], sort={"field": "OCCURRED_AT"}))
    # The count, the difference it made, and the sale.
    assert sorted(change.type for change in changes) == ["ADJUSTMENT", "ADJUSTMENT", "PHYSICAL_COUNT"]
    moved = {change.adjustment.reason_id.type: change.adjustment.quantity for change in changes if change.adjustment}
    assert moved == {"RECOUNT": "10", "SALE": "2"}

    people = square.team_members.search(limit=1)
    assert people.team_members[0].wage_setting.job_assignments[0].hourly_rate.amount == 3200  # type: ignore[index, union-attr]
    world.pos.clock_in({"employee_id": "E0201", "store_id": "S02"})
    cards = square.labor.search_timecards().timecards or []
    assert [(card.team_member_id, card.location_id, card.status) for card in cards] == [("E0201", "S02", "OPEN")]


def test_a_sort_that_does_not_fit_its_filter_is_refused(square: Square) -> None:
    with pytest.raises(ApiError) as caught:
        square.orders.search(
            location_ids=["S01"],
            query={
                "filter": {"date_time_filter": {"updated_at": {"start_at": "2026-11-02T14:00:00Z"}}},
                "sort": {"sort_field": "CLOSED_AT"},
            },
        )
    assert caught.value.status_code == 400


def test_what_our_writer_wrote_reads_the_same_in_the_sdk(world: PosWorld, square: Square) -> None:
    action = Action(
        "ours",
        ActionKind.PRICE_CHANGE,
        {"variant_external_id": "V100", "store_external_id": "S02"},
        {"price": "4.04", "currency": "USD"},
        {"price": "4.75", "currency": "USD"},
    )
    with world.reader() as reader, world.writer(reader) as writer:
        assert writer.execute(action).outcome is Outcome.APPLIED
    data = square.catalog.object.get("V100").object.item_variation_data  # type: ignore[union-attr]
    assert data.price_money.amount == 450
    assert [(item.location_id, item.price_money.amount) for item in data.location_overrides] == [("S02", 404)]


def test_tokens_open_only_their_own_doors(world: PosWorld) -> None:
    with httpx.Client(timeout=5.0) as http:
        stranger = Square(base_url=world.base_url, token="nobody", httpx_client=http)
        with pytest.raises(ApiError) as unknown:
            stranger.locations.list()
        reading = Square(base_url=world.base_url, token=READ_TOKEN.get_secret_value(), httpx_client=http)
        assert reading.locations.list().locations
        with pytest.raises(ApiError) as limited:
            reading.catalog.object.upsert(
                idempotency_key="k", object={"type": "ITEM", "id": "#x", "item_data": {"name": "x"}}
            )
    assert (unknown.value.status_code, limited.value.status_code) == (401, 403)
    assert limited.value.body["errors"][0]["category"] == "AUTHENTICATION_ERROR"


def test_the_sdk_waits_out_a_throttle(world: PosWorld, square: Square) -> None:
    world.faults.order({"operation": "locations.list", "fault": "throttle", "times": 1})
    assert square.locations.list().locations
