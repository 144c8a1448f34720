from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.errors import RefusedError, StaleError
from agent.proposals.payload import idempotency_key
from agent.proposals.view import ProposalView
from tests.support.proposals_world import MEMBERS, World


def approve(world: World, proposal_id: str, user_id: str = "U_OWNER") -> ProposalView:
    world.proposals.approve(proposal_id, world.scope(user_id))
    return world.proposals.wait(proposal_id, 20)


def happened(view: ProposalView) -> list[str]:
    return [event["event"] for event in view.events]


def test_an_approved_change_reaches_the_pos_once_under_the_proposals_key(running: World) -> None:
    proposal_id = running.propose(live="3.99")
    view = approve(running, proposal_id)
    assert view.status == "executed"
    assert running.pos.effects() == [(idempotency_key(proposal_id, view.payload_sha256), "V1", "S01", "3.39")]
    assert happened(view) == ["proposed", "approved", "executing", "sending", "executed"]
    assert view.outcome is not None
    assert view.outcome["message"] == "Oat Milk V1 at Market Street now costs 3.39 USD."
    assert view.pos_reference.startswith("ref-")
    assert view.can_undo
    assert running.audit.verify().ok


def test_fifty_people_at_once_make_one_effect_and_forty_nine_stale_answers(running: World) -> None:
    proposal_id = running.propose()
    actor = running.scope("U_OWNER")
    barrier = threading.Barrier(50)

    def press(_: int) -> str:
        barrier.wait()
        try:
            running.proposals.approve(proposal_id, actor)
        except StaleError as stale:
            return stale.user_message
        return "won"

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(press, range(50)))
    assert answers.count("won") == 1
    assert all("already approved" in answer and "Olive" in answer for answer in answers if answer != "won")
    assert running.proposals.wait(proposal_id, 20).status == "executed"
    assert len(running.pos.effects()) == 1
    assert running.pos.requests() == 1


@pytest.mark.parametrize(("took_effect", "status"), [(True, "executed"), (False, "failed")])
def test_a_person_who_looked_settles_what_nobody_could_read_back(
    running: World, took_effect: bool, status: str
) -> None:
    running.pos.faults = ["timeout_after_then_locked_out"]
    proposal_id = running.propose("U_MANAGER_S01")
    assert approve(running, proposal_id).status == "unknown"
    for who in ("U_STAFF_S01", "U_MANAGER_S02", "U_ANALYST"):
        with pytest.raises(RefusedError):
            running.proposals.settle(proposal_id, running.scope(who), took_effect=took_effect)
    view = running.proposals.settle(proposal_id, running.scope("U_MANAGER_S01"), took_effect=took_effect)
    assert (view.status, happened(view)[-1], view.events[-1]["actor"]) == (status, status, "U_MANAGER_S01")
    assert view.outcome is not None
    assert view.outcome["settled_by_hand"].startswith("Manager S01 looked it up: it")
    assert view.can_undo is took_effect
    with pytest.raises(StaleError, match=f"it is {status}"):
        running.proposals.settle(proposal_id, running.scope("U_OWNER"), took_effect=not took_effect)
    assert running.audit.verify().ok


def test_what_is_known_already_cannot_be_settled(running: World) -> None:
    proposal_id = running.propose()
    with pytest.raises(StaleError, match="it is pending"):
        running.proposals.settle(proposal_id, running.scope("U_OWNER"), took_effect=True)


def test_a_workflow_delivered_twice_writes_once(running: World) -> None:
    proposal_id = running.propose()
    view = approve(running, proposal_id)
    key = idempotency_key(proposal_id, view.payload_sha256)
    running.executor.start(proposal_id, key)
    running.jobs.start("execute_proposal", f"{key}:again", proposal_id)
    running.jobs.close()
    assert running.pos.requests() == 1
    assert happened(running.proposals.view(proposal_id)).count("sending") == 1


def test_a_price_that_drifted_is_left_alone_and_the_person_is_told(running: World) -> None:
    proposal_id = running.propose(live="3.99")
    running.pos.set_price("V1", "S01", "4.29")
    view = approve(running, proposal_id)
    assert view.status == "failed"
    assert running.pos.effects() == []
    assert view.outcome is not None
    assert "is 4.29 now" in view.outcome["message"]


def test_rights_lost_between_press_and_execution_stop_the_write(world: World) -> None:
    proposal_id = world.propose()
    world.proposals.approve(proposal_id, world.scope("U_MANAGER_S01"))
    world.directory.replace_members([m for m in MEMBERS if m["user_id"] != "U_MANAGER_S01"])
    world.launch()
    view = world.proposals.wait(proposal_id, 20)
    assert view.status == "failed"
    assert world.pos.effects() == []
    assert view.outcome is not None
    assert "right to approve it was lost" in view.outcome["message"]


