"""What a period is held against, and in which calendar.

A phrase such as "last week" or "same day last month" moves the base period back; any other period phrase is taken
as it stands. Left alone, the kind of the base period decides: days keep their weekday, everything to date keeps its
number of days. The calendar is always put in words, because up on last week and up on last year's dates differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tools.analysis import calendar as cal
from tools.analysis.calendar import Kind, Period, PeriodError, add_months
from tools.analysis.periods import resolve_period
from tools.analysis.phrase_words import normalise
from tools.analysis.retail_comparison import is_retail, retail_before, retail_year_back

EXAMPLES = (
    "“same day last week”, “the week before”, “same day last month”, “last year”, “four-week norm”, “July”, “3-9 May”"
)
NORM_WEEKS = 4
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Against:
    """What a period is held against.

    ``periods`` has one period, or for a norm several of which the mean counts. ``aligned`` is true when the last day
    of each corresponds to the last day of the base, so that a part of a day may be held against the same part.
    """

    periods: tuple[Period, ...]
    label: str
    calendar: str
    aligned: bool = True

    @property
    def is_norm(self) -> bool:
        """True when the mean of several periods is meant."""
        return len(self.periods) > 1


_WEEK = re.compile(
    r"(?:same (?:day|days|weekday|weekdays|time|hours)(?: of the week)? )?last week|week before"
    r"|(?:a |one |1 )?week earlier|week (?:on|over) week|wow|lw|same (?:day|weekday) (?:the )?week before"
    r"|same weekday(?: before)?|a week ago"
)
_MONTH = re.compile(
    r"(?:same (?:day|days|date|dates|period|time) )?last month|month before|(?:a |1 )?month earlier"
    r"|month (?:on|over) month|mom|same (?:day|date) (?:the )?month before|a month ago"
)
_QUARTER = re.compile(
    r"(?:same (?:days|dates|period|time) )?last quarter|quarter before|(?:a |1 )?quarter earlier"
    r"|quarter (?:on|over) quarter|qoq|a quarter ago"
)
_YEAR = re.compile(
    r"(?:same (?:day|days|date|dates|period|month|quarter|time) )?last year|year before|(?:a |1 )?year earlier"
    r"|year (?:on|over) year|yoy|ly|a year ago|this time last year"
)
_WEEKDAY_YEAR = re.compile(
    r"same (?:weekday|weekdays|week|day of the week) (?:last year|a year (?:ago|earlier))|364 days(?: ago)?"
)
_PREVIOUS = re.compile(r"last period|period before|last one|one before|before")
_DAY = re.compile(r"day before|last day|day earlier")
_WEEKEND_BEFORE = re.compile(r"weekend (?:before|earlier)(?: that)?")
_WEEKDAY_BEFORE = re.compile(r"(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day) (?:before|earlier)(?: that)?")
_LAST_OF_ITS_NAME = re.compile(r"last (?:weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)")
_LONGEST = {"last week": 7, "last month": 31, "last quarter": 92}
"""The most days that each of these has."""
_DAYS_OF = re.compile(r"same days of (?P<month>.+)")
_NORM = re.compile(
    r"(?:(?:last )?(?:4|four)[- ]weeks?(?:ly)?(?: (?:norm|average|mean|usual))?|norm|normal|usual|average|typical)"
)


def resolve_comparison(
    phrase: str | None, base: Period, *, today: date, week_start: int = 0, south: bool = False
) -> Against:
    """What ``phrase`` holds ``base`` against.

    Args:
        phrase: a person's words, or None (also "auto") for what is usual for this kind of period.
        base: the period in question.
        today: the store's business date.
        week_start: the weekday a week starts on, 0 for Monday.
        south: whether winter is in July.

    Raises:
        PeriodError: the phrase is neither a comparison nor a period.
    """
    text = normalise(phrase) if phrase else ""
    if text in ("", "auto", "default"):
        return _usual(base)
    moves = (
        (_NORM, _norm),
        (_WEEKDAY_YEAR, lambda period: _moved(period, 364, "the same weekdays 52 weeks earlier")),
        (_WEEK, _weeks_back),
        (_MONTH, _months_back),
        (_QUARTER, _quarter_back),
        (_YEAR, _year_back),
        (_DAY, _day_back),
        (_PREVIOUS, _previous),
    )
    stands = text in _LONGEST and _no_move(base, text, resolve_period(text, today=today, week_start=week_start))
    for form, move in moves:
        if form.fullmatch(text) and not stands:
            return move(base)
    weekday = _WEEKDAY_BEFORE.fullmatch(text)
    if weekday and base.days == 1 and f"{base.start_on:%A}".lower() == weekday["day"]:
        return _moved(base, 7, "the same weekday one week earlier")
    if _WEEKEND_BEFORE.fullmatch(text) and base.days == 2 and base.start_on.weekday() == SATURDAY:
        return _moved(base, 7, "the weekend before")
    as_many = _DAYS_OF.fullmatch(text)
    try:
        period = resolve_period(as_many["month"] if as_many else text, today=today, week_start=week_start, south=south)
    except PeriodError as error:
        if "not a period" in str(error):
            raise PeriodError(
                f"“{(phrase or '').strip()[:60]}” is nothing I can compare with. Say it like {EXAMPLES}."
            ) from error
        raise
    if as_many:
        return _as_many_days(base, period)
    if (period.start_on, period.end_on) == (base.start_on, base.end_on):
        if _LAST_OF_ITS_NAME.fullmatch(text):  # “yesterday against last Sunday”, said on a Monday
            return _weeks_back(base)
        raise PeriodError("That is the same period twice; name another one to compare with.")
    return Against((period,), period.label, "the two periods as named", aligned=base.days == period.days == 1)


def _no_move(base: Period, text: str, last: Period) -> bool:
    """Whether “last week” names that week itself, and is no way back from ``base``.

    So it is where ``base`` is longer than it (October against last week), and where ``base`` is another week, or month,
    that was over before it (September against last month).
    """
    if is_retail(base):
        return False
    return base.days > _LONGEST[text] or (base.kind is last.kind and base.end_on < last.start_on)


def _as_many_days(base: Period, whole: Period) -> Against:
    """The first days of ``whole``, as many as ``base`` has."""
    end = min(whole.end_on, whole.start_on + timedelta(days=base.days - 1))
    return _named(Period(whole.start_on, end, "", Kind.RANGE), "as many days of the month named")


def _usual(base: Period) -> Against:
    if base.kind in (Kind.DAY, Kind.WEEK, Kind.WEEK_TO_DATE):
        return _weeks_back(base)
    if base.kind is Kind.YEAR_TO_DATE:
        return _year_back(base)
    return _previous(base)


def _moved(base: Period, days: int, calendar_text: str) -> Against:
    back = timedelta(days=days)
    kind = Kind.DAY if base.days == 1 else Kind.WEEK if base.kind is Kind.WEEK else Kind.RANGE
    period = Period(base.start_on - back, base.end_on - back, _span(base.start_on - back, base.end_on - back), kind)
    return Against((period,), period.label, calendar_text)


def _weeks_back(base: Period) -> Against:
    weeks = -(-base.days // 7)
    if base.days == 1:
        return _moved(base, 7, "the same weekday one week earlier")
    if base.kind is Kind.WEEK:
        return _moved(base, 7, "the week before")
    if weeks == 1:
        return _moved(base, 7, "the same weekdays one week earlier")
    return _moved(base, 7 * weeks, f"the same weekdays {weeks} weeks earlier")


def _months_back(base: Period) -> Against:
    if base.kind is Kind.MONTH or (base.kind is Kind.MONTH_TO_DATE and is_retail(base)):
        return _previous(base)
    return _dates_back(base, 1, "the same date one month earlier", "the same dates one month earlier")


def _quarter_back(base: Period) -> Against:
    if base.kind in (Kind.QUARTER, Kind.QUARTER_TO_DATE):
        return _previous(base)
    return _dates_back(base, 3, "the same date three months earlier", "the same dates three months earlier")


def _year_back(base: Period) -> Against:
    if is_retail(base):
        return _named(*retail_year_back(base))
    if base.kind is Kind.WEEK:
        return _moved(base, 364, "the same weekdays 52 weeks earlier")
    if base.kind in (Kind.MONTH, Kind.QUARTER, Kind.YEAR):
        end = add_months(base.end_on + timedelta(days=1), -12) - timedelta(days=1)
        period = Period(add_months(base.start_on, -12), end, "", base.kind)
        return _named(period, f"the same {base.kind.value} one year earlier")
    return _dates_back(base, 12, "the same date one year earlier", "the same dates one year earlier")


def _dates_back(base: Period, months: int, one: str, many: str) -> Against:
    start, end = add_months(base.start_on, -months), add_months(base.end_on, -months)
    kind = Kind.DAY if base.days == 1 else Kind.RANGE
    return _named(Period(start, end, "", kind), one if base.days == 1 else many)


def _day_back(base: Period) -> Against:
    if base.days == 1:
        return _moved(base, 1, "the day before")
    return _previous(base)


def _previous(base: Period) -> Against:
    start = base.start_on
    if is_retail(base) and base.kind not in (Kind.WEEK_TO_DATE, Kind.YEAR_TO_DATE):
        return _named(*retail_before(base))
    if base.kind is Kind.MONTH:
        before = add_months(start, -1)
        return _named(cal.month(before.year, before.month), "the month before")
    if base.kind is Kind.QUARTER:
        before = add_months(start, -3)
        return _named(cal.quarter(before.year, (before.month + 2) // 3), "the quarter before")
    if base.kind is Kind.YEAR:
        return _named(cal.year(start.year - 1), "the year before")
    if base.kind is Kind.WEEK_TO_DATE:
        return _weeks_back(base)
    if base.kind is Kind.MONTH_TO_DATE:
        return _months_back(base)
    if base.kind is Kind.YEAR_TO_DATE:
        return _year_back(base)
    if base.kind is Kind.QUARTER_TO_DATE:
        first = add_months(start, -3)
        last = min(first + timedelta(days=base.days - 1), start - timedelta(days=1))
        return _named(Period(first, last, "", Kind.RANGE), "as many days of the quarter before")
    if base.days == 1:
        return _moved(base, 1, "the day before")
    if base.days == 2 and start.weekday() == SATURDAY:
        return _moved(base, 7, "the weekend before")
    return _moved(base, base.days, f"the {base.days} days before")


def _norm(base: Period) -> Against:
    if base.days > 7:
        raise PeriodError("The four-week norm is for a day or a week; for longer periods compare with the one before.")
    periods = tuple(_moved(base, 7 * weeks, "").periods[0] for weeks in range(1, NORM_WEEKS + 1))
    what = "the same weekday" if base.days == 1 else "the same days"
    return Against(periods, "the four-week norm", f"the mean of {what} in the {NORM_WEEKS} weeks before")


def _named(period: Period, calendar_text: str) -> Against:
    label = _span(period.start_on, period.end_on)
    return Against((Period(period.start_on, period.end_on, label, period.kind),), label, calendar_text)


def _span(start: date, end: date) -> str:
    return cal.single(start).label if start == end else f"{cal.day_text(start)} to {cal.day_text(end)}"
