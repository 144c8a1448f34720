"""“Stock adjustments last week and who made them”, “when was milk last counted”, “what came in”: the log of stock."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

LOG = "stock_changes"
_STOCK = r"(?:stock|inventory)"
_CLAIM = re.compile(
    r"\b(?:what|which(?: \w+)?|how much|when) (?:was|were|have been|has been|got|did we) (?:last )?(?:re-?stock(?:ed)?"
    r"|replenish(?:ed)?)\b|"
    rf"\b{_STOCK} transfers? (?=(?:at|in|to|from|this|last|yesterday|today)\b)|"
    rf"\b{_STOCK} (?:movements?|changes?|histor\w+|log|ledger|adjustments?|corrections?|activity|edits?|counts"
    r"|transfers? (?:history|log)|(?:transfer|adjustment|count|movement) (?:history|log))\b|\b(?:recent|latest"
    rf"|last) {_STOCK} (?:movements?|changes?|adjustments?|corrections?|counts?|transfers?)\b|\b(?:adjustments?"
    rf"|corrections?) (?:of|to|in) (?:the |our )?{_STOCK}\b|\b(?:who|which employees?|when did (?:we|i|someone)"
    "|did (?:we|anyone|somebody)) (?:last )?(?:adjust(?:ed|s)?|correct(?:ed|s)?|change[ds]?|count(?:ed)?) (?:the "
    rf"|our )?(?:{_STOCK}|quantit(?:y|ies)|levels?)\b|\b(?:manual|quantity) (?:adjustments?|corrections?)\b"
    r"|^\W*(?:show (?:me )?|list )?(?:all |the |recent )*adjustments\b(?! (?:to|of|in) (?:price|wage|time))|\b(?:has"
    r"|have|hasn't|haven't|were|was|weren't|wasn't|been|last) (?:not )?(?:been )?counted\b|\bwhen (?:did|was"
    r"|were) .{2,40} (?:last )?(?:count|counted)\b"
    r"|\blast (?:stock ?take|inventory count|cycle count|count of)\b|\bcycle counts? (?:last|this|yesterday|today|in"
    r"|by|done|completed)\b|\bwhat(?:'s| has| have| was| were| is| got)? ?(?:been |being )?(?:received|delivered)\b"
    r"|\bgoods in (?:today|this week|yesterday)\b|\b(?:did|have|has) (?:we|i|the stores?"
    r"|they) (?:last )?receive[d]?\b|\bunits? (?:of [^?]+ )?received\b|\b(?:received|incoming) (?:goods"
    rf"|stock) (?:today|yesterday|this|last|by|in)\b|\b(?:what|which|how much)(?: \w+)? ?(?:{_STOCK}|goods|products?"
    r"|items)? (?:came in|arrived|was received|were received)\b|\blast (?:time )?(?:we )?(?:received"
    rf"|got a delivery of)\b|\bwhen (?:did (?:we|i) last (?:receive|get)|was .{{2,40}} last received)\b|\b(?:completed"
    r"|received|past|recent|last week's|yesterday's) transfers\b|^\W*(?:show (?:me )?|list |how many )?(?:all |the "
    r"|our )?(?:stock )?transfers (?:last|this|yesterday|today|in|by|between .* (?:last|this))\b"
    r"|\bwhat was transferred\b|\bwaste entries\b"
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:(?:have|has|were|was|are|is)(?: not|n't) (?:been )?counted|how (?:is|are|do) .* counted|visitors?"
    r"|customers?|days? (?:are|is) counted|transactions?|coupons?|mailers?"
    "|campaigns?|payments?|feedback|reviews?|complaints?|tips?|late|overdue|in transit|on order|should|could|propose"
    r"|create|task|orders? (?:did|were)|price|prices|value|worth|phantom|shrink\w*|variance|predict\w*|forecast\w*"
    r"|deliver(?:y|ies) (?!of)|shipments?|from (?:our |the |my )?(?:suppliers?|vendors?))\b"
)
_KINDS = (
    (re.compile(r"\b(?:adjust\w*|correct\w*|edit\w*)\b"), "adjust"),
    (re.compile(r"\bcount(?:s|ed)?\b|\bstock ?take\b"), "count"),
    (re.compile(r"\btransfer\w*\b"), "transfer"),
    (
        re.compile(
            r"\b(?:receiv\w*|re-?stock(?:ed)?|replenish(?:ed)?|came in|arriv\w*|delivered|goods in|delivery|incoming)\b"
        ),
        "receive",
    ),
    (re.compile(r"\bwaste\b"), "waste"),
)
_BY = (
    (re.compile(r"\b(?:by|per|each) (?:reason|cause)s?\b|\bwhat reasons\b"), "reason"),
    (
        re.compile(
            r"\b(?:by|per|each) (?:employee|person|associate|staff member|colleague|user)s?\b|\bwhich employees?\b"
        ),
        "employee",
    ),
    (re.compile(r"\b(?:by|per|each|which) (?:store|shop|location)s?\b"), "store"),
    (re.compile(r"\b(?:by|per|each|which) departments?\b"), "department"),
    (re.compile(r"\b(?:by|per|each|which) categor(?:y|ies)\b"), "category"),
    (re.compile(r"\b(?:by|per|for each|most adjusted|adjusted most) (?:product|item|sku)s?\b"), "product"),
    (re.compile(r"\b(?:by|per|each|every) day\b|\bdaily\b"), "day"),
    (re.compile(r"\b(?:by|per|each) (?:kind|type)s?\b"), "kind"),
)
_WHEN_LAST = re.compile(r"\bwhen\b|\blast (?:time|stock ?take|inventory count|cycle count|count|received|counted)\b")
_WORDS = re.compile(
    rf"\b(?:{_STOCK}|movements?|changes?|changed?|histor\w+|log|ledger|adjust\w*|correct\w*|activity|edits?|counts?"
    "|counted|count|cycle|stock ?take|transfers?|transferred|transfer|recent|latest|last|who|made|did|done|by whom"
    "|and|the|them|it|our|all|show|list|give|me|what|which|when|how|much|many|was|were|is|has|have|had|been|being|we"
    r"|i|they|us|received?|receive|get|got|delivered|deliver(?:y|ies)|of|came|come|in|arriv\w+|re-?stock(?:ed)?"
    r"|recently|lately|replenish(?:ed)?|goods|incoming|units?"
    "|pieces|quantit(?:y|ies)|levels?|manual|reasons?|with|why|by|per|each|every|employees?|person|associate|stores?"
    "|shops?|departments?|categor(?:y|ies)|products?|items?|skus?|day|daily|kinds?|types?|for|to|from|on|at|a|an"
    "|time|somebody|someone|anyone|completed|past|most|not|hasn't|haven't|weren't|wasn't|waste|entries|number|total"
    r"|report|summary|there|any|between)(?!\w)"
)  # fmt: skip


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about changes of stock as they were booked; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _CLAIM.search(whole) or _OTHER.search(whole):
        return None
    extra: dict[str, Any] = {}
    if kind := next((name for pattern, name in _KINDS if pattern.search(whole)), None):
        extra["kind"] = kind
    if by := next((name for pattern, name in _BY if pattern.search(whole)), None):
        extra["by"] = by
    if not by and _WHEN_LAST.search(whole):
        extra["period"] = "the last 365 days"
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    said = slots.args("period", "stores", "product", "department")
    return calls_for(LOG, {**extra, **said, "limit": limit or slots.limit}, [])
