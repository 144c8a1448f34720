"""“Inventory value by vendor”, “which supplier ties up most stock”: stock on hand told by who supplies it."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

LEVELS = "stock_levels"
_WHO = r"(?:suppliers?|vendors?|wholesalers?|distributors?)"
_HELD = r"(?:stock|inventory|on[- ]hand|goods on hand|tied up|ties? up|tying up)"
_SPLIT = re.compile(
    rf"\b(?:by|per|for each|for every|across|each|every) (?:the |our )?{_WHO}(?:'s|s')?\b"
    rf"|\b(?:which|what|top(?: \d{{1,2}})?|largest|biggest|rank(?:ed|ing)?(?: of)?|list)(?: (?:of )?(?:our|the|my))?"
    rf"(?: \d{{1,2}})? {_WHO}(?:'s|s')?\b|\b{_WHO} (?:by|ranked by) (?:stock|inventory|value)\b"
    rf"|\b{_WHO}(?:'s|s')? (?:stock|inventory)\b"
)
_HOLD = re.compile(rf"\b{_HELD}\b")
_OTHER = re.compile(
    r"\b(?:dead|slow|over[- ]?stock\w*|excess|surplus|obsolete|cover|turn\w*|gmroi|sell[- ]?through|out of stock"
    r"|stock-?outs?|run(?:s|ning)? out|risk|re-?order\w*|orders?|ordered|sales|sold|sell\w*|margin|profit|lead times?"
    r"|late|reliab\w*|deliver\w*|perform\w*|rate|rates|shrink|waste|why|tasks?|low|lost|missing|transfer\w*|days|cheap\w*|prices?"
    r"|attention|market|share|percent(?:age)?|%)\b"
)
_RETAIL = re.compile(r"\bat retail\b|\bretail value\b|\bselling price\b")
_PIECES = re.compile(r"\b(?:pieces|units|quantity|how many)\b")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_WHO}|{_HELD}|which|what|whose|our|the|my|a|of|is|are|do|does|did|we|i|have|has|hold|holds|held"
    r"|keep|carry|most|biggest|largest|highest|top|how|much|many|money|cash|capital|value|valued|valuation|worth|cost"
    r"|at cost|at retail|retail|levels?|position|report|show|list|give|me|us|rank(?:ed|ing)?|by|per|for|each|every"
    r"|from|in|with|goods|products|items|pieces|units|quantity|split|breakdown|up|now|currently|amount|across|all|total|and)(?![\w-])"
    r"|'s\b|s'"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for stock on hand by supplier; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    if not (_SPLIT.search(whole) and _HOLD.search(whole)) or _OTHER.search(whole) or names_the_future(whole):
        return None
    rank = "retail" if _RETAIL.search(whole) else "pieces" if _PIECES.search(whole) else None
    reading.take(re.compile(rf"\b(?:by|per|for each|for every|each|every) (?:the |our )?{_WHO}"))
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.period not in (None, "today", "right now"):
        return not_understood(slots.unknown or slots.period or "")
    args = {
        "by": "supplier", "rank_by": rank, "limit": limit or slots.limit,
        **slots.args("stores", "product", "department"),
    }  # fmt: skip
    return calls_for(LEVELS, args, [])
