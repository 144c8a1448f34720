"""Seasons as periods: “last winter”, “this summer”, “autumn 2025”, as the meteorological quarters. Pure.

Winter is December to February north of the equator and June to August south of it. Without a year it is the latest
that has begun; a winter over the turn of a year is named by the year it begins in, and by the other one where that
winter has not begun.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from tools.analysis.calendar import Kind, Period, add_months

SEASONS = ("spring", "summer", "autumn", "winter")
"""In their order north of the equator, where spring begins in March."""
_FORM = re.compile(
    r"(?P<which>last |this |current )?"
    r"(?P<name>spring|summer|autumn|fall|winter)(?:time)?(?P<before> before last| so far)?"
    r"(?:(?: of| in|,)? ?(?P<year>\d{4}|last year|this year)(?: ?[/-] ?(?P<to>\d{2,4}))?)?"
)


def season_phrase(text: str, today: date, *, south: bool) -> Period | None:
    """The season that a phrase means; None for every other phrase."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    name = "autumn" if found["name"] == "fall" else found["name"]
    month = (3 * SEASONS.index(name) + 3 + (6 if south else 0) - 1) % 12 + 1
    if found["year"]:
        year = today.year - (found["year"] == "last year") if found["year"].endswith("year") else int(found["year"])
        if month == 12 and not found["to"] and date(year, 12, 1) > today:
            year -= 1
        return _season(name, year, month)
    latest = _season(name, today.year - (date(today.year, month, 1) > today), month)
    back = 2 if found["before"] == " before last" else 1 if found["which"] == "last " else 0
    if back and latest.end_on < today:  # the latest is over, so it is the last one already
        back -= 1
    return _season(name, latest.start_on.year - back, month)


def _season(name: str, year: int, month: int) -> Period:
    start = date(year, month, 1)
    end = add_months(start, 3) - timedelta(days=1)
    named = str(year) if end.year == year else f"{year}/{end.year % 100:02d}"
    return Period(start, end, f"{name} {named}", Kind.RANGE)
