"""Questions about how units answer to the price, and which depth of discount leaves most margin."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

ELASTICITY, DISCOUNT = "price_elasticity", "optimal_discount"
NAME_IT = "Of what? Name a product, a department or a category: for example “price elasticity in Produce”."
ONE_AT_A_TIME = (
    "Elasticity is told of one product, department or category, or by these, and by nothing else: “price elasticity of "
    "yogurt”, “elasticity by product in Produce”, “by category”."
)
_CHANGE = r"(?:cut|cuts|lower|reduce|drop|raise|increase|put up|change|discount)"
_CHANGED = (
    rf"(?:were to )?{_CHANGE}(?:d|ed)? (?:(?:all |of |the |our |my )*prices?\b|(?:the )?[a-z ]{{2,30}} prices?\b"
    rf"|[a-z ]{{2,30}} by \d+ ?(?:%|percent|per cent))"
)
_ELASTIC = re.compile(
    r"\b(?:price )?elasticit\w+|\b(?:in)?elastic\b|\bprice[- ](?:sensitiv\w+|respons\w+)|\bsensitive (?:is|are|was"
    r"|were)?.{0,40}\bprices?\b|\bsensitive .{0,40}\bto (?:its |their |the )?pric(?:e|ing)\b|\bhow (?:do|does"
    r"|did) .{0,40}\b(?:respond|react) to (?:\w+ )?pric\w+|\bhow .{0,20}\b(?:discounts?|price (?:cuts?|changes?"
    r"|increases?)) .{0,40}\b(?:affect\w*|impact\w*|influenc\w*)\b"
    rf"|\bwhat (?:would |will |might )?happen\w* (?:to .{{0,40}})?(?:if|when) (?:we|i) {_CHANGED}|\b(?:what"
    rf"|how (?:much|many)) (?:if|would|will)\b.{{0,60}}\b(?:if|when) (?:we|i) {_CHANGED}|\b(?:what|suppose) if (?:we"
    rf"|i) {_CHANGED}|\bwhat if (?:we|i) {_CHANGED}|\bif (?:we|i) {_CHANGED}|\b(?:if|when) (?:all |of |the "
    rf"|our )*(?:[a-z ]{{2,30}} )?prices?(?: (?:of|for) .{{0,40}})? (?:goe?s?|went|ris(?:e|es|ing)|rose|falls?|fell"
    r"|drop(?:s|ped)?|increase[sd]?) (?:up |down )?|\b(?:effect|impact|drop|declin\w+|decrease|loss|gain|change"
    r"|increase)(?: (?:on|in) (?:[a-z]+ ){1,3}?)? ?(?:of|from|after|with) an? (?:\d+ ?(?:%"
    r"|percent) )?price (?:increase|cut|rise|change|reduction|hike)\b"
    r"|\bwhat (?:would|will|does|might) an? (?:\d+(?:\.\d+)? ?(?:%|percent) )?price (?:increase|cut|rise|change"
    r"|reduction"
    r"|hike)\b.{0,40}\bdo to\b"
)
_DISCOUNT = re.compile(
    r"\b(?:optimal|optimum|best|ideal|right|most profitable) (?:\w+ )?(?:discounts?|markdowns?"
    r"|promotion(?:al)?)(?: (?:depths?|levels?|rates?|percentages?))?\b|(?<!\bby )(?<!\bper )(?<!\beach )\bdiscount "
    r"depths?\b|\b(?:how deep"
    r"|how deeply) .{0,20}\bdiscounts?\b|(?<!\bby )(?<!\bper )(?<!\beach )\bdepths? of (?:our )?discounts?\b|\b(?:do"
    r"|are|did) (?:our "
    r"|the )?discounts (?:really )?(?:pay|paying|worth|profitable|work|working)\b|\bhow (?:much|far|deep) should (?:we"
    r"|i) discount\b"
)
_NOT_OURS = re.compile(r"\bwhy\b|\b(?:employees?|cashiers?|associates?|customers?|households?)\b|\bcoupons?\b")
_CLAIMED = re.compile(
    r"\b(?:do to|price|prices|pricing|elasticit\w+|(?:in)?elastic|demand|sensitiv\w+|respons\w+|respond|react|optimal"
    "|optimum|best|ideal|right|most profitable|discounts?|discounting|discounted|markdowns?|promotion(?:al)?|depths?"
    "|levels?|rates?|percentages?|deep|deeply|maximi[sz]e|maximum|maximal|max|margins?|profits?|gross|should|far|pay"
    r"|paying|worth|work|working|really|happens?|happen|affect\w*|impact\w*|influenc\w*|cuts?|changes?|increases?"
    r"|suppose|were|was|raised?|raising|hik\w+|reduc\w*|lowered|higher|lower|cheaper|more expensive|rises?|rose"
    rf"|falls?|fell|goes|went|up|down|off|much|many|sell|lose|gain|what if|would|will|might|if|when|{_CHANGE}|units?"
    "|volume|sales|by categor(?:y|ies)|per category|each category|by departments?|per department|each department"
    r"|(?:by|per|each|across) (?:products?|items?|skus?)|for each|categor(?:y|ies)|curve|estimate\w*|calculat\w*"
    r"|given|offer|to|keep|keeps|leaves?|across the board|on everything|overall|expected?|likely|drops?|decrease"
    r"|decline|loss|from|go)\b"
)
_BY_GROUP = re.compile(
    r"\b(?:by|per|for each|each|across) (?:product )?(?P<g>departments?|categor(?:y|ies)|products?|items?|skus?)\b"
)
_BY_PERCENT = re.compile(r"\b(?:by )?(?P<size>\d+(?:\.\d+)?) ?(?:%|percent|per cent)")
_BY_AMOUNT = re.compile(
    r"\b(?:by|to) (?:[$€£] ?\d+(?:\.\d+)?|\d+(?:\.\d+)? ?(?:cents?|dollars?|bucks|c\b))|\bby (?:a|one) (?:dollar"
    r"|buck)\b"
)
_UP = re.compile(
    r"\b(?:raise[sd]?|raising|increas\w*|put(?:ting)? up|higher|hik\w+|ris(?:es?|ing)|rose"
    r"|up|deepen\w*|deeper|more expensive)\b"
)
_DOWN = re.compile(
    r"\b(?:cut|cuts|cutting|lower\w*|reduc\w*|drop\w*|decreas\w*|falls?|fell|down|smaller|cheaper|off)\b"
)
_A_DISCOUNT = re.compile(r"\bdiscount(?:s|ing)?\b")
"""What takes from the price: a discount that is raised is a price that falls."""
IN_PERCENT = (
    "I reckon a change of price in per cent of what was paid (“if I raise the price of milk by five per cent”), "
    "not from or to an amount: the goods may have several prices."
)


_CLAUSE = re.compile(
    r"\b(?:if|when) (?P<if>.*?\b\d+(?:\.\d+)? ?(?:%|percent|per cent)(?: off)?)"
    r"|(?P<of>\b\d+(?:\.\d+)? ?(?:%|percent|per cent) price \w+)"
)
_IN_GENERAL = re.compile(
    r"\b(?:if|when) (?:(?:we|i|you) )?(?:[a-z]+ ){0,3}?(?:raise|increase|put up|lower|cut|reduce|drop|change|prices? "
    r"(?:go|went"
    r"|rise|rose|fall|fell|drop|increase|change))|\bsensitiv\w+ .{0,30}\bpric\w+|\brespond\w* .{0,20}\bpric\w+"
)
_BY_CATEGORY = "No goods are named, so this is told by category; “price elasticity of yogurt” is of one."
_FALLS = re.compile(r"\b(?:if|when) the price of [^?,]{2,40}? (?P<falls>drops|dropped)(?= (?:by )?\d)")
_SUPPOSED = re.compile(
    r"\b(?:if|suppose|supposing)\b.{0,20}\b(?:we|i|you|they)\b|\bif (?:[a-z]+ ){0,3}?prices? (?:go(?:es)?|went"
    r"|ris\w+|rose|f[ae]ll\w*"
    r"|drop\w*|increase\w*) |\bwhat (?:would|will|does|might) an? .{0,10}\bprice "
    r"(?:increase|cut|rise|change|reduction|hike)\b.{0,40}\bdo to\b"
)
NOT_MARGIN = "What that does to margin depends on the cost of what sells, which I do not reckon with here."


def supposes(text: str) -> bool:
    """Whether a change of price is supposed (“if we cut the price by 10 %, what happens”) and not asked for."""
    plain = text.lower()
    return (
        _SUPPOSED.search(plain) is not None
        and _ELASTIC.search(plain) is not None
        and _OUTCOME.search(plain) is not None
    )


_OUTCOME = re.compile(
    r"\bwhat (?:would|will|might)? ?happen\w*|\b(?:what|how (?:much|many))\b.*\b(?:would|will|lose|gain|sell|change)\b"
    r"|\beffect\b|\bimpact\b|\bwhat if\b|\b(?:will|would|do|does) (?:\w+ ){1,3}(?:go|rise|fall|drop|increase|grow)\b"
)


def change_of_price(whole: str) -> float | None:
    """The change of price asked about, in per cent; None where none or both ways are.

    >>> change_of_price("what if the discount on bananas is raised by 5%"), change_of_price("if the price rises 5%")
    (-5.0, 5.0)
    """
    clause = _CLAUSE.search(whole)  # “how many units do we lose if we raise the price”: the price goes up
    said = clause["if"] or clause["of"] if clause else whole
    size, up, down = _BY_PERCENT.search(said), _UP.search(said), _DOWN.search(said)
    discounted = _A_DISCOUNT.search(said) is not None
    if size is None or (up and down) or not (up or down or discounted) or not 0 < float(size["size"]) <= 50:
        return None
    rises = bool(down) if discounted else bool(up)
    return float(size["size"]) if rises else -float(size["size"])


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about elasticity or discount depth; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if _NOT_OURS.search(whole):
        return None
    elastic, discount = _ELASTIC.search(whole), _DISCOUNT.search(whole)
    if not elastic and not discount:
        return None
    grouped = _BY_GROUP.search(whole) if elastic else None
    split = split_left(reading)
    if grouped is not None and not _BY_AMOUNT.search(whole) and change_of_price(whole) is None:
        slots = take_slots(reading, around, _CLAIMED)
        if slots.unknown or slots.product:
            return not_understood(slots.unknown or slots.product or "that")
        by = next((name for name in ("department", "category") if grouped["g"].startswith(name[:5])), "product")
        return calls_for(
            ELASTICITY, {"by": by, "limit": slots.limit, **slots.args("period", "stores", "department")}, []
        )
    if split and (elastic or not re.search(r"\b(?:departments?|depts?|categor(?:y|ies))$", split)):
        return Plan(text=ONE_AT_A_TIME) if elastic else not_understood(split)
    by_department = re.search(r"\b(?:by|per|for each|each) departments?\b", whole) is not None
    if elastic and _BY_AMOUNT.search(whole):
        return Plan(text=IN_PERCENT)
    change = change_of_price(whole) if elastic else None
    if (falls := reading.find(_FALLS)) is not None:
        reading.blank(*falls.span("falls"))
    while reading.take(_BY_PERCENT):
        pass
    slots = take_slots(reading, around, _CLAIMED)
    if slots.unknown:
        return not_understood(slots.unknown)
    args: dict[str, Any] = slots.args("period", "stores", "product", "department")
    if elastic:
        args["price_change_pct"] = change
        money = NOT_MARGIN if change and re.search(r"\b(?:margins?|profits?)\b", whole) else ""
        named = slots.product or slots.department
        if not named and not change and _IN_GENERAL.search(whole):
            return Plan(((ELASTICITY, {**args, "by": "category", "price_change_pct": None}),), opening=_BY_CATEGORY)
        return calls_for(ELASTICITY, args, [], money) if named or change else Plan(text=NAME_IT)
    args["by"] = "department" if by_department else None
    return calls_for(DISCOUNT, args, [])
