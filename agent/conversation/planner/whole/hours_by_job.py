"""Hours worked by job: “hours by position”, “labor hours by role last week”, “how many hours did each job work”.

What a job costs is not told: one person may hold it, and wages of a person are nobody's to see. The hours are.
A strict reader: a word it does not know ends it.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import SUMMARY, Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.whole.hours_by_person import TOOL
from agent.conversation.surroundings import Surroundings

_USUAL = "last 4 weeks"
_JOB = r"(?:job|role|position|job (?:title|code|role)|title)s?"
_SPENT = r"(?:labou?r|staff(?:ing)?|wages?|payroll)(?: (?:costs?|spend(?:ing)?|dollars))?"
_CLAIM = re.compile(
    rf"\b(?:hours|hrs|time)(?: (?:worked|clocked))? (?:by|per|for each|of each|split by|across) {_JOB}\b"
    rf"|\bhours (?:did|does|do|has) (?:each|every) {_JOB} \w+"
    rf"|\b(?:which|what) {_JOB} (?:worked|works|has|have|had|clocked|uses?|used) (?:the )?most (?:labou?r )?hours\b"
)
_COST = re.compile(rf"\b{_SPENT} (?:by|per|for each|of each|split by|across) {_JOB}\b")
_WORDS = re.compile(
    r"(?<![\w-])(?:labou?r|staff(?:ing)?|total|hours|hrs|time|worked|clocked|work(?:s|ing)?|how many|number of"
    r"|what(?:'s| is| are| were)?|show|me|give|list|the|our|my|did|was|were|in|at|for|put in|report|breakdown"
    r"|split)(?![\w-])"
)
_SPLIT = re.compile(
    r"\b(?:by|per|each|every|and) (?:stores?|locations?|shops?|persons?|employees?|days?|weeks?|months?)\b"
)
NO_COST = (
    "What each job costs is not told, as a job may be held by one person: these are its hours, and what all of them"
    " cost."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for hours worked by job; None for every other question."""
    reading = Reading.of(text)
    hours = reading.find(_CLAIM)
    said = hours or reading.find(_COST)
    if said is None or names_the_future(reading.text):
        return None
    reading.blank(said.start(), said.end())
    if _SPLIT.search(reading.text):
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department or slots.limit:
        return None
    args = {"show": "worked", "by": "job", "period": slots.period or _USUAL, "stores": slots.stores}
    made = calls_for(TOOL, args, [])
    if hours:
        return made
    whole = calls_for(SUMMARY, {"metrics": ["labour_cost"], "period": args["period"], "stores": slots.stores}, [])
    return Plan((*made.calls, *whole.calls), made.text, NO_COST)
