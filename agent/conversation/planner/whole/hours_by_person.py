"""Who worked most or fewest hours, or more than so many: “who worked the most hours?”, “who worked over 40 hours?”.

What each worked by the time clock is told by name, most hours first or fewest. Overtime is told as
hours over the number that is named; pay and how well somebody works are not told. A strict reader: a word it does not
know ends it.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

TOOL = "attendance"
_USUAL = "last 4 weeks"
_PERSON = (
    r"(?:people|persons?|staff(?: members?)?|employees?|associates?|colleagues?|team members?|workers?|team|crew"
    r"|(?:(?:of )?my|our|the) (?:team|people|staff))"
)
_WORKED = (
    r"(?:work(?:ed|s|ing)?|clock(?:ed|s|ing)?(?: up)?|put(?:s|ting)?(?: in)?|log(?:ged|s)?"
    r"|(?:have|has|had|did|does|do|got))"
)
_END = r"(?:most|highest|longest|largest|greatest|fewest|least|lowest|shortest|smallest)"
_CLAIM = re.compile(
    rf"\b(?:who(?:ever)?|{_PERSON})\b.{{0,20}}\b{_WORKED} (?:in )?(?:the )?{_END} (?:\w+ )?hours\b"
    rf"|\b{_PERSON} (?:with|by) (?:the )?{_END} (?:\w+ )?hours\b"
    rf"|\b(?:rank|sort|order|top|list|show)(?: me)?(?: the| our| all| my)*(?: top)?(?: \d{{1,2}})? {_PERSON} by"
    rf" (?:total |number of )*(?:hours|time)(?: worked| clocked)?\b"
    rf"|\bhours (?:worked )?(?:by|per|of each|for each) {_PERSON},? (?:\w+ )?"
    rf"(?:ranked|sorted|{_END})\b"
    rf"|\b(?:most|fewest|longest) hours (?:worked|clocked) by (?:an? |one |single )*{_PERSON}\b"
)
_OTHER = re.compile(
    r"\b(?:overtime|wages?|pay|paid|schedul\w+|roster\w*|rota|sales|per hour|transactions?|hardest|best|busiest|late)\b"
)
_SO_MANY = re.compile(rf"\b(?:top |bottom )?(?P<number>\d{{1,2}}) (?={_PERSON}\b)")
_OVER = re.compile(
    r"\(?\b(?:more than|over|above|exceed(?:ed|ing)?|longer than|beyond) (?P<hours>\d{1,3}(?:\.\d)?)"
    r" ?(?:hours|hrs|h)\b\)?"
)
_UNDER = re.compile(
    r"\b(?:less than|fewer than|under|below|short of|not (?:even|reach\w*|reached)) (?P<hours>\d{1,3}(?:\.\d)?)"
    r" ?(?:hours|hrs|h)\b"
)
_OVERTIME = re.compile(r"\bover[- ]?time\b")
_BY_ONE = re.compile(rf"\b(?:who(?:ever)?|anyone|anybody|somebody|{_PERSON})\b")
_NOT_TIME_WORKED = re.compile(
    r"\b(?:wages?|pay|paid|schedul\w+|roster\w*|rota|sales|transactions?|late|cost\w*|will)\b"
)
_FEWEST = re.compile(r"\b(?:fewest|least|lowest|shortest|smallest)\b")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_PERSON}|{_WORKED}|{_END}|who|which|what|one|is|are|was|were|the|our|my"
    r"|of|by|per|with|each|for|rank(?:ed|ing)?|sort(?:ed)?|order(?:ed)?|top|list|show|me|all|hours|hrs|total|number|time"
    r"|working|labou?r|first|at|in|so far|overall|and|how many|an?|clocked|anyone|anybody|somebody|did|any)(?![\w-])"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for people by the hours they worked; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    bounded = _BY_ONE.search(whole) is not None and not _NOT_TIME_WORKED.search(whole)
    under = reading.find(_UNDER) if bounded else None
    over = under or (reading.find(_OVER) if bounded else None)
    if (over is None and (_CLAIM.search(whole) is None or _OTHER.search(whole))) or names_the_future(whole):
        return None
    if over is not None:
        reading.blank(over.start(), over.end())
        reading.take(_OVERTIME)
    so_many = reading.take(_SO_MANY)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department:
        return None
    args = {"show": "worked", "period": slots.period or _USUAL, "stores": slots.stores}
    if over is not None:
        return calls_for(TOOL, {**args, "under_hours" if under else "over_hours": over["hours"]}, [])
    limit = int(so_many["number"]) if so_many else None
    return calls_for(TOOL, {**args, "order": "fewest" if _FEWEST.search(whole) else "most", "limit": limit}, [])
