"""Pack sizes of the best: “which package sizes of the top 5 categories sell most?”, “pack sizes of our best products”.

Of the best products each has one size, which stands beside it; of categories and brands the three that sell most are
told. A strict reader: a word that is not known ends it, and pack sizes of all goods are read elsewhere.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.plain_questions.plain_reading import take_number
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import asks_for_the_bottom, take_metrics
from agent.conversation.surroundings import Surroundings

TOOL = "sales_breakdown"
_USUAL_TOP, _OF_EACH = 10, 3
_SIZE = re.compile(
    r"\b(?:(?:kinds?|types?|sorts?) of )?(?:(?:pack(?:age|aging|et)?|container|bottle|unit)(?:'s)?[- ]sizes?"
    r"|sizes? of (?:the )?(?:packs?|packages?|containers?))\b"
)
_GROUPS = {"category": r"categor(?:y|ies)", "brand": r"(?:brands?|manufacturers?)", "department": r"departments?"}
_TOP = re.compile(
    r"\b(?:for |of |in |among |within |by )?(?:the |our |each of the )*(?:top|best(?:[- ]selling)?|biggest|leading|most"
    r" popular|bottom|worst(?:[- ]selling)?)(?: (?P<n>\d{1,2}))?(?:[- ]selling)?"
    r" (?:(?P<product>products?|items?|skus?|sellers)|(?:product )?"
    rf"(?P<group>{'|'.join(_GROUPS.values())}))\b"
)
_WORDS = re.compile(
    r"(?<![\w-])(?:which|what|are|is|were|do|does|did|have|has|had|bring|brings|brought|generat\w+|highest|most|best|the"
    r"|our|of|for|in|by|sell\w*|sold|sales|revenue|and|show|me|list|their|its|they|come|comes?|with|drive|driving|drives"
    r"|top|total|net|contribute|make|makes|largest|biggest|popular|each)(?![\w-])"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for the sizes of the best goods; None where a word is not known or all goods are meant."""
    reading = Reading.of(text)
    whole = reading.text
    if reading.take(_SIZE) is None or (best := reading.take(_TOP)) is None or names_the_future(whole):
        return None
    bottom = asks_for_the_bottom(Reading(best[0]))
    metrics = take_metrics(reading) or ("net_sales",)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.limit or len(metrics) > 1 or take_number(reading) is not None:
        return None
    group = next(
        (name for name, words in _GROUPS.items() if best["group"] and re.fullmatch(words, best["group"])), None
    )
    named = [(key, value) for key in ("product", "department") if (value := getattr(slots, key))]
    args = {
        "by": f"{group or 'product'}, pack_size",
        "metrics": list(metrics),
        "top": int(best["n"]) if best["n"] else _USUAL_TOP,
        "each": _OF_EACH if group else None,
        "order": "bottom" if bottom else None,
        "where": [{"dimension": key, "values": [value]} for key, value in named] or None,
        **slots.args("period", "stores"),
    }
    return calls_for(TOOL, args, [])
