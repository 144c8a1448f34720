"""How much of the range each store sells: “which store has the widest range”, “how many products does each carry”.

What sold at a store is counted, for what stands there unsold is not its range alone. “How many items does each store
sell” may mean pieces and is left to others. A strict reader: a word it does not know ends it.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.assortment import RANGE
from agent.conversation.surroundings import Surroundings

_USUAL = "last 4 weeks"
_SHOP = r"(?:stores?|shops?|locations?|branch(?:es)?)"
_NOUNS = (
    ("category", r"(?:(?:product )?categor(?:y|ies)|product_lines?)"),
    ("brand", r"(?:(?:national )?brands?|manufacturers?)"),
    ("department", r"(?:departments?)"),
    ("product", r"(?:products?|items?|skus?|articles?|product lines?|lines?)"),
)
_ALL = "|".join(noun for _, noun in _NOUNS)
_KIND = r"(?:(?:different|distinct|unique|separate) )*"
_RANGE_SAID = r"(?:range|assortment|product (?:range|selection|variety)|selection of (?:products|goods)|variety)"
_DEED = r"(?:has|have|had|carr(?:y|ies|ied)|offer(?:s|ed)?|stock(?:s|ed)?|sells?|sold)"
_CLAIM = re.compile(
    rf"\b(?:which|what) {_SHOP} (?P<deed>{_DEED}) (?:the )?(?:(?P<way>most|fewest|least|largest number of"
    rf"|highest number of|smallest number of) (?P<kind>{_KIND})(?P<what>{_ALL})"
    rf"|(?P<range>widest|broadest|biggest|largest|narrowest|smallest) {_RANGE_SAID})\b"
    rf"|\b(?:how many|(?:the )?number of) (?P<kind2>{_KIND})(?P<what2>{_ALL}) (?:(?:does|do|did) (?:each|every) {_SHOP}"
    rf" (?P<deed2>{_DEED})|(?:are (?:there )?|do we (?:have|carry) )?(?P<by>by|per|in each|at each|for each) {_SHOP})\b"
    rf"|^\W*(?:the |our )?{_RANGE_SAID}(?: (?:size|breadth|width))? ?(?:by|per) {_SHOP}\b"
)
_SELLS = re.compile(r"s(?:ells?|old)")
_PIECES = re.compile(r"(?:products?|items?|articles?)")
_NARROWEST = frozenset({"fewest", "least", "smallest number of", "narrowest", "smallest"})
_WORDS = re.compile(r"\b(?:show|me|give|list|the|our|my|please|in|at|for|did|and)\b")


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for how much of the range each store sold; None for every other question."""
    reading = Reading.of(text)
    found = reading.find(_CLAIM)
    if found is None or names_the_future(reading.text):
        return None
    what, kind = found["what"] or found["what2"] or "product", found["kind"] or found["kind2"]
    sells = found["by"] or _SELLS.fullmatch(found["deed"] or found["deed2"] or "")
    if sells and not kind and not found["range"] and _PIECES.fullmatch(what):
        return None
    reading.blank(found.start(), found.end())
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.limit:
        return None
    count = next(name for name, noun in _NOUNS if re.fullmatch(noun, what))
    order = "bottom" if (found["way"] or found["range"]) in _NARROWEST else None
    args = {"count": None if count == "product" else count, "by": "store", "order": order}
    return calls_for(RANGE, {**args, "period": _USUAL, **slots.args("department", "period", "stores")}, [])
