"""“What percent of products had no sale last month?”: how many the catalogue has, and how many of them sold."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

RANGE = "range_counts"
_GOODS = r"(?:products?|skus?|items?|articles)"
_ASKS = re.compile(
    r"\b(?:what |which )?(?:share|percent(?:age)?|proportion|fraction|%|how many)(?: of)? (?:our |the |all "
    rf"|active )*{_GOODS} (?:that |which )?(?:had|have|has|got|made|saw) (?:zero|no|not a single|0) (?:sales?|movement"
    rf"|units)\b|\b(?:share|percent(?:age)?|proportion|fraction|%) of (?:our |the |all |active )*{_GOODS} (?:that "
    "|which )?(?:did not|didn't|have not|haven't|never|were not|weren't|are not|aren't)(?: been)? (?:sell|sold|move"
    rf"|moved)\b|\b(?:share|percent(?:age)?|proportion|fraction|%) of (?:our |the |all |active )*{_GOODS} (?:that "
    r"|which )?(?:were |was |are )?(?:sold|sell|moved)(?: at all| at least once)?(?= (?:last|this|in|over|during)\b)"
)
_WORDS = re.compile(
    rf"\b(?:{_GOODS}|share|percent(?:age)?|proportion|fraction|how many|had|have|has|got|made|saw|zero|no|not|single"
    "|sales?|movement|units|did|didn't|haven't|never|were|weren't|are|aren't|been|sell|sold|move|moved|active|at all"
    r"|at least once|once|was)(?!\w)|%"
)
_USUAL = "last 4 weeks"
BOTH = (
    "The first is the whole catalogue of active products, the second those that sold: the rest had no sale then, many "
    "because they are kept in the catalogue and not in the stores."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for such a question; None for every other."""
    reading = Reading.of(text)
    if not _ASKS.search(reading.text) or names_the_future(reading.text) or "in stock" in reading.text:
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product:
        return not_understood(slots.unknown or slots.product or "")
    part = slots.args("department")
    sold = {"period": slots.period or _USUAL, **slots.args("stores")}
    return calls_for(RANGE, part, [{}, sold], BOTH)
