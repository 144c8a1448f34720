"""“The first one again but by month”: what the thread began with, once more, with what is said now."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from langchain_core.messages import BaseMessage

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import tidy
from agent.conversation.planner.threads.remembered import Call, all_turns
from agent.conversation.planner.threads.short_words import LEAD

_FIRST = re.compile(
    rf"{LEAD}(?:ok |sorry |can you |could you )*(?:(?:do|show|give|run|repeat|back to|go back to)(?: me)? )?(?:the|my"
    rf"|that)"
    r" (?:very )?(?:first|original) (?:(?P<asked>question|report|query|thing i asked)|one|number|figure|table)"
    r"(?P<again>,? again)?(?P<but>,? (?:but|only|just|now|this time))*(?P<rest>,? .{3,60}?)?\W*$"
)


def read(question: str, before: Sequence[BaseMessage], read_it: Callable[[str, tuple[Call, ...]], Plan]) -> Plan | None:
    """The first answer of the thread once more; None for every other message, and where one turn stands before.

    Args:
        question: what is said now.
        before: the messages before it, oldest first.
        read_it: what a rest means behind the calls that it leans on.
    """
    found = _FIRST.match(tidy(question).lower())
    turns = all_turns(before)
    if found is None or len(turns) < 2 or not (found["asked"] or found["again"]):
        return None
    first = turns[-1]
    if any(call.failed or call.name.startswith("propose_") for call in first):
        return None
    rest = (found["rest"] or "").strip(" ,")
    return read_it(rest, first) if rest else Plan(tuple((call.name, dict(call.args)) for call in first))
