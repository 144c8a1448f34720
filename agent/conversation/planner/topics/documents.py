"""Questions about single documents: one receipt looked up, and refunds and voids with their reasons."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.daytime import take_time_of_day
from agent.conversation.planner.slots.goods import leftover
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.surroundings import Surroundings

FIND, REFUNDS = "find_transaction", "refunds_and_voids"
_ORDER = re.compile(
    r"^\W*(?:please |can you |could you |i want to |i need to )*(?:refund|return|void|cancel|charge|credit"
    r"|reverse) (?:the |this |that |a |an |my |last |order|sale|transaction|receipt|customer|#|\d|it\b)"
)
_ODD = re.compile(
    r"\b(?:suspicious\w*|unusual\w*|outliers?|anomal\w+|exceptions?|fraud\w*|theft|abnormal\w*|too many|excessive"
    r"|out of line|policy|how (?:do|can|should) (?:i|we))\b"
)
_DOCUMENT = r"(?:receipt|transaction|order|sale|ticket|invoice|document|basket|purchase|check|txn|bill)"
_IDENT = r"(?P<ident>[a-z]{0,4}[-_:]?\d[\w:-]{2,})"
_NUMBERED = re.compile(
    rf"\b{_DOCUMENT}(?: with)?(?: the)? ?(?:number|no\.?|nr\.?|id|#|:)* ?#? ?{_IDENT}(?![\w%.])(?! (?:units?|cases?"
    r"|items?|pieces?|packs?|boxes|bottles|pallets?)\b)"
)
_ENDING = re.compile(
    rf"\b{_DOCUMENT}(?: \w+)? (?:ending|ends|that ends|finishing)(?: in| with| on)? #? ?(?P<ident>\d{{3,}})\b"
)
_BARE = re.compile(rf"^\W*(?:{_DOCUMENT} )?(?:number |no\.? |#|id )* ?{_IDENT}\W*$")
_CODED = re.compile(
    r"(?<![\w-])#?(?P<ident>(?:ord|order|txn|trx|tx|tr|inv|so|sale|rcpt|rec|receipt)[-_:#]+\d[\w:-]*)(?![\w%.])"
)
"""A number by its letters: “ORD-1234-0001” is a receipt's in whatever sentence it stands."""
_SUPPLIER_ORDER = re.compile(
    r"\b(?:purchase orders?|p\.?o\.?)(?: (?:number|no\.?|nr\.?|id))? ?(?:#|:|-|_|po-?)* ?\d{2,}[\w-]*"
    r"(?! (?:units?|cases?|items?|pieces?|packs?|boxes|bottles|days?|weeks?|months?|of)\b)(?![%.,]\d)"
)
SUPPLIER_ORDER = (
    "A purchase order is not looked up by its number. What is on its way, from whom and since when, is in “what is on "
    "order” and “open purchase orders by supplier”."
)
_LOOK = re.compile(
    r"\b(?:look(?:ing)? ?up|look(?:ing)? for|lookup|find|show|pull up|open|get|search(?: for)?|locate|check|display"
    r"|which|what (?:was|is|were|are)|what did|details?|who|give me|see)\b"
)
_ONE = re.compile(rf"\b(?:the|a|an|that|this|which) (?:[\w$€£.,]+ )?{_DOCUMENT}\b|[$€£] ?\d[\d.,]* {_DOCUMENT}\b")
NO_PART = "“{said}” is left out: these are of the whole day. An hour narrows it: “around 8 pm”."
_AMOUNT = re.compile(
    r"(?:\bof |\bfor |\bworth |\bover |\btotall?ing )?(?:\$|€|£) ?(?P<amount>\d[\d,]*(?:\.\d{1,2})?)|\b(?:of"
    r"|for) (?P<bare>\d+\.\d{2})\b"
)
_REGISTER = re.compile(
    r"\b(?:at|on|from) (?:register|till|lane|terminal|pos) (?:number |no\.? ?|#)?(?P<register>[\w-]+)\b"
)
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|a\.m\.|p\.m\.)?")
_WITH = re.compile(
    r"\b(?:with|containing|that (?:had|has|contained|included?)|where (?:someone|somebody|they|a customer) bought)\b"
)
_FIND_WORDS = re.compile(
    rf"\b(?:{_DOCUMENT}s?|look(?:ing)?(?: ?up| for)?|lookup|find|show|pull up|open|get|search|locate|check|display"
    "|details?|customers?|buy|bought|purchased?|number|register|till|rang|rung|cashier|employee|with|containing|that"
    "|had|has|contained|included?|where|someone|somebody|around|about|approximately|at|of|for|on|in|from|who|which"
    r"|was|is|up|status|track|happened|to|paid|what|the)(?!\w)"
)
_ASKED_OF_ONE = re.compile(
    r"\b(?:was|were|is|are|been|did|does|has|had|have|we|they|it|what|who|whom|how much|how many|which|why|when|where"
    r"|any|refund(?:s|ed)?|return(?:s|ed)?|void(?:s|ed)?|cancell?ed|discount(?:s|ed)?|coupons?|tip|tax|paid|pay|payments?"
    r"|tender|cash|card|rang|rung|cashier|employee|register|till|total|amount|items?|products?|things?|goods|lines?"
    r"|bought|on|in|of|for|with|there|(?:most|least) expensive|dearest|cheapest|biggest|largest|smallest|come|came|back"
    r"|completed?|sold|cost|worth|contents?|everything|up)\b(?:'s)?"
)
"""What is asked of one receipt, all of which the receipt tells."""
_MADE = re.compile(r"\W*(?:please |can you |could you )*(?:create|make|draft|raise|place|prepare|write|start)\b")
_ARRIVES = re.compile(
    r"\b(?:arriv\w*|deliver\w*|shipp?(?:ed|ing)?|in transit|on (?:its|the) way|come in|late|overdue)\b"
)

