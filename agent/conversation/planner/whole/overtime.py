"""Overtime by the time clock: “ot hours by store last week”, “who has the most overtime”, “who is close to overtime”.

Hours over 40 in a week are told as overtime, and that they are taken so; what it cost and whether it was allowed are
not. A strict reader: a word it does not know ends it.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.whole.hours_by_person import TOOL
from agent.conversation.surroundings import Surroundings

_USUAL, _RUNNING = "last week", "this week"
_OVERTIME = re.compile(r"\b(?:overtime|ot)\b")
_NEAR = re.compile(
    r"\b(?:approaching|near(?:ing|ly in)?|close to|about to (?:hit|go into|reach)|at risk of|heading (?:for|into)"
    r"|getting close to|almost (?:in|at)|going into)(?: (?:working|hitting|going into))? (?:overtime|ot)\b"
)
_COURSE = re.compile(
    r"\b(?:why|trend\w*|vs\.?|versus|against|compared?|(?:by|per|each|every) (?:day|weekday|week|month)|daily|weekly"
    r"|monthly|up|down|ris\w+|rose|fell|fall\w*|increas\w*|decreas\w*|chang\w*)(?!\w)"
)
_TO_CUT = re.compile(
    r"\b(?:where|how|at which stores?|which (?:stores?|shops?|locations?)) (?:can|could|should|do|would|might|to)"
    r"(?: (?:i|we|you))? (?:best )?(?:cut|reduce|lower|trim|save|limit|avoid|control|minimi[sz]e|bring down|get rid of)"
    r"(?: (?:back|down))?(?: on)?(?: (?:the|our|my|some))?(?= (?:overtime|ot)\b)"
)
_ITS_COST = re.compile(r"(?<=overtime) (?:costs?|spend(?:ing)?|pay|expenses?)\b")
_PERSON = (
    r"(?:who(?:ever)?|anyone|anybody|people|persons?|staff(?: members?)?|employees?|associates?|colleagues?"
    r"|team(?: members?)?|workers?|cashiers?)"
)
_SPLIT = re.compile(rf"\b(?:by|per|for each|of each|in each|each|which) (?:store|shop|location|{_PERSON})s?\b")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_PERSON}|stores?|shops?|locations?|hours?|hrs|worked|works?|working|clocked|did|does|do|has|have"
    r"|had|is|are|was|were|there|any|the|our|my|most|highest|more|how (?:much|many)|what(?:'s| is| was)?|which|show|me"
    r"|list|give|total|in|on|by|of|for|with|at|and|we|a lot of|report|so far|rank(?:ed|ing)?|top|got|get|went over"
    r"|go|into)(?![\w-])"
)
NEAR_IT = (
    "Who comes near to overtime I do not judge: these are the hours of the week, most first. “Overtime last week” tells"
    " who worked beyond a full one."
)
TO_CUT = (
    "Which hours could go I do not judge, and what they cost is not recorded: this is where and by whom they were"
    " worked."
)
NOT_SO = (
    "Overtime is told by store and person for one period, not its course or its reasons: ask “overtime last week”,"
    " “overtime in October”."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for hours of overtime; None for every other question, and for its cost, rules and requests."""
    reading = Reading.of(text)
    whole = reading.text
    if not _OVERTIME.search(whole) or names_the_future(whole):
        return None
    to_cut = reading.take(_TO_CUT) is not None
    if to_cut:
        reading.take(_ITS_COST)
    course = reading.take(_COURSE) is not None
    near = reading.take(_NEAR) is not None
    if not near:
        reading.take(_OVERTIME)
    reading.take(_SPLIT)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department or slots.limit:
        return None
    if course:
        return Plan(text=NOT_SO)
    args = {"period": slots.period or (_RUNNING if near else _USUAL), "stores": slots.stores}
    if near:
        made = calls_for(TOOL, {"show": "worked", **args, "order": "most"}, [])
        return Plan(made.calls, made.text, NEAR_IT)
    made = calls_for(TOOL, {"show": "overtime", **args}, [])
    return Plan(made.calls, made.text, TO_CUT) if to_cut else made
