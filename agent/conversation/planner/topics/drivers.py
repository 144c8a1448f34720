"""Questions which of several parts a change is made of: traffic or basket, price, volume or mix, rate or mix."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.topics.why import EXPLAIN, USUAL_PERIOD, sides
from agent.conversation.surroundings import Surroundings

_PART = (
    "(?:foot ?)?traffic|footfall|visitors?|conversion(?: rates?)?|(?:average )?(?:basket|ticket"
    "|transaction)s?(?: (?:size|value|count)s?)?|prices?|pricing|volumes?|units?|(?:product |sales |category "
    "|margin )?mix|rates?|costs?|upt|atv|aov"
)
_JOIN = r"(?:,? (?:vs\.?|versus|or|and|&|or is it|or to|or by)(?: the| to| by)? |, ?| ?/ ?|[- ](?=volume|mix|price))"
_PARTS = re.compile(rf"\b(?:{_PART}){_JOIN}(?:{_PART})(?:{_JOIN}(?:{_PART}))*\b")
_CAUSE = (
    r"due|driv(?:es?|en|ing|ers?)|drove|because|caus(?:e|es|ed)|explain\w*|com(?:es?|ing) from|contribut\w*|variances?"
    r"|decompos\w*|bridges?|behind|attribut\w*|effects?|impact|analysis|pvm"
)
_MADE_OF = re.compile(rf"\b(?:{_CAUSE})\b")
_RATE_OR_MIX = re.compile(
    r"\brates? (?:vs\.?|versus|and|or|/) (?:product )?mix\b|\bmix (?:vs\.?|versus|and|or|/) rates?\b"
)
_WALK = (
    "price[- /,]+volume(?:[- /,]+(?:and )?mix)?|price[- /,]+mix[- /,]+(?:and )?volume|volume[- /,]+price"
    "(?:[- /,]+(?:and )?mix)?|pvm|(?:sales|margin|revenue|profit) (?:bridge|walk|waterfall"
    "|decomposition)"
)
_BRIDGE = re.compile(rf"\b(?:{_WALK})\b")
_NOT_OURS = re.compile(
    r"\b(?:forecast\w*|elasticit\w*|promotions?|promos?|discounts?|labou?r|correlat\w*|optimal|stores? (?:differ"
    r"|apart)|each store|which stores|by (?:day|week|month|hour|weekday))\b"
)
_MARGIN = re.compile(r"\b(?:margins?|gm|profit\w*)\b")
_SPLIT = re.compile(r"\b(?:by|per|across|for each) (?P<by>department|category|store|product)(?:s|ies)?\b")
_WORDS = re.compile(
    rf"\b(?:{_PART}|{_CAUSE}|{_WALK}|or is it|how much of|how much|what(?:'s| is)?|which|is|are|was|were|did|do|does"
    r"|the|our|my|this|that|net|total|overall|gross|sales|revenue|margins?|profit\w*|gm|business|growth|grew"
    r"|grow(?:ing)?|declin\w*|drop\w*|f[ae]ll\w*|ris(?:e|ing)|rose|increas\w*|decreas\w*|chang\w*|gap|shortfall"
    r"|performance|decomposition|waterfall|walk|bridge|show(?: me)?|report|from|by|to|of|and|or|vs\.?|versus|&|more"
    r"|mainly|mostly|primarily|%)(?!\w)|[/—-]"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The explanation of a change by its parts; None where no parts are named or none is meant to be explained."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _NOT_OURS.search(whole):
        return None
    bridge = _BRIDGE.search(whole) or _RATE_OR_MIX.search(whole)
    if bridge is None and not (_PARTS.search(whole) and _MADE_OF.search(whole)):
        return None
    held = sides(reading.text, take_periods(Reading(reading.text, reading.source)), moving=False)
    split = reading.take(_SPLIT)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.limit or split_left(reading):
        return None
    args: dict[str, Any] = {"period": USUAL_PERIOD, **slots.args("stores", "product", "department"), **held}
    if _MARGIN.search(whole):
        args["metric"] = "gross_margin_pct"
    if split is not None:
        args["by"] = split["by"]
    return calls_for(EXPLAIN, args, [])
