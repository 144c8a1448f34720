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
    turn: int = 0
    """Of its last click, among the clicks on all proposals; 0 while there is none."""
    over: str = ""
    moved: bool = False

    @property
    def needed(self) -> int:
        return 2 if self.impact > TWO_APPROVALS else 1

    @property
    def approved_at(self) -> datetime | None:
        return self.clicks[-1][1] if len(self.clicks) >= self.needed else None


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

    def spent(self, user: str, one: Filed, at: datetime, statuses: dict[str, str], *, own: bool = False) -> int:
        """What a person approved within a day before ``at`` and that was not turned back."""
        return sum(
            other.impact
            for other in self.filed.values()
            if other.id != one.id
            and not other.undo
            and other.approved_at is not None
            and at - DAY < other.approved_at
            and (not one.turn or other.turn < one.turn)
            and other.clicks[-1][0] == user
            and (not own or other.who == user)
            and statuses[other.id] in ("approved", "executing", "executed", "unknown", "undone")
        )

    def may_approve(self, user: str, one: Filed, at: datetime, now: datetime, statuses: dict[str, str]) -> bool:
        """Whether this person's click on it, made ``at``, should count at ``now``."""
        if user not in self.people or user in [who for who, when in one.clicks if when < at]:
            return False
        if self._within(user, one, at, self.spent(user, one, at, statuses), statuses) and self.entitled(
            user, one.stores
        ):
            return True
        for lender, borrower, ends_at in self.loans:
            if borrower != user or ends_at <= now or not self.entitled(lender, one.stores):
                continue
            both = self.spent(user, one, at, statuses) + self.spent(lender, one, at, statuses)
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
        return one.who == whose and one.impact + self.spent(whose, one, at, statuses, own=True) > FOUR_EYES
