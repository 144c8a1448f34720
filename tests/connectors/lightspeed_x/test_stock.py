"""Stock changes on the stand-in, which applies an adjustment as often as it gets it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from connectors.base import ActionKind, Outcome, Reader, Writer
from connectors.sandbox.lightspeed_x.pos import StandInX
from tests.connectors.lightspeed_x.actions_made import MAIN, OAT, action, adjusted, item, level, made, post
from tests.support.platforms.rig import Rig


def test_an_adjustment_that_is_sent_twice_is_applied_twice_by_the_platform(rig: Rig, pos: StandInX) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
    sent = {"stock_adjustments": [{"product_id": OAT, "outlet_id": MAIN, "quantity": "-3", "reason": "DAMAGE"}]}
    for _ in range(2):
        post(rig, "POST", "/stock_adjustments", sent)
    assert level(pos) == Decimal(34)


@pytest.mark.parametrize("fault", ["timeout_after", "error_after"])
def test_an_adjustment_whose_answer_was_lost_is_found_and_not_repeated(
    rig: Rig, pos: StandInX, reader: Reader, fault: str
) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
    # An equal one from before is no evidence.
    post(
        rig,
        "POST",
        "/stock_adjustments",
        {"stock_adjustments": [{"product_id": OAT, "outlet_id": MAIN, "quantity": "-3", "reason": "DAMAGE"}]},
    )
    change = adjusted("-3")
    rig.faults.order({"operation": "stock_adjustments.create", "fault": fault, "times": 5})
    result = rig.writer(reader).execute(change)
    rig.faults.order({"operation": "stock_adjustments.create", "fault": fault, "times": 0})
    assert (result.outcome, result.after) == (Outcome.APPLIED, {"quantity": "34"})
    fresh = rig.writer(reader)
    assert fresh.execute(change).outcome is Outcome.ALREADY_APPLIED
    assert fresh.reconcile(change).outcome is Outcome.APPLIED
    assert level(pos) == Decimal(34)


def test_an_adjustment_that_did_not_arrive_is_told_from_an_equal_earlier_one(
    rig: Rig, pos: StandInX, reader: Reader, writer: Writer
) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
    assert writer.execute(adjusted("-3")).outcome is Outcome.APPLIED
    change = adjusted("-3")
    rig.faults.order({"operation": "stock_adjustments.create", "fault": "timeout_before", "times": 1})
    assert writer.execute(change).outcome is Outcome.UNKNOWN
    assert writer.reconcile(change).outcome is Outcome.REJECTED
    assert writer.execute(change).outcome is Outcome.APPLIED
    assert level(pos) == Decimal(34)


def test_after_a_restart_nobody_can_tell_one_adjustment_from_another(rig: Rig, reader: Reader, writer: Writer) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
    change = adjusted("-3")
    assert writer.execute(change).outcome is Outcome.APPLIED
    restarted = rig.reader()
    decided = rig.writer(restarted).reconcile(change)
    assert decided.outcome is Outcome.UNKNOWN
    assert decided.message == "Lightspeed X keeps no trace of single changes."


@pytest.mark.parametrize(
    ("delta", "reason", "sent"),
    [
        ("-3", "damage", "DAMAGE"),
        ("-3", "waste", "EXPIRY"),
        ("-3", "theft", "THEFT"),
        ("3", "found", "STOCK_FOUND"),
        ("3", "correction", "STOCK_FOUND"),
        ("-0.5", "correction", "INTERNAL_USE"),
    ],
)
def test_reasons_in_the_platform_s_words(reader: Reader, delta: str, reason: str, sent: str) -> None:
    (step,) = reader.preview(adjusted(delta, reason)).request["steps"]
    (only,) = step["body"]["stock_adjustments"]
    assert (only["quantity"], only["reason"]) == (delta, sent)


def test_a_reason_of_the_retailer_s_own_that_says_correction_is_preferred(pos: StandInX, reader: Reader) -> None:
    reasons = [
        {"id": "r1", "name": "Correction", "enabled": False, "type": "NEGATIVE"},
        {"id": "r2", "name": "Stock correction", "enabled": True, "type": "POSITIVE"},
        {"id": "r3", "name": "Stock correction down", "enabled": True, "type": "NEGATIVE"},
    ]
    for reason in reasons:
        pos.store.put("reason", reason)
    (step,) = reader.preview(adjusted("-2", "correction")).request["steps"]
    (only,) = step["body"]["stock_adjustments"]
    assert (only["reason"], only["custom_inventory_adjustment_reason_id"]) == ("CUSTOM", "r3")


@pytest.mark.parametrize(
    ("delta", "reason", "problem"),
    [
        ("3", "damage", "The reason damage takes stock away; the change must be below 0."),
        ("-3", "found", "Stock that was found is added; the change must be above 0."),
        ("0", "correction", "The change of stock must be a number other than 0."),
        ("many", "correction", "The change of stock must be a number other than 0."),
        ("1", "boredom", "The reason must be damage, waste, theft, found or correction."),
    ],
)
def test_an_adjustment_that_makes_no_sense_is_a_sentence(reader: Reader, delta: str, reason: str, problem: str) -> None:
    assert reader.preview(adjusted(delta, reason)).problem == problem


def test_stock_that_is_not_tracked_or_is_made_of_others_is_left_alone(pos: StandInX, reader: Reader) -> None:
    product = pos.store.get("product", OAT)
    assert product is not None
    pos.store.put("product", {**product, "has_inventory": False})
    assert reader.preview(adjusted("-1")).problem == "Lightspeed X does not track the stock of this product."
    pos.store.put("product", {**product, "is_composite": True})
    seen = reader.preview(adjusted("-1"))
    assert seen.problem == "Lightspeed X makes this product of others; change the stock of those."


def test_a_count_sets_what_is_there(rig: Rig, pos: StandInX, writer: Writer) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
    change = action(ActionKind.STOCK_COUNT, item(), {"quantity": "37.5"}, quantity="40")
    result = writer.execute(change)
    assert (result.outcome, result.after) == (Outcome.APPLIED, {"quantity": "37.5"})
    assert level(pos) == Decimal("37.5")
    assert writer.execute(change).outcome is Outcome.ALREADY_APPLIED
    rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": "1"}]})
    assert writer.execute(replace(change, change={"quantity": "30"})).outcome is Outcome.CONFLICT
    assert made(rig) == ["products.update"]
