"""The last answer once more with another period, store, number or part of the range: for every tool that takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots import Slots, take_slots
from agent.conversation.planner.thread import Call
from agent.conversation.planner.words import take_split
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_LEANING = re.compile(
    r"\b(?:(?:what|how) about|and|or|but|so|also|ok(?:ay)?|now|then|same(?: thing)?|only|just|instead|again|actually"
    r"|sorry|i meant|please|show (?:it|that|them|me that)|make (?:it|that)|give me that|that|those"
    r"|it|them|these|this one|repeat|rather|break (?:it|that|them) down|split (?:it|that|them))\b"
)
_COMPARED = re.compile(r"\b(?:compared?(?: (?:it|that|them|this))?(?: (?:to|with))?|versus|vs\.?|against)\b")
_EACH_OTHER = {"product": "department", "department": "product"}


def again_with(line: Reading, call: Call, around: Surroundings) -> tuple[str, Mapping[str, Any]] | None:
    """The call with what the question says put in place; None when it says nothing that the tool takes."""
    spec = catalogue().get(call.name)
    if spec is None:
        return None
    taken = spec.arguments.model_fields
    reading = Reading(line.text, line.source)
    comparing = bool(reading.take(_COMPARED))
    by = take_split(reading)
    slots = take_slots(reading, around, _LEANING)
    said = slots.args(*(field.name for field in fields(Slots) if field.name != "unknown"))
    if by is not None:
        said["by"] = by
    if comparing:
        if "compare_to" not in taken:
            return None
        said["compare_to"] = said.pop("period", "the period before")
    if slots.unknown or not said or not set(said) <= set(taken):
        return None
    kept = {name: value for name, value in call.args.items() if _EACH_OTHER.get(name) not in said}
    return call.name, {**kept, **said}
