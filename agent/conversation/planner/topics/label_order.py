"""Categories or departments in the order of own label: its share of them, or the gap between its price and brands'."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.plain_questions.plain_reading import take_number
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.price_bands import LABELS, NATIONAL, OWN
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

_BOTH = r"private(?: labels?)? (?:and|to|vs\.?|versus|or|against|than) (?:the )?national(?:[- ]brands?)?"
_LABEL = re.compile(rf"\b(?:{_BOTH}|{OWN}|{NATIONAL})\b")
_GAP = re.compile(
    r"\bpric(?:e|es|ing) (?:gaps?|differences?|premiums?|advantages?|differentials?)\b|\b(?:difference|gap)s? (?:in|of"
    r"|between) (?:the |average |unit )*prices?\b|\bhow much (?:cheaper|less|dearer)\b|\bcheaper\b"
)
_CHANCE = re.compile(r"\b(?:opportunit(?:y|ies)|potential|headroom|room to grow|under-?developed)\b")
_RATIO = re.compile(r"\b(?:shares?|ratios?|proportions?|penetration)\b")
_AN_END = re.compile(r"\b(?:top|bottom|most|least|highest|lowest|largest|smallest|strongest|weakest|rank\w*)\b")
_SMALLEST = re.compile(r"\b(?:smallest|lowest|least|narrowest|bottom|weakest)\b")
_EACH = re.compile(
    r"\b(?:top|bottom|which|what|best|worst|list|largest|biggest|highest|by|per|for each|across|in)"
    r"(?: +(?:the|of|our|which|top|bottom|\d{1,2}|product|all|each|different))* +(?P<g>categor(?:y|ies)|departments?)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_BOTH}|{OWN}|{NATIONAL}|based on|in terms of|ranked by|ordered by|sorted by|according to|with|has|have|had"
    r"|categor(?:y|ies)|departments?|product|products|items?|goods|brands?|labels?|prices?|pricing|gaps?|differences?"
    r"|premiums?|advantages?|differentials?|cheaper|dearer|unit|average|between|opportunit\w+|potential|headroom|room"
    r"|grow|under-?developed|shares?|ratios?|proportions?|penetration|list|which|what|what's|is|are|was|were|by|per|in|of"
    r"|to|for|than|each|our|the|and|across|highest|lowest|largest|smallest|biggest|most|least|strongest|weakest|widest"
    r"|narrowest|bottom|rank\w*|how much|sales)(?!\w)"
)
_OTHERS = re.compile(
    r"\bwhy\b|\b(?:households?|customers?|shoppers?|trend\w*|over time|grow(?:s|n|ing|th)|grew|gain\w*|los\w+|fell"
    r"|ris\w+|chang\w+|elastic\w*|by (?:week|month|day|store)|coupons?|promot\w+)\b"
)
OPPORTUNITY = (
    "What private label could still win the figures do not say: this is its share so far, the smallest first, where "
    "there is most to win."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for categories or departments in the order of own label; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    each = _EACH.search(whole)
    if each is None or not _LABEL.search(whole) or _OTHERS.search(whole) or names_the_future(whole):
        return None
    gap, chance = _GAP.search(whole), _CHANCE.search(whole)
    if not (gap or chance or (_RATIO.search(whole) and _AN_END.search(whole))):
        return None
    number = take_number(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or split_left(reading):
        return not_understood(slots.unknown or split_left(reading))
    smallest = _SMALLEST.search(whole) is not None
    args: dict[str, Any] = {
        "by": "category" if each["g"].startswith("cat") else "department",
        "rank_by": "price_gap" if gap else "share",
        "order": "bottom" if smallest or (chance and not gap) else None,
        "limit": number or slots.limit,
        **slots.args("period", "stores", "product", "department"),
    }
    decided = calls_for(LABELS, args, [])
    return replace(decided, opening=OPPORTUNITY) if chance and not gap else decided
