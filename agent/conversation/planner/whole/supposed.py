"""What would happen if more or less were spent on promotions: not reckoned, but what they brought so far is told."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

TOOL = "promotion_lift"
_SUPPOSED = re.compile(
    r"^\W*(?:what (?:would|will|might)? ?happens?(?: to (?:sales|revenue|margin|profit|units))?,? if|what if|suppose) "
    r"(?:we|i) (?:were to )?(?:increas\w+|rais\w+|cut|reduc\w+|doubl\w+|halv\w+|stop\w*|end\w*|lower\w*|double\w*"
    r"|drop\w*|remov\w+|ran|run|did|do) (?:all |the |our |more |fewer |no |less )*(?:promo(?:tion(?:al|s)?)?s?|trade)\b"
    r"(?: (?:spend(?:ing)?|budgets?|investments?|activit(?:y|ies)|costs?|promotions?))?"
    r"(?: (?:by|to) [$€£]?\d+(?:[.,]\d+)* ?(?:%|percent|k|m)?)?"
)
_WORDS = re.compile(r"\b(?:on|in|for|of|at|the|our)\b")
SO_FAR = (
    "What more or fewer promotions would bring is not known beforehand and not reckoned: this is what those so far "
    "brought for their discounts."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """What promotions brought so far, in place of what others would; None for every other question."""
    reading = Reading.of(text)
    if reading.take(_SUPPOSED) is None:
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown:
        return None
    calls = calls_for(TOOL, slots.args("period", "stores", "product", "department"), []).calls
    return Plan(calls, opening=SO_FAR)
