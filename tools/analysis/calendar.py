"""Periods as values, and the calendar arithmetic they are made of.

Dates are business dates of a store and both ends of a period belong to it. Weeks start on ``week_start`` (0 is
Monday); numbered weeks are ISO 8601 weeks, which always start on Monday.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTHS = tuple(name.lower() for name in calendar.month_name)
WEEKDAYS = tuple(name.lower() for name in calendar.day_name)


class Kind(StrEnum):
    """What sort of period it is; a comparison's calendar follows from it."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"
    WEEK_TO_DATE = "week_to_date"
    MONTH_TO_DATE = "month_to_date"
    QUARTER_TO_DATE = "quarter_to_date"
    YEAR_TO_DATE = "year_to_date"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole business days from ``start_on`` to ``end_on``, both included. ``label`` is how to speak of it."""

    start_on: date
    end_on: date
    label: str
    kind: Kind

    def __post_init__(self) -> None:
        if self.end_on < self.start_on:
            raise PeriodError(f"That period ends on {day_text(self.end_on)}, before it starts.")

    @property
    def days(self) -> int:
        """How many days, both ends counted."""
        return (self.end_on - self.start_on).days + 1


class PeriodError(ValueError):
    """A phrase that is no usable period; the message is a sentence for the person who wrote it."""


class OutsideDataError(PeriodError):
    """A clear period for which there can be no data: in the future, or before the data begins.

    ``not_yet`` is true where the data does not reach to it yet, ``to_come`` where it lies ahead.
    """

    def __init__(self, message: str, *, not_yet: bool = False, to_come: bool = False) -> None:
        super().__init__(message)
        self.not_yet, self.to_come = not_yet, to_come


def day_text(day: date) -> str:
    """``3 May 2026``."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def week_of(day: date, week_start: int = 0) -> date:
    """The first day of the week that ``day`` is in."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later or earlier, or that month's last day where there is none."""
    years, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month0 + 1, min(day.day, calendar.monthrange(years, month0 + 1)[1]))


def month(year: int, number: int) -> Period:
    """A calendar month."""
    last = calendar.monthrange(year, number)[1]
    label = f"{calendar.month_name[number]} {year}"
    return Period(date(year, number, 1), date(year, number, last), label, Kind.MONTH)


def quarter(year: int, number: int) -> Period:
    """A calendar quarter, 1 to 4."""
    start = date(year, 3 * number - 2, 1)
    return Period(start, add_months(start, 3) - timedelta(days=1), f"Q{number} {year}", Kind.QUARTER)


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), str(number), Kind.YEAR)


def week(first: date, label: str) -> Period:
    """The seven days from ``first``."""
    return Period(first, first + timedelta(days=6), label, Kind.WEEK)


def iso_week(year_number: int, number: int) -> Period | None:
    """ISO week ``number`` of ``year_number``; None when that year has no such week."""
    try:
        first = date.fromisocalendar(year_number, number, 1)
    except ValueError:
        return None
    return week(first, f"week {number} of {year_number}")


def single(day: date, label: str | None = None) -> Period:
    """One day; its label says the weekday unless another is given."""
    return Period(day, day, label or f"{calendar.day_name[day.weekday()]} {day_text(day)}", Kind.DAY)
