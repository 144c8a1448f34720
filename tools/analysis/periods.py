"""The language of periods: from "last week" or "between 3 and 9 May" to business dates.

Pure: the caller says what day it is in the store. "Last N days" are complete days up to yesterday, "last N weeks"
and "last N months" complete calendar ones; "this week" and everything "to date" ends today. A date or month without
a year is the most recent one. A period that has begun and not ended is cut at today and says "so far".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tools.analysis import calendar as cal
from tools.analysis.calendar import Kind, OutsideDataError, Period, PeriodError, day_text
from tools.analysis.day_phrases import month_number, spoken_day, written_date
from tools.analysis.holiday_phrases import holiday_phrase
from tools.analysis.numeric_dates import days_of_week, in_words, part_of_month, plainly
from tools.analysis.phrase_words import EXAMPLES, normalise
from tools.analysis.retail_calendar import retail_phrase
from tools.analysis.seasons import season_phrase
from tools.analysis.within_data import within_data

_LONGEST_DAYS = 3660
_TO_DATE = {
    Kind.WEEK: Kind.WEEK_TO_DATE,
    Kind.MONTH: Kind.MONTH_TO_DATE,
    Kind.QUARTER: Kind.QUARTER_TO_DATE,
    Kind.YEAR: Kind.YEAR_TO_DATE,
}


@dataclass(frozen=True, slots=True)
class _Asked:
    today: date
    week_start: int
    data_start: date | None
    south: bool = False


def resolve_period(
    phrase: str,
    *,
    today: date,
    week_start: int = 0,
    data_start: date | None = None,
    data_end: date | None = None,
    south: bool = False,
) -> Period:
    """The business dates that ``phrase`` means.

    Args:
        phrase: a person's words, any case.
        today: the store's business date now.
        week_start: the weekday a week starts on, 0 for Monday.
        data_start: the first business date there is data for, if known.
        data_end: the last one, if known.
        south: whether winter is in July.

    Raises:
        PeriodError: the phrase is no period; the message says what would be.
        OutsideDataError: it is one, but in the future, before the data begins or after it ends.
    """
    text = plainly(in_words(normalise(phrase)), today)
    if not text:
        raise PeriodError(f"Say which period you mean: for example {EXAMPLES}.")
    try:
        period = _read(text, _Asked(today, week_start, data_start, south))
    except OverflowError as error:
        raise PeriodError("That reaches beyond the calendar; ask for something nearer.") from error
    if period is None:
        shown = phrase.strip() if len(phrase.strip()) <= 60 else phrase.strip()[:60] + "…"
        raise PeriodError(f"“{shown}” is not a period I understand. Say it like {EXAMPLES}.")
    return within_data(_cut_at_today(period, today), data_start, data_end, week_start, today)


def _read(text: str, asked: _Asked) -> Period | None:
    if re.match(r"(?:tomorrow|next )", text) or " from now" in text:
        raise OutsideDataError(
            "That is in the future: sales are only known up to today. A forecast is another question."
        )
    if (
        known := spoken_day(text, today=asked.today, week_start=asked.week_start)
        or (_NAMED[text](asked) if text in _NAMED else None)
        or retail_phrase(text, asked.today)
        or holiday_phrase(text, asked.today, asked.week_start)
        or season_phrase(text, asked.today, south=asked.south)
        or part_of_month(text, asked.today)
        or days_of_week(text, asked.today)
    ):
        return known
    for form, reader in _FORMS:
        if (found := form.fullmatch(text)) and (period := reader(found, asked)):
            return period
    return None


def _cut_at_today(period: Period, today: date) -> Period:
    if period.start_on > today:
        raise OutsideDataError(
            f"{_capital(period.label)} is in the future: sales are only known up to today, {day_text(today)}.",
            to_come=True,
        )
    if period.end_on <= today:
        return period
    label = period.label if period.label.endswith("so far") else f"{period.label} so far"
    return Period(period.start_on, today, label, _TO_DATE.get(period.kind, period.kind))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _to_date(start: date, asked: _Asked, label: str, kind: Kind) -> Period:
    return Period(start, asked.today, label, kind)


def _this_week(asked: _Asked) -> Period:
    return _to_date(cal.week_of(asked.today, asked.week_start), asked, "this week so far", Kind.WEEK_TO_DATE)


def _this_month(asked: _Asked) -> Period:
    return _to_date(asked.today.replace(day=1), asked, "this month so far", Kind.MONTH_TO_DATE)


def _this_quarter(asked: _Asked) -> Period:
    start = cal.quarter(asked.today.year, (asked.today.month + 2) // 3).start_on
    return _to_date(start, asked, "this quarter so far", Kind.QUARTER_TO_DATE)


def _this_year(asked: _Asked) -> Period:
    return _to_date(date(asked.today.year, 1, 1), asked, "this year so far", Kind.YEAR_TO_DATE)


_THIS = {"week": _this_week, "month": _this_month, "quarter": _this_quarter, "year": _this_year}


def _back(unit: str, count: int, asked: _Asked) -> Period:
    """The one whole calendar unit ``count`` before the present one."""
    label = f"last {unit}" if count == 1 else f"the {unit} before last" if count == 2 else f"{count} {unit}s ago"
    start = _THIS[unit](asked).start_on
    if unit == "week":
        whole = cal.week(start - timedelta(weeks=count), label)
    elif unit == "month":
        first = cal.add_months(start, -count)
        whole = cal.month(first.year, first.month)
    elif unit == "quarter":
        first = cal.add_months(start, -3 * count)
        whole = cal.quarter(first.year, (first.month + 2) // 3)
    else:
        whole = cal.year(start.year - count)
    return Period(whole.start_on, whole.end_on, label if count < 3 or unit == "week" else whole.label, whole.kind)


def _last_many(found: re.Match[str], asked: _Asked) -> Period:
    count, unit = int(found["n"] or 1), found["unit"]
    if (
        not 1
        <= count * {"day": 1, "week": 7, "fortnight": 14, "month": 31, "quarter": 92, "year": 366}[unit]
        <= (_LONGEST_DAYS)
    ):
        raise PeriodError("A period is at least one day and at most ten years.")
    if unit in ("day", "fortnight"):
        count *= 14 if unit == "fortnight" else 1
        yesterday = asked.today - timedelta(days=1)
        return Period(yesterday - timedelta(days=count - 1), yesterday, f"the last {count} days", Kind.RANGE)
    if count == 1:
        return _back(unit, 1, asked)
    first, last = _back(unit, count, asked), _back(unit, 1, asked)
    return Period(first.start_on, last.end_on, f"the last {count} {unit}s", Kind.RANGE)


def _weekend(asked: _Asked, *, complete: bool) -> Period:
    """The latest weekend that has begun, or with ``complete`` the latest that is over."""
    saturday = asked.today - timedelta(days=(asked.today.weekday() - 5) % 7)
    if complete and saturday + timedelta(days=1) >= asked.today:
        saturday -= timedelta(days=7)
    return Period(saturday, saturday + timedelta(days=1), "last weekend" if complete else "the weekend", Kind.RANGE)


def _weekend_before_last(asked: _Asked) -> Period:
    last, week = _weekend(asked, complete=True), timedelta(days=7)
    return Period(last.start_on - week, last.end_on - week, "the weekend before last", Kind.RANGE)


def _everything(asked: _Asked) -> Period:
    if asked.data_start is None:
        raise PeriodError("Say from when: for example “since 1 July” or “this year”.")
    return Period(asked.data_start, asked.today, "all the data there is", Kind.RANGE)


_NAMED: dict[str, Callable[[_Asked], Period]] = {
    "weekend": lambda asked: _weekend(asked, complete=False),
    "this weekend": lambda asked: _weekend(asked, complete=False),
    "last weekend": lambda asked: _weekend(asked, complete=True),
    "weekend before last": _weekend_before_last,
    "all time": _everything,
    "ever": _everything,
    "since beginning": _everything,
    "since the beginning": _everything,
}
for _unit, _short in (("week", "wtd"), ("month", "mtd"), ("quarter", "qtd"), ("year", "ytd")):
    for _words in (
        _short, f"this {_unit}", f"{_unit} to date", f"this {_unit} so far", f"so far this {_unit}", f"{_unit} so far",
        f"so far in the {_unit}", f"so far in this {_unit}", f"so far for the {_unit}", f"so far the {_unit}",
        f"this {_unit} to date", f"current {_unit}",
    ):  # fmt: skip
        _NAMED[_words] = _THIS[_unit]
_NAMED["today so far"] = _NAMED["so far today"] = lambda asked: cal.single(asked.today, "today")


def _numbered_week(found: re.Match[str], asked: _Asked) -> Period:
    number = int(found["n"])
    if not 1 <= number <= 53:
        raise PeriodError(f"There is no week {number}: weeks are numbered 1 to 53.")
    if found["year"]:
        exact = cal.iso_week(int(found["year"]), number)
        if exact is None:
            raise PeriodError(f"{found['year']} has no week {number}.")
        return exact
    this = asked.today.isocalendar().year
    weeks = (cal.iso_week(candidate, number) for candidate in range(this, this - 8, -1))
    return next(week for week in weeks if week is not None and week.start_on <= asked.today)


def _numbered_quarter(found: re.Match[str], asked: _Asked) -> Period:
    number = int(found["n"])
    if found["year"]:
        return cal.quarter(int(found["year"]), number)
    this = cal.quarter(asked.today.year, number)
    return this if this.start_on <= asked.today else cal.quarter(asked.today.year - 1, number)


def _half(found: re.Match[str], asked: _Asked) -> Period:
    number = int(found["n"])
    chosen = int(found["year"] or asked.today.year)
    if not found["year"] and date(chosen, 6 * number - 5, 1) > asked.today:
        chosen -= 1
    start = date(chosen, 6 * number - 5, 1)
    return Period(start, cal.add_months(start, 6) - timedelta(days=1), f"H{number} {chosen}", Kind.RANGE)


def _named_month(found: re.Match[str], asked: _Asked) -> Period:
    number = month_number(found["month"])
    if found["year"]:
        return cal.month(int(found["year"]), number)
    if found["last"]:
        before = asked.today.year if number < asked.today.month else asked.today.year - 1
        return cal.month(before, number)
    return cal.month(asked.today.year if number <= asked.today.month else asked.today.year - 1, number)


def _written_month(found: re.Match[str], _: _Asked) -> Period:
    number = int(found["n"])
    if not 1 <= number <= 12:
        raise PeriodError(f"There is no month {number}.")
    return cal.month(int(found["year"]), number)


def _written_year(found: re.Match[str], _: _Asked) -> Period:
    return cal.year(int(found["year"]))


def _units_ago(found: re.Match[str], asked: _Asked) -> Period:
    count = int(found["n"])
    if count == 0 or count > 600:
        raise PeriodError("That is too far back, or not back at all.")
    return _back(found["unit"], count, asked)


def _before_last(found: re.Match[str], asked: _Asked) -> Period:
    return _back(found["unit"], 2, asked)


def _week_holding(found: re.Match[str], asked: _Asked) -> Period | None:
    day = spoken_day(found["day"], today=asked.today, week_start=asked.week_start)
    if day is None:
        return None
    first = cal.week_of(day.start_on, asked.week_start)
    return cal.week(first, f"the week of {day_text(first)}")


def _since(found: re.Match[str], asked: _Asked) -> Period | None:
    start = _read(found["start"], asked)
    if start is None:
        return None
    _cut_at_today(start, asked.today)
    return Period(start.start_on, asked.today, f"since {day_text(start.start_on)}", Kind.RANGE)


def _one_end(found: re.Match[str], asked: _Asked) -> Period | None:
    """Everything up to a day, before it or after it: “until 10 October”, “before October”, “after 15 November”."""
    limit = _read(found["limit"], asked)
    if limit is None:
        return None
    if found["edge"] == "after":
        start = limit.end_on + timedelta(days=1)
        return Period(start, asked.today, f"since {day_text(start)}", Kind.RANGE)
    end = limit.start_on - timedelta(days=1) if found["edge"] == "before" else limit.end_on
    start = _everything(asked).start_on
    if end < start:
        raise OutsideDataError(f"There is no data up to {day_text(end)}: it begins on {day_text(start)}.")
    return Period(start, end, f"{day_text(start)} to {day_text(end)}", Kind.RANGE)


def _days_of_month(found: re.Match[str], asked: _Asked) -> Period:
    first, last = int(found["a"]), int(found["b"])
    rest = f"{found['month']} {found['year'] or ''}".strip()
    start = written_date(f"{first} {rest}", today=asked.today)
    if start is None or first > last:
        raise PeriodError(f"Day {last} is before day {first}; say the earlier one first.")
    end = written_date(f"{last} {found['month']}", today=asked.today, year=start.year)
    return _range(start, end or start)


def _from_to(found: re.Match[str], asked: _Asked) -> Period | None:
    a, b = found["a"].removeprefix("the "), found["b"].removeprefix("the ")
    end_year = re.search(r"\b(\d{4})$", b)
    start_year = None
    if end_year and not re.search(r"\d{4}", a):
        start_year = int(end_year[1])
    start = written_date(a, today=asked.today, year=start_year)
    if start is None:
        spoken = _read(a, asked)
        start = spoken.start_on if spoken else None
    if start is None:
        return None
    end = written_date(b, today=asked.today, not_before=start)
    if end is None:
        spoken = _read(b, asked)
        end = spoken.end_on if spoken else None
    if end is None:
        return None
    if start_year and start > end:
        start = cal.add_months(start, -12)
    if end.year > start.year and end > asked.today and not re.search(r"\d{4}", b):
        end = cal.add_months(end, -12)
    return _range(start, end)


def _range(start: date, end: date) -> Period:
    if end < start:
        raise PeriodError(f"{day_text(end)} is before {day_text(start)}; say the earlier day first.")
    if (end - start).days >= _LONGEST_DAYS:
        raise PeriodError("A period is at most ten years.")
    if start == end:
        return cal.single(start)
    return Period(start, end, f"{day_text(start)} to {day_text(end)}", Kind.RANGE)


_UNIT = "(?P<unit>week|month|quarter|year)"
_YEAR = r"(?:(?: of| in|,)? ?(?P<year>\d{4}))?"
_MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in cal.MONTHS[1:]) + "|sept)"
_TO = r" ?(?:-|to|until|till|through|and) ?"
_NTH = r"(?:st|nd|rd|th)?"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Asked], Period | None]], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"last (?P<n>\d{1,6} )?(?P<unit>day|week|fortnight|month|quarter|year)s?", _last_many),
        (r"(?P<n>\d{1,6}) (?P<unit>day|week|month|quarter|year)s?", _last_many),
        (rf"(?P<n>\d{{1,4}}) {_UNIT}s? ago", _units_ago),
        (rf"{_UNIT} before last", _before_last),
        (rf"(?:iso )?(?:week|wk|cw|w) ?(?P<n>\d{{1,3}}){_YEAR}", _numbered_week),
        (r"(?P<year>\d{4})-?w(?P<n>\d{1,2})", _numbered_week),
        (rf"q(?P<n>[1-4]){_YEAR}", _numbered_quarter),
        (rf"h(?P<n>[12]){_YEAR}", _half),
        (rf"(?:month of )?(?P<last>last )?{_MONTH}{_YEAR}(?: so far)?", _named_month),
        (r"(?P<year>\d{4})-(?P<n>\d{1,2})", _written_month),
        (r"(?:year )?(?P<year>(?:19|20)\d{2})", _written_year),
        (r"week (?:of|commencing|beginning|starting|from) (?:the )?(?P<day>.+)", _week_holding),
        (r"since (?:the )?(?P<start>.+)", _since),
        (r"(?P<start>.+?) (?:to date|onwards?|and (?:after|later))", _since),
        (r"(?P<edge>up to|(?:up )?until|till|through|thru|before|after) (?:the )?(?:end of )?(?P<limit>.+)", _one_end),
        (
            rf"(?:between |from )?(?P<a>\d{{1,2}}){_NTH}{_TO}(?:the )?(?P<b>\d{{1,2}}){_NTH} (?:of )?{_MONTH}{_YEAR}",
            _days_of_month,
        ),
        (rf"(?:between |from )?{_MONTH} (?P<a>\d{{1,2}}){_NTH}{_TO}(?P<b>\d{{1,2}}){_NTH}{_YEAR}", _days_of_month),
        (r"(?:between|from) (?P<a>.+?) (?:to|until|till|through|and|-) (?P<b>.+)", _from_to),
        (r"(?P<a>.+?) (?:to|until|till|through|-) (?P<b>.+)", _from_to),
        (r"(?P<a>\d{4}-\d{2}-\d{2})(?:-|\.\.|/)(?P<b>\d{4}-\d{2}-\d{2})", _from_to),
    )
)  # fmt: skip
