"""Questions how many customers spent more or less than an amount: “how many people spent over 200 last month”."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.amount_bounds import take_bounds
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

BY_SPEND, ON_GOODS = "customers_by_spend", "household_figures"
_WHO = r"(?:customers?|shoppers?|households?|members?|buyers?|people|famil(?:y|ies)|guests?)"
_SPENT = r"(?:spend(?:s|ing)?|spent|bought for|dropped|shopped for)"
_COUNTS = r"\b(?:how many|number of|count of|what (?:share|percent\w*|part|proportion)|share of|percent\w* of)\b.*"
"""Who they are is not told; asked for without a number they are counted, and the answer says so."""
_WHO_SPENT = re.compile(
    rf"\b{_WHO}\b(?: (?:that|who|which))?(?: (?:have|has|had|did|do))? (?:\w+ )?{_SPENT}\b.*\d|^\W*who\b.{{0,20}}"
    rf"\b{_SPENT}\b.*\d|\b{_WHO} with (?:a )?(?:total )?(?:spend(?:ing)?|sales|purchases)\b.*\d"
)
COUNTED = "Customers are counted here and not listed one by one; “top customers” has those that spend most."
_CLAIM = re.compile(
    rf"{_COUNTS}\b{_WHO}\b(?: (?:that|who|which))?(?: (?:have|has|had|did|do))? (?:\w+ )?{_SPENT}\b.*\d"
    rf"|{_COUNTS}\b{_WHO} (?:with|by) (?:a )?(?:total )?(?:spend(?:ing)?|sales|purchases)\b.*\d|\b{_WHO} (?:by|over"
    r"|per) (?:bands? of spend|spend(?:ing)? bands?|how much (?:they|each) (?:spend|spent))\b"
)
_OTHER = re.compile(
    r"\b(?:per (?:visit|trip|transaction|basket|order)|a (?:visit|trip)|each (?:visit|time)|in one (?:visit|go|trip)"
    r"|at once|average|avg|mean|more (?:than )?(?:last|before|usual)|coupons?|campaigns?|promotions?|top \d|why|top"
    r"|best|(?:per|an?|each|every) (?:day|week|month|year))\b|%|percent of (?:sales|their)"
)
_WORDS = re.compile(
    rf"\b(?:{_WHO}|{_SPENT}|how many|how much|what share|share|percent\w*|number|count|which|list|show(?: me)?|that"
    "|who|with|have|has|had|did|do|they|each|by|a|total|in total|altogether|sales|purchases|spend|bands?|of|our|the"
    r"|known|us|in|at|dollars|bucks|than|more|less|all|together|were|are|is|there)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question of this kind; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    counts = _CLAIM.search(whole) is not None
    if (
        not (counts or _WHO_SPENT.search(whole))
        or _OTHER.search(whole)
        or names_the_future(whole)
        or take_people(Reading(whole))
    ):
        return None
    bounds = take_bounds(reading)
    if not bounds and re.search(r"\d", re.sub(r"\b(?:19|20)\d\d\b|last \d+", "", whole)):
        return None
    if not bounds and not counts:
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.limit:
        return not_understood("that number")
    if slots.unknown or split_left(reading):
        return not_understood(slots.unknown or split_left(reading))
    if slots.product or slots.department:  # what was spent on goods is known by household
        told = slots.args("period", "stores", "product", "department")
        decided = calls_for(ON_GOODS, {"figure": "spend", **bounds, **told}, []) if bounds else not_understood("spend")
    else:
        decided = calls_for(BY_SPEND, {**bounds, **slots.args("period", "stores")}, [])
    return decided if counts else replace(decided, opening=COUNTED)
