"""Questions for the best and the worst stores, and for stores ranked by a metric."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

RANKING = "store_ranking"
_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|outlets?)"
_END = r"(?:biggest|largest|smallest|best|worst|top|bottom|weakest|strongest|poorest|leading|lowest|highest)"
_CLAIM = re.compile(
    rf"\b{_END}(?: |-)(?:\w+ )?(?:performing|performers?|ranked|rated)\b.*\b{_STORES}\b|\b{_STORES}\b.*\b(?:perform\w*"
    rf"|do(?:es|ing)?|did) (?:the )?(?:best|worst|well|badly|poorly)\b|\b{_END} (?:\d+ |two |three |four |five "
    rf"|ten )?{_STORES}\b|\brank(?:ing|ed|s)?\b(?: \w+){{0,4}} {_STORES}\b|\b{_STORES} rank(?:ings?|ed)?\b"
    rf"|\b{_STORES} (?:league tables?|leader ?boards?|score ?cards?)\b|\bleague table\b(?: \w+){{0,3}} {_STORES}\b"
    rf"|\b{_STORES}\b(?: \w+){{0,3}} ranked\b"
)
_PLACE = re.compile(
    r"\b(?:rank|ranking|place|position) of\b|\b(?:where|how|what (?:rank|place|position)) (?:do|does|did|is|was|has) "
    r"[\w' ]{2,40}? (?:rank(?:ed)?|placed|come)\b"
    r"|\bwhat (?:rank|place|position) (?:is|was|does|did) [\w' ]{2,40}? (?:in|at|have|take)\b"
)
"""The place of one store among all: “rank of Maple Avenue by conversion”, “where does Harbor Point rank”."""
_OTHER = re.compile(
    r"\b(?:why|customers?|products?|items?|skus?|employees?|cashiers?|compared?|versus|vs\.?|growth|grew|growing|fell"
    r"|declin\w+|improv\w+|changed?|targets?|budgets?|open|hours|weather|stock|promo\w*|departments?|categor\w+"
    r"|brands?)\b"
)
_WORST = re.compile(
    r"\b(?:smallest|worst|bottom|weakest|poorest|lowest|badly|poorly|struggl\w+|least|under[- ]?perform\w*"
    r"|low[- ]performing)\b"
)
_SIZE = re.compile(r"\b(?:biggest|largest|smallest)\b")
_SALES = re.compile(r"\b(?:by|on|for|in|of|with the (?:highest|lowest|best|most)) (?:total )?sales\b")
_WORDS = re.compile(
    r"\b(?:biggest|largest|smallest|best|worst|top|bottom|weakest|strongest|poorest|leading|lowest|highest|perform\w*"
    rf"|ranked|rank|ranks|rankings?|rated|{_STORES}|league|tables?|leader ?boards?|score ?cards?|doing|do|does|did"
    "|badly|poorly|well|sales|by|based|on|terms|with|the|all|our|my|from|to|order|list|fair(?:ly)?|overall|allowing"
    r"|for size)\b"
)

_PLACE_WORDS = re.compile(
    rf"{_WORDS.pattern}|\b(?:place[ds]?|position|come|where|how|what|has|have|take|is|was|of|in|at)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question that ranks stores; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    place = not _CLAIM.search(whole) and _PLACE.search(whole) is not None
    if not (place or _CLAIM.search(whole)) or _OTHER.search(whole) or names_the_future(whole):
        return None
    size = _SIZE.search(whole) is not None
    metrics = list(take_metrics(reading)) or (["net_sales"] if size or _SALES.search(whole) else [])
    limit = _take_number(reading)
    slots = take_slots(reading, around, _PLACE_WORDS if place else _WORDS)
    if slots.product or slots.department or (place and (slots.unknown or not slots.stores)):
        return None
    if slots.unknown:
        return not_understood(slots.unknown)
    shared = {
        **slots.args("period", *([] if place else ["stores"])),
        "limit": slots.limit or limit,
        "order": "worst" if _WORST.search(whole) else None,
    }
    return calls_for(RANKING, shared, [{"metric": name} for name in metrics])


_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_NUMBERED = re.compile(rf"\b{_END} (?P<count>\d{{1,3}}|two|three|four|five|ten) (?:\w+ )?{_STORES}\b")


def _take_number(reading: Reading) -> int | None:
    """A number right before “stores”, taken out: “top 3 stores”."""
    found = reading.find(_NUMBERED)
    if found is None:
        return None
    reading.blank(found.start("count"), found.end("count"))
    return _NUMBERS.get(found["count"]) or int(found["count"])
