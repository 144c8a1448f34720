"""What each kind of action refuses with a sentence, and how it is found again; ``conformance`` holds the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Action, ActionKind, Outcome, Preview, Reader, Writer
from connectors.errors import TransientError
from connectors.sandbox.square.pos import StandInPos
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import START
from tests.support.platforms.square import open_rig

ITEM = {"variant_external_id": "V100", "store_external_id": "S01", "sku": "OAT-1L", "name": "Oat milk"}
LATER = {
    "starts_at": (START + timedelta(days=1)).isoformat(),
    "ends_at": (START + timedelta(days=1, hours=8)).isoformat(),
}
ADA = {"store_external_id": "S01", "employee_external_id": "E0101"}
ROAD = {"from_store_external_id": "S01", "to_store_external_id": "S02"}
LINE = {"variant_external_id": "V100", "sku": "OAT-1L", "name": "Oat milk", "quantity": "2"}
OFFER = {"name": "Autumn", "kind": "percent", "value": "10", "currency": "USD", "starts_at": LATER["starts_at"]}
KIND = ActionKind


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with open_rig(tmp_path) as opened:
        opened.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
        yield opened


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """A shop in which nothing is written: one for all that is refused."""
    with open_rig(tmp_path_factory.mktemp("quiet")) as opened:
        opened.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
        yield opened


@pytest.fixture
def reader(rig: Rig) -> Iterator[Reader]:
    made = rig.reader()
    yield made
    made.close()


@pytest.fixture
def writer(rig: Rig, reader: Reader) -> Iterator[Writer]:
    made = rig.writer(reader)
    yield made
    made.close()


def act(kind: ActionKind, target: dict[str, Any], change: dict[str, Any], key: str = "key-1", **before: str) -> Action:
    return Action(key, kind, target, change, before)


@pytest.mark.parametrize(
    ("kind", "target", "change", "sentence"),
    [
        (KIND.STOCK_ADJUST, ITEM, {"delta": "0", "reason": "damage"}, "not a quantity"),
        (KIND.STOCK_ADJUST, ITEM, {"delta": "NaN", "reason": "damage"}, "not a quantity"),
        (KIND.STOCK_ADJUST, ITEM, {"delta": "0.000001", "reason": "found"}, "not a quantity"),
        (KIND.STOCK_ADJUST, ITEM, {"delta": "3", "reason": "damage"}, "can only go down"),
        (KIND.STOCK_ADJUST, ITEM, {"delta": "-3", "reason": "found"}, "can only go up"),
        (KIND.STOCK_ADJUST, ITEM, {"delta": "-3", "reason": "boredom"}, "must be one of damage"),
        (
            KIND.STOCK_ADJUST,
            {**ITEM, "variant_external_id": "V300"},
            {"delta": "1", "reason": "found"},
            "does not track",
        ),
        (
            KIND.STOCK_ADJUST,
            {**ITEM, "variant_external_id": "100"},
            {"delta": "1", "reason": "found"},
            "not something with",
        ),
        (KIND.STOCK_COUNT, ITEM, {"quantity": "-1"}, "not a quantity"),
        (KIND.STOCK_COUNT, {**ITEM, "variant_external_id": ""}, {"quantity": "1"}, "no longer in Square's catalogue"),
        (KIND.TRANSFER, {**ROAD, "to_store_external_id": "S01"}, {"lines": [LINE]}, "two different stores"),
        (KIND.TRANSFER, ROAD, {"lines": []}, "at least one product"),
        (KIND.TRANSFER, ROAD, {"lines": [{**LINE, "quantity": "-1"}]}, "more than 0"),
        (
            KIND.TRANSFER,
            ROAD,
            {"lines": [{**LINE, "variant_external_id": "V9"}]},
            "No longer in Square's catalogue: Oat",
        ),
        (KIND.SHIFT_DRAFT, ADA, {**LATER, "starts_at": "tomorrow"}, "a date, a time and an offset"),
        (KIND.SHIFT_DRAFT, ADA, {**LATER, "ends_at": LATER["starts_at"]}, "must end after it starts"),
        (KIND.SHIFT_DRAFT, ADA, {**LATER, "role": "pilot"}, "no such job"),
        (KIND.SHIFT_DRAFT, {**ADA, "store_external_id": "S02"}, LATER, "not assigned to this store"),
        (KIND.SHIFT_DRAFT, {**ADA, "store_external_id": "S99"}, LATER, "no longer in Square"),
        (KIND.SHIFT_DRAFT, {**ADA, "employee_external_id": "E9"}, LATER, "not on Square's team"),
        (
            KIND.SHIFT_DRAFT,
            ADA,
            {"starts_at": "2026-11-01T09:00:00-05:00", "ends_at": "2026-11-01T17:00:00-05:00"},
            "over already",
        ),
        (KIND.SHIFT_PUBLISH, {"shift_external_id": "H9"}, {"status": "published"}, "no longer in Square's schedule"),
        (KIND.PROMOTION_CREATE, {}, {**OFFER, "name": " "}, "needs a name"),
        (KIND.PROMOTION_CREATE, {}, {**OFFER, "kind": "gift"}, "must be one of percent, amount"),
        (KIND.PROMOTION_CREATE, {}, {**OFFER, "value": "101"}, "not a discount"),
        (KIND.PROMOTION_CREATE, {}, {**OFFER, "kind": "amount", "value": "1.005"}, "not a discount"),
        (KIND.PROMOTION_CREATE, {}, {**OFFER, "kind": "amount", "currency": "EUR"}, "not a discount"),
        (KIND.PROMOTION_CREATE, {}, {**OFFER, "ends_at": LATER["starts_at"]}, "must end after it starts"),
        (KIND.PROMOTION_CREATE, {"store_external_ids": ["S9"]}, OFFER, "the store S9"),
        (KIND.PROMOTION_CREATE, {}, {**OFFER, "variant_external_ids": ["V100", "V9"]}, "1 of the products"),
        (KIND.PROMOTION_END, {"promotion_external_id": "V100"}, {"active": "false"}, "no longer in Square's catalogue"),
        (KIND.PRODUCT_FLAGS, {"variant_external_id": "V9"}, {"active": "false"}, "no longer in Square's catalogue"),
        (KIND.PRODUCT_FLAGS, {"variant_external_id": "V100"}, {"active": "perhaps"}, "each true or false"),
        (KIND.PRODUCT_FLAGS, {"variant_external_id": "V100"}, {"colour": "true"}, "each true or false"),
        (KIND.PURCHASE_ORDER, {}, {}, "no purchase orders"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    quiet: Rig, kind: ActionKind, target: Any, change: Any, sentence: str
) -> None:
    action = act(kind, target, change)
    reader = quiet.reader()
    writer = quiet.writer(reader)
    try:
        seen = reader.preview(action)
        result = writer.execute(action)
    finally:
        writer.close()
        reader.close()
    assert (sentence in seen.problem, dict(seen.request)) == (True, {}), seen.problem
    assert result.outcome in (Outcome.REJECTED, Outcome.UNSUPPORTED)
    assert sentence in result.message
    assert quiet.pos.effects()["effects"] == []


def test_a_shift_that_overlaps_another_is_refused(reader: Reader, writer: Writer) -> None:
    assert writer.execute(act(KIND.SHIFT_DRAFT, ADA, LATER)).outcome is Outcome.APPLIED
    half = {
        "starts_at": (START + timedelta(days=1, hours=4)).isoformat(),
        "ends_at": (START + timedelta(days=1, hours=9)).isoformat(),
    }
    assert "already has a shift from" in reader.preview(act(KIND.SHIFT_DRAFT, ADA, half, "other")).problem
    next_day = {
        name: (START + timedelta(days=2, hours=hours)).isoformat() for name, hours in (("starts_at", 0), ("ends_at", 8))
    }
    assert reader.preview(act(KIND.SHIFT_DRAFT, ADA, next_day, "other")).problem == ""


def test_an_item_with_two_variations_is_not_archived_for_one(rig: Rig, reader: Reader) -> None:
    assert isinstance(rig.pos, StandInPos)
    extra = {
        "type": "ITEM_VARIATION",
        "id": "#big",
        "item_variation_data": {
            "item_id": "100",
            "name": "Two litres",
            "price_money": {"amount": 800, "currency": "USD"},
        },
    }
    rig.pos.catalog.upsert({"idempotency_key": "k", "object": extra})
    target = {"variant_external_id": "V100", "sku": "", "name": "Oat milk"}
    assert "one of 2 variations" in reader.preview(act(KIND.PRODUCT_FLAGS, target, {"active": "false"})).problem
    tracked = reader.preview(act(KIND.PRODUCT_FLAGS, target, {"track_stock": "false"}))
    assert tracked.problem == ""
    sent = {item["id"]: item["item_variation_data"] for item in tracked.request["object"]["item_data"]["variations"]}
    assert len(sent) == 2
    assert sent["V100"]["track_inventory"] is False


@pytest.mark.parametrize(
    ("kind", "target", "change", "operation"),
    [
        (KIND.STOCK_ADJUST, ITEM, {"delta": "-2", "reason": "waste"}, "inventory.change"),
        (KIND.STOCK_COUNT, ITEM, {"quantity": "12"}, "inventory.change"),
        (KIND.TRANSFER, ROAD, {"lines": [LINE]}, "transfers.create"),
        (KIND.PROMOTION_CREATE, {}, OFFER, "catalog.batch_upsert"),
    ],
)
def test_a_write_whose_answer_was_lost_is_found_by_its_key_whatever_happened_since(
    rig: Rig, reader: Reader, writer: Writer, kind: ActionKind, target: Any, change: Any, operation: str
) -> None:
    class Blind:
        """Cannot read back: the writer is left with what it was answered."""

        looked = False

        def preview(self, action: Action) -> Preview:
            if self.looked:
                raise TransientError("not now")
            self.looked = True
            return reader.preview(action)

    before = {"quantity": "40"} if kind is KIND.STOCK_COUNT else {}
    action = act(kind, target, change, **before)
    blind = rig.writer(Blind())  # type: ignore[arg-type]
    rig.faults.order({"operation": operation, "fault": "timeout_after", "times": 2})
    try:
        result = blind.execute(action)
    finally:
        blind.close()
    assert result.outcome is Outcome.UNKNOWN
    rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": "5"}]})
    rig.clock.turn(hours=1)
    assert writer.reconcile(action).outcome is Outcome.APPLIED
    assert writer.reconcile(act(kind, target, change, "another key", **before)).outcome in (
        Outcome.REJECTED,
        Outcome.CONFLICT,
    )
    assert writer.execute(action).outcome is Outcome.ALREADY_APPLIED
    assert len(rig.pos.effects()["effects"]) == 1


def test_a_promotion_is_in_one_currency_and_at_some_stores(reader: Reader) -> None:
    change = {**OFFER, "kind": "amount", "value": "1.50", "ends_at": (START + timedelta(days=8)).isoformat()}
    seen = reader.preview(act(KIND.PROMOTION_CREATE, {"store_external_ids": ["S02"]}, change))
    discount, products, rule = seen.request["batches"][0]["objects"]
    assert discount["discount_data"]["amount_money"] == {"amount": 150, "currency": "USD"}
    assert products["product_set_data"] == {"all_products": True}
    assert [item["present_at_location_ids"] for item in (discount, products, rule)] == [["S02"]] * 3
    assert rule["pricing_rule_data"]["name"] == "Autumn (floorwalker key-1)"
