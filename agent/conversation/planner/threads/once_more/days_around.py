"""“The Sunday before”, “4 weeks earlier”, “same week in October”: which days they are, by those of the answer above.

Such words are no period by themselves, and “last Sunday” would be the very Sunday that the answer was about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from agent.conversation.planner.threads.once_more.before import USUAL, usual_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.wording.words import WORD_NUMBERS
from agent.conversation.surroundings import Surroundings
from tools.analysis.calendar import MONTHS, WEEKDAYS, Period, PeriodError, add_months
from tools.analysis.periods import resolve_period
from tools.registry import catalogue

Span = tuple[date, date]
_END = r"(?=(?: (?:too|as well|also|then))?\W*$)"
_SAID = re.compile(
    rf"\b(?:on )?the (?:(?P<unit>{'|'.join(WEEKDAYS)}|day|week|month) (?P<way>before|prior|after)"
    r"(?: (?:that|then|it|this)(?: one)?)?|(?P<led>next|following) (?P<of>day|week|month)(?: after(?: that)?)?"
    rf"){_END}",
    re.IGNORECASE,
)
_SAME = r"(?:the )?same (?:day|days|weekday|weekdays|week|weeks|dates?|time|period)"
_COUNTED = re.compile(
    rf"\b(?:(?P<same>{_SAME}) )?(?P<n>\d{{1,2}}|a|an|one|two|three|four|five|six|eight|twelve|a couple of)"
    rf" (?P<unit>day|week|month)s? (?P<way>before|earlier|prior|ago|back)(?: (?:that|then|it|this))?{_END}",
    re.IGNORECASE,
)
_IN_A_MONTH = re.compile(
    rf"\b{_SAME} (?:in|of|back in|from) (?P<month>{'|'.join(MONTHS[1:])}|[a-z]{{3,4}}){_END}", re.IGNORECASE
)
_HELD = re.compile(r"\b(?:vs|versus|against|compare[ds]?|than|from|between|since|until|till|up|down)\b", re.IGNORECASE)
"""A change is asked of both, which the readers of comparisons know how to say."""
_SO_FAR_BACK = 4
_FURTHEST = 366
_LONGEST = {"day": 1, "week": 7, "month": 31, "quarter": 92}
_SHORTEST = {"month": 28, "quarter": 89}


def with_its_days(
    question: str, previous: Sequence[Call], around: Surroundings, turns: Sequence[Sequence[Call]] = ()
) -> str:
    """The question with the dates that such words mean; as it is where no days stand before or it compares two.

    Args:
        question: what is said now.
        previous: the calls of the answer before.
        around: what says which day is today.
        turns: the calls of the turns before, newest first: “the next day” is that of the day that was spoken of.
    """
    if not previous or previous[-1].failed or not around.today:
        return question
    today, last = date.fromisoformat(around.today), previous[-1]
    if (further := _COUNTED.search(question) or _IN_A_MONTH.search(question)) is not None:
        above = days_above(last, around)
        named = None if above is None else _further(further, above, today)
        return question if named is None else f"{question[: further.start()]}{named}{question[further.end() :]}"
    found = _SAID.search(question)
    if found is None or _HELD.search(question):
        return question
    unit, way = (found["unit"] or found["of"]).lower(), (found["way"] or "after").lower()
    period = str(last.args.get("period") or (usual_days(last) if last.name in USUAL else ""))
    known = f"last {unit}" if unit in ("week", "month") else "yesterday" if unit == "day" else ""
    if not period or (period == known and way != "after"):
        return question  # “the week before last” has a name of its own
    above = resolved(period, around)
    if unit == "day" and (above is None or above.days > 1):
        above = next((day for calls in turns[:_SO_FAR_BACK] if (day := _one_day(calls, around)) is not None), None)
    named = None if above is None else _near(above, unit, -1 if way != "after" else 1, today)
    return question if named is None else f"{question[: found.start()]}{named}{question[found.end() :]}"


def _one_day(calls: Sequence[Call], around: Surroundings) -> Period | None:
    said = str(calls[-1].args.get("period") or "") if not calls[-1].failed else ""
    of = resolved(said, around) if said else None
    return of if of is not None and of.days == 1 else None


def resolved(said: str, around: Surroundings) -> Period | None:
    """The days that words for a period mean; None where they mean none by themselves."""
    try:
        return resolve_period(said, today=date.fromisoformat(around.today), data_start=date.min, data_end=date.max)
    except (PeriodError, ValueError):
        return None


def days_above(last: Call, around: Surroundings) -> Period | None:
    """The days that the answer before was about, also where its question named none."""
    spec = catalogue().get(last.name)
    field = spec.arguments.model_fields.get("period") if spec is not None else None
    usual = usual_days(last) if last.name in USUAL else str(field.default) if field is not None else ""
    return resolved(str(last.args.get("period") or usual), around)


def one_earlier(of: Period, unit: str) -> Span | None:
    """The days of the answer before, one such unit earlier; None where they are longer than it."""
    if of.days > _LONGEST[unit]:
        return None
    if unit in ("day", "week"):
        back = timedelta(days=_LONGEST[unit])
        return of.start_on - back, of.end_on - back
    if of.start_on.day != 1 or of.days < _SHORTEST[unit]:
        return None  # part of a month has no month before it of its own length
    end = of.start_on - timedelta(days=1)
    return add_months(of.start_on, -1 if unit == "month" else -3), end


def before_that(last: Call, around: Surroundings) -> str | None:
    """As many days before those of the answer: the week or month before, or a span of the same length."""
    of = days_above(last, around)
    if of is None:
        return None
    whole_month = of.start_on.day == 1 and (of.end_on + timedelta(days=1)).day == 1 and of.days <= _LONGEST["month"]
    back = timedelta(days=7 if of.days == 1 else of.days)
    span = one_earlier(of, "month") if whole_month else None
    first, end = span or (of.start_on - back, of.end_on - back)
    return first.isoformat() if first == end else f"{first.isoformat()} to {end.isoformat()}"


def _further(found: re.Match[str], above: Period, today: date) -> str | None:
    """Dates some weeks before, or of the same week in another month."""
    said = found.groupdict()
    if said.get("n") is None:
        return _in_month(str(said["month"]).lower(), above, today)
    way, number = said["way"].lower(), said["n"].lower()
    many = int(number) if number.isdigit() else WORD_NUMBERS.get(number, 2 if "couple" in number else 1)
    if way in ("ago", "back") and not said["same"]:
        return None  # counted from today, which every reader knows
    if said["unit"].lower() == "month":
        whole = above.start_on.day == 1 and above.days >= _SHORTEST["month"]
        if not whole and above.days > 1:
            return None
        first = add_months(above.start_on, -many)
        end = add_months(above.end_on + timedelta(days=1), -many) - timedelta(days=1) if whole else first
        return _from_to(first, end, today)
    back = timedelta(days=many * _LONGEST[said["unit"].lower()])
    return _from_to(above.start_on - back, above.end_on - back, today) if back.days <= _FURTHEST else None


def _in_month(said: str, above: Period, today: date) -> str | None:
    """The same week, or weekday, of another month: the third Monday for the third Monday."""
    month = next((number for number, name in enumerate(MONTHS) if name and name.lower().startswith(said)), None)
    if month is None or above.days > _LONGEST["week"]:
        return None
    year = today.year - (month > today.month)
    first = date(year, month, 1)
    ahead = (above.start_on.weekday() - first.weekday()) % 7 + 7 * ((above.start_on.day - 1) // 7)
    start = first + timedelta(days=ahead)
    if start.month != month:
        start -= timedelta(days=7)
    return _from_to(start, start + timedelta(days=above.days - 1), today)


def _from_to(first: date, end: date, today: date) -> str | None:
    days = _written(first, today), _written(end, today)
    return days[0] if first == end else f"{days[0]} to {days[1]}" if None not in days else None


def _near(above: Period, unit: str, way: int, today: date) -> str | None:
    edge = above.start_on if way < 0 else above.end_on
    one_day = above.days == 1
    if unit in WEEKDAYS:
        steps = next(step for step in range(1, 8) if (edge + timedelta(days=way * step)).weekday() == _place(unit))
        return _written(edge + timedelta(days=way * steps), today)
    if unit == "day":
        return _written(edge + timedelta(days=way), today) if one_day else None
    if unit == "week":
        first = above.start_on + timedelta(days=7 * way)
        if one_day:
            return _written(first, today)
        whole = above.days <= 7 and above.start_on.weekday() == 0
        days = _written(first, today), _written(first + timedelta(days=6), today)
        return f"from {days[0]} to {days[1]}" if whole and None not in days else None
    if above.start_on.day != 1 or above.days > 31:
        return None
    month = add_months(above.start_on, way)
    return f"in {MONTHS[month.month]} {month.year}" if month <= today else None


def _place(weekday: str) -> int:
    return WEEKDAYS.index(weekday)


def _written(day: date, today: date) -> str | None:
    return f"{day.day} {MONTHS[day.month]} {day.year}" if day <= today else None
