"""Times of day and days that come again. The tools cut by whole days, so an answer has to say what it holds instead."""

from __future__ import annotations

import re

from agent.conversation.planner.reading import Reading

IN_THE_TABLE = "I cannot add up “{said}” alone: the total is of the whole day, and its hours are in the table."
NO_HOURS_HERE = (
    "I cannot answer for “{said}” alone: hours are only known for whole stores, not for products, departments or "
    "rankings. Ask for the sales by hour of a store, or leave the hours out."
)
IN_THE_ROWS = "I cannot add up “{said}” alone: the total is of all days, and each weekday is a row of the table."
LATEST_ONLY = "“{said}” is taken as the latest one: the hours of several such days cannot be put together yet."

_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|a\.m\.?|p\.m\.?|o'?clock|h\b)|\d{1,2}:\d{2}|noon|midnight|midday|opening"
    "|closing)"
)
_LOOSE = rf"(?:{_CLOCK}|\d{{1,2}})"
_PART = (
    "(?:early |late )?(?:mornings?|afternoons?|evenings?|nights?|lunch ?times?|lunch|dinner ?time|breakfast ?time"
    "|noon|rush hours?)"
)
_TIME = re.compile(
    rf"(?<![\w$#])(?:(?:between|from) {_LOOSE} ?(?:and|to|until|till|-) ?{_CLOCK}|(?:between|from) {_CLOCK} ?(?:and|to"
    rf"|until|till|-) ?{_LOOSE}|{_LOOSE} ?(?:-|to|until|till) ?{_CLOCK}|(?:before|after|until|till|since|from|by|at"
    rf"|around|about) (?:about )?{_CLOCK}"
    r"|(?:before|after|until|till|past) \d{1,2}(?! ?(?:st|nd|rd|th|/|-|%|days?|weeks?|months?|years?|[a-z]+ 20\d\d|jan"
    "|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
    r"|between \d{1,2} and \d{1,2}(?=\W*$| (?:yesterday|today|on|last|this)\b)"
    rf"|{_CLOCK}|(?:(?:in|during|over|at) (?:the |our )?)?{_PART}|tonight)(?!\w)"
)
_THIS_PART = re.compile(r"\bthis (?:morning|afternoon|evening)\b|\btonight\b")
_RECURRING = re.compile(
    r"(?<!\w)(?:on |at |over |during |for |only )*(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekends"
    r"|weekdays|week days)(?: only)?(?!\w)"
)


def take_time_of_day(reading: Reading) -> str | None:
    """Words for a part of the day, taken out; “this morning” leaves today behind as the period."""
    this = reading.find(_THIS_PART)
    if this:
        return reading.said(this.start(), this.end())
    match = reading.find(_TIME)
    if match is None:
        return None
    said = reading.said(match.start(), match.end())
    reading.blank(match.start(), match.end())
    return said


def take_times_of_day(reading: Reading) -> list[str]:
    """Every part of the day named, taken out; a clock time says more than “evening” beside it."""
    found = []
    while (said := take_time_of_day(reading)) is not None and said not in found:
        found.append(said)
    exact = [said for said in found if re.search(r"\d|\b(?:noon|midday|midnight)\b", said)]
    return exact or found


def take_recurring_days(reading: Reading) -> str | None:
    """“Saturdays”, “weekends” or “weekdays”, taken out."""
    match = reading.take(_RECURRING)
    return match["day"] if match else None


def latest_of(days: str) -> str | None:
    """The latest of days that come again, as a period; None where that is more than one stretch."""
    if days.startswith("week"):
        return "last weekend" if days == "weekends" else None
    return days.removesuffix("s")
