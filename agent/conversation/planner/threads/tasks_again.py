"""A list of tasks once more with a condition: “only the overdue ones”, “how many of them are unassigned?”, “just mine”.

And what people say next to such a list and nothing here does: handing a task to somebody else, or closing it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.incomplete_words import NOTHING, TASK_EDIT
from agent.conversation.planner.topics.task_lists import NO_CLOSING, TASKS

_LEAD = r"^\W*(?:and |so |but |ok(?:ay)? |now |then |please )*"
_THEM = r"(?:of (?:them|those|these) |ones? |tasks? )?"
_ASKS = (
    "(?:only|just|show(?: me)?|give me|what about|how about|which|which ones|how many|how many of (?:them|those"
    "|these)|what(?:'s|s| is| are)|anything|is anything|are any|any|what|list)"
)
_CONDITIONS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (r"overdue|late|past (?:their )?due(?: date)?|behind", {"due": "overdue"}),
    (r"due today|for today|today'?s?|due now", {"due": "today"}),
    (
        ("unassigned|not assigned|without (?:an? )?(?:owner|person|assignee)|nobody'?s|free|open to anyone"),
        {"who": "unassigned"},
    ),
    (r"assigned|taken", {"who": "assigned"}),
    (r"mine|my own|my ones|assigned to me|for me|on my list", {"who": "me"}),
    (r"done|finished|completed?|closed", {"status": "done"}),
    (r"restock\w*|replenish\w*", {"type": "restock"}),
    (r"clean\w*", {"type": "cleaning"}),
    (r"count(?:s|ing)?", {"type": "count"}),
    (r"price[- ]checks?", {"type": "price_check"}),
    (r"displays?", {"type": "display"}),
)
_COMPILED = tuple(
    (
        re.compile(
            rf"{_LEAD}(?:{_ASKS} )?(?:the |my |our )?{_THEM}(?:that )?(?:(?:is|are|were"
            rf"|was) )?(?:the )?(?:{words})(?: ones?| tasks?)?\W*$"
        ),
        said,
    )
    for words, said in _CONDITIONS
)
_ONE = (
    "(?:it|that|this|them|those|the (?:first|second|third|fourth|last|top|next)(?: (?:one|task))?|(?:that"
    "|this) (?:one|task))"
)
_HAND_OVER = re.compile(
    rf"{_LEAD}(?:re-?assign|assign|give|hand|move|pass|put|postpone|push|snooze) {_ONE}(?: over)?(?: (?:to|on|until"
    r"|for|back)\b.*)?$"
)
_CLOSE = re.compile(
    rf"{_LEAD}(?:mark|tick|check|close|complete|finish|cancel|delete|remove) (?:off )?{_ONE}(?: (?:as )?(?:done"
    r"|complete|completed|finished|closed|off))?\W*$"
)


def read(text: str, previous: Sequence[Call]) -> Plan | None:
    """What such words mean after a list of tasks; None for all others and where no such list stands above."""
    last = previous[-1] if len(previous) == 1 else None
    if last is None or last.name != TASKS or last.failed:
        return None
    plain = text.lower().strip()
    if _HAND_OVER.match(plain):
        return Plan(text=f"{TASK_EDIT} {NOTHING}")
    if _CLOSE.match(plain):
        return Plan(text=NO_CLOSING)
    said = next((args for pattern, args in _COMPILED if pattern.match(plain)), None)
    return Plan(((TASKS, {**last.args, **said}),)) if said else None
