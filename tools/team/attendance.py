"""The time clock: who is clocked in, who worked, who came late against the schedule. Names and times, never wages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import rounded
from tools.analysis.business_day import business_date
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.query import Statement
from tools.metrics.team_query import build_with_cards
from tools.registry import Arguments, tool
from tools.result import Figure, Provenance, Table, TableColumn, ToolResult
from tools.stores import StoreSet, resolve_stores
from tools.team.by_job import by_job
from tools.team.days import Days, PartOfDay, days_by_clock, days_of
from tools.team.late import Late, late_figures, late_lines, late_table, lateness
from tools.team.overtime import (
    USUAL,
    cards_before,
    overtime,
    overtime_caveats,
    overtime_figures,
    overtime_lines,
    overtime_table,
)
from tools.team.people import (
    Card,
    cards_between,
    cards_of,
    clock,
    colleague,
    hours_said,
    hours_spoken,
    may_read_shifts,
    of_role,
    reach_of,
    require_attendance,
    require_schedule,
    shifts_of,
)
from tools.wording import counted, listed, moment

_NAMED = 12
_LONGEST = timedelta(hours=24)
"""A card open for longer was forgotten, not worked."""
_FRESH = timedelta(minutes=30)


class AttendanceArguments(Arguments):
    """Arguments of ``attendance``."""

    show: Literal["on_now", "worked", "late", "overtime"] = Field(
        default="on_now",
        description="Who is clocked in now; who worked in the period and how long; who clocked in after the shift began"
        " or not at all; hours over 40 in a week, by person and store.",
    )
    period: str = Field(default="today", max_length=120, description="When, in the asker's own words; not for on_now.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    time_of_day: PartOfDay | None = Field(default=None, description="Only this part of the day.")
    job: str | None = Field(default=None, max_length=60, description="Only people with this job: “manager”, “cashier”.")
    person: str | None = Field(default=None, max_length=120, description="With worked: only this colleague, by name.")
    by: Literal["person", "job"] = Field(
        default="person", description="With worked: hours of each person, or each job."
    )
    order: Literal["name", "most", "fewest"] = Field(
        default="name", description="With worked: people by name, or by their hours, most or fewest first."
    )
    grace_minutes: int = Field(default=5, ge=0, le=240, description="Later than so many minutes counts as late.")
    over_hours: float | None = Field(
        default=None,
        ge=0,
        le=400,
        description="With worked: only people with more hours than this, most first: 40. With overtime: the bound.",
    )
    under_hours: float | None = Field(
        default=None, ge=0, le=400, description="With worked: only people with fewer hours than this, fewest first: 20."
    )
    limit: int = Field(default=50, ge=1, le=200, description="With worked: how many people to list.")


@dataclass(frozen=True, slots=True)
class Clocked:
    """Time cards and what is known of them: ``known_to`` is the instant up to which they are."""

    context: ToolContext
    stores: StoreSet
    days: Days
    cards: Sequence[Card]
    known_to: datetime
    without: Sequence[str]
    person: str = ""


@tool()
def attendance(arguments: AttendanceArguments, context: ToolContext) -> ToolResult:
    """Who is clocked in now, who worked on a day and for how long, who clocked in late: by time cards.

    Use it for “who is clocked in right now”, “how many people are on the clock”, “who worked yesterday at Market
    Street” (worked), “hours worked by person last week” (worked), “hours by position” (worked, by job), “who worked
    most hours” (worked, order most), “Ellis's hours last week” (worked, person), “who is over 40 hours” (worked,
    over_hours), “overtime by store last month” (overtime), “who clocked in late today”, “did everyone show up this
    morning” (late). Who is to work is ``team_schedule``; labour hours in all are ``sales_summary``. Wages, reviews
    and other records of a person are never told.
    """
    stores = resolve_stores(arguments.stores, context)
    if arguments.show != "on_now":
        require_attendance(context.scope)
    with_cards = build_with_cards(stores.ids, context.scope)
    known = {row[0] for row in context.mirror.query(with_cards.sql, with_cards.params).rows}
    if not known:
        raise NoDataError(
            f"No time cards are recorded for {stores.label}. They come from the point of sale's time clock, where it"
            " has one, or from a file of time cards."
        )
    without = [store.name for store in stores.stores if store.store_id not in known]
    if arguments.show == "on_now":
        return _on_now(stores, without, with_cards, arguments.job, context)
    days = days_of(arguments.period, stores, context.clock.now(), arguments.time_of_day, ahead=False)
    if arguments.show == "late":
        return _late(stores, without, days, arguments, context)
    cards, statement = cards_of(days, stores, context)
    cards = of_role(cards, arguments.job)
    person = ""
    if arguments.person:
        identity, person = colleague(arguments.person, stores, context)
        cards = [one for one in cards if one.employee_id == identity]
    asked = Clocked(context, stores, days, cards, _known_to(context), without, person)
    if arguments.show == "overtime":
        return _overtime(asked, [statement, with_cards], arguments)
    return _worked(asked, [statement, with_cards], arguments)


def _known_to(context: ToolContext) -> datetime:
    """Up to when time cards are known: where the source does not say, as far as the sales are."""
    sources = context.mirror.snapshot().sources
    state = sources.get("staff") or sources.get("sales")
    now = context.clock.now()
    return min(state.as_of_at, now) if state else now


def _on_now(
    stores: StoreSet, without: Sequence[str], with_cards: Statement, role: str | None, context: ToolContext
) -> ToolResult:
    now, known_to = context.clock.now(), _known_to(context)
    today = days_by_clock(stores, known_to, "now")
    cards, statement = cards_between(known_to - _LONGEST, known_to + timedelta(seconds=1), stores, context)
    on = [one for one in of_role(cards, role) if one.clock_out_at is None or one.clock_out_at > known_to]
    asked = Clocked(context, stores, today, on, known_to, without)
    zone = stores.stores[0].timezone
    people = len({one.employee_id for one in on})
    number = "Nobody" if not people else counted(people, "person").replace("persons", "people")
    if now - known_to > _FRESH:
        verb = "were" if people > 1 else "was"
        headline = (
            f"{number} {verb} clocked in, {stores.label}, as of {moment(known_to, zone)}, up to when time cards are"
            " known; who has clocked in or out since is not known here."
        )
    else:
        headline = f"{number} {'are' if people > 1 else 'is'} clocked in, {stores.label} ({moment(known_to, zone)})."
    named = may_read_shifts(context.scope)
    lines = _on_lines(asked) if named else []
    columns = (TableColumn("Store", "text"), TableColumn("Name", "text"), TableColumn("Role", "text"),
               TableColumn("Since", "text"))  # fmt: skip
    table = Table(
        columns,
        [(stores.name(one.store_id), one.name, one.role or None, clock(one.clock_in_at, stores.by_id[one.store_id]))
         for one in on],
    ) if named and on else None  # fmt: skip
    span = (today.start_on, today.end_on)
    figures = [Figure("people_clocked_in", str(people), "count", stores.ids, *span)]
    if len(stores.stores) > 1:
        for store in stores.stores:
            own = len({one.employee_id for one in on if one.store_id == store.store_id})
            figures.append(Figure("people_clocked_in", str(own), "count", (store.store_id,), *today.of(store),
                                  {"store": store.store_id}))  # fmt: skip
    more = [] if named or not on else ["Who it is is told to the team and the managers of the store only."]
    return _result(asked, headline, [*lines, *more], figures, table, [statement, with_cards])


def _on_lines(asked: Clocked) -> list[str]:
    said = []
    for store in asked.stores.stores:
        own = [one for one in asked.cards if one.store_id == store.store_id]
        if own:
            parts = [f"{_who(one)} since {clock(one.clock_in_at, store)}" for one in own[:_NAMED]]
            more = f"; and {len(own) - _NAMED} more" if len(own) > _NAMED else ""
            said.append(f"{store.name}: {'; '.join(parts)}{more}.")
    return said


def _who(one: Card, places: str | None = None) -> str:
    said = ", ".join(word for word in (one.role, places) if word)
    return f"{one.name}{f' ({said})' if said else ''}"


def _worked(asked: Clocked, statements: Sequence[Statement], arguments: AttendanceArguments) -> ToolResult:
    less = arguments.over_hours is None
    bound = arguments.under_hours if less else arguments.over_hours
    over = None if bound is None else Decimal(str(bound))
    limit, order = arguments.limit, arguments.order
    when, where = asked.days.when, asked.stores.label
    span = (asked.days.start_on, asked.days.end_on)
    total = sum((one.hours or Decimal(0) for one in asked.cards), Decimal(0))
    people = _by_person(asked.cards)
    figures = [
        Figure("people_clocked_in", str(len(people)), "count", asked.stores.ids, *span),
        Figure("labour_hours", hours_said(total), "hours", asked.stores.ids, *span),
    ]
    if not asked.cards:
        whose = f" of {asked.person}" if asked.person else ""
        headline = f"No time card{whose} was opened at {where} {when}."
        return _result(asked, headline, [], figures, None, statements)
    number = asked.person or counted(len(people), "person").replace("persons", "people")
    headline = f"{number} worked at {where} {when}: {hours_spoken(total)} hours clocked, breaks taken off."
    if arguments.by == "job" and over is None:
        sentence, each, table = by_job(asked.cards, asked.stores, asked.days)
        return _result(asked, headline, [sentence], [*figures, *each], table, statements)
    if over is not None:
        everybody = number
        shown_as = [(own, rounded(_hours(own), 1)) for own in people]
        people = [own for own, hours in shown_as if (hours < over if less else hours > over)]
        order = ("fewest" if less else "most") if order == "name" else order
        group, than = ("under", "fewer") if less else ("over", "more")
        figures.append(
            Figure(f"people_{group}_hours", str(len(people)), "count", asked.stores.ids, *span, {group: f"{over:f}"})
        )
        headline = (
            f"{len(people):,} of {everybody} worked {than} than {over.normalize():f} hours at {where} {when},"
            f" breaks taken off.{' Who did not clock in at all is not among them.' if less else ''}"
        )
        if not people:
            return _result(asked, headline, [], figures, None, statements)
    if order != "name":
        people = sorted(people, key=_hours, reverse=order == "most")
        ahead = people[0]
        headline += f" {order.capitalize()}: {ahead[0].name} with {hours_spoken(_hours(ahead))} hours."
    left, people = len(people) - limit, people[:limit]
    one_day, several = asked.days.one_day, len(asked.stores.stores) > 1
    said, rows = [], []
    for own in people:
        first, hours = own[0], _hours(own)
        places = listed([asked.stores.name(store) for store in sorted({one.store_id for one in own})])
        days = len({_on(one, asked) for one in own})
        store = asked.stores.by_id[first.store_id]
        out = own[-1].clock_out_at
        times = f"{clock(first.clock_in_at, store)}–{clock(out, store) if out else 'still open'}"
        worked = times if one_day else f"{hours_said(hours)} hours on {counted(days, 'day')}"
        said.append(f"{_who(first, places if several else None)} {worked}")
        middle = (clock(first.clock_in_at, store), clock(out, store) if out else "open") if one_day else (days,)
        rows.append((first.name, first.role or None, places, *middle, hours_said(hours)))
        figures.append(
            Figure("labour_hours", hours_said(hours), "hours", asked.stores.ids, *span, {"person": first.name})
        )
    shown = (
        [TableColumn("First in", "text"), TableColumn("Last out", "text")] if one_day else [TableColumn("Days", "days")]
    )
    columns = (TableColumn("Name", "text"), TableColumn("Role", "text"), TableColumn("Store", "text"), *shown,
               TableColumn("Hours", "hours"))  # fmt: skip
    more = f"; and {len(said) - _NAMED} more" if len(said) > _NAMED else ""
    lines = [*_on_average(asked, figures), *_at_each_store(asked, figures)] if over is None else []
    lines = [*lines, f"{'; '.join(said[:_NAMED])}{more}."]
    lines += [f"{counted(left, 'further person').replace('persons', 'people')} not listed."] if left > 0 else []
    return _result(asked, headline, lines, figures, Table(columns, rows), statements)


def _overtime(asked: Clocked, statements: Sequence[Statement], arguments: AttendanceArguments) -> ToolResult:
    over = USUAL if arguments.over_hours is None else Decimal(str(arguments.over_hours))
    before, more = cards_before(asked.days, asked.stores, asked.context)
    found = overtime(asked.cards, asked.stores, over, before)
    lines = overtime_lines(found, asked.stores, asked.days, over, arguments.limit)
    figures = overtime_figures(found, asked.stores, asked.days)
    table = overtime_table(found, asked.stores, arguments.limit)
    return _result(asked, lines[0], lines[1:], figures, table, [*statements, *more], overtime_caveats(asked.days, over))


def _hours(own: Sequence[Card]) -> Decimal:
    """The hours of all cards of a person."""
    return sum((one.hours or Decimal(0) for one in own), Decimal(0))


def _on_average(asked: Clocked, figures: list[Figure]) -> list[str]:
    """How long a shift is and what a person worked on average, by the cards that are closed."""
    closed = [one for one in asked.cards if one.hours is not None]
    people = len({one.employee_id for one in closed})
    if len(closed) < 2:
        return []
    total = _hours(closed)
    said: list[str] = []
    for per, number in (("shift", len(closed)), ("person", people)):
        if number > 1 and not (said and number == len(closed)):
            mean = total / number
            figures.append(Figure("labour_hours", hours_said(mean), "hours", asked.stores.ids,
                                  asked.days.start_on, asked.days.end_on, {"per": per}))  # fmt: skip
            said.append(f"{hours_spoken(mean)} hours a {per}")
    return [f"On average {listed(said)}, of {counted(len(closed), 'shift')}."]


def _at_each_store(asked: Clocked, figures: list[Figure]) -> list[str]:
    """How many worked at each of several stores; who worked at two counts at both."""
    if len(asked.stores.stores) == 1:
        return []
    said = []
    for store in asked.stores.stores:
        own = len({one.employee_id for one in asked.cards if one.store_id == store.store_id})
        figures.append(Figure("people_clocked_in", str(own), "count", (store.store_id,), *asked.days.of(store),
                              {"store": store.store_id}))  # fmt: skip
        said.append(f"{store.name} {own}")
    return [f"By store: {listed(said)}."]


def _on(one: Card, asked: Clocked) -> object:
    store = asked.stores.by_id[one.store_id]
    return business_date(one.clock_in_at, store.timezone, store.day_starts_at)


def _by_person(cards: Sequence[Card]) -> list[list[Card]]:
    """The cards of each person, those with a name in alphabetical order."""
    found: dict[str, list[Card]] = {}
    for one in cards:
        found.setdefault(one.employee_id, []).append(one)
    return sorted(found.values(), key=lambda own: (own[0].name, own[0].employee_id))


def _late(
    stores: StoreSet, without: Sequence[str], days: Days, arguments: AttendanceArguments, context: ToolContext
) -> ToolResult:
    reach, reach_sql = reach_of(stores, context)
    require_schedule(reach, stores, context, "who was late or did not come")
    shifts, shift_sql = shifts_of(days, stores, context)
    shifts = of_role(shifts, arguments.job)
    low, high = days.band(stores)
    cards, card_sql = cards_between(low - timedelta(hours=12), high + timedelta(hours=12), stores, context)
    asked = Clocked(context, stores, days, cards, _known_to(context), without)
    unknown = {store.store_id for store in stores.stores if store.name in without}
    published = [one for one in shifts if not one.draft and one.employee_id and one.store_id not in unknown]
    found: Late = lateness(published, cards, asked.known_to, timedelta(minutes=arguments.grace_minutes))
    lines = late_lines(found, stores, days, arguments.grace_minutes)
    table = late_table(found, stores) if found.late or found.missing else None
    return _result(
        asked, lines[0], lines[1:], late_figures(found, stores, days), table, [shift_sql, card_sql, reach_sql]
    )


def _result(
    asked: Clocked, headline: str, more: Sequence[str], figures: Sequence[Figure], table: Table | None,
    statements: Sequence[Statement], how: Sequence[str] = (),
) -> ToolResult:  # fmt: skip
    state = asked.context.mirror.snapshot()
    staff = state.sources.get("staff")
    said = [*how, *asked.days.differ(asked.stores)]
    if asked.without:
        said.append(f"No time cards are recorded for {listed(asked.without)}.")
    if still := sum(one.clock_out_at is None for one in asked.cards):
        said.append(f"{counted(still, 'time card')} not closed; its hours are not counted." if still == 1
                    else f"{still} time cards not closed; their hours are not counted.")  # fmt: skip
    if staff and staff.simulated:
        note = staff.note.strip().rstrip(".").removeprefix("simulated: ")
        said.append(f"Time cards are simulated{f': {note}' if note else ''}.")
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *more]),
        figures=tuple(figures),
        table=table,
        caveats=tuple(said),
        follow_ups=("Show the schedule for tomorrow", "Labour hours by day last week"),
        provenance=Provenance(
            metrics=("labour_hours",),
            sql=tuple(one.sql for one in statements),
            params=tuple(one.params for one in statements),
            stores=asked.stores.ids,
            start_on=asked.days.start_on,
            end_on=asked.days.end_on,
            snapshot=state.version,
            as_of=asked.known_to,
            sources={"staff": staff.as_of_at} if staff else {},
        ),
    )
