"""“Did yesterday actually do well?”, “was last week any good?”: to be judged a figure needs one to be held against.

A day is held against the same weekdays of the four weeks before, anything longer against the time before it.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import COMPARE, Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

_GRADE = (
    r"(?:good|great|bad|poor|strong|weak|slow|quiet|busy|decent|ok(?:ay)?|solid|rough|terrible|fine|successful|healthy)"
)
_JUDGED = re.compile(
    rf"^\W*(?:so |and |but )*(?:did\b.*\b(?:do|did|go|perform|trade|sell) (?:\w+ )?(?:well|badly|poorly|ok(?:ay)?"
    r"|fine)\b.*"
    rf"|(?:was|were|is|has)\b.*\b(?:an? (?:\w+ )?{_GRADE} (?:day|week|month|weekend|one|quarter)|any good)\b.*"
    rf"|how (?:good|bad|strong|weak|well)\b.*\b(?:was|were|did)\b.*)\W*$"
)
_OTHER = re.compile(
    r"\b(?:compared?|vs\.?|versus|against|than|why|customers?|shoppers?|cashiers?|employees?|promo\w*|campaigns?"
    r"|coupons?|new|forecast|outlook|stock|targets?|budgets?|which|products?|items?)\b"
)
_WORDS = re.compile(
    rf"\b(?:did|do|go|perform|trade|was|were|is|has|been|well|badly|poorly|{_GRADE}|day|week|month|weekend|one|quarter"
    r"|any|a|an|how|actually|really|truly|honestly|in fact|it|we|our|the|for|us|at|on|sell|sales|business|trading|of)"
    r"(?!\w)|'s\b"
)
_A_DAY = re.compile(r"yesterday|(?:last |this |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|.*\d.*")
NORM = "four-week norm"


def read(text: str, around: Surroundings) -> Plan | None:
    """The comparison that shows whether a period was a good one; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    if not _JUDGED.search(whole) or _OTHER.search(whole) or names_the_future(whole):
        return None
    metrics = list(take_metrics(reading))
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.limit or not slots.period:
        return None
    args = {
        **slots.args("period", "stores", "department"),
        "metrics": metrics or None,
        "compare_to": NORM if _A_DAY.fullmatch(slots.period) else None,
    }
    return calls_for(COMPARE, args, [])
