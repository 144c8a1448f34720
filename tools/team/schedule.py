"""The schedule: who is to work, when and where; hours scheduled by person. Names and times, never wages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.analysis.business_day import business_date
from tools.analysis.calendar import day_text
from tools.context import ToolContext
from tools.metrics.query import Statement
from tools.registry import Arguments, tool
from tools.result import Figure, Provenance, Table, TableColumn, ToolResult
from tools.stores import StoreSet, resolve_stores
from tools.team.days import Days, PartOfDay, days_by_clock, days_of
from tools.team.people import (
    NOBODY,
    Shift,
    clock,
    colleague,
    hours_said,
    hours_spoken,
    may_read_shifts,
    of_role,
    reach_of,
    require_schedule,
    shifts_of,
)
from tools.wording import counted, listed

_NAMED, _AHEAD = 12, 14
_WITHHELD = "Who it is is told to the team and the managers of the store only."


class TeamScheduleArguments(Arguments):
    """Arguments of ``team_schedule``."""

    period: str | None = Field(
        default=None,
        max_length=120,
        description="Which days, in the asker's own words: “today”, “tonight”, “tomorrow”, “Saturday”, “next week”."
        " Today where not said; the next two weeks for one person.",
    )
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    time_of_day: PartOfDay | None = Field(default=None, description="Only shifts that touch this part of the day.")
    edge: Literal["opening", "closing"] | None = Field(
        default=None, description="Only who opens (the first shifts of a store's day) or closes (the last to end)."
    )
    person: str | None = Field(default=None, max_length=120, description="Only this colleague's shifts, by name.")
    job: str | None = Field(default=None, max_length=60, description="Only people with this job: “manager”, “cashier”.")
    by_person: bool = Field(default=False, description="Hours and number of shifts of each person.")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked and found; ``named`` says whether names may be told."""

    context: ToolContext
    stores: StoreSet
    days: Days
    shifts: Sequence[Shift]
    reach: Mapping[str, datetime]
    named: bool
    person: str


@tool()
def team_schedule(arguments: TeamScheduleArguments, context: ToolContext) -> ToolResult:
    """Who is scheduled to work: names, roles and times of shifts, past and to come; hours scheduled by person.

    Use it for “who is working tonight”, “show the schedule for tomorrow”, “who opens on Saturday” (edge), “who is on
    shift tomorrow at Harbor Point”, “when does Ellis work next week” (person), “hours scheduled this week by person”
    (by_person), “how many people are scheduled on Friday”. Who has clocked in, was late or worked is ``attendance``;
    adding a shift is ``propose_shift``. Wages, reviews and other records of a person are never told.
    """
    stores = resolve_stores(arguments.stores, context)
    now = context.clock.now()
    if arguments.person and not arguments.period:
        days = replace(days_by_clock(stores, now, "the next two weeks", _AHEAD - 1), part=arguments.time_of_day)
    else:
        days = days_of(arguments.period or "today", stores, now, arguments.time_of_day, ahead=True)
    reach, reach_sql = reach_of(stores, context)
    require_schedule(reach, stores, context)
    shifts, statement = shifts_of(days, stores, context)
    shifts = of_role(shifts, arguments.job)
    named = may_read_shifts(context.scope)
    person = ""
    if arguments.person and named:
        identity, person = colleague(arguments.person, stores, context)
        shifts = [one for one in shifts if one.employee_id == identity]
    if arguments.person and not named:
        shifts = []
    if arguments.edge:
        shifts = _edge(shifts, stores, closing=arguments.edge == "closing")
    asked = _Asked(context, stores, days, shifts, reach, named, person)
    if arguments.person and not named:
        headline = f"Shifts of single people are not told here. {_WITHHELD}"
        return _result(asked, headline, [], [], None, [reach_sql])
    headline = _headline(asked, arguments.edge)
    by_person = arguments.by_person and named
    table = (_people_table(asked) if by_person else _table(asked)) if shifts else None
    text = [headline, *(_by_person(asked) if by_person else _lines(asked))]
    return _result(asked, headline, text[1:], _figures(asked, by_person=by_person), table, [statement, reach_sql])


