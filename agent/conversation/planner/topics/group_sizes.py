"""“Which departments have fewer than 100 products”: groups of the range held against how much is in them."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

RANGE = "range_counts"
_NOUNS = (
    ("department", r"(?:departments?|depts?)"),
    ("category", r"(?:(?:product )?categor(?:y|ies)|commodit(?:y|ies))"),
    ("brand", r"(?:(?:national )?brands?|manufacturers?|makers?|producers?)"),
    ("pack_size", r"(?:(?:pack|package|bottle) sizes?)"),
    ("product", r"(?:products?|items?|skus?|articles?)"),
)
_ALL = "|".join(noun for _, noun in _NOUNS)
_WAYS = {
    "fewer than": ("at_most", -1), "less than": ("at_most", -1), "under": ("at_most", -1), "below": ("at_most", -1),
    "at most": ("at_most", 0), "up to": ("at_most", 0), "no more than": ("at_most", 0), "more than": ("at_least", 1),
    "over": ("at_least", 1), "above": ("at_least", 1), "at least": ("at_least", 0), "no fewer than": ("at_least", 0),
    "only": ("exactly", 0), "just": ("exactly", 0), "exactly": ("exactly", 0),
}  # fmt: skip
_CLAIM = re.compile(
    rf"\b(?P<by>{_ALL})(?P<inside> (?:in|of|from) [a-z][a-z &]{{2,30}}?)? (?:that |which )?(?:have|has|having|with"
    "|carr(?:y|ies)|contain(?:s|ing)?|hold(?:s|ing)?|offer(?:s|ing)?"
    rf"|make(?:s)?) (?P<way>{'|'.join(_WAYS)}) (?P<n>\d[\d,]*|one|two|three|a single) (?:different |distinct |active "
    rf"|unique )*(?P<what>{_ALL})\b"
)
_OTHER = re.compile(
    r"\b(?:stock\w*|on hand|inventory|out of|low|sales|revenue|margin|returned|refund\w*|promot\w*|discount\w*"
    r"|customers?|price\w*|cost\w*|scan\w*)\b"
)
_SOLD = re.compile(r"\b(?:did we sell|were sold|have sold|that sold|sold|selling)\b")
_WORDS = re.compile(
    r"\b(?:which|what|how many|number|list|show|count|are there|there|do we have|we|have|of|the|our|all|in|catalogue"
    r"|catalog|range|assortment|any)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question of this kind; None for every other."""
    reading = Reading.of(text)
    found = reading.find(_CLAIM)
    if found is None or _OTHER.search(reading.text) or names_the_future(reading.text):
        return None
    by, count = _name(found["by"]), _name(found["what"])
    if by in ("product", count):
        return None
    reading.blank(*found.span("by"))
    reading.blank(found.end("inside") if found["inside"] else found.end("by"), found.end())
    sold = reading.take(_SOLD) is not None
    name, step = _WAYS[found["way"]]
    said = {"one": "1", "two": "2", "three": "3", "a single": "1"}.get(found["n"], found["n"])
    number = max(int(said.replace(",", "")) + step, 0)
    bounds = {"at_least": number, "at_most": number} if name == "exactly" else {name: number}
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product:
        return not_understood(slots.unknown or slots.product or "")
    period = slots.period or ("last 4 weeks" if sold else None)
    order = "bottom" if name == "at_most" else None
    return calls_for(RANGE, {
        "count": None if count == "product" else count, "by": by, **bounds, "order": order, "period": period,
        **slots.args("department", "stores"),
    }, [])  # fmt: skip


def _name(said: str) -> str:
    return next(name for name, noun in _NOUNS if re.fullmatch(noun, said))
