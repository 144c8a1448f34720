"""Phrases that mean one day: "3 May", "last Tuesday", "two days ago".

A date without a year is its most recent occurrence. A numeric date that reads differently in two countries is
refused rather than guessed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from tools.analysis.calendar import MONTHS, WEEKDAYS, Period, PeriodError, add_months, day_text, single, week_of

_MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS[1:]) + "|sept)"
_WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
_YEAR = r"(?:,? (?P<year>\d{4}))?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATE_FORMS = (
    re.compile(rf"(?:{_WEEKDAY},? )?{_DAY} (?:of )?{_MONTH}{_YEAR}"),
    re.compile(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}{_YEAR}"),
)
_ISO = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})")
_NUMERIC = re.compile(r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year>\d{4})")
_DAY_OF_MONTH = re.compile(r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)")
_WEEKDAY_FORM = re.compile(rf"(?P<which>last |this |on )?(?P<name>{_WEEKDAY})")
_WEEKDAY_OF_WEEK = re.compile(
    rf"(?:(?P<first>{_WEEKDAY}) (?:of )?(?P<w1>last|this) week|(?P<w2>last|this) week (?:on )?(?P<second>{_WEEKDAY}))"
)
_AGO = re.compile(r"(?P<n>\d{1,4}) days? ago")
_WEEKS_AGO = re.compile(r"(?P<n>\d{1,3}) weeks? ago today")


def month_number(name: str) -> int:
    """1 to 12 for a month's English name or its beginning."""
    return next(number for number, full in enumerate(MONTHS) if number and full.startswith(name[:3]))


def date_of(year: int, month: int, day: int) -> date:
    """A calendar date, or a sentence saying that there is none."""
    try:
        return date(year, month, day)
    except ValueError as error:
        raise PeriodError(f"There is no day {day} in {MONTHS[month].title()} {year}.") from error


def written_date(text: str, *, today: date, not_before: date | None = None, year: int | None = None) -> date | None:
    """A date written out, or None when ``text`` is something else.

    Args:
        text: normalised: lower case, single spaces.
        today: a date without a year is the latest one up to this day.
        not_before: if given, a date without a year is the first one from this day on.
        year: if given, the year of a date that names none.
    """
    if found := _ISO.fullmatch(text):
        number = int(found["month"])
        if not 1 <= number <= 12:
            raise PeriodError(f"There is no month {number}; write a date like 2026-05-03 or 3 May 2026.")
        return date_of(int(found["year"]), number, int(found["day"]))
    if found := _NUMERIC.fullmatch(text):
        return _numeric(int(found["a"]), int(found["b"]), int(found["year"]))
    for form in _DATE_FORMS:
        if found := form.fullmatch(text):
            named_year = int(found["year"]) if found["year"] else year
            return _in_year(month_number(found["month"]), int(found["day"]), named_year, today, not_before)
    return None


def _numeric(a: int, b: int, year: int) -> date:
    if a > 12 >= b >= 1:
        return date_of(year, b, a)
    if b > 12 >= a >= 1:
        return date_of(year, a, b)
    if a == b and 1 <= a <= 12:
        return date_of(year, a, b)
    if not (1 <= a <= 12 and 1 <= b <= 12):
        raise PeriodError("That is not a calendar date; write it like 2026-05-03 or 3 May 2026.")
    raise PeriodError(
        f"That date can be read as {day_text(date(year, b, a))} or as {day_text(date(year, a, b))}: "
        f"write {date(year, b, a).isoformat()} or {date(year, a, b).isoformat()}."
    )


def _in_year(month: int, day: int, year: int | None, today: date, not_before: date | None) -> date:
    if year is not None:
        return date_of(year, month, day)
    if (month, day) == (2, 29):
        years = range(not_before.year, not_before.year + 9) if not_before else range(today.year, today.year - 9, -1)
        for candidate in years:
            leap = candidate % 4 == 0 and (candidate % 100 != 0 or candidate % 400 == 0)
            if leap and (date(candidate, 2, 29) >= not_before if not_before else date(candidate, 2, 29) <= today):
                return date(candidate, 2, 29)
    if not_before is not None:
        first = date_of(not_before.year, month, day)
        return first if first >= not_before else date_of(not_before.year + 1, month, day)
    latest = date_of(today.year, month, day)
    return latest if latest <= today else date_of(today.year - 1, month, day)


def spoken_day(text: str, *, today: date, week_start: int = 0) -> Period | None:
    """One day said in words or written out, or None when ``text`` is no single day."""
    fixed = {
        "today": (0, "today"),
        "now": (0, "today"),
        "right now": (0, "today"),
        "yesterday": (1, "yesterday"),
        "day before yesterday": (2, "the day before yesterday"),
        "same day last week": (7, "the same day last week"),
        "this day last week": (7, "the same day last week"),
        "a week ago": (7, "a week ago today"),
        "same weekday last year": (364, "the same weekday last year"),
    }
    if text in fixed:
        back, label = fixed[text]
        return single(today - timedelta(days=back), label)
    if text in ("same day last month", "same date last month", "a month ago"):
        return single(add_months(today, -1), "the same date last month")
    if text in ("same day last year", "same date last year", "a year ago", "this time last year"):
        return single(add_months(today, -12), "the same date last year")
    if found := _AGO.fullmatch(text):
        return single(today - timedelta(days=int(found["n"])))
    if found := _WEEKS_AGO.fullmatch(text):
        return single(today - timedelta(weeks=int(found["n"])))
    if found := _WEEKDAY_OF_WEEK.fullmatch(text):
        first = week_of(today, week_start) - timedelta(days=7 if "last" in (found["w1"], found["w2"]) else 0)
        offset = (WEEKDAYS.index(found["first"] or found["second"]) - week_start) % 7
        return single(first + timedelta(days=offset))
    if found := _WEEKDAY_FORM.fullmatch(text):
        return single(_weekday(found["which"] or "", WEEKDAYS.index(found["name"]), today, week_start))
    if found := _DAY_OF_MONTH.fullmatch(text):
        this = today.replace(day=1) if int(found["day"]) <= today.day else add_months(today.replace(day=1), -1)
        return single(date_of(this.year, this.month, int(found["day"])))
    written = written_date(text, today=today)
    return single(written) if written else None


def _weekday(which: str, wanted: int, today: date, week_start: int) -> date:
    if which == "this ":
        return week_of(today, week_start) + timedelta(days=(wanted - week_start) % 7)
    return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
