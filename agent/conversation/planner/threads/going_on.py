"""Short questions that go on about the figures of the answer before: what moved them, their share, what to do.

“Which department dragged us down?”, “which of them grew?”, “what share of the total is that?”, “what should I do about
it?”. Only what is said here is answered; every other question is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import COMPARE, COMPARE_SPLITS, SUMMARY, TOP, Plan, together
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.threads import promoted_then
from agent.conversation.planner.threads.once_more.before import (
    BREAKDOWN,
    KEPT,
    NORM,
    USUAL,
    moved,
    shares,
    split_of,
    split_tool,
    usual_days,
)  # fmt: skip
from agent.conversation.planner.threads.once_more.words import WHICH_PARTS
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.why import EXPLAIN, explanation_of
from agent.conversation.planner.wording.commentary import ACT
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_LEAD = r"^\W*(?:and |so |but |ok(?:ay)? |then |now )*"
_UNITS = r"(?P<by>departments?|categor(?:y|ies)|stores?|brands?|products?|items?|hours?|weekdays?)"
_DOWN = (
    r"(?:dragged|pulled|brought|held|let|took|kept) (?:us |it |that |them |sales |the \w+ )?(?:down|back)|hurt(?: us"
    "| it)?|fell|dropped|declined|shrank|lost(?: sales| ground)?|did (?:the )?worse|(?:is|are|was|were) (?:down"
    "|to blame)"
)
_UP = (
    r"(?:pushed|pulled|brought|lifted|drove) (?:us |it |that |them |sales |the \w+ )?up|helped(?: us| it)?|grew|rose"
    "|gained|increased|did better|(?:is|are|was|were) up"
)
_EITHER = (
    "(?:drove|caused|made|explains?|is behind|was behind|moved|is driving|are driving) (?:that|this|it|the (?:change"
    "|drop|rise|fall|increase|decrease|growth|decline))|changed|moved"
)
_MOST = r"(?: (?:the )?(?:most|biggest|least))?"
_MOVED = re.compile(
    rf"{_LEAD}(?:which|what) {_UNITS}(?: \w+)? ?(?:(?P<down>{_DOWN})|(?P<up>{_UP})|(?:{_EITHER})){_MOST}\W*$"
)
_STANDS_OUT = re.compile(
    rf"{_LEAD}(?:did |does |do |was there |is there )?(?:any|which|what) {_UNITS}(?: that)? (?:stands?|stood|sticks?"
    r"|stuck) out\W*$"
)
_WHAT_SOLD = re.compile(
    rf"{_LEAD}(?:what|which (?:products|items)|which) (?:has |have |is |are )?(?:sold|selling|sells|did|doing"
    r"|went) (?:(?P<down>less|worse|down)|(?P<up>more|better|up))(?: there| here| than before| than usual)?\W*$"
)
_OF_THEM = re.compile(
    rf"{_LEAD}(?:which|what)(?: ones?)?(?: of (?:them|those|these))? (?:(?P<down>{_DOWN})|(?P<up>{_UP})"
    rf"|(?:{_EITHER})){_MOST}\W*$"
)
_WHAT_MOVED = re.compile(rf"{_LEAD}what (?:has )?(?:changed|moved) (?:the )?most\W*$")
_BECAUSE = re.compile(
    rf"{_LEAD}(?:is|was) (?:that|this|it)(?: mostly| mainly| just| only)? (?:because of|due to|down to|driven by"
    "|caused by|from) .{3,60}$"
)
_SHARE = re.compile(
    rf"{_LEAD}(?:what|how much)(?:'s| is| was)? (?:the |its |their )?(?:share|percent(?:age)?|%|part)? ?(?:of (?:the "
    "|our )?(?:total|total sales|sales|all|all sales|whole|business))? ?(?:is|are|was|were)? ?(?:that|this|it|they"
    r"|those|each(?: of them)?)?\W*$"
)
_NAMES_A_SHARE = re.compile(r"\b(?:share|percent\w*|part of)\b|%|of (?:the |our )?(?:total|whole)")
_PERCENT = re.compile(rf"{_LEAD}(?:and )?(?:in|as) (?:percent(?:age)?s?|per cent|%)\W*$")
_PICTURE = re.compile(
    rf"{_LEAD}(?:please )?(?:can (?:you|i) )?(?:show|give|plot|draw|make|see|turn|put|graph|chart)(?: me)?(?: (?:that"
    "|this|it|them|those))?(?: (?:as|in|into|on))?(?: an?)?(?: (?:bar|line|pie|column))?(?: (?:chart|graph|plot"
    r"|picture))?\W*$"
)
_DRAWN = re.compile(r"\b(?:chart|graph|plot|draw|picture)\b")
_TIED_UP = re.compile(
    rf"{_LEAD}how much (?:money|cash|capital|stock|value)?(?:'s| is| have we| do we have)? ?(?:tied up|locked up"
    rf"|sitting|stuck|invested|is (?:that|it) worth)(?: in (?:it|that|them|those|there))?\W*$|{_LEAD}(?:what"
    r"|how much)(?:'s| is| are) (?:that|it|they|those|all that) worth\W*$"
)
_WHAT_TO_DO = re.compile(
    rf"{_LEAD}what (?:should|can|could|do|would) (?:i|we|you)(?: \w+)? do(?: (?:about|with) (?:it|that|this|them"
    r"|those))?\W*$"
)
_REACH = re.compile(
    rf"{_LEAD}(?:is (?:it|that|this) )?(?:still )?(?:realistic|doable|achievable|reachable|possible|feasible)\W*$|"
    rf"{_LEAD}(?:will|can|are|do|is) (?:it|they|we|that|he|she)(?: going to| gonna| still)? (?:make|hit|reach|get"
    rf"|achieve|meet)(?: it| that| there| the target| target| on track)?\W*$|{_LEAD}(?:are|is) (?:it|we"
    r"|they) on track\W*$"
)
_BEHIND = re.compile(
    rf"{_LEAD}(?:by )?how (?:far|much|many)(?: dollars)? (?:are|is) (?:we|they|it|that) (?:off|behind|short"
    rf"|ahead|over|under|below|missing)"
    rf"(?: (?:by|it|that|target|the target))?\W*$|"
    rf"{_LEAD}(?:by )?how (?:far|much) (?:off|behind|away|short|ahead|over|under)(?: (?:are|is) (?:we|it|that|they))?"
    rf"(?: (?:from )?(?:it|that|target|the target))?\W*$|{_LEAD}(?:who|which (?:store|one)s?)(?:'s| is| are) (?:the )?"
    r"(?:(?:furthest|farthest|most|least|well|far) )?(?:behind|ahead|off)(?: (?:target|the most|most))?\W*$"
)
_AS_A_SHARE = re.compile(
    rf"{_LEAD}(?:as|in) (?:an? )?(?:share|percent(?:age)?|%)s?(?: of (?:the )?(?:total|whole|sales))?\W*$"
)
_TELLS_A_SHARE = frozenset({"largest_transactions", "private_label_share", "customers_kept", "new_and_returning"})
"""Answers that say the share beside the number."""
_WORTH = frozenset({"dead_stock", "overstock", "stock_levels", "stock_cover", "transfer_candidates"})
_REMEDIES: Mapping[str, tuple[str, ...]] = {
    "slow_stock": ("markdown_candidates", "transfer_candidates"),
    "dead_stock": ("markdown_candidates", "transfer_candidates"),
    "overstock": ("markdown_candidates", "transfer_candidates"),
    "out_of_stock": ("reorder_suggestions",),
    "stockout_risk": ("reorder_suggestions",),
    "stock_cover": ("reorder_suggestions",),
    "lost_sales": ("reorder_suggestions",),
}
"""What is proposed by other tools about what these find."""
_MOST_OF_IT = re.compile(
    rf"{_LEAD}(?:which|what) (?:store|shop|location)s? (?:has|have|holds?|got) (?:the )?most(?: (?:of|in) (?:it|them"
    r"|those|that|these))?\W*$"
)
_OTHER_STORES = re.compile(
    rf"{_LEAD}(?:compare(?:d)?|how (?:does|did|do) (?:that|it|this|we) compare)(?: (?:it|that|this|us))?(?: (?:with|to"
    r"|against))?(?: (?:the|our|my|all))*(?: other)? (?:stores|shops|locations)\W*$"
)
_GETTING = re.compile(
    rf"{_LEAD}(?:is|are|was) (?:it|that|this|they|we|things) (?:getting|becoming|trending|going"
    r"|still getting)(?: any)? (?:better|worse|up|down|higher|lower|bigger|smaller)\W*$"
)
_BOTH = re.compile(r"\b(?:both|the two)(?: of (?:them|those|these))?\W*$")
_WHO_WAS = re.compile(rf"{_LEAD}who (?:was|is|were|did|came out|did the) (?:the )?(?P<end>best|worst|top|last)\W*$")
_BY_HOW_MUCH = re.compile(rf"{_LEAD}(?:by )?how much(?: more| less| (?:is|was) (?:it|that))?(?: up| down)?\W*$")
_WHICH_GOODS = re.compile(
    rf"{_LEAD}(?:which|what) (?:products|items|ones)(?: (?:was|were|is|are|did) (?:it|that|they|those))?\W*$"
)
_THAN_USUAL = re.compile(
    rf"{_LEAD}(?:(?:is|was) (?:that|it|this) )?(?:more|less|higher|lower|better|worse|busier|up|down)(?: than (?:usual"
    r"|normal|average|the norm)| on (?:the )?norm)\W*$"
)
_PEOPLE = frozenset(
    {"age_band", "income_band", "household_size", "kids", "segment", "customer_segment", "marital_status"}
)
_THEY_BUY = re.compile(r"\b(?:do|did) they (?:buy|bought|spend|purchase|shop)\b|\bthey (?:buy|bought|spend|purchase)\b")
_NAME_THE_GROUP = "Say which group you mean: for example “what do families with kids buy more of than others?”."
_NAME_BOTH = "Name the two, please: the answer above was about one."
_AS_RATE = re.compile(rf"{_LEAD}(?:in|as) (?:an? )?(?:percent(?:age)?|per cent|%|share) of (?:net )?sales\W*$")
_DO_BY = re.compile(
    r"^\W*(?:ok(?:ay)? |then |please |and )*(?:do|take|cut|drop|lower"
    r"|reduce) (?P<what>\"[^\"]+\") (?:down )?(?:by )?(?P<percent>\d{1,2}) ?(?:%|percent|per cent)(?P<rest>.*)$"
)
_ONE_STORE = (
    "You only see {store}, so there is no other store here to compare it with; a district manager sees several."
)


def read(text: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such a question means; None for every other, and where nothing was answered before."""
    if not previous or previous[-1].failed or _names_days(text):
        return None
    last, plain = previous[-1], text.lower().strip()
    if len(previous) == 1 and _BOTH.search(plain) and {"product", "department", "stores"} & set(last.args):
        return Plan(text=_NAME_BOTH)
    for reader in (promoted_then.read, _moved, _cause, _sides, _course, _shown, _stock, _target):
        found = reader(plain, last)
        if found is not None:
            return found
    return _within(plain, last, around) or _beside_others(plain, last, around)


