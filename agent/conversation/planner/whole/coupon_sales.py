"""What redeemed coupons brought in sales: “which coupons drive sales”, “coupon sales by category”.

Coupons, what they brought (sales, revenue, units), what it is told by, which end and how many; every other word ends
the reading. How many were redeemed and how recipients shopped are other questions.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.plain_questions.plain_reading import take_number
from agent.conversation.planner.plain_questions.plain_words import BOTTOM, FRAME
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

TOOL = "coupon_sales"
_COUPONS = re.compile(
    r"\b(?:redeemed |used )?(?:coupons?|vouchers?)(?: (?:campaigns?|offers?|redemptions?|codes?|upcs?))?\b"
)
_BROUGHT = re.compile(
    r"\b(?:(?:most|more|least) )?(?:effective(?:ly)?|successful|impactful|profitable)\b(?: (?:in|at|for|by"
    r"|at driving))?"
    r"|\b(?:driv(?:e|es|en|ing)|drove|generat(?:e|es|ed|ing)|bring(?:s|ing)?|brought|produc(?:e|es|ed|ing)"
    r"|yield(?:s|ed)?"
    r"|contribut\w+|boost(?:s|ed|ing)?|result(?:s|ed|ing)? in|(?:impact|effect|influence)(?: on)?|performed?"
    r"|perform best"
    r"|led to|lead to|account(?:s|ed)? for|linked to|associated with|attributed to|made|makes?|from|with|through|via)\b"
    r"|\bby(?=\s{2}|\s*$)"  # what it is ranked by was taken out before
)
_SALES = re.compile(
    r"\b(?:(?:total|net|overall|incremental|additional|extra|highest|biggest|most) )*(?:sales(?: (?:volumes?"
    r"|value|amounts?"
    r"|dollars|revenue))?|revenues?|turnover|spend(?:ing)?|purchases)\b"
)
_UNITS = re.compile(r"\b(?:units?(?: sold)?|(?:number|quantity) of (?:units|items|products)(?: sold)?|items sold)\b")
_EACH = re.compile(r"\b(?:per|for each|of each) (?:redemption|coupon redeemed|redeemed coupon|use)\b")
_MEAN = re.compile(r"\b(?:(?:on )?average|mean|amounts?|spent|each time)\b")
_BY: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:which|what|top|bottom|best|worst|by|per|for each|across|of each|of)(?: (?:the|our|are"
                      rf"|were|product|\d+))* (?:{words})\b"))
    for name, words in (
        ("type", r"(?:coupon |campaign )?types?(?: of (?:campaigns?|coupons?))?|kinds? of (?:campaigns?|coupons?)"),
        ("campaign", r"(?:coupon )?campaigns?"),
        ("department", r"departments?"),
        ("category", r"(?:product )?categor(?:y|ies)"),
    )
)  # fmt: skip
_WHAT = re.compile(
    r"^\W*(?:show (?:me )?|list )?what (?:was|were|is|are|gets?|got|do we|did we|have we|has been|had been)?"
    r" ?(?:sold|sell|bought|purchased)"
    r"(?= (?:with|using|on|through) (?:a |our |the )?(?:redeemed |used )?(?:coupon|voucher))"
    r"(?: using| on)?\b"
)
"""Asked for the goods themselves: by their categories, as a coupon is good for many products."""
_INCREMENTAL = re.compile(
    r"\b(?:incremental|additional|extra|impact|effect|influence|boost\w*|increas\w*|rais(?:e|es|ing)|grow)\b"
)
_OTHER = re.compile(
    r"\b(?:why|households?|customers?|shoppers?|people|age|income|redemption rates?|how many|baskets?|share|percent\w*"
    r"|discounts?|savings?|cost|average|stores? (?:with|without)|without|mailers?|display|should|vs|versus"
    r"|than|both)\b|%"
)
_LEFT = re.compile(
    rf"{FRAME.pattern}|(?<![\w-])(?:our|coupons?|campaigns?|used|redeemed|being|been|sold|goods|bought"
    rf"|purchased|products?|when|success"
    r"|impact|performance|they|their|store)(?![\w-])"
)
NOT_BROUGHT_ABOUT = (
    "What sales would have been without the coupons is not known, so this is what was bought with them; “did the "
    "campaigns work” holds those who were sent one against the others."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for sales with redeemed coupons; None where a word is not known or something else is asked."""
    reading = Reading.of(text)
    whole = reading.text
    a_use = _EACH.search(whole) is not None
    other = _OTHER.search(_MEAN.sub(" ", whole) if a_use else whole)
    if not (_COUPONS.search(whole) or a_use) or other or names_the_future(whole):
        return None
    if a_use:
        while reading.take(_MEAN):
            pass
    units = reading.take(_UNITS) is not None
    incremental = _INCREMENTAL.search(whole) is not None
    each = reading.take(_EACH) is not None
    goods = reading.take(_WHAT) is not None
    if not goods and (not (reading.take(_SALES) or units or each) or (reading.take(_BROUGHT) is None and not each)):
        return None
    for pattern in (_SALES, _BROUGHT):
        while reading.take(pattern):
            pass
    by = next((name for name, pattern in _BY if reading.take(pattern)), None)
    number = take_number(reading)
    bottom = BOTTOM.search(whole) is not None
    coupons = re.search(
        r"\b(?:which|what|top|bottom|best|worst)(?: \d+| are the| were the)* (?:coupons?|vouchers?)\b", whole
    )
    while reading.take(_COUPONS):
        pass
    slots = take_slots(reading, around, _LEFT)
    if slots.unknown or slots.product or slots.department:
        return None
    args = {
        "by": by or ("coupon" if coupons else "category" if goods else None),
        "rank_by": "units" if units else "net_per_redemption" if each else None,
        "order": "bottom" if bottom else None,
        "limit": number or slots.limit,
        **slots.args("period", "stores"),
    }
    decided = calls_for(TOOL, args, [])
    return Plan(decided.calls, opening=NOT_BROUGHT_ABOUT if incremental else "")
