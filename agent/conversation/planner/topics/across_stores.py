"""Questions for customers who shop at several stores, and for those who keep to one."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.subject import Subject, plan_for
from agent.conversation.surroundings import Surroundings

ACROSS = "customers_across_stores"
_PEOPLE = r"(?:customers?|shoppers?|households?|members?|buyers?|people|famil(?:y|ies)|cardholders?)"
_STORES = r"(?:stores|shops|locations|branches)"
_SEVERAL = (
    r"(?:(?:more than (?:one|1)|at least (?:two|2)|2\+|two or more) (?:of our )?(?:stores?|shops?|locations?)"
    rf"|(?:several|multiple|different|various|many) (?:of our |different )?{_STORES}"
    r"|(?:only |just )(?:one|a single) (?:store|shop|location)|one (?:store|shop|location) only)"
)
_CLAIM = re.compile(
    rf"\b{_PEOPLE}\b(?: \w+){{0,5}} {_SEVERAL}(?!\w)|\b{_SEVERAL}(?!\w)(?: \w+){{0,3}} {_PEOPLE}\b"
    rf"|\b(?:cross|multi)[- ](?:store|location) {_PEOPLE}\b"
)
_OTHER = re.compile(
    r"\b(?:why|names?|list|who (?:are|is)|e-?mails?|bought (?!in\b|at\b|from\b)\w+|refunds?|coupons?|campaigns?"
    r"|promo\w*|forecast\w*|predict\w*|transfer\w*|stock\w*|employees?|segments?|cohorts?|visitors?|came in|walked)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_PEOPLE}|shop(?:s|ped|ping)?|buy|buys|bought|purchas\w+|visit(?:s|ed|ing)?|use[sd]?|using|go|goes|went|come"
    r"|came|many|number|count|share|percent(?:age)?|proportion|fraction|what|which|who|that|have|has|do|did|does|of|our"
    r"|the|at|in|from|to|spend(?:s|ing)?|spent|more|less|than|much|each|those|with|ones|across|or|and|keep|stick|known"
    r"|regularly|only|just)(?!\w)|%"
)
_SUBJECT = Subject(ACROSS, _WORDS)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about customers of several stores; None for every other."""
    reading = Reading.of(text)
    if not _CLAIM.search(reading.text) or _OTHER.search(reading.text):
        return None
    while reading.take(re.compile(_SEVERAL)) or reading.take(re.compile(r"\b(?:cross|multi)[- ](?:store|location)\b")):
        pass
    reading.take(re.compile(rf"\b(?:which|what|how many) (?:of our |of the )?{_PEOPLE} (?:who |that )?shops?\b"))
    return plan_for(_SUBJECT, reading, around)
