"""Stock counted in several requests: gone on with from wherever they got to, and never made twice."""

from __future__ import annotations

import pytest

from connectors.base import ActionKind, Outcome
from connectors.lightspeed_r.writer import LightspeedRWriter
from connectors.sandbox.lightspeed_r.pos import StandInPos
from tests.connectors.lightspeed_r.actions import ITEM, KEY, action, adjust, effects, fail
from tests.support.platforms.rig import Rig


def test_stock_is_adjusted_by_a_count_that_carries_the_key(
    rig: Rig, pos: StandInPos, writer: LightspeedRWriter
) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "10"})
    result = writer.execute(adjust("-3"))
    assert (result.outcome, result.before, result.after) == (Outcome.APPLIED, {"quantity": "10"}, {"quantity": "7"})
    (effect,) = effects(rig)
    assert (effect["idempotency_key"], effect["object_id"], effect["location_id"]) == (KEY, "1", "1")
    (sheet,) = pos.documents.every("InventoryCount")
    assert (sheet["name"], sheet["shopID"]) == (f"fw-{KEY}", "1")
    (entry,) = [one for one in pos.documents.every("InventoryLog") if one["inventoryCountID"] != "0"]
    assert entry["qohChange"] == "-3"
    assert writer.execute(adjust("-3")).outcome is Outcome.ALREADY_APPLIED
    assert writer.reconcile(adjust("-3")).outcome is Outcome.APPLIED


@pytest.mark.parametrize(
    "operation", ["InventoryCount.create", "InventoryCountItem.create", "InventoryCountReconcile.create"]
)
@pytest.mark.parametrize("fault", ["timeout_after", "error_before"])
def test_an_adjustment_goes_on_from_wherever_it_got_to(
    rig: Rig, pos: StandInPos, writer: LightspeedRWriter, operation: str, fault: str
) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "10"})
    fail(rig, operation, fault)
    result = writer.execute(adjust("-3"))
    if "after" in fault:
        assert result.outcome is Outcome.APPLIED
    else:
        assert result.outcome is Outcome.UNKNOWN
        assert writer.reconcile(adjust("-3")).outcome is Outcome.REJECTED
        # Somebody buys one before it is tried again; what was counted then is put right, not added up.
        rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": 1}]})
        assert writer.execute(adjust("-3")).outcome is Outcome.APPLIED
    left = 7 if "after" in fault else 6
    assert pos.stock.on_hand("1", "1") == left
    assert len(effects(rig)) == len(pos.documents.every("InventoryCount")) == 1
    assert len(pos.documents.every("InventoryCountItem")) == 1


@pytest.mark.parametrize(
    ("delta", "reason", "sentence"),
    [
        ("-0.5", "damage", "whole units"),
        ("0", "correction", "whole units"),
        ("2", "theft", "does not go with this sign"),
        ("-2", "found", "does not go with this sign"),
        ("-11", "waste", "Only 10 are in stock"),
    ],
)
def test_an_adjustment_that_makes_no_sense_is_refused(
    rig: Rig, writer: LightspeedRWriter, delta: str, reason: str, sentence: str
) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "10"})
    result = writer.execute(adjust(delta, reason))
    assert result.outcome is Outcome.REJECTED
    assert sentence in result.message


def test_whoever_the_operator_names_is_the_one_who_counts(rig: Rig, pos: StandInPos) -> None:
    reader = rig.reader(employee_id="2")
    writer = rig.writer(reader)
    try:
        counted = action(ActionKind.STOCK_COUNT, ITEM, {"quantity": "4"}, {"quantity": "0"})
        assert writer.execute(counted).outcome is Outcome.APPLIED
    finally:
        writer.close()
        reader.close()
    (item,) = pos.documents.every("InventoryCountItem")
    assert (item["employeeID"], item["qty"]) == ("2", "4")
