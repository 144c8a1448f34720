"""Writing without keys and without conditions: at most one effect, and nothing called done that may not be."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from connectors.base import Action, ActionKind, Outcome, Preview
from connectors.clover.reader import CloverReader
from connectors.clover.writer import CloverWriter
from connectors.http import Secret
from connectors.sandbox.clover.pos import MERCHANT_ID, CloverStandIn
from tests.support.platforms.rig import Rig

MERCHANT = {"store_external_id": MERCHANT_ID}
ITEM = {"variant_external_id": "V100", **MERCHANT, "sku": "OAT-1L", "name": "Oat milk"}


@pytest.fixture
def reader(rig: Rig) -> Iterator[CloverReader]:
    made = rig.reader()
    assert isinstance(made, CloverReader)
    yield made
    made.close()


@pytest.fixture
def writer(rig: Rig, reader: CloverReader) -> Iterator[CloverWriter]:
    made = rig.writer(reader)
    assert isinstance(made, CloverWriter)
    yield made
    made.close()


def pos_of(rig: Rig) -> CloverStandIn:
    assert isinstance(rig.pos, CloverStandIn)
    return rig.pos


def action(kind: ActionKind, change: dict[str, Any], before: dict[str, Any] | None = None, **target: Any) -> Action:
    return Action("key", kind, {**ITEM, **target}, change, before or {})


def adjust(delta: str, before: str = "40") -> Action:
    return action(ActionKind.STOCK_ADJUST, {"delta": delta, "reason": "damage"}, {"quantity": before})


def stock(rig: Rig) -> Any:
    return pos_of(rig).store.get("item_stocks", "V100")["quantity"]


def requests(rig: Rig) -> list[Any]:
    return [(effect["operation"], effect["request"]) for effect in rig.pos.effects()["effects"]]


@pytest.fixture
def counted(rig: Rig) -> Rig:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
    rig.clock.turn(minutes=1)
    return rig


def test_a_price_change_sends_the_price_alone(rig: Rig, writer: CloverWriter) -> None:
    change, before = {"price": "3.83", "currency": "USD"}, {"price": "4.50", "currency": "USD"}
    result = writer.execute(action(ActionKind.PRICE_CHANGE, change, before))
    assert (result.outcome, result.reference, result.after) == (Outcome.APPLIED, "V100", change)
    assert requests(rig) == [("items.update", {"price": 383})]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"price": "-1", "currency": "USD"}, "not an amount"),
        ({"price": "1.005", "currency": "USD"}, "not an amount"),
        ({"price": "NaN", "currency": "USD"}, "not an amount"),
        ({"price": None, "currency": "USD"}, "not an amount"),
        ({"price": "9999999999", "currency": "USD"}, "not an amount"),
        ({"price": "4.00", "currency": "EUR"}, "in USD"),
    ],
)
def test_a_price_that_clover_cannot_hold_is_refused(reader: CloverReader, change: Any, problem: str) -> None:
    seen = reader.preview(action(ActionKind.PRICE_CHANGE, change))
    assert (problem in seen.problem, dict(seen.request)) == (True, {})


def test_a_price_that_is_typed_at_the_till_cannot_be_changed(rig: Rig, reader: CloverReader) -> None:
    store = pos_of(rig).store
    store.put("items", "V100", {**store.get("items", "V100"), "priceType": "VARIABLE"})
    assert "typed at the till" in reader.preview(action(ActionKind.PRICE_CHANGE, {"price": "1"})).problem


def test_another_merchants_store_is_refused(reader: CloverReader) -> None:
    seen = reader.preview(action(ActionKind.PRICE_CHANGE, {"price": "1"}, store_external_id="OTHER"))
    assert "another Clover merchant" in seen.problem


def test_an_adjustment_sets_what_is_there_and_the_difference(counted: Rig, writer: CloverWriter) -> None:
    counted.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": "3"}]})
    result = writer.execute(adjust("-2.5"))
    assert (result.outcome, result.before, result.after) == (
        Outcome.APPLIED,
        {"quantity": "37"},
        {"quantity": "34.5"},
    )
    assert requests(counted) == [("item_stocks.update", {"quantity": 34.5})]


def test_an_adjustment_may_go_below_nothing_but_not_be_nothing(counted: Rig, reader: CloverReader) -> None:
    assert reader.preview(adjust("-41")).request["body"] == {"quantity": -1}
    assert "changes nothing" in reader.preview(adjust("0")).problem
    assert "not a quantity" in reader.preview(adjust("many")).problem


class Meddling:
    """A reader between whose look and the request somebody does something."""

    def __init__(self, reader: CloverReader, meddle: Callable[[], object]) -> None:
        self._reader = reader
        self._meddle = meddle
        self._looks = 0

    def preview(self, seen: Action) -> Preview:
        self._looks += 1
        if self._looks == 2:
            self._meddle()
        return self._reader.preview(seen)


@contextlib.contextmanager
def meddled(rig: Rig, reader: CloverReader, meddle: Callable[[], object]) -> Iterator[CloverWriter]:
    writer = CloverWriter(rig.base_url, Secret("sandbox-write-token"), Meddling(reader, meddle))
    try:
        yield writer
    finally:
        writer.close()


def test_a_sale_just_after_an_adjustment_is_a_conflict_to_look_at(counted: Rig, reader: CloverReader) -> None:
    """Whether it was sold before or after the request cannot be told from the stock."""

    def sell() -> None:
        counted.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": "1"}]})

    with meddled(counted, reader, sell) as writer:
        result = writer.execute(adjust("-2"))
    assert result.outcome is Outcome.CONFLICT
    assert (result.before, result.after) == ({"quantity": "40"}, {"quantity": "37"})
    assert "reads differently" in result.message
    assert result.taken


def test_an_adjustment_whose_answer_is_lost_is_known_by_the_stock(counted: Rig, writer: CloverWriter) -> None:
    counted.faults.order({"operation": "item_stocks.update", "fault": "timeout_after", "times": 1})
    assert writer.execute(adjust("-2")).outcome is Outcome.APPLIED
    assert (stock(counted), len(requests(counted))) == (38, 1)


def test_a_lost_answer_and_a_stock_that_reads_otherwise_is_unknown(counted: Rig, reader: CloverReader) -> None:
    def sell() -> None:
        counted.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": "1"}]})

    counted.faults.order({"operation": "item_stocks.update", "fault": "error_after", "times": 1})
    with meddled(counted, reader, sell) as writer:
        result = writer.execute(adjust("-2"))
    assert result.outcome is Outcome.UNKNOWN
    assert (stock(counted), len(requests(counted))) == (37, 1)


def test_an_adjustment_that_was_made_is_known_again(counted: Rig, writer: CloverWriter) -> None:
    assert writer.execute(adjust("-2")).outcome is Outcome.APPLIED
    counted.clock.turn(minutes=5)
    assert writer.execute(adjust("-2")).outcome is Outcome.ALREADY_APPLIED
    assert writer.reconcile(adjust("-2")).outcome is Outcome.APPLIED
    assert stock(counted) == 38


def test_a_sale_of_the_same_number_is_not_taken_for_the_adjustment(counted: Rig, writer: CloverWriter) -> None:
    counted.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": "2"}]})
    assert writer.reconcile(adjust("-2")).outcome is Outcome.UNKNOWN
    assert writer.execute(adjust("-2")).outcome is Outcome.APPLIED
    assert stock(counted) == 36


def test_a_count_is_refused_when_the_stock_moved(counted: Rig, writer: CloverWriter) -> None:
    count = action(ActionKind.STOCK_COUNT, {"quantity": "39"}, {"quantity": "40"})
    counted.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100", "quantity": "3"}]})
    assert writer.execute(count).outcome is Outcome.CONFLICT
    fresh = action(ActionKind.STOCK_COUNT, {"quantity": "39.125"}, {"quantity": "37"})
    assert writer.execute(fresh).outcome is Outcome.APPLIED
    assert stock(counted) == 39.125


def test_an_item_that_was_never_counted_has_a_stock_of_nothing(rig: Rig, writer: CloverWriter) -> None:
    count = action(ActionKind.STOCK_COUNT, {"quantity": "12"}, {"quantity": "0"})
    assert writer.execute(count).outcome is Outcome.APPLIED


@pytest.mark.parametrize("quantity", ["-1", "x", "1e9", None])
def test_a_count_that_is_none_is_refused(counted: Rig, reader: CloverReader, quantity: Any) -> None:
    seen = reader.preview(action(ActionKind.STOCK_COUNT, {"quantity": quantity}))
    assert seen.problem == "The quantity is not a quantity Clover can hold."


@pytest.mark.parametrize(
    ("kind", "value", "sent"),
    [
        ("percent", "10", {"percentage": 10}),
        ("percent", "12.5", {"percentageDecimal": 125000}),
        ("amount", "2.50", {"amount": -250}),
    ],
)
def test_a_promotion_is_a_discount_known_by_name_and_value(
    rig: Rig, writer: CloverWriter, kind: str, value: str, sent: Any
) -> None:
    change = {"name": "Autumn", "kind": kind, "value": value, "currency": "USD", "starts_at": "2026-11-03T00:00:00Z"}
    create = Action("key", ActionKind.PROMOTION_CREATE, {"store_external_ids": [MERCHANT_ID]}, change, {})
    result = writer.execute(create)
    assert (result.outcome, requests(rig)) == (Outcome.APPLIED, [("discounts.create", {"name": "Autumn", **sent})])
    assert writer.execute(create).outcome is Outcome.ALREADY_APPLIED
    other = Action("key", ActionKind.PROMOTION_CREATE, {}, {**change, "value": "15"}, {})
    assert writer.reconcile(other).outcome is Outcome.REJECTED
    end = Action(
        "key",
        ActionKind.PROMOTION_END,
        {"promotion_external_id": result.reference},
        {"active": "false"},
        {"active": "true"},
    )
    assert writer.execute(end).outcome is Outcome.APPLIED
    assert writer.execute(end).outcome is Outcome.ALREADY_APPLIED
    assert [operation for operation, _ in requests(rig)] == ["discounts.create", "discounts.delete"]


@pytest.mark.parametrize(
    ("change", "target", "problem"),
    [
        ({"name": ""}, {}, "needs a name"),
        ({"name": "x" * 128}, {}, "needs a name"),
        ({"value": "0"}, {}, "not a percentage"),
        ({"value": "101"}, {}, "not a percentage"),
        ({"value": "1.00001"}, {}, "not a percentage"),
        ({"value": "x"}, {}, "not a percentage"),
        ({"kind": "amount", "value": "0"}, {}, "not a percentage"),
        ({}, {"store_external_ids": ["A", "B"]}, "one merchant"),
    ],
)
def test_a_promotion_that_clover_cannot_hold_is_refused(
    reader: CloverReader, change: Any, target: Any, problem: str
) -> None:
    whole = {"name": "Autumn", "kind": "percent", "value": "10", **change}
    seen = reader.preview(Action("key", ActionKind.PROMOTION_CREATE, target, whole, {}))
    assert (problem in seen.problem, dict(seen.request)) == (True, {})


def test_a_discount_cannot_be_begun_again(reader: CloverReader) -> None:
    target = {"promotion_external_id": "DSCSTAFF00001"}
    seen = reader.preview(Action("key", ActionKind.PROMOTION_END, target, {"active": "true"}, {}))
    assert "not begun again" in seen.problem


def test_flags_are_hidden_and_available_and_auto_manage(rig: Rig, writer: CloverWriter) -> None:
    off = action(ActionKind.PRODUCT_FLAGS, {"active": "false", "track_stock": "false"}, {"active": "true"})
    assert writer.execute(off).outcome is Outcome.APPLIED
    assert requests(rig)[0][1] == {"hidden": True, "available": False, "autoManage": False}
    on = action(ActionKind.PRODUCT_FLAGS, {"active": "true"}, {"active": "false"})
    assert writer.execute(on).after == {"active": "true"}


@pytest.mark.parametrize("change", [{}, {"active": "maybe"}, {"colour": "red"}])
def test_flags_that_are_none_are_refused(reader: CloverReader, change: Any) -> None:
    seen = reader.preview(action(ActionKind.PRODUCT_FLAGS, change))
    assert (seen.problem.startswith("Only active and track_stock"), dict(seen.request)) == (True, {})


def test_a_token_that_only_reads_is_refused_in_a_sentence(rig: Rig, reader: CloverReader) -> None:
    writer = CloverWriter(rig.base_url, Secret("sandbox-read-token"), reader)
    change, before = {"price": "3.83", "currency": "USD"}, {"price": "4.50", "currency": "USD"}
    result = writer.execute(action(ActionKind.PRICE_CHANGE, change, before))
    writer.close()
    assert result.outcome is Outcome.REJECTED
    assert "CLOVER_WRITE_TOKEN" in result.message


@pytest.mark.parametrize("kind", [ActionKind.TRANSFER, ActionKind.PURCHASE_ORDER, ActionKind.SHIFT_DRAFT])
def test_what_clover_does_not_have_is_said_with_what_to_do(rig: Rig, writer: CloverWriter, kind: ActionKind) -> None:
    result = writer.execute(Action("key", kind, {}, {}, {}))
    assert result.outcome is Outcome.UNSUPPORTED
    assert result.message.startswith("Clover ")
    assert writer.reconcile(Action("key", kind, {}, {}, {})).outcome is Outcome.UNSUPPORTED
    assert requests(rig) == []
