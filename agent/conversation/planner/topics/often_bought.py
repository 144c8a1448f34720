"""“The ten most frequently purchased products”: goods ranked by how many transactions hold them."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import asks_for_the_bottom, take_limit
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_NOUNS = (
    ("product", r"(?:products?|items?|skus?|articles?)"),
    ("category", r"categor(?:y|ies)"),
    ("brand", r"(?:brands?|manufacturers?)"),
    ("department", r"(?:departments?|depts?)"),
)
_ANY = "|".join(noun for _, noun in _NOUNS)
_CLAIM = re.compile(
    rf"\b(?P<what>{_ANY}) by how often bought\b|\b(?P<rank>{_ANY}) (?:in|with|are in|is in|appear(?:s|ed)? in"
    "|that (?:are|appear) in) (?:the )?(?:most|fewest) (?:transactions|baskets|orders|receipts|shopping trips"
    r"|trips)\b"
)
_NUMBER = re.compile(r"\btop (?:the )?(?P<n>\d{1,3}|two|three|five|ten|twenty)\b")
_OTHER = re.compile(r"\b(?:why|together|pairs?|with what|promo\w*|campaigns?|coupons?|returned|refund\w*)\b")
_WORDS = re.compile(
    rf"\b(?:{_ANY}|top|most|fewest|least|frequently|often|what|which|are|is|the|by|customers?|households?|shoppers?"
    "|among|list|give|show|bought|purchased|each|appear(?:s|ed)?|in|with|that|transactions|baskets|orders|receipts"
    r"|shopping|trips|how)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about what is bought most often; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    found = _CLAIM.search(whole)
    if found is None or _OTHER.search(whole) or names_the_future(whole):
        return None
    said = found["what"] or found["rank"]
    by = next(name for name, noun in _NOUNS if re.fullmatch(noun, said))
    bottom = asks_for_the_bottom(reading) or "fewest" in whole
    reading.blank(found.start(), found.end())
    limit = take_limit(Reading.of(f"top {number['n']}")) if (number := reading.take(_NUMBER)) else take_limit(reading)
    where = [group.condition() for group in take_people(reading)]
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or split_left(reading):
        return not_understood(slots.unknown or split_left(reading))
    return calls_for(
        BREAKDOWN,
        {
            "by": by,
            "metrics": ["transactions", "units", "net_sales"],
            "top": limit or slots.limit,
            "order": "bottom" if bottom else None,
            "where": where or None,
            **slots.args("period", "stores", "product", "department"),
        },
        [],
    )
