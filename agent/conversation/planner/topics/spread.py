"""Questions how much a figure swings from day to day, week to week or month to month; single baskets are another."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

SPREAD = "spread_over_time"
_UNIT = (
    r"\b(?:(?P<a>dai|week|month)ly|(?:per|a|each|every|by) (?P<b>day|week|month)|(?:from )?(?P<c>day|week"
    r"|month)[- ]to[- ](?P=c)|(?:from )?one (?P<d>day|week|month) to (?:the )?(?:next|another))\b"
)
_TIME = re.compile(_UNIT)
_MEASURE = re.compile(
    r"\b(?:(?:standard|std\.?) deviations?|std\.? ?dev\w*|stdevs?|variances?|variability|variation"
    r"|coefficient of variation|quartiles?|median)\b"
)
_SWINGS = re.compile(
    r"\b(?:volatil\w*|vary|varies|varied|varying|fluctuat\w*|swings?|erratic|(?:in)?consistent(?:ly)?|(?:un)?stable"
    r"|(?:un)?steady|spiky|bumpy|all over the place|steadiest)\b"
)
_RANKED = re.compile(
    rf"\b(?:(?:most|least) {_SWINGS.pattern}|steadiest)"
    r"(?: (?P<what>(?:stores?|shops?|locations?|branch(?:es)?)|departments?|(?:product )?categor(?:y|ies)))?(?= |\W*$)"
)
"""Of a group it says enough, without a figure or its days: “the most stable store”."""
_BASKETS = re.compile(
    r"\b(?:baskets?|tickets?|receipts?|carts?|purchases?|prices?|(?:order|transaction) (?:values?|sizes?)|per (?:order"
    r"|transaction)|visits?|customers?|households?|employees?|cashiers?|why|forecast\w*|stock\w*|inventory|demand"
    r"|(?:items?|units) per (?!day|week|month)|discounts? per|compared?|versus|vs\.?|lead times?|deliver\w*|hourly"
    r"|hours?|quality|weather)\b"
)
_HOURS = re.compile(r"\bhourly\b|\b(?:per|by|each|every|from) hours?\b|\bhour[- ]to[- ]hour\b")
_SOLD = re.compile(r"\b(?:sales|revenue|takings|turnover|transactions|units|visitors|traffic|conversion)\b")
_OF_BASKETS = re.compile(r"\b(?:baskets?|tickets?|receipts?|carts?|(?:order|transaction) (?:values?|sizes?))\b")
NOT_BY_HOUR = (
    "I can tell how much a figure swings from day to day, week to week or month to month, not from hour to hour: "
    "hours of the day differ by themselves. For those ask “peak times last month” or “sales by hour last month”."
)
_BY_STORE = re.compile(
    r"\b(?:by|per|for each|each|every|across) (?:the |our |all )*(?:stores?|shops?|locations?|branch(?:es)?)\b"
    r"|\b(?:which|what) (?:store|shop|location|branch)(?:s|es)?(?:'s|')?\b"
)
_BY_SHELF = re.compile(
    r"\b(?:by|per|for each|each|every|across) (?:the |our |all )*(?P<a>departments?|depts?|(?:product )?categor(?:y"
    r"|ies))\b(?! of)|\b(?:which|what) (?P<b>department|category|dept)(?:s|ies)?(?:'s|')?(?= |$)"
)
_WORDS = re.compile(
    rf"{_UNIT}|{_MEASURE.pattern}|{_SWINGS.pattern}|\b(?:how|much|many|do|does|did|are|is|was|were|has|have|had|our|the|my|of"
    r"|in|for|and|sales|revenue|takings|turnover|figures?|numbers?|what(?:'s)?|which|give|me|show|tell|calculate|compute|most"
    r"|least|more|from|across|over|business|trade|very|so|it|be|been|mean|average|days?|weeks?|months?|total|net)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question how much a figure swings over time; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    unit, measured, swings = _TIME.search(whole), _MEASURE.search(whole), _SWINGS.search(whole)
    if measured and _HOURS.search(whole) and _SOLD.search(whole) and not _OF_BASKETS.search(whole):
        return Plan(text=NOT_BY_HOUR)
    ranked = _RANKED.search(whole)
    grouped = ranked and (ranked["what"] or _BY_STORE.search(whole) or _BY_SHELF.search(whole))
    sold = unit or grouped or re.search(r"\bsales\b|\brevenue\b|\btrade\b", whole)
    if not (measured and unit) and not (swings and sold):
        return None
    if _BASKETS.search(whole) or names_the_future(whole) or take_people(Reading(whole)):
        return None
    named = next((value for value in unit.groupdict().values() if value), "day") if unit else "day"
    metrics = list(take_metrics(reading)) or ["net_sales"]
    by = "store" if reading.take(_BY_STORE) is not None else None
    if by is None and ranked and ranked["what"]:
        shelf = "category" if "categor" in ranked["what"] else "department"
        by = shelf if re.match("dep|.*categor", ranked["what"]) else "store"
        reading.blank(ranked.start("what"), ranked.end("what"))
    if by is None and (group := reading.take(_BY_SHELF)) is not None:
        by = "category" if (group["a"] or group["b"]).replace("product ", "").startswith("categ") else "department"
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or split_left(reading)
    if left:
        return not_understood(left)
    shared: dict[str, Any] = {
        "each": {"dai": None, "day": None}.get(named, named),
        "by": by,
        **slots.args("period", "stores", "product", "department"),
    }
    return calls_for(SPREAD, shared, [{"metric": None if name == "net_sales" else name} for name in metrics])
