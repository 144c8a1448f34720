"""“Who are my top 3 customers and what do they buy most?”: the list, and the goods of the best tenth of customers.

What single customers buy is not told, so the goods are those of a group large enough.
"""

from __future__ import annotations

import re

from agent.conversation.planner.concepts.asked import Asked
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.wording.words import WORD_NUMBERS
from agent.conversation.surroundings import Surroundings

_N = rf"(?:\d{{1,2}}|{'|'.join(WORD_NUMBERS)})"
_WHO = r"(?:customers?|shoppers?|households?|clients?|members?|buyers?|spenders?|families)"
_GOODS = r"(?P<goods>products?|items?|goods|skus?|things|categor(?:y|ies)|departments?|brands?)"
_USUALLY = r"(?:usually|mostly|typically|normally|generally|often|most often|mainly)"
_QUESTION = re.compile(
    rf"(?:(?:who (?:are|is|were)|which are|show(?: me)?|list|name|find|give me|tell me|identify)(?: the| my| our)* )?"
    rf"(?:the |my |our )*(?:(?P<n>{_N}) )?(?:top|best|biggest|largest|most valuable|high[- ]value|highest[- "
    rf"]spending)(?: "
    rf"(?P<m>{_N}))?"
    rf" {_WHO}(?: by (?:revenue|sales|spend(?:ing)?))?,? (?:and|with|plus|&) (?:(?:tell me |show me |show |list "
    rf")?(?:what|which)"
    rf"(?: (?:kinds?|types?) of)?(?: {_GOODS})?(?: (?:do|did|are|have|were))? they(?: {_USUALLY})? (?:buy|bought"
    rf"|buying|purchas\w+"
    rf"|order|like)(?: (?:the )?most(?: often)?| {_USUALLY})?|(?:the )?{_GOODS.replace('goods>', 'bought>')} they"
    rf"(?: {_USUALLY})? (?:buy|bought|purchased?)(?: (?:the )?most(?: often)?)?|(?:what|all) they(?: {_USUALLY})? "
    rf"(?:buy|bought)"
    rf"(?: (?:the )?most)?|(?:what (?:are|is) )?their (?:purchas(?:e|ing)|buying|shopping) (?:patterns?|habits?"
    rf"|behaviou?rs?|preferences)"
    rf"|their (?:favou?rite|most bought|top|preferred|best) {_GOODS.replace('goods>', 'liked>')})"
)
_THEIRS = re.compile(
    rf"(?:which|what) {_GOODS} (?:do|does|did|are) (?:the |our |my )*(?:most )?(?:loyal|regular|best|top|biggest"
    rf"|high[- ]value)"
    rf" {_WHO} (?:buy|buying|bought|prefer|like|purchase)(?: (?:the )?most(?: often)?)?"
)
_TRIP = r"(?:(?:shopping |store )?trips?|visits?|receipts?|transactions?|baskets?|orders?|purchases?|shop)"
_SOUGHT = (
    r"(?:(?:find|identify|determine|show(?: me)?|give me|tell me|list|name|which|who|what)(?: is| are| was| were)?"
    r"(?: the| our| my)* )?"
)
_HAS = r"(?:with|has|have|had|having|(?:that|who) (?:has|have|had)|by)(?: the)?"
_MEAN = r"(?:average|mean|avg\.?)"
_OF_ONE = r"(?:basket|purchase|transaction|order|ticket)s?"
_SPEND = (
    rf"(?:{_MEAN} (?:(?:amount )?spen[dt]|spending|expenditure)|(?:{_MEAN} )?{_OF_ONE}(?: (?:values?|sizes?"
    rf"|amounts?))?)"
    rf"(?: (?:per|a|each|for each|by|in each) {_TRIP})?"
)
_MOST = r"(?:highest|largest|biggest|greatest|most|top)"
_HIGH_FIRST = (
    r"(?:(?:descending|desc)(?: order)?|(?:from )?(?:the )?(?:highest|largest|most|biggest) (?:to (?:the )?\w+|first))"
)
_ARRANGED = (
    rf",?(?: and| then)* (?:(?:arrange|sort|order|rank)(?:ed|ing)?(?: (?:it|them|these|the \w+|by (?:it|that"
    rf"|value)))? )?"
    rf"(?:in |from )?{_HIGH_FIRST}(?: to (?:find|identify|see|get|determine|know|show|reveal) .*)?"
)
_NUMBERED = rf"(?:(?:top )?{_N} )?"
_COUNT = re.compile(rf"\b(?P<n>{_N})\b")
_BY_AVERAGE = re.compile(
    rf"{_SOUGHT}{_NUMBERED}{_WHO} {_HAS} (?!most ){_MOST} {_SPEND}(?:{_ARRANGED})?"
    rf"|{_SOUGHT}{_NUMBERED}{_WHO} (?:that |who )?(?:spends?|spent)(?: the)? most (?:per|a|each"
    rf"|on each|at each) {_TRIP}"
    rf"|(?:(?:find|compute|calculate|show(?: me)?|list|give me|what is|what's)(?: the)? )?(?:{_SPEND}|{_MEAN} \w+ "
    rf"spend) (?:by|per|for|of"
    rf"|for each|of each|by each) (?:each |every )?{_WHO}{_ARRANGED}"
)
_BY_VISITS = re.compile(
    rf"{_SOUGHT}{_NUMBERED}{_WHO} {_HAS} (?:the )?(?:most|(?:highest|greatest|largest) number of) "
    rf"{_TRIP}"
    rf"|(?:who|{_SOUGHT}{_NUMBERED}{_WHO}(?: that| who)?) (?:(?:visit|visits|visited|shops?|shopped"
    rf"|comes?|came)(?: (?:us|here|our stores?|in))? (?:the )?most(?: often| frequently)?"
    rf"|(?:buys?|bought)(?: (?:here|from us))? (?:the )?most (?:often|frequently))"
    rf"|{_NUMBERED}{_WHO} by (?:number of |their number of )?{_TRIP}{_ARRANGED}"
    rf"|(?:{_SOUGHT})?(?:top |best )(?:{_N} )?{_WHO} by (?:the |their )?(?:number of )?{_TRIP}"
)
_OF_A_TRIP = re.compile(rf"(?<!ascending )(?<!descending )\b(?:{_OF_ONE}|{_TRIP})\b")
_AVERAGE = (
    "A customer's average spend is told as net sales of a visit on average; what each spent in all stands beside it."
)
_KINDS = {"c": "category", "d": "department", "b": "brand"}
_SPAN = "the last 52 weeks"
_PERCENT = 10
_BEST = "Those meant are told as the top {percent} % of customers by net sales: this is what most of them bought."
_NOT_SINGLE = (
    "What single customers buy I do not tell: beside them stands what the top {percent} % of customers by net sales "
    "bought."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The two calls for the best customers and what the best of them buy; None for every other question."""
    asked = Asked.of(text, around)
    if asked is None or len(asked.days) > 1 or asked.ahead or asked.conditions or "department" in asked.where:
        return None
    for pattern, rank_by in ((_BY_AVERAGE, "per_visit"), (_BY_VISITS, "visits")):
        if pattern.fullmatch(asked.rest) is None:
            continue
        count = _COUNT.search(asked.rest)
        limit = {"limit": WORD_NUMBERS.get(count["n"]) or int(count["n"])} if count else {}
        period = {"period": asked.days[0]} if asked.days else {}
        unsaid = rank_by == "per_visit" and not _OF_A_TRIP.search(asked.rest)
        calls = (("top_customers", {"rank_by": rank_by, **limit, **period, **asked.where}),)
        return Plan(calls, opening=_AVERAGE if unsaid else "")
    theirs = _THEIRS.fullmatch(asked.rest)
    if theirs is not None:
        bought = {"by": _KINDS.get(theirs["goods"][0], "product"), "top_percent": _PERCENT}
        days = {"period": asked.days[0] if asked.days else _SPAN}
        return Plan((("goods_by_buyers", {**bought, **days, **asked.where}),), opening=_BEST.format(percent=_PERCENT))
    found = _QUESTION.fullmatch(asked.rest)
    if found is None:
        return None
    days = {"period": asked.days[0] if asked.days else _SPAN}
    said = found["n"] or found["m"]
    limit = {"limit": WORD_NUMBERS.get(said) or int(said)} if said else {}
    goods = (found["goods"] or found["bought"] or found["liked"] or "product")[0]
    return Plan(
        (
            ("top_customers", {**limit, **days, **asked.where}),
            ("goods_by_buyers", {"by": _KINDS.get(goods, "product"), "top_percent": _PERCENT, **days, **asked.where}),
        ),
        opening=_NOT_SINGLE.format(percent=_PERCENT),
    )
