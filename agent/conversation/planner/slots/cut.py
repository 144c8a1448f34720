"""Hours of the day and days that come again as conditions: “after 6 pm”, “at weekends”, “weekdays against weekends”.

The summary and the comparison know whole days only; ``sales_breakdown`` can keep to hours and weekdays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading

BREAKDOWN = "sales_breakdown"
_PARTS = {
    "early morning": (5, 9), "late morning": (9, 12), "morning": (5, 12), "lunch": (11, 14), "lunch time": (11, 14),
    "lunchtime": (11, 14), "afternoon": (12, 17), "late afternoon": (15, 18), "evening": (17, 22), "night": (20, 24),
    "dinner time": (17, 20), "dinnertime": (17, 20), "breakfast time": (6, 10), "breakfasttime": (6, 10),
}  # fmt: skip
_CLOCK = r"(\d{1,2})(?:[:.]00)? ?(am|pm|a\.m\.?|p\.m\.?|o'?clock)?"
_SPAN = re.compile(rf"(?:between|from )? ?{_CLOCK} ?(?:and|to|until|till|-) ?{_CLOCK}")
_EDGE = re.compile(rf"(before|until|till|after|since|from|past) (?:about )?{_CLOCK}")
_ONE = re.compile(rf"(?:(?:at|around|about) )?{_CLOCK}")
_NOON = (("midnight", "12 am"), ("midday", "12 pm"), ("noon", "12 pm"))
_PAIR = re.compile(
    r"\b(?P<one>weekends?|weekdays?|week days?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)(?: (?:busier|quieter"
    r"|better|worse|stronger|weaker))? (?:and|or|vs\.?|versus|against|compared? (?:to|with|against)|than"
    "|with)(?: (?:on|at|the|our))* (?P<two>weekends?|weekdays?|week days?|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)days?)\b"
)
_SINGLE_DAYS = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")


def hours_of(said: str) -> str | None:
    """A stretch of whole hours as the breakdown takes it (“17-19”); None where the words do not settle it."""
    text = re.sub(r"^(?:in|during|over|at) (?:the |our )?", "", said.strip().lower())
    part = _PARTS.get(text) or _PARTS.get(text.removesuffix("s"))
    if part:
        return f"{part[0]}-{part[1]}"
    for word, clock in _NOON:
        text = text.replace(word, clock)
    if match := _SPAN.fullmatch(text):
        half_from, half_to = match[2], match[4]
        first, last = _hour(match[1], half_from or half_to), _hour(match[3], half_to or half_from)
        if first is not None and last is not None and not half_from and half_to and first >= last:
            first = _hour(match[1], "am" if half_to.startswith("p") else "pm")
        last = 24 if last == 0 else last
        return f"{first}-{last}" if first is not None and last is not None and first < last else None
    if match := _EDGE.fullmatch(text):
        hour = _hour(match[2], match[3])
        if hour is None:
            return None
        before = match[1] in ("before", "until", "till")
        return (f"0-{hour}" if hour else None) if before else f"{hour}-24"
    if match := _ONE.fullmatch(text):
        hour = _hour(match[1], match[2])
        return None if hour is None else f"{hour}-{hour + 1}"
    return None


def _hour(number: str, half: str | None) -> int | None:
    """An hour of the day; None where morning and afternoon are not told apart."""
    hour = int(number)
    if half and half[0] in "ap":
        return None if hour > 12 else hour % 12 + 12 * (half[0] == "p")
    return hour if 13 <= hour <= 24 else None


def take_pair_of_days(reading: Reading) -> tuple[str, str] | None:
    """Two kinds of days held against each other (“weekends vs weekdays”), taken out.

    Two single days (“Saturday and Sunday”) are only that where one is meant as it comes again: “is Saturday busier than
    Sunday”, “Saturdays against Sundays”.
    """
    match = reading.find(_PAIR)
    if match is None or match["one"].rstrip("s") == match["two"].rstrip("s"):
        return None
    single = [_SINGLE_DAYS.fullmatch(day) is not None for day in (match["one"], match["two"])]
    recurring = match["one"].endswith("s") and match["two"].endswith("s")
    usually = recurring or re.search(
        r"\b(?:usually|generally|normally|typically|busier|quieter|on average)\b", reading.text
    )
    if any(single) and not usually:
        return None
    reading.blank(match.start(), match.end())
    return _plural(match["one"]), _plural(match["two"])


def _plural(day: str) -> str:
    return day if day.endswith("s") else f"{day}s"


def cut_to(
    conditions: Sequence[Sequence[Mapping[str, Any]]],
    ways: Sequence[Mapping[str, Any]],
    shared: Mapping[str, Any],
) -> Plan:
    """The breakdowns for a question about some hours or days only.

    Args:
        conditions: those of one call each, such as a weekday and its hours.
        ways: periods and parts of the range, as for ``calls_for``.
        shared: metrics, stores and a split, if any.
    """
    each = [
        {**way, **({"where": [dict(part) for part in one]} if one else {})}
        for way in (ways or [{}])
        for one in conditions
    ]
    return calls_for(BREAKDOWN, shared, each)
