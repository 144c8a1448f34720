"""“Which product was bought most with coupons?”: which goods, or in which stores, coupons were used.

A redemption names coupon, household and day; the goods are those the coupon is good for that its household bought on
that day, and the store is where it bought them. The answer says so.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import asks_for_the_bottom
from agent.conversation.surroundings import Surroundings

TOOL = "coupon_sales"
_GROUPS: tuple[tuple[str, str], ...] = (
    ("category", r"(?:product )?(?:sub-?)?categor(?:y|ies)"),
    ("department", r"departments?"),
    ("brand", r"(?:brands?|manufacturers?|makers?)"),
    ("product", r"(?:products?|items?|skus?|goods|articles?|upcs?)"),
    ("store", r"(?:stores?|shops?|branch(?:es)?|locations?|outlets?|sites?)"),
)
_GOODS = rf"(?:{'|'.join(words for name, words in _GROUPS if name != 'store')})"
_GROUP = rf"(?:{'|'.join(words for _, words in _GROUPS)})"
_COUPON = r"(?:coupons?|vouchers?)"
_ASKS = re.compile(
    rf"\b(?:which|what|top(?: \d+)?|most|best|favou?rite|popular|list|show(?: me)?|by|per)\b.{{0,25}}\b{_GOODS}\b"
    rf".{{0,40}}\b{_COUPON}\b|\bcoupon (?:redemptions?|use|usage|sales) (?:by|per|for each|of each|across) {_GROUP}\b"
    rf"|^\W*{_GOODS} (?:that (?:are|were) )?(?:most )?(?:bought|sold|redeemed|purchased)\b.{{0,30}}\b{_COUPON}\b"
    rf"|\b(?:{_COUPON}|redemptions?)\b.{{0,30}}\b(?:used|redeemed|spent) (?:on|for) (?:which|what) {_GOODS}\b"
    rf"|\b(?:{_COUPON} redemptions?|redeemed {_COUPON}|{_COUPON} (?:were |was )?redeemed)\b.{{0,20}}\b(?:by|per|in|at"
    rf"|for each|across)(?: (?:the|our|which|what|each))* {_GROUPS[-1][1]}\b"
    rf"|\b(?:which|what|list|rank)(?: (?:the|our))* {_GROUPS[-1][1]}\b.{{0,30}}\bredeem\w*\b.{{0,20}}\b{_COUPON}\b"
    rf"|\b(?:which|what|list|rank)(?: (?:the|our))* {_GROUPS[-1][1]}\b.{{0,30}}\b{_COUPON}\b.{{0,20}}\bredeem\w*"
)
_USED = re.compile(r"\b(?:redeem\w*|redemptions?|used?|usage|uses|using|bought|purchased?|sold|sell|with)\b")
_OTHER = re.compile(
    r"\b(?:why|households?|customers?|shoppers?|people|age|income|good for|valid|offer\w*|how many products"
    r"|took off|amount|dollars|value|savings?|money|discount\w*|rates?|share|percent\w*|average|without|never|not"
    r"|each (?:coupon|campaign)|(?:highest|most|best) campaigns?|(?:which|what) (?:coupons?|campaigns?))\b|%"
)
_OF_A_CAMPAIGN = re.compile(r"\b(?:redeem\w*|redemptions?|bought|purchased?|campaigns?)\b")
_NAMED = re.compile(r"\bcampaign (?:number |no\.? ?|#|id )?(?P<name>\d{1,6}|[a-z]{1,3}\d{1,5})\b")
_TYPED = re.compile(r"\b(?P<name>type ?-?[a-z])\b(?: campaigns?)?")
_SALES = re.compile(r"\b(?:sales|revenue|turnover|net)\b")
_UNITS = re.compile(r"\b(?:units|pieces|quantit\w+|volume)\b")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_GROUP}|coupons?|vouchers?|campaigns?|redeem\w*|redemptions?|used?|uses|using|usage|bought"
    "|purchased?|sold|sell|with|through|via|popular|favou?rites?|common|frequent|sales|revenue|turnover|net|units"
    r"|pieces|quantit\w+|volume|direct|marketing"
    "|most|least|top|best|highest|lowest|fewest|count|number|often|frequently|has|have|had|is|are|was|were|got|get"
    r"|by|per|for|each|of|the|our|a|an|any|list|rank|on|show|me|which|what|total|in|at|from|across|how many"
    r"|(?:been|being|did|do|we|they|customers?|people|that|those))(?![\w-])"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for such a question; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not (_ASKS.search(whole) and _USED.search(whole)) or _OTHER.search(whole) or names_the_future(whole):
        return None
    campaign = next((found["name"] for pattern in (_NAMED, _TYPED) if (found := reading.take(pattern))), None)
    by = next((name for name, words in _GROUPS if re.search(rf"\b(?:{words})\b", whole)), "product")
    if by == "department" and not _OF_A_CAMPAIGN.search(whole):
        return None  # what the tills took off for coupons is told by department as well
    bottom = asks_for_the_bottom(reading)
    slots = take_slots(reading, around, _WORDS)
    if left := slots.unknown or slots.product or slots.department:
        return not_understood(left)
    rank = "units" if _UNITS.search(whole) else "net_sales" if _SALES.search(whole) else "redemptions"
    args = {"by": by, "rank_by": rank, "order": "bottom" if bottom else None, "limit": slots.limit}
    return calls_for(TOOL, {**args, "campaign": campaign, **slots.args("period", "stores")}, [])
