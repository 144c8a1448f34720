"""Two approvals, small changes that count together, and rights lent while somebody is away: through the one door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from agent.errors import BadInputError, RefusedError, StaleError
from agent.proposals.policy import ProposalSettings
from tests.support.proposals_world import MEMBERS, QUICK, World

STRICT: ProposalSettings = replace(QUICK, four_eyes_over_minor=1_000, two_approvals_over_minor=2_000)
"""A week sells ten pieces: a change of 0.60 moves 6.00."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, settings=STRICT)
    made.launch()
    yield made
    made.close()


def cut(world: World, who: str, variant: str, by: str) -> str:
    """A proposal that takes ``by`` off a price of 9.00."""
    return world.propose(who, "S01", variant, "9.00", percent=None, price=Decimal(9) - Decimal(by))


def test_a_big_change_takes_two_people(world: World) -> None:
    big = cut(world, "U_DISTRICT", "V1", "3.00")
    once = world.proposals.approve(big, world.scope("U_OWNER"))
    assert (once.status, once.first_approved_by) == ("pending", "U_OWNER")
    assert world.pos.effects() == []
    with pytest.raises(RefusedError, match="You approved this already"):
        world.proposals.approve(big, world.scope("U_OWNER"))
    world.proposals.approve(big, world.scope("U_MANAGER_S01"))
    done = world.proposals.wait(big, 10)
    assert (done.status, done.decided_by) == ("executed", "U_MANAGER_S01")
    assert [event["event"] for event in done.events][:3] == ["proposed", "first_approval", "approved"]
    assert len(world.pos.effects()) == 1


def test_the_first_of_two_must_still_have_the_right_when_it_is_carried_out(world: World) -> None:
    big = cut(world, "U_DISTRICT", "V1", "3.00")
    world.proposals.approve(big, world.scope("U_OWNER"))
    world.directory.replace_members([one for one in MEMBERS if one["user_id"] != "U_OWNER"])
    world.proposals.approve(big, world.scope("U_MANAGER_S01"))
    lost = world.proposals.wait(big, 10)
    assert lost.status == "failed"
    assert "the right to approve it was lost" in str(lost.outcome)
    assert world.pos.effects() == []


def test_many_small_changes_are_one_big_one(world: World) -> None:
    """Four eyes are wanted above 10.00: 6.00 alone is fine, a second 6.00 on the same day is not."""
    first, second = (cut(world, "U_MANAGER_S01", variant, "0.60") for variant in ("V1", "V2"))
    mine = world.scope("U_MANAGER_S01")
    world.proposals.approve(first, mine)
    assert world.proposals.wait(first, 10).status == "executed"
    with pytest.raises(RefusedError, match=r"on top of 6\.00 USD of your own since yesterday.*Dana or Olive can"):
        world.proposals.approve(second, mine)
    world.proposals.approve(second, world.scope("U_DISTRICT"))
    assert world.proposals.wait(second, 10).status == "executed"
    third = cut(world, "U_MANAGER_S01", "V3", "0.60")
    world.clock.pass_time(hours=23)
    with pytest.raises(RefusedError, match="since yesterday"):
        world.proposals.approve(third, mine)
    world.clock.pass_time(minutes=59)
    with pytest.raises(RefusedError, match="since yesterday"):
        world.proposals.approve(third, mine)


def test_a_limit_is_for_a_day_and_not_for_each_change(world: World) -> None:
    limited = [{**one, "approve_limit_minor": 1_000} if one["user_id"] == "U_MANAGER_S01" else one for one in MEMBERS]
    world.directory.replace_members(limited)
    first, second = (cut(world, "U_OWNER", variant, "0.60") for variant in ("V1", "V2"))
    world.proposals.approve(first, world.scope("U_MANAGER_S01"))
    assert world.proposals.wait(first, 10).status == "executed"
    with pytest.raises(RefusedError, match=r"limit is 10\.00 USD.*on top of 6\.00 USD since yesterday"):
        world.proposals.approve(second, world.scope("U_MANAGER_S01"))


def test_a_colleague_approves_in_the_place_of_somebody_who_is_away(world: World) -> None:
    staff = world.scope("U_STAFF_S01")
    small = cut(world, "U_OWNER", "V1", "0.20")
    with pytest.raises(RefusedError):
        world.proposals.approve(small, staff)
    until = world.clock.now() + timedelta(days=2)
    lent = world.delegations.lend("U_MANAGER_S01", "U_STAFF_S01", until, by="U_MANAGER_S01")
    assert world.delegations.running() == [lent]
    done = world.proposals.approve(small, staff)
    approval = next(event for event in done.events if event["event"] == "approved")
    assert (approval["actor"], approval["detail"]["instead_of"]) == ("U_STAFF_S01", "U_MANAGER_S01")
    assert world.proposals.wait(small, 10).status == "executed"
    other = world.propose("U_OWNER", "S02", "V1", "9.00")
    with pytest.raises(RefusedError):
        world.proposals.approve(other, staff)


def test_a_lent_right_ends_by_itself_and_when_it_is_taken_back(world: World) -> None:
    staff = world.scope("U_STAFF_S01")
    one, two = (cut(world, "U_OWNER", variant, "0.20") for variant in ("V1", "V2"))
    lent = world.delegations.lend("U_MANAGER_S01", "U_STAFF_S01", world.clock.now() + timedelta(hours=1), by="U_OWNER")
    world.delegations.end(lent.id, by="U_STAFF_S01")
    with pytest.raises(RefusedError):
        world.proposals.approve(one, staff)
    world.delegations.lend("U_MANAGER_S01", "U_STAFF_S01", world.clock.now() + timedelta(hours=1), by="U_OWNER")
    world.clock.pass_time(hours=1)
    with pytest.raises(RefusedError):
        world.proposals.approve(two, staff)
    assert world.delegations.running() == []