def test_an_approval_that_waited_too_long_is_not_carried_out(world: World) -> None:
    proposal_id = world.propose()
    world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    world.clock.pass_time(days=3)
    world.launch()
    assert world.proposals.wait(proposal_id, 20).status == "expired"
    assert world.pos.effects() == []


def test_one_that_was_begun_and_interrupted_for_days_is_not_sent_any_more(world: World) -> None:
    proposal_id = world.propose(live="3.99")
    world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    assert world.executor._begin(proposal_id) == 1
    world.clock.pass_time(days=3)
    world.launch()
    view = world.proposals.wait(proposal_id, 20)
    assert view.status == "failed"
    assert view.outcome is not None
    assert view.outcome["message"] == "Nothing was changed: its time had passed before it could be carried out."
    assert "sending" not in happened(view)
    assert world.pos.effects() == []


def test_one_whose_request_may_have_left_days_ago_is_looked_for_and_not_sent_again(world: World) -> None:
    proposal_id = world.propose(live="3.99")
    world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    assert world.executor._begin(proposal_id) == 1
    with world.store.transaction() as work:
        key = idempotency_key(proposal_id, world.store.get(proposal_id).payload_sha256)
        work.record(proposal_id, "sending", "floorwalker", {"idempotency_key": key})
    world.clock.pass_time(days=3)
    world.launch()
    assert world.proposals.wait(proposal_id, 20).status == "unknown"
    world.executor.settle_unknown()
    assert world.proposals.view(proposal_id).status == "failed"
    assert world.pos.effects() == []


def test_a_row_edited_behind_our_back_is_not_carried_out(world: World) -> None:
    proposal_id = world.propose()
    world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    with world.database.session() as session:
        from agent.db.tables import Proposal

        row = session.get(Proposal, proposal_id)
        assert row is not None
        row.payload = {**row.payload, "after": "0.01"}
    world.launch()
    view = world.proposals.wait(proposal_id, 20)
    assert view.status == "failed"
    assert world.pos.effects() == []


@pytest.mark.parametrize(
    ("fault", "status", "effects"),
    [
        ("timeout_after", "executed", 1),
        ("timeout_before", "executed", 1),
        ("refuse", "failed", 0),
        ("break", "executed", 1),
        ("timeout_after_then_offline", "unknown", 1),
        ("timeout_after_then_locked_out", "unknown", 1),
    ],
)
def test_every_kind_of_answer_ends_in_one_status_and_at_most_one_effect(
    running: World, fault: str, status: str, effects: int
) -> None:
    running.pos.faults = [fault]
    view = approve(running, running.propose())
    assert view.status == status
    assert len(running.pos.effects()) == effects


def test_an_unclear_answer_is_settled_by_looking_and_not_by_sending_again(running: World) -> None:
    running.pos.faults = ["timeout_after"]
    view = approve(running, running.propose())
    assert happened(view) == ["proposed", "approved", "executing", "sending", "looked", "executed"]
    assert running.pos.requests() == 1


def test_a_late_word_about_a_settled_proposal_changes_nothing(running: World) -> None:
    view = approve(running, running.propose())
    late = {"outcome": "conflict", "before": {}, "after": {}, "reference": "", "message": ""}
    running.executor._finish(view.id, late)
    assert running.proposals.view(view.id) == view


def test_an_unknown_outcome_says_what_to_check_and_is_settled_by_a_later_reading(running: World) -> None:
    running.pos.faults = ["timeout_after_then_offline"]
    view = approve(running, running.propose(live="3.99"))
    assert view.outcome is not None
    assert "should be 3.39 USD" in view.outcome["message"]
    running.executor.settle_unknown()
    assert running.proposals.view(view.id).status == "unknown"
    running.pos.offline = False
    running.executor.settle_unknown()
    assert running.proposals.view(view.id).status == "executed"
    assert len(running.pos.effects()) == 1


def test_a_token_that_is_taken_away_after_the_request_left_does_not_make_it_a_failure(running: World) -> None:
    running.pos.faults = ["timeout_after_then_locked_out"]
    view = approve(running, running.propose(live="3.99"))
    running.clock.pass_time(hours=1)
    running.executor.settle_unknown()
    assert running.proposals.view(view.id).status == "unknown", "nobody could look, so nobody knows"
    running.pos.locked_out = False
    running.executor.settle_unknown()
    assert running.proposals.view(view.id).status == "executed"


def test_a_pos_that_is_down_before_anything_left_is_a_plain_failure(running: World) -> None:
    proposal_id = running.propose()
    running.pos.offline = True
    view = approve(running, proposal_id)
    assert view.status in ("failed", "unknown")
    assert running.pos.effects() == []


def test_a_temporary_price_goes_back_once_and_says_so(running: World) -> None:
    until = running.clock.now() + timedelta(days=2)
    view = approve(running, running.propose(live="3.99", until=until))
    assert (view.revert_state, view.reverts_at) == ("due", until)
    assert running.proposals.revert_due() == 0
    running.clock.pass_time(days=2, seconds=1)
    running.proposals.revert_due()
    running.proposals.revert_due()
    assert running.pos.price("V1", "S01") == "3.99"
    assert [price for *_, price in running.pos.effects()] == ["3.39", "3.99"]
    after = running.proposals.view(view.id)
    assert after.revert_state == "reverted"
    assert happened(after)[-2:] == ["reverting", "reverted"]
    assert not after.can_undo