def _names_days(text: str) -> bool:
    return any(one.phrase not in ("usual", "normal", "average", "norm") for one in periods(Reading.of(text)))


def _moved(plain: str, last: Call) -> Plan | None:
    """What changed most within the figures before, by department or by whatever they were split by."""
    if last.name not in USUAL:
        return None
    by = split_of(last)
    if (found := _MOVED.match(plain)) is not None:
        by = _dimension(found["by"])
    elif (stands := _STANDS_OUT.match(plain)) is not None:
        by = _dimension(stands["by"])
    elif (found := _WHAT_SOLD.match(plain)) is not None:
        by = "product"
    elif (found := _OF_THEM.match(plain)) is not None or _WHAT_MOVED.match(plain):
        if by is None:
            return None
    else:
        return None
    down, up = (found["down"], found["up"]) if found is not None else (None, None)
    return moved(last, str(by), down=bool(down), up=bool(up))


def _dimension(said: str) -> str:
    return re.sub(r"ies$", "y", said).removesuffix("s").replace("item", "product")


def _cause(plain: str, last: Call) -> Plan | None:
    """“Is that because of price or fewer items?” is split into such parts."""
    if not _BECAUSE.match(plain):
        return None
    explained = explanation_of(last.name, last.args)
    return Plan(((EXPLAIN, explained),)) if explained else None


