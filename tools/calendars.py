"""What a phrase means by the calendar of each store: stores in different time zones may be on different dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import TypeVar

from tools.analysis.calendar import OutsideDataError, Period, PeriodError
from tools.analysis.periods import resolve_period
from tools.by_clock import distinct
from tools.directory import Clock, Store
from tools.errors import NOT_YET, TO_COME, BadArgumentError, NoDataError
from tools.stores import StoreSet
from tools.wording import span

WEEK_START = 0
_NAMED = 6
_ZONES = "The stores are in different time zones, and their dates differ"
T = TypeVar("T")


def period_for(store: Store, now: datetime, resolve: Callable[[date], T]) -> T:
    """Resolve by the store's own today, with the sentences of the pure layer as tool errors."""
    try:
        return resolve(store.today(now))
    except OutsideDataError as error:
        raise NoDataError(str(error), NOT_YET if error.not_yet else TO_COME if error.to_come else "") from error
    except PeriodError as error:
        raise BadArgumentError(str(error)) from error


def dates_differ(stores: StoreSet, spans: Mapping[str, tuple[date, date]], why: str = _ZONES) -> list[str]:
    """The sentence that the stores stand on different dates, each with its own; nothing where they share them."""
    if len(set(distinct(spans))) < 2:
        return []
    each = [f"{stores.name(store)} {span(*days)}" for store, days in list(spans.items())[:_NAMED]]
    return [f"{why}: {'; '.join(each)}."]


def dated(label: str, spans: Collection[tuple[date, date]]) -> str:
    """A period with its dates; with those of each store where they differ, as all together would be more days."""
    if len(set(spans)) > 1:
        return f"{label}, each store's own dates"
    return f"{label} ({span(*next(iter(spans)))})"


def period_of(
    store: Store, now: datetime, phrase: str, *, data_start: date | None = None, data_end: date | None = None
) -> Period:
    """The business dates that a phrase means at a store, by its clock and its seasons.

    Raises:
        BadArgumentError: the phrase is no period.
        NoDataError: it is in the future or outside the data, where that is given.
    """
    return period_for(
        store,
        now,
        lambda today: resolve_period(
            phrase, today=today, week_start=WEEK_START, data_start=data_start, data_end=data_end, south=store.southern
        ),
    )


def period_by_clock(phrase: str, stores: StoreSet, now: datetime, data: tuple[date, date]) -> dict[Clock, Period]:
    """The period by clock. Where a new day has begun that has no data yet, it is meant while another store has some.

    Raises:
        BadArgumentError: the phrase is no period.
        NoDataError: it is in the future or outside the data for every store.
    """
    first, last = data
    found: dict[Clock, Period] = {}
    outside: dict[Clock, NoDataError] = {}
    for clock, alike in stores.by_clock.items():
        store = next(iter(alike.values()))
        try:
            found[clock] = period_of(store, now, phrase, data_start=first, data_end=last)
        except NoDataError as error:
            outside[clock] = error
            found[clock] = period_of(store, now, phrase, data_start=first)
    if len(outside) == len(stores.by_clock):
        raise next(iter(outside.values()))
    return found
