"""“Of customers spending more over time, which categories grow faster”: what goes with a customer's rising spend."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

GOODS = "trend_goods"
_WHO = r"(?:customers?|households?|shoppers?|members?|families|people|those|them|ones)"
_MORE = (
    r"(?:spend(?:s|ing)? (?:\w+ )?more|spent (?:\w+ )?more|(?:increas|grow|rais)\w* (?:their |in )?spend\w*|growing"
    r"|whose spend\w* (?:is |has |have |been )*(?:grow\w*|gr[eo]wn?|ris\w+|increas\w*|up))"
)
_LESS = (
    r"(?:spend(?:s|ing)? (?:\w+ )?less|spent (?:\w+ )?less|(?:decreas|reduc|declin|cut)\w* (?:their |in "
    r"|back )?(?:on )?spend\w*|declining|shrinking|whose spend\w* (?:is |has |have |been )*(?:fall\w*|fell|declin\w*"
    r"|decreas\w*|down))"
)
_TREND = re.compile(
    rf"\b{_WHO}(?: (?:who|that|which))?(?: (?:are|is|have|been|were))* (?P<way>{_MORE}|{_LESS})\b|\b(?P<way2>growing"
    rf"|declining|shrinking) {_WHO}\b(?= (?:buy|spend|purchas|shop))"
)
_GOODS = re.compile(
    r"\b(?:which|what|with which|with what|in which|by|per)(?: \w+){0,2} (?P<by>categor(?:y|ies)|departments?|depts?"
    r"|brands?|manufacturers?)\b|\bwhat (?:do|are|did) (?:they|these|those|growing|declining)(?: \w+){0,2} (?:buy\w*"
    r"|bought|purchas\w*|spend\w*|spent)\b|\bengaged?\b.{0,20}\bcategor"
)
_OTHER = re.compile(
    r"\b(?:why|coupons?|campaigns?|mailers?|how many|describe|with kids|without kids|age|income|than (?:households"
    r"|customers|families|others))\b"
)
_FELL = re.compile(r"\b(?:less engaged|disengag\w*|declin\w+ (?:the )?(?:most|fastest)|fell|fall\w*|dropp\w*|cut\w*)\b")
_GREW = re.compile(r"\b(?:grow\w*|gr[eo]wn?|gaining|increas\w*)\b")
_WORDS = re.compile(
    rf"\b(?:{_WHO}|{_MORE}|{_LESS}|of|among|amongst|for|our|the|who|that|which|what|with|in|by|per|are|is|have|has|do"
    r"|did|been|were|over time|over the year|they|their|these|becoming|become|getting|less|more|most|engaged|engagement"
    r"|disengag\w*|categor(?:y|ies)|departments?|depts?|brands?|manufacturers?|grow\w*|grew|grown|growth|at|a|faster"
    r"|fastest|quick\w*|rates?|declin\w*|fell|fall\w*|dropp\w*|buy\w*|bought|purchas\w*|spend\w*|spent|product|product"
    r"s?|driving|drives?|increase|decrease|gaining|seeing|see|show\w*|time|year|on|from|cut\w*|back|down|up)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about the goods behind customers' rising or falling spend; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    trend, goods = _TREND.search(whole), _GOODS.search(whole)
    if trend is None or goods is None or _OTHER.search(whole) or names_the_future(whole):
        return None
    said = trend["way"] or trend["way2"]
    less = re.fullmatch(_LESS, said) is not None
    named = goods["by"] or "category"
    by = "department" if named.startswith("dep") else "brand" if named[0] in "bm" else "category"
    after = whole[: trend.start()] + " " + whole[trend.end() :]
    order = "fell" if _FELL.search(after) else "grew" if _GREW.search(after) else None
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department:
        return not_understood(slots.unknown or slots.product or slots.department or "")
    return calls_for(
        GOODS,
        {
            "trend": "less" if less else None,
            "by": None if by == "category" else by,
            "order": None if order == ("fell" if less else "grew") else order,
            "limit": limit or slots.limit,
            **slots.args("period", "stores"),
        },
        [],
    )