def _sides(plain: str, last: Call) -> Plan | None:
    """“By how much?” and “more than usual?” hold the same figures against another time."""
    if last.name not in (SUMMARY, COMPARE):
        return None
    if _THAN_USUAL.match(plain):
        return Plan(((COMPARE, {**_comparable(last), "compare_to": NORM}),))
    if _BY_HOW_MUCH.match(plain):
        return Plan(((COMPARE, _comparable(last)),))
    return None


def _comparable(last: Call) -> dict[str, Any]:
    """The arguments before, without a split that two periods cannot be held against each other by."""
    return {key: value for key, value in last.args.items() if key != "by" or value in COMPARE_SPLITS}


def _within(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """Which goods, or which of the stores: the figures before, split once more."""
    if str(last.args.get("by")) in _PEOPLE and _THEY_BUY.search(plain):
        return Plan(text=_NAME_THE_GROUP)
    if last.name == EXPLAIN and _WHICH_GOODS.match(plain):
        return _goods_behind(last)
    if last.name == EXPLAIN and (unit := WHICH_PARTS.match(plain)) is not None:
        return moved(last, _dimension(unit["by"]), down=False, up=False)
    if last.name not in (SUMMARY, COMPARE, BREAKDOWN):
        return None
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args}
    period = usual_days(last)
    if _WHICH_GOODS.match(plain):
        return Plan(((BREAKDOWN, {**kept, "period": period, "by": "product"}),))
    end, of_part = _WHO_WAS.match(plain), {"department", "product", "where", "by"} & set(last.args)
    if end is not None and len(around.stores) > 1 and not of_part:
        order = "worst" if end["end"] in ("worst", "last") else "best"
        metrics = list(last.args.get("metrics") or [])
        one = {"metric": metrics[0]} if len(metrics) == 1 else {}
        return Plan((("store_ranking", {"period": period, "order": order, **one}),))
    return None


