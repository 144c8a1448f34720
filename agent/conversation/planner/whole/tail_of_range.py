"""What the smallest part of the range brings: “bottom 10 % SKU contribution”, “what if we drop the bottom 10 %”."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

CONCENTRATION = "sales_concentration"
_WHAT = r"products?|skus?|items?|lines|articles|brands?|manufacturers?|categor(?:y|ies)|departments?"
_TAIL = re.compile(
    r"\b(?:bottom|lowest|worst|smallest|slowest|last)(?:[- ]selling|[- ]performing)? (?P<n>\d{1,2}) ?(?:%|percent)"
    rf"(?: of)?(?: (?:the|our|my|all|selling))* (?P<what>{_WHAT})\b|\b(?P<what2>{_WHAT}) (?:in|of) the bottom"
    r" (?P<n2>\d{1,2}) ?(?:%|percent)"
)
_SUPPOSED = re.compile(
    r"\b(?:what (?:would|will|might)? ?happens? if|what if|suppose|if) (?:we|i) (?:were to )?(?:rationali[sz]ed?"
    r"|delist(?:ed)?|cut|drop(?:ped)?|remov(?:e|ed)|eliminat(?:e|ed)|discontinued?|culled?|prune[d]?|axed?)\b"
)
_WORDS = re.compile(
    r"\b(?:what(?:'s| is| are| do| does| share| percent(?:age)?| part)?|how much|contribut\w+|share|percent(?:age)?"
    r"|proportion|of|in|to|total|sales|revenue|margin|profit|units|net|gross|bring|brings|make|makes|made"
    r"|account\w*|for"
    r"|the|our|do|does|did|is|are|they|show me|give me|happens?|would|by|from|come|comes|have|has)(?!\w)|%"
)
_OTHERS = re.compile(r"\b(?:why|customers?|households?|stores?|list|which|stock|capital|space)\b")
NOT_SUPPOSED = (
    "Where the sales of dropped products would go is not known before it is done, so what would happen is not "
    "reckoned: this is what they bring now. “Which products should we delist” names slow ones, each with what sold "
    "instead."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for what the smallest so many per cent bring; None where a word is not known."""
    reading = Reading.of(text)
    whole = reading.text
    found = _TAIL.search(whole)
    if found is None or _OTHERS.search(whole) or names_the_future(whole):
        return None
    noun = found["what"] or found["what2"]
    supposed = reading.take(_SUPPOSED) is not None
    reading.take(_TAIL)
    metrics = [name for name in take_metrics(reading) if name in ("units", "gross_margin", "gross_sales")]
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.limit or split_left(reading):
        return None
    names = {"b": "brand", "m": "brand", "c": "category", "d": "department"}
    args = {
        "of": names.get(noun[0]),
        "bottom_percent": int(found["n"] or found["n2"]),
        "metric": metrics[0] if metrics else None,
        **slots.args("period", "stores", "department"),
    }
    decided = calls_for(CONCENTRATION, args, [])
    return replace(decided, opening=NOT_SUPPOSED) if supposed else decided
