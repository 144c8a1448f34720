"""Promotions, product flags and permissions on the stand-in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from connectors.base import Action, ActionKind, Outcome, Reader, Result, Writer
from connectors.http import Secret
from connectors.sandbox.lightspeed_x.pos import StandInX
from tests.connectors.lightspeed_x.actions_made import MAIN, MUG, OAT, action, item, made, priced
from tests.support.platforms.rig import Rig


def promoted(rig: Rig, *, hours: float, **more: Any) -> Action:
    change = {
        "name": "Autumn",
        "kind": "percent",
        "value": "10",
        "currency": "USD",
        "starts_at": (rig.clock.now() + timedelta(hours=hours)).isoformat(),
        "ends_at": (rig.clock.now() + timedelta(days=7)).isoformat(),
        "variant_external_ids": [OAT],
        **more,
    }
    return action(ActionKind.PROMOTION_CREATE, {"store_external_ids": [MAIN]}, change)


def ended(reference: str) -> Action:
    return action(ActionKind.PROMOTION_END, {"promotion_external_id": reference}, {"active": "false"}, active="true")


def test_a_promotion_is_written_in_utc_without_a_suffix(rig: Rig, reader: Reader) -> None:
    change = promoted(rig, hours=1, starts_at="2026-11-03T00:00:00-05:00", ends_at=None)
    (step,) = reader.preview(change).request["steps"]
    sent = step["body"]
    assert (sent["start_time"], sent["end_time"]) == ("2026-11-03T05:00:00", None)
    assert (sent["action"], sent["outlet_ids"]) == ({"type": "basic_percent_discount", "value": 10}, [MAIN])
    assert sent["condition"]["include"] == [{"field": "product_id", "value": OAT}]
    assert change.idempotency_key in sent["description"]


@pytest.mark.parametrize(("hours", "field"), [(-1.0, "end_time"), (1.0, "status")])
def test_a_promotion_that_runs_ends_and_one_that_has_not_begun_is_archived(
    rig: Rig, pos: StandInX, writer: Writer, hours: float, field: str
) -> None:
    created = writer.execute(promoted(rig, hours=hours))
    assert created.outcome is Outcome.APPLIED
    rig.clock.turn(minutes=10)
    end = ended(created.reference)
    result = writer.execute(end)
    assert (result.outcome, result.after) == (Outcome.APPLIED, {"active": "false"})
    (found,) = pos.store.of("promotion")
    assert found["name"] == "Autumn"
    assert found["action"] == {"type": "basic_percent_discount", "value": 10}
    if field == "status":
        assert found["status"] == "archived"
    else:
        assert found["end_time"] == "2026-11-02T14:09:59"
    assert writer.execute(end).outcome is Outcome.ALREADY_APPLIED


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"kind": "bogof"}, "the kind must be percent or amount."),
        ({"value": "0"}, "The value must be above 0"),
        ({"value": "101"}, "at most 100 for a percentage."),
        ({"value": "ten"}, "The value must be above 0"),
        ({"starts_at": ""}, "A promotion needs a beginning"),
        ({"starts_at": "soon"}, "A promotion needs a beginning"),
        ({"ends_at": "2020-01-01T00:00:00+00:00"}, "an end after it"),
    ],
)
def test_a_promotion_that_makes_no_sense_is_a_sentence(
    rig: Rig, reader: Reader, more: dict[str, str], problem: str
) -> None:
    seen = reader.preview(promoted(rig, hours=1, **more))
    assert problem in seen.problem
    assert seen.request == {}


def test_a_store_that_is_gone_keeps_a_promotion_from_being_made(rig: Rig, reader: Reader) -> None:
    seen = reader.preview(replace(promoted(rig, hours=1), target={"store_external_ids": [MAIN, "4711"]}))
    assert seen.problem == "One of the stores is no longer among Lightspeed X's outlets."


def test_flags_change_one_product_and_never_its_family(rig: Rig, pos: StandInX, writer: Writer) -> None:
    change = action(
        ActionKind.PRODUCT_FLAGS,
        {"variant_external_id": MUG, "sku": "MUG-B", "name": "Blue mug"},
        {"active": "false", "track_stock": "false"},
        active="true",
        track_stock="true",
    )
    result = writer.execute(change)
    assert (result.outcome, result.after) == (Outcome.APPLIED, {"active": "false", "track_stock": "false"})
    product = pos.store.get("product", OAT)
    assert product is not None
    pos.store.put("product", {**product, "variant_parent_id": MUG})
    of_family = replace(change, target={"variant_external_id": OAT, "sku": "", "name": ""})
    refused = writer.execute(of_family)
    assert refused.outcome is Outcome.REJECTED
    assert refused.message == "Lightspeed X tracks stock for all variants of a product or for none."
    alone = replace(of_family, change={"active": "false"}, expected_before={"active": "true"})
    assert writer.execute(alone).outcome is Outcome.APPLIED


@pytest.mark.parametrize("change", [{}, {"active": "perhaps"}, {"colour": "blue"}])
def test_flags_that_make_no_sense_are_a_sentence(reader: Reader, change: dict[str, str]) -> None:
    seen = reader.preview(action(ActionKind.PRODUCT_FLAGS, item(MUG), change))
    assert seen.problem == "Say “true” or “false” for active or track_stock."


def test_a_token_that_may_only_read_changes_nothing(rig: Rig, reader: Reader) -> None:
    writer = rig.writer(reader, token=Secret("sandbox-read-token"))
    result: Result = writer.execute(priced("4.95"))
    assert result.outcome is Outcome.REJECTED
    assert result.message == ("Lightspeed X refused: the token in LIGHTSPEED_X_WRITE_TOKEN may not make this change.")
    assert made(rig) == []


def test_schedules_are_not_offered(reader: Reader, writer: Writer) -> None:
    change = action(ActionKind.SHIFT_DRAFT, {}, {})
    assert reader.preview(change).problem == "Lightspeed X has no schedules: it cannot do “shift_draft”."
    assert writer.execute(change).outcome is Outcome.UNSUPPORTED
    assert writer.reconcile(change).outcome is Outcome.UNSUPPORTED
