"""“Show me everything”: more than one answer holds, so the overview, and what else can be asked by itself."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.surroundings import Surroundings

_ASKS = re.compile(
    r"^\W*(?:(?:please|just|can you|could you|i (?:want|need|would like|'d like) to|let me|ok|hi|hey) )*(?:show|tell"
    r"|give|send|see|list|get|pull|report)(?: me| us)?(?: up)? (?:everything|it all|all of it|the lot|the whole lot"
    r"|absolutely everything)(?: (?:that )?(?:you(?:'ve| have)?(?: got)?|there is|we have|you know|you can))?"
    r"(?: (?:for|at|about|on|in|from))?(?: please)?\W*$"
)
_TOO_MUCH = (
    "Everything is more than one answer holds: this is the overview. Sales, margin, stock, customers, staff, "
    "promotions and tasks can each be asked by themselves."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The overview of the stores and days named; None where anything else is said."""
    reading = Reading.of(text)
    if "everything" not in reading.text and not re.search(r"\b(?:it all|all of it|lot)\b", reading.text):
        return None
    days = [one.phrase for one in take_periods(reading)]
    stores = take_stores(reading, around)
    if len(days) > 1 or _ASKS.match(reading.rest()) is None:
        return None
    args = {"period": days[0] if days else None, "stores": stores}
    return Plan((("business_overview", {key: said for key, said in args.items() if said}),), opening=_TOO_MUCH)
