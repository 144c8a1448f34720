"""“Repeat purchase rate by brand”: how many of the buyers of goods bought them again."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.penetration import DIMENSIONS
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

AGAIN = "repeat_purchases"
_PEOPLE = r"(?:customers?|households?|shoppers?|buyers?|members?|families|people|guests?)"
_GOODS = "(?:" + "|".join(pattern for _, pattern in DIMENSIONS) + ")"
_BUY = r"(?:buys?|bought|purchased?|rebuy|rebought|repurchased?|re-?order(?:ed)?)"
_TWICE = (
    r"(?:again(?: and again)?|repeatedly|(?:at least )?(?P<times>twice|two|three|four|five|\d{1,2})(?: or more)?"
    r"(?: times)?(?: or more)?|more than once|multiple times|several times)"
)
_RATE = re.compile(
    r"\b(?:repeat(?:[- ](?:purchas\w+|buy\w*|order\w*|sales))?|re-?purchas(?:e|ing)|re-?buy(?:ing)?|re-?order) ?"
    r"(?:rates?|ratios?|percentages?|share)\b(?: of customers)?"
)
_SHARE = re.compile(
    rf"\b(?:share|percent(?:age)?|proportion|fraction|%) (?:of )?(?:the |our |all |known )*{_PEOPLE}\b(?P<of>.*?) "
    rf"(?:who |that )?(?:have |had )?{_BUY} (?:it |them |(?:that|the same) \w+ )?{_TWICE}(?! than)"
)
_RANKED = re.compile(
    rf"\b{_GOODS} (?:(?:that |which )?(?:have|has|had|gets?|got|with|drives?|generates?|sees?|leads? to|brings?) (?:the"
    r" |a )?(?:most |highest |best |lowest |worst |fewest |high |low )*"
    r"(?:customer )?(?:loyalty (?:and |or )?)?repeat (?:purchas\w+|buyers?|buying|customers?"
    rf"|rates?|orders?)|(?:do|did) (?:the )?(?:most )?{_PEOPLE} (?:most often )?(?:re-?buy|{_BUY} again"
    rf"|come back for|keep buying|repurchase)|(?:are|is|were|was|get|gets) (?:most often )?(?:re-?bought"
    rf"|re-?purchased|bought again|bought repeatedly))"
)
_OTHER = re.compile(
    r"\b(?:why|how (?:can|could|do|should) (?:i|we)|improve|increase|by (?:store|month|week|day|age|income|kids"
    r"|segment)"
    r"|per (?:store|month|week)|coupons?|campaigns?|new|trend\w*|compare\w*|growth|change\w*)\b"
)
_BOTTOM = re.compile(r"\b(?:fewest|least|lowest|bottom|smallest|worst|weakest|ascending)\b")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_PEOPLE}|{_BUY}|{_GOODS}|{_RATE.pattern}|top|bottom|most|fewest|least|highest|lowest|largest"
    "|smallest|best|worst|weakest|high|low|first|ascending|descending|often|share|percent(?:age)?|proportion|fraction"
    "|repeat|purchas\\w+|rates?|which|what(?:'s)?|how many|show|me|list|give|are|is|was|were|do|did|does|have|has"
    "|had|gets?|got|drives?|generates?|sees?|leads?|brings?|come|back|keep|buying|by|per|with|of|for|each|every|across"
    "|all|them|it|who|that|the|our|at least|twice|again|and again|times|two|three|four|five|or more|more than once"
    "|multiple|several|once|repeatedly|known|loyalty|customer|same|in|to|a|an|be|re-?bought|re-?purchased|ranked|rank)(?![\\w-])|%"
)
_NUMBERS = {"twice": 2, "two": 2, "three": 3, "four": 4, "five": 5}


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for such a question; None for every other, and for the rate of all customers whatever they buy."""
    reading = Reading.of(text)
    whole = reading.text
    shared = _SHARE.search(whole)
    if not (_RATE.search(whole) or shared or _RANKED.search(whole)) or _OTHER.search(whole):
        return None
    if names_the_future(whole):
        return None
    by = next((name for name, pattern in DIMENSIONS if re.search(rf"\b{pattern}(?!\w)", whole)), None)
    times = shared["times"] if shared else None
    if shared:
        reading.blank(shared.end("of"), shared.end())
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if by is None and not (slots.product or slots.department):
        return None
    if by == "department" and slots.department and not re.search(r"\bdep(?:artmen)?ts\b|\bby dep", whole):
        by = None  # “of the produce department”
    left = slots.unknown or split_left(reading)
    if left or (by and slots.product):
        return not_understood(left or slots.product or "")
    wanted = _NUMBERS.get(times, 0) or int(times) if times else 2
    order = "bottom" if _BOTTOM.search(whole.replace("at least", " ")) else None
    args = {"by": by, "order": order, "limit": limit, "times": wanted if wanted > 2 else None}
    return calls_for(AGAIN, {**args, **slots.args("product", "department", "period", "stores")}, [])
