"""Who may propose, approve, reject and undo, and the bounds of a price.

Rights are those of the person's row now, never those of the scope a request came with. Every refusal is a sentence
that says what the person is, what this needs, and who can do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from agent.errors import RefusedError
from agent.identity import APPROVES, Person
from agent.proposals.money import money_text
from tools.context import Role

_ROLE_WORDS = {
    Role.OWNER: "the owner",
    Role.DISTRICT_MANAGER: "a district manager",
    Role.ANALYST: "an analyst",
    Role.STORE_MANAGER: "a store manager",
    Role.STAFF: "a member of staff",
}


@dataclass(frozen=True, slots=True)
class ProposalSettings:
    """The bounds an operator may set. Money is minor units of the store's currency and is a week's effect.

    ``four_eyes_over_minor`` None lets everybody approve what they asked for themselves. Percents are signed.
    ``revert_within`` is how long a POS that refuses to take a temporary price back is asked again.
    """

    expires_after: timedelta = timedelta(hours=24)
    four_eyes_over_minor: int | None = 100_000
    lowest_percent: Decimal = Decimal(-90)
    highest_percent: Decimal = Decimal(200)
    undo_within: timedelta = timedelta(days=7)
    execution_grace: timedelta = timedelta(minutes=10)
    unknown_settles_after: timedelta = timedelta(minutes=2)
    revert_within: timedelta = timedelta(days=1)
    reconcile_delays: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Case:
    """What a decision depends on."""

    store_id: str
    store_name: str
    proposed_by: str
    impact_minor: int
    currency: str


def check_propose(person: Person | None, case: Case, colleagues: Sequence[Person]) -> None:
    """Whether this person may file changes for the store.

    Raises:
        RefusedError: they may not.
    """
    _check_place(person, case, "ask for", _names(colleagues))


def check_approve(person: Person | None, case: Case, colleagues: Sequence[Person], settings: ProposalSettings) -> None:
    """Whether this person may approve this change.

    Args:
        person: the row of the one who pressed, as it is now.
        case: the change.
        colleagues: everybody who may approve at the store by role.
        settings: the operator's limits.

    Raises:
        RefusedError: they may not.
    """
    able = [one for one in colleagues if _obstacle(one, case, settings) == ""]
    member = _check_place(person, case, "approve", _names(able))
    obstacle = _obstacle(member, case, settings)
    if obstacle:
        raise RefusedError(f"{obstacle} {_who_can(_names(able))}")


def check_reject(person: Person | None, case: Case, colleagues: Sequence[Person]) -> None:
    """Whether this person may turn the change down: anybody who may approve at the store, and whoever asked for it.

    Raises:
        RefusedError: they may not.
    """
    if person is not None and person.active and person.user_id == case.proposed_by:
        return
    _check_place(person, case, "reject", _names(colleagues))


def check_bounds(before: Decimal, after: Decimal, settings: ProposalSettings) -> str:
    """Why this price is out of bounds, as a sentence; empty when it is fine. Both in major units."""
    if after <= 0:
        return f"The new price would be {after}; a price must be above zero."
    if after == before:
        return f"The price is already {before}, so there is nothing to change."
    if before <= 0:
        return f"The price is {before} now, so a change of it cannot be judged; please set it in the POS."
    percent = (after - before) / before * 100
    if not settings.lowest_percent <= percent <= settings.highest_percent:
        return (
            f"{before} to {after} is a change of {percent:+.0f} %; "
            f"I only propose changes between {settings.lowest_percent:+} % and {settings.highest_percent:+} %."
        )
    return ""


def _check_place(person: Person | None, case: Case, verb: str, able: Sequence[str]) -> Person:
    if person is None or not person.active:
        raise RefusedError(f"You are not a member of this team, so you cannot {verb} changes.")
    place = f"{case.store_name} ({case.store_id})"
    if person.role not in APPROVES:
        raise RefusedError(
            f"You are {_ROLE_WORDS[person.role]}; to {verb} a change at {place} takes its store manager, "
            f"its district manager or the owner. {_who_can(able)}"
        )
    if not person.may_see(case.store_id):
        mine = ", ".join(person.stores) or "no store"
        raise RefusedError(
            f"You are {_ROLE_WORDS[person.role]} of {mine}; this change is at {place}, so you cannot {verb} it. "
            f"{_who_can(able)}"
        )
    return person


def _obstacle(person: Person, case: Case, settings: ProposalSettings) -> str:
    effect = money_text(case.impact_minor, case.currency)
    limit = person.approve_limit_minor
    if limit is not None and case.impact_minor > limit:
        return f"Your approval limit is {money_text(limit, case.currency)}; this change moves about {effect} a week."
    over = settings.four_eyes_over_minor
    if over is not None and case.impact_minor > over and person.user_id == case.proposed_by:
        return (
            f"You asked for this change yourself and it moves about {effect} a week; "
            f"above {money_text(over, case.currency)} somebody else must approve it."
        )
    return ""


def _names(people: Sequence[Person]) -> list[str]:
    return [one.name or one.user_id for one in people]


def _who_can(names: Sequence[str]) -> str:
    if not names:
        return "Nobody on the team can approve it as things are; please ask the owner to add someone."
    shown = list(names[:3])
    return f"{' or '.join(shown)} can approve it."