def _edge(shifts: Sequence[Shift], stores: StoreSet, *, closing: bool) -> list[Shift]:
    """The shifts with which each store's day begins, or ends."""
    kept = []
    for store in stores.stores:
        by_day: dict[object, list[Shift]] = {}
        for one in shifts:
            if one.store_id == store.store_id and (one.ends_at is not None or not closing):
                on = business_date(one.starts_at, store.timezone, store.day_starts_at)
                by_day.setdefault(on, []).append(one)
        for found in by_day.values():
            if closing:
                last = max(one.ends_at for one in found if one.ends_at)
                kept += [one for one in found if one.ends_at == last]
            else:
                first = min(one.starts_at for one in found)
                kept += [one for one in found if one.starts_at == first]
    return sorted(kept, key=lambda one: (one.starts_at, one.store_id, one.name))


def _headline(asked: _Asked, edge: str | None) -> str:
    when, where = asked.days.when, asked.stores.label
    who = f" for {asked.person}" if asked.person else ""
    if not asked.shifts:
        return f"No shift is scheduled{who} at {where} {when}.{_reaches(asked)}"
    people = len({one.employee_id for one in asked.shifts if one.employee_id})
    hours = hours_spoken(sum((one.hours for one in asked.shifts), Decimal(0)))
    what = {"opening": "Opening shifts", "closing": "Closing shifts", None: "Scheduled"}[edge]
    number = "" if asked.person else f" of {counted(people, 'person').replace('persons', 'people')}"
    return f"{what}{who} at {where} {when}: {counted(len(asked.shifts), 'shift')}{number}, {hours} hours."


def _reaches(asked: _Asked) -> str:
    """How far the schedule reaches, where that is before the days asked for end."""
    identity = max(asked.reach, key=lambda one: (asked.reach[one], one))
    store = asked.stores.by_id[identity]
    on = business_date(asked.reach[identity], store.timezone, store.day_starts_at)
    if on >= asked.days.of(store)[1]:
        return ""
    return f" The schedule that is recorded reaches to {day_text(on)} only, so more may still be planned."


def _lines(asked: _Asked) -> list[str]:
    if not asked.shifts:
        return []
    if not asked.named:
        return [_WITHHELD]
    several_days = not asked.days.one_day
    said = []
    for store in asked.stores.stores:
        own = [one for one in asked.shifts if one.store_id == store.store_id]
        if not own:
            continue
        parts = [
            f"{_day(one, asked) + ' ' if several_days else ''}{'' if asked.person else _who(one) + ' '}"
            f"{clock(one.starts_at, store)}–{clock(one.ends_at, store)}{' (draft)' if one.draft else ''}"
            for one in own[:_NAMED]
        ]
        more = f"; and {counted(len(own) - _NAMED, 'more shift')}" if len(own) > _NAMED else ""
        said.append(f"{store.name}: {'; '.join(parts)}{more}.")
    return said


def _who(one: Shift) -> str:
    return f"{one.name}{f' ({one.role})' if one.role else ''}"


def _day(one: Shift, asked: _Asked) -> str:
    store = asked.stores.by_id[one.store_id]
    return f"{business_date(one.starts_at, store.timezone, store.day_starts_at):%a %d %b}"


def _people(asked: _Asked) -> list[tuple[str, str, str, int, Decimal]]:
    """``id, name, stores, shifts, hours`` of each person, most hours first."""
    found: dict[str, list[Shift]] = {}
    for one in asked.shifts:
        found.setdefault(one.employee_id, []).append(one)
    rows = []
    for identity, own in found.items():
        places = listed([asked.stores.name(store) for store in sorted({one.store_id for one in own})])
        rows.append((identity, own[0].name, places, len(own), sum((one.hours for one in own), Decimal(0))))
    return sorted(rows, key=lambda row: (row[1] == NOBODY, -row[4], row[1], row[0]))


def _by_person(asked: _Asked) -> list[str]:
    rows = _people(asked)
    if not rows:
        return []
    several = len(asked.stores.stores) > 1
    parts = [
        f"{name}{f' ({places})' if several else ''} {hours_said(hours)} hours in {counted(number, 'shift')}"
        for _, name, places, number, hours in rows[:_NAMED]
    ]
    more = f"; and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return [f"{'; '.join(parts)}{more}."]


