"""How far visitors were counted while the stores were open, and what must be said where they were not.

Open hours are those of the recorded opening times on days with sales, and any other hour that sold something; where no
opening times are recorded, the hours that sold or were counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from connectors.mirror.rows import ResultSet
from tools.analysis.opening_hours import hours_open
from tools.context import ToolContext
from tools.directory import Store
from tools.errors import NoDataError
from tools.metrics.door_rows import build_counted_hours, build_coverage_of_door, build_usual_hours
from tools.metrics.model import LEAST_SEEN, Metric
from tools.metrics.windows import Statement, Window, parted
from tools.wording import counted, listed, span

if TYPE_CHECKING:
    from tools.frame import Frame

WORTH_SAYING = Decimal("0.98")
"""A larger share of the open hours counted than this is not spoken of."""
_NAMED = 4
_MISSING = "the rest is not in them"


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one store: open hours, how many of them were counted, transactions, and those of counted hours."""

    name: str
    open: int
    counted: int
    trade: int
    seen: int

    @property
    def enough(self) -> bool:
        """Whether a rate per visitor may be told."""
        return self.seen >= LEAST_SEEN * self.trade

    @property
    def lacks(self) -> bool:
        """Whether the gaps are worth a word."""
        return self.counted < WORTH_SAYING * self.open


@dataclass(frozen=True)
class DoorHours:
    """How far the hours of each store were counted over some windows: what is asked for is read once."""

    windows: Sequence[Window]
    context: ToolContext

    @cached_property
    def settled(self) -> bool:
        """Whether these are whole days with all sales known, which a rollup answers."""
        return not parted(self.windows)[1]

    @cached_property
    def by_store(self) -> ResultSet:
        """By store, weekday and hour, see ``build_coverage_of_door``: of a chain the dearest thing here."""
        statement = build_coverage_of_door(self.windows, self.context.scope)
        return self.context.mirror.query(statement.sql, statement.params)

    @cached_property
    def usual(self) -> Statement:
        """What ``usual_visitors`` are read with."""
        build = build_usual_hours if self.settled else build_coverage_of_door
        return build(self.windows, self.context.scope)


def counted_at(stores: Sequence[Store], windows: Sequence[Window], context: ToolContext) -> list[Counted]:
    """How far each store with sales in the windows was counted."""
    return counted_in(DoorHours(windows, context), stores)


def counted_in(door: DoorHours, stores: Sequence[Store]) -> list[Counted]:
    """How far each of these stores with sales was counted."""
    if door.settled:
        return _over_settled(door, stores)
    rows: dict[str, list[Sequence[int]]] = {}
    for store_id, *numbers in door.by_store.rows:
        rows.setdefault(store_id, []).append([int(number or 0) for number in numbers])
    found = []
    for store in stores:
        if store.store_id in rows:
            last = next(
                (one for one in door.windows if store.store_id in one.store_ids and one.hours_on_last is not None), None
            )
            found.append(_of(store, rows[store.store_id], last))
    return found


def _over_settled(door: DoorHours, stores: Sequence[Store]) -> list[Counted]:
    opened = {store.store_id: _open_bits(store.open_hours) for store in stores if store.open_hours}
    statement = build_counted_hours(door.windows, door.context.scope, opened)
    found = {row[0]: row[1:] for row in door.context.mirror.query(statement.sql, statement.params).rows}
    return [Counted(one.name, *map(int, found[one.store_id])) for one in stores if one.store_id in found]


def _open_bits(hours: Mapping[int, str]) -> dict[int, int]:
    return {weekday + 1: sum(1 << hour for hour in hours_open(text)) for weekday, text in hours.items()}


def _of(store: Store, rows: Sequence[Sequence[int]], cut: Window | None) -> Counted:
    """One store from its rows of weekday, hour, days, counted, sold, both, trade, seen trade."""
    hours, was_counted = 0, 0
    seen = {(weekday, hour): (days, door, sold, both) for weekday, hour, days, door, sold, both, *_ in rows}
    days_of = {weekday: days for weekday, _, days, *_ in rows}
    wanted = {(weekday, hour) for weekday in days_of for hour in hours_open(store.open_hours.get(weekday - 1))}
    for place in {*wanted, *seen}:
        days, door, sold, both = seen.get(place, (days_of[place[0]], 0, 0, 0))
        if place in wanted:
            hours += days - int(cut is not None and _is_to_come(place, cut))
            was_counted += door
        elif store.open_hours:
            hours += sold
            was_counted += both
        else:
            hours += sold + door - both
            was_counted += door
    return Counted(store.name, hours, was_counted, sum(row[6] for row in rows), sum(row[7] for row in rows))


