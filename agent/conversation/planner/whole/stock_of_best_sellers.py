"""The stock of the best sellers beside their sales: “compare stock on hand with sales for the top 20 products”."""

from __future__ import annotations

import re

from agent.conversation.planner.near.single_shops import STOCK_AS_IT_IS
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.parts.of_these import MATCHING, MOST, USUAL, with_stock
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import WORD_NUMBERS
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
_OF_THEM = re.compile(
    rf"(?:{_STOCK.pattern}) (?:of|on|for(?!.*\d)) (?:the |our |my )*(?:{_BEST.pattern})"
    rf"|^\W*are (?:the |our |my )*(?:{_BEST.pattern.replace('(?P<n>', '(?:')}) (?:still |all )*in stock\W*$"
)
"""Where sales are not said: “stock of our top sellers”, “are our best sellers in stock”."""
_WORDS = re.compile(
    r"\b(?:average|compar\w+|hold|set|against|with|to|versus|vs|beside|and|for|of|the|our|my|show|give|list|tell|me|us|what"
    r"|which|is|are|how|much|many|do|does|we|have|their|its|each|current|currently|between|in|at|on|by|please|can"
    r"|you|see)(?![\w-])"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for the best sellers with their stock and sales; None where stock is not said, or more than both is."""
    reading = Reading.of(text)
    whole = reading.text
    best = reading.take(_BEST)
    if best is None or not _STOCK.search(reading.text) or names_the_future(reading.text):
        return None
    units = _UNITS.search(reading.text) is not None
    if (reading.take(_SALES) is None and not _OF_THEM.search(whole)) or reading.take(_STOCK) is None:
        return None
    said = best["n"]
    count = WORD_NUMBERS.get(said) or int(said) if said else USUAL
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.limit or split_left(reading) or count > MOST:
        return None
    args = with_stock("units" if units else "net_sales", count, slots.args("period", "stores", "department"))
    averaged = re.search(r"\baverage\b", reading.source, re.IGNORECASE) is not None
    return Plan(((MATCHING, args),), opening=STOCK_AS_IT_IS if averaged else "")
