"""Customers who have not bought for a number of days that the question names: “haven't purchased in 90 days”."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.places import take_stores
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

TOOL = "customers_away"
_PEOPLE = r"(?:customers?|shoppers?|households?|members?|clients?|buyers?|people|guests?)"
_NOT = r"(?:haven't|have not|hasn't|has not|didn't|did not|not|no longer|without|never)"
_BOUGHT = (
    r"(?:purchas\w+|bought|buy|buying|shop\w*|visit\w*|come|came|coming|been|seen|ordered|orders?|returned|active)"
)
_WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "twelve": 12}
_SPAN = re.compile(
    r"\b(?:in|for|within|since|over|during) (?:the |more than |over |at least |last |past )*"
    rf"(?P<number>\d{{1,3}}|{'|'.join(_WORDS)}) (?P<unit>day|week|month|year)s?(?: ago)?\b"
)
_AWAY = re.compile(
    rf"\b{_PEOPLE}\b.{{0,30}}\b{_NOT}\b.{{0,30}}\b{_BOUGHT}\b|\b(?:inactive|lapsed|dormant) {_PEOPLE}\b"
    rf"|\b{_PEOPLE}\b.{{0,20}}\b(?:inactive|lapsed|dormant|away)\b"
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_CLAIMED = re.compile(
    rf"\b(?:{_PEOPLE}|{_NOT}|{_BOUGHT}|inactive|lapsed|dormant|away|who|that|which|how many|show|list|give|find|tell|me"
    r"|us|our|my|the|of|are|were|is|have|has|do|did|anything|any|from|with|at|in|for|us|a|purchase|there|what"
    r"|percent(?:age)?|share|number|count)\b|[%?]"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for such a question; None for every other."""
    reading = Reading.of(text)
    found = reading.take(_SPAN) if reading.find(_AWAY) else None
    if found is None:
        return None
    said = found["number"]
    days = (_WORDS[said] if said in _WORDS else int(said)) * _DAYS[found["unit"]]
    stores = take_stores(reading, around)
    while reading.take(_CLAIMED):
        pass
    if left := reading.rest():
        return not_understood(left)
    return calls_for(TOOL, {"days": days, "stores": stores}, [])
