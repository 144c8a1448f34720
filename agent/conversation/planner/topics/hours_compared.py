"""“Visitors until noon today compared with last Monday”: the same hours of two days or spans, side by side."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.cut import cut_to, hours_of
from agent.conversation.planner.slots.daytime import take_time_of_day
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_taken import compared
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

_HELD = re.compile(r"\b(?:compared (?:to|with)|versus|vs\.?|against|than)\b")
_OTHER = re.compile(
    r"\b(?:why|by|per|each|which|best|worst|average day|customers? who|stores? (?:that|with)|forecast\w*|departments?"
    r"|categor\w+|products?|employees?|payments?|tips?|tax|mornings? (?:or|and|vs)|lunch\w* (?:vs\.?|versus|and|or)"
    r"|open|close)\b"
)
_PARTS = re.compile(
    r"\b(?P<day>this|yesterday|today|(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day) (?P<part>morning|afternoon"
    r"|evening)\b"
)
_WORDS = re.compile(
    r"(?<![\w-])(?:how (?:many|much)|what|did|do|does|we|have|had|has|were|was|is|are|the|our|my|in|on|at|of|for|sales"
    r"|revenue|so far|compare|compared|to|with|versus|vs\.?|against|than|show|me|give|number|there|get|got|take|took"
    r"|more|fewer|less|same (?:time|hours?)|total|net|gross|up)(?![\w-])|'s\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The two calls for the same hours of two spans; None for every other question."""
    reading = Reading.of(_part_said_once(text.lower()))
    whole = reading.text
    if not _HELD.search(whole) or _OTHER.search(whole) or names_the_future(whole):
        return None
    said = take_time_of_day(reading)
    hours = hours_of(said) if said else None
    if hours is None or take_time_of_day(Reading(reading.text, reading.source)) is not None:
        return None
    other, period = compared(reading)
    metrics = take_metrics(reading)
    slots = take_slots(reading, around, _WORDS)
    period = period or slots.period
    if not other or not period or other == period or slots.unknown or slots.product or slots.department or slots.limit:
        return None
    if other.startswith(("the same", "same", "the ", "usual", "norm")) and not re.fullmatch(
        r"(?:the )?day before(?: yesterday)?", other
    ):
        return None
    if other in ("the day before", "day before"):
        if period != "yesterday":
            return None
        other = "the day before yesterday"
    shared: dict[str, Any] = {"metrics": list(metrics) or None, "stores": slots.stores}
    return cut_to([[{"dimension": "hour", "values": [hours]}]], [{"period": period}, {"period": other}], shared)


def _part_said_once(text: str) -> str:
    """“This morning vs yesterday morning” as “in the morning today vs yesterday”; other words stay."""
    parts = {found["part"] for found in _PARTS.finditer(text)}
    if len(parts) != 1:
        return text
    plain = _PARTS.sub(lambda found: "today" if found["day"] == "this" else found["day"], text)
    return f"{plain.rstrip(' ?.!')} in the {parts.pop()}"
