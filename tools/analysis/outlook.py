"""Days that have not been, by the mean of the same weekdays before them, and how far off that was in the past. Pure.

The mean of the last eight same weekdays is a seasonal mean, not a model: it knows weekdays and the present level, and
nothing of holidays, promotions or a trend. What it is worth is measured, not assumed: the same reckoning is repeated
for every like span that is over, and its range and mean error are those it had there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tools.analysis.calendar import PeriodError, add_months, day_text, week_of
from tools.analysis.holiday_phrases import holidays_between
from tools.analysis.phrase_words import normalise
from tools.analysis.until import resolve_until

WEEKS = 8
"""How many same weekdays are taken the mean of."""
FURTHEST = 92
"""So many days ahead at most."""
FEWEST_TRIALS = 8
"""With fewer like spans in the past no range is given."""
EXAMPLES = "“tomorrow”, “next week”, “the next 30 days”, “the rest of this month”, “next month”"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_MANY = re.compile(
    r"(?:the )?(?:(?:next|coming|upcoming|following) )?(?P<n>\d{1,3}|"
    + "|".join(_NUMBERS)
    + r") (?P<unit>day|week|month)s?"
)
_NEXT = re.compile(r"(?:the )?(?:next|coming|upcoming|following) (?P<unit>week|month|weekend|quarter)")
_MONTH = re.compile(r"(?:next )?(?P<name>[a-z]+)(?: (?P<year>20\d\d))?")
_QUARTER = re.compile(r"q(?P<n>[1-4])")
_REST = re.compile(
    r"(?:(?:the )?(?:rest|remainder|end) of )?(?:the |this |current )?(?P<unit>week|month|weekend|quarter)(?:s? end)?"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Days to come, both ends counted, and from when on they count as one whole with days that are over."""

    start_on: date
    end_on: date
    label: str
    begun_on: date

    @property
    def days(self) -> list[date]:
        """Every day, in order."""
        return [self.start_on + timedelta(number) for number in range((self.end_on - self.start_on).days + 1)]


@dataclass(frozen=True, slots=True)
class Series:
    """The value of every day with sales of some stores that began together, on ``first_on``.

    A day after it that is absent is nought. Stores that began later are a series of their own: the days before they
    opened are no days without sales.
    """

    daily: Mapping[date, Decimal]
    first_on: date


@dataclass(frozen=True, slots=True)
class Trial:
    """The same reckoning for a span that is over: what it expected and what came."""

    expected: Decimal
    actual: Decimal


def coming_span(phrase: str, *, today: date, week_start: int = 0) -> Span:
    """The days to come that a phrase means; those of a week or month that has begun are its rest, today included.

    Raises:
        PeriodError: it is no such phrase, it is over, or it reaches more than 92 days ahead.
    """
    text = re.sub(
        r"^(?:for|in|by|over|during|on|until|through|within) ", "", normalise(" ".join(phrase.lower().split()))
    )
    found = _coming(text, today, week_start)
    if found is None:
        raise PeriodError(f"“{phrase.strip()[:60]}” are no days to come that I understand. Say it like {EXAMPLES}.")
    if (found.end_on - today).days > FURTHEST:
        raise PeriodError(f"I look at most {FURTHEST} days ahead; {day_text(found.end_on)} is further.")
    return found


def _coming(text: str, today: date, week_start: int) -> Span | None:
    monday = week_of(today, week_start)
    if text in ("today", "tonight"):
        return Span(today, today, "today", today)
    if text == "tomorrow":
        day = today + timedelta(1)
        return Span(day, day, "tomorrow", day)
    if found := _MANY.fullmatch(text):
        count = int(found["n"]) if found["n"].isdigit() else _NUMBERS[found["n"]]
        end = (
            add_months(today, count)
            if found["unit"] == "month"
            else today + timedelta(count * (7 if found["unit"] == "week" else 1))
        )
        start = today + timedelta(1)
        label = f"the next {count} {found['unit']}s" if count > 1 else f"the next {found['unit']}"
        return Span(start, end, label, start) if end >= start else None
    if found := _NEXT.fullmatch(text):
        return _unit(found["unit"], today, monday, later=True)
    if found := _REST.fullmatch(text):
        return _unit(found["unit"], today, monday, later=False)
    if found := _QUARTER.fullmatch(text):
        first = date(today.year, 3 * int(found["n"]) - 2, 1)
        first = first if add_months(first, 3) > today else add_months(first, 12)
        return Span(max(first, today), add_months(first, 3) - timedelta(1), f"Q{found['n']} {first.year}", first)
    if text in ("holiday season", "the holiday season", "holidays", "the holidays"):
        autumn = holidays_between(date(today.year, 11, 15), date(today.year, 12, 1))
        first = next(day for day, name in autumn if name == "Thanksgiving")
        label = "the holiday season, Thanksgiving to New Year's Eve"
        return Span(max(first, today), date(today.year, 12, 31), label, first)
    named = _MONTH.fullmatch(text)
    if named and named["name"] in _MONTHS:
        number = _MONTHS.index(named["name"]) + 1
        first = date(int(named["year"] or today.year + (number < today.month)), number, 1)
        end = add_months(first, 1) - timedelta(1)
        return Span(max(first, today), end, f"{first:%B} {first.year}", first)
    return _day(text, today, week_start)


