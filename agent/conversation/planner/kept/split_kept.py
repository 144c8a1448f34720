"""A split that a question names reaches its tool or is named as left out: “discount rate by store, week over week”.

Readers of a subject take the words they know; a “by store” that none of them had a place for would otherwise vanish
behind words that are merely claimed. Here the plan is held against the question once more, whatever reader made it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from agent.conversation.planner.outcome import Plan
from tools.registry import catalogue

LEFT_OUT = "That is not split by {what}: I could not do that here, so the figures are of the whole."
_NOUNS = (
    ("store", r"stores?|shops?|locations?|branch(?:es)?"),
    ("district", r"districts?"),
    ("department", r"departments?|depts?"),
    ("category", r"(?:product )?categor(?:y|ies)"),
    ("brand", r"brands?|manufacturers?"),
    ("supplier", r"suppliers?|vendors?"),
    ("weekday", r"weekdays?|days? of (?:the )?week"),
    ("hour", r"hours?"),
    ("day", r"days?"),
    ("week", r"weeks?"),
    ("month", r"months?"),
)
_TIME = frozenset({"hour", "day", "week", "month"})
_LEAD = (
    r"(?<![\w-])(?P<lead>by|per|for each|for every|split by|broken down by)"
    r"(?: (?:the |our |each |single )*[a-z]+(?: (?:method|type|group|band|size|of day|of the day|of the week)s?)?"
    r",? (?:and|&)(?: by| per)?)?"
)
"""“By payment method and category” names two splits, and the second by no word of its own."""
_SPLITS = tuple(
    (
        name,
        re.compile(
            rf"{_LEAD} (?:the |our |each |single )?(?:{noun})(?![\w'-]| of (?:cover|supply|stock)| before| ago)"
        ),
    )
    for name, noun in _NOUNS
)
_LISTED = (*_NOUNS, ("product", r"products?|items?|skus?"), ("channel", r"(?:sales )?channels?"))
_ONE = "|".join(noun for _, noun in _LISTED)
_LIST = re.compile(
    rf"{_LEAD} (?:the |our |each )?(?P<list>(?:{_ONE})(?:(?:,? (?:and|&|then)|,)(?: (?:by |per )?(?:the |our "
    rf"|each )?)"
    rf"(?:{_ONE}))+)(?![\w'-])"
)
"""Several splits in a row: “by store, department and week”, of which a reader may have taken only some."""
_NOT_A_SPLIT = frozenset({"stores", "period", "compare_to", "where", "later", "department", "product", "metrics"})
"""Arguments whose words are not what an answer is split by."""
_OF_THEMSELVES: Mapping[str, frozenset[str]] = {
    "peak_times": frozenset({"hour", "weekday", "day"}),
    "spread_over_time": frozenset({"day", "week", "month"}),
    "target_progress": frozenset({"store"}),
    "against_average": frozenset({"store"}),
    "customers_across_stores": frozenset({"store"}),
    "shared_customers": frozenset({"store"}),
    "range_difference": frozenset({"store"}),
    "transfer_candidates": frozenset({"store"}),
    "business_overview": frozenset({"store"}),
    "exception_report": frozenset({"store"}),
    "team_schedule": frozenset({"day"}),
    "attendance": frozenset({"store"}),
    "sales_outlook": frozenset({"day"}),
    "customer_cohorts": frozenset({"month"}),
    "shelf_gaps": frozenset({"store"}),
    "product_location": frozenset({"store"}),
    "query_sales_data": frozenset(name for name, _ in _NOUNS),
}  # fmt: skip
"""What answers are split by without being told."""


def with_split(text: str, decided: Plan) -> Plan:
    """The plan with every split that the question names, or with the words for the one it could not take."""
    if not decided.calls or any(_files(name) for name, _ in decided.calls):
        return decided
    for what in _named(text.lower()):
        if any(_carries(name, args, what) for name, args in decided.calls) or _one_by_one(decided, what):
            continue
        filled = tuple((name, _with(name, args, what)) for name, args in decided.calls)
        if all(args is not None for _, args in filled):
            decided = replace(decided, calls=tuple((name, args) for name, args in filled if args is not None))
        else:
            said = LEFT_OUT.format(what=what)
            decided = replace(decided, text=f"{decided.text}\n{said}".strip())
    return decided


def _one_by_one(decided: Plan, what: str) -> bool:
    """Whether each of several calls of one tool tells a span by itself: last week, the week before last."""
    calls, span = decided.calls, re.compile(rf"\b{what}\b")
    same = len(calls) > 1 and len({name for name, _ in calls}) == 1
    return same and all(span.search(str(args.get("period", ""))) for _, args in calls)


def _named(plain: str) -> list[str]:
    """The splits named; “per day” is a rate and none."""
    found = []
    for name, pattern in _SPLITS:
        match = pattern.search(plain)
        if match is not None and not (match["lead"] == "per" and name in _TIME):
            found.append(name)
    return found


def with_listed(text: str, decided: Plan) -> Plan:
    """The plan with the words for each split of a row of them that it did not take: “by store, department and week”."""
    listed = _LIST.search(text.lower())
    if listed is None or not decided.calls or any(_files(name) for name, _ in decided.calls):
        return decided
    for what, noun in _LISTED:
        if re.search(rf"(?<![\w-])(?:{noun})(?![\w-])", listed["list"]) is None:
            continue
        said = LEFT_OUT.format(what=what)
        if said not in decided.text and not any(_carries(name, args, what) for name, args in decided.calls):
            decided = replace(decided, text=f"{decided.text}\n{said}".strip())
    return decided


def _carries(name: str, args: Mapping[str, Any], what: str) -> bool:
    if what in name or what in _OF_THEMSELVES.get(name, frozenset()):
        return True
    spec = catalogue().get(name)
    usual = spec.arguments.model_fields.get("by") if spec is not None else None
    if usual is not None and "by" not in args and what in str(usual.default):
        return True
    return any(what in str(value) for key, value in args.items() if key not in _NOT_A_SPLIT)


def _with(name: str, args: Mapping[str, Any], what: str) -> dict[str, Any] | None:
    """The arguments with the split, where the tool takes it and has none yet."""
    spec = catalogue().get(name)
    if spec is None or "by" not in spec.arguments.model_fields or args.get("by") is not None:
        return None
    filled = {**args, "by": what}
    try:
        spec.arguments.model_validate(filled)
    except ValidationError:
        return None
    return filled


def _files(name: str) -> bool:
    spec = catalogue().get(name)
    return spec is None or spec.proposes
