"""Writing what is Shopify's own: one price for all stores, checks of quantities, tags to be found by."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from connectors.base import Action, ActionKind, Entity, Outcome, Reader, Writer
from connectors.sandbox.shopify.pos import READ_TOKEN
from tests.conformance.trading import places
from tests.support.platforms.rig import Rig


def act(kind: ActionKind, target: Mapping[str, Any], change: Mapping[str, Any], **before: str) -> Action:
    return Action(str(uuid.uuid4()), kind, target, change, before)


def item(rig: Rig, name: str = "V100", store: int = 0) -> dict[str, str]:
    return {
        "variant_external_id": rig.external["variant"][name],
        "store_external_id": rig.external["store"][places(rig)[store]],
        "sku": name,
        "name": name,
    }


def counted(rig: Rig, quantity: int = 40) -> None:
    for name in ("V100", "V200"):
        rig.pos.recount({"variant_id": name, "store_id": places(rig)[0], "quantity": quantity})
    rig.clock.turn(minutes=1)


def effects(rig: Rig) -> list[Mapping[str, Any]]:
    return list(rig.pos.effects()["effects"])


def price(rig: Rig, **change: str) -> Action:
    return act(
        ActionKind.PRICE_CHANGE, item(rig), {"price": "5.25", "currency": "USD", **change}, price="4.50", currency="USD"
    )


def promotion(rig: Rig, **change: Any) -> Action:
    wanted = {
        "name": "Autumn",
        "kind": "percent",
        "value": "15",
        "currency": "USD",
        "starts_at": (rig.clock.now() + timedelta(hours=1)).isoformat(),
        "ends_at": (rig.clock.now() + timedelta(days=7)).isoformat(),
    }
    return act(ActionKind.PROMOTION_CREATE, {}, {**wanted, **change})


def adjustment(rig: Rig, delta: str = "-3", reason: str = "damage") -> Action:
    return act(ActionKind.STOCK_ADJUST, item(rig), {"delta": delta, "reason": reason})


def transfer(rig: Rig, **line: str) -> Action:
    lines = [{**item(rig), "quantity": "3", **line}]
    start, end = (rig.external["store"][place] for place in places(rig))
    target = {"from_store_external_id": start, "to_store_external_id": end}
    return act(ActionKind.TRANSFER, target, {"lines": lines, "note": "For Saturday"})


def test_a_price_names_every_store_it_changes_in(rig: Rig, reader: Reader, writer: Writer) -> None:
    seen = reader.preview(price(rig))
    assert seen.before == {"price": "4.50", "currency": "USD"}
    assert seen.request["stores"] == ["Harbor Point", "Market Street"]
    assert seen.also_at == (rig.external["store"][places(rig)[1]],)
    assert "online store" in seen.also
    assert seen.request["note"] == "Shopify keeps one price for the whole shop: it changes in all 2 stores and online."
    assert seen.request["variables"]["variants"] == [
        {"id": f"gid://shopify/ProductVariant/{rig.external['variant']['V100']}", "price": "5.25"}
    ]
    assert writer.execute(price(rig)).outcome is Outcome.APPLIED
    assert [(one["before"], one["after"]) for one in effects(rig)] == [("4.50", "5.25")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"price": "5.255"}, "The new price is not an amount Shopify can hold."),
        ({"price": "-1"}, "The new price is not an amount Shopify can hold."),
        ({"price": "NaN"}, "The new price is not an amount Shopify can hold."),
        ({"currency": "EUR"}, "Shopify keeps this price in USD."),
    ],
)
def test_a_price_that_makes_no_sense(
    rig: Rig, reader: Reader, writer: Writer, change: dict[str, str], sentence: str
) -> None:
    action = price(rig, **change)
    assert reader.preview(action).problem == sentence
    result = writer.execute(action)
    assert (result.outcome, result.message) == (Outcome.REJECTED, sentence)
    assert effects(rig) == []


def test_an_archived_product_keeps_its_price(rig: Rig, writer: Writer) -> None:
    rig.pos.retire({"variant_id": "V100"})
    result = writer.execute(price(rig))
    assert (result.outcome, result.message) == (
        Outcome.REJECTED,
        "This product is archived in Shopify; make it active first.",
    )


def test_the_reading_token_may_not_write(rig: Rig, reader: Reader) -> None:
    writer = rig.writer(reader, write_token=READ_TOKEN)
    try:
        result = writer.execute(price(rig))
    finally:
        writer.close()
    assert (result.outcome, result.message) == (
        Outcome.REJECTED,
        "Shopify refused: the token in SHOPIFY_WRITE_TOKEN may not make this change.",
    )
    assert effects(rig) == []


def test_an_adjustment_carries_its_key_and_what_it_starts_from(rig: Rig, reader: Reader, writer: Writer) -> None:
    counted(rig)
    action = adjustment(rig)
    variables = reader.preview(action).request["variables"]
    assert variables["key"] == action.idempotency_key
    assert variables["input"]["name"] == "available"
    assert variables["input"]["reason"] == "damaged"
    (change,) = variables["input"]["changes"]
    assert (change["delta"], change["changeFromQuantity"]) == (-3, 40)
    result = writer.execute(action)
    assert (result.outcome, result.after) == (Outcome.APPLIED, {"quantity": "37"})
    assert effects(rig)[-1]["idempotency_key"] == action.idempotency_key


def test_stock_that_moves_between_look_and_write_is_a_conflict(rig: Rig, reader: Reader, writer: Writer) -> None:
    counted(rig)
    stale = reader.preview(adjustment(rig))
    rig.pos.recount({"variant_id": "V100", "store_id": places(rig)[0], "quantity": 39})
    before = len(effects(rig))

    class Late:
        def preview(self, _: Action) -> Any:
            return stale

        def exists(self, _: str) -> bool:
            return False

    late = rig.writer(Late())  # type: ignore[arg-type]
    try:
        result = late.execute(adjustment(rig))
    finally:
        late.close()
    assert result.outcome is Outcome.CONFLICT
    assert len(effects(rig)) == before


def test_an_adjustment_sent_again_later_is_not_made_again(rig: Rig, reader: Reader, writer: Writer) -> None:
    counted(rig)
    action = adjustment(rig)
    assert writer.execute(action).outcome is Outcome.APPLIED
    again = writer.execute(action)
    assert again.outcome is Outcome.ALREADY_APPLIED
    assert again.message == "Shopify has taken this very change before; it was not made again."
    assert len(effects(rig)) == 1


@pytest.mark.parametrize(
    ("delta", "reason", "part"),
    [
        ("1.5", "found", "delta must be a whole number"),
        ("0", "found", "delta must be a whole number"),
        ("x", "found", "delta must be a whole number"),
        ("3", "theft", "does not go with +3"),
        ("-3", "found", "does not go with -3"),
        ("3", "magic", "reason must be one of damage, waste, theft, found, correction."),
    ],
)
def test_an_adjustment_that_makes_no_sense(rig: Rig, reader: Reader, delta: str, reason: str, part: str) -> None:
    counted(rig)
    seen = reader.preview(adjustment(rig, delta, reason))
    assert part in seen.problem
    assert seen.problem.endswith(".")
    assert seen.request == {}


def test_stock_that_nobody_tracks_or_keeps_there_is_said(rig: Rig, reader: Reader) -> None:
    assert "does not track" in reader.preview(adjustment(rig)).problem
    counted(rig)
    elsewhere = act(ActionKind.STOCK_COUNT, item(rig, store=1), {"quantity": "4"}, quantity="0")
    assert reader.preview(elsewhere).problem == "This product is not stocked at this store in Shopify."
    nowhere = replace(elsewhere, target={**elsewhere.target, "store_external_id": "99"})
    assert reader.preview(nowhere).problem == "This store is not an active location in Shopify."


def test_a_transfer_is_a_draft_found_by_its_tag(rig: Rig, reader: Reader, writer: Writer) -> None:
    counted(rig)
    action = transfer(rig)
    assert reader.preview(action).done is False
    result = writer.execute(action)
    assert result.outcome is Outcome.APPLIED
    assert effects(rig)[-1]["after"] == "DRAFT"
    assert reader.preview(action).done is True
    assert writer.reconcile(action).outcome is Outcome.APPLIED


def test_what_the_search_does_not_know_yet_is_looked_up_by_its_id(rig: Rig, reader: Reader) -> None:
    counted(rig)

    class Lagging:
        """Shopify's search index, some seconds behind."""

        def preview(self, action: Action) -> Any:
            seen = reader.preview(action)
            if not seen.done:
                return seen
            return replace(seen, done=False, request={"document": "x"}, version="")

        def exists(self, identity: str) -> bool:
            return bool(reader.exists(identity))  # type: ignore[attr-defined]

    writer = rig.writer(Lagging())  # type: ignore[arg-type]
    try:
        for action in (transfer(rig), promotion(rig)):
            result = writer.execute(action)
            assert (result.outcome, result.message) == (Outcome.APPLIED, "")
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            {"quantity": "0.5", "name": "Oat milk"},
            "Shopify moves whole pieces: the quantity of “Oat milk” must be a whole number.",
        ),
        ({"variant_external_id": "99", "name": "Oat milk"}, "“Oat milk” is no longer in Shopify's catalogue."),
    ],
)
def test_a_transfer_that_makes_no_sense(rig: Rig, reader: Reader, line: dict[str, str], sentence: str) -> None:
    counted(rig)
    assert reader.preview(transfer(rig, **line)).problem == sentence