def _unit(unit: str, today: date, monday: date, *, later: bool) -> Span:
    if unit == "weekend":
        saturday = monday + timedelta(5)
        if later and today >= saturday - timedelta(1):
            saturday += timedelta(7)
        start = max(saturday, today)
        return Span(start, saturday + timedelta(1), "the weekend", start)
    if unit == "week":
        first = monday + timedelta(7 * later)
        end = first + timedelta(6)
    elif unit == "month":
        first = add_months(today.replace(day=1), int(later))
        end = add_months(first, 1) - timedelta(1)
    else:
        first = add_months(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3 * later)
        end = add_months(first, 3) - timedelta(1)
    label = f"next {unit}" if later else f"this {unit}"
    return Span(max(first, today), end, label, first)


def _day(text: str, today: date, week_start: int) -> Span | None:
    """A single coming day, or the week of a holiday: “Friday”, “24 December”, “Thanksgiving”, “Christmas week”."""
    name = text.removeprefix("the ").removeprefix("week of ")
    whole_week = name.endswith(" week") or "week of " in text
    name = name.removesuffix(" week")
    for day, holiday in holidays_between(today, today + timedelta(366)):
        if name in (holiday.lower(), holiday.lower().removesuffix(" day")):
            if whole_week:
                first = week_of(day, week_start)
                return Span(max(first, today), first + timedelta(6), f"the week of {holiday}", first)
            return Span(day, day, holiday, day)
    try:
        day = resolve_until(text, today=today, week_start=week_start)
    except PeriodError:
        return None
    return Span(day, day, day_text(day), day)


def expected(daily: Mapping[date, Decimal], known_to: date, days: Sequence[date], first_on: date) -> Decimal | None:
    """What ``days`` come to if each is like the mean of the last eight same weekdays up to ``known_to``.

    Args:
        daily: the value of every day with sales; a day between ``first_on`` and ``known_to`` that is absent is nought.
        known_to: the last day that may be looked at.
        days: the days to come.
        first_on: the first day with data.

    Returns:
        None where fewer than four same weekdays are known for one of the days.
    """
    means: dict[int, Decimal] = {}
    for weekday in {day.weekday() for day in days}:
        last = known_to - timedelta((known_to.weekday() - weekday) % 7)
        past = [last - timedelta(7 * number) for number in range(WEEKS)]
        known = [daily.get(day, Decimal(0)) for day in past if day >= first_on]
        if len(known) < WEEKS // 2:
            return None
        means[weekday] = sum(known, Decimal(0)) / len(known)
    return sum((means[day.weekday()] for day in days), Decimal(0))


def expected_together(series: Sequence[Series], known_to: date, days: Sequence[date]) -> Decimal | None:
    """What ``days`` come to over several series, those too new to say left out; None where that leaves none."""
    known = [
        value for one in series if (value := expected(one.daily, known_to, days, one.first_on)) is not None
    ]  # fmt: skip
    return sum(known, Decimal(0)) if known else None


def trials(series: Sequence[Series], known_to: date, days: Sequence[date]) -> list[Trial]:
    """The same reckoning for every like span that is over, a week apart, newest first.

    A like span begins on the same weekday, is as long, and lies as far after the last day looked at. A series that was
    too new then is left out of what was expected and of what came.
    """
    made: list[Trial] = []
    first_on = min(one.first_on for one in series)
    back = max(-(-(days[-1] - known_to).days // 7), 1)
    while True:
        shifted = [day - timedelta(7 * back) for day in days]
        cut = known_to - timedelta(7 * back)
        if cut - timedelta(7 * WEEKS) < first_on:
            return made
        if shifted[-1] <= known_to:
            told = [(one.daily, expected(one.daily, cut, shifted, one.first_on)) for one in series]
            known = [(daily, guess) for daily, guess in told if guess is not None]
            came = sum((daily.get(day, Decimal(0)) for daily, _ in known for day in shifted), Decimal(0))
            if known:
                made.append(Trial(sum((guess for _, guess in known), Decimal(0)), came))
        back += 1


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds between which a further span is expected eight times in ten; the mean error in per cent of what came."""

    low: Decimal
    high: Decimal
    error_pct: Decimal
    trials: int


def range_of(value: Decimal, made: Sequence[Trial]) -> Range | None:
    """The bounds for a value, from how the trials came out; None with fewer than eight that expected something."""
    usable = [trial for trial in made if trial.expected > 0]
    if len(usable) < FEWEST_TRIALS or value <= 0:
        return None
    ratios = sorted(trial.actual / trial.expected for trial in usable)
    came = sum((trial.actual for trial in usable), Decimal(0))
    if came <= 0:
        return None
    off = sum((abs(trial.actual - trial.expected) for trial in usable), Decimal(0))
    low, high = (value * _quantile(ratios, tenths) for tenths in (1, 9))
    return Range(low, high, 100 * off / came, len(usable))


def _quantile(ordered: Sequence[Decimal], tenths: int) -> Decimal:
    """By linear interpolation between places of ``n + 1`` (definition 6 of Hyndman and Fan, 1996), not beyond the ends.

    Of spans that are alike, a further one lies between two such quantiles as often as their names say; between those
    by places of ``n - 1``, which describe the spans at hand, it does so less often, the fewer they are.
    """
    whole, rest = divmod((len(ordered) + 1) * tenths, 10)
    below, above = (ordered[min(max(place, 1), len(ordered)) - 1] for place in (whole, whole + 1))
    return below + (above - below) * rest / 10
