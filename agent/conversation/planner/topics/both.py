"""Questions about two goods in one basket: “how many people bought chips and soda”, “do they also buy sauce”."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.periods import names_the_future, take_periods
from agent.conversation.planner.places import take_stores
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

BOTH = "both_in_basket"
_WHO = r"(?:people|customers?|shoppers?|households?|baskets?|transactions?|orders?|receipts?|tickets?|carts?|buyers?)"
_HOLD = (
    "(?:bought|buys?|purchased?|get|got|had|has|have|with|held|holds?|contain(?:s|ed|ing)?|include[sd]?|including"
    "|(?:that |which )(?:had|have|contain(?:s|ed)?|included?))"
)
_ASK = (
    "(?:how many|how often do|number of|what (?:share|percent(?:age)?|proportion|%) of|(?:share|percent(?:age)?|%) of)"
)
_AND = r"(?:and|with|together with|along with|plus|&)"
_TOGETHER = r"(?: together| at (?:the same time|once)| in (?:the same|one|a single) \w+)?"
_PATTERNS = (
    re.compile(
        rf"\b{_ASK} (?:our |the |all )?{_WHO} (?:did "
        rf"|do )?{_HOLD} (?:both )?(?P<a>.+?) {_AND} (?P<b>.+?){_TOGETHER}\W*$"
    ),
    re.compile(
        r"\b(?:do|does|did|how many|how often do|what (?:share|percent(?:age)?|%) of|(?:share|percent(?:age)?"
        rf"|%) of)(?: of)? (?:our |the |all )?(?:{_WHO} (?:who|that) (?:buys?|bought|get|purchased?)|buyers of"
        "|baskets with) (?P<a>.+?) (?:also|too) (?:buys?|bought|get|purchased?|pick(?:ed)? up|had|have|contain(?:ed"
        r"|s)?) (?P<b>.+?)\W*$"
    ),
    re.compile(
        r"\bhow (?:often|many times) (?:are|do|were|is|did) (?P<a>.+?) and (?P<b>.+?) (?:bought|sold|purchased|go|sell"
        r"|get bought) together\W*$"
    ),
    re.compile(
        r"\b(?:what )?(?:share|percent(?:age)?|proportion|%) of (?P<a>[\w ]+?) buyers (?:who "
        r"|that )?(?:also )?(?:buys?|bought) (?P<b>.+?)\W*$"
    ),
)
_NOT_GOODS = re.compile(
    r"\b(?:coupons?|campaigns?|discounts?|cash|card|spent|spend|more|less|\d+|items?|units?|kids|children|income|age"
    r"|who|what|which|how|when|again|visited|came|stores?|something|anything|returned|refund\w*|loyalty|new|returning"
    r"|one|single|last|this|yesterday|today|week|month|mailer|promotions?)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about two named goods in one basket; None for every other."""
    reading = Reading.of(text)
    if names_the_future(reading.text):
        return None
    spans = [one.phrase for one in take_periods(reading)]
    stores = take_stores(reading, around)
    line = re.sub(r"\b(?:in|on|at|for|during|over|from)\W*$", "", reading.rest()).strip()
    for pattern in _PATTERNS:
        match = pattern.search(line)
        if match is None:
            continue
        first, second = (_name(match[group]) for group in ("a", "b"))
        if not first or not second or _NOT_GOODS.search(f"{first} | {second}") or len(spans) > 1:
            return None
        shared = {"product": first, "with_product": second, "stores": stores}
        return calls_for(BOTH, shared, [{"period": one} for one in spans])
    return None


def _name(said: str) -> str:
    return re.sub(r"^(?:both|any|some|a|an|the|our) |,", "", said.strip(" ,.'\"")).strip()
