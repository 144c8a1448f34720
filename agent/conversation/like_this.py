"""Examples for a language model that fit the question: known questions near to it, with the calls that answer them.

The calls are what the planner makes of a known question, so an example is never out of date with the tools.
"""

from __future__ import annotations

import json
from functools import lru_cache

from agent.conversation.planner.closest.known import near
from agent.conversation.planner.plan import plan
from agent.conversation.surroundings import Surroundings

SHOWN = 8
_HEADING = (
    "# Questions near to this one, and the calls that answer them\n"
    "They show what arguments look like; leave out what this person did not say, add what they did."
)


@lru_cache(maxsize=64)
def like_this(question: str) -> str:
    """The section of the system prompt, or nothing where no known question is near; a turn asks for it repeatedly."""
    lines = [line for one in near(question, SHOWN) if (line := _line(one.question))]
    return "\n".join([_HEADING, *lines]) if lines else ""


@lru_cache(maxsize=2048)
def _line(question: str) -> str:
    calls = plan(question, (), Surroundings()).calls
    said = "; ".join(f"{name} {json.dumps(dict(args), ensure_ascii=False)}" for name, args in calls)
    return f"“{question}” -> {said}" if said else ""
