"""Which days a question about the team means: days to come as well as days that are over, and a part of the day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from tools.analysis.business_day import business_date, day_begins, day_ends
from tools.analysis.calendar import OutsideDataError, PeriodError, week_of
from tools.analysis.outlook import Span, coming_span
from tools.analysis.periods import resolve_period
from tools.calendars import WEEK_START
from tools.directory import Store
from tools.errors import BadArgumentError, NoDataError
from tools.stores import StoreSet
from tools.wording import span

PartOfDay = Literal["morning", "afternoon", "evening"]
_HOURS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"morning": (4, 12), "afternoon": (12, 17), "evening": (17, 28)}
)
"""From which hour of the store's clock to before which; 28 is 4 o'clock of the next day."""
_PART = re.compile(r"^(?P<day>.*?)\s*\b(?:this |in the |at )?(?P<part>tonight|morning|afternoon|evening|night)$")
_THIS_WEEK = re.compile(r"(?:for |in |during )?(?:the |this )?(?:whole |entire )?(?:current )?week")


@dataclass(frozen=True, slots=True)
class Days:
    """Business days of stores that share a calendar, both ends included, and how to speak of them."""

    start_on: date
    end_on: date
    label: str
    part: PartOfDay | None = None

    @property
    def when(self) -> str:
        """``tomorrow (Tue 24 Nov 2026)``, with the part of the day."""
        dated = str(self.start_on.year) in self.label
        label = self.label if dated else f"{self.label} ({span(self.start_on, self.end_on)})"
        if self.part is None:
            return label
        first, last = _HOURS[self.part]
        return f"{label}, {self.part} ({first:02d}:00 to {last % 24:02d}:00)"

    def holds(self, store: Store, starts_at: datetime, ends_at: datetime | None) -> bool:
        """Whether something that begins at ``starts_at`` belongs to one of the days and touches the part of it."""
        on = business_date(starts_at, store.timezone, store.day_starts_at)
        if not self.start_on <= on <= self.end_on:
            return False
        if self.part is None:
            return True
        low, high = (
            datetime.combine(on, time(), ZoneInfo(store.timezone)) + timedelta(hours=hour) for hour in _HOURS[self.part]
        )
        return starts_at < high and (ends_at is None or ends_at > low)

    def band(self, stores: StoreSet) -> tuple[datetime, datetime]:
        """From the first instant of the days in any of the stores to the end of the last."""
        low = min(day_begins(self.start_on, store.timezone, store.day_starts_at) for store in stores.stores)
        return low, max(day_ends(self.end_on, store.timezone, store.day_starts_at) for store in stores.stores)


def _coming(text: str, today: date) -> Span | None:
    """The days to come that are meant; None for a phrase that means none, such as one of days that are over."""
    try:
        return coming_span(text, today=today, week_start=WEEK_START)
    except PeriodError:
        return None


def dated_elsewhere(stores: StoreSet, now: datetime) -> list[str]:
    """Stores that are on another date now than the first, by whose calendar the days are; nothing where none is."""
    first = stores.stores[0]
    today = first.today(now)
    other = [store for store in stores.stores if store.today(now) != today]
    if not other:
        return []
    there = "; ".join(f"{store.name} {span(store.today(now), store.today(now))}" for store in other[:6])
    return [f"The days are by the calendar of {first.name}; elsewhere it is another date now: {there}."]


def days_of(phrase: str, stores: StoreSet, now: datetime, part: PartOfDay | None, *, ahead: bool) -> Days:
    """The days a phrase means for the first store's calendar; with ``ahead`` a weekday is the coming one.

    Raises:
        BadArgumentError: the phrase is no such period.
        NoDataError: it lies in the future, and not ``ahead``.
    """
    store = stores.stores[0]
    today = store.today(now)
    text = " ".join(phrase.lower().split()).rstrip("?.! ")
    if found := _PART.match(text):
        said = found["part"].replace("tonight", "evening").replace("night", "evening")
        if part is not None and part != said:
            raise BadArgumentError(f"“{phrase}” is not the {part}; give one of them.")
        part = "morning" if said == "morning" else "afternoon" if said == "afternoon" else "evening"
        day = found["day"].removesuffix(" this").removesuffix(" in the").strip()
        text = "today" if day in ("", "this", "in the", "the", "for") else day
    if ahead and _THIS_WEEK.fullmatch(text):
        monday = week_of(today, WEEK_START)
        return Days(monday, monday + timedelta(6), "this week", part)
    if ahead:
        coming = _coming(text, today)
        if coming is not None:
            return Days(coming.begun_on, coming.end_on, coming.label, part)
    first = min((one.first_on for one in stores.stores if one.first_on), default=today - timedelta(days=366))
    try:
        period = resolve_period(text, today=today, week_start=WEEK_START, data_start=min(first, today), data_end=today)
    except OutsideDataError as error:
        raise NoDataError(str(error) if ahead else _NOT_THEN.format(phrase=phrase.strip()[:60])) from error
    except PeriodError as error:
        raise BadArgumentError(str(error)) from error
    return Days(period.start_on, period.end_on, period.label, part)


_NOT_THEN = (
    "“{phrase}” lies outside the days that have time cards: those are days up to today. Who is to work is in “show the"
    " schedule for tomorrow”."
)
