"""The other side of a comparison: “the discounts on display versus those that are not”, told of one side alone.

Periods, stores and averages that sales are held against are looked after by their readers. Here it is the rest: a
comparison is lost where the plan is the same without it, or where it was taken for one of two periods.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.kept_conditions.named import Named, named
from agent.conversation.planner.lost.content import content
from agent.conversation.planner.lost.taken_out import is_the_same, without_span
from agent.conversation.planner.outcome import COMPARE, Plan, together
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.arguments import valid
from agent.conversation.planner.slots.periods import periods
from agent.conversation.surroundings import Surroundings

NOT_AGAINST = "“{said}” is not told here: what follows is not held against it."
_AGAINST = re.compile(
    r"(?:,? and how (?:it|that|they|this) compares?(?:d)? (?:with|to)|\bcompared (?:with|to|against)|\bversus|\bvs\.?"
    r"|\bas against|\binstead of(?! \w+ing\b)|\bas opposed to|\b(?:better|worse|more|less|higher|lower"
    r"|faster|slower|bigger|smaller)(?: [a-z-]+){0,4}"
    r" than(?! (?:one|two|half|once|twice|usual|\d)))"
    r"(?= ) (?P<what>(?:the |our |all |those |other )*[^,;?]+)",
    re.IGNORECASE,
)
_OF_TIME = re.compile(
    r"\b(?:before|usual(?:ly)?|normal(?:ly)?|average|typical(?:ly)?|norm|target|budget|plan|forecast|expect\w*|ago|year"
    r"|month|week|day|yesterday|quarter|earlier|prior|previous|previously|then|now|today|\d+|it|was|were)\b",
    re.IGNORECASE,
)
_TELLS_BOTH = frozenset({
    "baskets_apart", "gift_cards", "redeemers_compared", "store_tasks", "private_label_share",
    "coupon_use_by_household", "campaign_effect", "new_and_returning", "customer_trends", "discounts_used",
    "promotion_lift", "share_change", "both_in_basket", "range_difference", "shared_customers",
    "household_preferences", "space_to_sales", "identified_sales",
})  # fmt: skip
"""Tools whose answers tell the other side as well."""
_THE_TIME_BEFORE = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|against) the (?P<unit>week|month|quarter|year) before\b", re.IGNORECASE
)
_SAME_LAST_YEAR = re.compile(r"\bthe same (?P<unit>week|month|quarter) (?:of )?last year\b", re.IGNORECASE)


def with_the_time_before(question: str, decided: Plan) -> Plan:
    """The plan held against the time before, or the same a year ago, where that was taken for the time it is about."""
    if len(decided.calls) != 1:
        return decided
    name, args = decided.calls[0]
    same = _SAME_LAST_YEAR.search(question)
    if same is not None and (args.get("period"), args.get("compare_to")) == ("this year", "last year"):
        return replace(decided, calls=((name, {**args, "period": f"this {same['unit'].lower()}"}),))
    found = _THE_TIME_BEFORE.search(question)
    if found is None:
        return decided
    unit = found["unit"].lower()
    if args.get("period") != f"{unit} before" or args.get("compare_to"):
        return decided
    told = valid(name, {**args, "period": f"last {unit}", "compare_to": f"{unit} before"})
    return decided if told is None else replace(decided, calls=(told,))


def with_the_comparison(question: str, decided: Plan, around: Surroundings, read: Callable[[str], Plan]) -> Plan:
    """The plan, with the words for what it is not held against.

    Args:
        question: the question as it was said.
        decided: what is planned for it.
        around: the stores and departments there are.
        read: plans a question by itself.
    """
    found = _AGAINST.search(question)
    if found is None or decided.opening or len(decided.calls) != 1 or decided.calls[0][0] in _TELLS_BOTH:
        return decided
    words = content(found["what"])
    told = f"{decided.calls} {decided.text}".lower()
    if not words or _OF_TIME.search(found["what"]) or periods(Reading.of(found["what"])):
        return decided
    name, args = decided.calls[0]
    if any(word in told for word in words) or any(_carries(args, told, one) for one in named(found["what"], around)):
        return decided
    as_periods = name == COMPARE and not args.get("compare_to") and not periods(Reading.of(question))
    if not as_periods and not is_the_same(without_span(question, *found.span()), decided, read):
        return decided
    return replace(decided, opening=together(NOT_AGAINST.format(said=found[0].strip(" ,")), decided.opening))


def _carries(args: Mapping[str, Any], told: str, one: Named) -> bool:
    """Whether a call is told by the kind that this condition is of: “on rainy days versus dry days” by weather."""
    if one.where is not None and args.get("where"):
        return str(one.where["dimension"]) in str(args.get("by", ""))
    return one.carried.search(told) is not None
