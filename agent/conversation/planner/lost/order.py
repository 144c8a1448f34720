"""The end of a ranking that is asked for: “which departments have the slowest stock turns”, told the quickest first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.concepts.asked import call
from agent.conversation.planner.concepts.lexicon import FIGURES, RANKS, words_of
from agent.conversation.planner.outcome import SUMMARY, Plan
from agent.conversation.planner.slots.arguments import choices

HIGHEST_FIRST = "You asked for the {said}: this stands with the most first, so look at its end."
_LEAST = frozenset({"lowest", "smallest", "least", "fewest", "slowest", "quietest"})
_WORST = frozenset({"worst", "weakest", "poorest", "bottom"})
"""The least of a figure, but the most of one of which more is worse."""
_LOW = frozenset({"low", "poor", "weak", "slow", "bad", "small"})
"""Of a figure they say its lower end: “categories with low sell-through”; of stock they say what is short."""
_MORE_IS_WORSE = frozenset({
    "returns", "refunds", "refund_rate", "void_rate", "labour_cost", "labour_cost_pct", "discounts", "discount_rate",
    "shrink", "error", "days",
})  # fmt: skip
_RATED = frozenset({"sell_through", "gmroi", "stock_turn", "conversion", "gross_margin_pct", "margin"})
_TOLD = frozenset({"bottom", "worst", "less", "lost", "losing", "falling", "fell", "shortest", "cheapest", "least"})
_RANKED_BY: Mapping[str, tuple[str, ...]] = {
    "money": ("value", "spend", "net_sales"),
    "pieces": ("units", "pieces"),
    "orders": ("orders", "visits", "transactions"),
}
_BY = re.compile(
    r"\b(?:top|best|biggest|largest|leading|main)\b[^,?]*? by (?:total |net |their |our )?(?:(?P<money>spend|spending"
    r"|value|sales|revenue|amount)|(?P<pieces>units|quantity|volume|pieces)|"
    r"(?P<orders>(?:number of )?(?:orders|visits)))\b",
    re.IGNORECASE,
)
_BOTH_ENDS = frozenset({SUMMARY, "compare_periods", "spread_over_time", "peak_times", "shrink_and_waste", "tender_mix"})
"""Tools whose answers name both ends."""
_SPREAD = "spread_over_time"
_SWING = re.compile(
    r"\b(?:least|lowest|smallest|fewest|less|lower|smaller) (?:[\w-]+ ){0,2}?(?:volatil\w+|var(?:y|ies|iances?"
    r"|iation|iability)|fluctuat\w+|swings?|erratic|inconsisten\w+|unstable|unsteady|(?:standard )?deviations?)\b"
)
_STEADY = re.compile(
    r"\b(?:(?P<not>least|lowest|worst|less|not|lack(?:s|ing)?|poor\w*) (?:\w+ ){0,2}?)?(?:consisten(?:t|tly|cy)|stable"
    r"|stability|stead(?:y|ily|iest|iness)|predictab\w+|even)\b"
)


def with_order(question: str, decided: Plan) -> Plan:
    """The plan that ranks from the end that its question asks for, or with the words that it does not."""
    decided = replace(decided, calls=tuple(_steadiest(question, one) for one in decided.calls))
    said = _end(question)
    if not said or len(decided.calls) != 1 or decided.text or decided.opening:
        return decided
    name, args = decided.calls[0]
    if name in _BOTH_ENDS or args.get("rank_by") in ("change", "change_pct") or _values(args) & _TOLD:
        return decided
    if said in _WORST and _values(args) & _MORE_IS_WORSE:
        return decided
    end = next((one for one in choices(name, "order") if one in ("bottom", "worst")), None)
    if end is not None and (args.get("by") or "ranking" in name):
        told = call(name, {**args, "order": end})
        return decided if told is None else replace(decided, calls=told.calls)
    if args.get("by") and said in _LEAST and not choices(name, "order"):
        return replace(decided, opening=HIGHEST_FIRST.format(said=said))
    return decided


def _steadiest(question: str, called: tuple[str, Mapping[str, Any]]) -> tuple[str, Mapping[str, Any]]:
    """How much groups swing with the steadiest first, where those are asked for: “least volatile”."""
    name, args = called
    if name != _SPREAD or not args.get("by") or args.get("order"):
        return called
    steady = _STEADY.search(question.lower())
    wanted = _SWING.search(question.lower()) or (steady and not steady["not"])
    return (name, {**args, "order": "bottom"}) if wanted else called


def with_rank(question: str, decided: Plan) -> Plan:
    """The plan ranked by the figure that stands behind “by”: “top 5 suppliers by spend and their lead times”."""
    found = _BY.search(question)
    if found is None or len(decided.calls) != 1 or decided.opening:
        return decided
    name, args = decided.calls[0]
    wanted = next(figures for word, figures in _RANKED_BY.items() if found[word])
    rank = next((one for one in wanted if one in choices(name, "rank_by")), None)
    if rank is None or not args.get("rank_by") or args["rank_by"] in wanted:
        return decided
    told = call(name, {**args, "rank_by": rank})
    return decided if told is None else replace(decided, calls=told.calls)


def _end(question: str) -> str:
    """The word for the lower end that is asked for; empty where none is, or the upper one as well."""
    found = ""
    words = words_of(question)
    for place, one in enumerate(words):
        rank = one.named(RANKS) if not one.named(FIGURES) else None
        if rank == "top":
            return ""
        before = words[place - 1].words if place else ""
        if one.words in _LEAST | _WORST and before.split()[-1:] != ["at"]:
            found = one.words
        after = words[place + 1].named(FIGURES) if place + 1 < len(words) else None
        if one.words in _LOW and after in _RATED:
            found = "lowest"
    return found


def _values(args: Mapping[str, Any]) -> set[str]:
    said = [args.get(key) for key in ("order", "metric", "rank_by", "show", "trend", "quietest")]
    return {str(one) for one in (*said, *(args.get("metrics") or ())[:1]) if one} | (
        {"bottom"} if args.get("quietest") or args.get("smallest") else set()
    )
