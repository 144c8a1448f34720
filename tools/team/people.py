"""Shifts and time cards as rows, who may read whose name, and how a person and a time are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from tools.amounts import number_text, rounded
from tools.colleagues import may_name
from tools.context import Role, Scope, ToolContext
from tools.directory import Store
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError
from tools.metrics.query import Statement
from tools.metrics.team_query import build_cards, build_reach, build_shifts, build_with_cards
from tools.stores import StoreSet
from tools.team.days import Days
from tools.wording import listed

NOBODY = "nobody assigned"
_CLOSE = 85


@dataclass(frozen=True, slots=True)
class Shift:
    """One scheduled shift; ``employee_id`` is "" where nobody is assigned."""

    store_id: str
    employee_id: str
    name: str
    role: str
    starts_at: datetime
    ends_at: datetime | None
    draft: bool

    @property
    def hours(self) -> Decimal:
        """Its length; breaks are not known beforehand."""
        return Decimal(0) if self.ends_at is None else hours_between(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class Card:
    """One time card; ``clock_out_at`` is None while it is open."""

    store_id: str
    employee_id: str
    name: str
    role: str
    clock_in_at: datetime
    clock_out_at: datetime | None
    break_minutes: int

    @property
    def hours(self) -> Decimal | None:
        """Hours clocked, breaks taken off; None while it is open."""
        if self.clock_out_at is None:
            return None
        return hours_between(self.clock_in_at, self.clock_out_at - timedelta(minutes=self.break_minutes))


T = TypeVar("T", Shift, Card)


def hours_between(start: datetime, end: datetime) -> Decimal:
    """Hours from one instant to another; never less than none."""
    return Decimal(max(int((end - start).total_seconds()), 0)) / 3600


def hours_said(value: Decimal) -> str:
    """Hours with one digit, as a plain string."""
    return number_text(value, 1) or "0.0"


def hours_spoken(value: Decimal) -> str:
    """The same as a sentence says it: ``1,176.4``."""
    return f"{rounded(value, 1):,f}"


def clock(instant: datetime | None, store: Store) -> str:
    """``09:05`` on the clock of the store; a dash where it is not known."""
    return "–" if instant is None else f"{instant.astimezone(ZoneInfo(store.timezone)):%H:%M}"


def may_read_shifts(scope: Scope) -> bool:
    """Whether the names of those on shift are told: to the managers of the stores, and to the team of the store."""
    return may_name(scope) or scope.role is Role.STAFF


def sees_drafts(scope: Scope) -> bool:
    """Whether shifts that are not published yet are told: to those who plan them."""
    return may_name(scope)


def require_attendance(scope: Scope) -> None:
    """Refuse what single people worked, or when they came, to everybody who does not answer for the store.

    Raises:
        NotAllowedError: as said.
    """
    if not may_name(scope):
        raise NotAllowedError(
            "When single people clocked in and how long they worked is for the managers of the store. Hours in all are"
            " in “labour hours by day last week”."
        )


def shifts_of(days: Days, stores: StoreSet, context: ToolContext) -> tuple[list[Shift], Statement]:
    """The shifts of the days, in the order in which they begin."""
    low, high = days.band(stores)
    statement = build_shifts(stores.ids, context.scope, low, high, drafts=sees_drafts(context.scope))
    found = [
        Shift(
            row["store_id"], row["employee_id"] or "", row["name"] or NOBODY, row["role"], row["starts_at"],
            row["ends_at"], row["status"] == "draft",
        )
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]  # fmt: skip
    return [one for one in found if days.holds(stores.by_id[one.store_id], one.starts_at, one.ends_at)], statement


def cards_of(days: Days, stores: StoreSet, context: ToolContext) -> tuple[list[Card], Statement]:
    """The time cards opened on the days, in the order in which they were."""
    low, high = days.band(stores)
    return cards_between(low, high, stores, context, days)


def cards_between(
    low: datetime, high: datetime, stores: StoreSet, context: ToolContext, days: Days | None = None
) -> tuple[list[Card], Statement]:
    """The time cards opened from ``low`` to before ``high``, those of the days where they are given."""
    statement = build_cards(stores.ids, context.scope, low, high)
    found = [
        Card(
            row["store_id"], row["employee_id"], row["name"], row["role"], row["clock_in_at"], row["clock_out_at"],
            int(row["break_minutes"]),
        )
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]  # fmt: skip
    if days is not None:
        found = [one for one in found if days.holds(stores.by_id[one.store_id], one.clock_in_at, one.clock_out_at)]
    return found, statement


def reach_of(stores: StoreSet, context: ToolContext) -> tuple[dict[str, datetime], Statement]:
    """The beginning of the last shift known of each store that has any."""
    statement = build_reach(stores.ids, context.scope, drafts=sees_drafts(context.scope))
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    return {row["store_id"]: row["last_at"] for row in rows}, statement


def require_schedule(
    reach: dict[str, datetime], stores: StoreSet, context: ToolContext, what: str = "who is to work"
) -> None:
    """Say where schedules come from if none of the stores has one.

    Raises:
        NoDataError: as said.
    """
    if reach:
        return
    statement = build_with_cards(stores.ids, context.scope)
    cards = context.mirror.query(statement.sql, statement.params).rows
    instead = (
        " What is recorded are time cards, of the past: “who worked yesterday”, “how many people were on duty"
        " yesterday”."
        if cards
        else ""
    )
    where = stores.label if len(stores.stores) == 1 else f"any of the stores asked about ({stores.label})"
    kind = "published schedule" if not sees_drafts(context.scope) else "schedule"
    raise NoDataError(
        f"No {kind} is recorded for {where}, so I cannot tell {what}. Shifts come from the point of sale"
        f" where it plans them (Square does), or from a file of shifts.{instead}"
    )


def of_role(rows: Sequence[T], role: str | None) -> list[T]:
    """Those of a role, in the words of the till; all where none is asked for.

    Raises:
        BadArgumentError: nobody among them has it.
    """
    if not role or not rows:
        return list(rows)
    wanted = role.strip().lower().removesuffix("s")
    found = [one for one in rows if one.role.lower().removesuffix("s") == wanted]
    if not found:
        roles = sorted({one.role for one in rows if one.role})
        there = f"the roles recorded are {listed(roles)}" if roles else "no roles are recorded"
        raise BadArgumentError(f"Nobody with the role “{role.strip()[:60]}” is among them; {there}.")
    return found


def person_among(phrase: str, people: Sequence[tuple[str, str]]) -> str:
    """The id of the person meant among ``(id, name)``.

    Raises:
        BadArgumentError: nobody of that name is among them.
        ClarifyError: several fit.
    """
    said = phrase.strip().lower().removesuffix("'s").removesuffix("’s")
    known = dict(people)
    exact = [one for one, name in known.items() if said in (one.lower(), name.lower())]
    within = [one for one, name in known.items() if said in name.lower().split()]
    close = [one for one, name in known.items() if fuzz.ratio(said, name.lower()) >= _CLOSE]
    for found in (exact, within, close):
        if len(found) == 1:
            return found[0]
        if found:
            names = [f"{known[one]} ({one})" for one in found]
            raise ClarifyError(f"More than one colleague fits “{phrase[:60]}”: {listed(names, 'or')}.", names[:5])
    raise BadArgumentError(
        f"Nobody called “{phrase.strip()[:60]}” is known at these stores. Name the person as the till does."
    )


def colleague(phrase: str, stores: StoreSet, context: ToolContext) -> tuple[str, str]:
    """``(id, name)`` of the colleague meant at some stores; raises as ``person_among`` does."""
    everyone = everyone_at(stores, context)
    identity = person_among(phrase, everyone)
    return identity, dict(everyone)[identity]


def everyone_at(stores: StoreSet, context: ToolContext) -> list[tuple[str, str]]:
    """``(id, name)`` of everybody who belongs to one of the stores, or to none in particular."""
    rows = context.mirror.query(_PEOPLE, {"stores": list(stores.ids)}).rows
    return [(str(row[0]), str(row[1])) for row in rows]


_PEOPLE = """SELECT employee_id, COALESCE(name, employee_id) FROM employee
WHERE store_id IS NULL OR store_id IN (SELECT UNNEST(CAST($stores AS VARCHAR[]))) ORDER BY 2, 1"""
