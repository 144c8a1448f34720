"""“Which new products did we launch last month?”, “how are new items selling?”: goods that came into the range."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.wording.words import asks_for_the_bottom, take_limit
from agent.conversation.surroundings import Surroundings

NEW = "new_products"
_GOODS = r"(?:products?|items?|skus?|goods|articles?|lines|listings?|merchandise|stuff)"
_CAME = (
    r"(?:launched|launch|introduced|introduce|added|add|listed|list|brought in|bring in|brought out|taken on|debuted)"
)
_BROUGHT = r"(?:launched|introduced|added|listed|brought in|brought out|taken on|debuted)"
_NEWLY = r"(?:newly|recently|freshly|just|lately|first|last|latest)"
_MARK = (
    rf"(?:(?:brand[- ])?new(?:est)?|latest|{_NEWLY}[- ]?{_CAME})(?: (?:[a-z&]+ ){{0,2}}?{_GOODS}"
    r"| (?:product |item |sku )?(?:launches|arrivals|introductions|listings|additions(?: to the range)?|entries))"
    rf"|{_GOODS} (?:(?:that|which) )?(?:(?:was|were|have been|has been|got|have|are) |we |i |we(?:'ve| have) )?"
    rf"(?:{_NEWLY} )?{_BROUGHT}|{_GOODS} (?:did|do|have) (?:we|i) {_CAME}|{_GOODS} (?:that|which) (?:are|were) new"
    r"|(?:product|item|sku|recent) launches"
    rf"|what(?: new)? (?:did|have) we (?:{_NEWLY} )?{_CAME}|what(?:'s| is| was) new (?:in|on) (?:the |our )?"
    r"(?:range|assortment|shelf|shelves|catalog(?:ue)?)"
)
_CLAIM = re.compile(rf"\b(?:{_MARK})\b")
_OTHER = re.compile(
    r"\b(?:customers?|shoppers?|households?|buyers?|members?|tasks?|promot\w*|offers?|coupons?|campaigns?|orders?"
    r"|cart|basket|suppliers?|vendors?|deliver\w*"
    r"|planogram|feedback|reviews?|together|bought|employees?|(?:should|could|can|shall|may|must) (?:we|i)"
    r"|(?:not|n't) (?:yet|in|at|sold|sell\w*|carr\w*)|but not|missing|without|never|last (?:sold|listed price)"
    r"|refunds?|returns?|waste|shrink|why|target|budget|expectations?|forecast\w*|schedule|list me)\b|\bplease (?:add"
    r"|list|create)\b|^\W*(?:can you |could you |please )*(?:add|create|launch|introduce|list|set up|make) (?:an?|the"
    r"|our|this|new)\b(?! new)"
)
_BESIDE = re.compile(
    r"\b(?:price[ds]?|prices|stock(?:ed)?|inventory|on hand|re-?order\w*|compare|comparison|than|old(?:er)?|average"
    r"|after|before|margin\w*|profit\w*|age|expensive|cheap\w*)\b"
)
"""What is not told of new products, nor of days apart from those in which they were new."""
NOT_THAT = (
    "Of new products I tell when they came, their sales, units, stores and share of all sales: “new products last "
    "month”, “new products by department this quarter”. I cannot keep to “{said}” here, so I give no list without it."
)
_LATEST = re.compile(r"\b(?:newest|latest|most recent(?:ly)?)\b")
_NOT_A_PERIOD = re.compile(rf"\b(?:last|first) (?={_CAME})")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_CAME}|launch\w*|introduc\w*|arrivals?|additions?|listings?|entries|brand[- ]new|new|newest|newly"
    rf"|freshly|just|{_GOODS}|product|item|sku|range|assortment|catalog(?:ue)?|sh[ae]l(?:f|ves)|store"
    r"|which|what|how|many|much|are|is|were|was|did|do|does|have|has|had|been|got|our|the|my|we"
    r"|i|they|them|it|and|of|for|from|by|that|all|any|latest|recent(?:ly)?|lately|sell|sells|selling|sold"
    r"|sales?|net|revenue|turnover|takings|perform\w*|doing|going|well|badly|best|worst|top|bottom|strongest|weakest"
    r"|biggest|smallest|most|least|successful|success|moved?|moving|units?|share|contribution|contributed?|percent(?:age)?"
    r"|total|sellers?|number|count|there|so far|report|list|show|me|give|us|see|tell|about|with|their|its|figures?"
    r"|numbers?|results?|made|make|making|bring\w*|brought|of ours|overall|since launch)(?![\w-])|'s\b|%"
)
_SUBJECT = Subject(
    NEW, _WORDS, splits=frozenset({"department", "category", "brand"}), goods=frozenset({"product", "department"})
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about goods that are new in a period; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _CLAIM.search(whole) or _OTHER.search(whole):
        return None
    if (beside := _BESIDE.search(whole)) is not None:
        return Plan(text=NOT_THAT.format(said=beside[0]))
    order = "bottom" if asks_for_the_bottom(reading) else "latest" if _LATEST.search(whole) else None
    args = {"order": order, "limit": take_limit(reading)}
    while reading.take(_LATEST) or reading.take(_NOT_A_PERIOD):
        pass
    decided = plan_for(replace(_SUBJECT, args=args), reading, around)
    if decided is None:
        return None
    calls = [
        (name, {"department" if key == "product" else key: value for key, value in made.items()})
        for name, made in decided.calls
    ]
    return replace(decided, calls=tuple(calls))
