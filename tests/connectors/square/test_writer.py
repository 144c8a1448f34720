"""A price change under every fault: at most one effect, and an outcome that is true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.base import Action, ActionKind, Outcome
from connectors.errors import TerminalError, TransientError
from connectors.http import Secret
from connectors.sandbox.square.pos import READ_TOKEN, StandInPos
from connectors.square.reader import SquareReader
from connectors.square.writer import SquareWriter
from tests.support.square_world import QUICK, PosWorld, pos_world

NO_CONNECTION = "http://127.0.0.1:9"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PosWorld]:
    with pos_world(tmp_path) as world:
        yield world


def change(price: str = "3.83", before: str = "4.50", *, key: str = "key-1", store: str = "S01") -> Action:
    return Action(
        idempotency_key=key,
        kind=ActionKind.PRICE_CHANGE,
        target={"variant_external_id": "V100", "store_external_id": store, "sku": "100", "name": "Oat milk"},
        change={"price": price, "currency": "USD"},
        expected_before={"price": before, "currency": "USD"},
    )


def price_at(pos: StandInPos, store: str) -> int:
    money = pos.catalog.price("V100", store)
    assert money is not None
    return int(money["amount"])


def effects(world: PosWorld) -> list[dict[str, object]]:
    return list(world.pos.effects()["effects"])


def test_a_price_change_moves_one_product_at_one_store(world: PosWorld) -> None:
    with world.reader() as reader, world.writer(reader) as writer:
        result = writer.execute(change())
    assert result.outcome is Outcome.APPLIED
    assert result.before == {"price": "4.50", "currency": "USD"}
    assert result.after == {"price": "3.83", "currency": "USD"}
    assert result.reference.startswith("V100@")
    assert (price_at(world.pos, "S01"), price_at(world.pos, "S02")) == (383, 475)
    (effect,) = effects(world)
    assert effect["idempotency_key"] == "key-1"
    assert (effect["object_id"], effect["location_id"]) == ("V100", "S01")
    assert (effect["before"], effect["after"]) == (
        {"amount": 450, "currency": "USD"},
        {"amount": 383, "currency": "USD"},
    )


def test_nothing_but_the_price_changes(world: PosWorld) -> None:
    before = world.pos.catalog.retrieve("V100")["object"]
    with world.reader() as reader, world.writer(reader) as writer:
        writer.execute(change())
    after = world.pos.catalog.retrieve("V100")["object"]
    changed = {"version", "updated_at", "created_at", "item_variation_data"}
    assert {k: v for k, v in before.items() if k not in changed} == {k: v for k, v in after.items() if k not in changed}
    kept = {k: v for k, v in before["item_variation_data"].items() if k != "location_overrides"}
    assert kept == {k: v for k, v in after["item_variation_data"].items() if k != "location_overrides"}


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize(
    "fault",
    ["refuse", "timeout_before", "timeout_after", "error_before", "error_after", "throttle", "duplicate_reply"],
)
def test_a_fault_leaves_at_most_one_effect_and_a_true_outcome(world: PosWorld, fault: str, times: int) -> None:
    world.faults.order({"operation": "catalog.upsert", "fault": fault, "times": times})
    with world.reader() as reader, world.writer(reader) as writer:
        result = writer.execute(change())
        applied = len(effects(world))
        assert applied <= 1
        expected = {
            ("throttle", 1): Outcome.APPLIED,
            ("throttle", 2): Outcome.REJECTED,
            ("throttle", 3): Outcome.REJECTED,
        }.get((fault, times), Outcome.APPLIED if applied else Outcome.UNKNOWN)
        assert result.outcome is expected
        assert (result.outcome is Outcome.APPLIED) == (price_at(world.pos, "S01") == 383)
        if times == 1:
            assert result.outcome is Outcome.APPLIED
        world.faults.order({"operation": "catalog.upsert", "fault": fault, "times": 0})
        settled = writer.reconcile(change())
        assert settled.outcome is (Outcome.APPLIED if applied else Outcome.REJECTED)
        if result.outcome is not Outcome.APPLIED:
            assert writer.execute(change()).outcome is Outcome.APPLIED
    assert len(effects(world)) == 1


def test_executing_the_same_action_again_changes_nothing(world: PosWorld) -> None:
    with world.reader() as reader, world.writer(reader) as writer:
        first, second = writer.execute(change()), writer.execute(change())
    assert (first.outcome, second.outcome) == (Outcome.APPLIED, Outcome.ALREADY_APPLIED)
    assert second.before == {"price": "4.50", "currency": "USD"}
    assert len(effects(world)) == 1


def test_a_price_that_moved_since_the_approval_is_left_alone(world: PosWorld) -> None:
    with world.reader() as reader, world.writer(reader) as writer:
        writer.execute(change("4.20", key="other"))
        result = writer.execute(change("3.83"))
    assert result.outcome is Outcome.CONFLICT
    assert result.before["price"] == "4.20"
    assert price_at(world.pos, "S01") == 420
    assert len(effects(world)) == 1


def test_a_change_between_reading_and_sending_is_a_conflict(world: PosWorld) -> None:
    class Meddling:
        def preview(self, action: Action):  # type: ignore[no-untyped-def]
            seen = reader.preview(action)
            if action.idempotency_key == "mine":
                other.execute(change("4.10", key="theirs"))
            return seen

    with world.reader() as reader, world.writer(reader) as other:
        mine = SquareWriter(world.base_url, Secret("sandbox-write-token"), Meddling(), policy=QUICK)
        try:
            result = mine.execute(change(key="mine"))
        finally:
            mine.close()
    assert result.outcome is Outcome.CONFLICT
    assert price_at(world.pos, "S01") == 410


def test_a_token_that_may_only_read_is_refused_with_the_setting_to_mend(world: PosWorld) -> None:
    with world.reader() as reader:
        writer = SquareWriter(world.base_url, READ_TOKEN, reader, policy=QUICK, setting="SQUARE_WRITE_TOKEN")
        try:
            result = writer.execute(change())
        finally:
            writer.close()
    assert result.outcome is Outcome.REJECTED
    assert "SQUARE_WRITE_TOKEN" in result.message
    assert effects(world) == []


def test_an_unreachable_square_is_rejected_because_nothing_left(world: PosWorld) -> None:
    with world.reader() as reader:
        writer = SquareWriter(NO_CONNECTION, Secret("t"), reader, policy=QUICK)
        try:
            result = writer.execute(change())
        finally:
            writer.close()
    assert result.outcome is Outcome.REJECTED
    assert "nothing changed" in result.message


def test_an_answer_that_cannot_be_read_back_is_believed_if_it_shows_the_price(world: PosWorld) -> None:
    with world.reader() as reader, world.writer(reader) as writer:

        class Blind:
            looked = 0

            def preview(self, action: Action):  # type: ignore[no-untyped-def]
                Blind.looked += 1
                if Blind.looked > 1:
                    raise TransientError("not now")
                return reader.preview(action)

        writer._reader = Blind()
        assert writer.execute(change()).outcome is Outcome.APPLIED
        Blind.looked = 0
        world.faults.order({"operation": "catalog.upsert", "fault": "error_after", "times": 2})
        assert writer.execute(change("3.50", "3.83", key="k2")).outcome is Outcome.UNKNOWN
    assert price_at(world.pos, "S01") == 350


@pytest.mark.parametrize(
    ("target", "price", "sentence"),
    [
        ({"variant_external_id": "V999", "store_external_id": "S01"}, "1.00", "no longer in Square's catalogue"),
        ({"variant_external_id": "100", "store_external_id": "S01"}, "1.00", "not something with a price"),
        ({"variant_external_id": "V300", "store_external_id": "S01"}, "1.00", "no fixed price"),
        ({"variant_external_id": "V100", "store_external_id": "S01"}, "3.835", "not an amount"),
        ({"variant_external_id": "V100", "store_external_id": "S01"}, "-1", "not an amount"),
        ({"variant_external_id": "V100", "store_external_id": "S01"}, "NaN", "not an amount"),
        ({"variant_external_id": "V100", "store_external_id": "S01"}, "cheap", "not an amount"),
    ],
)
def test_a_change_that_makes_no_sense_is_rejected_with_a_sentence(
    world: PosWorld, target: dict[str, str], price: str, sentence: str
) -> None:
    before = {"price": "4.50", "currency": "USD"}
    action = Action("k", ActionKind.PRICE_CHANGE, target, {"price": price, "currency": "USD"}, before)
    with world.reader() as reader, world.writer(reader) as writer:
        result = writer.execute(action)
    assert result.outcome is Outcome.REJECTED
    assert sentence in result.message
    assert effects(world) == []


def test_a_wrong_reading_token_stops_before_anything_is_sent(world: PosWorld) -> None:
    reader = SquareReader(world.base_url, Secret("wrong"), "square", policy=QUICK, live_policy=QUICK)
    try:
        with world.writer(reader) as writer, pytest.raises(TerminalError) as caught:
            writer.execute(change())
    finally:
        reader.close()
    assert "SQUARE_ACCESS_TOKEN" in caught.value.user_message
    assert effects(world) == []
