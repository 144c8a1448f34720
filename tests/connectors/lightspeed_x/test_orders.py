"""Orders and transfers on the stand-in: made in parts, and whole or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from connectors.base import Action, ActionKind, Outcome, Reader, Writer
from connectors.sandbox.lightspeed_x.pos import StandInX
from connectors.sandbox.lightspeed_x.store import ident
from tests.connectors.lightspeed_x.actions_made import (
    MAIN,
    OAT,
    RYE,
    SECOND,
    SUPPLIER,
    action,
    consignments,
    counts,
    level,
    line,
    made,
    ordered,
    post,
)
from tests.support.platforms.rig import Rig


def test_an_order_is_open_and_found_again_by_its_reference(rig: Rig, pos: StandInX, writer: Writer) -> None:
    order = ordered(line(OAT, "12"), line(RYE, "6", "1.15"), line(OAT, "3"))
    result = writer.execute(order)
    (found,) = consignments(pos)
    assert (result.outcome, result.reference) == (Outcome.APPLIED, found["id"])
    assert (found["status"], found["type"], found["supplier_id"]) == ("OPEN", "SUPPLIER", SUPPLIER)
    assert (found["reference"], found["name"]) == (f"FW-{order.idempotency_key}", "Back door")
    assert found["due_at"] == "2026-11-09T00:00:00+00:00"
    assert counts(pos, found["id"]) == {OAT: Decimal(15), RYE: Decimal(6)}
    assert writer.execute(order).outcome is Outcome.ALREADY_APPLIED
    assert writer.reconcile(order).outcome is Outcome.APPLIED
    assert len(made(rig)) == 3


@pytest.mark.parametrize("fault", ["timeout_after", "error_after"])
def test_lines_whose_answer_was_lost_are_not_added_twice(rig: Rig, pos: StandInX, writer: Writer, fault: str) -> None:
    rig.faults.order({"operation": "consignments.create", "fault": fault, "times": 1})
    rig.faults.order({"operation": "consignments.add_product", "fault": fault, "times": 5})
    order = ordered(line(OAT, "12"), line(RYE, "6"))
    assert writer.execute(order).outcome is Outcome.APPLIED
    (found,) = consignments(pos)
    assert counts(pos, found["id"]) == {OAT: Decimal(12), RYE: Decimal(6)}


@pytest.mark.parametrize("fault", ["timeout_before", "error_before", "not_json"])
def test_a_line_that_did_not_arrive_leaves_an_order_to_be_completed(
    rig: Rig, pos: StandInX, writer: Writer, fault: str
) -> None:
    order = ordered(line(OAT, "12"), line(RYE, "6"))
    rig.faults.order({"operation": "consignments.add_product", "fault": fault, "times": 1})
    assert writer.execute(order).outcome is Outcome.UNKNOWN
    decided = writer.reconcile(order)
    assert decided.outcome is Outcome.UNKNOWN
    assert decided.message.startswith("It is in Lightspeed X, but not with all its lines.")
    assert writer.execute(order).outcome is Outcome.APPLIED
    (found,) = consignments(pos)
    assert counts(pos, found["id"]) == {OAT: Decimal(12), RYE: Decimal(6)}


@pytest.mark.parametrize("fault", ["throttle", "refuse"])
def test_a_line_that_surely_was_not_taken_is_sent_again(rig: Rig, pos: StandInX, writer: Writer, fault: str) -> None:
    rig.faults.order({"operation": "consignments.add_product", "fault": fault, "times": 1})
    result = writer.execute(ordered(line(OAT, "12")))
    assert result.outcome in (Outcome.APPLIED, Outcome.UNKNOWN)
    if fault == "throttle":
        (found,) = consignments(pos)
        assert counts(pos, found["id"]) == {OAT: Decimal(12)}


def test_an_order_with_a_line_the_platform_refuses_is_taken_away_again(
    rig: Rig, pos: StandInX, reader: Reader, writer: Writer
) -> None:
    order = ordered(line(OAT, "12"), line(ident("product", "never"), "6"))
    result = writer.execute(order)
    assert result.outcome is Outcome.REJECTED
    assert result.message == "Lightspeed X did not accept the change; nothing changed."
    assert consignments(pos) == []
    assert made(rig) == ["consignments.create", "consignments.products", "consignments.delete"]
    assert writer.reconcile(order).outcome is Outcome.REJECTED


def test_an_order_that_somebody_sent_meanwhile_is_theirs(rig: Rig, pos: StandInX, writer: Writer) -> None:
    order = ordered(line(OAT, "12"), line(RYE, "6"))
    rig.faults.order({"operation": "consignments.add_product", "fault": "timeout_before", "times": 1})
    writer.execute(order)
    (found,) = consignments(pos)
    post(rig, "PUT", f"/consignments/{found['id']}", {"status": "SENT"})
    before = len(made(rig))
    assert writer.execute(order).outcome is Outcome.ALREADY_APPLIED
    assert len(made(rig)) == before


def test_a_token_that_runs_out_between_two_lines_is_said_and_can_be_mended(
    rig: Rig, pos: StandInX, reader: Reader, writer: Writer
) -> None:
    rig.faults.order({"operation": "consignments.add_product", "fault": "expired_token", "times": 1})
    order = ordered(line(OAT, "12"))
    result = writer.execute(order)
    assert result.outcome is Outcome.REJECTED
    assert "LIGHTSPEED_X_WRITE_TOKEN" in result.message
    assert consignments(pos) == []


def test_orders_and_transfers_that_make_no_sense_are_sentences(reader: Reader) -> None:
    def problem(made: Action) -> str:
        return reader.preview(made).problem

    assert problem(ordered(line(OAT, "1"), supplier="4711")) == "This supplier is no longer in Lightspeed X."
    assert problem(ordered()) == "Each line needs a product and a quantity above 0."
    assert problem(ordered(line(OAT, "0"))) == "Each line needs a product and a quantity above 0."
    assert problem(ordered(line("", "1"))) == "Each line needs a product and a quantity above 0."
    lines = {"lines": [line(OAT, "1")]}
    same = {"from_store_external_id": MAIN, "to_store_external_id": MAIN}
    assert problem(action(ActionKind.TRANSFER, same, lines)) == "A transfer needs two different stores."
    gone = {"from_store_external_id": MAIN, "to_store_external_id": "4711"}
    assert "no longer among" in problem(action(ActionKind.TRANSFER, gone, lines))


def test_a_transfer_is_open_and_moves_nothing_yet(rig: Rig, pos: StandInX, writer: Writer) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
    stores = {"from_store_external_id": MAIN, "to_store_external_id": SECOND}
    change = action(ActionKind.TRANSFER, stores, {"lines": [line(OAT, "4")], "note": "Saturday"})
    assert writer.execute(change).outcome is Outcome.APPLIED
    (found,) = consignments(pos)
    assert (found["type"], found["status"], found["source_outlet_id"], found["outlet_id"]) == (
        "OUTLET",
        "OPEN",
        MAIN,
        SECOND,
    )
    assert level(pos) == Decimal(40)
    assert writer.execute(change).outcome is Outcome.ALREADY_APPLIED
