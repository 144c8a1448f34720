"""Questions for a figure of every product: “units by product for October”, which is a long list and no ranking."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_taken import compared
from agent.conversation.planner.wording.words import take_metrics, with_plain_sales
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_EACH = re.compile(r"\b(?:by|per|for each|for every|each|every) (?:single )?(?:products?|items?|skus?|articles?)\b")
_OTHER = re.compile(
    r"\b(?:why|eros\w*|erod\w*|los\w+|drop\w*|fall\w*|fell|top|best|worst|bottom|most|least|highest|lowest|rank\w*"
    r"|grew|growth|chang\w*|lift|promo\w*|coupons?|stock|inventory|on hand|reorder|shelf|forecast|outlook|price|prices"
    r"|elasticit\w*|customers?|basket|baskets|transaction|average|avg|trend\w*|and (?:store|week|month|day|department)"
    r"|by (?:store|week|month|day|department|category|brand|hour|age)|feedback|space|cost of|margin by|abc|profitab\w*"
    r"|supplier|refund\w*|return\w*|discount per|sales per|shrink\w*|wast\w+|spoil\w+"
    r"|(?:days|weeks) of (?:cover|supply))\b"
)
_WORDS = re.compile(
    r"\b(?:sales|sell|sold|revenue|net|units?|list|all|every|each|by|per|for|of|in|at|show|me|what|did|we|our|the|how"
    r"|much|many|single|product|products|item|items)(?!\w)"
)
_MOST = 100


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a list over products; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    if not _EACH.search(whole) or _OTHER.search(whole) or names_the_future(whole) or take_people(Reading(whole)):
        return None
    if compared(Reading(whole)) != (None, None):
        return None
    reading.take(_EACH)
    metrics = with_plain_sales(list(take_metrics(reading)), whole)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    shared = {"by": "product", "metrics": metrics or None, "top": slots.limit or _MOST,
              **slots.args("period", "stores", "product", "department")}  # fmt: skip
    return calls_for(BREAKDOWN, shared, [])
