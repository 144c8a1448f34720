"""“Do ten products make up most of our revenue?”: which part of it so many of the largest make, held against that."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.whole.tail_of_range import CONCENTRATION
from agent.conversation.planner.wording.words import WORD_NUMBERS, take_metrics
from agent.conversation.surroundings import Surroundings

_GROUPS = (
    ("store", "stores?|shops?|branch(?:es)?|locations?"),
    ("supplier", "suppliers?|vendors?"),
    ("brand", "brands?|manufacturers?"),
    ("category", "categor(?:y|ies)"),
    ("department", "departments?|depts?"),
    ("product", "products?|skus?|items?|lines|articles|sellers|best[- ]?sellers"),
)
_GROUP = "|".join(f"(?P<{name}>{words})" for name, words in _GROUPS)
_COUNT = rf"(?P<n>\d{{1,5}}|a single|{'|'.join(WORD_NUMBERS)})"
_LARGEST = r"(?:(?:top|best|largest|biggest|leading|strongest)(?:[- ]selling)? )?"
_FEW = rf"(?:(?:just|only|the|our|my|these) )*{_LARGEST}{_COUNT} {_LARGEST}(?:{_GROUP})"
_PART = (
    r"(?P<part>most|the majority|the bulk|the lion's share|(?:more than |over |at least |about )?(?:a |one )?(?:half"
    r"|third|quarter)|(?:more than |over |at least |about )?\d{1,2} ?(?:%|percent))"
)
_MAKE = (
    r"(?:make(?:s)?(?: up)?|account(?:s)? for|bring(?:s)?(?: in)?|generate(?:s)?|drive(?:s)?|deliver(?:s)?"
    r"|produce(?:s)?|earn(?:s)?|represent(?:s)?|contribute(?:s)?|sell(?:s)?)"
)
_OF = r"(?: of)?(?: (?:all|the|our|my|total|that))*"
_COMES = r"(?:com(?:e|es|ing) |made |earned |generated |driven )?(?:from|by|in)"
_CLAIMS = (
    re.compile(rf"^\W*(?:do|does|did|would|could|will) {_FEW} (?:really |already )?{_MAKE} {_PART}(?!\w){_OF}"),
    re.compile(rf"^\W*(?:is|are|does|do) {_PART}(?!\w){_OF} (?P<what>.{{3,40}}?) {_COMES} {_FEW}"),
)
_SHARES = {"half": 50, "third": 33, "quarter": 25}
_WORDS = re.compile(
    r"\b(?:sales|revenue|turnover|takings|margin|profits?|units|net|gross|total|of|in|the|our|my|we|sell|volume"
    r"|money|business|it|all)(?!\w)"
)
_OTHER = re.compile(
    r"\b(?:why|customers?|households?|shoppers?|stock|inventory|discounts?|returns?|refunds?|visits?)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for what so many of the largest make; None where a word of the question is not known."""
    reading = Reading.of(text)
    whole = reading.text
    found = next((match for claim in _CLAIMS if (match := claim.search(whole)) is not None), None)
    if found is None or _OTHER.search(whole) or names_the_future(whole):
        return None
    of = next(name for name, _ in _GROUPS if found[name])
    kept = found.span("what") if "what" in found.re.groupindex else (found.end(), found.end())
    reading.blank(found.start(), kept[0])
    reading.blank(kept[1], found.end())
    metrics = [name for name in take_metrics(reading) if name in ("units", "gross_margin", "gross_sales")]
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.limit or split_left(reading):
        return None
    count = 1 if found["n"] == "a single" else WORD_NUMBERS.get(found["n"]) or int(found["n"])
    args = {
        "of": None if of == "product" else of,
        "top_number": count,
        "share": _share(found["part"]),
        "metric": metrics[0] if metrics else None,
        **slots.args("period", "stores", "department"),
    }
    return calls_for(CONCENTRATION, args, [])


def _share(said: str) -> int:
    """The part in per cent; “most” is more than half."""
    if number := re.search(r"\d+", said):
        return int(number[0])
    return next((share for word, share in _SHARES.items() if word in said), 50)
