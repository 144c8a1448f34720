"""Questions for the part of sales that was sold on promotion: one share, and that of each store, department or week."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_words import take_dimensions
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import asks_for_the_bottom, take_limit
from agent.conversation.surroundings import Surroundings

BREAKDOWN, EACH = "sales_breakdown", "part_of_each"
ON_PROMOTION = {"dimension": "promotion", "values": ["any promotion"]}
OFF_PROMOTION = {**ON_PROMOTION, "exclude": True}
_PROMO = r"(?:promo(?:tion)?s?|offers?|specials?|deals?)"
_SHARE = re.compile(
    r"\b(?:share|percent(?:age)?|proportion|fraction|part|%|how much) (?:of )?(?:our |the |all |total "
    rf"|net )*(?:(?!sales\b|revenue\b)[a-z][\w&'-]*(?: [a-z][\w&'-]*){{0,2}}? )?(?:sales|revenue|units|volume"
    rf"|business)(?: \w+){{0,3}} (?:on|from|under|by|in) (?:an? |the |our )?{_PROMO}\b"
    rf"|\b{_PROMO}(?:tional)? (?:sales )?(?:share|mix|penetration|intensity)\b(?: of (?:sales|revenue|units))?"
    r"|\bshare of (?:sales|revenue|units) (?:from|in) promoted (?:goods|items|products)\b"
)
_SALES = re.compile(
    rf"\b{_PROMO}(?:tional)? (?:sales|revenue|units|volume)\b|\b(?:sales|revenue|units) (?:of|from|on) (?:goods on "
    rf"|products on |items on )?(?:{_PROMO}|promoted (?:goods|items|products))\b"
)
"""Sales of what was on promotion, ranked or split: their amount and no share."""
_NEGATED = re.compile(
    rf"\b(?:not|never|n't)(?: sold)? (?:on|under|in|by) (?:an? |any )?{_PROMO}\b|\bwithout (?:an? |any )?{_PROMO}\b"
    rf"|\boff {_PROMO}\b|\b(?:non|un)-?promo(?:ted|tional|tion)?\b(?! (?:vs|versus|and|or|against)\b)"
)
"""What was sold while it was not on promotion."""
_FULL_PRICE = re.compile(
    r"\b(?:full|regular|non-?promo(?:tional)?)[- ](?:price )?(?:sales )?(?:vs\.?|versus|and|against"
    rf"|or) {_PROMO}(?:tional|ted)?(?: sales)?(?: split)?\b|\b{_PROMO}(?:tional)? (?:sales )?(?:vs\.?|versus|and"
    r"|against|or) (?:full|regular|non-?promo(?:tional)?)[- ]?(?:price)?(?: sales)?(?: split)?\b"
)
_DISCOUNT = re.compile(
    rf"\b(?:average |mean |typical )?discounts?(?: (?:rate|depth))? (?:on|of|for) (?:the |our )?(?:promoted|{_PROMO}"
    r"|promotional) (?:items|goods|products|sales)\b|\b(?:average |mean |typical )?discounts?(?: (?:rate"
    rf"|depth))? (?:on|of) (?:items|goods|products) on {_PROMO}\b"
)
_UNITS = re.compile(r"\b(?:units|volume)\b")
_HOW_MUCH = re.compile(
    r"\bhow (?:much|many(?: units)?) (?:did|do|have|of|was|were)\b.*\b(?:sell|sold)\b.*"
    rf" (?:on|under) (?:an? )?{_PROMO}\b"
)
"""What went over the till on promotion, and not what the promotion brought."""
_SOLD = re.compile(r"\b(?:sales|revenue|turnover|takings|units|volume|sold|sell)\b")
_PART = re.compile(r"\b(?:share|percent(?:age)?|proportion|fraction|part)\b|%")
_WORDS = re.compile(
    rf"\b(?:{_PROMO}|promotional|promoted|share|percent(?:age)?|proportion|fraction|part|mix|penetration|intensity"
    "|sales|revenue|units|volume|business|net|total|sold|was|were|is|are|came|comes|come|made|goods|items|products"
    r"|any|much|how|highest|lowest|most|least|has|have|had|top)(?!\w)|%"
)
_OTHER = re.compile(
    r"\b(?:why|lift\w*|uplift|incremental\w*|effect\w*|work\w*|roi|return|cannibali\w+|halo|expected|coupons?"
    r"|campaigns?|baseline)\b"
)
_SPLIT = re.compile(r"\b(?:by|per|each|top|bottom|which|what)\b")
_LATEST = {"week": "last 8 weeks", "month": "last 3 months"}
SAYS = "This says what was sold of goods on offer, not what the offers brought: for that ask for the promotion lift."


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for such a question; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    full = reading.take(_FULL_PRICE) is not None
    if names_the_future(whole) or _OTHER.search(whole):
        return None
    if (deep := reading.take(_DISCOUNT)) is not None:
        return _discount(deep, reading, around)
    off = not full and reading.take(_NEGATED) is not None
    if not full and not _SHARE.search(whole) and not (off and _PART.search(whole)):
        if off:
            return _amounts(reading, around, whole=True, off=True) if _SOLD.search(whole) else None
        if _HOW_MUCH.search(whole):
            return _amounts(reading, around, whole=True)
        return _amounts(reading, around) if _SALES.search(whole) and _SPLIT.search(whole) else None
    limit, bottom = take_limit(reading), asks_for_the_bottom(reading)
    dimensions = [name for name in take_dimensions(reading) if name != "promotion"]
    metrics = ["units"] if _UNITS.search(reading.text) else None
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or split_left(reading)
    if left or len(dimensions) > 1:
        return not_understood(left or f"by {' and '.join(dimensions)}")
    shared = {"metrics": metrics, **slots.args("period", "stores", "product", "department")}
    if not dimensions:
        return calls_for(BREAKDOWN, {**shared, "where": [_side(off=off)], "of_total": True}, [], "" if off else SAYS)
    by = dimensions[0]
    usual = {"period": _LATEST[by]} if by in _LATEST else {}
    metric = {"metric": "units"} if metrics else {}
    within = {
        "by": by, "where": [_side(off=off)], "order": "bottom" if bottom else None, "limit": limit, **metric, **usual,
        **slots.args("period", "stores", "product", "department"),
    }  # fmt: skip
    return calls_for(EACH, within, [], "" if off else SAYS)


def _side(*, off: bool) -> dict[str, Any]:
    """The condition on what was on promotion, or on what was not."""
    return OFF_PROMOTION if off else ON_PROMOTION


def _amounts(reading: Reading, around: Surroundings, *, whole: bool = False, off: bool = False) -> Plan | None:
    """What was sold on promotion, or while not, by department, category, product, store or week, or as a ``whole``."""
    units = _UNITS.search(reading.text) is not None
    reading.take(_SALES)
    limit = take_limit(reading)
    bottom = asks_for_the_bottom(reading)
    dimensions = take_dimensions(reading)
    metrics = ["units"] if units else None
    slots = take_slots(reading, around, _WORDS)
    if len(dimensions) > 1 or not (dimensions or whole) or slots.unknown or split_left(reading):
        return None
    by = dimensions[0] if dimensions else None
    usual = {"period": _LATEST[by]} if by in _LATEST else {}
    shared = {
        "by": by, "metrics": metrics, "where": [_side(off=off)], "top": slots.limit or limit,
        "order": "bottom" if bottom else None, **usual, **slots.args("period", "stores", "product", "department"),
    }  # fmt: skip
    return calls_for(BREAKDOWN, shared, [], "" if off else SAYS)


def _discount(deep: re.Match[str], reading: Reading, around: Surroundings) -> Plan | None:
    """How deep goods on promotion were discounted, in all or by one split."""
    dimensions = [name for name in take_dimensions(reading) if name != "promotion"]
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or len(dimensions) > 1 or split_left(reading):
        return not_understood(slots.unknown or deep[0].strip())
    shared = {
        "by": dimensions[0] if dimensions else None, "metrics": ["discount_rate", "discounts", "net_sales"],
        "where": [ON_PROMOTION], "top": slots.limit, **slots.args("period", "stores", "product", "department"),
    }  # fmt: skip
    return calls_for(BREAKDOWN, shared, [])
