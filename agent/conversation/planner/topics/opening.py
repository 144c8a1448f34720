"""“Are we open on Thanksgiving?”, “what time do we close on Sunday?”: the hours of the week, and what is not kept."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import STORES, Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.surroundings import Surroundings

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_HOLIDAY = (
    "(?:thanksgiving(?: day)?|black friday|christmas(?: eve| day)?|xmas|boxing day|new year'?s?(?: eve| day)?"
    "|easter(?: sunday| monday)?|good friday|memorial day|labou?r day|independence day|(?:the )?(?:fourth"
    "|4th) of july|july (?:4th|4)|martin luther king(?: day)?|mlk day|presidents'? day|veterans'? day|columbus day"
    "|halloween|mother'?s day|father'?s day|valentine'?s(?: day)?|super ?bowl(?: sunday)?|(?:the |public "
    "|bank )?holidays?)"
)
_WE = (
    "(?:we|the stores?|you|they|it|(?:my|our|this|that|each|every|any|all) stores?|all (?:of )?(?:our|my|the) stores"
    r"|everyone|[a-z]+ (?:street|point|avenue|road)|stores?|s\d+)"
)
_CLAIM = re.compile(
    rf"\b(?:are|is|will|would) {_WE} (?:be )?(?:still |already |even )?(?:open|closed|closing|opening)\b|\b(?:do|does"
    "|when do|when does|when will|what time do|what time does|what time will|until when (?:are|is)|how late (?:are"
    rf"|is|do|does)|how early (?:are|is|do|does)) {_WE} (?:be )?(?:open|close|closed|stay open)\b|\b(?:holiday"
    "|thanksgiving|christmas|easter|sunday|saturday|weekend|weekday|special|extended|regular|current"
    r"|normal) (?:opening |store |business |trading )?hours\b(?! (?:worked|of labou?r))|\b(?:which"
    r"|what) stores? (?:is|are|will be) (?:open|closed|closing|opening)\b(?! (?:for|the most))|\bhow many hours (?:a"
    r"|per) (?:day|week) (?:are|is) (?:we|the stores?|[a-z]+ [a-z]+) open\b|\bopen 24 ?(?:hours|/ ?7|h)\b"
)
_OTHER = re.compile(
    r"\b(?:did|was|were|yesterday|last|open(?:ed)? (?:late|on time)|on time|sales|busy|busiest|orders?|tasks?|pos\b"
    r"|proposals?|customers?|labou?r|staff|worked|why|drawer|register|revenue|sold|sell|compare\w*|visitors?|traffic"
    r"|transactions?|order)\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_HOLIDAY}|{_DAY}|are|is|will|would|do|does|did|when|what|which|time|until|how|late|early|be|still"
    "|already|even|open|close[sd]?|closing|opening|stay|hours|holiday|special|extended|regular|current|normal"
    "|weekends?|weekdays?|store|stores|business|trading|we|you|they|it|on|at|in|the|our|my|for|a|per|day|week|today"
    "|tomorrow|tonight|now|right now|this|next|morning|evening|24|7|and|all|of|to|many|please|everyone|any|each"
    "|every"
    r"|\d{1,2}(?::\d\d)? ?(?:am|pm)?)(?![\w-])|'s\b"
)
_SPECIAL = re.compile(rf"\b{_HOLIDAY}\b|\b(?:special|extended) hours\b")
NO_SPECIAL = (
    "These are the hours of ordinary weeks. Special hours of single days ({day}) are not in the data I am given, so I "
    "cannot say whether a store opens then."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The stores with their hours, for a question when they are open; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _CLAIM.search(whole) or _OTHER.search(whole):
        return None
    special = _SPECIAL.search(whole)
    stores = take_stores(reading, around)
    while reading.take(_WORDS):
        pass
    if left := reading.rest():
        return not_understood(left)
    named = {"stores": stores} if stores and stores != "all stores" else {}
    day = special[0].strip().removeprefix("the ").title().replace("'S", "'s") if special else ""
    return Plan(calls_for(STORES, named, []).calls, NO_SPECIAL.format(day=day) if special else "")
