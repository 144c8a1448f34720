"""“What did we order last”, “spend by supplier last quarter”, “which vendor is most reliable”: orders to suppliers."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.supplied_by import is_claimed
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

PURCHASES = "purchase_orders"
_WHO = r"(?:suppliers?|vendors?|wholesalers?|distributors?)"
_WE = r"(?:i|we|the stores?|they)"
_ORDERS = (
    r"(?:purchase orders?|pos|(?:supplier|vendor|stock) orders?|orders? (?:to|with|from|at) (?:our |the |my )?"
    + _WHO
    + ")"
)
_CLAIM = re.compile(
    r"\bhow long (?:does|do|did) (?:it take|.{2,40} take) .{0,40}\b(?:deliver\w*|receive|arrive)\b|"
    r"\b(?:purchase|buying) (?:prices?|dates?|histor(?:y|ies)|values?|volumes?|amounts?|costs?)\b|\b(?:supplier spend"
    r"|spend"
    r" with suppliers|purchasing)\b|^\W*(?:(?:show|give|tell|list)(?: me| us)? |what(?:'s| is| are| was| were) "
    r"|how much"
    r" (?:is|are|were|was) )?(?:the |our |my )*(?:total |stock |supplier |inventory )*purchases(?=\W*$| (?:today"
    r"|yesterday"
    r"|this|last|in|by|from|over|for|per (?:month|week|supplier))\b)|"
    rf"\b{_ORDERS}\b|\bwhat (?:did|have) {_WE} (?:order(?:ed)?|buy|bought|purchased?)\b|\bhow (?:much"
    rf"|many) .{{0,40}}(?:did|have) {_WE} (?:order(?:ed)?|spen[dt]|purchased?)\b|\b(?:spen[dt](?:ing)?|purchases"
    rf"|bought|buy(?:ing)?)\b.{{0,30}}\b{_WHO}\b|\b{_WHO}\b.{{0,40}}\b(?:spen[dt](?:ing)?|buy|bought|purchases?"
    r"|reliab\w+|on[- ]time|punctual\w*|fill rates?|deliver(?:y|ed) (?:performance|on time|late)|late deliver\w+"
    r"|deliver\w* late|attention)\b|\b(?:spen[dt]|spending|purchases) (?:with|from) (?!customers|coupons?)[a-z]"
    r"|\b(?:on[- ]time (?:deliver\w+|arrivals?|rate)|fill rates?|reliab\w+|punctual\w*"
    rf"|late deliver\w+)\b.{{0,30}}\b{_WHO}\b|\b(?:actual|average|real|measured) lead times?\b"
    rf"|\bwhen did {_WE} last (?:order|buy|purchase)\b|\blast time {_WE} (?:ordered|bought|purchased)\b|\b(?:did"
    rf"|do) {_WE} (?:last )?pay\b.{{0,60}}\b(?:for\b|last)|\blast (?:cost|price) (?:paid|we paid|i paid)\b"
    r"|\b(?:most expensive|dearest|costliest|biggest) (?:things?|items?|products?)(?: that)? (?:i've|we've"
    rf"|{_WE})(?: have)?(?: ever)? (?:ordered|bought|purchased)\b|\b(?:latest|last|most recent|past|previous"
    r"|recent) (?:deliver(?:y|ies)|shipments?)\b|\bdeliver(?:y|ies) (?:that |which )?(?:came|arrived|were received"
    r"|we (?:got|received)|did we (?:get|receive))\b|\b(?:which|what|how many) (?:deliver(?:y|ies)"
    r"|shipments?) (?:came|arrived|did we|were|have)\b|\b(?:did|has|have|was|were) (?:the |our |my "
    r"|all )?(?:\w+ )?(?:inventory|stock|goods|deliver(?:y|ies)|shipments?|trucks?|orders?"
    r"|merchandise) (?:been )?(?:arriv\w*|come|delivered|received|get here)\b"
)
_OTHER = re.compile(
    r"\b(?:median|typical|on order|in transit|on (?:its|their|the) way|overdue|outstanding|arriving|expected"
    r"|should (?:we|i)|need to|create|(?:to|please) place|send|draft (?:a|an|the)|propose|re-?order"
    r"|cancel (?:the|my|our|a)|approve|customers?"
    r"|shoppers?|households?|pick-?up|online|invoices?|sales|sell\w*|margin\w*|profit\w*|labou?r|wages?|discounts?"
    r"|promotions?|marketing|advertising|ads|utilities|coupons?"
    r"|tax(?:es)?|tips?|fees?|rent|staff|e-?mail|phone|contacts?|when (?:does|will|is|are))\b|\bopen (?:purchase "
    r"|supplier )?(?:orders|pos)\b"
)
_STATUS = (
    (re.compile(r"\bcancel(?:l)?ed\b"), "cancelled"),
    (re.compile(r"\bdrafts?\b"), "draft"),
    (re.compile(r"\b(?:completed|closed|fully received)\b"), "received"),
)
_ARRIVED = re.compile(
    r"\bdeliver(?:y|ies)\b(?! (?:performance|on time|late|reliab))|\bshipments?\b|\b(?:came|come) in\b|\barriv\w+"
    r"|\bwere received\b"
)
_OF_EACH = r"(?:by|per|each|every|which|what)"
_BY = (
    (
        re.compile(
            rf"\b(?:{_OF_EACH}|across|top(?: \d+)?|rank(?:ing)?(?: of)?|best|worst|slowest|fastest|compare) (?:the "
            rf"|our "
            rf"|my |most reliable |least reliable |reliable )*{_WHO}\b|\b{_WHO} (?:are|is|have|has|do|did|spen[dt]"
            r"|reliab\w+|ranking|performance|fill rates?|on[- ]time)"
        ),
        "supplier",
    ),
    (re.compile(rf"\b{_OF_EACH} (?:store|shop|location)s?\b"), "store"),
    (re.compile(rf"\b{_OF_EACH} departments?\b"), "department"),
    (re.compile(rf"\b{_OF_EACH} categor(?:y|ies)\b"), "category"),
    (
        re.compile(
            rf"\b{_OF_EACH} (?:product|item|sku)s?\b|\b(?:most expensive|dearest|costliest|biggest) (?:things?|items?"
            r"|products?)\b"
        ),
        "product",
    ),
    (re.compile(r"\b(?:by|per|each) (?:status|state)\b"), "status"),
    (re.compile(r"\b(?:by|per|each|every) week\b|\bweekly\b"), "week"),
    (re.compile(r"\b(?:by|per|each|every) month\b|\bmonthly\b"), "month"),
)
_RANK = (
    (re.compile(r"\bfill rates?\b|\bcomplete(?:ness|ly)\b|\bshort(?:ed|s)?\b"), "fill_rate"),
    (re.compile(r"\blead times?\b|\bfastest\b|\bslowest\b|\bquickest\b"), "lead_days"),
    (
        re.compile(r"\breliab\w+|\bon[- ]time\b|\bpunctual\w*|\blate\b|\battention\b|\bdelivery performance\b"),
        "on_time",
    ),
    (re.compile(r"\b(?:units|pieces|quantit(?:y|ies)|volume)\b"), "units"),
    (re.compile(r"\bhow many (?:purchase |supplier |vendor )?(?:orders|pos)\b|\bby (?:number of )?orders\b"), "orders"),
)
_LOWEST = re.compile(r"\b(?:least|lowest|worst|fewest|fastest|quickest|shortest|late|attention|smallest)\b")
_LAST = re.compile(
    r"\b(?:last time|last|latest|most recent(?:ly)?|newest)(?! (?:\d|week|month|quarter|year|day|night|\w+day))\b"
)
_FROM = re.compile(
    r"\b(?:from|with|to|at) (?!(?:our|the|my|each|every|all|which)\b)(?P<name>[a-z][\w&']*(?: [\w&']+){0,3}?)"
    r"(?=(?: last| this| in| on average| over| since| yesterday| today| during| between)\b|\W*$)"
)
_CALLED = re.compile(
    r"\b(?P<by>by|per|each|every|which|what|a|an)? ?(?:supplier|vendor|wholesaler|distributor)"
    r" (?:(?:no\.?|number|id|code|called|named) )?#?(?P<name>\d[\w-]*"
    r"|(?!(?:on|over|since|during|between)\b)[a-z][\w&']*(?: [\w&']+){0,3}?)"
    r"(?=(?: last| this| in| on| over| since| yesterday| today| during| between)\b|\W*$)"
)
"""A supplier behind the word for one: “vendor 1001”, “supplier Northway”; “by supplier …” names none."""
_OPEN = re.compile(r"\b(?:open|outstanding) (?:purchase |supplier )?(?:orders|pos)\b")
_SUPPLIER = re.compile(rf"\b(?:our|the|my) (?P<kind>[a-z]+) {_WHO}\b")
_WORDS = re.compile(
    rf"\b(?:{_ORDERS}|{_WHO}|i've|we've|what|which|how|much|many|did|do|have|has|i|we|they|order(?:ed|s)?|buy|bought"
    "|buying|purchased?|purchases|purchase|spen[dt]|spending|with|from|by|per|each|every|to|of|for|on|was|were|is"
    "|are|the|our|my|a|show|list|give|me|all|when|last|latest|most|recent|recently|newest|past|previous|time|times"
    r"|deliver(?:y|ies|ed)|shipments?|trucks?|inventory|stock|goods|merchandise|get here|came|come|in|arriv\w+"
    r"|received|got|get|receive|deliver|often|long|take[sn]?|does|reliab\w+|least|best"
    r"|worst|fastest|slowest|quickest|on[- ]time|punctual\w*|fill|rates?|lead|actual|average|real|measured"
    "|performance|late|expensive|dearest|costliest|biggest|highest|lowest|things?|items?|products?|that|ever|paid"
    "|pay|cost|price|unit|money|values?|purchasing|inventory|stock|supplier spend|histor(?:y|ies)|dates?|prices?"
    "|amounts?|costs?|total|totals|number|monthly|weekly|status|state|cancell?ed|drafts?|completed"
    "|closed|fully|history|log|report|summary|overview|top|rank(?:ed|ing)?|needs?|attention|and|units|pieces"
    "|quantit(?:y|ies)|volume|days|us|share|percentage|percent|rate|compare|across|who|completely|completeness"
    r"|short(?:ed|s)?|placed|made|so|far|there|it)(?!\w)|%"
)  # fmt: skip


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about orders to suppliers that were placed or came in; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    still_open = _OPEN.search(whole) is not None and _named(Reading.of(text), around) is not None
    elsewhere = _OTHER.search(_OPEN.sub("", whole) if still_open else whole)
    if not _CLAIM.search(whole) or elsewhere or is_claimed(whole):
        return None
    extra: dict[str, Any] = {"status": "open"} if still_open and reading.take(_OPEN) else {}
    if status := next((name for pattern, name in _STATUS if pattern.search(whole)), None):
        extra["status"] = status
    if by := next((name for pattern, name in _BY if pattern.search(whole)), None):
        extra["by"] = by
    if by and (rank := next((name for pattern, name in _RANK if pattern.search(whole)), None)):
        extra["rank_by"] = rank
    if by and _LOWEST.search(whole):
        extra["order"] = "bottom"
    if _ARRIVED.search(whole) and extra.get("rank_by") is None:
        extra["dated"] = "received"
    if not by and _LAST.search(whole):
        extra["period"] = "the last 365 days"
    limit = take_limit(reading)
    supplier = _named(reading, around)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    said = slots.args("period", "stores", "product", "department")
    return calls_for(PURCHASES, {**extra, **said, "supplier": supplier, "limit": limit or slots.limit}, [])


def _named(reading: Reading, around: Surroundings) -> str | None:
    """The supplier that is named, “from Northway Meats”, unless the name is a store's or a department's."""
    if kind := reading.take(_SUPPLIER):
        return kind["kind"]
    found = _CALLED.search(reading.text)
    if found is None or found["by"] or _WORDS.match(found["name"]):
        found = _FROM.search(reading.text)
    if found is None:
        return None
    name = found["name"].strip()
    stores = [said for one in around.stores for said in (one.store_id, one.name, one.district)]
    places = [one.lower() for one in (*around.departments, *stores) if one]
    if name in places or _WORDS.fullmatch(name) or any(name in place for place in places):
        return None
    said = reading.said(*found.span("name"))
    reading.blank(*found.span())
    return said
