"""Short questions behind an answer about stock: whether it is too much, which goods the most, what was lost on some."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.threads.next_message.pointed import goods_meant, kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.wording.spelling import mended
from agent.conversation.surroundings import Surroundings

COVER, LEVELS, OVER, LOST = "stock_cover", "stock_levels", "overstock", "lost_sales"
_SO_FAR = re.compile(r" (?:so far|already|up to now|until now)")
_AFTER = frozenset({"out_of_stock", "stockout_history", "stockout_risk", LOST, "shrink_and_waste", "on_order"})
_TOO_MUCH = re.compile(
    rf"{LEAD}(?:(?:is|isn't|isnt) (?:that|it|this) |(?:that|it)(?:'s|s| is) |do we have |have we"
    rf" got |are we (?:sitting "
    r"on )?)?(?:way |far )?(?:too (?:much|many|high)|overstocked|over-stocked|more than we need|a lot)(?: of it| stock"
    r"| for (?:us|that|it))?(?: (?:right|no))?\W*$"
)
_BOUGHT_TOO_MUCH = re.compile(
    rf"{LEAD}(?:are|were|did|do|have) we (?:just |maybe |simply )?(?:over-?(?:order|buy|stock)(?:ing|ed)?|(?:order"
    r"|buy|carry|hold|stock|keep)(?:ing|ed)? (?:way |far )?(?:too (?:much|many)|more than we (?:need|sell)))"
    r"(?: of (?:it|them|those|that)|(?: of)? it)?(?: (?:there|then|or what))?\W*$"
)
_WHICH_MOST = re.compile(
    rf"{LEAD}(?:(?:which|what) (?:items?|products?|ones?|skus?)(?: (?:is|are|have|has|had|do we have|is it|are they))?"
    r"(?: the)? (?:most|worst|longest|highest|slowest)(?: of)?|(?:the )?(?:worst|biggest)"
    r" (?:items?|products?|ones?|skus?))\W*$"
)
_LOST_ON = re.compile(
    rf"{LEAD}how much (?:did|do|have|are|were) we (?:los(?:e|t|ing)|miss(?:ed|ing)?(?: out)?) (?:on|in|with|from|for) "
    r"(?:the |our )?(?P<goods>[a-z][\w&' -]{1,30}?)(?: (?:alone|then|so far))?\W*$"
)
_ELSEWHERE = re.compile(
    rf"{LEAD}(?:(?:does|do|did|has|have) )?(?:any(?:one|body| of the others)|who) else (?:have|has|got|carry|carries"
    r"|with)(?: (?:some|any|it|them|that|those|one))?(?: (?:left|in stock"
    r"|(?:that )?(?:we|i) (?:could|can) (?:get|have|take|borrow|use)|to spare|for us))?\W*$"
)
_SOLD = re.compile(
    rf"{LEAD}how many(?: of (?:it|them|those|these))? (?:did|have|do) we (?:sell|sold|sale)(?P<when> .{{3,30}}?)?\W*$"
)
_NO_WORD = re.compile(r"(?!)")
_NO_GOODS = re.compile(r"(?:it|that|this|them|those|these|sales|money|profit|margin|total|all|everything|customers?)")
OF_ALL_GOODS = "These are transfers of all goods, not only of those in the list above."


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The call such words mean; None for every other message."""
    last = previous[-1]
    if last.name in _AFTER and (lost := _LOST_ON.match(plain)) is not None:
        return _lost(lost["goods"], last, around)
    if last.name in _AFTER | {COVER, LEVELS} and _ELSEWHERE.match(plain):
        goods = kept(last, "product", "department")
        if goods:
            return Plan(((LEVELS, {**goods, "by": "store"}),))
        return Plan((("transfer_candidates", kept(last, "stores")),), OF_ALL_GOODS)
    if not last.failed and (sold := _SOLD.match(plain)) is not None:
        return _sold(sold["when"] or "", previous)
    part = last.args.get("department") or last.args.get("product")
    if last.name in _AFTER | {COVER, LEVELS} and part and _BOUGHT_TOO_MUCH.match(plain):
        return _beyond({"product" if "product" in last.args else "department": str(part)}, kept(last, "stores"))
    if last.failed or last.name not in (COVER, LEVELS, OVER):
        return None
    stores = kept(last, "stores")
    if _TOO_MUCH.match(plain):
        if last.name == OVER:
            return Plan(((OVER, dict(last.args)),))
        return _beyond(goods_meant("it", previous), stores)
    if not _WHICH_MOST.match(plain):
        return None
    if last.name == OVER:
        return Plan(((OVER, dict(last.args)),))
    args: dict[str, Any] = {**kept(last, "product", "department"), **stores, "by": "product"}
    return Plan(((last.name, {**args, **({"order": "top"} if last.name == COVER else {})}),))


def _beyond(goods: dict[str, str], stores: dict[str, Any]) -> Plan | None:
    """What lies beyond two months of cover in a part of the range; of one product, how long it lasts."""
    name = next(iter(goods.values()), None)
    if name is not None and re.search(r"\d", name):
        return Plan(((COVER, {**goods, **stores}),))
    return Plan(((OVER, {**({"department": name} if name else {}), **stores}),))


def _sold(when: str, previous: Sequence[Call]) -> Plan | None:
    """How many of the goods of the answer before were sold, in the days that are said or those of that answer."""
    last, goods = previous[-1], goods_meant("it", previous)
    reading = Reading.of("this month" if _SO_FAR.fullmatch(when) else mended(when))
    when = reading.text if _SO_FAR.fullmatch(when) else when
    said = periods(reading)
    if not goods or len(said) > 1 or (when and (not said or reading.text.replace(said[0].phrase, "").strip(" ?."))):
        return None
    days = {"period": said[0].phrase} if said else kept(last, "period") or {"period": "last week"}
    return Plan((("sales_summary", {"metrics": ["units"], **days, **goods, **kept(last, "stores")}),))


def _lost(said: str, last: Call, around: Surroundings) -> Plan | None:
    if _NO_GOODS.fullmatch(said):
        return None
    slots = take_slots(Reading.of(said), around, _NO_WORD)
    if slots.unknown or slots.stores or slots.period or slots.limit or not (slots.product or slots.department):
        return None
    goods = {"department": slots.department} if slots.department else {"product": slots.product}
    return Plan(((LOST, {**goods, **kept(last, "stores", "period")}),))
