"""What should be so, written a second time and independently of the code: who clicked what, and who may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

APPROVERS = ("owner", "district_manager", "store_manager")
DAY = timedelta(days=1)
FOUR_EYES, TWO_APPROVALS = 1_500, 2_500
"""Minor units a week, in the machine's world."""


@dataclass
class Filed:
    """A proposal as its card showed it when it was filed, and the clicks on it that were taken."""

    id: str
    kind: str
    who: str
    stores: tuple[str, ...]
    change: dict[str, Any]
    before: dict[str, Any]
    sha256: str
    impact: int
    expires_at: datetime
    until: datetime | None
    undo: bool = False
    clicks: list[tuple[str, datetime]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    """In whose place each click was taken; empty where of the clicker's own right."""
    needed: int = 1
    turn: int = 0
    """Of its last click, among the clicks on all proposals; 0 while there is none."""
    over: str = ""
    moved: bool = False

    @property
    def approved_at(self) -> datetime | None:
        return self.clicks[-1][1] if len(self.clicks) >= self.needed else None

    @property
    def by(self) -> tuple[str, str]:
        """Who clicked last, and in whose place."""
        return self.clicks[-1][0], self.places[-1]


@dataclass
class Oracle:
    """People, loans of rights and proposals as the test made them."""

    people: dict[str, dict[str, Any]]
    filed: dict[str, Filed] = field(default_factory=dict)
    loans: list[tuple[str, str, datetime]] = field(default_factory=list)

    def entitled(self, user: str, stores: Iterable[str]) -> bool:
        person = self.people.get(user)
        if person is None or person["role"] not in APPROVERS:
            return False
        mine = person.get("stores") or []
        return all(one in mine or (not mine and person["role"] == "owner") for one in stores)

    def _lately(self, one: Filed, at: datetime, statuses: dict[str, str]) -> list[Filed]:
        """What was approved within a day before ``at`` and was not turned back."""
        return [
            other
            for other in self.filed.values()
            if other.id != one.id
            and not other.undo
            and other.approved_at is not None
            and at - DAY < other.approved_at
            and (not one.turn or other.turn < one.turn)
            and statuses[other.id] in ("approved", "executing", "executed", "unknown", "undone")
        ]

    def spent(self, user: str, one: Filed, at: datetime, statuses: dict[str, str], stand_in: str = "") -> int:
        """What was approved by a person or in their place, and with a stand-in all that they approved."""
        return sum(
            other.impact
            for other in self._lately(one, at, statuses)
            if user in other.by or (stand_in and other.by[0] == stand_in)
        )

    def needs(self, who: str, place: str, one: Filed, at: datetime, statuses: dict[str, str]) -> int:
        """How many approvals it takes where this is the first."""
        alone = [
            sum(o.impact for o in self._lately(one, at, statuses) if o.needed == 1 and user in o.by)
            for user in (who, place)
            if user
        ]
        return 2 if one.impact and one.impact + max(alone) > TWO_APPROVALS else 1

    def may_approve(
        self, user: str, one: Filed, at: datetime, now: datetime, statuses: dict[str, str], place: str | None = None
    ) -> bool:
        """Whether this person's click on it, made ``at``, should count at ``now``; ``place`` narrows by whose right."""
        before = {name for click, place in zip(one.clicks, one.places, strict=True) if click[1] < at
                  for name in (click[0], place)}  # fmt: skip
        if user not in self.people or user in [click[0] for click in one.clicks if click[1] < at]:
            return False
        own = place in (None, "") and user not in before and self.entitled(user, one.stores)
        if own and self._within(user, one, at, self.spent(user, one, at, statuses), statuses):
            return True
        for lender, borrower, ends_at in self.loans:
            if borrower != user or ends_at <= now or not self.entitled(lender, one.stores) or lender in before:
                continue
            if place not in (None, lender):
                continue
            both = self.spent(lender, one, at, statuses, user)
            if self._within(lender, one, at, both, statuses) and not self._own_wish(user, one, at, statuses):
                return True
        return False

    def may_still(self, user: str, one: Filed, now: datetime) -> bool:
        """Whether the first of two has a right still."""
        lenders = [lender for lender, borrower, ends_at in self.loans if borrower == user and ends_at > now]
        return user in self.people and any(self.entitled(who, one.stores) for who in (user, *lenders))

    def _within(self, whose: str, one: Filed, at: datetime, spent: int, statuses: dict[str, str]) -> bool:
        limit = self.people.get(whose, {}).get("approve_limit_minor")
        return (limit is None or one.impact + spent <= limit) and not self._own_wish(whose, one, at, statuses)

    def _own_wish(self, whose: str, one: Filed, at: datetime, statuses: dict[str, str]) -> bool:
        own = sum(o.impact for o in self._lately(one, at, statuses) if o.who == whose and whose in o.by)
        return one.who == whose and one.impact + own > FOUR_EYES
