"""Who may propose, approve, reject and undo, and the bounds of a price.

Rights are those of the person's row now, never those of the scope a request came with. Every refusal is a sentence
that says what the person is, what this needs, and who can do it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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

    ``four_eyes_over_minor`` None lets everybody approve what they asked for themselves, whatever it is;
    ``two_approvals_over_minor`` None lets one person be enough for anything. ``split_within`` is how long a person's
    changes at a store count together against their limits. Percents are signed. ``revert_within`` is how long a POS
    that refuses to take a temporary price back is asked again.
    """

    expires_after: timedelta = timedelta(hours=24)
    four_eyes_over_minor: int | None = 100_000
    two_approvals_over_minor: int | None = 1_000_000
    split_within: timedelta = timedelta(hours=24)
    lowest_percent: Decimal = Decimal(-90)
    highest_percent: Decimal = Decimal(200)
    undo_within: timedelta = timedelta(days=7)
    execution_grace: timedelta = timedelta(minutes=10)
    unknown_settles_after: timedelta = timedelta(minutes=2)
    revert_within: timedelta = timedelta(days=1)
    reconcile_delays: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Case:
    """What a decision depends on.

    ``elsewhere`` are further stores that the change reaches. ``lately_minor`` says, by person, what they approved at
    the store within the time in which changes count together, ``lent_minor`` by whose right and by whom what was
    approved in the place of somebody away, ``own_lately_minor`` how much of both somebody had asked for themselves, and
    ``alone_minor`` how much of both took no second person: many small changes are one big one.
    ``first_instead_of`` is in whose place the first of two approved. Without ``money_known`` nobody knows what it
    moves, and ``impact_minor`` is only the part that is known. What is ``irrevocable`` cannot be taken back from here,
    and moves no money by which a mistake could be measured.
    """

    store_id: str
    store_name: str
    proposed_by: str
    impact_minor: int
    currency: str
    elsewhere: tuple[str, ...] = ()
    lately_minor: Mapping[str, int] = field(default_factory=dict)
    own_lately_minor: Mapping[str, int] = field(default_factory=dict)
    first_approved_by: str | None = None
    money_known: bool = True
    irrevocable: bool = False
    lent_minor: Mapping[tuple[str, str], int] = field(default_factory=dict)
    alone_minor: Mapping[str, int] = field(default_factory=dict)
    first_instead_of: str | None = None

    def spent_minor(self, user_id: str, stand_in: str = "") -> int:
        """What was approved lately by this person or by their right, together with all that a stand-in approved."""
        lent = sum(minor for (whose, who), minor in self.lent_minor.items() if whose == user_id and who != stand_in)
        return self.lately_minor.get(user_id, 0) + lent + (self.lately_minor.get(stand_in, 0) if stand_in else 0)


@dataclass(frozen=True, slots=True)
class Right:
    """Whose right a person decides by: their own, or that of somebody they stand in for."""

    person: Person
    instead_of: Person | None = None


def check_propose(person: Person | None, case: Case, colleagues: Sequence[Person]) -> None:
    """Whether this person may file changes for the store.

    Raises:
        RefusedError: they may not.
    """
    _check_place(person, case, "ask for", _names(colleagues))


def check_approve(
    person: Person | None,
    case: Case,
    colleagues: Sequence[Person],
    settings: ProposalSettings,
    stands_in_for: Sequence[Person] = (),
) -> Right:
    """Whether this person may approve this change, and by whose right.

    Args:
        person: the row of the one who pressed, as it is now.
        case: the change.
        colleagues: everybody who may approve at the store by role.
        settings: the operator's limits.
        stands_in_for: those who handed their approvals to this person for now, as their rows are now.

    Raises:
        RefusedError: they may not.
    """
    lent = _lent(person, case, settings, stands_in_for)
    able = _names([one for one in colleagues if _obstacle(one, case, settings) == ""])
    try:
        member = _check_place(person, case, "approve", able)
    except RefusedError:
        if lent is None:
            raise
        return lent
    obstacle = _obstacle(member, case, settings)
    if not obstacle:
        return Right(member)
    if lent is None:
        raise RefusedError(f"{obstacle} {_who_can(able)}")
    return lent


def needs_second(case: Case, settings: ProposalSettings, right: Right | None = None) -> bool:
    """Whether one approval is not enough, and this would be the first.

    Args:
        case: the change.
        settings: the operator's limits.
        right: by which it is approved; what it approved alone lately counts together with a change that moves money.
    """
    over = settings.two_approvals_over_minor
    if over is None or case.first_approved_by is not None or not case.impact_minor:
        return False
    people = [] if right is None else [one.user_id for one in (right.person, right.instead_of) if one is not None]
    alone = max((case.alone_minor.get(user_id, 0) for user_id in people), default=0)
    return case.impact_minor + alone > over


