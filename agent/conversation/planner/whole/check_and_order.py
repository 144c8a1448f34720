"""Stock looked up and an order prepared in one breath: “check stock of milk and prepare an order for what we need”.

How many to order of which product is for a person to say. The stock is told, then what of it is worth ordering, and how
an order is said. A strict reader: a word it does not know ends it, and so does a number, which is an order of its own.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.incomplete_words import NOTHING, ORDERS
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

_LEVELS, _REORDER = "stock_levels", "reorder_suggestions"
_ORDER = r"(?:(?:purchase|supplier|vendor|reorder|draft|new) )*(?:order|po|reorder)s?"
_SECOND = re.compile(
    r"(?:,|;|,? and|,? then|,? and then) +(?:(?:to )?(?:prepare|draft|create|make|place|raise|start|write|file|propose)"
    rf" (?:me )?(?:an? |the |our |any )?{_ORDER}|(?:re-?order|order)(?: it| them| more| some)+)"
    r"(?: (?:for|of|with|if|when|where|what(?:ever)?|we|it|is|are|they|them|that|needs?|needed|necessary|required|low"
    r"|running|short|more|out|the|rest|missing|from|supplier|so|there|not|enough))* *$"
)
_STOCK = re.compile(r"\b(?:stock|inventory|on hand|in hand|do (?:we|i) have|have (?:we|i)(?: got)?|(?:is|are) left)\b")
_WORDS = re.compile(
    r"\b(?:check|show|look|see|get|tell|give|me|us|at|up|what|whats|how|much|many|stock|levels?|inventory|on|in|hand|of|for"
    r"|do|we|i|have|got|left|is|are|there|the|our|my|current|currently|now|please|can|could|you|quantity)(?!\w)|'s\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for the stock of goods and what to order of them; None for every other question."""
    reading = Reading.of(text)
    second = reading.take(_SECOND)
    if second is None or not _STOCK.search(reading.text) or re.search(r"\d", reading.text[: second.start()]):
        return None
    slots = take_slots(reading, around, _WORDS)
    goods = slots.args("product", "department")
    if slots.unknown or slots.limit or slots.period or not goods or split_left(reading):
        return None
    args = {**goods, **slots.args("stores")}
    return Plan((*calls_for(_LEVELS, args, []).calls, *calls_for(_REORDER, args, []).calls), f"{ORDERS} {NOTHING}")
