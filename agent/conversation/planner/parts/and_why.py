"""“… and why?” behind a question of figures: a change is explained, a rank is told by what it is made of.

Why one store leads or one hour is the busiest is no question of a change, so the change of the whole over some weeks
would be an answer to something else. Of stores there is what their sales are made of, side by side; of other ranks the
reasons are not recorded, which is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, TOP, Plan, together
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.refused import boundaries
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.documents import REFUNDS
from agent.conversation.planner.topics.peak_times import BY_STORE, PEAK
from agent.conversation.planner.topics.ranking import RANKING
from agent.conversation.planner.topics.why import EXPLAIN, UNDERPERFORMING, and_why
from agent.conversation.planner.topics.why_words import AGAIN

_AND_WHY = re.compile(r"\b(?:and|but) (?:explain |tell me |say )?(?:why|how come)\b")
_MOVED = re.compile(
    r"\b(?:chang\w*|drop\w*|fall\w*|fell|declin\w*|decreas\w*|rose|ris(?:e|ing|en)|increas\w*|grow\w*|grew|growth|gain\w*|lost"
    r"|los(?:e|ing)|jump\w*|spik\w*|trend\w*|down|up|missed?|behind|worse|improv\w*)\b"
)
_WHY_THEN = "For why, name the day, week or month that stands out: “why were sales up in the week of 27 July”."
_SPANS = frozenset({"day", "week", "month"})
_BUSY = frozenset({"hour", "weekday"})
_PARTS = (
    "net_sales",
    "visitors",
    "conversion",
    "transactions",
    "average_transaction_value",
    "units_per_transaction",
    "gross_margin_pct",
)
_PARTS_OF_MARGIN = ("gross_margin_pct", "discount_rate", "average_selling_price", "net_sales")
_MARGIN_PARTS = "margin follows discounts, prices, costs and the mix that is sold"
_NO_COST = "Its mix is in “sales mix at …”, with the store’s name."
_PARTS_OF_GOODS = ("net_sales", "units", "average_selling_price", "discount_rate", "gross_margin_pct")
_AS_FAR = (
    "Why {one} leads or trails is told as far as its figures go: {parts}. The table shows where it stands in each."
)
_ALL_PARTS = "sales are transactions times their average value, transactions are visitors times conversion"
_GOODS_PARTS = "sales are units times their average price"
_NOT_WHY = "What brings people is not in the data."
_ONE = {"store": "a store", "hour": "an hour", "weekday": "a day"}
OF_TIMES = (
    "Why it is busy then is not in the data: it knows when people come and what they buy, not what brings them at that "
    "hour. “Visitors, transactions and conversion by hour” shows whether more come or more of them buy."
)
OF_A_RANK = (
    "Why these lead is not explained: a place in a list is no change. What is known of one of them is its price, its "
    "promotions and where it sells; why its sales changed I can take apart: “why did sales of {what} change last "
    "month”."
)
_FOR_AN_END = re.compile(
    r"\b(?:which|what|who)\b.*\b(?:(?:high|low|bigg|small|larg|busi|quiet|strong|weak|great)est|most|least|best|worst"
    r"|fewest|leads?|leading)\b|\b(?:top|bottom|best|worst) (?:\d+|three|five|ten|sell\w+|stores?)\b|\brank\w* "
)
_RANKED = {TOP: "product", RANKING: "store", PEAK: "hour", BY_STORE: "hour", "fast_movers": "product"}


def with_why(text: str, decided: Plan) -> Plan:
    """The plan with what there is of the “and why” of a question."""
    said = text.lower()
    if not decided.calls or not _AND_WHY.search(said):
        return decided
    if any(name in (EXPLAIN, UNDERPERFORMING, REFUNDS) for name, _ in decided.calls):
        return decided
    if any(args.get("by") in _SPANS for _, args in decided.calls):
        return replace(decided, text=together(decided.text, _WHY_THEN))
    if not _MOVED.search(said) and (rank := _rank(decided.calls)):
        return _of_a_rank(rank, decided)
    explained = and_why(decided.calls)
    if len(explained) > len(decided.calls):
        return replace(decided, calls=explained)
    return replace(decided, text=together(decided.text, boundaries.WHY_LEFT_OUT))


def why_these_lead(text: str, previous: Sequence[Call]) -> Plan | None:
    """“Why?” after a question for one end of a rank, as if it had been asked along with it; None for every other."""
    if not previous or not AGAIN.match(Reading.of(text).rest()) or _MOVED.search(text.lower()):
        return None
    last, asked = previous[-1], previous[-1].question.lower()
    if last.failed or not _FOR_AN_END.search(asked) or _MOVED.search(asked):
        return None
    if last.args.get("by") in _SPANS:
        return Plan(text=_WHY_THEN)
    calls: tuple[tuple[str, Mapping[str, Any]], ...] = ((last.name, last.args),)
    if not (rank := _rank(calls)):
        return None
    told = _of_a_rank(rank, Plan(calls))
    return replace(told, calls=tuple(one for one in told.calls if one not in calls))


def _rank(calls: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """What the calls put in order; empty where they hold anything against its past, or tell a figure of the whole."""
    if any(name == COMPARE or args.get("compare_to") for name, args in calls):
        return ""
    name, args = calls[-1]
    by = args.get("by")
    return _RANKED.get(name) or (by if isinstance(by, str) and name in (SUMMARY, "sales_breakdown") else "")


def _of_a_rank(rank: str, decided: Plan) -> Plan:
    """The figures that a ranked one is made of, beside each other; or the words that its reasons are not recorded."""
    name, args = decided.calls[-1]
    if rank in _ONE and (rank == "store" or name == SUMMARY):
        kept = {key: args[key] for key in ("stores", "department", "product") if args.get(key)}
        goods = bool({"department", "product"} & set(kept))
        named = args.get("metrics") or ([args["metric"]] if args.get("metric") else [])
        of_margin = any(str(one).startswith("gross_margin") for one in named)
        parts = _PARTS_OF_MARGIN if of_margin else _PARTS_OF_GOODS if goods else _PARTS
        metrics = [*named, *parts]
        shared = {"by": rank, "metrics": list(dict.fromkeys(metrics)), "period": args.get("period", "last 4 weeks")}
        before = decided.calls[:-1] if name == SUMMARY else decided.calls
        made_of = _MARGIN_PARTS if of_margin else _GOODS_PARTS if goods else _ALL_PARTS
        said = _AS_FAR.format(one=_ONE[rank], parts=made_of)
        return Plan(
            (*before, (SUMMARY, {**args, **shared} if name == SUMMARY else {**shared, **kept})),
            together(decided.text, f"{said} {_NO_COST if of_margin else _NOT_WHY}"),
            decided.opening,
        )
    if rank in _BUSY:
        return replace(decided, text=together(decided.text, OF_TIMES))
    what = "one product" if rank == "product" else f"one {rank.replace('_', ' ')}"
    return replace(decided, text=together(decided.text, OF_A_RANK.format(what=what)))
