"""Questions about how units answer to the price, and which depth of discount leaves most margin."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

ELASTICITY, DISCOUNT = "price_elasticity", "optimal_discount"
NAME_IT = "Of what? Name a product, a department or a category: for example “price elasticity in Produce”."
ONE_AT_A_TIME = (
    "Elasticity is worked out for one product, department or category at a time: name one, for example “price"
    " elasticity in Produce”."
)
_CHANGE = r"(?:cut|cuts|lower|reduce|drop|raise|increase|put up|change|discount)"
_ELASTIC = re.compile(
    r"\b(?:price )?elasticit\w+|\b(?:in)?elastic\b|\bprice[- ](?:sensitiv\w+|respons\w+)|\bsensitive (?:is|are|was"
    r"|were)?.{0,40}\bprices?\b"
    r"|\bsensitive .{0,40}\bto (?:its |their |the )?pric(?:e|ing)\b|\bhow (?:do|does|did) .{0,40}\b(?:respond"
    r"|react) to (?:\w+ )?pric\w+"
    r"|\bhow .{0,20}\b(?:discounts?|price (?:cuts?|changes?|increases?)) .{0,40}\b(?:affect\w*|impact\w*"
    r"|influenc\w*)\b"
    rf"|\bwhat (?:would |will |might )?happen\w* (?:to .{{0,40}})?(?:if|when) (?:we|i) {_CHANGE} (?:the )?prices?\b"
)
_DISCOUNT = re.compile(
    r"\b(?:optimal|optimum|best|ideal|right|most profitable) (?:\w+ )?(?:discounts?|markdowns?"
    r"|promotion(?:al)?)(?: (?:depths?|levels?|rates?|percentages?))?\b"
    r"|\bdiscount depths?\b|\b(?:how deep|how deeply) .{0,20}\bdiscounts?\b|\bdepths? of (?:our )?discounts?\b"
    r"|\b(?:do|are|did) (?:our |the )?discounts (?:really )?(?:pay|paying|worth|profitable|work|working)\b"
    r"|\bhow (?:much|far|deep) should (?:we|i) discount\b"
)
_NOT_OURS = re.compile(r"\bwhy\b|\b(?:employees?|cashiers?|associates?|customers?|households?)\b|\bcoupons?\b")
_CLAIMED = re.compile(
    r"\b(?:price|prices|pricing|elasticit\w+|(?:in)?elastic|demand|sensitiv\w+|respons\w+|respond|react|optimal"
    r"|optimum|best|ideal"
    r"|right|most profitable|discounts?|discounting|discounted|markdowns?|promotion(?:al)?|depths?|levels?|rates?"
    r"|percentages?|deep"
    r"|deeply|maximi[sz]e|maximum|maximal|max|margins?|profits?|gross|should|far|pay|paying|worth|work|working"
    r"|really|happens?|happen|affect\w*|impact\w*|influenc\w*|cuts?|changes?|increases?"
    rf"|would|might|if|when|{_CHANGE}|units?|volume|sales|by categor(?:y|ies)|per category|each category"
    r"|by departments?"
    r"|per department|each department|for each|categor(?:y|ies)|curve|estimate\w*|calculat\w*|given|offer|to|keep"
    r"|keeps"
    r"|leaves?)\b"
)
_BY_PERCENT = re.compile(r"\bby \d+(?:\.\d+)? ?(?:%|percent|per cent)")


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about elasticity or discount depth; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if _NOT_OURS.search(whole):
        return None
    elastic, discount = _ELASTIC.search(whole), _DISCOUNT.search(whole)
    if not elastic and not discount:
        return None
    split = split_left(reading)
    if split and (elastic or not re.search(r"\b(?:departments?|depts?|categor(?:y|ies))$", split)):
        return Plan(text=ONE_AT_A_TIME) if elastic else not_understood(split)
    by_department = re.search(r"\b(?:by|per|for each|each) departments?\b", whole) is not None
    reading.take(_BY_PERCENT)
    slots = take_slots(reading, around, _CLAIMED)
    if slots.unknown:
        return not_understood(slots.unknown)
    args: dict[str, Any] = slots.args("period", "stores", "product", "department")
    if elastic:
        return calls_for(ELASTICITY, args, []) if slots.product or slots.department else Plan(text=NAME_IT)
    args["by"] = "department" if by_department else None
    return calls_for(DISCOUNT, args, [])
