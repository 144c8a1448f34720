"""The last day of something temporary: "Sunday", "end of the month", "for two weeks".

Looks ahead where ``periods`` looks back: a weekday is the coming one, a date without a year its next occurrence.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from tools.analysis.calendar import WEEKDAYS, PeriodError, add_months, day_text, week_of
from tools.analysis.day_phrases import written_date
from tools.analysis.phrase_words import normalise

EXAMPLES = "“Sunday”, “end of the month”, “for two weeks”, “30 November”, “2026-12-24”"
_FURTHEST_DAYS = 366
_LENGTH = re.compile(r"(?:for |in )?(?:a |an |next )?(?:(?P<n>\d{1,3}) )?(?P<unit>day|week|month)s?(?: from now)?")
_END = re.compile(r"(?:end of )?(?:the )?(?P<which>this |next )?(?P<unit>week|month|weekend)(?: end)?")
_WEEKDAY = re.compile(r"(?P<which>this |next |coming )?(?P<name>" + "|".join(WEEKDAYS) + r")(?: night| evening)?")
_MONTH_DAY = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)")


def resolve_until(phrase: str, *, today: date, week_start: int = 0) -> date:
    """The last business day that ``phrase`` means.

    Raises:
        PeriodError: it is no day, it is over, or it is more than a year ahead.
    """
    text = re.sub(r"^(?:until|till|through|by|up to|to) ", "", " ".join(phrase.lower().split()))
    found = _day(normalise(text), today, week_start)
    if found is None:
        raise PeriodError(f"“{phrase.strip()[:60]}” is not a last day I understand. Say it like {EXAMPLES}.")
    if found < today:
        raise PeriodError(f"{day_text(found)} is over; a temporary price must end today or later.")
    if (found - today).days > _FURTHEST_DAYS:
        raise PeriodError(f"{day_text(found)} is more than a year ahead; name an earlier last day.")
    return found


def _day(text: str, today: date, week_start: int) -> date | None:
    fixed = {"today": 0, "tonight": 0, "end of day": 0, "end of today": 0, "tomorrow": 1, "yesterday": -1}
    if text in fixed:
        return today + timedelta(days=fixed[text])
    if found := _WEEKDAY.fullmatch(text):
        wanted = WEEKDAYS.index(found["name"])
        if found["which"] == "next ":
            return week_of(today, week_start) + timedelta(days=7 + (wanted - week_start) % 7)
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    if (found := _END.fullmatch(text)) and (text.startswith("end") or found["which"] or found["unit"] == "weekend"):
        return _end(found["unit"], today, week_start, later=found["which"] == "next ")
    if found := _LENGTH.fullmatch(text):
        count = int(found["n"] or 1)
        if found["unit"] == "month":
            return add_months(today, count)
        return today + timedelta(days=count * (7 if found["unit"] == "week" else 1))
    if found := _MONTH_DAY.fullmatch(text):
        return _coming(int(found["day"]), today)
    return written_date(text, today=today, not_before=today)


def _end(unit: str, today: date, week_start: int, *, later: bool) -> date:
    if unit == "month":
        return add_months(today.replace(day=1), 2 if later else 1) - timedelta(days=1)
    if unit == "weekend":
        return today + timedelta(days=(6 - today.weekday()) % 7 + (7 if later else 0))
    return week_of(today, week_start) + timedelta(days=13 if later else 6)


def _coming(day: int, today: date) -> date:
    if not 1 <= day <= 31:
        raise PeriodError(f"There is no day {day} in any month.")
    month = today.replace(day=1)
    while add_months(month, 1) - timedelta(days=1) < month + timedelta(days=day - 1) or (
        month + timedelta(days=day - 1) < today
    ):
        month = add_months(month, 1)
    return month + timedelta(days=day - 1)
