"""“Private label share, soft drinks vs cheese”: the share of own label in two kinds of goods, each by itself.

A strict reader: two names and nothing else beside a time and a store; neither is a store, a time or a label.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.topics.price_bands import LABELS, OWN
from agent.conversation.planner.wording.ordinary import is_ordinary
from agent.conversation.surroundings import Surroundings

_SHARE = rf"(?:the |our )?{OWN} (?:shares?|penetration|percentages?|%)(?: of (?:sales|revenue))?"
_NAME = r"[a-z][a-z'&-]*(?: [a-z'&-]+){0,2}?"
_TWO = rf"(?P<a>{_NAME}) (?:vs\.?|versus|and|or|against|compared (?:to|with)) (?P<b>{_NAME})"
_ASKS = tuple(
    re.compile(rf"\W*(?:(?:what(?:'s| is)|compare|show me|how does) )?{form}\W*")
    for form in (rf"{_SHARE}(?: differ| compare)?[:,]?(?: (?:in|of|for|between|by))? {_TWO}", rf"{_TWO}[:,]? {_SHARE}")
)
_NO_NAME = frozenset(
    {"national", "brand", "brands", "branded", "store", "stores", "department", "departments", "category", "categories"}
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The two calls for such a question; None for every other."""
    reading = Reading.of(text)
    if names_the_future(reading.text):
        return None
    spans = take_periods(reading)
    stores = take_stores(reading, around)
    found = next((one for asks in _ASKS if (one := asks.fullmatch(" ".join(reading.text.split())))), None)
    if found is None or len(spans) > 1:
        return None
    names = [re.sub(r"^(?:in|of|for|the|our)\b *| *\b(?:in|for|at|the)$", "", found[side]) for side in ("a", "b")]
    if not all(map(_may_be_goods, names)):
        return None
    departments = {one.lower(): one for one in around.departments}
    ways = [{"department": departments[one]} if one in departments else {"product": one} for one in names]
    return calls_for(LABELS, {"period": spans[0].phrase if spans else None, "stores": stores}, ways)


def _may_be_goods(name: str) -> bool:
    words = name.split()
    return bool(words) and not any(word in _NO_NAME or is_ordinary(word) for word in words)
