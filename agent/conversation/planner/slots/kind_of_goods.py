"""“Which soft drinks sell best?”: a kind of goods whose products are asked for, and not what the kind sells in all.

The words for goods may stand where “products” would: the readers of lists know “which products sell best in soft
drinks” and take “soft drinks” alone for the one thing that is asked about. So a question that asks which of a kind is
put in those words where its plan would tell the kind as a whole, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, Plan
from agent.conversation.planner.reading import tidy
from agent.conversation.planner.wording.fillers import FILLERS, NOT_ALONE, NOT_GOODS
from agent.conversation.planner.wording.ordinary import ORDINARY

_BE = r"(?:is|are|was|were)(?: (?:the|my|our|now|currently|still|almost|nearly|about))*"
_NOT = r"(?:not|never)"
_AUX = r"(?:have|has|had|do|does|did)"
_NEGATED = r"(?:haven't|hasn't|didn't|don't|doesn't|aren't|isn't|wasn't|weren't)"
_MOVES = (
    r"(?:sell(?:s|ing)?|sold|mov(?:e[sd]?|ing)|make[s]?|made|earn(?:s|ed)?|bring(?:s)?(?: in)?|did|do|does|perform\w*)"
)
_LISTED = (
    rf"{_BE} (?:most|least|best|worst|low|lowest|highest|running|going|out|(?:over|under) ?stocked|losing|{_NOT}"
    r"|slow\w*|fast\w*|hot|growing|declining|falling|rising|shrinking|trending|up|down|priciest|cheapest|dearest|costliest"
    r"|expensive|cheap|costly|profitable|unprofitable|popular|selling|moving|top|due|sold out|below|under|making"
    r"|discounted|on (?:sale|offer|promotion|order))\b"
    rf"|{_MOVES} (?:(?:the|very|really|so) )?(?:most|best|least|worst|well|badly|poorly|fast\w*|slow\w*|more|less"
    r"|fewest|highest|lowest)\b"
    rf"|{_AUX}(?: the| my| our)? (?:best|worst|highest|lowest|most|least|biggest|largest|smallest|fewest|low|no|zero"
    rf"|(?:less|fewer|more) than|{_NOT})\b"
    rf"|{_NEGATED} (?:been )?(?:sold|sell|selling|moved?|moving)\b"
    r"|(?:grew|fell|dropped|declined|rose|gained|lost|grow|fall|drop|decline|rise)\b"
    r"|needs? (?:to be )?(?:re-?order\w*|re-?stock\w*|order\w*|replenish\w*|a? ?(?:discount|mark ?down)\w*|mark\w*)"
    r"|(?:should|do|can|must) (?:i|we) (?:need to |have to )?(?:re-?order|order|re-?stock|replenish|buy|mark ?down"
    r"|discount|promote|put on|stop|drop|delist|cut|feature|stock)\b|(?:will|might|may|could) (?:i |we )?(?:run out"
    r"|sell out|stock ?out)\b"
)
"""What is said of products in a list of them."""
_WHICH = re.compile(
    r"^\W*(?:(?:and|so|but|also|please|show me|tell me|list|hey|hi|ok|okay)[ ,]+)*(?P<which>which|what)"
    r"(?: (?:kinds?|types?|sorts?) of)?(?: of (?:our|my|the))? (?P<goods>[a-z][a-z&'/ -]{2,40}?)"
    rf"(?: (?:products?|items?|skus?|lines))? (?P<said>(?:{_LISTED}).*)$",
    re.IGNORECASE | re.DOTALL,
)
_MORE_GOODS = re.compile(
    r"\b(?:in|of|from|within) (?:the |our |my )?(?!stock|sales|money|units|total|profit|margin|revenue|price|last|past"
    r"|this|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]\b)[a-z]"
)
"""Goods, or a place, that are named a second time; neither stock nor a period is either."""
_END = re.compile(r"[\s?.!]*$")
_NO_KINDS = """
age ages aisle aisles associate associates basket baskets bay brand brands campaign campaigns cashier cashiers
channel channels clerk clerks colleague colleagues coupon coupons decile deliveries delivery discount discounts
display displays driver drivers employee factor factors group groups guest guests hour household households
inventory kpi label labels lane lanes location mailer maker makers manager managers manufacturer manufacturers
member members method methods minute minutes offer offers payment payments percent period person persons price
prices promo promos promotion promotions purchase purchases quartile reason receipt receipts register registers rep
reps return returns salesperson season seasons server servers shelf shelves shopper staff stock stuff task tasks
terminal terminals ticket tickets till tills transaction transactions trip trips visit visits wage wages worker
workers
"""
_NO_KIND = frozenset(_NO_KINDS.split())
"""Nouns that may stand there and are no goods, beside those that are none anywhere."""
_OF_ONE = frozenset({"sales_summary", "stock_levels", "stock_cover", "compare_periods", "price_elasticity"})
"""Tools that tell a kind of goods as one thing."""


def with_kind(text: str, decided: Plan, replan: Callable[[str], Plan]) -> Plan:
    """The plan for a question which goods of a kind do something; the plan as it is for every other.

    Args:
        text: the question, or a part of one.
        decided: what is planned for it so far.
        replan: plans a question that says the same with the word “products”.
    """
    found = _WHICH.match(tidy(text))
    if found is None or not is_kind(found["goods"]) or _MORE_GOODS.search(found["said"].lower()):
        return decided
    goods = found["goods"].strip()
    if decided.calls and not all(_told_as_one(name, args, goods) for name, args in decided.calls):
        return decided
    said = _END.sub("", found["said"])
    made = replan(f"{found['which']} products {said} in {goods}")
    return made if made.calls and all(_kept(args, goods) for _, args in made.calls) else decided


_COMPARED = re.compile(r"\b(?:compar\w+|versus|vs|difference|differ|better|more)\b", re.IGNORECASE)
_TWO = re.compile(
    r"(?P<a>[a-z][a-z&'/ -]{2,40}?) (?:and|or|vs\.?|versus|with|to|against|than) (?:the |our |my )?"
    r"(?P<b>[a-z][a-z&'/ -]{2,40})",
    re.IGNORECASE,
)
_USUAL = "last 4 weeks"


def with_each_kind(text: str, decided: Plan) -> Plan:
    """The plan with a call for each of two kinds of goods that are held against each other: “compare cheese and beef”.

    Without it both would be looked up as one name.
    """
    if len(decided.calls) != 1 or not _COMPARED.search(text) or "compare_to" in decided.calls[0][1]:
        return decided
    name, args = decided.calls[0]
    two = _TWO.fullmatch(str(args.get("product", "")))
    if two is None or name not in (SUMMARY, COMPARE) or not (is_kind(two["a"]) and is_kind(two["b"])):
        return decided
    shared = {"period": _USUAL, **{key: value for key, value in args.items() if key != "product"}}
    return replace(decided, calls=tuple((SUMMARY, {**shared, "product": two[side].strip()}) for side in ("a", "b")))


def is_kind(words: str) -> bool:
    """Whether words may be a kind of goods: none of them is a word of the planner's own or an ordinary one."""
    said = words.lower().split()
    return 0 < len(said) < 5 and not any(
        word in FILLERS or word in NOT_GOODS or word in NOT_ALONE or word in ORDINARY or word in _NO_KIND
        for word in said
    )


def _told_as_one(name: str, args: Mapping[str, Any], goods: str) -> bool:
    return name in _OF_ONE and goods.lower() in (str(args.get(key, "")).lower() for key in ("product", "department"))


def _kept(args: Mapping[str, Any], goods: str) -> bool:
    """Whether a call is kept to these goods."""
    named = [str(args.get(key, "")) for key in ("product", "department")]
    named += [str(value) for one in args.get("where") or () for value in one["values"]]
    return goods.lower() in (one.lower() for one in named)
