"""Customers of one store who did not buy at another: “customers of Market Street who never shop at Harbor Point”."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.range_apart import MARKS, mark, without_marks
from agent.conversation.surroundings import Surroundings

SHARED = "shared_customers"
_PEOPLE = r"(?:customers?|shoppers?|households?|buyers?|members?|people|guests?)"
_GO = r"(?:buy|bought|shop(?:ped|s)?|visit(?:ed|s)?|go|went|come|came|purchase[ds]?|spend|spent|been)"
_APART = re.compile(
    rf"(?:\b{_PEOPLE}\b(?: (?:of|at|in|from|who|that|{_GO}))* (?P<a>{MARKS})|(?P<b>{MARKS}) {_PEOPLE}) (?:who |that "
    "|but |and |which )*(?:they |do |does |did |have |has )*(?:n't|nt|don'?t|didn'?t|haven'?t|not|never)(?: ever"
    rf"| also| {_GO})*(?: anything)?(?: (?:at|in|to|from))* (?P<c>{MARKS})"
)
_OTHER = re.compile(r"\b(?:segments?|spend(?:ing)?|revenue|sales|age|income|kids?|names?|lists?|promo\w*|coupons?)\b")
_WORDS = re.compile(
    rf"\b(?:{_PEOPLE}|{_GO}|how many|which|who|that|of|at|in|from|to|but|and|they|do|does|did|have|has|are|there|not"
    r"|never|ever|also|anything|show|me|count|number|our|the|known|didn'?t|don'?t|haven'?t)(?!\w)|n't\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question on customers of some stores who did not buy at others; None for every other."""
    whole = Reading.of(text).text.replace("’", "'")
    if names_the_future(whole) or _OTHER.search(whole):
        return None
    marked = mark(whole, around)
    found = _APART.search(marked.text)
    if found is None:
        return None
    own = [marked.names.get(one) for one in re.findall(r"⟨\w+⟩", found["a"] or found["b"])]
    others = [marked.names.get(one) for one in re.findall(r"⟨\w+⟩", found["c"])]
    if None in own or None in others:
        return None
    slots = take_slots(Reading.of(without_marks(marked.text)), around, _WORDS)
    left = slots.unknown or slots.product or slots.department or slots.stores
    if left:
        return not_understood(left)
    shared = {"stores": " and ".join(filter(None, own)), "but_not": " and ".join(filter(None, others))}
    return calls_for(SHARED, {**shared, **slots.args("period")}, [])