_VOIDS = re.compile(
    r"\bvoids?\b|\bvoided\b|\bcancell?ed (?:sales?|transactions?|orders?|receipts?|tickets?)\b|\bcancellations?\b"
)
_NO_SALES = re.compile(
    r"\bno-sales\b|\bno[- ]sales? (?:events?|opens?|openings?|transactions?|drawer)\b"
    r"|\bno[- ]sales?\b(?=.*\b(?:register|drawer|cashier|employee|who|list|every|each|all|by|how many|count|number)\b)"
    r"|\b(?:how many|every|each|all|count|list|number of|registers?|tills?|who|cashiers?|employees?)(?: \w+){0,4}"
    r" no[- ]sales?\b"
)
_OVERRIDES = re.compile(
    r"\b(?:price )?overrides?\b|\boverrid(?:den|ing) prices?\b|\bprices? (?:was|were|been) overridden\b"
)
_REFUNDS = re.compile(r"\brefund(?:s|ed)?\b|\breturns?\b|\breturned\b")
_LISTED = re.compile(
    r"\brefunds? (?:report|log|list|details?)\b|\bwhat (?:was|were|got|has been) refunded\b|\brefunds? (?:of )?(?:over"
    r"|above|more than|bigger than|larger than|greater than|under|below|less than|at least|exceeding) [$€£] ?\d"
    r"|\b(?:any(?:body|one)|someone|somebody) (?:to )?(?:process|issue|give|make|do|ring up|processed"
    r"|issued|gave|made)(?: an?"
    r"| any| the)? refunds?\b"
)
_GOODS_BACK = re.compile(
    r"\b(?:products?|items?|skus?|departments?|categor(?:y|ies)|goods|rate|compar\w+|tax returns?)\b"
)
_VOID_RATE = re.compile(
    r"\bvoid(?:ed)?(?: \w+)? (?:rate|%|percent(?:age)?)(?!\w)|\b(?:rate|share|percent(?:age)?) of voids?\b"
)
_EACH = re.compile(
    r"\b(?:why|reasons?|who|whom|list|every|each|all|which|show|details?|log|by (?:the )?(?:employees?|cashiers?|staff"
    "|person|associates?|registers?|tills?|reasons?)|per (?:employee|cashier|register|reason)|employees?|cashiers?"
    r"|associates?)\b"
)
_BY = (
    ("reason", re.compile(r"\b(?:by|per|for each|grouped by|split by) (?:the )?reasons?\b|\b(?:most common"
        r"|top|main|common|which|what) reasons?\b")),
    ("employee", re.compile(r"\b(?:by|per|for each) (?:the )?(?:employees?|cashiers?|staff(?: members?)?"
        r"|person|people|associates?)\b"
                            r"|\bwho\b.*\bmost\b"
                            r"|\b(?:which|what|top) (?:\w+ )?(?:employees?|cashiers?|associates?)\b")),
    ("register", re.compile(r"\b(?:by|per|for each) (?:the )?(?:registers?|tills?|terminals?|lanes?)\b"
        r"|\b(?:which|what) (?:register|till|terminal|lane)s?\b")),
)  # fmt: skip
_REFUND_WORDS = re.compile(
    r"\b(?:voids?|voided|voiding|refund(?:s|ed)?|returns?|returned|no[- ]sales?|price|overrides?|overrid(?:den|ing)"
    "|cancell?ed|cancellations?|sales?|transactions?|orders?|receipts?|tickets?|reasons?|why|who|was|were|working"
    "|on duty|employees?|cashiers?|staff|associates?|person|registers?|drawer|tills?|events?|list|every|each|log"
    "|details?|made|gave|given|give|make|did|process(?:ed)?|issue|issued|any(?:body|one)?|someone|somebody"
    "|rung?|rang|by|the|and|with|most|amounts?|value|count|number"
    r"|opens?|openings?|happen(?:ed)?|lines?|items?|its|their|them|it|for|report|what)(?!\w)"
)
_REFUND_SUBJECT = Subject(
    REFUNDS, _REFUND_WORDS, frozenset({"store", "day", "reason", "employee", "register"}), limited=True
)
_BOUND = re.compile(
    r"\b(?:of )?(?:over|above|more than|bigger than|larger than|greater than|under|below|less than|at least"
    r"|exceeding) (?:[$€£] ?)?\d[\d,.]*(?: ?(?:dollars|usd))?"
)
NO_BOUND = "I cannot keep to amounts “{said}”: these are all of them, and the list has the amount of each."


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about one receipt, or about refunds and voids; None for every other."""
    reading = Reading.of(text)
    if _ORDER.match(reading.text) or names_the_future(reading.text):
        return None
    return _receipt(reading, around) or _refunds(Reading.of(text), around)


def of_one(text: str, around: Surroundings) -> Plan | None:
    """The receipt that a question names by its number, whatever it asks of it; None where other words remain."""
    reading = Reading.of(text)
    whole = reading.text
    numbered = _CODED.search(whole) or _NUMBERED.search(whole)
    if _MADE.match(whole):
        return None
    if _SUPPLIER_ORDER.search(whole) or (numbered and numbered[0].startswith("order") and _ARRIVES.search(whole)):
        return Plan(text=SUPPLIER_ORDER)
    if numbered is None or _ORDER.match(whole):
        return None
    ident = reading.said(numbered.start("ident"), numbered.end("ident"))
    reading.blank(numbered.start(), numbered.end())
    if reading.find(_NUMBERED) or not reading.take(_ASKED_OF_ONE):
        return None
    while reading.take(_ASKED_OF_ONE):
        pass
    found = _found({"text": ident}, reading, around)
    return found if found and found.calls else None


def _receipt(reading: Reading, around: Surroundings) -> Plan | None:
    whole = reading.text
    if _SUPPLIER_ORDER.search(whole):
        return Plan(text=SUPPLIER_ORDER)
    coded = _CODED.search(whole)
    numbered = coded or _ENDING.search(whole) or _NUMBERED.search(whole)
    if numbered and (coded or _LOOK.search(whole) or _BARE.match(whole) or re.search(r"\border #", whole)):
        ident = reading.said(numbered.start("ident"), numbered.end("ident"))
        reading.blank(numbered.start(), numbered.end())
        return _found({"text": ident}, reading, around)
    if numbered or not _LOOK.search(whole) or not _ONE.search(whole):
        return None
    args: dict[str, Any] = {}
    if amount := reading.take(_AMOUNT):
        args["amount"] = (amount["amount"] or amount["bare"]).replace(",", "")
    if register := reading.take(_REGISTER):
        args["register_id"] = reading.said(register.start("register"), register.end("register"))
    hours = take_time_of_day(reading)
    if hours:
        clock = _CLOCK.search(hours)
        args |= {"time": clock[0].strip()} if clock else {}
    found = _found(args, reading, around) if args.get("amount") or args.get("time") else None
    part = hours if hours and not args.get("time") else ""
    return replace(found, text=NO_PART.format(said=part)) if part and found and found.calls else found


def _found(args: dict[str, Any], reading: Reading, around: Surroundings) -> Plan | None:
    spans = [one.phrase for one in take_periods(reading)]
    if len(spans) > 1:
        return None
    holds = reading.find(_WITH) is not None
    stores = take_stores(reading, around)
    while reading.take(_FIND_WORDS):
        pass
    left = leftover(reading, around, store_known=stores is not None)
    if left and (left.unknown or (left.goods and not (holds and left.goods.product))):
        return not_understood(left.unknown or (left.goods.product or left.goods.department or "" if left.goods else ""))
    args |= {"period": spans[0] if spans else None, "stores": stores or (left.store if left else None)}
    if left and left.goods:
        args["product"] = left.goods.product
    return calls_for(FIND, args, [])


def _refunds(reading: Reading, around: Surroundings) -> Plan | None:
    whole = reading.text
    if _ODD.search(whole) or _VOID_RATE.search(whole):
        return None
    shown = [
        name
        for name, pattern in (("voids", _VOIDS), ("no_sales", _NO_SALES), ("price_overrides", _OVERRIDES))
        if pattern.search(whole)
    ]
    if _REFUNDS.search(whole) and (
        shown or _LISTED.search(whole) or (_EACH.search(whole) and not _GOODS_BACK.search(whole))
    ):
        shown.insert(0, "refunds")
    if not shown:
        return None
    bound = reading.take(_BOUND)
    by = next((name for name, pattern in _BY if reading.take(pattern)), None)
    show = shown[0] if len(shown) == 1 else "all"
    if bound is not None:
        found = plan_for(replace(_REFUND_SUBJECT, args={"show": show, "limit": 50}), reading, around, by=by)
        return Plan(found.calls, NO_BOUND.format(said=bound[0].strip())) if found and found.calls else found
    return plan_for(replace(_REFUND_SUBJECT, args={"show": show}), reading, around, by=by)
