"""“Which items do my best customers buy?”: what each segment of customers buys, by department.

Which single products a segment buys no tool tells; the segments show their departments, and that is said.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

SEGMENTS, VISITS = "customer_segments", "customer_visits"
_KIND = (
    r"(?:very )?(?:best|top|vip|biggest|most (?:loyal|valuable|important)|loyal|regular|frequent|occasional|at[- ]risk"
    r"|high[- ]value|lapsed|lost|slipping)"
)
_WHOM = (
    rf"(?:(?:my|our|the) )?(?:{_KIND} (?:customers?|shoppers?|households?|guests)|champions|(?:potential )?loyalists)"
)
_GOODS = r"(?:items?|products?|categor(?:y|ies)|departments?|goods|things)"
_CLAIM = re.compile(
    rf"\b(?:what|which {_GOODS}) (?:do|did|are|were) {_WHOM} (?:usually |typically |mostly |often )?(?:buy(?:ing)?"
    r"|bought|purchas\w+|prefer|like|favou?r|shop for|order|spend (?:\w+ )?on)\b"
    rf"|\b(?:top|best|favou?rite|most popular|best[- ]selling|preferred) {_GOODS} (?:of|among|amongst|for|with) {_WHOM}"
    r"\b"
    rf"|\bwhat sells (?:best |well |most )?(?:to|with|among) {_WHOM}\b"
)
_WORDS = re.compile(
    r"(?<![\w-])(?:what|which|items?|products?|categor(?:y|ies)|departments?|goods|things|do|did|are|were|my|our|the|very"
    "|best|top|vip|biggest|most|loyal|valuable|important|regular|frequent|occasional|at[- ]risk|high[- ]value|lapsed"
    "|lost|slipping|champions|potential|loyalists|favou?rite|popular|best[- ]selling|preferred|of|among|amongst|for"
    r"|with|sells|well|to|spend|on"
    r"|customers?|shoppers?|households?|guests|buy(?:ing)?|bought|purchas\w+|prefer|like|favou?r|shop for|order"
    r"|usually|typically|often|mostly)(?![\w-])"
)
_MOST_ON = re.compile(
    r"\b(?:which|what|who are the) (?:\w+ )?(?:customers?|shoppers?|households?|members?) (?:who |that )?(?:spend"
    r"|spent|buy|bought|purchase[sd]?)s? (?:the )?most (?:money )?(?:on |of )?(?P<what>(?!in\b|at\b|per\b|last\b"
    r"|this\b|each\b|often\b|frequently\b|every\b|during\b|over\b|with\b|when\b|overall\b|online\b|on\b|and\b"
    r"|by\b)[a-z][\w &'-]{1,40}?)(?P<when> (?:last|this|in|yesterday|over|since) .+)?(?=\W*$)"
)
NOT_RANKED = (
    "Customers are ranked by all they spend (“top customers”), not by what they spend on one kind of goods; above is "
    "how many bought it and what each spent."
)
BY_DEPARTMENT = "What they buy is shown by department, for each segment; single products of a segment I cannot tell."


def read(text: str, around: Surroundings) -> Plan | None:
    """The segments with their departments, for a question what the best customers buy; None for every other."""
    reading = Reading.of(text)
    if (most := _MOST_ON.search(reading.text)) is not None:
        spans = periods(Reading(most["when"] or ""))
        args = {"product": most["what"].strip(), **({"period": spans[0].phrase} if spans else {})}
        return None if most["when"] and not spans else calls_for(VISITS, args, [], NOT_RANKED)
    if not _CLAIM.search(reading.text):
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department:
        return not_understood(slots.unknown or slots.product or slots.department or "")
    return calls_for(SEGMENTS, slots.args("period", "stores"), [], BY_DEPARTMENT)
