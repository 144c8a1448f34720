"""Questions how far the best and the worst store lie apart in a figure."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.ranking import RANKING
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|outlets?)"
_TOP = r"(?:top|best|highest|strongest|leading|biggest|largest|number one|no\.? ?1)"
_LOW = r"(?:bottom|worst|lowest|weakest|poorest|smallest|last)"
_KIND = r"(?:[- ](?:performing|performers?|selling|ranked|ranking|grossing))?"
_SELLS = r"(?: (?:sell|make|take|do|earn|bring in)s?)?"
_AND = rf"(?: {_STORES})?{_SELLS}(?: and| to| or| than| versus| vs\.?|,) (?:the |our |my )*"
_BOTH = re.compile(rf"\b{_TOP}{_KIND}{_AND}{_LOW}{_KIND} {_STORES}\b|\b{_LOW}{_KIND}{_AND}{_TOP}{_KIND} {_STORES}\b")
_APART = re.compile(
    r"\b(?:gaps?|differences?|spreads?|distances?|disparit(?:y|ies)|ranges?|far apart|how different|how wide"
    r"|how much (?:more|less|better|bigger|higher|lower))\b"
)
_OTHER = re.compile(
    r"\b(?:why|customers?|products?|items?|skus?|employees?|cashiers?|growth|grew|growing|fell|declin\w+|improv\w+"
    r"|changed?|targets?|budgets?|stock|inventory|promo\w*|brands?|prices?)\b"
)
_WORDS = re.compile(
    rf"{_BOTH.pattern}|{_APART.pattern}|\b(?:how|what(?:'s)?|is|are|was|were|there|the|our|my|between|in|of|by|for|on"
    r"|big|large|wide|much|more|less|better|bigger|higher|lower|does|do|show|me|give|tell|sales|revenue|terms|and|a|an|performance)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question how far the ends of a ranking of stores lie apart; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not (_APART.search(whole) and _BOTH.search(whole)) or _OTHER.search(whole) or names_the_future(whole):
        return None
    metrics = list(take_metrics(reading)) or ["net_sales"]
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or slots.product or slots.department or split_left(reading)
    if left:
        return not_understood(left)
    shared = {**slots.args("period", "stores"), "gap": True}
    return calls_for(RANKING, shared, [{"metric": name} for name in metrics])
