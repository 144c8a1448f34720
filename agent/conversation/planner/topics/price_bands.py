"""Questions about price bands, and about the store's own label against national brands."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

BANDS, LABELS = "price_bands", "private_label_share"
_BANDS = re.compile(
    r"\b(?:sales|sell|sold|revenue|units|products?|items?) (?:\w+ ){0,3}(?:under|over|above|below|less than|more than"
    r"|between) (?:\$|€|£) ?\d|\bprice[- ](?:bands?|points?|ranges?|tiers?|brackets?|buckets?|levels?|classes)\b"
    r"|\bprice (?:distribution|spread|ladder|architecture|histogram|mix)\b|\b(?:distribution|spread|histogram"
    r"|range) of (?:the |our |unit |selling )*prices?\b|\bprices? (?:are )?(?:distributed|spread)\b"
)
_MONEY = re.compile(r"(?:\$|€|£) ?(?P<price>\d+(?:\.\d{1,2})?)")
_BAND_WORDS = re.compile(
    r"\b(?:priced|cheaper|cost(?:s|ing)?|list|find|search|get|products?|items?|skus?|that|price[- ](?:bands?|points?"
    "|ranges?|tiers?|brackets?|buckets?|levels?|classes)|sales|sell(?:s|ing)?|sold|best|units|net|spread|ladder"
    "|architecture|histogram|mix|range|distributed|are|is|how|the|our|of|for|in|revenue|under|over|above|below"
    r"|between|from|to|more|less|than|and|distribution|unit|prices?|which|by|per|up|of)(?!\w)"
)
OWN = (
    r"(?:private[- ]labels?|private(?= (?:or|and|vs\.?|versus|against) (?:the )?national)|own[- ](?:labels?|brands?)"
    r"|store[- ](?:brands?|labels?)|house[- ]brands?)"
)
NATIONAL = r"(?:national(?:[- ]brands?)?(?= |\W*$)|name[- ]brands?|branded (?:goods|products))"
_LABELS = re.compile(rf"\b(?:{OWN}|{NATIONAL})\b")
_ASKS = re.compile(
    r"\b(?:share|vs\.?|versus|against|compar\w+|percent(?:age)?|%|penetration|margins?|how (?:much|many|is|are|did"
    "|does|do|was)|performance|split|mix|sales|revenue|by (?:department|category|store)|price gap|cheaper|proportion"
    rf"|what|breakdown|pricing)\b|^\W*{OWN}\W*$"
)
_NAMED = re.compile(r"[#\"]|\d{4,}")
_LABEL_WORDS = re.compile(
    rf"\b(?:{OWN}|{NATIONAL}|share|vs\.?|versus|against|compar\w+|than|percent(?:age)?|%|penetration|gross|margins?"
    r"|performance|perform\w*|split|mix|sales|net|revenue|price gap|cheaper|prices?|average|unit|units|proportion"
    r"|breakdown|goods|products?|labels?|brands?|and|or|of|is|are|sold|profit\w*|contribution|more|less|pricing|our|has|have|which"
    r"|higher|lower|value|values|gaps?|differences?|between|in|what|is)(?!\w)"
)
_BETWEEN = re.compile(rf"\b(?:between|of|in) (?:the )?(?=(?:{OWN}|{NATIONAL})\b.*\b(?:{OWN}|{NATIONAL}))")
_EITHER = re.compile(
    rf"\b(?:{OWN}|{NATIONAL}) (?P<goods>[a-z][\w &'-]{{1,30}}?) (?:and|with|to|or|vs\.?|versus|against"
    rf"|than) (?:the |our )?"
    rf"(?:{OWN}|{NATIONAL}) (?P<again>(?P=goods))\b"
)
"""“National brand cereal and store brand cereal”: one kind of goods, said twice."""
_NOT_A_PRICE = re.compile(
    r"\b(?:stores?|shops?|days?|weeks?|months?|departments?|customers?|transactions?|baskets|orders|receipts"
    r"|tickets) (?:(?:with|that (?:had|have|made|did)|where|having|of|over|above|under|below|more|less)\b)"
    r"|\b(?:how many|number of) (?:sales|transactions|baskets|orders|receipts|tickets)\b"
)
"""An amount that a store, a day or a whole transaction came to is no price of a unit."""
_OTHER = re.compile(
    # Sales of own label alone, or by something, are a breakdown of sales.
    r"^\W*(?:private[- ]label|store[- ]brand|own[- ]brand) (?:sales|revenue|units|transactions) (?:by|per|last|this|in"
    r"|on)\b|\bshare of (?:sales|revenue|units) (?:is|are|was|were|comes? from)\b|\b(?:top|bottom|best[- ]sell\w*"
    r"|worst|trend\w*|grow\w*|grew|declin\w*|why|reorder|stock|optimal|elasticit\w*|should)\b"
)
_LISTING = re.compile(
    r"^\W*(?:please )?(?:list|find|show(?: me)?|which|what|get|search(?: for)?) (?:all |the |our |me )*(?:products?"
    r"|items?|skus?)\b(?!.*\b(?:sold|sell\w*|sales|revenue|units)\b)"
)
NO_LIST = (
    "That is what was sold by price; I cannot list products by the price on the shelf. “Price of oat milk” gives that "
    "of one."
)
_BAND_SUBJECT = Subject(BANDS, _BAND_WORDS, frozenset(), frozenset({"product", "department"}))
LABEL_SUBJECT = Subject(
    LABELS, _LABEL_WORDS, frozenset({"department", "category", "store"}), frozenset({"product", "department"})
)


_OVER_TIME = re.compile(
    r"\b(?:by|per|each|every) (?:day|week|month|quarter|weekday|hour)\b|\b(?:daily|weekly|monthly)\b|\btrend\w*"
    r"|\bover time\b|\b(?:by|per) (?:age|income|household|family|kids)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about price bands or own label; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if _BANDS.search(whole):
        return (
            None if re.search(r"\b(?:optimal|elasticit\w*|should|recommend\w*)\b", whole) else _bands(reading, around)
        )
    if not _LABELS.search(whole) or not _ASKS.search(whole) or _NAMED.search(whole) or _OTHER.search(whole):
        return None
    if _OVER_TIME.search(whole):
        return None  # by week or month the breakdown has it
    reading.take(_BETWEEN)  # “between store brand and …” is no split by store
    if (twice := reading.find(_EITHER)) is not None:
        reading.blank(*twice.span("again"))
    return plan_for(LABEL_SUBJECT, reading, around)


def _bands(reading: Reading, around: Surroundings) -> Plan | None:
    if _NOT_A_PRICE.search(reading.text):
        return None
    prices = []
    while found := reading.take(_MONEY):
        prices.append(found["price"])
    args: dict[str, Any] = {}
    if prices:
        args["bands"] = sorted(dict.fromkeys(prices), key=Decimal)
    listing = _LISTING.search(reading.text) is not None
    decided = plan_for(replace(_BAND_SUBJECT, args=args), reading, around)
    if decided is None or not decided.calls or not listing:
        return decided
    return Plan(decided.calls, NO_LIST)
