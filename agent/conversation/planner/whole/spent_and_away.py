"""Customers by what they spent and how long they have been away: “over $500 lifetime but no purchase in 60 days”.

They are counted, never listed. A strict reader: both must be said, and every word known.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.amount_bounds import take_bounds
from agent.conversation.planner.topics.by_spend import BY_SPEND, COUNTED
from agent.conversation.surroundings import Surroundings

_WHO = r"(?:customers?|shoppers?|households?|members?|buyers?|people|famil(?:y|ies)|guests?|clients?|spenders?)"
_CAME = (
    r"(?:purchased?|bought|buy|shop(?:ped)?|visit(?:ed)?|come|came|been(?: (?:in|back|here|seen))?|return(?:ed)?"
    r"|order(?:ed)?|spent|spend|transacted|show(?:n|ed)? up)"
)
_NOT = r"(?:have|has|had|did|do|does|are|were)?(?:n't| not| never)"
_AWAY = re.compile(
    rf"\b(?:who |that |which )?(?:{_NOT} {_CAME}(?: (?:anything|from us|with us|us|back|in|again|here|since))*"
    rf"|(?:with )?(?:no|without(?: an?y?)?) (?:purchases?|orders?|visits?|sales|transactions?|activity)"
    rf"|(?:been )?(?:inactive|away|absent|missing|gone|lapsed))(?: (?:for|in|within|over|during|since))*(?: (?:the|at"
    rf" least|more than|over|last|past))* (?P<number>\d{{1,3}}|an?|two|three|four|six) (?P<unit>days?|weeks?|months?)\b"
)
_NUMBERS = {"a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_DAYS = {"day": 1, "week": 7, "month": 30}
_EVER = re.compile(r"\b(?:lifetime|life ?time|in total|all told|altogether|overall|ever|to date|in all|historically)\b")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_WHO}|which|what|who|that|how many|number|count|list|show|find|give|me|us|of|our|the|my|all|any"
    r"|spent|spend(?:ing)?|with|have|has|had|and|but|yet|although|though|while|value|sales|purchases|worth|total|more"
    r"|than|dollars|a|an|in|at|are|there|is|known|customer|lifetime value|clv|ltv|share|also|then"
    r"|did|do|over|still)(?![\w-])"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for customers of whom an amount and an absence hold; None for every other question."""
    reading = Reading.of(text)
    if not re.search(rf"\b{_WHO}\b|\bwho\b", reading.text) or names_the_future(reading.text):
        return None
    away = reading.take(_AWAY)
    bounds = take_bounds(reading) if away else None
    if away is None or not bounds:
        return None
    number, unit = away["number"], away["unit"].rstrip("s")
    days = (int(number) if number.isdigit() else _NUMBERS[number]) * _DAYS[unit]
    ever = reading.take(_EVER) is not None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department or slots.limit:
        return None
    period = slots.period or ("all time" if ever else "the last 52 weeks")
    args = {**bounds, "away_days": days, "period": period, "stores": slots.stores}
    counted = re.search(r"\b(?:how many|number of|count of)\b", Reading.of(text).text)
    return Plan(calls_for(BY_SPEND, args, []).calls, opening="" if counted else COUNTED)
