"""Goods by how many households bought them: “products most customers buy”, “penetration by category”."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

BUYERS, VISITS = "goods_by_buyers", "customer_visits"
_PEOPLE = r"(?:customers?|households?|shoppers?|buyers?|members?|families|people|guests?)"
_KIND = r"(?:unique|distinct|different|individual|separate|known|loyal|loyalty|total|our|the|single)"
_BUY = r"(?:buy(?:s|ing)?|bought|purchas(?:e|es|ed|ing)|pick(?:s|ed)? up|choose|chose|shop(?:s|ped)? for|get|got)"
DIMENSIONS = (
    ("private_label", r"(?:private[- ]label|store[- ]brands?|own[- ]brands?|own[- ]label|house[- ]brands?)"),
    ("category", r"(?:product )?categor(?:y|ies)"),
    ("department", r"dep(?:artmen)?ts?"),
    ("brand", r"(?:brands?|manufacturers?|makers?)"),
    ("product", r"(?:products?|items?|skus?|articles?|goods|things)"),
)
_GOODS = "(?:" + "|".join(pattern for name, pattern in DIMENSIONS if name != "private_label") + ")"
_OWN = DIMENSIONS[0][1]
_CLAIMS = tuple(
    re.compile(pattern)
    for pattern in (
        # top products by (number of) households buying them
        (
            rf"\b{_GOODS}\b.*\b(?:by|per|with|have|has|had) (?:the )?(?:most |fewest |highest |lowest |largest "
            rf"|least )?(?:(?:number|count|share|percent(?:age)?|%) of )?(?:{_KIND} )*{_PEOPLE}(?: (?:who "
            rf"|that )?(?:{_BUY}|reached)(?: (?:them|it|each))?| count| reach)?(?=\W*$| (?:in|at|last|this|for|over"
            r"|during|since|yesterday|today|from|on)\b)"
        ),
        # which products do most customers buy
        (
            rf"\b{_GOODS} (?:do|did|have|that|are) (?:the )?(?:most|fewest|majority of|least"
            rf"|largest number of)(?: of)?(?: {_KIND})* {_PEOPLE} (?:\w+ )?{_BUY}\b"
        ),
        (
            rf"\b{_GOODS} (?:that |which )?(?:are |is |were |was |get |got )?(?:\w+ )?(?:bought|purchased"
            "|shopped) by (?:the )?(?:most|fewest|least|largest|smallest|highest|lowest|at least|at most|more than"
            r"|less than|over|under|above|below|fewer than|\d)"
        ),
        (
            rf"\b{_GOODS} (?:that )?(?:reach|reaches|reached|attracts?|attracted|draws?|drew|brings?(?: in)?"
            "|pulls?(?: in)?|gets?|has|have|had)(?: in)? (?:the )?(?:most|fewest|least|largest|highest|lowest"
            rf"|smallest)(?: number of)?(?: {_KIND})* {_PEOPLE}\b"
        ),
        # reach of each department, how many shoppers does each brand reach
        (
            rf"\breach (?:of|by|per|for) (?:each |every |all |the )*{_GOODS}\b|\bmost widely (?:bought"
            rf"|purchased) {_GOODS}\b"
        ),
        rf"\bhow many (?:{_KIND} )*{_PEOPLE} (?:do|does|did) (?:each|every) {_GOODS} (?:reach|have|get|attract)\b",
        rf"\b{_GOODS} do (?:over|more than|at least|under|less than) (?:half|\d)[\w%. ]*{_PEOPLE} {_BUY}\b",
        # penetration by category, least penetrated departments
        (
            rf"\bpenetration (?:rate )?(?:by|per|of each|for each|of every|of all|of (?:the |our )?(?={_GOODS})|across"
            rf"|(?=of {_OWN}))"
        ),
        rf"\b{_GOODS}(?: \w+){{0,3}} penetration\b|\bpenetration(?: \w+){{0,3}} {_GOODS}\b|\bpenetrated {_GOODS}\b",
        rf"\b{_OWN} penetration\b",
        # customers by department, number of households per product
        (
            r"^\W*(?:(?:show me|give me|the|list|number of|count of|how many|share of|%|percentage of"
            rf"|{_KIND}) )*{_PEOPLE} (?:per|by|for each|for every|in each) {_GOODS}\b"
        ),
        rf"\b(?:what|which goods) do (?:the )?most(?: of)?(?: {_KIND})* {_PEOPLE} {_BUY}\b",
        # what share of households buys each department, private label
        (
            r"(?:\b(?:share|percent(?:age)?|proportion|fraction|how many|number|many)"
            rf"|%) (?:of )?(?:{_KIND} )*{_PEOPLE} (?:who |that )?(?:{_BUY}) (?:(?:each|every|per) {_GOODS}|{_OWN})"
        ),
    )
)
_BOTTOM = re.compile(r"\b(?:fewest|least|lowest|bottom|smallest|worst|weakest)\b")
_ONE = re.compile(r"\bpenetration(?: rate)? (?:of|for|in)\b(?! (?:each|every|all)\b)")
_HALF = re.compile(r"\b(?:by )?(?P<way>at least|more than|over|less than|under) half(?: of)?")
_PERCENT = re.compile(
    r"\b(?:by )?(?P<way>at least|at most|up to|no more than|no less than|more than|over|above|less than|fewer than"
    r"|under|below) (?P<n>\d{1,2}(?:\.\d+)?) ?(?:%|per ?cent)(?: of)?|\b(?:by )?(?P<m>\d{1,2}(?:\.\d+)?) ?(?:%"
    "|per ?cent) (?P<end>or more|or less|or fewer)(?: of)?"
)
_WAYS = {
    "at_least_percent": ("at least", "no less than"),
    "at_most_percent": ("at most", "up to", "no more than"),
    "over_percent": ("more than", "over", "above"),
    "under_percent": ("less than", "fewer than", "under", "below"),
}
_OTHER = re.compile(
    r"\b(?:spend(?:s|ing)?|spent|visits?|trips?|frequen\w+|segments?|cohorts?|new|returning|repeat|lapsed|churn\w*"
    "|kids?|children|income|age|aged|seniors?|both|together|baskets?|per (?:customer|household)|by store|per store"
    r"|trend\w*|compare\w*|growth|grew|growing|change\w*|coupons?|promo\w*|never|not|n't|stores? (?:do|did|has|have"
    r"|reach))\b"
)
_WORDS = re.compile(
    rf"\b(?:{_PEOPLE}|{_KIND}|{_BUY}|{_OWN}|{_GOODS}|top|bottom|most|fewest|least|highest|lowest|largest|smallest|best"
    "|worst|biggest|widest|popular|widely|number|count|share|percent(?:age)?|proportion|fraction|majority"
    "|penetration|penetrated|rates?|household|reach(?:es|ed)?|attracts?|attracted|draws?|drew|brings?|pulls?|gets?"
    "|got|rank(?:ed|ing)?|which|what(?:'s)?|how many|many|show|me|list|give|tell|are|is|was|were|do|did|does|have"
    "|has|had|by|per|with|of|for|each|every|across|all|them|it|who|that|the|our|in|at|and|a|an|we|shopped|bought|one"
    r"|ones|or|as|based|on)(?!\w)|%"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question on goods by how many customers bought them; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if (single := _of_one(text, around)) is not None:
        return single
    if names_the_future(whole) or not any(pattern.search(whole) for pattern in _CLAIMS) or _OTHER.search(whole):
        return None
    bounds = _bounds(reading)
    by = next((name for name, pattern in DIMENSIONS if re.search(rf"\b{pattern}(?!\w)", whole)), "product")
    order = "bottom" if _BOTTOM.search(whole) and not bounds else None
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    return calls_for(
        BUYERS,
        {
            "by": by,
            "order": order,
            "department": slots.department or slots.product,
            **bounds,
            "limit": limit,
            **slots.args("period", "stores"),
        },
        [],
    )


def _of_one(text: str, around: Surroundings) -> Plan | None:
    """“Penetration rate of the produce department”: the buyers of one part of the range; None for every other."""
    reading = Reading.of(text)
    if not _ONE.search(reading.text) or _OTHER.search(reading.text) or names_the_future(reading.text):
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or not (slots.product or slots.department):
        return None
    return calls_for(VISITS, slots.args("product", "department", "period", "stores"), [])


def _bounds(reading: Reading) -> dict[str, str]:
    """The percentages of customers asked for, taken out."""
    half = reading.take(_HALF)
    found = half or reading.take(_PERCENT)
    if found is None:
        return {}
    way = found["way"] or ("at least" if found["end"] == "or more" else "at most")
    number = "50" if half else found["n"] or found["m"]
    return {next(name for name, words in _WAYS.items() if way in words): number}
