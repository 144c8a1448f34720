"""Short questions about some rows of the list above: the first three, the second one, those that do not sell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.threads import promoted_then
from agent.conversation.planner.threads.followups import product_pointed_at
from agent.conversation.planner.threads.next_message.pointed import ROW, goods_meant, kept
from agent.conversation.planner.threads.once_more import words as say
from agent.conversation.planner.threads.once_more.beside import at_store
from agent.conversation.planner.threads.pointing import product_number
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.topics.promoted_share import ON_PROMOTION
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

LEVELS, RUNNING = "stock_levels", "promotions_running"
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "couple": 2}
_FEW = (
    r"(?:the )?(?P<end>first|top|last|bottom) (?:(?P<n>two|three|four|five|[2-5])|couple)(?: (?:ones?|products?|items?"
    r"|of (?:them|those|these)))?"
)
_OF_FEW = re.compile(
    rf"{LEAD}(?:what(?:'s|s| is| are| was)? (?:the |our )?|show(?: me)? (?:the )?)?(?P<what>[a-z%][a-z% -]{{2,40}}?)"
    rf" (?:(?:on|of|for|in|did|do) )?{_FEW}(?: (?:left|have|in stock|on hand|do|sell|make))*\W*$"
)
_STOCK = re.compile(
    r"(?:how (?:much|many)(?: stock| inventory)?(?: (?:do we (?:still )?have|have we got|is there|are there|is left))?"
    r"(?: left| in stock| on hand)?|stock(?: levels?)?|inventory|on[- ]hands?)(?: (?:of|on|for))?"
)
_NOT_SELLING = re.compile(
    rf"{LEAD}(?:(?:which|what)(?: (?:ones?|products?|items?|of (?:them|those|these)))? ?(?:are|is|were|do|did|does)"
    r" ?(?:n'?t|not) (?:really )?(?:selling|moving|sell|move|doing well|going)|(?:which|what)(?: ones?| of (?:them"
    r"|those|these))? (?:are|is) (?:selling|moving|doing) (?:the )?(?:worst|least|badly|slow(?:est|ly)?))"
    r"(?: well| at all| much| then)?\W*$"
)
_NOW = ("today", "now", "right now", "currently", "at the moment", "this week")
_STILL = re.compile(
    rf"{LEAD}how (?:many|much)(?: (?:stock|units|pieces))? (?:do|have) we (?:still |now )*(?:have|got)(?: left)?"
    rf"(?: in stock| on hand)? of (?P<thing>it|that|this|them|(?:that|this) one|{ROW})(?: left| in stock| on hand)?\W*$"
)
_SO_LONG = re.compile(
    rf"{LEAD}(?:how long|since when) (?:has|have|is|was) (?P<thing>{ROW}|it|that one|this one) (?:been )?(?:selling "
    r"|doing |moving )?(?:that |this |so )(?:bad(?:ly)?|low|slow(?:ly)?|poor(?:ly)?|weak|well|good|fast|high)\W*$"
)
_ROW_FIRST = re.compile(rf"{LEAD}(?P<row>{ROW}),? (?P<rest>(?:was|is|were|are) (?:it|that|they) .{{3,40}}?)\W*$")
WEAKEST = "These are the weakest of those that sold on offer {days}; what sold nothing at all is not in it."


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such words mean; None for every other message, and where the list has no such rows."""
    last = previous[-1]
    if len(previous) > 1:
        return _all_at_a_store(plain, previous, around) or _of_few(plain, previous)
    return _not_selling(plain, last) or _of_few(plain, previous) or _of_one(plain, previous)


def _all_at_a_store(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The same of several goods at another store."""
    found = say.SAME_THERE.match(plain)
    if found is None or any(one.name != LEVELS or one.failed for one in previous):
        return None
    there = [at_store(found["at"], one, around) for one in previous]
    calls = tuple(one.calls[0] for one in there if one is not None)
    return Plan(calls) if len(calls) == len(previous) else None


def _not_selling(plain: str, last: Call) -> Plan | None:
    """The weakest of what is on offer, or of a ranking."""
    if not _NOT_SELLING.match(plain):
        return None
    if last.name == TOP:
        return Plan(((TOP, {**last.args, "order": "bottom"}),))
    if last.name != RUNNING:
        return None
    said = str(last.args.get("period", "now"))
    days = "last week" if said in _NOW else said
    args: dict[str, Any] = {"by": "product", "metrics": ["net_sales", "units"], "period": days, "where": [ON_PROMOTION]}
    args |= {"order": "bottom", "top": 10, **kept(last, "stores", "department")}
    return Plan(((BREAKDOWN, args),), WEAKEST.format(days=days))


def _of_few(plain: str, previous: Sequence[Call]) -> Plan | None:
    """Stock or figures of the first few products of a list."""
    found = _OF_FEW.match(plain)
    if found is None:
        return None
    many = _NUMBERS.get(found["n"] or "couple") or int(found["n"])
    places = range(1, many + 1) if found["end"] in ("first", "top") else range(-many, 0)
    rows = [_product(place, previous) for place in places]
    goods = [one for one in rows if one is not None]
    if len(goods) != many:
        return None
    stores, what = kept(previous[-1], "stores"), found["what"].strip()
    if _STOCK.fullmatch(what):
        return Plan(tuple((LEVELS, {"product": one, **stores}) for one in goods))
    reading = Reading.of(what)
    metrics = list(take_metrics(reading)) or (["net_sales"] if what == "sales" else [])
    if not metrics or re.search(r"[a-z]", reading.text.replace("sales", "")):
        return None
    where = [{"dimension": "product", "values": goods}]
    days = {"period": "last week", **kept(previous[-1], "period")}
    return Plan(((BREAKDOWN, {"by": "product", "metrics": metrics, **days, **stores, "where": where}),))


def _product(place: int, previous: Sequence[Call]) -> str | None:
    if len(previous) > 1:  # told one by one
        one = previous[place - 1 if place > 0 else place] if abs(place) <= len(previous) else None
        return str(one.args["product"]) if one is not None and "product" in one.args else None
    pointer = "the last one" if place == -1 else f"number {place}" if place > 0 else ""
    if not pointer:
        return None
    product = product_pointed_at(pointer, previous[-1:])
    return product_number(product) if product else None


def _of_one(plain: str, previous: Sequence[Call]) -> Plan | None:
    """What is left of one, since when it sells so, and “the second one, was it on promo?”."""
    last = previous[-1]
    if (still := _STILL.match(plain)) is not None:
        goods = goods_meant(still["thing"], previous)
        return Plan(((LEVELS, {**goods, **kept(last, "stores")}),)) if "product" in goods else None
    if (long := _SO_LONG.match(plain)) is not None:
        goods = goods_meant(long["thing"], previous)
        args: dict[str, Any] = {**goods, **kept(last, "stores"), "metrics": ["net_sales", "units"]}
        return Plan(((SUMMARY, {**args, "period": "last 12 weeks", "by": "week"}),)) if "product" in goods else None
    if (first := _ROW_FIRST.match(plain)) is not None:
        goods = goods_meant(first["row"], previous)
        of_it = Call(SUMMARY, {**goods, **kept(last, "period", "stores")}, last.document, last.question)
        return promoted_then.read(first["rest"], of_it) if "product" in goods else None
    return None