def _is_to_come(place: tuple[int, int], cut: Window) -> bool:
    """Whether an hour of a weekday lies beyond the hours that are over on the last day of a window."""
    weekday, hour = place
    return weekday == cut.end_on.isoweekday() and (hour - cut.day_starts_hour) % 24 >= (cut.hours_on_last or 0)


def not_counted(found: Sequence[Counted], metrics: Sequence[Metric], missing: str = _MISSING) -> list[str]:
    """What to say beside visitors and rates per visitor: where nothing, and where too little was counted.

    ``missing`` says what becomes of the hours that nobody counted, where no rate is among the metrics.
    """
    none = [one.name for one in found if not one.counted]
    some = [one for one in found if one.counted]
    if not some:
        return [f"No visitors were counted at {listed(none)}."] if none else []
    said = [f"No visitors were counted at {listed(none)}; figures per visitor are without them."] if none else []
    gaps = [one for one in some if one.lacks]
    if not gaps:
        return said
    rate = next((metric for metric in metrics if metric.per_visitor), None)
    what = f"; {rate.label.lower()} takes only what was sold in counted hours" if rate else f"; {missing}"
    if len(some) == 1:
        said.append(f"Visitors were counted in {hours_said(some[0])} of {some[0].name}{what}.")
    else:
        gaps.sort(key=lambda one: (Decimal(one.counted) / one.open, one.name))
        named = listed([f"{one.name} {one.counted:,} of {one.open:,}" for one in gaps], most=_NAMED)
        of_all = f"{sum(one.counted for one in some):,} of {counted(sum(one.open for one in some), 'open hour')}"
        said.append(f"Visitors were counted in {of_all} ({named}){what}.")
    few = [one.name for one in some if not one.enough]
    if rate and few:
        said.append(f"At {listed(few)} that is too little to tell {rate.label.lower()}.")
    return said


def hours_said(one: Counted) -> str:
    """``9 of 14 open hours``."""
    return f"{one.counted:,} of {counted(one.open, 'open hour')}"


def not_counted_before(
    asked: Frame, metrics: Sequence[Metric], windows: Sequence[Window], days: tuple[date, date] | None
) -> list[str]:
    """The same of the period that a question is held against, and what it does to the change."""
    door = next((metric for metric in metrics if "traffic" in metric.sources), None)
    if days is None or door is None or "traffic" not in asked.snapshot.sources:
        return []
    found = counted_at(asked.stores.stores, windows, asked.context)
    said = [f"On {span(*days)}: {one[:1].lower()}{one[1:]}" for one in not_counted(found, metrics)]
    mine = counted_at(asked.stores.stores, asked.windows(whole_hours=bool(asked.unfinished())), asked.context)
    if any(one.counted and one.lacks for one in (*found, *mine)):
        said.append(
            f"As not all hours were counted, a part of the change may come of that; “why did {door.label.lower()}"
            " change” holds the same hours against each other."
        )
    return said


def usual_visitors(door: DoorHours) -> dict[tuple[int, int], Decimal]:
    """Visitors by weekday (1 is Monday) and hour as if every day with sales had been counted like those that were.

    A store's hour that was counted on three of four Saturdays counts for four at the mean of the three; one that was
    never counted is not there.
    """
    found: dict[tuple[int, int], Decimal] = {}
    read = door.context.mirror.query(door.usual.sql, door.usual.params) if door.settled else door.by_store
    for row in read.dicts():
        if row["visitors"] is not None:
            place = int(row["weekday"]), int(row["hour"])
            mean = Decimal(int(row["visitors"]) * int(row["days"])) / int(row["counted"])
            found[place] = found.get(place, Decimal(0)) + mean
    return found


def require_counted(
    asked: Frame, metrics: Sequence[Metric], value: Decimal | None, windows: Sequence[Window], when: str = ""
) -> None:
    """Refuse where nothing but rates per visitor is asked for, and the first is not known.

    Args:
        asked: the question.
        metrics: what is asked for.
        value: the first of them over everything.
        windows: the stores and days that it is of.
        when: those days in words, if they are not those of the question.

    Raises:
        NoDataError: as said; the sentence says how far visitors were counted.
    """
    if value is not None or not all(metric.per_visitor for metric in metrics):
        return
    found = counted_at(asked.stores.stores, windows, asked.context)
    some = [one for one in found if one.counted]
    where = f"{metrics[0].label} of {asked.stores.label} cannot be told {when or asked.when}"
    if not some:
        raise NoDataError(f"{where}: no visitors were counted.")
    hours = f"{sum(one.counted for one in some):,} of {counted(sum(one.open for one in some), 'open hour')}"
    trade = f"{sum(one.seen for one in some):,} of {counted(sum(one.trade for one in some), 'transaction')}"
    raise NoDataError(
        f"{where}: visitors were counted in only {hours}, which hold {trade}. Ask about another day or a longer period."
    )
