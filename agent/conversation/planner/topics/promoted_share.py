"""Questions for the part of sales that was sold on promotion: one share, and that of each store, department or week."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.periods import names_the_future
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots import take_slots
from agent.conversation.planner.topics.breakdown_words import take_dimensions
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
ON_PROMOTION = {"dimension": "promotion", "values": ["any promotion"]}
_PROMO = r"(?:promo(?:tion)?s?|offers?|specials?|deals?)"
_SHARE = re.compile(
    rf"\b(?:share|percent(?:age)?|proportion|fraction|part|%|how much) (?:of )?(?:our |the |all |total |net )*"
    rf"(?:sales|revenue|units|volume|business)(?: \w+){{0,3}} (?:on|from|under|by|in) (?:an? |the |our )?{_PROMO}\b"
    rf"|\b{_PROMO}(?:tional)? (?:sales )?(?:share|mix|penetration|intensity)\b(?: of (?:sales|revenue|units))?"
    rf"|\bshare of (?:sales|revenue|units) (?:from|in) promoted (?:goods|items|products)\b"
)
_UNITS = re.compile(r"\b(?:units|volume)\b")
_WORDS = re.compile(
    rf"\b(?:{_PROMO}|promotional|promoted|share|percent(?:age)?|proportion|fraction|part|mix|penetration"
    rf"|intensity|sales"
    r"|revenue|units|volume|business|net|total|sold|was|were|is|are|came|comes|come|made|goods|items|products"
    r"|any|much|how"
    r"|highest|lowest|most|least|has|have|had|top)(?!\w)|%"
)
_TIME = frozenset({"week", "month", "day", "quarter"})
_LATEST = {"week": "last 8 weeks", "month": "last 3 months"}
WHOLE_BESIDE = (
    "For the share of each, hold these sales against the whole: the second table has all sales of the same groups."
)
SAYS = "This says what was sold of goods on offer, not what the offers brought: for that ask for the promotion lift."


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for such a question; None for every other."""
    reading = Reading.of(text)
    if not _SHARE.search(reading.text) or names_the_future(reading.text) or re.search(r"\bwhy\b", reading.text):
        return None
    dimensions = take_dimensions(reading)
    metrics = ["units"] if _UNITS.search(reading.text) else None
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or split_left(reading)
    if left or len(dimensions) > 1:
        return not_understood(left or f"by {' and '.join(dimensions)}")
    shared = {"metrics": metrics, **slots.args("period", "stores", "product", "department")}
    if not dimensions:
        return calls_for(BREAKDOWN, {**shared, "where": [ON_PROMOTION], "of_total": True}, [], SAYS)
    by = dimensions[0]
    shared |= {"by": by, "top": slots.limit}
    if by in _TIME and by in _LATEST:
        shared["period"] = shared.get("period") or _LATEST[by]
    ways: list[dict[str, object]] = [{"where": [ON_PROMOTION]}, {}]
    return calls_for(BREAKDOWN, shared, ways, f"{WHOLE_BESIDE} {SAYS}")
