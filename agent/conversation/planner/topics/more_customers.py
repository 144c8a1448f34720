"""“Did we get more customers this month?”: two periods of what is counted of customers, at the till and at the door."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import COMPARE, Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.goods import leftover
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.surroundings import Surroundings

_WHO = r"(?:customers?|shoppers|people|guests|visitors|buyers|households)"
_ASKS = re.compile(
    rf"^\W*(?:and |so |ok )*(?:(?:do|did|are|were|have|has|is|will|does) (?:we|i|they|it|[\w ]{{3,30}}?) (?:have |had "
    r"|get |getting |got |gotten |see |seeing |seen |serve |served |attract\w* )?)?(?P<way>more|fewer"
    rf"|less) {_WHO}(?: (?:come|came|coming|visit\w*|shop\w*|in|through the door))*\b(?! (?:who|that|with|over|under"
    "|spend|per|by|aged|at risk))"
)
_OTHER = re.compile(
    r"\b(?:new|returning|repeat|loyal\w*|segments?|age|income|households? with|kids|spend\w*|coupons?|card|by (?:store"
    r"|department|hour|weekday)|why|how many|where|which|forecast|next)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_WHO}|more|fewer|less|than|compared (?:to|with)|vs\.?|versus|get|getting|got|gotten|see|seeing|seen|serve"
    r"|served|attract\w*|come|came|coming|visit\w*|shop\w*|in|through the door|we|our|the)\b"
)
COUNTED = (
    "A customer is counted here as a transaction, and as a visitor where the door counts. How many different known "
    "customers there were is in “how many customers did we have {period}”."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The comparison that such a question means; None for every other."""
    reading = Reading.of(text)
    if not _ASKS.search(reading.text) or _OTHER.search(reading.text):
        return None
    spans = [one.phrase for one in take_periods(reading)]
    bare = re.search(r"\bthan last\b", reading.text)
    stores = take_stores(reading, around)
    while reading.take(_WORDS):
        pass
    left = leftover(reading, around, store_known=stores is not None)
    if left is not None and (left.unknown or left.goods):
        return not_understood(left.unknown or (left.goods.product or left.goods.department or "" if left.goods else ""))
    if len(spans) > 2:
        return not_understood(" and ".join(spans))
    period = spans[0] if spans else "last 4 weeks"
    against = (
        spans[1] if len(spans) > 1 else f"last {period.split()[-1]}" if bare and period.startswith("this") else None
    )
    found = calls_for(COMPARE, {
        "period": period, "compare_to": against, "stores": stores or (left.store if left else None),
        "metrics": ["transactions", "visitors"],
    }, [])  # fmt: skip
    return Plan(found.calls, COUNTED.format(period=period))
