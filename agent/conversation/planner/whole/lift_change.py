"""A lift that changed: “why has lift declined in October in Dairy vs September”, “which category lost most lift”.

A lift asked for by itself (“lift by department in October”) is told by ``promotion_lift``, whose word it is.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, together
from agent.conversation.planner.plain_questions.plain_reading import take_number
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import SHORTHANDS, names_the_future, take_periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

CHANGE, LIFT = "lift_change", "promotion_lift"
_PROMO = r"(?:price |trade |sales )?(?:promotion(?:al|s)?|promos?)"
_LIFTS = (
    rf"(?:(?:(?:the|our|overall|total|average|incremental|volume|sales|unit|revenue|{_PROMO}) )*(?:up)?lifts?"
    rf"|{_PROMO} (?:effectiveness|effects?|impact|performance)|effectiveness of (?:the |our )*{_PROMO}"
    r"|(?:declining|falling|lower|dropping|rising|growing|improving) effectiveness|(?:more|less) effective)"
)
_LIFT = re.compile(rf"\b{_LIFTS}\b")
_A_PROMOTION = re.compile(
    rf"\b(?:{_PROMO}|displays?|mailers?|best|worst|lowest|highest|least|most|weakest|strongest|pairs?|rules?|together)\b"
)
"""Words of questions about promotions that other readers know better, as long as nothing is to have changed."""
_OF_PROMOTIONS = re.compile(rf"\b(?:(?:up)?lifts?|{_PROMO})\b")
_FELL = re.compile(
    r"\b(?:declin\w*|fell|fall(?:s|en|ing)?|drop\w*|decreas\w*|los(?:t|s|ing)|lower|worse\w*|less|shrank|shrink\w*"
    r"|weaker|down)\b"
)
_ROSE = re.compile(r"\b(?:rose|ris(?:e|es|en|ing)|increas\w*|grew|grow\w*|gain\w*|improv\w*|higher|more|better|up)\b")
_MOVED = re.compile(rf"{_FELL.pattern}|{_ROSE.pattern}|\b(?:chang\w*|differ\w*|mov(?:ed?|ing|ement))\b")
_AGAINST = re.compile(
    r"\b(?:vs\.?|versus|against|compared? (?:to|with|against)|relative to|than|between|from|since|over)\b"
)
_GROUP = re.compile(
    r"\b(?:which|what|by|per|for each|each|every|top|bottom|best|worst|\d{1,2})(?: +(?:of|are|were|the|our|product"
    r"|single|(?:two|three|five|ten)|\d{1,2}))* +(?P<g>categor(?:y|ies)|departments?|depts?|stores?|shops?|locations?"
    rf"|(?:types?|kinds?) of {_PROMO}|{_PROMO} (?:types?|kinds?)|displays?|mailers?|promotions?|promos?)\b"
)
_NAMES = (
    ("cat", "category"), ("dep", "department"), ("sto", "store"), ("sho", "store"), ("loc", "store"),
    ("dis", "display"), ("mai", "mailer"), ("pro", "promotion"),
)  # fmt: skip
_WORDS = re.compile(
    rf"{_LIFTS}|\b(?:{_PROMO}|which|what|why|how|has|have|had|did|do|does|is|are|was|were|there|the|our|that|those|they|them|it|its"
    r"|any|can|be|and|or|to|in|on|of|for|from|by|per|each|every|with|between|against|vs\.?|versus|compared|relative"
    r"|than|since|over|seen|saw|see|shown?|shows|got|gets?|made|become|became|getting|getting|contribut\w*|caus\w*"
    r"|reasons?|behind|explain\w*|drove|driv\w+|most|largest|biggest|steepest|greatest|highest|major|significant(?:ly)?"
    rf"|strongest|overall|much|far|top|bottom|types?|kinds?|displays?|mailers?|categor(?:y|ies)|departments?|depts?"
    r"|stores?|shops?|locations?|show|me|list|rank|discontinued|dropped|stopped|should|could|declining|effectiveness"
    r"|effective|well|working|work|worked)(?!\w)"
    rf"|{_MOVED.pattern}"
)
_OTHER = re.compile(
    r"\b(?:customers?|households?|coupons?|campaigns?|baskets?|brands?|suppliers?|products?|items?|skus?|cannibal\w*"
    r"|forecast\w*|expected|will|would|optimal|correlat\w*|if)\b"
)
_OF_GOODS = r"\b(?:in|of|for|on|from|within) (?:the |our |all )*"
_WHY = re.compile(r"\b(?:why|reasons?|caus\w*|behind|explain\w*|drove|driv\w+)\b")
WHY_NOT = (
    "Why a lift changed is not worked out. This is whether it did, by more than chance, and in which categories; the "
    "depth of discount stands beside it."
)
_BRANDS = re.compile(r" ?\b(?:x|by|and|per|/|&)? ?(?:each )?brands?\b")
NO_BRANDS = "Lift is not told by brand: that would leave too little of each to tell it from chance."
_PRESENT = {"last week": "this week", "last month": "this month", "last quarter": "this quarter"}
NOT_ENDED = "Which of them to end is yours to decide: this is where the lift fell."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a lift that changed, or for the lift of parts; None where a word is not known."""
    reading = Reading.of(text)
    brands = reading.take(_BRANDS) is not None
    whole = reading.text
    if not (_LIFT.search(whole) and _OF_PROMOTIONS.search(whole)) or _OTHER.search(whole) or names_the_future(whole):
        return None
    moved = _MOVED.search(whole) is not None
    shorthand = next((pair for pattern, *pair in SHORTHANDS if reading.take(pattern)), None)
    group = _GROUP.search(whole)
    number = take_number(reading)
    spans = [] if shorthand else [one.phrase for one in take_periods(Reading(reading.text, reading.source))]
    both = _both(spans[0]) if len(spans) == 1 else spans
    held = len(both) == 2 and _AGAINST.search(whole) is not None
    changed = bool(moved or held or shorthand)
    if len(both) > 2 or (len(both) == 2 and not held) or (not changed and _A_PROMOTION.search(whole)):
        return None
    take_periods(reading)
    slots = take_slots(reading, around, _WORDS)
    goods = re.escape((slots.product or "").lower())
    if slots.unknown or split_left(reading) or (goods and not re.search(rf"{_OF_GOODS}{goods}\b", whole)):
        return None
    by = _by(group["g"]) if group else None
    left = NO_BRANDS if brands else ""
    if not changed:
        pair = re.search(r"\band\b|&", slots.product or "")
        if pair or not (by or slots.department or slots.product or spans):
            return None
        limit = number or slots.limit
        args: dict[str, Any] = {
            "by": by,
            "period": next(iter(spans), None),
            **slots.args("stores", "product", "department"),
            "limit": limit if by else None,
        }
        return calls_for(LIFT, args, [], left)
    why = _WHY.search(whole) is not None
    later, earlier = shorthand or [*both, None, None][:2]
    if len(both) == 1 and re.search(rf"{_AGAINST.pattern} (?:in |the |our )*{re.escape(both[0])}", whole):
        later, earlier = _PRESENT.get(both[0], "last month"), both[0]
    args = {
        "period": later,
        "compare_to": earlier,
        "by": by or ("category" if why else None),
        "order": "rose" if _ROSE.search(whole) and not _FELL.search(whole) else None,
        "limit": number or slots.limit,
        **slots.args("stores", "product", "department"),
    }
    ended = NOT_ENDED if re.search(r"\bdiscontinued|\bdropped\b|\bstopped\b", whole) else ""
    return calls_for(CHANGE, args, [], together(WHY_NOT if why else "", ended, left))


def _by(said: str) -> str:
    """What the lift is told by; kinds of promotion are those of their support, as no others are recorded."""
    if re.search(r"\b(?:types?|kinds?)\b", said):
        return "support"
    return next(name for head, name in _NAMES if said.startswith(head))


def _both(span: str) -> list[str]:
    """The two periods of “from September to October” and “between September and October”, else the one."""
    found = re.fullmatch(r"(?:from|between) (?P<a>.+?) (?:to|and|until|till|-) (?P<b>.+)", span)
    return [found["b"], found["a"]] if found else [span]
