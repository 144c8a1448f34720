"""The days that an outlook goes by, store by store where they did not all begin together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from tools.analysis.outlook import WEEKS, Series
from tools.directory import Store
from tools.frame import Frame
from tools.metrics.evaluate import fetch
from tools.metrics.model import Metric
from tools.metrics.query import Filter, Statement, Window, build
from tools.wording import listed, span

_TOGETHER = timedelta(days=6)
"""Stores whose first sales are no further apart began together: one may have been closed on the first day."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What an outlook is reckoned over.

    ``known_to`` is the last day that is over and known; ``begun`` are the stores that still trade by the day from
    which on their days count, and ``closed`` those that sold their last more than a week before the others.
    ``launched`` is the day on which goods that are new were first sold anywhere: the days before it count for nothing.
    """

    known_to: date
    begun: tuple[tuple[date, tuple[str, ...]], ...]
    closed: tuple[str, ...]
    launched: date | None = None

    def of(self, store_id: str) -> Reach:
        """The same for one store."""
        return replace(
            self,
            begun=tuple((day, (store_id,)) for day, stores in self.begun if store_id in stores),
            closed=tuple(one for one in self.closed if one == store_id),
        )

    @property
    def too_new(self) -> tuple[tuple[date, tuple[str, ...]], ...]:
        """The stores that have sold for less than half of the weeks that the mean is taken of."""
        latest = self.known_to - timedelta(days=7 * (WEEKS // 2) - 1)
        return tuple((day, stores) for day, stores in self.begun if day > latest)


def reach_of(stores: Sequence[Store], today: date) -> Reach:
    """How far the sales of some stores reach, of which one at least has any."""
    selling = [store for store in stores if store.first_on and store.last_on]
    newest = max(store.last_on for store in selling if store.last_on)
    going_on = [store for store in selling if store.last_on and store.last_on > newest - timedelta(7)]
    known_to = min(*(store.last_on for store in going_on if store.last_on), today - timedelta(1))
    first_on = min(store.first_on for store in selling if store.first_on)
    begun: dict[date, list[str]] = {}
    for store in going_on:
        day = store.first_on or first_on
        begun.setdefault(first_on if day <= first_on + _TOGETHER else day, []).append(store.store_id)
    closed = tuple(store.store_id for store in selling if store not in going_on)
    return Reach(known_to, tuple((day, tuple(begun[day])) for day in sorted(begun)), closed)


@dataclass(frozen=True, slots=True)
class Days:
    """The series that days to come go by, and what closed stores sold: it counts where a span is under way."""

    series: tuple[Series, ...]
    closed: tuple[Series, ...]

    def between(self, start_on: date, end_on: date) -> Decimal:
        """What was sold on these days, both included."""
        every = (one.daily.items() for one in (*self.series, *self.closed))
        return sum((value for days in every for day, value in days if start_on <= day <= end_on), Decimal(0))

    def launched(self, known_to: date) -> date | None:
        """The first day with a sale, where it lies within the weeks that a mean is taken of."""
        every = (one.daily.items() for one in (*self.series, *self.closed))
        first = min((day for days in every for day, value in days if value), default=None)
        return first if first is not None and first > known_to - timedelta(days=7 * WEEKS) else None

    def since(self, day: date) -> Days:
        """The same where no day before ``day`` counts."""
        return Days(tuple(replace(one, first_on=max(one.first_on, day)) for one in self.series), self.closed)

    @property
    def sold(self) -> bool:
        """Whether any day came to anything."""
        return any(value for one in (*self.series, *self.closed) for value in one.daily.values())


def days_of(
    asked: Frame, metric: Metric, windows: Sequence[Window], only: Filter | None, reach: Reach
) -> tuple[Days, list[Statement]]:
    """The days of every store of ``reach`` within the windows, and the statements run."""
    statements: list[Statement] = []

    def read(first_on: date, store_ids: tuple[str, ...]) -> Series:
        mine = [
            replace(window, store_ids=tuple(one for one in window.store_ids if one in store_ids))
            for window in windows
            if set(window.store_ids) & set(store_ids)
        ]
        statement = build([metric], mine, "day", asked.context.scope, only)
        statements.append(statement)
        daily = {
            day: group.value(metric, asked.exponent) or Decimal(0)
            for group in fetch(asked.context.mirror, statement)
            if (day := date.fromisoformat(group.key)) <= reach.known_to
        }
        return Series(daily, max(first_on, reach.launched or first_on))

    series = tuple(read(day, stores) for day, stores in reach.begun)
    closed = (read(date.min, reach.closed),) if reach.closed else ()
    return Days(series, closed), statements


def without(asked: Frame, reach: Reach) -> str:
    """`` without Delta``: the stores of the question that days to come are not told of; nothing where there is none."""
    stores = [*(one for _, those in reach.too_new for one in those), *reach.closed]
    return f" without {listed([asked.stores.name(one) for one in stores])}" if stores else ""


def left_out(asked: Frame, reach: Reach) -> list[str]:
    """From when on goods that are new count, and the stores whose days to come are not in an outlook, and why."""
    launch = []
    if asked.part and reach.launched:
        first = span(reach.launched, reach.launched)
        launch.append(f"{asked.part.label} was first sold on {first}; only the days since count.")
    said = [
        f"The days to come are without {listed([asked.stores.name(one) for one in stores])}, whose sales begin on"
        f" {span(day, day)}: too few weeks for a mean."
        for day, stores in reach.too_new
    ]
    if reach.closed:
        names = listed([asked.stores.name(one) for one in reach.closed])
        said.append(f"The days to come are without {names}, where nothing was sold for more than a week.")
    return [*launch, *said]
