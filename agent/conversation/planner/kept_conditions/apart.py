"""A question read without a condition that led its reading astray: “what sells well in rain” is no question of weather.

A condition may be taken for goods (“hot” of “on hot days”), for the subject itself (a question of the weather, or of
new customers), or not be known to the reader of the subject at all. Then the question is read without it, and the
condition is put into the calls that come of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.kept_conditions.filled import filled
from agent.conversation.planner.kept_conditions.named import Named, named
from agent.conversation.planner.outcome import BREAKDOWN, CONDITIONS, TOP, Plan, together
from agent.conversation.planner.refused.boundaries import NOT_UNDERSTOOD
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

LEFT_OUT = "“{said}” is left out here: the figures are not limited to it."
_NOT_KNOWN = ("I did not understand", NOT_UNDERSTOOD)
_GOODS_LISTS = frozenset({"product", "category", "brand", "department"})


def read_apart(asked: str, decided: Plan, around: Surroundings, read: Callable[[str], Plan]) -> Plan | None:
    """The plan of the question without such a condition, with the condition in it; None where there is none.

    Args:
        asked: the question as it was said.
        decided: what is planned for it so far.
        around: the stores and departments there are.
        read: plans a question by itself.
    """
    refused = not decided.calls and decided.text.startswith(_NOT_KNOWN)
    for one in named(asked, around):
        if not one.rest:
            continue
        instead = bool(decided.calls) and all(_is_the_condition(name, args, one) for name, args in decided.calls)
        as_goods = any(_takes_for_goods(name, args, one) for name, args in decided.calls)
        if not (refused or instead or as_goods):
            continue
        rest = read(one.rest)
        if not rest.calls or not all(_of_figures(name) for name, _ in rest.calls):
            continue
        if instead and not all(_lists_goods(*call) for call in rest.calls):
            continue
        calls = [filled(name, args, one) for name, args in rest.calls]
        if all(call is not None for call in calls):
            return replace(rest, calls=tuple(call for call in calls if call is not None))
        if not refused:  # a refusal names the words that it does not know, which says as much
            return replace(rest, text=together(rest.text, LEFT_OUT.format(said=one.said)))
    return None


def _is_the_condition(name: str, args: Mapping[str, Any], one: Named) -> bool:
    """Whether a call is of the condition and of nothing else."""
    if one.kind == "weather":
        return name == CONDITIONS or args.get("by") in ("weather", "temperature")
    return one.kind == "customers" and name == "new_and_returning"


def _takes_for_goods(name: str, args: Mapping[str, Any], one: Named) -> bool:
    """Whether a call takes a word of the condition for a product: “hot” of “on hot days”, “5 pm” of “after 5 pm”."""
    said = [args.get("product")]
    said += [part["values"][0] for part in args.get("where") or () if part.get("dimension") == "product"]
    if name == "promotion_lift" and one.kind == "promotion":
        return False
    return any(re.search(rf"(?<!\w){re.escape(str(word).lower())}(?!\w)", one.said) for word in said if word)


def _lists_goods(name: str, args: Mapping[str, Any]) -> bool:
    return name == TOP or (name == BREAKDOWN and args.get("by") in _GOODS_LISTS)


def _of_figures(name: str) -> bool:
    spec = catalogue().get(name)
    return spec is not None and not spec.proposes and name != CONDITIONS
