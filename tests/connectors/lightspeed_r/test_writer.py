"""Writes of one request, and what the platform would carry out further than was meant."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from connectors.base import Action, ActionKind, Outcome
from connectors.lightspeed_r.reader import LightspeedRReader
from connectors.lightspeed_r.writer import LightspeedRWriter
from connectors.sandbox.lightspeed_r.pos import READ_TOKEN, StandInPos
from tests.connectors.lightspeed_r.actions import ITEM, KEY, action, adjust, effects, promotion, purchase, transfer
from tests.support.platforms.lightspeed_r import QUICK
from tests.support.platforms.rig import Rig


def test_a_price_is_changed_at_the_level_of_the_shop_alone(
    rig: Rig, pos: StandInPos, writer: LightspeedRWriter
) -> None:
    before = {"price": "4.50", "currency": "USD"}
    result = writer.execute(action(ActionKind.PRICE_CHANGE, ITEM, {"price": "3.83", "currency": "USD"}, before))
    assert (result.outcome, result.after["price"], result.reference) == (Outcome.APPLIED, "3.83", "1")
    prices = {price["useTypeID"]: price["amount"] for price in pos.documents.get("Item", "1")["Prices"]}
    assert prices == {"1": "4.5", "2": "0", "4": "3.83"}


def test_shops_that_share_a_price_level_are_named_before_it_is_changed(
    rig: Rig, pos: StandInPos, reader: LightspeedRReader
) -> None:
    for number in ("1", "2"):
        pos.documents.put("Shop", {**pos.documents.get("Shop", number), "priceLevelID": "1"})
    seen = reader.preview(action(ActionKind.PRICE_CHANGE, ITEM, {"price": "3.83", "currency": "USD"}))
    assert (seen.request["also_changes_at"], seen.also_at) == (["Harbor Point"], ("2",))
    assert seen.request["body"] == {"Prices": {"ItemPrice": [{"useTypeID": "1", "amount": "3.83"}]}}


@pytest.mark.parametrize(
    ("target", "change", "sentence"),
    [
        ({"variant_external_id": "999"}, {}, "no longer in Lightspeed's catalogue"),
        ({"variant_external_id": "../Sale/1"}, {}, "no longer in Lightspeed's catalogue"),
        ({"store_external_id": "9"}, {}, "no such shop"),
        ({}, {"price": "3.835"}, "not an amount"),
        ({}, {"price": "-1"}, "not an amount"),
        ({}, {"price": "NaN"}, "not an amount"),
        ({}, {"price": "cheap"}, "not an amount"),
        ({}, {"currency": "EUR"}, "in USD"),
    ],
)
def test_a_price_that_makes_no_sense_is_refused_in_a_sentence(
    rig: Rig, writer: LightspeedRWriter, target: dict[str, str], change: dict[str, str], sentence: str
) -> None:
    wanted = {"price": "3.83", "currency": "USD", **change}
    before = {"price": "4.50", "currency": "USD"}
    result = writer.execute(action(ActionKind.PRICE_CHANGE, {**ITEM, **target}, wanted, before))
    assert result.outcome is Outcome.REJECTED
    assert sentence in result.message
    assert effects(rig) == []


def test_a_promotion_is_a_discount_whose_name_says_what_it_cannot_hold(
    rig: Rig, pos: StandInPos, writer: LightspeedRWriter
) -> None:
    wanted = promotion(ends_at="2026-11-10T00:00:00Z", variant_external_ids=["1"])
    result = writer.execute(wanted)
    (discount,) = pos.documents.every("Discount")
    assert discount["name"] == "Autumn on OAT-1L from 2026-11-03 until 2026-11-10 (6f1c3a54)"
    assert (discount["discountPercent"], discount["discountAmount"]) == ("0.1", "0")
    assert (result.outcome, result.reference) == (Outcome.APPLIED, "1")
    ended = action(ActionKind.PROMOTION_END, {"promotion_external_id": "1"}, {"active": "false"}, {"active": "true"})
    assert writer.execute(ended).outcome is Outcome.APPLIED
    assert pos.documents.get("Discount", "1")["archived"] == "true"
    assert writer.execute(ended).outcome is Outcome.ALREADY_APPLIED


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"value": "0"}, "more than nothing"),
        ({"value": "101"}, "more than 100 percent"),
        ({"kind": "gift"}, "percentage or an amount"),
        ({"kind": "amount", "value": "1.005"}, "not an amount"),
        ({"kind": "amount", "currency": "EUR"}, "in USD"),
        ({"variant_external_ids": ["1", "2", "3", "4"]}, "3 products"),
        ({"variant_external_ids": ["77"]}, "no longer in Lightspeed's catalogue"),
    ],
)
def test_a_promotion_that_cannot_be_held_is_refused(
    rig: Rig, writer: LightspeedRWriter, change: dict[str, Any], sentence: str
) -> None:
    result = writer.execute(promotion(**change))
    assert result.outcome is Outcome.REJECTED
    assert sentence in result.message
    assert effects(rig) == []


def test_a_promotion_for_some_shops_is_refused(writer: LightspeedRWriter) -> None:
    wanted = promotion()
    for_one = Action(KEY, wanted.kind, {"store_external_ids": ["1"]}, wanted.change, {})
    assert "every shop" in writer.execute(for_one).message


def flags(active: str, before: str) -> Action:
    target = {"variant_external_id": "1", "sku": "OAT-1L", "name": "Oat milk"}
    return action(ActionKind.PRODUCT_FLAGS, target, {"active": active}, {"active": before})


def test_what_is_in_stock_is_not_archived_unless_that_is_allowed(rig: Rig, pos: StandInPos) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S02", "quantity": "10"})
    careful = rig.reader(archive_with_stock=False)
    writer = rig.writer(careful)
    try:
        refused = writer.execute(flags("false", "true"))
        assert refused.outcome is Outcome.REJECTED
        assert "10 are still in stock" in refused.message
        assert pos.documents.get("Item", "1")["archived"] == "false"
        rig.pos.recount({"variant_id": "V100", "store_id": "S02", "quantity": "0"})
        assert writer.execute(flags("false", "true")).outcome is Outcome.APPLIED
        back = Action(
            str(uuid.uuid4()),
            ActionKind.PRODUCT_FLAGS,
            flags("true", "false").target,
            {"active": "true"},
            {"active": "false"},
        )
        assert writer.execute(back).outcome is Outcome.APPLIED
    finally:
        writer.close()
        careful.close()
    assert pos.documents.get("Item", "1")["archived"] == "false"


def test_whether_stock_is_kept_is_not_decided_here(writer: LightspeedRWriter) -> None:
    target = flags("true", "true").target
    wanted = action(ActionKind.PRODUCT_FLAGS, dict(target), {"track_stock": "false"}, {"track_stock": "true"})
    assert "product's type" in writer.execute(wanted).message


def test_a_token_that_may_only_read_is_refused_with_the_setting_to_mend(rig: Rig, reader: LightspeedRReader) -> None:
    writer = rig.writer(reader, write_token=READ_TOKEN)
    try:
        results = [writer.execute(wanted) for wanted in (purchase(), transfer(), promotion(), adjust("5", "found"))]
    finally:
        writer.close()
    assert {result.outcome for result in results} == {Outcome.REJECTED}
    assert all("LIGHTSPEED_R_WRITE_TOKEN" in result.message for result in results)
    assert effects(rig) == []


def test_nothing_leaves_for_a_platform_that_cannot_be_reached(rig: Rig, reader: LightspeedRReader) -> None:
    writer = LightspeedRWriter("http://127.0.0.1:9/API/V3/Account/1", READ_TOKEN, reader, policy=QUICK)
    try:
        results = [writer.execute(wanted) for wanted in (purchase(), promotion(), adjust("5", "found"))]
    finally:
        writer.close()
    assert {result.outcome for result in results} == {Outcome.REJECTED}
    assert all("nothing changed" in result.message for result in results)