def test_a_transfer_needs_two_stores(rig: Rig, reader: Reader) -> None:
    counted(rig)
    action = transfer(rig)
    same = dict.fromkeys(action.target, action.target["from_store_external_id"])
    assert reader.preview(replace(action, target=same)).problem == "A transfer needs two different stores."


def test_a_promotion_for_some_stores_is_refused(rig: Rig, reader: Reader, writer: Writer) -> None:
    stores = list(rig.external["store"].values())
    action = replace(promotion(rig), target={"store_external_ids": stores[:1]})
    sentence = "Shopify gives an automatic discount in every store; leave the stores out."
    assert reader.preview(action).problem == sentence
    assert writer.execute(action).outcome is Outcome.REJECTED
    everywhere = replace(action, target={"store_external_ids": stores})
    assert writer.execute(everywhere).outcome is Outcome.APPLIED


def test_promotions_read_back_as_they_were_made(rig: Rig, reader: Reader, writer: Writer) -> None:
    variant = rig.external["variant"]["V200"]
    made = [
        writer.execute(promotion(rig)),
        writer.execute(promotion(rig, kind="amount", value="1.50", variant_external_ids=[variant], ends_at=None)),
    ]
    assert [result.outcome for result in made] == [Outcome.APPLIED] * 2
    rig.clock.turn(minutes=1)
    found = [
        row
        for page in reader.extract(Entity.PROMOTION, None, until=rig.clock.now())
        for record in page.records
        for row in reader.canonical(record)
    ]
    promotions = [row.values for row in found if row.table == "promotion"]
    assert [(row["kind"], str(row["value"]), row["ends_at"] is None) for row in promotions] == [
        ("percent", "15.00", False),
        ("amount", "1.50", True),
    ]
    assert [row["scope"]["everything"] for row in promotions] == [True, False]
    assert [row.values["variant_id"] for row in found if row.table == "promotion_item"] == [f"shopify:{variant}"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"value": "0"}, "value must be more than 0."),
        ({"value": "101"}, "value must be at most 100 percent."),
        ({"value": "ten"}, "value must be a number."),
        ({"kind": "gift"}, "kind must be percent or amount."),
        ({"kind": "amount", "currency": "EUR"}, "Shopify keeps this shop's money in USD."),
        ({"name": " "}, "name must not be empty."),
        ({"ends_at": "2026-01-01T00:00:00+00:00"}, "ends_at must be later than starts_at."),
        (
            {"starts_at": "tomorrow"},
            "starts_at and ends_at must be instants with an offset, such as 2026-11-02T09:00:00-05:00.",
        ),
    ],
)
def test_a_promotion_that_makes_no_sense(rig: Rig, reader: Reader, change: dict[str, str], sentence: str) -> None:
    assert reader.preview(promotion(rig, **change)).problem == sentence


