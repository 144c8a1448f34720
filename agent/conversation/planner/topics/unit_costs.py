"""“What do bananas cost us?”, “which products cost the most”, “price list for cheese”: price and cost of single pieces.

What the goods sold have cost altogether is the metric “cost of goods”; here it is what one piece costs now.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.shelf_price_lists import PRICES
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

_GOODS = r"(?:products?|items?|skus?|articles?|goods|things)"
_US = r"(?:me|us)"
_KIND = r"(?:unit|purchase|buying|landed|wholesale|supply|product|item|piece)"
_COST = rf"(?:{_KIND}[- ](?:costs?|cost prices?)|cost prices?|(?:purchase|buying|wholesale) prices?)"
_NO_PIECE = re.compile(
    r"\b(?:labou?r|staff|wages?|payroll|discounts?|promotions?|promos?|offers?|campaigns?|mark ?downs?"
    r"|coupons?|refunds?"
    r"|returns?|voids?|shrink\w*|wast\w+|theft|stock ?outs?|lost sales|spoil\w+|overtime|fees?|tax(?:es)?|baskets?"
    r"|transactions?|orders?|customers?|holding|carrying|storage|store|shop|rent|delivery|shipping|of goods|of sales"
    r"|last|previous|goods sold|they|these|those|it|that)\b"
)
_DEAREST = re.compile(
    rf"\b(?:which|what) (?:of (?:our|my|the) )?{_GOODS} (?:(?:has|have) (?:the )?(?:highest|most|biggest"
    rf"|largest) (?:{_COST}"
    rf"|costs?)|costs? {_US} (?:the )?most|(?:is|are) (?:the )?(?:most expensive|dearest|costliest) (?:for"
    rf" {_US} )?to (?:buy"
    rf"|order|purchase|stock))\b|\b{_GOODS} (?:by|with the highest) (?:{_COST}|costs?)\b|\bhighest[- ]cost {_GOODS}\b"
    rf"|\b(?:most expensive|dearest|costliest) {_GOODS} to (?:buy|order|purchase|stock)\b"
)
_CHEAPEST = re.compile(
    rf"\b(?:which|what) (?:of (?:our|my|the) )?{_GOODS} (?:(?:has|have) (?:the )?(?:lowest|least|smallest)"
    rf" (?:{_COST}|costs?)"
    rf"|costs? {_US} (?:the )?least|(?:is|are) (?:the )?(?:cheapest|least expensive) (?:for {_US} )?to"
    rf" (?:buy|order|purchase"
    rf"|stock))\b|\b{_GOODS} with the lowest (?:{_COST}|costs?)\b|\blowest[- ]cost {_GOODS}\b"
    rf"|\b(?:cheapest|least expensive) {_GOODS} to (?:buy|order|purchase|stock)\b"
)
_ONE = re.compile(
    rf"\bwhat (?:does|do) (?:a |an |one |the |our )?.{{2,60}}? costs? {_US}\b|\bhow much (?:does|do)"
    rf" .{{2,60}}? costs? {_US}\b"
    rf"|\b(?:what(?:'s| is| are) )?(?:the |our |my )?{_COST}(?: (?:and|&) (?:prices?|margins?))? (?:of|for) "
)
_LISTED = re.compile(
    rf"^\W*(?:(?:show|give|list|get|see|print|what are)(?: me| us)? )?(?:the |our |my |all |a"
    rf" )*(?P<what>{_COST}(?: (?:and|&) "
    rf"(?:selling )?prices?)?|(?:selling |retail |shelf )?prices? (?:and|&) (?:{_COST}|costs?)|(?:(?:selling"
    rf"|sales|retail|shelf"
    rf"|product|item|current) )*(?:price lists?|prices))(?: (?:by|per|of each|of|for each) (?:the |our |my "
    rf"|all )*{_GOODS})?"
    r"(?=\W*$| (?:of|for|in|at) )"
)
_EACH = re.compile(rf"\b(?:by|per|of each|for each) (?:single )?{_GOODS}\b")
_WORDS = re.compile(
    rf"\b(?:{_GOODS}|{_COST}|price lists?|prices?|costs?|cost|{_KIND}|which|what|how much|does|do|is|are|has"
    rf"|have|the|a|an|one"
    r"|me|us|our|my|all|most|least|highest|lowest|biggest|largest|smallest|dearest|cheapest|costliest|most expensive"
    r"|least expensive|to|buy|order|purchase|stock|for|of|in|by|with|per|each|show|give|list|get|see|print|and|selling"
    r"|retail|shelf|sales|current|currently|now|right now|today|it|top|lists?)(?!\w)|&"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question what a piece costs or is priced at; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole):
        return None
    dearest, cheapest = _DEAREST.search(whole), _CHEAPEST.search(whole)
    listed = _LISTED.match(whole.strip())
    if not (dearest or cheapest or listed or _ONE.search(whole)) or _NO_PIECE.search(whole):
        return None
    reading.take(_EACH)
    by = split_left(Reading(reading.text))
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.period or by:
        return not_understood(slots.unknown or slots.period or f"by {by}")
    order = "dearest_to_buy" if dearest else "cheapest_to_buy" if cheapest else None
    costs = not listed or re.search(r"\b(?:costs?|purchase|buying|wholesale)\b", listed["what"]) is not None
    part = {"department": slots.department or slots.product, "stores": slots.stores, "limit": limit or slots.limit}
    return calls_for(PRICES, {"order": order, "costs": True if costs or order else None, **part}, [])
