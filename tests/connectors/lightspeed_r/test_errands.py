"""Orders and transfers: a header and its lines, gone on with from wherever they got to."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.base import Outcome
from connectors.lightspeed_r.writer import LightspeedRWriter
from connectors.sandbox.lightspeed_r.pos import StandInPos
from tests.connectors.lightspeed_r.actions import KEY, LINES, effects, fail, purchase, transfer
from tests.support.platforms.rig import Rig


def test_a_draft_order_has_its_lines_its_key_and_no_date_of_ordering(
    rig: Rig, pos: StandInPos, writer: LightspeedRWriter
) -> None:
    result = writer.execute(purchase(due_on="2026-11-20", note="Back door"))
    assert (result.outcome, result.reference) == (Outcome.APPLIED, "1")
    (order,) = pos.documents.every("Order")
    assert (order["refNum"], order["orderedDate"], order["vendorID"]) == (f"fw-{KEY}", "", "1")
    assert (order["arrivalDate"], order["stockInstructions"]) == ("2026-11-20T00:00:00+00:00", "Back door")
    lines = [(line["itemID"], line["quantity"], line["price"]) for line in pos.documents.every("OrderLine")]
    assert lines == [("1", "12", "2.1"), ("2", "6", "1.15")]


@pytest.mark.parametrize("fault", ["timeout_after", "error_after", "throttle"])
def test_an_order_whose_lines_stumble_is_finished(
    rig: Rig, pos: StandInPos, writer: LightspeedRWriter, fault: str
) -> None:
    fail(rig, "OrderLine.create", fault)
    assert writer.execute(purchase()).outcome is Outcome.APPLIED
    assert len(pos.documents.every("Order")) == 1
    assert [line["itemID"] for line in pos.documents.every("OrderLine")] == ["1", "2"]


def test_half_an_order_is_unknown_and_made_whole_by_the_next_try(
    rig: Rig, pos: StandInPos, writer: LightspeedRWriter
) -> None:
    fail(rig, "OrderLine.create", "timeout_before")
    assert writer.execute(purchase()).outcome is Outcome.UNKNOWN
    assert (len(pos.documents.every("Order")), pos.documents.every("OrderLine")) == (1, [])
    assert writer.reconcile(purchase()).outcome is Outcome.UNKNOWN
    assert writer.execute(purchase()).outcome is Outcome.APPLIED
    assert (len(pos.documents.every("Order")), len(pos.documents.every("OrderLine"))) == (1, 2)
    assert writer.reconcile(purchase()).outcome is Outcome.APPLIED


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"lines": []}, "nothing on it"),
        ({"lines": [{**LINES[0], "quantity": "1.5"}]}, "whole units"),
        ({"lines": [{**LINES[0], "variant_external_id": "Q"}]}, "not a product"),
        ({"lines": [{**LINES[0], "variant_external_id": "77"}]}, "no longer in Lightspeed"),
        ({"currency": "EUR"}, "in USD"),
        ({"lines": [{**LINES[0], "variant_external_id": str(n)} for n in range(1, 102)]}, "at most 100"),
    ],
)
def test_an_order_that_cannot_be_placed_is_refused(
    rig: Rig, writer: LightspeedRWriter, change: dict[str, Any], sentence: str
) -> None:
    result = writer.execute(purchase(**change))
    assert result.outcome is Outcome.REJECTED
    assert sentence in result.message
    assert effects(rig) == []


def test_one_product_twice_is_one_line(pos: StandInPos, writer: LightspeedRWriter) -> None:
    assert writer.execute(purchase(lines=[LINES[1], LINES[1]])).outcome is Outcome.APPLIED
    assert [(line["itemID"], line["quantity"]) for line in pos.documents.every("OrderLine")] == [("2", "12")]


def test_a_transfer_is_open_and_moves_nothing_yet(rig: Rig, pos: StandInPos, writer: LightspeedRWriter) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "10"})
    result = writer.execute(transfer())
    assert (result.outcome, result.reference) == (Outcome.APPLIED, "1")
    (made,) = pos.documents.every("Transfer")
    assert (made["status"], made["note"]) == ("open", f"For Saturday [fw-{KEY}]")
    assert [(item["itemID"], item["toSend"]) for item in pos.documents.every("TransferItem")] == [
        ("1", "12"),
        ("2", "6"),
    ]
    assert pos.stock.on_hand("1", "1") == 10
    assert effects(rig)[0]["idempotency_key"] == KEY


@pytest.mark.parametrize("operation", ["Transfer.create", "Transfer.add_items"])
@pytest.mark.parametrize("fault", ["error_after", "timeout_before"])
def test_a_transfer_is_made_once_whatever_happens(
    rig: Rig, pos: StandInPos, writer: LightspeedRWriter, operation: str, fault: str
) -> None:
    fail(rig, operation, fault)
    result = writer.execute(transfer())
    assert result.outcome is (Outcome.UNKNOWN if fault == "timeout_before" else Outcome.APPLIED)
    assert writer.execute(transfer()).outcome in (Outcome.APPLIED, Outcome.ALREADY_APPLIED)
    assert (len(pos.documents.every("Transfer")), len(pos.documents.every("TransferItem"))) == (1, 2)


def test_goods_stay_within_the_shops_there_are(writer: LightspeedRWriter) -> None:
    same = writer.execute(transfer(to_store_external_id="1"))
    nowhere = writer.execute(transfer(to_store_external_id="7"))
    assert (same.outcome, nowhere.outcome) == (Outcome.REJECTED, Outcome.REJECTED)
    assert "shop they are in" in same.message
    assert "not in Lightspeed" in nowhere.message
