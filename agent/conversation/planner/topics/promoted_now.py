"""“What promos are on right now”, “what is in the mailer this week”: promoted goods as such, not what they did."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

RUNNING = "promotions_running"
_OFFERS = r"(?:promos?|promotions?|offers?|deals|specials)"
_GOODS = r"(?:products?|items?|skus?|goods|things?|what|everything|anything|stuff)"
_CLAIM = re.compile(
    r"\b(?:what|which|any|show(?: me)?|list|how many|current(?:ly)?|the|our|active|running|today's|this week's"
    rf"|weekly)(?: \w+){{0,3}} {_OFFERS}(?: (?:do we have|have we got|are there|are|is|we have))?(?: (?:on|running"
    r"|active|live|going(?: on)?|in force|valid|planned|coming(?: up)?|start\w*|end\w*|now))+\b|\b(?:current|active"
    rf"|running|live|today's|this week's|next week's) {_OFFERS}\b|\b(?:what|which)(?: \w+){{0,3}} (?:is|are"
    r"|was|were|'s) (?:\w+ )?on (?:promo(?:tion)?|offer|special|display|a display|sale)\b"
    r"|\b(?:what|which|what's|whats|anything)(?: \w+){0,3} (?:goes|go|going|will go|will be) on"
    rf" (?:promo(?:tion)?|offer|special|display|sale)\b|\b(?:what's|whats"
    rf"|anything) on (?:promo(?:tion)?|offer|special|display|sale)\b|\b(?:how many|number of) {_GOODS} (?:are|were"
    r"|is) (?:\w+ )?(?:on (?:promo(?:tion)?|offer|special|display|sale)|in (?:the|our"
    r"|this week's) (?:weekly )?(?:mailer|flyer|circular|ad))\b|\b(?:what(?:'s)?|which"
    rf"|{_GOODS})(?: \w+){{0,3}} (?:is |are |was |were )?in (?:the|our|this week's|last week's"
    rf"|today's) (?:weekly )?(?:mailer|flyer|circular|ad)\b|\bwhat {_OFFERS} (?:do we have|have we got|are there)\b"
    rf"|^\W*(?:{_OFFERS}) (?:right now|now|today|this week)\W*$|\bwhen (?:do|does|will) (?:the|our|these"
    rf"|this) (?:current )?{_OFFERS} (?:end|run out|stop|finish)\b"
)
_ONE = re.compile(
    r"^\W*(?:is|are) (?:the |our |any )?(?P<what>[a-z][\w '&-]{1,40}?) (?:still |currently )?(?:on (?:promo(?:tion)?"
    r"|offer|special|display)|in the (?:mailer|flyer|circular))\b"
)
_OTHER = re.compile(
    r"\b(?:lift|uplift|pull(?:ed)?[- ]?forward|after|before|work(?:ed|ing)?|perform\w*|effect\w*|impact|sales|sold"
    r"|sell\w*|revenue|margin|roi|redempt\w*|redeem\w*|coupons?|campaigns?|households?|customers?|best|worst|top|why"
    r"|should|could|incremental|cannibal\w*|halo|profit\w*|create|run an?|start an?|set up|end the|stop the|plan an?"
    r"|make|units|average|compare\w*|versus|vs|did (?:the|our|we)|how (?:is|are|did|well)|discount\w*|share|percent\w*"
    r"|%)\b"
)
_DISPLAY = re.compile(r"\bon (?:a |promotional )?display\b|\bon displays\b")
_MAILER = re.compile(r"\b(?:weekly )?(?:mailer|flyer|circular)\b|\bin (?:the|our|this week's) (?:weekly )?ad\b")
_SAME_TIME = re.compile(r"\b(?:at (?:the same time|once)|simultaneously|both|together)\b")
_AT_ONCE = re.compile(rf"{_SAME_TIME.pattern}|\bas well as\b")
_WORDS = re.compile(
    rf"\b(?:{_OFFERS}|{_GOODS}|which|what's|whats|any|show|list|how many|number|current(?:ly)?|active|running|live"
    "|going|on|in force|valid|now|right now|do|we|have|got|are|is|was|were|there|planned|coming|up|upcoming|starts?"
    "|starting|ends?|ending|run out|stop|finish|when|will|does|these|this|special|sale|offer|display|displays|mailer"
    r"|goes|go|be|flyer|circular|ad|weekly|in|the|our|a|promotional|of|and|being|at the moment|week's|today's)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about what is on promotion; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not (_CLAIM.search(whole) or _ONE.search(whole)) or _OTHER.search(whole):
        return None
    if by := split_left(Reading(whole)):
        return not_understood(f"by {by}")
    reading.take(_SAME_TIME)
    display, mailer = _DISPLAY.search(whole) is not None, _MAILER.search(whole) is not None
    coming = re.search(r"\b(?:next week|tomorrow|this weekend|the weekend|this month|next month)\b", whole)
    if coming:
        reading.blank(*coming.span())
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or (coming and slots.period):
        return not_understood(slots.unknown or slots.period or "")
    period = coming[0] if coming else "this week" if re.search(r"\bthis week\b", whole) else slots.period
    support = None if display == mailer else "display" if display else "mailer"
    support = "both" if display and mailer and _AT_ONCE.search(whole) else support
    return calls_for(RUNNING, {
        "period": None if period in ("today", "right now") else period, "support": support,
        "department": slots.department or slots.product, "stores": slots.stores, "limit": limit,
    }, [])  # fmt: skip