def _goods_behind(last: Call) -> Plan | None:
    """The products that moved most, up and down, in the figure that was explained; None where products have none."""
    metric = str(last.args.get("metric") or "net_sales")
    if metric not in ("net_sales", "gross_margin", "gross_margin_pct", "units"):
        return None
    kept = {key: last.args[key] for key in KEPT if key in last.args}
    args = {"by": "product", "period": last.args.get("period") or USUAL[EXPLAIN], **kept, "metrics": [metric]}
    args |= {"compare_to": last.args.get("compare_to") or "auto", "rank_by": "change"}
    return Plan(tuple((BREAKDOWN, {**args, "order": end}) for end in ("top", "bottom")))


def _course(plain: str, last: Call) -> Plan | None:
    """“Is it getting better?” is the same figure week by week."""
    if last.name not in (SUMMARY, COMPARE, BREAKDOWN) or not _GETTING.match(plain):
        return None
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args}
    return Plan(((split_tool(kept), {**kept, "period": "last 8 weeks", "by": "week"}),))


def _shown(plain: str, last: Call) -> Plan | None:
    """The same as shares of the whole, in per cent, or drawn."""
    if _PERCENT.match(plain) and last.name == COMPARE:
        return Plan(((last.name, dict(last.args)),))
    if _DRAWN.search(plain) and _PICTURE.match(plain):
        return Plan(((last.name, dict(last.args)),))
    if _AS_RATE.match(plain) and any(str(name).endswith("_pct") for name in last.args.get("metrics") or ()):
        return Plan(((last.name, dict(last.args)),))
    if last.name in _TELLS_A_SHARE and (_PERCENT.match(plain) or _SHARE.match(plain) or _AS_A_SHARE.match(plain)):
        return Plan(((last.name, dict(last.args)),))
    by = split_of(last)
    wants_share = _PERCENT.match(plain) or (_SHARE.match(plain) and _NAMES_A_SHARE.search(plain))
    if not wants_share or by is None or last.name not in (SUMMARY, TOP, BREAKDOWN):
        return None
    return shares(last, by)


def _stock(plain: str, last: Call) -> Plan | None:
    """What stock is worth, which its answers say, and what can be done about it."""
    if last.name in _WORTH and _TIED_UP.match(plain):
        return Plan(((last.name, dict(last.args)),))
    if last.name in _WORTH | set(_REMEDIES) and _MOST_OF_IT.match(plain):
        spec = catalogue().get(last.name)
        split = {"by": "store"} if spec is not None and "by" in spec.arguments.model_fields else {}
        return Plan(((last.name, {**last.args, **split}),))
    if last.name == "markdown_candidates" and (order := _DO_BY.match(plain)) is not None and not order["rest"].strip():
        args = {"product": order["what"].strip('"'), "percent": -int(order["percent"])}
        return Plan((("propose_price_change", args),))
    if last.name in _REMEDIES and _WHAT_TO_DO.match(plain):
        return Plan(_remedies(last.name, last.args))
    return None


def _remedies(name: str, args: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    kept = {key: args[key] for key in ("stores", "department") if key in args}
    return tuple((one, kept) for one in _REMEDIES[name])


def with_remedies(decided: Plan, said: Sequence[str]) -> Plan:
    """The plan with what was asked to be said about it; “what should we do” is told by tools that propose it."""
    name, args = decided.calls[0]
    if ACT in said and len(decided.calls) == 1 and name in _REMEDIES:
        decided = replace(decided, calls=(*decided.calls, *_remedies(name, args)))
        said = [one for one in said if one != ACT]
    return replace(decided, text=together(decided.text, *said))


def _target(plain: str, last: Call) -> Plan | None:
    """“Will it make it?”: what is in so far against the target says how it stands."""
    if last.name != "target_progress" or not (_REACH.match(plain) or _BEHIND.match(plain)):
        return None
    return Plan(((last.name, dict(last.args)),))


def _beside_others(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The figures before, store by store; a sentence for whoever sees one store."""
    if last.name not in (SUMMARY, BREAKDOWN, COMPARE) or not _OTHER_STORES.match(plain):
        return None
    if len(around.stores) == 1:
        return Plan(text=_ONE_STORE.format(store=around.stores[0].name))
    kept = {key: last.args[key] for key in ("period", "metrics", *KEPT) if key in last.args and key != "stores"}
    return Plan(((split_tool(kept), {"period": usual_days(last), **kept, "by": "store"}),))
