"""What was in the largest transaction: “the items included in the largest invoice”, “what was in the biggest receipt”.

An invoice to a customer is a receipt here; those of suppliers are another matter. A strict reader.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

TOOL = "largest_transactions"
_ONE = (
    r"(?:baskets?|transactions?|orders?|sales?|receipts?|tickets?|purchases?|checks?|bills?|invoices?|carts?|trolleys?)"
)
_END = r"(?:largest|biggest|highest(?:[- ]value)?|smallest|lowest|most expensive|dearest|top)"
_LARGEST = re.compile(
    rf"\b(?:the |our |my |a |single |individual )*{_END} (?:single |customer )*{_ONE}\b(?!,? (?:size|value))"
)
_GOODS = r"(?:items?|products?|goods|skus?|lines?|things|articles|contents?|details)"
_INSIDE = re.compile(
    rf"\b{_GOODS} (?:(?:that )?(?:were|was|are|is) )?(?:included|contained|bought|purchased|sold|listed|rung up|in|on"
    rf"|of|from|inside)\b|\bwhat(?:'s| is| was| were)? (?:bought |sold |purchased |included )?(?:in|on|inside)\b"
    rf"|\bwhat (?:did|does|do) .{{0,40}}\b(?:contain|include|have in it|consist of|hold)\b|\b(?:with|and) (?:all |the "
    rf"|its |their )*{_GOODS}\b|\bline by line\b"
)
_OTHER = re.compile(
    r"\b(?:suppliers?|vendors?|purchase orders?|returns?|refunds?|voids?|discounts?|average|more|over|under|above|below"
    r"|each|every|by|per|number of|how many)\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_ONE}|{_END}|{_GOODS}|single|individual|customer|show|list|give|tell|see|me|us|what|what's|which|the"
    r"|our|my|an?|all|its|their|was|were|is|are|did|does|do|included?|contained?|contain|bought|purchased|sold|listed"
    r"|rung up|in|on|of|from|inside|with|and|that|at|have|it|consist|hold|line by line|ever|made|for)(?![\w-])"
)
AS_A_RECEIPT = "I read “invoice” as a customer's receipt: those of suppliers are not in the data I am given."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for the lines of the largest or smallest transaction; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    largest = _LARGEST.search(whole)
    if largest is None or names_the_future(whole):
        return None
    rest = f"{whole[: largest.start()]} | {whole[largest.end() :]}"
    if _INSIDE.search(rest) is None or _OTHER.search(rest):
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department or slots.limit:
        return None
    smallest = re.search(r"\b(?:smallest|lowest)\b", largest[0]) is not None
    args = {"lines": True, "smallest": smallest or None, **slots.args("period", "stores")}
    return Plan(calls_for(TOOL, args, []).calls, opening=AS_A_RECEIPT if "invoice" in largest[0] else "")