def needs_others(case: Case, settings: ProposalSettings) -> bool:
    """Whether somebody else than the one who asked has to approve it, whatever else they approved lately."""
    over = settings.four_eyes_over_minor
    return over is not None and (case.irrevocable or not case.money_known or case.impact_minor > over)


def _lent(
    person: Person | None, case: Case, settings: ProposalSettings, stands_in_for: Sequence[Person]
) -> Right | None:
    """The right of an absent colleague, held to that colleague's limits and to four eyes for both of them."""
    if person is None or not person.active:
        return None
    for absent in stands_in_for:
        try:
            _check_place(absent, case, "approve", ())
        except RefusedError:
            continue
        # Both have one limit to spend between them, and neither may approve alone what either asked for.
        spent = case.spent_minor(absent.user_id, person.user_id)
        together = replace(case, lately_minor={absent.user_id: spent}, lent_minor={})
        approved_first = person.user_id == case.first_approved_by
        if not (approved_first or _obstacle(absent, together, settings) or _own_wish(person, case, settings)):
            return Right(person, absent)
    return None


def check_reject(
    person: Person | None, case: Case, colleagues: Sequence[Person], stands_in_for: Sequence[Person] = ()
) -> bool:
    """Whether this person may turn the change down: anybody who may approve at the store, and whoever asked for it.

    Returns:
        True when they may only because they asked: they withdraw it.

    Raises:
        RefusedError: they may not.
    """
    try:
        _check_decides(person, case, "reject", colleagues, stands_in_for)
    except RefusedError:
        if person is None or not person.active or person.user_id != case.proposed_by:
            raise
        return True
    return False


def check_settle(
    person: Person | None, case: Case, colleagues: Sequence[Person], stands_in_for: Sequence[Person] = ()
) -> None:
    """Whether this person may say what became of an unclear write: whoever may approve at the store, at any amount.

    Raises:
        RefusedError: they may not.
    """
    _check_decides(person, case, "settle", colleagues, stands_in_for)


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


def _check_decides(
    person: Person | None, case: Case, verb: str, colleagues: Sequence[Person], stands_in_for: Sequence[Person]
) -> None:
    """Of one's own right or of that of somebody who is away, whatever the amount."""
    active = person is not None and person.active
    if active and any(one.active and one.role in APPROVES and one.may_see(case.store_id) for one in stands_in_for):
        return
    _check_place(person, case, verb, _names(colleagues))


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
    if not all(person.may_see(store_id) for store_id in case.elsewhere):
        raise RefusedError(
            f"This change also reaches {', '.join(case.elsewhere)}, and not all of that is yours, so you cannot {verb} "
            f"it. {_who_can(able)}"
        )
    return person


def _obstacle(person: Person, case: Case, settings: ProposalSettings) -> str:
    effect = money_text(case.impact_minor, case.currency)
    if person.user_id == case.first_approved_by:
        return f"You approved this already; it moves about {effect} a week, so somebody else must approve it as well."
    if not all(person.may_see(store_id) for store_id in (case.store_id, *case.elsewhere)):
        return f"This change reaches {', '.join(case.elsewhere)} as well."
    if person.user_id == case.first_instead_of:
        return "This was approved in your place already, and your right counts once, so somebody else must approve it."
    limit = person.approve_limit_minor
    lately = case.spent_minor(person.user_id)
    if limit is not None and not case.money_known:
        most = money_text(limit, case.currency)
        return f"Your approval limit is {most}; what this change moves is not known, so it counts as above every limit."
    if limit is not None and case.impact_minor + lately > limit:
        before = f", on top of {money_text(lately, case.currency)} since yesterday" if lately else ""
        most = money_text(limit, case.currency)
        return f"Your approval limit is {most}; this change moves about {effect} a week{before}."
    return _own_wish(person, case, settings)


def _own_wish(person: Person, case: Case, settings: ProposalSettings) -> str:
    """Why somebody else must look at what this person asked for; empty if they need not."""
    over = settings.four_eyes_over_minor
    if over is None or person.user_id != case.proposed_by:
        return ""
    if case.irrevocable:
        return "You asked for this change yourself and it cannot be taken back, so somebody else must approve it."
    if not case.money_known:
        return "You asked for this change yourself and what it moves is not known, so somebody else must approve it."
    lately = case.own_lately_minor.get(person.user_id, 0)
    if case.impact_minor + lately <= over:
        return ""
    effect = money_text(case.impact_minor, case.currency)
    before = f", on top of {money_text(lately, case.currency)} of your own since yesterday" if lately else ""
    return (
        f"You asked for this change yourself and it moves about {effect} a week{before}; "
        f"above {money_text(over, case.currency)} somebody else must approve it."
    )


def _names(people: Sequence[Person]) -> list[str]:
    return [one.name or one.user_id for one in people]


def _who_can(names: Sequence[str]) -> str:
    if not names:
        return "Nobody on the team can approve it as things are; please ask the owner to add someone."
    shown = list(names[:3])
    return f"{' or '.join(shown)} can approve it."
