"""“Which category has the most coupon redemptions?”: which goods coupons were used on, as far as the tills tell it.

A coupon of a campaign is good for many products, and its redemption does not say which was bought; what the tills took
off or matched for coupons is told by department.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.periods import names_the_future
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots import take_slots
from agent.conversation.planner.words import asks_for_the_bottom
from agent.conversation.surroundings import Surroundings

DISCOUNTS, FACTS = "discounts_used", "campaign_facts"
_GOODS = r"(?:products?|items?|skus?|(?:product )?categor(?:y|ies)|departments?|brands?|manufacturers?|goods)"
_ASKS = re.compile(
    rf"\b(?:which|what|top(?: \d+)?|most|best|list|show(?: me)?|by|per)\b.{{0,25}}\b{_GOODS}\b.{{0,40}}\b(?:coupons?"
    rf"|vouchers?)\b|\bcoupon (?:redemptions?|use|usage|sales) (?:by|per|for each|of each) {_GOODS}\b|\b(?:coupons?"
    rf"|redemptions?)\b.{{0,30}}\b(?:used|redeemed|spent) (?:on|for) (?:which|what) {_GOODS}\b"
)
_USED = re.compile(r"\b(?:redeem\w*|redemptions?|used?|usage|bought|purchased?|sold|sell|with)\b")
_OTHER = re.compile(
    r"\b(?:why|campaigns?|households?|customers?|shoppers?|people|age|income|good for|valid|offer\w*|how many products"
    r"|took off|amount|dollars|value|savings?|money|discount\w*|stores?)\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_GOODS}|coupons?|vouchers?|redeem\w*|redemptions?|used?|usage|bought|purchased?|sold|sell|with"
    "|most|least|top|best|highest|lowest|fewest|count|number|often|frequently|has|have|had|is|are|was|were|got|get"
    r"|by|per|for|each|of|the|our|a|an|list|on|rates?|show|me|which|what|total)(?![\w-])"
)
BY_DEPARTMENT = (
    "Which product or category a coupon was redeemed for is not recorded: a coupon is good for many products. This is "
    "what the tills took off or matched for coupons, by department; which coupons were redeemed most is in the second "
    "answer."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for such a question; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not (_ASKS.search(whole) and _USED.search(whole)) or _OTHER.search(whole) or names_the_future(whole):
        return None
    bottom = asks_for_the_bottom(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department:
        return not_understood(slots.unknown or slots.product or slots.department or "")
    if bottom:
        return None
    shared = slots.args("period", "stores")
    first = calls_for(DISCOUNTS, {"by": "department", "name": "coupon", **shared}, [])
    second = calls_for(FACTS, {"show": "coupons", **shared}, [])
    return Plan((*first.calls, *second.calls), BY_DEPARTMENT)
