"""“Average basket with a coupon vs without”: baskets with a coupon, a discount or promoted goods, and the others."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.plain_questions.subject import NO_SPLIT, ONE_BY_ONE
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_split
from agent.conversation.surroundings import Surroundings

APART = "baskets_apart"
_BASKET = r"(?:baskets?|transactions?|orders?|tickets?|receipts?|carts?|purchases?|checkouts?)"
_COUPON = r"(?:coupons?|vouchers?)"
_DISCOUNT = r"(?:discounts?|markdowns?|price reductions?|reductions?)"
_PROMOTION = r"(?:promo(?:tion)?s?|offers?|specials?|deals?)"
_DISPLAY = r"(?:displays?|end ?-?caps?)"
_MAILER = r"(?:mailers?|flyers?|circulars?)"
_KIND = rf"(?:{_COUPON}|{_DISCOUNT}|{_PROMOTION}|{_DISPLAY}|{_MAILER})"
_KINDS = (
    ("coupon", re.compile(rf"\b{_COUPON}\b|\bcouponed\b")),
    ("discount", re.compile(rf"\b{_DISCOUNT}\b|\bdiscounted\b")),
    ("promotion", re.compile(rf"\b{_PROMOTION}\b|\bpromoted\b|\bpromotional\b|\bon sale\b")),
    ("display", re.compile(rf"\b{_DISPLAY}\b|\bdisplayed\b")),
    ("mailer", re.compile(rf"\b{_MAILER}\b")),
)
_MARKED = rf"(?:{_KIND}|couponed|discounted|promoted|promotional|displayed)"
_GOODS = r"(?:items?|goods|products?|lines?)"
_HAS = (
    r"(?:with|using|containing|including|have|has|had|hold(?:s|ing)?|contain(?:s|ed)?|includ(?:e[sd]?)|use[ds]?"
    r"|redeem(?:ed|s|ing)?|got|get)"
)
_MEASURES = (
    rf"(?:{_BASKET}(?: (?:size|value|amount)s?)?|atv|aov|average (?:sale|spend|transaction value)"
    rf"|(?:items|units|pieces) per {_BASKET}|upt|spend per {_BASKET})"
)
_ITS = rf"(?:an? |any |the |at least one |some )*{_MARKED}(?: {_GOODS})?(?: (?:used|redeemed|applied))?"
_NOT_IT = (
    r"(?:without(?: (?:one|any|it|them))?|no|non[- ]?|(?:the |all )?(?:others?|rest)(?: of them)?"
    rf"|those without|(?:full|regular)[- ]priced?|not)(?: ?{_MARKED})?"
)
_AGAINST = r"(?:vs\.?|versus|and|or|against|compared? (?:to|with)|than|relative to|beside)"
_CONTRAST = re.compile(
    rf"\b(?:with|using|on) {_ITS}(?: {_BASKET})? ?{_AGAINST} (?:the |an? |those |{_BASKET} )*{_NOT_IT}\b"
    rf"|\bwith(?: {_AGAINST} |/)without {_ITS}"
    rf"|\b{_MARKED}(?: {_GOODS})? {_BASKET}(?: (?:size|value|amount)s?)? {_AGAINST} (?:the |an? )*"
    rf"(?:non[- ]?|no[- ])?(?:{_MARKED} )?(?:{_BASKET}|others?|rest|(?:full|regular)[- ]price)"
    rf"|\b{_MARKED} (?:vs\.?|versus|against|or) (?:non|no)[- ]?{_MARKED}?\b"
    rf"|\b{_BASKET} (?:that |which )?{_HAS} {_ITS}.{{0,40}}\b(?:without|than|others?|non|no {_KIND})\b"
)
_SHARE = re.compile(
    r"\b(?:share|percent(?:age)?|proportion|fraction|%|how many|number|part)(?: of)?(?: all| our| the| of)*"
    rf" {_BASKET} (?:that |which |do |did )?(?:are |were |was )?{_HAS} {_ITS}"
    rf"|\b(?:share|percent(?:age)?|proportion|fraction|%|how many)(?: of)?(?: all| our| the)* {_BASKET}"
    rf" (?:are|were|is) (?:{_MARKED})\b"
)
_WHEN_USED = re.compile(
    rf"\b(?:average |avg |mean |typical )?{_MEASURES} (?:when|where|if) (?:an? |any |the )?{_KIND} (?:is |are |was "
    r"|were )(?:used|redeemed|non-?(?:coupons?|discount(?:s|ed)?|promo(?:tion|ted|tional)?s?)|applied|given|on)\b|"
    rf"\b{_MEASURES}.{{0,30}} (?:when|where|if) (?:the |an? )?{_BASKET} {_HAS} (?:at least one |an? |any )*"
    rf"(?:{_MARKED} )?{_ITS}|"
    rf"\b(?:average |avg |mean |typical ){_MEASURES} (?:with|using|of) (?:an? |any )?{_KIND}(?: (?:used|redeemed))?"
    r"(?=\W*$| (?:last|this|in|by|at|for)\b)"
    rf"|\b(?:average |avg |mean |typical )?(?:size|value) of (?:an? |our |the )*{_BASKET} with (?:an? |any )?{_KIND}"
)
_MEASURE = re.compile(rf"\b(?:{_MEASURES}|spend\w*|bigger|larger|smaller|worth)\b")
_OTHER = re.compile(
    r"\b(?:why|households?|customers?|shoppers?|people|members?|users?|redeemers?|campaigns?|age|income|kids|children"
    r"|median|cashiers?|employees?|lift|margin|profit|together|manufacturer|without (?!(?:one|any|it|them|an?)\b)"
    rf"(?!{_MARKED})\w+ (?:\w+ )*{_MARKED})\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_MEASURES}|{_BASKET}|{_HAS}|{_MARKED}|{_GOODS}|{_AGAINST}|average|avg|mean|typical|sizes?|values?"
    r"|amounts?|without|non|no|not|others?|rest|those|that|which|full|regular|priced?|one|any|an?|the|our|it|them|all|of"
    r"|share|percent(?:age)?|proportion|fraction|part|number|how|many|much|is|are|was|were|do|does|did|when|where|if"
    r"|non-?(?:coupons?|discount(?:s|ed)?|promo(?:tion|ted|tional)?s?)|applied|given|on|sale|spend\w*|bigger|larger|smaller|higher|lower|worth|more|less|items|units|pieces|per"
    r"|at least|some|differ\w*|compare[sd]?|they|come|to|sell)(?![\w-])|[%/]"
)
_LATEST = {"week": "last 8 weeks", "month": "last 3 months"}
_SPLITS = frozenset({"store", "weekday", "week", "month"})


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for such a question; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    contrast = _CONTRAST.search(whole) is not None and _MEASURE.search(whole) is not None
    if not (contrast or _SHARE.search(whole) or _WHEN_USED.search(whole)):
        return None
    whole = re.sub(rf"\b(?:{_DISCOUNT}|{_PROMOTION}) (?={_COUPON}\b)", "", whole)  # a discount coupon is a coupon
    kinds = [name for name, words in _KINDS if words.search(whole)]
    if len(kinds) != 1 or _OTHER.search(whole) or names_the_future(whole):
        return None
    spans = list(dict.fromkeys(one.phrase for one in periods(reading)))
    by = take_split(reading)
    if by and by not in _SPLITS:
        return Plan(text=NO_SPLIT.format(possible=", ".join(sorted(_SPLITS)), by=by))
    if len(spans) > 1:
        return Plan(text=ONE_BY_ONE)
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or slots.product or slots.department or split_left(reading)
    if left:
        return not_understood(left)
    usual = {"period": _LATEST[by]} if by in _LATEST else {}
    return calls_for(APART, {"having": kinds[0], "by": by, **usual, **slots.args("period", "stores")}, [])