def _people_table(asked: _Asked) -> Table:
    columns = (
        TableColumn("Name", "text"), TableColumn("Store", "text"), TableColumn("Shifts", "count"),
        TableColumn("Hours", "hours"),
    )  # fmt: skip
    return Table(columns, [(row[1], row[2], row[3], hours_said(row[4])) for row in _people(asked)])


def _table(asked: _Asked) -> Table:
    columns = [TableColumn("Day", "text"), TableColumn("Store", "text")]
    if asked.named:
        columns.append(TableColumn("Name", "text"))
    columns += [TableColumn("Role", "text"), TableColumn("From", "text"), TableColumn("To", "text"),
                TableColumn("Hours", "hours"), TableColumn("Status", "text")]  # fmt: skip
    rows = []
    for one in asked.shifts:
        store = asked.stores.by_id[one.store_id]
        rows.append((
            _day(one, asked), store.name, *((one.name,) if asked.named else ()), one.role or None,
            clock(one.starts_at, store), clock(one.ends_at, store), hours_said(one.hours),
            "draft" if one.draft else "published",
        ))  # fmt: skip
    return Table(tuple(columns), rows)


def _figures(asked: _Asked, *, by_person: bool) -> list[Figure]:
    people = len({one.employee_id for one in asked.shifts if one.employee_id})
    hours = sum((one.hours for one in asked.shifts), Decimal(0))
    span = (asked.days.start_on, asked.days.end_on)
    whose = {"person": asked.person} if asked.person else {}
    made = [
        Figure("scheduled_shifts", str(len(asked.shifts)), "count", asked.stores.ids, *span, whose),
        Figure("scheduled_people", str(people), "count", asked.stores.ids, *span, whose),
        Figure("scheduled_hours", hours_said(hours), "hours", asked.stores.ids, *span, whose),
    ]
    if by_person:
        for _, name, _, number, own in _people(asked):
            group = {"person": name}
            made.append(Figure("scheduled_hours", hours_said(own), "hours", asked.stores.ids, *span, group))
            made.append(Figure("scheduled_shifts", str(number), "count", asked.stores.ids, *span, group))
    elif len(asked.stores.stores) > 1:
        for store in asked.stores.stores:
            own_shifts = [one for one in asked.shifts if one.store_id == store.store_id]
            number = len({one.employee_id for one in own_shifts if one.employee_id})
            made.append(Figure("scheduled_people", str(number), "count", (store.store_id,), *asked.days.of(store),
                               {"store": store.store_id}))  # fmt: skip
    return made


def _caveats(asked: _Asked) -> list[str]:
    said = asked.days.differ(asked.stores)
    without = [store.name for store in asked.stores.stores if store.store_id not in asked.reach]
    if without:
        said.append(f"No schedule is recorded for {listed(without)}.")
    if drafts := sum(one.draft for one in asked.shifts):
        verb = "is a draft and" if drafts == 1 else "are drafts and"
        said.append(f"{drafts} of these {verb} not published yet.")
    if open_shifts := sum(not one.employee_id for one in asked.shifts):
        said.append(f"{counted(open_shifts, 'shift')} with nobody assigned.")
    if asked.shifts:
        said.append("Hours are from the beginning to the end of shifts; breaks are not taken off.")
        if reaches := _reaches(asked).strip():
            said.append(reaches)
    return said


def _result(
    asked: _Asked, headline: str, more: Sequence[str], figures: Sequence[Figure], table: Table | None,
    statements: Sequence[Statement],
) -> ToolResult:  # fmt: skip
    state = asked.context.mirror.snapshot()
    staff = state.sources.get("staff")
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *more]),
        figures=tuple(figures),
        table=table,
        caveats=tuple(_caveats(asked)),
        follow_ups=("Who is clocked in now?", "Hours scheduled this week by person"),
        provenance=Provenance(
            metrics=("scheduled_shifts", "scheduled_hours"),
            sql=tuple(one.sql for one in statements),
            params=tuple(one.params for one in statements),
            stores=asked.stores.ids,
            start_on=asked.days.start_on,
            end_on=asked.days.end_on,
            snapshot=state.version,
            as_of=staff.as_of_at if staff else None,
            sources={"staff": staff.as_of_at} if staff else {},
        ),
    )
