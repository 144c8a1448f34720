"""Every combination of role, place, limit, wish and history, against rules written down here a second time."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest

from agent.errors import RefusedError
from agent.identity import Person
from agent.proposals.policy import Case, ProposalSettings, check_approve, needs_others, needs_second
from tools.context import Role

NORTH, SOUTH = ("S01", "S03"), ("S02",)
SETTINGS = ProposalSettings(four_eyes_over_minor=10_000, two_approvals_over_minor=50_000)
PEOPLE = {
    "owner": Person("owner", Role.OWNER, "Olive", ()),
    "owner of one store": Person("owner of one store", Role.OWNER, "Otto", ("S01",)),
    "district north": Person("district north", Role.DISTRICT_MANAGER, "Dana", NORTH),
    "district nowhere": Person("district nowhere", Role.DISTRICT_MANAGER, "Nora", ()),
    "manager S01": Person("manager S01", Role.STORE_MANAGER, "Mia", ("S01",)),
    "manager S02": Person("manager S02", Role.STORE_MANAGER, "Max", ("S02",)),
    "manager with a limit": Person("manager with a limit", Role.STORE_MANAGER, "Lou", ("S01",), 5_000),
    "manager of nothing": Person("manager of nothing", Role.STORE_MANAGER, "Nil", ("S01",), 0),
    "analyst": Person("analyst", Role.ANALYST, "Ana", ()),
    "staff": Person("staff", Role.STAFF, "Sam", ("S01",)),
    "gone": Person("gone", Role.OWNER, "Gus", (), None, active=False),
    "stranger": None,
}
IMPACTS = (0, 4_000, 5_000, 5_001, 10_000, 10_001, 60_000)
PLACES = (("S01", ()), ("S02", ()), ("S01", ("S03",)), ("S01", ("S02",)))
NATURES = ("plain", "cannot be taken back", "of unknown money")
CELLS = list(itertools.product(PEOPLE, IMPACTS, PLACES, (False, True), (0, 3_000), (None, "self", "other"), NATURES))


@dataclass(frozen=True)
class Rule:
    """One cell, decided without looking at the code."""

    who: Person | None
    impact: int
    stores: tuple[str, ...]
    own: bool
    lately: int
    first: str | None
    nature: str = "plain"

    def may(self) -> bool:
        if self.who is None or not self.who.active or self.first == "self":
            return False
        if self.who.role.value not in ("owner", "district_manager", "store_manager"):
            return False
        everywhere = self.who.role is Role.OWNER and not self.who.stores
        if not everywhere and not set(self.stores) <= set(self.who.stores):
            return False
        limit = self.who.approve_limit_minor
        if limit is not None and (self.nature == "of unknown money" or self.impact + self.lately > limit):
            return False
        return not (self.own and (self.nature != "plain" or self.impact + self.lately > 10_000))


def case_of(
    name: str,
    impact: int,
    place: tuple[str, tuple[str, ...]],
    own: bool,
    lately: int,
    first: str | None,
    nature: str = "plain",
) -> Case:
    return Case(
        place[0],
        "A store",
        proposed_by=name if own else "somebody",
        impact_minor=impact,
        currency="USD",
        elsewhere=place[1],
        lately_minor={name: lately},
        own_lately_minor={name: lately},
        first_approved_by={"self": name, "other": "another person"}.get(first or ""),
        money_known=nature != "of unknown money",
        irrevocable=nature == "cannot be taken back",
    )


def allowed(person: Person | None, case: Case, stands_in_for: tuple[Person, ...] = ()) -> bool:
    colleagues = [one for one in PEOPLE.values() if one is not None and one.active]
    try:
        check_approve(person, case, colleagues, SETTINGS, stands_in_for)
    except RefusedError:
        return False
    return True


def test_every_cell_is_right() -> None:
    assert len(CELLS) >= 1000
    wrong = []
    for name, impact, place, own, lately, first, nature in CELLS:
        person = PEOPLE[name]
        wanted = Rule(person, impact, (place[0], *place[1]), own, lately, first, nature).may()
        if allowed(person, case_of(name, impact, place, own, lately, first, nature)) is not wanted:
            wrong.append((name, impact, place, own, lately, first, nature, wanted))
    assert wrong == []


def test_a_stand_in_may_what_the_absent_may_and_what_they_may_themselves() -> None:
    wrong = []
    clerk = Person("clerk", Role.STAFF, "Kim", ("S01",))
    for absent_name, impact, place, own, lately, nature in itertools.product(
        PEOPLE, IMPACTS, PLACES, (False, True), (0, 3_000), NATURES
    ):
        absent = PEOPLE[absent_name]
        if absent is None:
            continue
        for first in (None, "clerk"):
            case = Case(
                place[0], "A store", "clerk" if own else "somebody", impact, "USD", place[1],
                {absent_name: lately}, {"clerk": 0}, first,
                money_known=nature != "of unknown money", irrevocable=nature == "cannot be taken back",
            )  # fmt: skip
            lent = Rule(absent, impact, (place[0], *place[1]), False, lately, None, nature).may()
            wanted = lent and first is None and not (own and (nature != "plain" or impact > 10_000))
            if allowed(clerk, case, (absent,)) is not wanted:
                wrong.append((absent_name, impact, place, own, lately, first, nature, wanted))
    assert wrong == []


def test_an_absent_person_and_their_stand_in_have_one_limit_between_them() -> None:
    limited = PEOPLE["manager with a limit"]
    assert limited is not None
    clerk = Person("clerk", Role.STAFF, "Kim", ("S01",))
    spent = {limited.user_id: 2_000, "clerk": 2_000}
    assert allowed(clerk, Case("S01", "A store", "x", 1_000, "USD", lately_minor=spent), (limited,))
    assert not allowed(clerk, Case("S01", "A store", "x", 1_001, "USD", lately_minor=spent), (limited,))


@pytest.mark.parametrize("nature", NATURES)
@pytest.mark.parametrize("impact", [0, 10_000, 10_001])
def test_the_card_says_that_it_takes_another_where_the_rule_does(impact: int, nature: str) -> None:
    case = case_of("owner", impact, ("S01", ()), True, 0, None, nature)
    assert needs_others(case, SETTINGS) is not allowed(PEOPLE["owner"], case)
    assert not needs_others(case, ProposalSettings(four_eyes_over_minor=None)), "switched off is off for everything"


@pytest.mark.parametrize(
    ("impact", "first", "wanted"), [(50_000, None, False), (50_001, None, True), (50_001, "somebody", False)]
)
def test_two_have_to_approve_above_the_second_limit(impact: int, first: str | None, wanted: bool) -> None:
    assert needs_second(Case("S01", "A store", "x", impact, "USD", first_approved_by=first), SETTINGS) is wanted
    assert not needs_second(Case("S01", "A store", "x", impact, "USD"), ProposalSettings(two_approvals_over_minor=None))