def test_ending_a_promotion(rig: Rig, reader: Reader, writer: Writer) -> None:
    made = writer.execute(promotion(rig))
    rig.clock.turn(minutes=1)
    end = act(ActionKind.PROMOTION_END, {"promotion_external_id": made.reference}, {"active": "false"}, active="true")
    assert reader.preview(end).request["document"] == "promotion_end"
    assert writer.execute(end).outcome is Outcome.APPLIED
    assert reader.preview(end).before == {"active": "false"}
    again = replace(end, change={"active": "true"}, expected_before={"active": "false"})
    assert "can only be ended" in reader.preview(again).problem


def test_flags_change_what_was_asked_and_say_whom_else_it_concerns(rig: Rig, reader: Reader, writer: Writer) -> None:
    pos: Any = rig.pos
    product = pos.store.alias("Product", "400")
    (first,) = pos.store.every("ProductVariant", product)
    more = {**first, "id": pos.store.new_id("ProductVariant")}
    pos.store.put(more, created_at=more["createdAt"], updated_at=more["updatedAt"], parent=product)
    target = {"variant_external_id": rig.external["variant"]["V400"], "sku": "MUG-B", "name": "Blue mug"}
    both = act(
        ActionKind.PRODUCT_FLAGS, target, {"active": "false", "track_stock": "true"}, active="true", track_stock="false"
    )
    assert reader.preview(both).request["note"] == "Shopify keeps this per product: all 2 variants of it change."
    assert writer.execute(both).outcome is Outcome.APPLIED
    assert [(one["operation"], one["after"]) for one in effects(rig)] == [
        ("productUpdate", "ARCHIVED"),
        ("inventoryItemUpdate", True),
    ]
    only = act(ActionKind.PRODUCT_FLAGS, target, {"track_stock": "false"}, track_stock="true")
    assert writer.execute(only).outcome is Outcome.APPLIED
    assert reader.preview(only).before == {"active": "false", "track_stock": "false"}
    nonsense = act(ActionKind.PRODUCT_FLAGS, target, {"active": "maybe"})
    assert reader.preview(nonsense).problem.startswith("active and track_stock must be true or false")


@pytest.mark.parametrize("identity", ["", "x", "gid://shopify/ProductVariant/1", "1/../2", "４"])
def test_an_id_that_names_nothing_is_a_sentence(rig: Rig, reader: Reader, identity: str) -> None:
    action = price(rig)
    gone = replace(action, target={**action.target, "variant_external_id": identity})
    assert reader.preview(gone).problem == "This product is no longer in Shopify's catalogue."
