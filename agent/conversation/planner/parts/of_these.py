"""About the goods that a list of best sellers finds: “and is it in stock?”, “stock of these five”, “order them”.

Which goods these are is known only when the list is there. But the stock beside the sales of the same best sellers is
one question, and what is due of the best sellers another; both are asked for instead of what is due of everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import SUMMARY, TOP, Plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.incomplete_words import NOTHING, ORDERS

MATCHING, TO_ORDER = "products_matching", "reorder_list"
_APART = "baskets_apart"
_BASKETS = re.compile(
    r"(?:and )?(?:how many|what (?:share|percent(?:age)?|proportion) of) (?:the |our |all )*(?:baskets|transactions"
    r"|orders|receipts|trips|sales) (?:had|have|used|use|got|contained|came with|were with)"
    r" (?:one|any|them|it)[\s?.!]*",
    re.IGNORECASE,
)
_FIGURES = frozenset({"net_sales", "units", "gross_margin", "discounts"})
USUAL, MOST = 10, 50
"""How many best sellers are meant where no number is said, and how many at most."""
_PACE = "the last 28 days"
_SINGLE = re.compile(
    r"\b(?:product|item|sku|article|seller|thing)\b(?!s)|\bwhat(?:'s| is)? (?:our|my|the) (?:best|top)[- ]seller\b",
    re.IGNORECASE,
)
_THEY = r"(?:it|they|them|this|that|these|those|each(?: of (?:them|these|those))?)"
_STOCK = re.compile(
    rf"(?:and |so )?(?:(?:is|are) {_THEY} (?:still |currently |now )?(?:in stock|available|on hand|out of stock"
    rf"|sold out|running low)|(?:do|did) (?:we|i) (?:still |currently )?have (?:enough of )?{_THEY}"
    r"(?: in stock| on hand| left)?"
    rf"|how (?:much|many)(?: stock| inventory| pieces| units)?(?: of {_THEY})?(?: (?:is|are|do we have|do i have"
    rf"|have we got|have i got))?(?: {_THEY})?(?: (?:there|still|currently))?(?: (?:on hand|left|in stock))?(?: of"
    rf" {_THEY})?|(?:what|how)(?:'s| is| are| about)? (?:its|their|the) (?:stock|inventory|cover|days of cover)"
    r"(?: levels?| on hand)?)(?: (?:right )?now| today| in (?:each|every) store)?[\s?.!]*",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?:and |so )?(?:(?:how (?:much|many)(?: more)?(?: of (?:it|them|these|those))? )?(?:should|do|must|can) (?:i|we)"
    r"(?: need to| have to)? (?:re-?order|order|buy|restock|stock up)|(?:does|do) (?:it|they) need(?: to be)?"
    r" (?:re-?order(?:ed|ing)?|order(?:ed|ing)?|restock(?:ed|ing)?))(?: (?:on|more|any|some|it|them|these|those|extra"
    r"|additional|of|inventory|stock|now|soon|again))*[\s?.!]*",
    re.IGNORECASE,
)

_THESE = (
    r"(?:all )?(?:of )?(?:these|those|them)(?: (?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten))?"
    r"(?: (?:products?|skus?|items?|ones|sellers|articles|lines))?"
)
_ON_HAND = (
    r"(?:(?:the |their |current )*(?:stock|inventory)(?: levels?| on hand)?|on hand"
    r"|(?:the |their )*(?:(?:days|weeks) of )?(?:cover|supply|stock))"
)
_LOOK = r"(?:and |so |now |ok |please )*(?:(?:show|give|list|check|tell|get|what(?:'s| is| are))(?: me| us)? )?"
_STOCK_OF_THESE = re.compile(
    rf"\W*(?:(?:and |so |now )?(?:for|of) {_THESE},? {_LOOK}{_ON_HAND}(?:(?:,| and|, and) {_ON_HAND})*"
    rf"|{_LOOK}{_ON_HAND}(?:(?:,| and|, and) {_ON_HAND})* (?:for|of) {_THESE})[\s?.!]*",
    re.IGNORECASE,
)
_ORDER_OF_THESE = re.compile(
    r"\W*(?:and |so |now |please )*(?:prepare|draft|create|make|place|raise)(?: me)? (?:an? |the )?"
    rf"(?:(?:purchase )?order|po) (?:for|of) (?:(?P<these>{_THESE})|(?:all )?(?:the )?(?:ones|rest))"
    r"(?: (?:that|which))?(?: (?:are|is))?(?: (?:running|getting|low|short|out|needed|due|of stock))*[\s?.!]*",
    re.IGNORECASE,
)
OTHERS = "What is due goes by the best sellers of four weeks, which may be others than those above."
WHICH = (
    "I cannot take up the rows of the answer before here. Best sellers I can go on about: “top 5 products last week”, "
    "then “stock of these”; or name one product."
)


def again(text: str, previous: Sequence[Call]) -> Plan | None:
    """The plan for the stock, or an order, of what the answer before lists; None for every other question."""
    stock, order = _STOCK_OF_THESE.fullmatch(text), _ORDER_OF_THESE.fullmatch(text)
    if not previous or not (stock or order):
        return None
    last = previous[-1]
    decided = Plan((_as_best_sellers(last.name, last.args),))
    if stock:
        return of_these_goods(last.question, decided, "how much of them do we have") or Plan(text=WHICH)
    due = of_these_goods(last.question, decided, "should we order more of them")
    if due is not None:
        return Plan(due.calls[1:], f"{OTHERS} {ORDERS} {NOTHING}")
    return Plan(text=WHICH) if order and order["these"] else None


def _as_best_sellers(name: str, args: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """A call for best sellers with their stock as one for best sellers; every other as it is."""
    conditions: Sequence[Mapping[str, Any]] = args.get("conditions") or ()
    if name != MATCHING or len(conditions) != 1 or conditions[0].get("holds") != "top":
        return name, args
    kept = {key: args[key] for key in ("period", "stores", "department") if key in args}
    return TOP, {"metric": conditions[0]["figure"], "limit": conditions[0]["number"], **kept}


def of_these_goods(first: str, decided: Plan, part: str) -> Plan | None:
    """The plan for both parts together; None where the first is no list of best sellers or the part asks another thing.

    Args:
        first: the first part as it was said.
        decided: what is planned for it.
        part: the part behind it.
    """
    if len(decided.calls) != 1 or decided.calls[0][0] != TOP:
        return None
    args = decided.calls[0][1]
    figure = str(args.get("metric", "net_sales"))
    if args.get("order") == "bottom" or figure not in _FIGURES:
        return None
    count = int(args.get("limit") or (1 if _SINGLE.search(first) else USUAL))
    if _ORDER.fullmatch(part.strip()) and figure == "net_sales" and count <= MOST:
        due = {"best_sellers": count, **{key: args[key] for key in ("stores", "department") if key in args}}
        best = {"period": _PACE, **args}  # the same best sellers, where no time is said
        return Plan(((TOP, best), (TO_ORDER, due)), decided.text, decided.opening)
    if _STOCK.fullmatch(part.strip()) and count <= MOST:
        return Plan(((MATCHING, with_stock(figure, count, args)),), decided.text, decided.opening)
    return None


def baskets_with_one(first: str, decided: Plan, part: str) -> Plan | None:
    """The plan for “how many baskets had one?” behind a part about discounts, coupons or promotions; else None."""
    having = next((kind for kind in ("coupon", "discount", "promotion") if kind in first.lower()), None)
    if having is None or not decided.calls or not _BASKETS.fullmatch(part.strip()):
        return None
    name, args = decided.calls[-1]
    kept = {"period": "yesterday"} if name == SUMMARY else {}  # the usual day of the first figure
    kept |= {key: args[key] for key in ("period", "stores") if key in args}
    return Plan(((_APART, {"having": having, **kept}),))


def with_stock(figure: str, count: int, args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments for so many best sellers by a figure with their stock beside it."""
    kept = {key: args[key] for key in ("stores", "department") if key in args}
    return {
        "conditions": [{"figure": figure, "holds": "top", "number": count}],
        "beside": ["on_hand", "days_of_stock", "stores_out"],
        "rank_by": figure,
        "limit": count,
        "period": args.get("period", "last week"),
        **kept,
    }
