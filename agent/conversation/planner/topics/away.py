"""“Which customers haven't visited in the last 60 days?”: customers who have not bought for so many days.

“Inactive” and “lapsed” with a number of days mean the same, without one they are ``customers_at_risk``.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

TOOL = "customers_away"
_WHO = r"(?:customers?|shoppers?|households?|members?|buyers?|people|who|guests?)"
_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|nine|twelve|a)"
_SPAN = (
    "(?:in|for|within|over|during|since|more than|over the)? ?(?:(?:the|over|more than|at least|last|past"
    rf"|previous) )*{_NUMBER}[- ](?:day|week|month)s?(?: or more)?"
)
_LENGTH = re.compile(rf"(?P<n>{_NUMBER})[- ](?P<unit>day|week|month)s?\b")
_AWAY = re.compile(
    rf"\b{_WHO}\b.*\b(?:have|has|did|do|had|are|were|is)(?:n't| not) (?:been |yet )?(?:visit\w*|come|came|been (?:in"
    r"|here|back|seen)|in|shop\w*|bought|buy|return\w*|purchas\w+|order\w*|spen[dt]|seen|back|made a purchase"
    rf"|active)(?: \w+){{0,3}}? {_SPAN}|\b(?:inactive|lapsed|dormant|lost|absent|missing) {_WHO}\b.*?{_SPAN}"
    rf"|\b{_WHO}\b.*\b(?:inactive|lapsed|dormant|absent|away|gone|no (?:visits?|purchases?|orders?)|without (?:a "
    rf"|any )?(?:visits?|purchases?|orders?)|not seen|not active|not visited|not bought) ?{_SPAN}"
    rf"|\b{_WHO}\b.*\b(?:last|latest|most recent) (?:visit|purchase|order) (?:was |is )?{_SPAN} ago\b"
)
_COUNT = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12}
_DAYS = {"day": 1, "week": 7, "month": 30}
_OTHER = re.compile(
    r"\b(?:coupons?|campaigns?|names?|e-?mails?|phones?|but|products?|items?|e-?mail|send|text|message|stores? that"
    r"|employees?|once|twice|new)\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_WHO}|have|has|had|haven't|hasn't|did|didn't|do|don't|are|aren't|were|is|not|been|yet|visit\w*"
    r"|come|came|in|here|back|seen|shop\w*|bought|buy|return\w*|purchas\w+|order\w*|spen[dt]|made|active|inactive"
    "|lapsed|dormant|lost|absent|away|gone|no|without|any|a|an|the|last|past|latest|most recent|ago|was|for|since"
    "|within|over|during|of|our|my|how many|how much|which|what|list|show|give|me|number|count|from|with|us|anything"
    r"|that|more than|at least|or more|who|at|share|percent\w*|to)(?![\w-])|%|'s\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for customers who have been away for a number of days; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    found = _AWAY.search(whole)
    if found is None or _OTHER.search(whole):
        return None
    length = [*_LENGTH.finditer(found[0])][-1]
    days = (_COUNT.get(length["n"]) or int(length["n"])) * _DAYS[length["unit"]]
    reading.blank(found.start(), found.end())
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department or slots.period or slots.limit or split_left(reading):
        return not_understood(slots.unknown or slots.product or slots.department or slots.period or split_left(reading))
    return calls_for(TOOL, {"days": days, **slots.args("stores")}, [])
