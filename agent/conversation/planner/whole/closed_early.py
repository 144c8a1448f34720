"""“We closed early on the 11th at Harbor Point, how much did we miss out on”: that day by hour against its norm.

What was not sold is not recorded; the hours without sales beside what they usually bring show it. A strict reader.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import COMPARE, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

_SHUT = re.compile(
    r"\b(?:(?:we|they|i|the store|it) )?(?:(?:had|have|were|was|being|got) (?:to )?)?(?:clos(?:e|ed|ing)|shut(?:ting)?)"
    r"(?: (?:down|up|the store))? (?:early|late|for (?:a few|some|\d+|two|three|four) hours)\b"
    r"|\b(?:we |they |it )?open(?:ed|ing) (?:up )?late\b"
    r"|\b(?:we |they )?(?:lost power|had (?:a|the) (?:power|system|till|register) (?:outage|failure))\b"
    r"|\b(?:the )?(?:power|tills?|registers?|system) (?:was|were|went|being) (?:out|down)\b"
)
_MISSED = re.compile(
    r"\b(?:how much|what)(?: (?:sales|money|business|revenue|in sales))?(?: (?:did|do|have|are|would))?(?: (?:we|they|i"
    r"|it|that))? (?:miss(?:ed|ing)?(?: out(?: on)?)?|los(?:e|t|ing)|cost)"
    r"(?: (?:us|out on|in sales|on|sales|then|there))*\b"
)
_WORDS = re.compile(
    r"\b(?:because|since|when|as|so|by|for|due to|with|from|of|we|they|the|a|and|at|on|in|our|store|day)\b"
)
AGAINST_ITS_NORM = (
    "What was not sold is not recorded. Here is that day by hour against the mean of the same weekday before, which "
    "shows what those hours usually bring:"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for what such a day was short of; None for every other question."""
    reading = Reading.of(text)
    if names_the_future(reading.text) or not reading.take(_SHUT) or not reading.take(_MISSED):
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department or slots.limit:
        return None
    args = {"period": slots.period or "yesterday", **slots.args("stores"), "by": "hour", "compare_to": "four-week norm"}
    return Plan(((COMPARE, args),), opening=AGAINST_ITS_NORM)
