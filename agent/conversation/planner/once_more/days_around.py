"""“The Sunday before”, “the week before that”, “the day after”: which days they are, by the days of the answer above.

Such words are no period by themselves, and “last Sunday” would be the very Sunday that the answer was about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from agent.conversation.planner.once_more.before import USUAL, usual_days
from agent.conversation.planner.thread import Call
from agent.conversation.surroundings import Surroundings
from tools.analysis.calendar import MONTHS, WEEKDAYS, Period, PeriodError, add_months
from tools.analysis.periods import resolve_period

_SAID = re.compile(
    rf"\b(?:on )?the (?P<unit>{'|'.join(WEEKDAYS)}|day|week|month) (?P<way>before|prior|after)(?: (?:that|then|it|this)"
    r"(?: one)?)?(?=(?: (?:too|as well|also|then))?\W*$)",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:vs|versus|against|compare[ds]?|than|from|between|since|until|till|up|down)\b", re.IGNORECASE)
"""A change is asked of both, which the readers of comparisons know how to say."""


def with_its_days(question: str, previous: Sequence[Call], around: Surroundings) -> str:
    """The question with the dates that such words mean; as it is where no days stand before or it compares two.

    Args:
        question: what is said now.
        previous: the calls of the answer before.
        around: what says which day is today.
    """
    found = _SAID.search(question)
    if found is None or _HELD.search(question) or not previous or previous[-1].failed:
        return question
    last, unit = previous[-1], found["unit"].lower()
    period = str(last.args.get("period") or (usual_days(last) if last.name in USUAL else ""))
    known = f"last {unit}" if unit in ("week", "month") else "yesterday" if unit == "day" else ""
    if not period or (period == known and found["way"] != "after"):
        return question  # “the week before last” has a name of its own
    today = date.fromisoformat(around.today)
    try:
        above = resolve_period(period, today=today, data_start=date.min, data_end=date.max)
    except PeriodError:
        return question
    named = _moved(above, unit, -1 if found["way"].lower() != "after" else 1, today)
    return question if named is None else f"{question[: found.start()]}{named}{question[found.end() :]}"


def _moved(above: Period, unit: str, way: int, today: date) -> str | None:
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
