"""Questions how many customers came in every single month or week: “households active in all months”."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

EVERY = "customers_every_span"
_WHO = r"(?:customers?|shoppers?|households?|members?|buyers?|people|famil(?:y|ies))"
_CAME = (
    "(?:(?:were |are |was |been )?active|bought|buy|purchased?|shopped|shop|came|come|visited|visit|made (?:a"
    "|at least one) (?:purchase|visit|transaction)|transacted|had (?:a|at least one) (?:purchase|visit|transaction))"
)
_ALL = r"(?:every|each|all)(?: (?:single|one))?(?: of)?(?: the)?(?: (?:\d{1,2}|twelve))?"
_EVERY = re.compile(
    rf"\b{_WHO}\b.{{0,30}}\b{_CAME}(?: something| anything)?(?: with us| here)? (?:in "
    rf"|during )?(?P<all>{_ALL} (?P<span>month|week)s?)\b(?! (?:on average|how))"
)
_OF_A_YEAR = re.compile(r" of (?=(?:19|20)\d\d\b)")
_COUNTS = re.compile(
    r"\b(?:how many|number of|count of|what (?:share|percent\w*|proportion)|share of|percent\w* of|which)\b"
)
_OTHER = re.compile(
    r"\b(?:average|avg|mean|spend|spent|coupons?|campaigns?|new|returning|why|by|per|(?:did|do) .{0,20}\b(?:every"
    r"|each) (?:month|week)\b(?=.*\bhow much))\b"
)
_WORDS = re.compile(
    rf"\b(?:{_WHO}|{_CAME}|how many|what share|share|percent\w*|proportion|number|count|which|that|who|have|has|had"
    r"|did|do|our|the|known|of|us|in|during|is|are|was|were|there|something|anything|here|with|year)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question of this kind; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _COUNTS.search(whole) or names_the_future(whole) or take_people(Reading(whole)):
        return None
    found = _EVERY.search(whole)
    if found is None or _OTHER.search(whole):
        return None
    reading.blank(*found.span("all"))
    reading.text = _OF_A_YEAR.sub(" in ", reading.text)
    slots = take_slots(reading, around, _WORDS)
    goods = slots.product or slots.department
    if goods or slots.limit:
        return not_understood(goods or "that number")
    if slots.unknown or split_left(reading):
        return not_understood(slots.unknown or split_left(reading))
    return calls_for(EVERY, {"span": found["span"], **slots.args("period", "stores")}, [])
