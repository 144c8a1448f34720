"""What a piece earns: “the difference between purchase and selling price by product”, “price minus cost”.

It is told of single products, by the prices and costs in force now. Of departments or brands the gross margin of what
was sold is told in its place, with a sentence that says so.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import BREAKDOWN, Plan, calls_for, without
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.shelf_price_lists import PRICES
from agent.conversation.surroundings import Surroundings

_OUR = r"(?:(?:the|our|my|its|their|average|current|unit|item) )*"
_COST = (
    rf"{_OUR}(?:(?:purchase|purchasing|buying|buy|cost|wholesale|supplier|supply|landed)(?: (?:prices?|costs?))?|costs?"
    r"|what (?:we|i) (?:pay|paid|buy (?:it|them) for)(?: for (?:it|them))?)"
)
_PRICE = (
    rf"{_OUR}(?:(?:selling|sale|sales|retail|shelf|sell|list|customer)(?: prices?)?|prices?"
    r"|what (?:we|i) (?:charge|sell (?:it|them) for|get)(?: for (?:it|them))?)"
)
_TO = r"(?:and|to|vs\.?|versus|against|from|-|/)"
_GAP = r"(?:differences?|gaps?|spreads?|deltas?|distance|margins?|mark[- ]?ups?|differential)"
_BETWEEN = re.compile(
    rf"\b{_GAP} (?:between|of|from|in) (?:{_COST} {_TO} {_PRICE}|{_PRICE} {_TO} {_COST})\b"
    rf"|\b(?:{_COST}[ -]to[ -]{_PRICE}|{_PRICE}[ -]to[ -]{_COST}|{_COST}[ -/]{_PRICE}|{_PRICE}[ -/]{_COST}) {_GAP}\b"
    rf"|\b{_PRICE} (?:minus|less) {_COST}\b"
)
_A_PIECE = re.compile(
    r"\b(?:earn|make|margin|profit)\w*(?: the)?(?: most| least| best| highest| lowest)?(?: money)? (?:per|a|for each"
    r"|on each) (?:unit|piece|item|sku)\b|\bper[- ]unit (?:margin|profit)\b|\bunit (?:margins?|profits?)\b"
    r"|\bmost per unit\b"
)
_GROUPS = (
    ("department", r"departments?|depts?"),
    ("category", r"(?:product )?categor(?:y|ies)"),
    ("brand", r"brands?|manufacturers?"),
    ("supplier", r"suppliers?|vendors?"),
    ("store", r"stores?|shops?|locations?"),
)
_GROUP = re.compile(
    r"\b(?:by|per|for each|of each|for every|in each|which|what) (?:the )?(?P<group>"
    rf"{'|'.join(words for _, words in _GROUPS)})\b"
)
_LEAST = re.compile(r"\b(?:smallest|lowest|least|narrowest|thinnest|slimmest|tightest|worst|fewest|closest|bottom)\b")
_WORDS = re.compile(
    r"(?<![\w-])(?:products?|items?|skus?|goods|articles?|which|what|what's|how|much|is|are|do|does|we|i|you|have|has"
    r"|show|list|give|rank|find|calculate|compute|see|tell|me|us|the|a|an|our|my|all|with|by|per|for|of|in|on|each|every"
    r"|single|between|largest|biggest|widest|highest|greatest|most|top|best|smallest|lowest|least|narrowest|thinnest"
    r"|slimmest|tightest|worst|fewest|closest|bottom|ranked|sorted|order|ordered|first|from|to|money|and|there|their|its"
    r"|currently|now|right now|today|please|earn|make)(?![\w-])"
)
_ONLY_PRODUCTS = (
    "Price and cost of a piece are held against each other for single products only: by {group} this is the gross "
    "margin of what was sold, in money and in per cent of sales."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for price less cost of a piece; None where something else is asked or a word is not known."""
    reading = Reading.of(text)
    between = reading.take(_BETWEEN)
    if between is None and reading.take(_A_PIECE) is None:
        return None
    group = reading.take(_GROUP)
    by = next((name for name, words in _GROUPS if group and re.fullmatch(words, group["group"])), None)
    least = _LEAST.search(reading.text) is not None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or (by and between is None):
        return None
    aside = without(slots.period) if slots.period else ""
    if by:
        shared = slots.args("stores", "department", "product", "period")
        args = {
            "by": by,
            "metrics": ["gross_margin", "gross_margin_pct"],
            **shared,
            "order": "bottom" if least else None,
        }
        return Plan(calls_for(BREAKDOWN, args, []).calls, opening=_ONLY_PRODUCTS.format(group=by))
    part = {"department": slots.department or slots.product, "stores": slots.stores, "limit": slots.limit}
    order = "narrowest_margin" if least else "widest_margin"
    return Plan(calls_for(PRICES, {"order": order, **part}, []).calls, opening=aside)
