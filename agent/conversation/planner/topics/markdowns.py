"""Questions for what to mark down. A price change itself (“mark down X by 10 %”) is read before any topic."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

TOOL = "markdown_candidates"
_DOWN = (
    "(?:mark(?:ed|ing)?[- ]?downs?|clearances?|price cuts?|put on (?:sale|clearance|offer)|clear(?:ed)? out"
    r"|liquidat\w+)"
)
_ASKS = (
    r"(?:plans?|strateg\w+|schedules?|candidates?|recommend\w*|suggest\w*|ideas?|proposals?|lists?|priorit\w+"
    r"|opportunit\w+|advice|options?)"
)
_SUBJECT = re.compile(
    rf"\b{_DOWN}\b.{{0,30}}\b{_ASKS}\b|\b{_ASKS}\b.{{0,30}}\b{_DOWN}\b|\b(?:what|which)\b.{{0,40}}\b(?:should|could"
    rf"|can|to|need\w*|must|ought)\b.{{0,25}}\b(?:{_DOWN}|discount|mark down)\b"
    r"|\b(?:what|which)\b.{0,40}\bneeds? (?:a |to be )?(?:mark(?:ed)? ?down|discounted|markdown)\b|\bhow (?:should|can"
    r"|could|do) (?:we|i) (?:get rid of|clear|mark down|move|sell off)\b.{0,40}\b(?:stock|inventory|items|products)\b"
    r"|\b(?:dead|slow|old|aged|excess|surplus|over)[- ]?(?:stock\w*|inventory|movers)\b.{0,40}\b(?:mark\w* ?down"
    r"|discount\w*|clearance)\b|\bhow (?:much|deep|deeply|far) (?:should|can|could) (?:we|i) (?:mark down"
    r"|discount)\b.{0,30}\b(?:stock|inventory|overstock|slow)\w*\b"
)
_NOT_OURS = re.compile(
    r"\bwhy\b|\b(?:given|gave|took|rate|optimal|employees?|cashiers?|next)\b|\bby \d+(?:\.\d+)? ?(?:%|percent"
    "|per cent)"
)
_DEAD = re.compile(r"\bdead\b|\b(?:not|n't|never|un)[- ]?(?:sold|selling|moved)\b|\bno sales\b")
_WEEKS = re.compile(r"\b(?:in|within|over) (?:the next )?(?P<weeks>\d{1,2}) weeks\b")
_LEAST = re.compile(
    r"\b(?:with |keep(?:ing)? |leav(?:e|ing) )?(?:at least |a? ?min(?:imum)?(?: of)? "
    r"|no less than )(?:a )?(?P<percent>\d{1,2}) ?(?:%|percent|per cent)(?: gross)? margins?\b|\bmargin floor (?:of "
    r"|at )?(?P<floor>\d{1,2}) ?(?:%|percent|per cent)"
)
_DEEPEST = re.compile(
    r"\b(?:no deeper than|at most|up to|max(?:imum)?(?: of)?|no more than) (?P<percent>\d{1,2}) ?(?:%|percent"
    "|per cent)(?: off)?"
)
_PRESENT = re.compile(r"today|this (?:week|month|morning|afternoon)|right now|tonight")
_CLAIMED = re.compile(
    rf"\b(?:{_DOWN}|{_ASKS}|mark(?:ed|ing)?|discount\w*|dead|slow(?:est|ly)?|old|aged|excess|surplus|over ?-?stock\w*"
    r"|stock|inventory|slow[- ]mov\w+|movers|clear(?:ed|ing)?|get rid of|sell off|should|could|can|needs?|needed|must"
    "|ought|be|being|not sold|never sold|unsold|not selling|no sales|how deep|deep|depth|by how much|much|price"
    r"|prices|make|build|create|draft|propose|prepare|sell|first|optimi[sz]\w+|sitting|on hand|weeks?|of cover|too"
    r"|have|build up)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about what to mark down; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _SUBJECT.search(whole) or _NOT_OURS.search(whole):
        return None
    args: dict[str, Any] = {"dead_only": True if _DEAD.search(whole) else None}
    weeks, least, deepest = reading.take(_WEEKS), reading.take(_LEAST), reading.take(_DEEPEST)
    if weeks:
        args["clear_in_weeks"] = int(weeks["weeks"])
    if least:
        args["least_margin_pct"] = int(least["percent"] or least["floor"])
    if deepest:
        args["deepest_pct"] = int(deepest["percent"])
    slots = take_slots(reading, around, _CLAIMED)
    left = slots.unknown or split_left(reading)
    if left or (slots.period and not _PRESENT.fullmatch(slots.period)):
        return not_understood(left or slots.period or "")
    return calls_for(TOOL, {**args, **slots.args("stores", "limit", "product", "department")}, [])
