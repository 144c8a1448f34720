"""Hours beyond so many in a week, by person and by store: what time cards tell of overtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tools.amounts import rounded
from tools.analysis.business_day import business_date
from tools.analysis.calendar import week_of
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.metrics.query import Statement
from tools.result import Figure, Table, TableColumn
from tools.stores import StoreSet
from tools.team.days import Days
from tools.team.people import Card, cards_of, hours_said, hours_spoken
from tools.wording import counted, listed

USUAL = Decimal(40)
_NAMED = 12
HOW = (
    "Overtime is taken as hours over {over} in a week from Monday, counted where the week's last hours were worked; no"
    " contract or law is known here, nor what was paid for it."
)
_CUT = (
    "Of a week that an end of the period cuts the hours within it are told; what was worked in that week before them"
    " counts towards the {over}."
)


@dataclass(frozen=True, slots=True)
class Overtime:
    """Who worked beyond the bound in a week, most first, and the hours of each store and of all people."""

    people: Sequence[tuple[Card, Decimal, int]]
    """A card of each, the hours beyond, and in how many weeks."""
    by_store: Mapping[str, Decimal]
    of_all: int

    @property
    def hours(self) -> Decimal:
        """All of them."""
        return sum((hours for _, hours, _ in self.people), Decimal(0))


def cards_before(days: Days, stores: StoreSet, context: ToolContext) -> tuple[list[Card], list[Statement]]:
    """The time cards of the week that the first day lies in, opened before that day."""
    begun = {clock: (week_of(start, WEEK_START), start - timedelta(1)) for clock, (start, _) in days.by_clock.items()}
    if all(first > last for first, last in begun.values()):
        return [], []
    cards, statement = cards_of(Days(begun, days.label), stores, context)
    return cards, [statement]


def overtime(cards: Sequence[Card], stores: StoreSet, over: Decimal, before: Sequence[Card] = ()) -> Overtime:
    """The hours of each person beyond ``over`` in each week, summed over the weeks.

    Args:
        cards: those of the days asked about.
        stores: where they were opened.
        over: the hours of a week that are none beyond it.
        before: earlier ones of a week that the days cut: they use up the bound and are not told.
    """
    weeks = _by_week(cards, stores)
    used = {week: _hours(own) for week, own in _by_week(before, stores).items()}
    found: dict[str, tuple[Card, Decimal, int]] = {}
    by_store: dict[str, Decimal] = {}
    for (person, monday), own in weeks.items():
        left = max(over - used.get((person, monday), Decimal(0)), Decimal(0))
        beyond = _hours(own) - left
        if rounded(beyond, 1) <= 0:  # as it is shown
            continue
        last = max(own, key=lambda one: one.clock_in_at)
        _, hours, times = found.get(person, (last, Decimal(0), 0))
        found[person] = (last, hours + beyond, times + 1)
        by_store[last.store_id] = by_store.get(last.store_id, Decimal(0)) + beyond
    people = sorted(found.values(), key=lambda one: (-one[1], one[0].name, one[0].employee_id))
    return Overtime(people, by_store, len({one.employee_id for one in cards}))


def _by_week(cards: Sequence[Card], stores: StoreSet) -> dict[tuple[str, date], list[Card]]:
    """The cards of each person in each week, by its first day."""
    weeks: dict[tuple[str, date], list[Card]] = {}
    for one in cards:
        store = stores.by_id[one.store_id]
        on = business_date(one.clock_in_at, store.timezone, store.day_starts_at)
        weeks.setdefault((one.employee_id, week_of(on, WEEK_START)), []).append(one)
    return weeks


def _hours(cards: Sequence[Card]) -> Decimal:
    return sum((one.hours or Decimal(0) for one in cards), Decimal(0))


def overtime_lines(found: Overtime, stores: StoreSet, days: Days, over: Decimal, limit: int) -> list[str]:
    """The headline, the stores, and who it was."""
    bound = f"{over.normalize():f} hours a week"
    number = counted(found.of_all, "person").replace("persons", "people")
    if not found.people:
        return [f"Nobody of {number} worked more than {bound} at {stores.label} {days.when}, breaks taken off."]
    said = [
        (
            f"{hours_spoken(found.hours)} hours over {bound} at {stores.label} {days.when}, by {len(found.people):,} of"
            f" {number}, breaks taken off."
        )
    ]
    if len(stores.stores) > 1:
        ranked = sorted(found.by_store.items(), key=lambda one: (-one[1], one[0]))
        said.append(f"By store: {listed([f'{stores.name(key)} {hours_spoken(hours)}' for key, hours in ranked])}.")
    shown = found.people[: min(limit, _NAMED)]
    each = [f"{one.name} {hours_said(hours)}" for one, hours, _ in shown]
    more = f"; and {len(found.people) - len(shown)} more" if len(found.people) > len(shown) else ""
    return [*said, f"Most: {'; '.join(each)}{more}."]


def overtime_figures(found: Overtime, stores: StoreSet, days: Days) -> list[Figure]:
    """The hours in all, of each store with any, and of each person."""
    span = (days.start_on, days.end_on)
    return [
        Figure("overtime_hours", hours_said(found.hours), "hours", stores.ids, *span),
        Figure("people_over_hours", str(len(found.people)), "count", stores.ids, *span),
        *(
            Figure("overtime_hours", hours_said(hours), "hours", (key,), *span, {"store": key})
            for key, hours in sorted(found.by_store.items())
        ),
        *(
            Figure("overtime_hours", hours_said(hours), "hours", stores.ids, *span, {"person": one.name})
            for one, hours, _ in found.people
        ),
    ]


def overtime_table(found: Overtime, stores: StoreSet, limit: int) -> Table | None:
    """One row for each person; None where there is none."""
    if not found.people:
        return None
    columns = (TableColumn("Name", "text"), TableColumn("Role", "text"), TableColumn("Store", "text"),
               TableColumn("Weeks over", "count"), TableColumn("Hours over", "hours"))  # fmt: skip
    return Table(
        columns,
        [
            (one.name, one.role or None, stores.name(one.store_id), weeks, hours_said(hours))
            for one, hours, weeks in found.people[:limit]
        ],
    )


def overtime_caveats(days: Days, over: Decimal) -> list[str]:
    """How it is counted, and that a week may be cut."""
    whole = days.start_on.weekday() == 0 and days.end_on.weekday() == 6
    said = f"{over.normalize():f}"
    return [HOW.format(over=said), *([] if whole else [_CUT.format(over=said)])]
