"""“Who are my top 3 customers and what do they buy most?”: the list, and the goods of the best tenth of customers.

What single customers buy is not told, so the goods are those of a group large enough.
"""

from __future__ import annotations

import re

from agent.conversation.planner.concepts.asked import Asked
from agent.conversation.planner.outcome import Plan
from agent.conversation.surroundings import Surroundings

_NUMBER = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_N = rf"(?:\d{{1,2}}|{'|'.join(_NUMBER)})"
_WHO = r"(?:customers?|shoppers?|households?|clients?|members?|buyers?|spenders?|families)"
_GOODS = r"(?P<goods>products?|items?|goods|skus?|things|categor(?:y|ies)|departments?|brands?)"
_USUALLY = r"(?:usually|mostly|typically|normally|generally|often|most often|mainly)"
_QUESTION = re.compile(
    rf"(?:(?:who (?:are|is|were)|which are|show(?: me)?|list|name|find|give me|tell me|identify)(?: the| my| our)* )?"
    rf"(?:the |my |our )*(?:(?P<n>{_N}) )?(?:top|best|biggest|largest|most valuable|highest[- ]spending|vip)(?: "
    rf"(?P<m>{_N}))?"
    rf" {_WHO}(?: by (?:revenue|sales|spend(?:ing)?))?,? (?:and|with|plus|&) (?:(?:tell me |show me |show |list "
    rf")?(?:what|which)"
    rf"(?: (?:kinds?|types?) of)?(?: {_GOODS})?(?: (?:do|did|are|have|were))? they(?: {_USUALLY})? (?:buy|bought"
    rf"|buying|purchas\w+"
    rf"|order|like)(?: (?:the )?most(?: often)?| {_USUALLY})?|(?:the )?{_GOODS.replace('goods>', 'bought>')} they"
    rf"(?: {_USUALLY})? (?:buy|bought|purchased?)(?: (?:the )?most(?: often)?)?|(?:what|all) they(?: {_USUALLY})? "
    rf"(?:buy|bought)"
    rf"(?: (?:the )?most)?|their (?:favou?rite|most bought|top|preferred|best) {_GOODS.replace('goods>', 'liked>')})"
)
_KINDS = {"c": "category", "d": "department", "b": "brand"}
_SPAN = "the last 52 weeks"
_PERCENT = 10
_NOT_SINGLE = (
    "What single customers buy I do not tell: beside them stands what the top {percent} % of customers by net sales "
    "bought."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The two calls for the best customers and what the best of them buy; None for every other question."""
    asked = Asked.of(text, around)
    if asked is None or len(asked.days) > 1 or asked.ahead or asked.conditions or "department" in asked.where:
        return None
    found = _QUESTION.fullmatch(asked.rest)
    if found is None:
        return None
    days = {"period": asked.days[0] if asked.days else _SPAN}
    said = found["n"] or found["m"]
    limit = {"limit": _NUMBER.get(said) or int(said)} if said else {}
    goods = (found["goods"] or found["bought"] or found["liked"] or "product")[0]
    return Plan(
        (
            ("top_customers", {**limit, **days, **asked.where}),
            ("goods_by_buyers", {"by": _KINDS.get(goods, "product"), "top_percent": _PERCENT, **days, **asked.where}),
        ),
        opening=_NOT_SINGLE.format(percent=_PERCENT),
    )
