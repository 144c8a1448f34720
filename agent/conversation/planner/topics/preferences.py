"""Questions what one kind of household buys more or less of than the others."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

PREFERENCES = "household_preferences"
_OTHERS = (
    "(?:every(?:one|body)? else|(?:the |all )?(?:others?|rest)(?: (?:customers|households|shoppers))?"
    "|other (?:customers|households|shoppers|people)|(?:the )?average(?: (?:customer|household|shopper))?|normal"
    "|most people|anyone else)"
)
_ASKS = re.compile(
    rf"\b(?P<way>more|most|less|disproportionately|relatively more)\b.{{0,40}}\b(?:than|compared (?:to|with)|vs\.?"
    rf"|versus|against) {_OTHERS}\b|\b(?P<over>over|under)[- ]?index\w*\b|\bprefer(?:s|red|ence|ences)?\b|\bskew(?:s"
    r"|ed)? (?:to|towards?|older|younger)\b|\b(?:that|which) (?:the )?others? (?:do not|don't|does not|doesn't)\b"
    r"|\bunusually (?:often|much|popular)\b|\bdisproportionate\w*\b"
)
_LESS = re.compile(r"\bless\b|\bunder[- ]?index")
_LEVELS = (
    ("product", re.compile(r"\b(?:products?|items?|skus?)\b")),
    ("brand", re.compile(r"\b(?:brands?|manufacturers?)\b")),
    ("department", re.compile(r"\b(?:departments?|depts?)\b")),
)
_WORDS = re.compile(
    rf"\b(?:{_OTHERS}|more|most|less|disproportionate(?:ly)?|relatively|than|compared|vs|versus|against|(?:over"
    r"|under)[- ]?index\w*|prefer(?:s|red|ences?)?|skew(?:s|ed)?|to|towards?|products?|items?|skus?|brands?"
    "|manufacturers?|departments?|depts?|categor(?:y|ies)|goods|things|unusually|often|much|popular|households?"
    "|customers?|shoppers?|people|what|which|do|does|did|buy|buys|bought|spend|spends|purchase|shop for|that|don't"
    r"|doesn't|not|on|of|with|by|for|among|the|is|are|our|us|have|has)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about the taste of a kind of household; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _ASKS.search(whole) or names_the_future(whole) or re.search(r"\bwhy\b|\bcoupons?\b|\bcampaigns?\b", whole):
        return None
    groups = take_people(reading)
    if not groups:
        return None
    if len({group.dimension for group in groups}) > 1:
        return not_understood("several kinds of households at once")
    level = next((name for name, pattern in _LEVELS if pattern.search(whole)), None)
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or split_left(reading):
        return None
    return calls_for(
        PREFERENCES,
        {
            "attribute": groups[0].dimension,
            "values": [value for group in groups for value in group.values],
            "by": level,
            "order": "less" if _LESS.search(whole) else None,
            "limit": limit or slots.limit,
            **slots.args("period", "stores", "department"),
        },
        [],
    )
