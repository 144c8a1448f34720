"""Holidays and shopping days as periods: “Thanksgiving”, “Easter weekend”, “the week of Labor Day”. Pure.

They are those of the United States, by rule and not by list. Without a year it is the latest that has begun.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from tools.analysis.calendar import Kind, Period, day_text, single, week, week_of

MONDAY, THURSDAY, SUNDAY = 0, 3, 6


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, skipped = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _nth(month: int, weekday: int, number: int) -> Callable[[int], date]:
    """The first, second ... (or with -1 the last) such weekday of a month."""

    def of(year: int) -> date:
        if number > 0:
            first = date(year, month, 1)
            return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)

    return of


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _after(base: Callable[[int], date], days: int) -> Callable[[int], date]:
    return lambda year: base(year) + timedelta(days=days)


_THANKSGIVING = _nth(11, THURSDAY, 4)
_HOLIDAYS: tuple[tuple[str, str, Callable[[int], date]], ...] = (
    (r"new year(?:s)?(?: day)?", "New Year's Day", _fixed(1, 1)),
    (r"(?:mlk|martin luther king(?: jr)?)(?: day)?", "Martin Luther King Day", _nth(1, MONDAY, 3)),
    (r"valentine(?:s)?(?: day)?", "Valentine's Day", _fixed(2, 14)),
    (r"president(?:s)?(?: day)", "Presidents' Day", _nth(2, MONDAY, 3)),
    (r"(?:st|saint) patrick(?:s)?(?: day)?", "St Patrick's Day", _fixed(3, 17)),
    (r"good friday", "Good Friday", _after(easter, -2)),
    (r"easter(?: sunday)?", "Easter Sunday", easter),
    (r"easter monday", "Easter Monday", _after(easter, 1)),
    (r"cinco de mayo", "Cinco de Mayo", _fixed(5, 5)),
    (r"mother(?:s)? day", "Mother's Day", _nth(5, SUNDAY, 2)),
    (r"memorial day", "Memorial Day", _nth(5, MONDAY, -1)),
    (r"father(?:s)? day", "Father's Day", _nth(6, SUNDAY, 3)),
    (r"juneteenth", "Juneteenth", _fixed(6, 19)),
    (r"(?:the )?(?:4th|fourth) of july|july (?:4th|fourth)|independence day", "Independence Day", _fixed(7, 4)),
    (r"labou?r day", "Labor Day", _nth(9, MONDAY, 1)),
    (r"columbus day|indigenous peoples(?:s)? day", "Columbus Day", _nth(10, MONDAY, 2)),
    (r"halloween", "Halloween", _fixed(10, 31)),
    (r"veteran(?:s)? day", "Veterans Day", _fixed(11, 11)),
    (r"thanksgiving(?: day)?", "Thanksgiving", _THANKSGIVING),
    (r"black friday", "Black Friday", _after(_THANKSGIVING, 1)),
    (r"cyber monday", "Cyber Monday", _after(_THANKSGIVING, 4)),
    (r"christmas eve", "Christmas Eve", _fixed(12, 24)),
    (r"(?:christmas|xmas)(?: day)?", "Christmas Day", _fixed(12, 25)),
    (r"new year(?:s)? eve", "New Year's Eve", _fixed(12, 31)),
)
NAMES = "|".join(f"(?:{words})" for words, _, _ in _HOLIDAYS)
_FORM = re.compile(
    r"(?P<before>(?:the )?week (?:of|with|around) |(?:the )?(?P<prior>(?:week|day) (?:before|after)) )?"
    rf"(?P<name>{NAMES})"
    r"(?: (?P<after>weekend|week))?(?:,? (?:of |in )?(?P<year>\d{4}|last year|this year))?"
)


def holidays_between(start_on: date, end_on: date) -> list[tuple[date, str]]:
    """The holidays and shopping days from one day to another, both counted, in order."""
    found = [
        (day, name)
        for year in range(start_on.year, end_on.year + 1)
        for _, name, of in _HOLIDAYS
        if start_on <= (day := of(year)) <= end_on
    ]
    return sorted(found)


def holiday_phrase(text: str, today: date, week_start: int = 0) -> Period | None:
    """The day, weekend or week that a normalised phrase means; None when it speaks of something else.

    A weekend is Saturday to Monday for a holiday on Monday, Thursday to Sunday for Thanksgiving, Friday to Sunday for
    one on a Friday, and else the Saturday and Sunday nearest to it.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    label, of = next((name, rule) for words, name, rule in _HOLIDAYS if re.fullmatch(words, found["name"]))
    whole = found["after"] == "week" or (found["before"] is not None and found["prior"] is None)
    shape = "week" if whole else found["after"] or found["prior"] or "day"
    if found["year"] and found["year"].isdigit():
        return _around(of(int(found["year"])), label, shape, week_start)
    if found["year"]:
        return _around(of(today.year - (found["year"] == "last year")), label, shape, week_start)
    this = _around(of(today.year), label, shape, week_start)
    return this if this.start_on <= today else _around(of(today.year - 1), label, shape, week_start)


def _around(day: date, label: str, shape: str, week_start: int) -> Period:
    if shape == "day":
        return single(day, f"{label} ({day_text(day)})")
    unit, _, edge = shape.partition(" ")
    moved = {"before": -1, "after": 1}.get(edge, 0)
    if unit == "day":
        beside = day + timedelta(days=moved)
        return single(beside, f"the {shape} {label} ({day_text(beside)})")
    if unit == "week":
        first = week_of(day, week_start) + timedelta(days=7 * moved)
        return week(first, f"the week {edge or 'of'} {label} (from {day_text(first)})")
    first, last = _weekend(day)
    return Period(first, last, f"{label} weekend ({day_text(first)} to {day_text(last)})", Kind.RANGE)


def _weekend(day: date) -> tuple[date, date]:
    weekday = day.weekday()
    if weekday == MONDAY:
        return day - timedelta(days=2), day
    if weekday in (THURSDAY, THURSDAY + 1):
        return day, day + timedelta(days=SUNDAY - weekday)
    saturday = day + timedelta(days=5 - weekday) if weekday >= THURSDAY - 1 else day - timedelta(days=weekday + 2)
    return saturday, saturday + timedelta(days=1)
