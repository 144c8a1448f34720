"""More about the goods of the answer above: their price and when it changed, who has too many, how to move some."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import FIND, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.next_message.pointed import THING, goods_meant, kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings

CHANGES, COVER, OVER, SPARE, LEVELS = "price_changes", "stock_cover", "overstock", "transfer_candidates", "stock_levels"
HISTORY, OUT = "stockout_history", "out_of_stock"
_STOCK = frozenset({LEVELS, COVER, OVER, OUT, HISTORY, "stockout_risk", "lost_sales", "transfer_candidates"})
_SELLING_FOR = re.compile(
    rf"{LEAD}(?:(?:what|how much)(?:'s|s| is| are| does| do)? (?P<a>{THING})(?: currently| now)? (?:sell(?:ing"
    rf"|s)?|go(?:ing|es)?"
    rf"|priced|on the shelf) (?:for|at)|how much (?:is|are) (?P<b>{THING})|(?:what(?:'s|s| is)? )?(?:the |its |their )?"
    rf"(?:shelf |current |selling )?price(?: (?:of|on|for) (?P<c>{THING}))?)(?: (?:now|there|here|these days"
    rf"|each))?\W*$"
)
_CHANGED = re.compile(
    rf"{LEAD}(?:(?:did|have|has) (?:we|they|anyone|somebody) (?:change|changed|raise|raised|cut|drop|dropped"
    rf"|move|moved|put up)"
    rf" (?:the price|its price|prices?)(?: (?:on|of|for) (?P<a>{THING}))?|(?:did|has|have) (?:the|its|their) prices?"
    rf"(?: (?:on|of|for) (?P<b>{THING}))? (?:change|changed|go up|gone up|go down|gone down)|when (?:did|was) (?:we )?"
    rf"(?:the|its) price (?:last )?(?:change|changed)|(?:any|was there a|were there any) (?:recent )?price changes?"
    rf"(?: (?:on|of|for|to) (?P<c>{THING}))?)(?: (?:recently|lately|at all|last|this month|(?:in|over) .{{4,20}}))?\W*$"
)
_BEST_ONLY = re.compile(
    rf"{LEAD}(?:only|just|show(?: me)?) (?:the |those )?(?:(?:ones?|items?|products?|things) )?(?:that |which"
    rf" )?(?:actually |really )?"
    r"(?:sell|move|go|matter)(?: (?:a lot|well|fast|most|best|the most|regularly))?\W*$"
    rf"|{LEAD}(?:only |just )?(?:the )?(?:best|top|fast(?:est)?|big)[- ]?(?:sellers?|movers?|selling ones"
    rf"|ones)(?: only)?\W*$"
    rf"|{LEAD}which (?:of (?:them|those|these) |ones )?(?:sell|sells|matter|move)s?(?: the)? (?:most|best|a lot"
    rf"|well)\W*$"
)
_OUT_FOR = re.compile(
    rf"{LEAD}(?:how long (?:has|have|is|are|was) (?P<a>{THING}) (?:been )?(?:out(?: of stock)?|gone|missing)"
    rf"|since when (?:is|are|has"
    rf"|have) (?P<b>{THING}) (?:been )?(?:out(?: of stock)?|gone))(?: for)?\W*$"
)
_TOO_MANY = re.compile(
    rf"{LEAD}(?:who|which (?:store|shop|location)s?)(?: else)?(?:'s| is| are)? (?:has|have|got|have got|sitting"
    rf" on|holding) (?:the |way )?"
    r"(?:too (?:many|much)|most|plenty|extra|more than (?:they|it|we) needs?|(?:some )?spare|a lot|enough"
    r"|lots)(?: of (?:it|them|those))?\W*$"
)
_MOVE = re.compile(
    rf"{LEAD}(?:(?:can|could|should|shall) (?:we|i) |let'?s )?(?:move|send|transfer|ship|shift) (?:some|any|a"
    rf" few|a couple|them|it|those)"
    r"(?: of (?:it|them|those|these))?(?: (?:over )?from (?:there|them|here|that store|the others?))? (?:over"
    r" )?to (?P<to>[a-z][\w' ]{2,30}?)"
    r"(?P<ask>\W+how (?:many|much))?\W*$"
)
_GET = re.compile(
    rf"{LEAD}(?:(?:can|could|should) (?:we|i) )?(?:get|take|borrow|have|pull) (?:some|any|it|them|a few|more)(?:"
    rf" of (?:it|them))?"
    r" (?:over )?from (?P<giver>[a-z][\w' ]{2,30}?)(?P<ask>\W+how (?:many|much))?\W*$"
)
_SOLD_THEN = re.compile(
    rf"{LEAD}(?P<when>(?:on |in )?[a-z0-9][\w ]{{2,24}}?),? (?:we sold|did we sell|we did|sold) how (?:many"
    rf"|much)(?: of (?:it|them|those))?\W*$"
)
BEST_FIRST = "What sold most stands first."
SAY_HOW_MANY = (
    "Nothing was filed. These are the transfers that would help there; to file one, say how many, from where and"
    " to where:"
    " “move 10 … from Market Street to Harbor Point”."
)


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The call such words mean; None for every other message, and where no goods stand above."""
    last = previous[-1]
    if last.failed:
        return None
    return _prices(plain, previous) or _of_stock(plain, previous, around) or _sold_then(plain, previous)


