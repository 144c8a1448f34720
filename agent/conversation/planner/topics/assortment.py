"""Questions for how many goods, makers, categories or pack sizes there are; what they sold is another subject."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import asks_for_the_bottom
from agent.conversation.surroundings import Surroundings

RANGE = "range_counts"
_SIZE = r"(?:(?:package|pack|packaging|container|bottle|can|product|item) sizes?)"
_NOUNS = (
    ("pack_size", _SIZE),
    ("brand", r"(?:(?:national )?brands?|manufacturers?|makers?|producers?)"),
    ("category", r"(?:(?:product )?categor(?:y|ies)|commodit(?:y|ies))"),
    ("department", r"(?:departments?|depts?)"),
    ("product", r"(?:products?|items?|skus?|articles?|upcs?)"),
)
_ALL = "|".join(noun for _, noun in _NOUNS)
_KIND = r"(?:(?:different|distinct|unique|active|separate|individual|single|various) )*"
_COUNT = re.compile(rf"\b(?:how many|(?:the )?(?:number|count|total number) of) {_KIND}(?P<what>{_ALL})\b")
_HAS_MOST = re.compile(
    rf"\b(?:which|what|top \d+|the) (?P<by>{_ALL})s? (?:has|have|had|with|contains?|makes?|carr(?:y|ies)|offers?"
    "|holds?) (?:the )?(?P<way>most|fewest|least|largest number of|highest number of|greatest number of"
    rf"|smallest number of) {_KIND}(?P<what>{_ALL})\b"
)
_COMMON = re.compile(
    rf"\b(?:most|least) (?:common|frequent|usual|typical) (?P<by>{_SIZE})\b|\b(?:which|what) (?P<by2>{_SIZE}) (?:is"
    r"|are) (?:the )?(?:most|least) (?:common|frequent|usual|typical)\b"
)
_BY = re.compile(
    r"\b(?:by|per|for each|for every|in each|in every|of each|each|every|does each|does every"
    rf"|within each) (?:product )?(?P<by>{_ALL}|private label|own label)\b"
)
_EACH_SELLS = re.compile(
    rf"\b(?:does|do|did) (?:each|every|the (?:different )?|our )?(?: ?)(?:{_ALL}) (?:sell|have sold)\b|\b(?:are|were"
    rf"|is|was|been)? ?sold (?:by|in|for|per) (?:each|every) (?:{_ALL})\b"
)
"""What each maker or department sells of the range: products are told apart, pieces are not meant."""
_OWN_LABEL = re.compile(
    r"\b(?:what |which )?(?:share|percent(?:age)?|proportion|fraction|%|how many)(?: of)? (?:our |the "
    "|all )*(?:products|skus|items) (?:are|is) (?:private label|own[- ](?:brand|label)|store[- ]brand|national brand"
    r"|from (?:the )?(?:private label|national brands?))s?\b"
)
_OTHER = re.compile(
    r"\b(?:sells?|sold|selling|sales|revenue|margin|bought|buy|buys|purchased?|stock\w*|inventory|on hand|out of|low"
    r"|run(?:ning)?|declin\w+|grow\w*|grew|fell|rose|trend\w*|losing|gaining|promot\w*|campaigns?|coupons?|displays?"
    r"|mailers?|discount\w*|marked|reduced|scan\w*|missing|shelf|shelves|planogram|facings?|basket|baskets"
    r"|transactions?|orders?|ordered|per (?:basket|transaction|visit)|returned|refund\w*|expir\w+|customers?"
    r"|households?|reviews?|tasks?|price\w*|cost\w*|cheap\w*|expensive|below|above|under|over|less|more|transit"
    r"|delist\w*|discontinu\w*|new|slow\w*|dead|fast\w*|need\w*|should|negative|count(?:ed)?|store|stores|80|20)\b"
)
_SOLD = re.compile(
    r"\b(?:did we sell|do we sell|(?:were|are|is|was|have been|get|got) sold|have sold|sold|sells?|selling)(?: (?:by"
    r"|in|at|for|from)(?= (?:each|every)\b))?"
)
_EVER = re.compile(r"\b(?:in total|overall|in all|altogether|ever)\b")
_SOLD_PERIOD = "last 4 weeks"
_WORDS = re.compile(
    rf"\b(?:{_ALL}|how many|number|count|total|different|distinct|unique|active|separate|individual|various|are there"
    "|is there|there|exist|do we have|have we|we have|does|do|has|have|had|make|makes|carry|carries|offer|offers"
    "|each|every|most|fewest|least|largest|highest|greatest|smallest|common|frequent|usual|typical|catalogue|catalog"
    "|range|assortment|data|in all|overall|altogether|which|what|contains?|represented|listed|belong(?:s|ing)?|to|it"
    r"|they)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about the size of the range; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if (kind := _OWN_LABEL.search(whole)) is not None and not names_the_future(whole):
        reading.blank(kind.start(), kind.end())
        slots = take_slots(reading, around, _WORDS)
        known = not (slots.unknown or slots.product)
        args = {"by": "private_label", **slots.args("department", "period", "stores")}
        return calls_for(RANGE, args, []) if known else None
    common, most = _COMMON.search(whole), _HAS_MOST.search(whole)
    counted = None if common or most else _COUNT.search(whole)
    if not (common or most or counted) or names_the_future(whole):
        return None
    if _OTHER.search(_SOLD.sub(" ", whole) if counted else whole):
        return None
    sold = counted is not None and _SOLD.search(whole) is not None
    named = sold and re.search(r"\b(?:different|distinct|unique|separate)\b|\bskus?\b", whole) is not None
    apart = named or _EACH_SELLS.search(whole) is not None
    if sold and counted and not apart and counted["what"].startswith(("product", "item", "sku", "article")):
        return None  # how many products were sold may mean pieces; the breakdown tells both
    by = None
    if common:
        what, by = "product", common["by"] or common["by2"]
    elif most:
        what, by = most["what"], most["by"]
    else:
        what = counted["what"] if counted else "product"
    if match := reading.find(_BY):
        by = by or match["by"]
        reading.blank(match.start(), match.end())
    order = "bottom" if asks_for_the_bottom(reading) else None
    while reading.take(_SOLD):
        pass
    slots = take_slots(reading, around, _WORDS)
    count, group = _name(what), _group(by)
    if slots.unknown or slots.product or split_left(reading) or count == group:
        return None
    usual = "all time" if _EVER.search(whole) else _SOLD_PERIOD
    return calls_for(RANGE, {
        "count": None if count == "product" else count, "by": group, "order": order,
        **({"period": usual} if sold else {}), **slots.args("department", "period", "stores", "limit"),
    }, [])  # fmt: skip


def _name(said: str) -> str:
    return next(name for name, noun in _NOUNS if re.fullmatch(noun, said))


def _group(said: str | None) -> str | None:
    if said is None:
        return None
    if "label" in said:
        return "private_label"
    return _name(said)
