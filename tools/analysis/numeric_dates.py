"""Dates in numbers without a year, “11/14”, weeks within a month, and days within a week. Pure.

Which number is the month is only taken where one of the dates of the phrase settles it; else both readings are offered.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from tools.analysis.calendar import MONTHS, WEEKDAYS, Kind, Period, PeriodError, day_text, single, week
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


_SHORT_DAYS = [name[:3] for name in WEEKDAYS]
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)}|tues|thurs?|{'|'.join(_SHORT_DAYS)})"
_SPAN_OF_DAYS = re.compile(
    rf"(?:from )?(?P<a>{_WEEKDAY})(?: (?:to|through|thru) | ?[-–] ?)(?P<b>{_WEEKDAY})"
    r"(?: (?:of )?(?P<which>this|last) week)?"
)
_WEEK_ENDING = re.compile(r"week end(?:ing|ed)? (?:on )?(?P<day>.+)")
_HALF_OF_YEAR = re.compile(
    r"(?P<which>first|second|1st|2nd) half of (?:this |the )?(?P<last>last )?year(?: (?P<year>\d{4}))?"
)
_FULL = re.compile(r"last (?:full|whole|complete) (?P<unit>week|month|quarter)")


_QUARTER = re.compile(rf"(?P<which>{'|'.join(_ORDINALS)}) quarter(?P<year>,? (?:of |in )?\d{{4}})?")


_SINCE_START = re.compile(
    r"since (?:the )?(?:start|beginning) of (?:(?P<which>the|this|last) )?(?P<unit>week|month|quarter|year)"
)


_PART = rf"(?P<part>q[1-4]|h[12]|{_MONTH}|(?:{'|'.join(_ORDINALS)}) quarter)"
_PART_OF_YEAR = tuple(
    re.compile(form)
    for form in (
        rf"\b{_PART},? (?:of |in )?(?:the )?(?P<which>last|this) year\b",
        rf"\b(?P<which>last|this) year,? (?:in )?{_PART}\b",
        rf"\b(?P<which>this) {_PART}\b",
    )
)
_LAST_QUARTER = re.compile(r"last q(?P<n>[1-4])")


def plainly(text: str, today: date) -> str:
    """Longer ways to say what a shorter phrase means: “the last full month” is last month, “second quarter” is Q2.

    >>> plainly("october of last year", date(2026, 11, 23))
    'october 2025'
    """
    for form in _PART_OF_YEAR:
        text = form.sub(lambda said: f"{said['part']} {today.year - (said['which'] == 'last')}", text)
    if found := _LAST_QUARTER.fullmatch(text):  # the latest of its number that is over
        return f"q{found['n']} {today.year - (3 * int(found['n']) >= today.month)}"
    if found := _FULL.fullmatch(text):
        return f"last {found['unit']}"
    if (found := _QUARTER.fullmatch(text)) and _ORDINALS[found["which"]] <= 4:
        return f"q{_ORDINALS[found['which']]}{found['year'] or ''}"
    if found := _SINCE_START.fullmatch(text):
        return f"since {(found['which'] or 'this').replace('the', 'this')} {found['unit']}"
    return text


_BESIDE = re.compile(r"(?P<unit>day|week) (?P<edge>before|after) (?P<day>(?!last\b|that\b|this\b).+)")
_BEFORE_LAST = re.compile(rf"(?P<name>{'|'.join(WEEKDAYS)}) before last")


def beside_a_day(text: str, today: date) -> Period | None:
    """“The day after 5 October”, “the week before 10 October” (the seven days up to it), “Sunday before last”."""
    if found := _BEFORE_LAST.fullmatch(text):
        latest = spoken_day(f"last {found['name']}", today=today)
        return latest and single(latest.start_on - timedelta(days=7))
    if text.startswith("weekend of "):
        day = spoken_day(text.removeprefix("weekend of ").removeprefix("the "), today=today)
        return day and _saturday_on(day.start_on + timedelta(days=5 - day.start_on.weekday()))
    found = _BESIDE.fullmatch(text)
    day = spoken_day(found["day"], today=today) if found else None
    if found is None or day is None:
        return None
    length = 1 if found["unit"] == "day" else 7
    first = day.start_on + timedelta(days=1 if found["edge"] == "after" else -length)
    last = first + timedelta(days=length - 1)
    return single(first) if length == 1 else Period(first, last, f"{day_text(first)} to {day_text(last)}", Kind.RANGE)


def days_of_week(text: str, today: date) -> Period | None:
    """“Monday to Wednesday last week”, or without a week the latest that have begun, and “week ending 15 Nov”."""
    if (beside := beside_a_day(text, today)) is not None:
        return beside
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
    first, last = (_SHORT_DAYS.index(found[end][:3]) for end in "ab")
    if first >= last:
        return None
    monday = today - timedelta(days=today.weekday())
    if found["which"] == "last" or (not found["which"] and monday + timedelta(days=last) >= today):
        monday -= timedelta(days=7)
    start, end_on = monday + timedelta(days=first), monday + timedelta(days=last)
    return Period(start, end_on, f"{day_text(start)} to {day_text(end_on)}", Kind.RANGE)


_WEEKDAY_OF_MONTH = re.compile(
    rf"(?P<which>{'|'.join(_ORDINALS)}|last|final) (?P<name>{'|'.join(WEEKDAYS)}|weekend) (?:of|in)"
    rf" (?:(?P<month>{_MONTH})(?:,? (?P<year>\d{{4}}))?|(?P<which_month>the|this|last) month)"
)


def weekday_of_month(text: str, today: date) -> Period | None:
    """“The last Friday of October”, “first weekend in November” (by its Saturday); without a year the latest."""
    found = _WEEKDAY_OF_MONTH.fullmatch(text)
    if found is None:
        return None
    number = _ORDINALS.get(found["which"], 0)
    if found["which_month"]:
        then = today.replace(day=1) - timedelta(days=found["which_month"] == "last")
        month, years = then.month, [then.year]
    else:
        month = month_number(found["month"])
        latest = today.year - (month > today.month)
        years = [int(found["year"])] if found["year"] else [latest, latest - 1]
    for year in years:
        weekend = found["name"] == "weekend"
        wanted = WEEKDAYS.index("saturday" if weekend else found["name"])
        days = [date(year, month, one) for one in range(1, monthrange(year, month)[1] + 1)]
        days = [one for one in days if one.weekday() == wanted]
        if number > len(days):
            raise PeriodError(f"{MONTHS[month].title()} {year} has no fifth {found['name'].title()}.")
        if len(years) == 1 or days[number - 1] <= today:
            first = days[number - 1]
            return _saturday_on(first) if weekend else single(first)
    return None


def _saturday_on(first: date) -> Period:
    last = first + timedelta(days=1)
    return Period(first, last, f"the weekend of {day_text(first)} to {day_text(last)}", Kind.RANGE)


def part_of_month(text: str, today: date) -> Period | None:
    """Seven days (or a half) of a month: the first week is its days 1 to 7, the last its last seven."""
    found = _WEEK.fullmatch(text)
    if found is None:
        return weekday_of_month(text, today)
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
