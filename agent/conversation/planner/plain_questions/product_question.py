"""Questions for a product itself: do we sell it, what does it cost, which number has it."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.refused import boundaries
from agent.conversation.planner.slots.kind_of_goods import is_kind
from agent.conversation.planner.slots.periods import periods

_SELL = re.compile(
    r"^(?:and |so |ok |also )?(?:(?:do|does|(?P<past>did)|have|are) (?:we|you|they|the stores?|i) (?:\w+ )?"
    r"(?:sell|carry|have|stock|offer|got|selling) (?:any |some |an? )?|got (?:any|some) )"
    r"(?P<text>(?!in\b|more\b|less\b|most\b|better\b|enough\b|well\b|yesterday\b|last\b|today\b|this\b).+)$"
)
_WHICH = re.compile(
    r"^(?:and |so |ok )?(?:what|which)(?: (?:kinds?|types?|sorts?) of)? (?P<text>[a-z][a-z&' -]{2,40}?)"
    r"(?: (?:products?|items?))? do (?:we|you|they) (?:currently )?(?:have|carry|stock|sell|offer)(?: available)?$"
)
"""“What snacks do we have”: asked last of all, so that the noun is none of a subject."""
_OFFERS = re.compile(r"(?:discounts?|deals?|offers?|promotions?|promos?|specials?)(?: (?:on|running|going|today|now))*")
_COST = re.compile(
    r"^(?:and )?(?:how much (?:is|are|does|do|for)(?! .*\b(?:sell|make|take|earn|spend|bring|differ|vary"
    r"|contribute)\b)|what (?:does|do)(?= .+ (?:costs?|sell for|go for))|what(?:'s| is| are| was)? the (?:current "
    "|shelf |retail |selling )?prices? (?:of|for|on)|(?:current )?price (?:of|for|check(?: on| for)?)"
    "|show me the price of|tell me the price of) (?:an? |the |one |our )?(?P<text>.+?)(?: (?:costs?|sell for|go for"
    "|priced at))?$"
)
_FIND = re.compile(
    "^(?:please |can you |could you )*(?:find|search(?: for)?|look up|look for|lookup|locate|which products? (?:are"
    r"|is) called|what products? (?:match|contain)\w*|show me (?:products?|items?) (?:called|named|like"
    "|matching))(?: me| us)? (?:the |a |an |all |any )?(?:products? |items? |skus? |barcodes? |upcs? )?(?:called "
    "|named |like |matching |with |for )?(?P<text>.+)$"
)
_CODE = re.compile(
    "^(?:what (?:is|product is|item is) )?(?:sku|barcode|upc|ean|plu|product|item)(?: number| code| id"
    r"| no\.?)? ?#?:? ?(?P<text>[a-z]?\d{4,14})$"
)
_NOT_PRODUCT = re.compile(
    r"\b(?:sales?|revenue|transactions?|margin|stores?|district|customers?|employees?|net|week|month|yesterday|today"
    r"|we|our)\b"
)


def product_question(text: str) -> Plan | None:
    """The search that a question for a product, its price or its number means; None for every other."""
    reading = Reading.of(text)
    line = reading.rest()
    if (kind := _WHICH.match(line)) is not None and is_kind(kind["text"]):
        return Plan((("find_products", {"text": _own_case(text, kind["text"])}),))
    for pattern in (_SELL, _COST, _FIND, _CODE):
        match = pattern.match(line)
        if match is None:
            continue
        phrase = match["text"].strip(" ?.!'\"")
        if not phrase or (pattern in (_COST, _FIND) and _NOT_PRODUCT.search(phrase)):
            continue
        if pattern is _FIND and boundaries.out_of_bounds(line):
            continue
        if pattern is _SELL and (match["past"] or periods(Reading.of(phrase))):
            continue  # this asks what was sold, not what is on sale
        if pattern is _SELL and _OFFERS.fullmatch(phrase):
            return Plan((("promotions_running", {}),))
        return Plan((("find_products", _product_args(text, phrase)),))
    return None


def _product_args(text: str, phrase: str) -> dict[str, Any]:
    where = re.search(
        r" (?:at|in) (?P<store>(?:the )?[\w' ]*(?:street|avenue|road|point|store|stores|shop|s\d{2}))$", phrase
    )
    if where is None:
        return {"text": _own_case(text, phrase)}
    return {"text": _own_case(text, phrase[: where.start()]), "stores": _own_case(text, where["store"])}


def _own_case(text: str, phrase: str) -> str:
    where = text.lower().find(phrase)
    return text[where : where + len(phrase)] if where >= 0 else phrase
