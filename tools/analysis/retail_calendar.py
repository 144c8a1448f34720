"""The retail 4-5-4 calendar: weeks from Sunday to Saturday, grouped into periods of four, five and four weeks.

The rule is the National Retail Federation's: a retail year ends on the Saturday nearest to 31 January, so it has 52
weeks, and 53 about every sixth year; the extra week belongs to the last period. A retail year is named after the
calendar year in which it begins, and its first period is February. Years compare week by week, so a week always has
the same days and a period the same number of weekends.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tools.analysis.calendar import MONTHS, Kind, Period, PeriodError

_WEEKS = (4, 5, 4) * 4
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class RetailDate:
    """Where a day is: ``period`` 1 (February) to 12, ``week`` of the year 1 to 53, ``week_of_period`` from 1."""

    year: int
    quarter: int
    period: int
    week: int
    week_of_period: int


def year_start(year: int) -> date:
    """The Sunday on which a retail year begins."""
    end_of_january = date(year, 1, 31)
    past = (end_of_january.weekday() - _SATURDAY) % 7
    saturday = end_of_january - timedelta(days=past) if past <= 3 else end_of_january + timedelta(days=7 - past)
    return saturday + timedelta(days=1)


def weeks_in(year: int) -> int:
    """52 or 53."""
    return (year_start(year + 1) - year_start(year)).days // 7


def retail_date(day: date) -> RetailDate:
    """The retail year, quarter, period and week of a day."""
    year = day.year if day >= year_start(day.year) else day.year - 1
    week = (day - year_start(year)).days // 7
    period, before = 0, 0
    while period < 11 and week >= before + _WEEKS[period]:
        before += _WEEKS[period]
        period += 1
    return RetailDate(year, period // 3 + 1, period + 1, week + 1, week - before + 1)


def retail_year(year: int) -> Period:
    """A whole retail year."""
    last = year_start(year + 1) - timedelta(days=1)
    return Period(year_start(year), last, f"retail year {year}", Kind.YEAR)


def retail_quarter(year: int, number: int) -> Period:
    """A quarter of three periods, 1 to 4."""
    first, last = retail_period(year, 3 * number - 2), retail_period(year, 3 * number)
    return Period(first.start_on, last.end_on, f"retail Q{number} {year}", Kind.QUARTER)


def retail_period(year: int, number: int) -> Period:
    """A period of four or five weeks, 1 (February) to 12 (January)."""
    start = year_start(year) + timedelta(weeks=sum(_WEEKS[: number - 1]))
    end = start + timedelta(weeks=_WEEKS[number - 1]) if number < 12 else year_start(year + 1)
    name = MONTHS[number % 12 + 1].title()
    return Period(start, end - timedelta(days=1), f"retail {name} {year} (P{number})", Kind.MONTH)


def retail_week(year: int, number: int) -> Period | None:
    """A week, 1 to 53; None when the year has no such week."""
    if not 1 <= number <= weeks_in(year):
        return None
    start = year_start(year) + timedelta(weeks=number - 1)
    return Period(start, start + timedelta(days=6), f"retail week {number} of {year}", Kind.WEEK)


_KIND = r"(?:retail|fiscal|4-5-4|454|nrf)"
_YEAR = r"(?:(?: of| in|,)? ?(?:fy ?)?(?P<year>\d{4}))?"
_RELATIVE = re.compile(rf"(?P<which>this|current|last) {_KIND} (?P<unit>week|month|period|quarter|year)(?: so far)?")
_NUMBERED = re.compile(rf"{_KIND} (?P<unit>week|wk|month|period|quarter|q) ?(?P<n>\d{{1,2}}){_YEAR}")
_SHORT_PERIOD = re.compile(rf"p ?(?P<n>\d{{1,2}}){_YEAR}")
_WHOLE_YEAR = re.compile(rf"(?:{_KIND} year|fy) ?(?P<year>\d{{4}})")
_MONTH = re.compile(rf"{_KIND} (?P<month>{'|'.join(MONTHS[1:])}){_YEAR}")


def retail_phrase(text: str, today: date) -> Period | None:
    """The retail period that a normalised phrase means, or None when it speaks of something else.

    Without a year it is the latest that has begun.

    Raises:
        PeriodError: there is no such week, period or quarter.
    """
    if found := _RELATIVE.fullmatch(text):
        return _relative(found["unit"], today, 0 if found["which"] in ("this", "current") else 1)
    if found := _NUMBERED.fullmatch(text):
        return _numbered(found["unit"], int(found["n"]), found["year"], today)
    if found := _SHORT_PERIOD.fullmatch(text):
        return _numbered("period", int(found["n"]), found["year"], today)
    if found := _WHOLE_YEAR.fullmatch(text):
        return retail_year(int(found["year"]))
    if found := _MONTH.fullmatch(text):
        return _numbered("period", (MONTHS.index(found["month"]) - 2) % 12 + 1, found["year"], today)
    return None


def _relative(unit: str, today: date, back: int) -> Period:
    now = retail_date(today)
    if unit == "week":
        here = retail_date(today - timedelta(weeks=back))
        week = retail_week(here.year, here.week)
        assert week is not None  # noqa: S101 a day is always in a week
        return week
    if unit == "year":
        return retail_year(now.year - back)
    if unit == "quarter":
        year, zero = divmod(now.year * 4 + now.quarter - 1 - back, 4)
        return retail_quarter(year, zero + 1)
    year, zero = divmod(now.year * 12 + now.period - 1 - back, 12)
    return retail_period(year, zero + 1)


def _numbered(unit: str, number: int, year: str | None, today: date) -> Period:
    make: Callable[[int, int], Period | None]
    if unit in ("week", "wk"):
        make, most, said = retail_week, 53, "weeks are numbered 1 to 53"
    elif unit in ("quarter", "q"):
        make, most, said = retail_quarter, 4, "quarters are numbered 1 to 4"
    else:
        make, most, said = retail_period, 12, "periods are numbered 1 (February) to 12 (January)"
    if not 1 <= number <= most:
        raise PeriodError(f"The retail calendar has no number {number} there: {said}.")
    if year:
        found = make(int(year), number)
        if found is None:
            raise PeriodError(f"Retail year {year} has no week {number}.")
        return found
    this = retail_date(today).year
    candidates = (make(candidate, number) for candidate in range(this, this - 8, -1))
    return next(period for period in candidates if period is not None and period.start_on <= today)
