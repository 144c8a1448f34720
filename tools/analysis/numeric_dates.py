"""Dates in numbers without a year, “11/14”, weeks within a month, and days within a week. Pure.

Which number is the month is only taken where one of the dates of the phrase settles it; else both readings are offered.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from tools.analysis.calendar import MONTHS, WEEKDAYS, Kind, Period, PeriodError, day_text, week
from tools.analysis.day_phrases import month_number, spoken_day

_DATE = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<year>\d{2}|\d{4}))?(?![\d/])")
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS[1:]) + "|sept"
_ORDINALS = {
    "1st": 1,
    "first": 1,
    "2nd": 2,
    "second": 2,
    "3rd": 3,
    "third": 3,
    "4th": 4,
    "fourth": 4,
    "5th": 5,
    "fifth": 5,
}
_WEEK = re.compile(
    rf"(?P<which>{'|'.join(_ORDINALS)}|last|final) (?P<unit>week|half) (?:of"
    rf"|in) (?P<month>{_MONTH})(?:,? (?P<year>\d{{4}}))?"
)


def in_words(text: str) -> str:
    """The phrase with its numeric dates written out, where it is clear which number is the month.

    Raises:
        PeriodError: it can be read both ways; both are in the sentence.
    """
    found = list(_DATE.finditer(text))
    if not found:
        return text
    pairs = [(int(one["a"]), int(one["b"])) for one in found]
    month_first = any(b > 12 >= a for a, b in pairs)
    day_first = any(a > 12 >= b for a, b in pairs)
    if month_first == day_first and not all(a == b for a, b in pairs):
        if all(one["year"] and len(one["year"]) == 4 for one in found):
            return text  # whoever writes the year out is asked by the reader of whole dates
        a, b = pairs[0]
        if not (1 <= a <= 12 and 1 <= b <= 12):
            raise PeriodError("That is not a calendar date; write it like 2026-05-03 or 3 May 2026.")
        raise PeriodError(
            f"{a}/{b} can be {b} {MONTHS[a].title()} or {a} {MONTHS[b].title()}: write it with the month's name."
        )

    def said(one: re.Match[str]) -> str:
        a, b = int(one["a"]), int(one["b"])
        day, month = (a, b) if day_first else (b, a)
        if not 1 <= month <= 12:
            raise PeriodError("That is not a calendar date; write it like 2026-05-03 or 3 May 2026.")
        year = one["year"] and (one["year"] if len(one["year"]) == 4 else f"20{one['year']}")
        return f"{day} {MONTHS[month]}" + (f" {year}" if year else "")

    return _DATE.sub(said, text)


_SPAN_OF_DAYS = re.compile(
    rf"(?:from )?(?P<a>{'|'.join(WEEKDAYS)}) (?:to|through|thru"
    rf"|-) (?P<b>{'|'.join(WEEKDAYS)})(?: (?:of )?(?P<which>this"
    rf"|last) week)?"
)
_WEEK_ENDING = re.compile(r"week end(?:ing|ed)? (?:on )?(?P<day>.+)")
_HALF_OF_YEAR = re.compile(
    r"(?P<which>first|second|1st|2nd) half of (?:this |the )?(?P<last>last )?year(?: (?P<year>\d{4}))?"
)
_FULL = re.compile(r"last (?:full|whole|complete) (?P<unit>week|month|quarter)")


def plainly(text: str) -> str:
    """Longer ways to say what a shorter phrase means: “the last full month” is last month."""
    if found := _FULL.fullmatch(text):
        return f"last {found['unit']}"
    return text


def days_of_week(text: str, today: date) -> Period | None:
    """“Monday to Wednesday last week”, or without a week the latest that have begun, and “week ending 15 Nov”."""
    if found := _WEEK_ENDING.fullmatch(text):
        end = spoken_day(found["day"], today=today)
        return (
            None if end is None else week(end.start_on - timedelta(days=6), f"the week ending {day_text(end.start_on)}")
        )
    if found := _HALF_OF_YEAR.fullmatch(text):
        year = int(found["year"] or today.year - bool(found["last"]))
        start, end_on = (
            (date(year, 1, 1), date(year, 6, 30))
            if found["which"] in ("first", "1st")
            else (date(year, 7, 1), date(year, 12, 31))
        )
        return Period(start, end_on, f"{day_text(start)} to {day_text(end_on)}", Kind.RANGE)
    found = _SPAN_OF_DAYS.fullmatch(text)
    if found is None:
        return None
    first, last = WEEKDAYS.index(found["a"]), WEEKDAYS.index(found["b"])
    if first >= last:
        return None
    monday = today - timedelta(days=today.weekday())
    if found["which"] == "last" or (not found["which"] and monday + timedelta(days=last) >= today):
        monday -= timedelta(days=7)
    start, end_on = monday + timedelta(days=first), monday + timedelta(days=last)
    return Period(start, end_on, f"{day_text(start)} to {day_text(end_on)}", Kind.RANGE)


def part_of_month(text: str, today: date) -> Period | None:
    """Seven days (or a half) of a month: the first week is its days 1 to 7, the last its last seven."""
    found = _WEEK.fullmatch(text)
    if found is None:
        return None
    month = month_number(found["month"])
    year = int(found["year"]) if found["year"] else today.year - (month > today.month)
    days = monthrange(year, month)[1]
    number = _ORDINALS.get(found["which"], 0)
    if found["unit"] == "half":
        if number not in (0, 1, 2):
            raise PeriodError("A month has two halves.")
        first, last = (1, 15) if number == 1 else (16, days)
    elif number == 0:
        first, last = days - 6, days
    else:
        first, last = 7 * number - 6, min(7 * number, days)
    if first > days:
        raise PeriodError(f"{MONTHS[month].title()} {year} has no fifth week.")
    start, end = date(year, month, first), date(year, month, last)
    return Period(start, end, f"{day_text(start)} to {day_text(end)}", Kind.RANGE)
