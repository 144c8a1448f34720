"""“How many orders were placed and how many refunds were made last week”: days and stores said once, at the very end.

Each part of such a sentence is planned by itself; the first would be told of yesterday and of all stores though the end
of the sentence means both. What is said of now (“how many members do we have”) stays of now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.slots.usual_span import ALL_OF_IT
from tools.registry import catalogue

_NOW = re.compile(
    r"\b(?:do|does) (?:we|i|they|it|you|our \w+) (?:have|stock|carry|offer|sell)\b|\b(?:right now|now|today|currently"
    r"|so far|at the moment|usual(?:ly)?|on average|normally|typically|ever|all time)\b|\bthere (?:are|is)\b"
    r"|\b(?:are|is) there\b|\bshould\b|\bcan\b|\bwill\b"
)
_APART = re.compile(r"[?;.!:]\s+\S")
_ITS_OWN = ("compare_to", "first_period", "second_period")


def with_what_the_end_says(text: str, parts: Sequence[str], plans: Sequence[Plan]) -> list[Plan]:
    """The plans of the parts of one sentence, the earlier ones of the days and stores that its end names.

    Args:
        text: the whole message; sentences that stand apart keep each its own.
        parts: its parts, in order.
        plans: their plans.
    """
    ends = periods(last := Reading.of(parts[-1]))
    closes = bool(ends) and not re.sub(r"\W", "", last.text[ends[-1].end :])
    if len(parts) < 2 or _APART.search(text) or not plans[-1].calls or not closes:
        return list(plans)
    _, said = plans[-1].calls[-1]
    if any(key in said for key in _ITS_OWN) or len(ends) > 1:
        return list(plans)
    return [*(_of_the_end(part, one, said) for part, one in zip(parts[:-1], plans[:-1], strict=True)), plans[-1]]


def _of_the_end(part: str, decided: Plan, said: Mapping[str, Any]) -> Plan:
    if periods(Reading.of(part)) or _NOW.search(part.lower()):
        return decided
    calls = tuple((name, _filled(name, args, said)) for name, args in decided.calls)
    return replace(decided, calls=calls)


def _filled(name: str, args: Mapping[str, Any], said: Mapping[str, Any]) -> Mapping[str, Any]:
    spec = catalogue().get(name)
    if spec is None or spec.proposes or any(key in args for key in _ITS_OWN) or args.get("period") == ALL_OF_IT:
        return args
    taken = spec.arguments.model_fields
    more: dict[str, Any] = {key: said[key] for key in ("period", "stores") if key in said and key in taken}
    if "stores" in args or str(args.get("by", "")).startswith("store"):
        more.pop("stores", None)
    return {**args, **more}
