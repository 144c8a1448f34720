"""A change happens once or not at all, and what is said of it is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from connectors.base import Action, ActionKind, Outcome, Reader, Result, Writer
from connectors.manifest import load_manifest
from connectors.writing import same_values
from tests.conformance.actions import MOVING, OF_MANY_PARTS, Maker, insists, moved
from tests.support.platforms.rig import LONG_SILENCE, Rig

DONE = (Outcome.APPLIED, Outcome.ALREADY_APPLIED)
NOT_DONE = (Outcome.REJECTED, Outcome.CONFLICT, Outcome.UNSUPPORTED)
FAULTS = (
    "refuse",
    "timeout_before",
    "timeout_after",
    "error_before",
    "error_after",
    "throttle",
    "not_json",
    "expired_token",
)


@pytest.fixture
def writer(rig: Rig, reader: Reader) -> Iterator[Writer]:
    made = rig.writer(reader)
    yield made
    made.close()


@pytest.fixture
def maker(rig: Rig, reader: Reader, writer: Writer) -> Maker:
    return Maker(rig, reader, writer)


def effects(rig: Rig) -> int:
    return len(rig.pos.effects()["effects"])


def test_a_preview_shows_the_value_before_and_the_request_and_sends_nothing(
    rig: Rig, reader: Reader, maker: Maker, offered_kind: ActionKind
) -> None:
    action = maker.make(offered_kind)
    before = effects(rig)
    seen = reader.preview(action)
    assert seen.problem == ""
    assert dict(seen.request) != {}
    assert seen.done is not True
    assert same_values(seen.before, action.expected_before) or not action.expected_before
    assert dict(reader.preview(action).request) == dict(seen.request), "the same request each time it is looked at"
    assert effects(rig) == before


def test_an_action_is_carried_out_once(
    rig: Rig, reader: Reader, writer: Writer, maker: Maker, offered_kind: ActionKind
) -> None:
    action = maker.make(offered_kind)
    before = effects(rig)
    result = writer.execute(action)
    assert (result.outcome, result.message) == (Outcome.APPLIED, "")
    made = effects(rig) - before
    assert made >= 1 if offered_kind in OF_MANY_PARTS else made == 1
    assert result.reference
    if insists(offered_kind):
        assert same_values(result.before, action.expected_before)
        assert same_values(result.after, action.change)
        assert same_values(reader.preview(action).before, action.change)


def test_an_action_that_is_repeated_does_nothing_more(
    rig: Rig, reader: Reader, writer: Writer, maker: Maker, offered_kind: ActionKind
) -> None:
    action = maker.make(offered_kind)
    first = writer.execute(action)
    before = effects(rig)
    fresh = rig.writer(reader)
    try:
        again = [writer.execute(action), fresh.execute(action)]
    finally:
        fresh.close()
    assert first.outcome is Outcome.APPLIED
    assert [result.outcome in DONE for result in again] == [True, True], [result.message for result in again]
    assert effects(rig) == before
    decided = writer.reconcile(action)
    assert decided.outcome in DONE or (offered_kind in MOVING and decided.outcome is Outcome.UNKNOWN)


def test_a_value_that_somebody_changed_meanwhile_is_a_conflict(
    rig: Rig, writer: Writer, maker: Maker, offered_kind: ActionKind
) -> None:
    if not insists(offered_kind):
        pytest.skip("this kind does not depend on a value before")
    action = moved(maker.make(offered_kind))
    before = effects(rig)
    result = writer.execute(action)
    assert result.outcome is Outcome.CONFLICT
    assert result.message.endswith(".")
    assert effects(rig) == before
    assert not same_values(result.before, action.expected_before)


def test_a_target_that_is_not_there_is_refused_in_a_sentence(
    rig: Rig, reader: Reader, writer: Writer, maker: Maker, offered_kind: ActionKind
) -> None:
    action = maker.make(offered_kind)
    named = next((name for name in action.target if name.endswith("_external_id") and "store" not in name), None)
    if named is None:
        pytest.skip("this kind names no object but stores")
    gone = replace(action, target={**action.target, named: "4711000000"}, expected_before={})
    before = effects(rig)
    seen = reader.preview(gone)
    assert seen.problem.endswith(".")
    assert writer.execute(gone).outcome in NOT_DONE
    assert effects(rig) == before


def test_what_never_was_sent_is_not_taken_for_done(writer: Writer, maker: Maker, offered_kind: ActionKind) -> None:
    decided = writer.reconcile(maker.make(offered_kind))
    assert decided.outcome is Outcome.REJECTED or (offered_kind in MOVING and decided.outcome is Outcome.UNKNOWN), (
        decided
    )


def test_a_fault_leaves_at_most_one_effect_and_a_true_outcome(
    rig: Rig, writer: Writer, maker: Maker, offered_kind: ActionKind, subtests: pytest.Subtests
) -> None:
    clean = carried_out(rig, writer, maker.make(offered_kind))
    for fault in FAULTS:
        with subtests.test(fault=fault):
            assert fails_once(rig, writer, maker.make(offered_kind), fault, clean) <= clean


def test_a_silence_that_outlasts_our_patience_leaves_the_outcome_open(rig: Rig, writer: Writer, maker: Maker) -> None:
    rig.pos.hang_seconds = LONG_SILENCE
    for fault in ("timeout_before", "timeout_after"):
        assert fails_once(rig, writer, maker.make(ActionKind.PRICE_CHANGE), fault, 1) <= 1


def fails_once(rig: Rig, writer: Writer, action: Action, fault: str, clean: int) -> int:
    """How many effects a request made that met a fault; what was said of it is judged here."""
    before = effects(rig)
    operation = rig.operations[f"write_{action.kind.value}"]
    rig.faults.order({"operation": operation, "fault": fault, "times": 1})
    result = writer.execute(action)
    rig.faults.order({"operation": operation, "fault": fault, "times": 0})
    made = effects(rig) - before
    says_truth(result, made)
    if result.outcome is Outcome.UNKNOWN:
        decided = writer.reconcile(action)
        says_truth(decided, made)
        assert decided.outcome is not Outcome.UNKNOWN or action.kind in MOVING, decided.message
        assert effects(rig) - before == made, "reconciling only reads"
        result = decided
    if result.outcome is Outcome.REJECTED:
        assert result.message.endswith(".")
        assert carried_out(rig, writer, action) == clean
    return made


def test_an_answer_that_is_lost_again_and_again_still_leaves_one_effect(
    rig: Rig, writer: Writer, maker: Maker, offered_kind: ActionKind
) -> None:
    clean = carried_out(rig, writer, maker.make(offered_kind))
    action = maker.make(offered_kind)
    before = effects(rig)
    operation = rig.operations[f"write_{offered_kind.value}"]
    rig.faults.order({"operation": operation, "fault": "error_after", "times": 5})
    result = writer.execute(action)
    rig.faults.order({"operation": operation, "fault": "error_after", "times": 0})
    made = effects(rig) - before
    assert made <= clean
    says_truth(result, made)


def test_a_request_that_arrives_twice_is_applied_once_where_the_platform_knows_keys(
    rig: Rig, writer: Writer, maker: Maker, offered_kind: ActionKind
) -> None:
    if not load_manifest(rig.platform).actions[offered_kind].idempotent:
        pytest.skip("the platform has no idempotency key here")
    clean = carried_out(rig, writer, maker.make(offered_kind))
    action = maker.make(offered_kind)
    before = effects(rig)
    rig.faults.order(
        {"operation": rig.operations[f"write_{offered_kind.value}"], "fault": "duplicate_reply", "times": 1}
    )
    assert writer.execute(action).outcome in DONE
    assert effects(rig) - before == clean


def carried_out(rig: Rig, writer: Writer, action: Action) -> int:
    """Execute without any fault; how many effects it takes."""
    before = effects(rig)
    result = writer.execute(action)
    assert result.outcome is Outcome.APPLIED, result.message
    return effects(rig) - before


def says_truth(result: Result, made: int) -> None:
    """Applied means that there is an effect, not applied that there is none."""
    if result.outcome in DONE:
        assert made >= 1, result
    elif result.outcome in NOT_DONE:
        assert made == 0, result
    else:
        assert result.message.endswith("."), result
