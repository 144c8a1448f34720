"""Behind figures of one store: against the others, what it is best or worst at, since when, what to look at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, SUMMARY, Plan
from agent.conversation.planner.threads.next_message.pointed import kept
from agent.conversation.planner.threads.once_more.before import USUAL, usual_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings

AVERAGE, OVERVIEW = "against_average", "business_overview"
_OTHERS = (
    r"(?:the )?(?:others?|rest(?: of (?:them|us|the (?:chain|company|stores)))?|other ones|everyone else"
    r"|everybody else|peers)"
)
_COMPARED = re.compile(
    rf"{LEAD}(?:how (?:does|do|did|is|are|was) (?:that|this|it|we|they|the store)(?: doing| look| stack up"
    rf"| compare[ds]?)*"
    rf" (?:compared? )?(?:to|with|against|vs\.?|next to|beside) |(?:(?:and |how )?compared?(?: (?:it|that|this|us))?"
    rf" (?:to|with|against)|versus|vs\.?|against|next to) ){_OTHERS}(?: (?:then|though))?\W*$"
)
_BEST_AT = re.compile(
    rf"{LEAD}(?:(?:what|where)(?:'s|s| is| are| am)? (?:it|we|they|i|the store|this store)(?: is| are|'s"
    rf"|'re)?(?: doing)?"
    rf"|where (?:does|do|did) (?:it|we|they) (?:do|stand out)|(?:what|where)(?:'s|s| is| are) the (?:best"
    rf"|worst) (?:thing|part)"
    rf"|)? ?(?:the )?(?:best|worst|good|bad|strong|weak|strongest|weakest|great|terrible)(?: at| in| on| there)?"
    r"(?: (?:then|exactly))?\W*$"
)
_AT = re.compile(r"\b(?:at|in|on)\W*$|\b(?:what|where)\b")
_SINCE = re.compile(
    rf"{LEAD}(?:since when|how long|when did)(?: (?:is|has|was|are|have|did))?(?: (?:that|it|this|they"
    rf"|we))?(?: been| start"
    r"| begin| become)*(?: (?:a|an|the|our|such a))?(?: (?:problem|issue|thing|case|weakness|so|like (?:this"
    r"|that)|going on"
    r"|happening|bad|low|down|weak|worse))?\W*$"
)
_LOOK_AT = re.compile(
    rf"{LEAD}(?:what|where) (?:would|should|could|do) (?:you|u|i|we) (?:look(?: at| into)?|focus(?: on)?"
    rf"|start(?: with)?|tackle"
    r"|fix|work on|do|change|worry about)(?: first| next| now)?"
    r"(?: (?:if (?:you|u) (?:were|was) (?:me|in my (?:place|shoes))|in my (?:place|shoes)|as me))?\W*$"
)
_OFF_BY = re.compile(r"\b(?P<side>above|below) it by (?P<by>[\d.]+)")
_OF_A_STORE = ("net_sales", "average_transaction_value", "gross_margin_pct", "conversion")
_WHATEVER_ITS_SIZE = ("sales_per_visitor", "gross_margin_pct", "sales_per_labour_hour", "conversion")
WHATEVER_ITS_SIZE = "Held against all stores in figures that do not hang on its size:"


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such words mean; None for every other message, and where one store does not stand before it."""
    last = previous[0]
    store = _one_store(previous, around)
    if store is None or any(one.failed for one in previous) or last.name not in (*USUAL, OVERVIEW, AVERAGE):
        return None
    if _LOOK_AT.match(plain) and last.name in (OVERVIEW, AVERAGE):
        return Plan(((OVERVIEW, {"stores": store, "focus": "priorities"}),))
    if _SINCE.match(plain) and last.name == AVERAGE:
        return _course_of_the_worst(previous, store)
    if last.args.get("by") or "where" in last.args:
        return None
    days = {"period": _days(last)}
    if _COMPARED.match(plain):
        goods = kept(last, "product", "department")
        named = [str(one) for one in last.args.get("metrics") or ()] or ([*_OF_A_STORE] if not goods else ["net_sales"])
        return Plan(tuple((AVERAGE, {"metric": one, **days, "stores": store, **goods}) for one in named[:4]))
    if _BEST_AT.match(plain) and _AT.search(plain) and not {"product", "department"} & set(last.args):
        calls = tuple((AVERAGE, {"metric": one, **days, "stores": store}) for one in _WHATEVER_ITS_SIZE)
        return Plan(calls, opening=WHATEVER_ITS_SIZE)
    return None


def _one_store(previous: Sequence[Call], around: Surroundings) -> str | None:
    """The store that every call before was of; None where they were of several or of all."""
    said = {str(one.args.get("stores") or "") for one in previous}
    named = said.pop().lower() if len(said) == 1 else ""
    fits = [one.name for one in around.stores if named and one.name.lower().startswith(named)]
    return fits[0] if len(fits) == 1 and len(around.stores) > 1 else None


def _days(last: Call) -> str:
    usual = usual_days(last) if last.name in (SUMMARY, COMPARE, BREAKDOWN, *USUAL) else "last 4 weeks"
    return str(last.args.get("period") or usual)


def _course_of_the_worst(previous: Sequence[Call], store: str) -> Plan | None:
    """Week by week the figure that stands furthest below the others."""
    below: list[tuple[float, Mapping[str, Any]]] = []
    for one in previous:
        found = _OFF_BY.search(str(one.document.get("text") or ""))
        sized = one.args.get("metric") == "net_sales" and len(previous) > 1  # a small store sells less
        if found is not None and found["side"] == "below" and not sized:
            below.append((float(found["by"]), one.args))
    if not below and len(previous) > 1:
        return None
    args = max(below, key=lambda one: one[0])[1] if below else previous[0].args
    goods = {key: args[key] for key in ("product", "department") if key in args}
    return Plan(
        ((SUMMARY, {"metrics": [args["metric"]], "stores": store, **goods, "period": "last 12 weeks", "by": "week"}),)
    )
