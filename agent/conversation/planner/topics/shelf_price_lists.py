"""Products by the price on the shelf: “everything under $1”, “deli items between $5 and $10”, “cheapest in stock”."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.places import take_named_stores
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings
from tools.kinds import names_a_family

PRICES = "shelf_prices"
_GOODS = r"(?:products?|items?|skus?|articles?|things?|stuff|goods|everything|anything|what)"
_MONEY = r"(?:[$€£] ?\d[\d,]*(?:\.\d{1,2})?|\d[\d,]*(?:\.\d{1,2})? ?(?:dollars?|bucks|usd|cents?)|\d+\.\d\d)(?!\d)"
_PLAIN = r"\d[\d,]*(?:\.\d{1,2})?"
_BETWEEN = re.compile(rf"\b(?:between|from) (?P<low>{_MONEY}|{_PLAIN}) (?:and|to|-) (?P<high>{_MONEY})")
_BOUNDS = (
    (
        "at_least",
        re.compile(
            rf"\b(?:at least|no less than|from) (?P<n>{_MONEY})|(?P<m>{_MONEY}) ?(?:or|and) (?:more|above|up|over)\b"
        ),
    ),
    (
        "at_most",
        re.compile(
            rf"\b(?:at most|no more than|up to|for) (?P<n>{_MONEY})(?= or less)?|(?P<m>{_MONEY}) or (?:less|under"
            r"|below)\b"
        ),
    ),
    ("over", re.compile(rf"\b(?:over|above|more than|greater than|higher than|dearer than) (?P<n>{_MONEY})")),
    ("under", re.compile(rf"\b(?:under|below|less than|cheaper than|lower than) (?P<n>{_MONEY})")),
)
_PRICED = (
    "(?:priced|that costs?|which costs?|costing|selling for|sold for|that (?:sell|go) for|at a price"
    "|with a (?:shelf )?price)"
)
_CLAIM = re.compile(
    rf"\b{_GOODS}\b(?: \w+){{0,6}}? (?:{_PRICED} )?(?:of )?(?:under|over|above|below|less than|more than|cheaper than"
    rf"|dearer than|at least|at most|up to|between|from) (?:{_MONEY}|{_PLAIN} (?:and|to) {_MONEY})"
    rf"|\b{_GOODS}\b(?: \w+){{0,6}}? {_PRICED} (?:at |of |for )?{_MONEY} (?:or|and) (?:less|more|under|below|above"
    rf"|up|over)\b"
    rf"|\b{_PRICED} (?:\w+ )?(?:under|over|above|below|less than|more than|at least|at most|up to|between"
    r"|from) [$€£]? ?\d|\b(?:what|which|anything|do we|everything|list|show|find)\b.*\b(?:sell|have|carry|cost\w*"
    rf"|priced)\b.* (?:for )?(?:under|over|above|below|less than|more than|cheaper than|up to) {_MONEY}|^\W*(?:(?:show"
    rf"|list|find|give)(?: me)? )?(?:all |the )?[a-z][\w ]{{2,30}} (?:under|below|cheaper than) {_MONEY}"
)
_SOLD = re.compile(
    r"\b(?:sold(?! for)|sales|revenue|units sold|net|margin|profit\w*|transactions?|baskets?|orders?|receipts?"
    "|tickets?|customers?|stores? (?:with|that|over|under)|days?|weeks?|months?|hours?|refunds?|returns?|voids?"
    r"|discounts?|made|took|earned|generat\w+|brought|spen[dt]\w*|mark ?(?:ed )?down|reduce|set|change|raise|lower|cut"
    r"|drop the|increase|why|bands?|tiers?|points?|ranges?|average|dead|slow|overstock\w*|reorder|promo\w*"
    r"|stock (?:worth|value)|worth|tasks?|departments? (?:with|over|under))\b"
)
_ORDER = (
    ("cheapest", re.compile(r"\b(?:cheapest|lowest[- ]priced|least expensive)(?: first)?\b")),
    ("dearest", re.compile(r"\b(?:dearest|priciest|most expensive|highest[- ]priced)(?: first)?\b")),
)
_IN_STOCK = re.compile(
    r"\b(?:(?:that (?:is|are)|which (?:is|are)|currently|still) )?(?:in stock|on hand|on the shelf)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_GOODS}|{_PRICED}|priced?|prices?|costs?|costing|sell|selling|sold|go|have|carry|offer|list|show|find"
    "|give|for|of|all|every|each|we|do|is|are|there|that|which|and|or|how many|number|count|shelf|retail|a|me|less"
    r"|more|now|right now|our|the|any)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about products by their price; None for every other."""
    reading = Reading.of(text)
    nameless = Reading(reading.text, reading.source)
    take_named_stores(nameless, around)  # a store's name may hold a word of another subject: “Harbor Point”
    whole = nameless.text
    ranked = next((name for name, pattern in _ORDER if pattern.search(whole)), None)
    ends = ranked is not None and _IN_STOCK.search(whole) is not None
    if not (_CLAIM.search(whole) or ends) or _SOLD.search(whole) or names_the_future(whole):
        return None
    args = _bounds(reading)
    if not args and not ends:
        return None
    for _, pattern in _ORDER:
        reading.take(pattern)
    if reading.take(_IN_STOCK):
        args["in_stock"] = "yes"
    spans = [one.phrase for one in periods(Reading(reading.text)) if one.phrase not in ("today", "right now")]
    by = split_left(Reading(reading.text))
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or spans or by:
        return not_understood(slots.unknown or (spans[0] if spans else f"by {by}"))
    department = slots.department or slots.product
    if slots.product and re.search(r"[#\"]|\d{4,}", slots.product) and not names_a_family(slots.product):
        return None  # one product's price is looked up by name
    made = {**args, "in_stock": True} if "in_stock" in args else dict(args)
    return calls_for(
        PRICES, {**made, "order": ranked, "department": department, "stores": slots.stores, "limit": limit}, []
    )


def _bounds(reading: Reading) -> dict[str, str]:
    """The prices, taken out; cents in parts of the major unit."""
    if between := reading.take(_BETWEEN):
        return {"at_least": _plain(between["low"]), "at_most": _plain(between["high"])}
    args: dict[str, str] = {}
    for name, pattern in _BOUNDS:
        if bound := reading.take(pattern):
            args[name] = _plain(next(value for value in bound.groupdict().values() if value))
    return args


def _plain(said: str) -> str:
    number = re.sub(r"[^\d.]", "", said)
    return f"{int(number) / 100:.2f}" if "cent" in said and number.isdigit() else number
