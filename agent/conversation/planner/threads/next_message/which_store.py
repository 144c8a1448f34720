"""In which stores the goods of the answer above are: where they sell most, whether one of them has any, one or all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.next_message.cleared import OF_ALL_GOODS, SPARE
from agent.conversation.planner.threads.next_message.pointed import ROW, THING, goods_meant, kept
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, split_of, usual_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

LEVELS, LAST_WEEK = "stock_levels", "last week"
_SELLING = frozenset({SUMMARY, COMPARE, BREAKDOWN, TOP, "fast_movers", "trend_goods", "explain_change", "sales_rates"})
_ON_LIST = frozenset({
    "overstock", "dead_stock", "slow_stock", "markdown_candidates", "stock_cover", "phantom_stock",
    "promotions_running",
})  # fmt: skip
"""Lists that tell the same of one store."""
_LACKING = frozenset({"out_of_stock", "stockout_risk", "lost_sales", "reorder_list"})
"""Lists of what is lacking: whether another store has any is what it could give."""
_STORE = r"(?:stores?|shops?|locations?|branch(?:es)?|place)"
_MOST = r"(?:the )?(?:most|best|fastest|least|worst|slowest)"
_SOLD_MOST = re.compile(
    rf"{LEAD}(?:where(?:'s|s)?(?: (?:is|does|do|did|are|was|were))?|(?:at |in )?(?:which|what) {_STORE}"
    rf"(?: (?:is|does|do|did))?) (?P<thing>{THING})(?: (?:being |been )?(?:sold|sells?|selling|bought|doing|moving))"
    rf" {_MOST}\W*$"
    rf"|{LEAD}(?:(?:which|what) {_STORE}|who|where) (?:sold|sells?|moved|moves|does|did) (?:{_MOST} (?:of )?)?"
    rf"(?P<it>{THING})(?: {_MOST})?\W*$"
)
_HAS = re.compile(
    rf"{LEAD}(?:does|do|did|has|have|will|would) (?P<at>[a-z][\w' ]{{2,30}}?) (?:still |even )?(?:have|has|got|carry"
    rf"|stock|carries)(?: got)? (?P<thing>any|some|{THING})(?: (?:left|in stock|on hand|of (?:it|them|those)|now))*\W*$"
)
_ONE = (
    r"(?:(?:only |just )?(?:in |at |from )?(?:only |just )?(?:one|a single|the one|1)(?: \b(?:store|shop|location))?)"
)
_EVERY = (
    r"(?:(?:in |at |across )?(?:all|every|each)(?: of (?:them|the stores))?(?: the| our)?"
    r"(?: (?:stores?|shops?|locations?|five|\d))*|everywhere|across the board|all over|chain ?wide|company ?wide"
    r"|spread(?: out)?)"
)
_SPREAD = re.compile(
    rf"{LEAD}(?:(?:for )?(?P<row>{ROW}),? )?(?:(?:is|was|are|were)? ?(?P<thing>{THING})(?: all)? |is "
    rf"|was )?(?:happening |out |low "
    rf"|sold"
    rf" |mostly |all )*(?:{_ONE},? or (?:is it |are they )?{_EVERY}|{_EVERY},? or (?:is it |are they )?{_ONE})\W*$"
)
WHICH = (
    "The answer above lists several. Which of them do you mean? Name it, or its place in the list: “does Market Street "
    "have the second one”."
)


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such words mean; None for every other message."""
    last = previous[-1]
    if (most := _SOLD_MOST.match(plain)) is not None:
        return _sold(goods_meant(most["thing"] or most["it"], previous), last)
    if (has := _HAS.match(plain)) is not None:
        return _at_one(has["at"], has["thing"], previous, around)
    spread = _SPREAD.match(plain)
    if spread is None or last.failed:
        return None
    row = spread["row"] or (spread["thing"] if re.fullmatch(ROW, spread["thing"] or "") else None)
    several = (last.name == TOP or split_of(last) == "product") and last.args.get("limit") != 1
    if several and not row:
        return Plan(text=WHICH)
    goods = goods_meant(row or "it", previous)
    if goods:
        return _sold(goods, last) if last.name in _SELLING else Plan(((LEVELS, {**goods, "by": "store"}),))
    return None if row else _by_store(last)


def _sold(goods: dict[str, str], last: Call) -> Plan | None:
    """What was sold of it in each store, in the days of the answer before."""
    if not goods:
        return None
    days = kept(last, "period") if last.name in _SELLING else {}
    metric = {"metrics": ["units"]} if last.args.get("metric") == "units" else kept(last, "metrics")
    return Plan(((SUMMARY, {"period": LAST_WEEK, **days, **goods, **metric, "by": "store"}),))


def _at_one(said: str, thing: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """Its stock at a store; of a list of what lies wrong, that list at the store; of another list, which is asked."""
    reading, last = Reading.of(f"at {said}"), previous[-1]
    store = take_stores(reading, around)
    if store is None or reading.rest() or store == "all stores" or last.failed:
        return None
    several = (last.name == TOP or split_of(last) == "product") and last.args.get("limit") != 1
    if several and not re.fullmatch(ROW, thing):
        return Plan(text=WHICH)
    goods = goods_meant(None if thing in ("any", "some") else thing, previous)
    if last.name in _LACKING and "product" not in goods:
        route = {"giver": store} | ({"taker": last.args["stores"]} if "stores" in last.args else {})
        return Plan(((SPARE, {**kept(last, "department"), **route}),), OF_ALL_GOODS)
    if last.name in _ON_LIST and "product" not in goods:
        return Plan(((last.name, {**last.args, "stores": store}),))
    return Plan(((LEVELS, {**goods, "stores": store}),)) if goods else None


def _by_store(last: Call) -> Plan | None:
    """The answer before by store, where its tool splits so."""
    spec = catalogue().get(last.name)
    field = spec.arguments.model_fields.get("by") if spec is not None and not spec.proposes else None
    if field is None or split_of(last) == "product":
        return None
    kept_args: dict[str, Any] = {key: value for key, value in last.args.items() if key not in ("stores", "by")}
    if last.name in (SUMMARY, COMPARE, BREAKDOWN):
        kept_args["period"] = usual_days(last)
    elif "'store'" not in str(field.annotation):
        return None
    return Plan(((last.name, {**kept_args, "by": "store"}),))
