"""The last look at a plan: a condition that the question names is in its calls, or is named as left out.

A reader of a subject claims its own words, a row puts a whole sentence into plainer words, and a nearer question stands
in for the one asked: each may lose “in Produce”, “on rainy days” or “of each store” on the way. So the finished plan is
held against the question once more, whatever made it. What a call can take is put into it; the rest is said. What
``named`` has no words for (“low discounts”, “for whom”) goes unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.kept.split_kept import LEFT_OUT as NOT_SPLIT
from agent.conversation.planner.kept_conditions.apart import LEFT_OUT, read_apart
from agent.conversation.planner.kept_conditions.filled import filled
from agent.conversation.planner.kept_conditions.named import Named, named
from agent.conversation.planner.outcome import Plan, together
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

NO_SPAN = "“{said}” is left out here: that is as it stands now and of no span of time."
_NOT_OF_FIGURES = frozenset({
    "about_figures", "data_origin", "list_stores", "days_ahead", "query_sales_data", "list_proposals", "store_tasks",
    "find_products", "search_products_by_meaning", "search_feedback", "team_schedule", "product_location",
    "find_transaction", "attendance",
})  # fmt: skip
"""Tools whose answers no condition limits, or that take it in words of their own."""


def with_conditions(asked: str, decided: Plan, around: Surroundings, read: Callable[[str], Plan]) -> Plan:
    """The plan with the conditions that ``named`` finds in the question, or the words for those it cannot take.

    Args:
        asked: the question as it was said.
        decided: what is planned for it, whatever its words were changed into on the way.
        around: the stores and departments there are.
        read: plans a question by itself.
    """
    apart = read_apart(asked, decided, around, read)
    decided = apart or decided
    if not decided.calls or any(is_no_figure(name) for name, _ in decided.calls):
        return decided
    for one in named(_without_names(asked, decided.calls), around):
        told = f"{decided.calls!r} {decided.text} {decided.opening}".lower()
        if one.carried.search(told) or any(name in one.by_itself for name, _ in decided.calls):
            continue
        calls = [filled(name, args, one) for name, args in decided.calls]
        if all(call is not None for call in calls):
            decided = replace(decided, calls=tuple(call for call in calls if call is not None))
        elif said := _left_out(one, decided.calls):
            decided = replace(decided, text=together(decided.text, said))
    return decided


def _left_out(one: Named, calls: tuple[tuple[str, Mapping[str, Any]], ...]) -> str:
    """The sentence for a condition that no call takes; none for what only says when to do something."""
    if one.kind == "list":
        return ""
    if one.each:
        return NOT_SPLIT.format(what=one.each)
    if one.kind != "period":
        return LEFT_OUT.format(said=one.said)
    timed = any("period" in _fields(name) for name, _ in calls)
    return "" if timed or not one.past else NO_SPAN.format(said=one.said)


def is_no_figure(name: str) -> bool:
    """Whether a tool changes something, or its answers are limited by no condition."""
    spec = catalogue().get(name)
    return spec is None or spec.proposes or name in _NOT_OF_FIGURES


def _fields(name: str) -> frozenset[str]:
    spec = catalogue().get(name)
    return frozenset(spec.arguments.model_fields) if spec else frozenset()


def _without_names(asked: str, calls: tuple[tuple[str, Mapping[str, Any]], ...]) -> str:
    """The question without the names of goods that its calls took from it: “cold brew” says nothing of the weather."""
    for _, args in calls:
        for key in ("product", "with_product", "department", "supplier", "text"):
            if isinstance(said := args.get(key), str) and len(said) > 2:
                asked = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", " ", asked, flags=re.IGNORECASE)
    return asked
