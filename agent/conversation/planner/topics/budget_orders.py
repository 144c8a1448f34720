"""Questions what to order with so much money: the reorder list cut to a budget."""

from __future__ import annotations

import re
from decimal import Decimal

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

TOOL = "reorder_list"
_ORDER = re.compile(
    r"\b(?:re-?order(?:ing)?|order(?:ing)?|stock(?:ing)? up|buy(?:ing)?|purchas(?:e|ing)|restock(?:ing)?)\b"
)
_MONEY = re.compile(
    r"(?:\b(?:a |an |the |my |our )?budget (?:of|is|at)(?: about| around| only)? )?"
    r"[$€£] ?(?P<marked>\d[\d,]*(?:\.\d+)?)(?P<k> ?k\b)?"
    r"|\b(?:budget|spend|invest) (?:of |is |up to |about |around |only )*(?P<said>\d[\d,]*(?:\.\d+)?)(?P<m> ?k\b)?"
    r"|\b(?:with|have|got|within|under) (?:only |about |around |up to )*(?P<bare>\d[\d,]*(?:\.\d+)?)(?P<t> ?k\b)?"
    r"(?= (?:to spend|budget|dollars|euros|pounds|for (?:stock|ordering|orders|restocking|purchases)))"
)
_OTHER = re.compile(
    r"\b(?:labou?r|staff|hours|last|sold|sales|customers?|why|did|was|were|target|behind|over budget"
    r"|(?:the|that) [$€£] ?\d[\d.,]* order)\b"
)
"""“The $340 order” is one that was made."""
_WORDS = re.compile(
    r"\b(?:if|i|we|have|has|had|got|only|with|given|on|an?|the|my|our|budget|spend(?:ing)?|invest|for|in|to|of|up|what"
    r"|which|how|much|many|should|could|can|would|like|must|do|does|you|me|us|best|re-?order(?:ing)?|order(?:s|ing)?|buy(?:ing)?"
    r"|purchas(?:e|es|ing)|restock(?:ing)?|stock(?:ing)?|inventory|products?|items?|goods|skus?|things|list|plan|money|it"
    r"|recommend(?:ation|ations|ed)?|suggest(?:ion|ions|ed)?|generate|make|give|show|create|draft|please|need|needs|most"
    r"|first|within|under|total|dollars|euros|pounds|is|are|that|this|so|and|then|season)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question what to order with so much money; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _ORDER.search(whole) or _OTHER.search(whole):
        return None
    money = reading.find(_MONEY)
    if money is None:
        return None
    said = money["marked"] or money["said"] or money["bare"]
    thousands = money["k"] or money["m"] or money["t"]
    reading.blank(money.start(), money.end())
    if reading.find(_MONEY):
        return None  # two amounts are a bound on prices, or two questions
    amount = said.replace(",", "")
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.limit or slots.period:
        return not_understood(slots.unknown or slots.product or slots.period or "that number")
    budget = f"{Decimal(amount) * 1000:.0f}" if thousands else amount
    return calls_for(TOOL, {"budget": budget, **slots.args("stores", "department")}, [])