def _prices(plain: str, previous: Sequence[Call]) -> Plan | None:
    """At what price one product sells, and whether that was changed."""
    stores = kept(previous[-1], "stores")
    if (price := _SELLING_FOR.match(plain)) is not None:
        goods = goods_meant(price["a"] or price["b"] or price["c"] or "it", previous)
        one = goods.get("product", "")
        return Plan(((FIND, {"text": one, **stores}),)) if re.search(r"\d", one) else None
    changed = _CHANGED.match(plain)
    if changed is None:
        return None
    goods = goods_meant(changed["a"] or changed["b"] or changed["c"] or "it", previous)
    return Plan(((CHANGES, {**goods, **stores, "period": "last 4 weeks"}),)) if goods else None


def _of_stock(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """What of a list sells, how long one is out, which store has more than it needs, and moving some."""
    last = previous[-1]
    if last.name == "sales_summary" and _TOO_MANY.match(plain) and re.search(r"too m|need|spare|extra", plain):
        goods = goods_meant("it", previous)  # of what was sold it is asked who has more than that
        return Plan(((COVER, {**goods, "by": "store", "order": "top"}),)) if goods else None
    if last.name not in _STOCK:
        return None
    if last.name in (OUT, "stockout_risk", "lost_sales") and _BEST_ONLY.match(plain):
        return Plan(((last.name, dict(last.args)),), "" if last.name == OUT else BEST_FIRST)
    if (out := _OUT_FOR.match(plain)) is not None:
        goods = goods_meant(out["a"] or out["b"], previous)
        return Plan(((HISTORY, {**goods, **kept(last, "stores")}),)) if goods else None
    goods = goods_meant("it", previous)
    if _TOO_MANY.match(plain) and len(around.stores) > 1:
        if goods:
            return Plan(((COVER, {**goods, "by": "store", "order": "top"}),))
        return Plan(((OVER, {"by": "store"}),)) if last.name == OVER else None
    return _moved(plain, goods, last, around)


def _moved(plain: str, goods: dict[str, str], last: Call, around: Surroundings) -> Plan | None:
    """What another store could send, or what could be sent to one."""
    move, get = _MOVE.match(plain), _GET.match(plain)
    if not goods or (move is None and get is None):
        return None
    store = _one_store(move["to"] if move is not None else get["giver"] if get is not None else "", around)
    if store is None:
        return None
    here = _one_store(str(last.args.get("stores") or ""), around)
    sides = {"taker": store} if move is not None else {"giver": store, **({"taker": here} if here else {})}
    return Plan(((SPARE, {**goods, **sides}),), SAY_HOW_MANY)


def _one_store(said: str, around: Surroundings) -> str | None:
    reading = Reading.of(f"at {said}")
    store = take_stores(reading, around)
    return None if not store or store == "all stores" or reading.rest() else store


def _sold_then(plain: str, previous: Sequence[Call]) -> Plan | None:
    """“Last Tuesday we sold how many”: of the goods above, at their stores."""
    found = _SOLD_THEN.match(plain)
    goods = goods_meant("it", previous) if found else {}
    if found is None or not goods:
        return None
    reading = Reading.of(found["when"])
    said = take_periods(reading)
    if len(said) != 1 or re.sub(r"\b(?:on|in|the)\b|\W", "", reading.text):
        return None
    args: dict[str, Any] = {"metrics": ["units"], "period": said[0].phrase, **goods, **kept(previous[-1], "stores")}
    return Plan((("sales_summary", args),))
