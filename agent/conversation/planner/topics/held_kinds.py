"""Questions for the part of baskets that hold a kind of goods: own label, something on promotion."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_words import take_dimensions
from agent.conversation.planner.topics.promoted_share import ON_PROMOTION
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

BREAKDOWN, EACH = "sales_breakdown", "part_of_each"
_BASKETS = r"(?:baskets?|transactions?|orders?|trips?|receipts?|visits?|purchases?)"
_HELD = re.compile(
    rf"\b(?:how many|share|percent(?:age)?|proportion|fraction|%|part)(?: of)?(?: all| the| our)* {_BASKETS} (?:that "
    "|which |do |did )?(?:contain(?:s|ed)?|include[sd]?|have|has|had|with|hold|held)(?: at least| a| an| any| one"
    "| some)* (?P<what>(?:private[- ]label|own[- ](?:label|brand)|store[- ]brand|private brand)|promoted"
    r"|on promotion|promotion(?:al)?|discounted promotion)(?: (?:items?|products?|goods|things?))?\b"
)
_WORDS = re.compile(
    rf"\b(?:{_BASKETS}|share|percent(?:age)?|proportion|fraction|part|how many|contain(?:s|ed)?|include[sd]?|have|has"
    r"|had|with|hold|held|at least|any|one|some|items?|products?|goods|things?)(?!\w)|%"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for such a question; None for every other."""
    reading = Reading.of(text)
    held = _HELD.search(reading.text)
    if held is None or names_the_future(reading.text):
        return None
    own = re.search(r"label|brand", held["what"]) is not None
    reading.blank(held.start(), held.end())
    dimensions = take_dimensions(reading)
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or split_left(reading)
    if left:
        return not_understood(left)
    where = {"dimension": "private_label", "values": ["private label"]} if own else ON_PROMOTION
    if slots.department:
        return not_understood(slots.department)
    shared = {"metrics": ["transactions"], "where": [where], "of_total": True, **slots.args("period", "stores")}
    if len(dimensions) == 1 and dimensions[0] in ("store", "week", "month", "weekday") and not slots.product:
        each = {"by": dimensions[0], "where": [where], "metric": "transactions", **slots.args("period", "stores")}
        return calls_for(EACH, each, [])
    if dimensions:
        return not_understood(f"by {' and '.join(dimensions)}")
    return calls_for(BREAKDOWN, shared, []) if not slots.product else not_understood(slots.product)