def test_a_lent_right_goes_with_the_lender(world: World) -> None:
    world.delegations.lend("U_MANAGER_S01", "U_STAFF_S01", world.clock.now() + timedelta(hours=1), by="U_MANAGER_S01")
    small = cut(world, "U_OWNER", "V1", "0.20")
    world.directory.replace_members([one for one in MEMBERS if one["user_id"] != "U_MANAGER_S01"])
    with pytest.raises(RefusedError):
        world.proposals.approve(small, world.scope("U_STAFF_S01"))


@pytest.mark.parametrize(
    ("from_", "to", "hours", "by", "problem"),
    [
        ("U_MANAGER_S01", "U_STAFF_S01", 1, "U_DISTRICT", "Only the person themselves or an owner"),
        ("U_MANAGER_S01", "U_STAFF_S01", 1, "U_NOBODY", "not a member"),
        ("U_STAFF_S01", "U_MANAGER_S01", 1, "U_STAFF_S01", "approves nothing"),
        ("U_MANAGER_S01", "U_NOBODY", 1, "U_OWNER", "not a member"),
        ("U_MANAGER_S01", "U_MANAGER_S01", 1, "U_OWNER", "somebody else"),
        ("U_MANAGER_S01", "U_STAFF_S01", -1, "U_OWNER", "later than now"),
        ("U_MANAGER_S01", "U_STAFF_S01", 24 * 61, "U_OWNER", "within 60 days"),
    ],
)
def test_what_cannot_be_lent(world: World, from_: str, to: str, hours: int, by: str, problem: str) -> None:
    with pytest.raises((BadInputError, RefusedError), match=problem):
        world.delegations.lend(from_, to, world.clock.now() + timedelta(hours=hours), by=by)
    assert world.delegations.running() == []


def test_a_decided_proposal_stays_decided_for_a_stand_in(world: World) -> None:
    small = cut(world, "U_OWNER", "V1", "0.20")
    world.proposals.reject(small, world.scope("U_MANAGER_S01"), "no")
    with pytest.raises(StaleError):
        world.proposals.approve(small, world.scope("U_OWNER"))


DEPUTY = {"user_id": "U_DEPUTY", "role": "staff", "name": "Deb", "stores": ["S01"]}


def members(**of_the_manager: int) -> list[dict[str, object]]:
    """Everybody and a deputy, with something set for the manager of S01."""
    manager = "U_MANAGER_S01"
    return [*({**one, **of_the_manager} if one["user_id"] == manager else one for one in MEMBERS), DEPUTY]


def lend_to(world: World, *borrowers: str) -> None:
    for one in borrowers:
        until = world.clock.now() + timedelta(days=2)
        world.delegations.lend("U_MANAGER_S01", one, until, by="U_MANAGER_S01")


@pytest.mark.parametrize("then", ["U_MANAGER_S01", "U_DEPUTY"])
def test_a_limit_that_is_lent_is_not_spent_twice(world: World, then: str) -> None:
    """10.00 a day: what a stand-in approved of it is gone for the lender, and for another stand-in."""
    world.directory.replace_members(members(approve_limit_minor=1_000))
    lend_to(world, "U_STAFF_S01", "U_DEPUTY")
    first, second = (cut(world, "U_OWNER", variant, "0.60") for variant in ("V1", "V2"))
    world.proposals.approve(first, world.scope("U_STAFF_S01"))
    assert world.proposals.wait(first, 10).status == "executed"
    with pytest.raises(RefusedError):
        world.proposals.approve(second, world.scope(then))


def test_wishes_of_the_absent_that_a_stand_in_grants_count_together(world: World) -> None:
    lend_to(world, "U_STAFF_S01")
    first, second = (cut(world, "U_MANAGER_S01", variant, "0.60") for variant in ("V1", "V2"))
    world.proposals.approve(first, world.scope("U_STAFF_S01"))
    assert world.proposals.wait(first, 10).status == "executed"
    with pytest.raises(RefusedError):
        world.proposals.approve(second, world.scope("U_STAFF_S01"))


@pytest.mark.parametrize("then", ["U_MANAGER_S01", "U_DEPUTY"])
def test_one_right_is_not_two_approvals(world: World, then: str) -> None:
    world.directory.replace_members(members())
    lend_to(world, "U_STAFF_S01", "U_DEPUTY")
    big = cut(world, "U_OWNER", "V1", "3.00")
    world.proposals.approve(big, world.scope("U_STAFF_S01"))
    assert "Manager S01" not in world.proposals.view(big).approvers
    with pytest.raises(RefusedError):
        world.proposals.approve(big, world.scope(then))
    world.proposals.approve(big, world.scope("U_DISTRICT"))
    assert world.proposals.wait(big, 10).status == "executed"


def test_many_changes_that_one_person_approved_alone_take_a_second_person_together(world: World) -> None:
    """Two people are wanted above 20.00: 15.00 alone is fine, a second 15.00 on the same day is not."""
    first, second, third = (cut(world, "U_DISTRICT", variant, "1.50") for variant in ("V1", "V2", "V3"))
    world.proposals.approve(first, world.scope("U_OWNER"))
    assert world.proposals.wait(first, 10).status == "executed"
    once = world.proposals.approve(second, world.scope("U_OWNER"))
    assert (once.status, once.first_approved_by) == ("pending", "U_OWNER")
    world.proposals.approve(second, world.scope("U_MANAGER_S01"))
    assert world.proposals.wait(second, 10).status == "executed"
    # What two people looked at is on nobody's account, and the manager has approved nothing alone.
    world.proposals.approve(third, world.scope("U_MANAGER_S01"))
    assert world.proposals.wait(third, 10).status == "executed"
