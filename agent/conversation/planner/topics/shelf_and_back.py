"""Stock on the sales floor and in the back room: both of one product, or what is in the back and not out front."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.stock_words import LEVELS, OUT
from agent.conversation.surroundings import Surroundings

_BACK = r"(?:back ?rooms?|stock ?rooms?|store ?rooms?|(?:the |in )?back(?= (?:but|and|vs|versus|or|not)\b|\W*$))"
_FLOOR = r"(?:(?:sales |shop )?floors?|shel(?:f|ves)|out front|front)"
_BOTH = re.compile(rf"\b{_BACK}\b.*\b{_FLOOR}\b|\b{_FLOOR}\b.*\b{_BACK}\b")
_NOT_OUT = re.compile(
    rf"\b{_BACK}\b.*\b(?:but|and|yet|while) (?:is |are |it's |they're )?(?:not|nothing|none|isn't|aren't|missing|empty"
    rf"|no)\b.*\b(?:{_FLOOR})\b|\b(?:not|missing|off|empty|isn't|aren't|nothing|gone|none"
    rf"|run out)\b.*\b{_FLOOR}\b.*\b{_BACK}\b|\b{_FLOOR}\b.*\b(?:empty|out|missing|bare)\b.*\b{_BACK}\b"
)
_OTHER = re.compile(
    r"\b(?:completely|totally|task|create|assign|move|transfer|remind|sales(?! floor)|sold|sell\w*|why|count the"
    r"|clean\w*|fixture|planogram|percent|rate|take|bring|for all)\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_BACK}|back|{_FLOOR}|stock(?:ed)?|inventory|on[- ]hand|on hand|count|counts|quantit(?:y|ies)"
    r"|units?|pieces|level|levels|split|breakdown|versus|vs\.?|and|or|in|on|of|the|our|my|is|are|how (?:many|much)"
    "|what(?:'s)?|which|products?|items?|skus?|but|not|isn't|aren't|nothing|missing|empty|no|none|have|has|do|we|i"
    "|there|show|list|give|me|compared|compare|between|with|to|for|it|that|while|yet|out|sit(?:s|ting)?|l(?:ie|ies|ying)|stands?|kept|left|both|available"
    r"|(?:and )?(?:up to )?(?:a few|some|\d|two|three|four|five) examples?|examples?|totals?|number|them|still|units"
    r"|should be|could be|can be|currently|right now|now|any|get|got|against)(?![\w-])|'s\b"
)
APART = "The shelf and the back room stand apart only where the source gives a level for each of them."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about both places; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _BOTH.search(whole) or _OTHER.search(whole):
        return None
    only_back = _NOT_OUT.search(whole) is not None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or (slots.period and slots.period not in ("today", "right now")):
        return not_understood(slots.unknown or slots.period or "")
    if only_back and not slots.product:
        return calls_for(OUT, {"where": "shelf", **slots.args("stores", "department", "limit")}, [])
    return calls_for(LEVELS, slots.args("stores", "product", "department"), [], APART)