def test_a_temporary_price_that_somebody_changed_since_is_left_alone(running: World) -> None:
    view = approve(running, running.propose(until=running.clock.now() + timedelta(days=1)))
    running.pos.set_price("V1", "S01", "2.22")
    running.clock.pass_time(days=1, seconds=1)
    running.proposals.revert_due()
    assert running.pos.price("V1", "S01") == "2.22"
    assert running.proposals.view(view.id).revert_state == "left"


def test_a_return_that_is_interrupted_is_taken_up_again(running: World) -> None:
    view = approve(running, running.propose(until=running.clock.now() + timedelta(days=1)))
    running.clock.pass_time(days=1, seconds=1)
    running.pos.offline = True
    running.proposals.revert_due()
    assert running.proposals.view(view.id).revert_state == "reverting"
    running.pos.offline = False
    running.proposals.revert_due()
    assert running.proposals.view(view.id).revert_state == "reverted"
    assert len(running.pos.effects()) == 2


def test_a_return_that_the_pos_refuses_for_now_is_tried_again(running: World) -> None:
    view = approve(running, running.propose(live="3.99", until=running.clock.now() + timedelta(days=1)))
    running.clock.pass_time(days=1, seconds=1)
    running.pos.faults = ["refuse"]
    running.proposals.revert_due()
    assert running.proposals.view(view.id).revert_state == "reverting"
    running.proposals.revert_due()
    assert running.pos.price("V1", "S01") == "3.99"
    assert running.proposals.view(view.id).revert_state == "reverted"
    assert len(running.pos.effects()) == 2


def test_a_return_that_the_pos_keeps_refusing_is_handed_to_a_person(running: World) -> None:
    view = approve(running, running.propose(live="3.99", until=running.clock.now() + timedelta(days=1)))
    running.clock.pass_time(days=1, seconds=1)
    running.pos.faults = ["refuse", "refuse"]
    running.proposals.revert_due()
    running.clock.pass_time(days=1)
    running.proposals.revert_due()
    after = running.proposals.view(view.id)
    assert after.revert_state == "unknown"
    assert happened(after)[-1] == "revert_unknown"
    running.proposals.revert_due()
    assert len(running.pos.effects()) == 1


def test_undo_is_a_proposal_of_its_own_and_marks_the_first_as_undone(running: World) -> None:
    first = approve(running, running.propose(live="3.99"))
    back = running.proposals.undo(first.id, running.scope("U_DISTRICT"))
    assert (back.status, back.undoes, back.payload["after"]) == ("pending", first.id, "3.99")
    assert not running.proposals.view(first.id).can_undo
    with pytest.raises(StaleError, match="already asked for"):
        running.proposals.undo(first.id, running.scope("U_OWNER"))
    assert approve(running, back.id).status == "executed"
    assert running.proposals.view(first.id).status == "undone"
    assert running.pos.price("V1", "S01") == "3.99"
    assert len(running.pos.effects()) == 2


def test_undo_refuses_to_overwrite_something_newer(running: World) -> None:
    first = approve(running, running.propose())
    running.pos.set_price("V1", "S01", "9.99")
    with pytest.raises(StaleError, match="overwrite something newer"):
        running.proposals.undo(first.id, running.scope("U_OWNER"))


def test_a_decision_made_in_a_process_without_workflows_is_picked_up_by_the_one_that_has_them(running: World) -> None:
    heard: list[str] = []
    running.proposals.subscribe(heard.append)
    proposal_id = running.propose()
    other = World(running.home)
    assert not other.jobs.launch()
    assert other.proposals.approve(proposal_id, other.scope("U_OWNER")).status == "approved"
    running.proposals.resume()
    assert other.proposals.wait(proposal_id, 20).status == "executed"
    other.close()
    running.jobs.close()
    assert proposal_id in heard
    assert len(running.pos.effects()) == 1


def test_a_subscriber_that_breaks_changes_nothing(running: World) -> None:
    def broken(_: str) -> None:
        raise RuntimeError("Slack is down")

    running.proposals.subscribe(broken)
    assert approve(running, running.propose()).status == "executed"


def test_a_person_with_a_new_limit_is_held_to_it(world: World) -> None:
    world.settings = replace(world.settings, four_eyes_over_minor=None)
    proposal_id = world.propose()
    world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    world.directory.replace_members([{**m, "approve_limit_minor": 1} for m in MEMBERS])
    world.launch()
    view = world.proposals.wait(proposal_id, 20)
    assert view.status == "failed"
    assert view.outcome is not None
    assert "limit is 0.01 USD" in view.outcome["message"]
