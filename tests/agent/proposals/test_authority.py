"""Who may do what: every role, at every store, for every action, worked out here a second time and independently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from agent.errors import RefusedError
from agent.identity import Person
from agent.proposals.policy import Case, ProposalSettings, check_approve, check_propose, check_reject
from tests.support.proposals_world import MEMBERS, NORTH, STORES, World
from tools.context import Role, Scope
from tools.drafts import PriceChangeDraft
from tools.errors import NotAllowedError

PEOPLE = [m["user_id"] for m in MEMBERS]


def has_place(user_id: str, store: str) -> bool:
    if user_id == "U_OWNER":
        return True
    if user_id == "U_DISTRICT":
        return store in NORTH
    return user_id == f"U_MANAGER_{store}"


def allowed(call: Callable[[], object]) -> bool:
    try:
        call()
    except (RefusedError, NotAllowedError):
        return False
    return True


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(Path(tmp_path_factory.mktemp("authority")))


@pytest.fixture(scope="module", autouse=True)
def closing(shared: World):  # type: ignore[no-untyped-def]
    yield
    shared.close()


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("user_id", PEOPLE)
def test_each_person_can_do_at_each_store_what_their_role_says_and_no_more(
    shared: World, user_id: str, store: str
) -> None:
    may = has_place(user_id, store)
    tag = f"V{user_id}{store}"
    scope = shared.scope(user_id)
    assert allowed(lambda: shared.propose(user_id, store, f"{tag}a")) is may
    by_owner = [shared.propose("U_OWNER", store, f"{tag}{number}") for number in range(2)]
    assert allowed(lambda: shared.proposals.approve(by_owner[0], scope)) is may
    assert shared.proposals.view(by_owner[0]).status == ("approved" if may else "pending")
    assert allowed(lambda: shared.proposals.reject(by_owner[1], scope)) is may
    assert shared.proposals.view(by_owner[1]).status == ("rejected" if may else "pending")
    sees = may or user_id == "U_ANALYST" or user_id == f"U_STAFF_{store}"
    assert allowed(lambda: shared.proposals.view(by_owner[0], scope)) is sees
    assert any(view.id == by_owner[0] for view in shared.proposals.find(scope, limit=1000)) is sees


def test_a_forged_scope_gives_no_rights(shared: World) -> None:
    proposal_id = shared.propose("U_OWNER", "S01", "Vforged")
    forged = Scope("U_STAFF_S01", Role.OWNER, tuple(STORES), tuple(STORES))
    stranger = Scope("U_GUEST", Role.OWNER, tuple(STORES), tuple(STORES))
    for actor in (forged, stranger):
        with pytest.raises(RefusedError):
            shared.proposals.approve(proposal_id, actor)
        with pytest.raises(RefusedError):
            shared.proposals.reject(proposal_id, actor)
        with pytest.raises(NotAllowedError):
            shared.proposals.propose(
                PriceChangeDraft("V77", "S01", Decimal(-10), None, None, ""), actor, tool_call_id="c"
            )
    assert shared.proposals.view(proposal_id).status == "pending"


def test_a_refusal_says_what_you_are_and_who_can(shared: World) -> None:
    proposal_id = shared.propose("U_OWNER", "S02", "Vwho")
    with pytest.raises(RefusedError) as staff:
        shared.proposals.approve(proposal_id, shared.scope("U_STAFF_S02"))
    assert staff.value.user_message == (
        "You are a member of staff; to approve a change at Harbor Point (S02) takes its store manager, its district "
        "manager or the owner. Manager S02 or Olive can approve it."
    )
    with pytest.raises(RefusedError) as elsewhere:
        shared.proposals.approve(proposal_id, shared.scope("U_MANAGER_S01"))
    assert "a store manager of S01; this change is at Harbor Point (S02)" in elsewhere.value.user_message


CASE = Case("S01", "Market Street", "U_M", 5_000, "USD")
MANAGER = Person("U_M", Role.STORE_MANAGER, "Mia", ("S01",))
OWNER = Person("U_O", Role.OWNER, "Olive", ())


@pytest.mark.parametrize(
    ("limit", "four_eyes", "own", "ok"),
    [
        (None, None, True, True),
        (5_000, None, True, True),
        (4_999, None, True, False),
        (4_999, None, False, False),
        (None, 5_000, True, True),
        (None, 4_999, True, False),
        (None, 4_999, False, True),
        (0, None, False, False),
    ],
)
def test_limits_hold_to_the_cent(limit: int | None, four_eyes: int | None, own: bool, ok: bool) -> None:
    person = replace(MANAGER, approve_limit_minor=limit)
    case = CASE if own else replace(CASE, proposed_by="U_X")
    settings = ProposalSettings(four_eyes_over_minor=four_eyes)
    assert allowed(lambda: check_approve(person, case, [person, OWNER], settings)) is ok


def test_a_limit_names_those_whose_limit_is_high_enough() -> None:
    small = replace(MANAGER, approve_limit_minor=100)
    with pytest.raises(RefusedError) as refusal:
        check_approve(small, CASE, [small, OWNER], ProposalSettings())
    assert refusal.value.user_message == (
        "Your approval limit is 1.00 USD; this change moves about 50.00 USD a week. Olive can approve it."
    )


def test_inactive_people_may_do_nothing() -> None:
    gone = replace(MANAGER, active=False)
    assert not allowed(lambda: check_approve(gone, CASE, [OWNER], ProposalSettings()))
    assert not allowed(lambda: check_propose(gone, CASE, [OWNER]))
    assert not allowed(lambda: check_reject(gone, CASE, [OWNER]))


def test_whoever_asked_may_withdraw_it_even_without_the_right_to_approve() -> None:
    clerk = Person("U_M", Role.STAFF, "Sam", ("S01",))
    assert allowed(lambda: check_reject(clerk, CASE, [OWNER]))


def test_undo_tells_no_live_price_to_somebody_without_rights_there(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.launch()
    proposal_id = world.propose(live="3.99")
    world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    assert world.proposals.wait(proposal_id, 10).status == "executed"
    world.pos.set_price("V1", "S01", "2.22")
    for user in ("U_MANAGER_S02", "U_STAFF_S01", "U_ANALYST"):
        with pytest.raises(RefusedError) as told:
            world.proposals.undo(proposal_id, world.scope(user))
        assert "2.22" not in told.value.user_message
    world.close()
