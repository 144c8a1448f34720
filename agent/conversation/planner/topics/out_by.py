"""“What will be out by Friday?”: what runs out until then, at the rate of the last weeks."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings
from tools.kinds import names_a_family

RISK = "stockout_risk"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OUT = re.compile(
    r"\b(?:be|go|run|running|going|sell|sells?|selling) (?:\w+ )?out(?: of stock)?\b.*\b(?P<by>by|before|until|till"
    rf"|on) (?:the |this |next )?(?P<day>tonight|tomorrow|weekend|end of the week|{'|'.join(_DAYS)})\b"
)
_ASKS = re.compile(r"^\W*(?:and |so )?(?:what|which|anything|will anything|show|list|do we|are we|is anything)\b")
_WORDS = re.compile(
    r"\b(?:what|which|anything|will|is|are|going to|gonna|be|go|run|running|going|sell|sells?|selling|out|of stock"
    "|stock|by|before|until|till|on|the|this|next|we|of|products?|items?|show|list|that|likely to|might|may|could"
    r"|completely)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question what is gone by a day; None for every other."""
    reading = Reading.of(text)
    found = _OUT.search(reading.text)
    if found is None or not _ASKS.search(reading.text.strip()):
        return None
    day = "this week" if found["day"] == "end of the week" else found["day"]
    until = f"before {day}" if found["by"] == "before" else day
    reading.blank(found.start("by"), found.end("day"))
    slots = take_slots(reading, around, _WORDS)
    if slots.product and names_a_family(slots.product):
        slots = replace(slots, department=slots.product, product=None)
    if slots.unknown or slots.period or slots.product:
        return not_understood(slots.unknown or slots.period or slots.product or "")
    return calls_for(RISK, {"until": until, **slots.args("stores", "department", "limit")}, [])
