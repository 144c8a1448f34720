"""Which days a question about the team means: days to come as well as days that are over, and a part of the day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from tools.analysis.business_day import business_date, day_begins, day_ends
from tools.analysis.calendar import OutsideDataError, PeriodError, week_of
from tools.analysis.outlook import Span, coming_span
from tools.analysis.periods import resolve_period
from tools.calendars import WEEK_START, dated, dates_differ
from tools.directory import Clock, Store
from tools.errors import BadArgumentError, NoDataError
from tools.stores import StoreSet

PartOfDay = Literal["morning", "afternoon", "evening"]
_HOURS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"morning": (4, 12), "afternoon": (12, 17), "evening": (17, 28)}
)
"""From which hour of the store's clock to before which; 28 is 4 o'clock of the next day."""
_PART = re.compile(r"^(?P<day>.*?)\s*\b(?:this |in the |at )?(?P<part>tonight|morning|afternoon|evening|night)$")
_THIS_WEEK = re.compile(r"(?:for |in |during )?(?:the |this )?(?:whole |entire )?(?:current )?week")


@dataclass(frozen=True, slots=True)
class Days:
    """Business days of stores, both ends included, by each one's own calendar, and how to speak of them."""

    by_clock: Mapping[Clock, tuple[date, date]]
    label: str
    part: PartOfDay | None = None
    start_on: date = field(init=False)
    """The earliest of them in any store."""
    end_on: date = field(init=False)
    """The latest."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "start_on", min(start for start, _ in self.by_clock.values()))
        object.__setattr__(self, "end_on", max(end for _, end in self.by_clock.values()))

    def has(self, store: Store, first: date, last: date) -> bool:
        """Whether something from the first to the last day touches the days of the store."""
        start, end = self.of(store)
        return first <= end and last >= start

    @property
    def one_day(self) -> bool:
        """Whether each store is asked about a single day."""
        return all(start == end for start, end in self.by_clock.values())

    def of(self, store: Store) -> tuple[date, date]:
        """The first and last day at a store."""
        return self.by_clock[store.clock]

    def differ(self, stores: StoreSet) -> list[str]:
        """The sentence that the stores are on different dates; nothing where they share them."""
        return dates_differ(stores, {store.store_id: self.of(store) for store in stores.stores})

    @property
    def when(self) -> str:
        """``tomorrow (Tue 24 Nov 2026)``, with the part of the day."""
        says = str(self.start_on.year) in self.label
        label = self.label if says else dated(self.label, self.by_clock.values())
        if self.part is None:
            return label
        first, last = _HOURS[self.part]
        return f"{label}, {self.part} ({first:02d}:00 to {last % 24:02d}:00)"

    def holds(self, store: Store, starts_at: datetime, ends_at: datetime | None) -> bool:
        """Whether something that begins at ``starts_at`` belongs to one of the days and touches the part of it."""
        on = business_date(starts_at, store.timezone, store.day_starts_at)
        first, last = self.of(store)
        if not first <= on <= last:
            return False
        if self.part is None:
            return True
        low, high = (
            datetime.combine(on, time(), ZoneInfo(store.timezone)) + timedelta(hours=hour) for hour in _HOURS[self.part]
        )
        return starts_at < high and (ends_at is None or ends_at > low)

    def band(self, stores: StoreSet) -> tuple[datetime, datetime]:
        """From the first instant of the days in any of the stores to the end of the last."""
        low = min(day_begins(self.of(store)[0], store.timezone, store.day_starts_at) for store in stores.stores)
        return low, max(day_ends(self.of(store)[1], store.timezone, store.day_starts_at) for store in stores.stores)


def _coming(text: str, today: date) -> Span | None:
    """The days to come that are meant; None for a phrase that means none, such as one of days that are over."""
    try:
        return coming_span(text, today=today, week_start=WEEK_START)
    except PeriodError:
        return None


def days_by_clock(stores: StoreSet, now: datetime, label: str, after: int = 0) -> Days:
    """Today, and so many days after it, by each store's own calendar."""
    first = {clock: next(iter(alike.values())).today(now) for clock, alike in stores.by_clock.items()}
    return Days({clock: (today, today + timedelta(after)) for clock, today in first.items()}, label)


def days_of(phrase: str, stores: StoreSet, now: datetime, part: PartOfDay | None, *, ahead: bool) -> Days:
    """The days a phrase means by each store's calendar; with ``ahead`` a weekday is the coming one.

    A date that has not begun yet at some of the stores is meant there too.

    Raises:
        BadArgumentError: the phrase is no such period.
        NoDataError: it lies in the future for every store, and not ``ahead``.
    """
    text, part = _parted(phrase, part)
    found: dict[Clock, tuple[date, date]] = {}
    labels: list[str] = []
    outside: list[OutsideDataError] = []
    for clock, alike in stores.by_clock.items():
        try:
            start, end, label = _meant(text, stores, next(iter(alike.values())).today(now), ahead=ahead)
        except OutsideDataError as error:
            outside.append(error)
        except PeriodError as error:
            raise BadArgumentError(str(error)) from error
        else:
            found[clock] = start, end
            labels.append(label)
    if not found:
        said = str(outside[0]) if ahead else _NOT_THEN.format(phrase=phrase.strip()[:60])
        raise NoDataError(said) from outside[0]
    begun = next(iter(found.values()))
    return Days({clock: found.get(clock, begun) for clock in stores.by_clock}, labels[0], part)


def _parted(phrase: str, part: PartOfDay | None) -> tuple[str, PartOfDay | None]:
    """The words of the days, and the part of the day that the phrase or the argument names."""
    text = " ".join(phrase.lower().split()).rstrip("?.! ")
    found = _PART.match(text)
    if found is None:
        return text, part
    said = found["part"].replace("tonight", "evening").replace("night", "evening")
    if part is not None and part != said:
        raise BadArgumentError(f"“{phrase}” is not the {part}; give one of them.")
    day = found["day"].removesuffix(" this").removesuffix(" in the").strip()
    named: PartOfDay = "morning" if said == "morning" else "afternoon" if said == "afternoon" else "evening"
    return "today" if day in ("", "this", "in the", "the", "for") else day, named


def _meant(text: str, stores: StoreSet, today: date, *, ahead: bool) -> tuple[date, date, str]:
    """The first and last day and the label of a phrase on a date.

    Raises:
        PeriodError: it is no such period, or lies outside.
    """
    if ahead and _THIS_WEEK.fullmatch(text):
        monday = week_of(today, WEEK_START)
        return monday, monday + timedelta(6), "this week"
    if ahead and (coming := _coming(text, today)) is not None:
        return coming.begun_on, coming.end_on, coming.label
    first = min((one.first_on for one in stores.stores if one.first_on), default=today - timedelta(days=366))
    period = resolve_period(text, today=today, week_start=WEEK_START, data_start=min(first, today), data_end=today)
    return period.start_on, period.end_on, period.label


_NOT_THEN = (
    "“{phrase}” lies outside the days that have time cards: those are days up to today. Who is to work is in “show the"
    " schedule for tomorrow”."
)
