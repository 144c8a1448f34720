"""Which goods answer most or least to their price: “most price sensitive products”, “what can bear a price increase”.

How sensitive one product, department or category is, is ``elasticity``; here they are put in order.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.plain_questions.plain_reading import take_number
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

ELASTICITY = "price_elasticity"
_RISE = r"(?:(?:an? |any |some |further |more )*(?:higher prices?|price[- ](?:increases?|rises?|hikes?)))"
_RAISE = r"(?:raise|increase|put up|lift|hike)"
_BEARS = re.compile(
    rf"\b(?:can|could|would|might|will|may) (?:\w+ )?(?:sustain|take|bear|absorb|support|handle|stand|tolerate"
    rf"|withstand|accept|afford|carry|survive) {_RISE}"
    r"|\b(?:have|has|with|show|shows|hold)(?: the)?(?: most| more| strong(?:est)?| any)? pricing power\b"
    rf"|\b(?:opportunit(?:y|ies)|candidates?|room|scope|headroom|potential) (?:for|to) (?:{_RISE}|{_RAISE} (?:the |our "
    rf")?prices?)|\b(?:can|could|should) (?:we|i) {_RAISE} (?:the |our |its |their )?prices?(?: (?:of|for|on))?\b"
    rf"|\b(?:price[- ])?(?:increase|rise|hike) (?:opportunit(?:y|ies)|candidates)\b"
)
_LEAST = re.compile(
    r"\b(?:least|less|not|un)[- ]?(?:price[- ]?)?(?:sensitive|elastic|responsive)\b(?: (?:to|about) (?:the )?pric\w+)?"
    r"|\b(?:answer|respond|react)s? (?:the )?least (?:strongly )?to (?:the |their |its |changes (?:in"
    r"|of) )*pric(?:e|es|ing)"
    r"(?: changes?)?\b|\b(?:price[- ])?inelastic\b|\blowest (?:price )?elasticit(?:y|ies)\b"
)
_MOST = re.compile(
    r"\b(?:most |more |highly |very |the )*(?:price[- ](?:sensitive|elastic|responsive)|(?<!in)elastic)\b"
    r"|\b(?:answer|respond|react)s? (?:the )?(?:most|best|strongest) (?:strongly )?to (?:the |their |its |changes (?:in"
    r"|of) )*pric(?:e|es|ing)(?: changes?)?\b|\bsensitive to (?:the |their )?pric(?:e|es|ing)(?: changes?)?\b"
    r"|\b(?:by|in terms of|on|with (?:the )?(?:highest|largest|strongest)) (?:their )?(?:own )?(?:price )?"
    r"elasticit(?:y|ies)\b"
)
_NOUN = r"(?:products?|items?|skus?|articles?|categor(?:y|ies)|departments?)"
_GOODS = re.compile(
    r"\b(?:which|what|top|best|worst|list|show(?: me)?|\d{1,2}|find|are there)"
    r"(?: +(?:of|are|the|our|me|any|all|top|most|least|best|\d{1,2}))* +(?:(?:single|individual) )?"
    r"(?:(?!(?:is|are|in|on|for|have|has|do|does|can|could)\b)[a-z][a-z&'-]* ){0,2}?"
    rf"(?P<goods>{_NOUN})\b|\b(?:by|per|for each|each|across) (?:product )?(?P<by>{_NOUN})\b"
    rf"|\b(?:most|least) (?:price[- ])?(?:sensitive|elastic) (?P<named>{_NOUN})\b"
)
_WHERE = re.compile(r"^\W*(?:where|on (?:what|which)|for (?:what|which)|what|which|top|best|our|\d{1,2}|list|show)\b")
_UNHURT = re.compile(
    r"\b(?:without|with no|and not) (?:\w+ ){0,3}(?:volumes?|sales|units|customers?|demand|traffic)\b(?: (?:loss(?:es)?"
    r"|decline|drop|damage))?"
)
_WORDS = re.compile(
    r"\b(?:prices?|pricing|sensitiv\w+|elastic\w*|demand|opportunit(?:y|ies)|candidates?|highest|lowest|most|least"
    r"|products?|items?|skus?|articles?|categor(?:y|ies)|departments?|single|individual|to|of|for|on|in|our|the|a|is"
    r"|are"
    r"|there|any|by|per|each|across|rank\w*|list|show|me|where|which|what|can|could|changes?)(?!\w)"
)
_OTHERS = re.compile(
    r"\bwhy\b|\b(?:households?|customers? (?:are|is)|shoppers?|stores?|regions?|competit\w+|brands?)\b"
)
HOW_IT_WENT = (
    "What a dearer price would sell is not known beforehand: this is how units went with the price so far, the least "
    "sensitive first."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for goods in order of how sensitive they are to their price; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    rise = _BEARS.search(whole)
    least = None if rise else _LEAST.search(whole)
    most = None if rise or least else _MOST.search(whole)
    goods = _GOODS.search(whole)
    if not (rise or least or most) or (goods is None and not (rise and _WHERE.search(whole))):
        return None
    noun = next((word for word in goods.groups() if word), "") if goods else ""
    by = "category" if noun.startswith("categor") else "department" if noun.startswith("depart") else "product"
    reading.take(_UNHURT)
    if _OTHERS.search(reading.text):
        return None
    for pattern in (_BEARS, _LEAST, _MOST):
        reading.take(pattern)
    number = take_number(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or split_left(reading):
        return not_understood(slots.unknown or split_left(reading))
    args: dict[str, Any] = {
        "by": by, "order": None if most else "least", "limit": number or slots.limit,
        **slots.args("period", "stores", "product", "department"),
    }  # fmt: skip
    decided = calls_for(ELASTICITY, args, [])
    return replace(decided, opening=HOW_IT_WENT) if rise else decided
