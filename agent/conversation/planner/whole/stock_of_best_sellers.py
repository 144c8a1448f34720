"""The stock of the best sellers beside their sales: “compare stock on hand with sales for the top 20 products”."""

from __future__ import annotations

import re

from agent.conversation.planner.of_these import MATCHING, MOST, USUAL, with_stock
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.periods import names_the_future
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.words import WORD_NUMBERS
from agent.conversation.surroundings import Surroundings

_BEST = re.compile(
    rf"\b(?:top|best|best[- ]selling|top[- ]selling)(?: (?P<n>\d{{1,3}}|{'|'.join(WORD_NUMBERS)}))?"
    r"(?: best[- ]selling)? (?:products?|items?|skus?|sellers?|articles?)\b|\bbest[- ]?sellers\b"
)
_STOCK = re.compile(r"\b(?:stock|inventory)(?: (?:levels?|on hand|positions?|held))?\b|\bon[- ]hand\b")
_UNITS = re.compile(r"\b(?:sales volumes?|units(?: sold)?|velocity|volumes?|quantit(?:y|ies) sold)\b")
_SALES = re.compile(
    rf"{_UNITS.pattern}|\b(?:(?:weekly |net )?(?:sales|revenue|takings|turnover)|how (?:much|well) they sell"
    r"|they sold)\b"
)
_WORDS = re.compile(
    r"\b(?:compar\w+|hold|set|against|with|to|versus|vs|beside|and|for|of|the|our|my|show|give|list|tell|me|us|what"
    r"|which|is|are|how|much|many|do|does|we|have|their|its|each|current|currently|between|in|at|on|by|please|can"
    r"|you|see)(?![\w-])"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for the best sellers with sales and stock; None where one of the two is not said, or more is."""
    reading = Reading.of(text)
    best = reading.take(_BEST)
    if best is None or not _STOCK.search(reading.text) or names_the_future(reading.text):
        return None
    units = _UNITS.search(reading.text) is not None
    if reading.take(_SALES) is None or reading.take(_STOCK) is None:
        return None
    said = best["n"]
    count = WORD_NUMBERS.get(said) or int(said) if said else USUAL
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.limit or split_left(reading) or count > MOST:
        return None
    args = with_stock("units" if units else "net_sales", count, slots.args("period", "stores", "department"))
    return Plan(((MATCHING, args),))
