"""Stores and days that a question names and its plainer form does not: they are put back.

A table that replaces a whole question by a plainer one may swallow “at Harbor Point” or “last month” with the words
around. The figure would then be of all stores, or of the usual days, and nobody would see it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, together
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import ALL_STORES, take_stores
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_USUAL = re.compile(r",? (?:all time|last 4 weeks)(?=\W*$)", re.IGNORECASE)
_AHEAD = re.compile(r"\bwill run out within \d+ days\b")
_HELD_AGAINST = re.compile(r"\b(?:vs\.?|versus|against|compared?)\b")
_NO_SPAN = re.compile(r"\b(?:same|usual|norm(?:al)?|before|earlier|ago|prior|previous)\b")
NOT_HELD_AGAINST = (
    "That is of “{told}” alone and not held against “{left}”: this answer takes one span. Ask the same of “{left}” to"
    " see both."
)
_END = re.compile(r"[\s?.!]*$")


def with_what_was_swallowed(asked: str, answered: str, around: Surroundings) -> str:
    """The plainer question with the stores and the days that the question itself names.

    Args:
        asked: the question as it was said.
        answered: what a table put in its place; the same where none did.
        around: the stores there are.

    Stores or days that the plainer question names stay as it says them; of a question with several spans of time none
    is put back, as they are held against each other; nor is “the time before” that something is held against.
    """
    if asked == answered:
        return answered
    before, after = Reading.of(asked), Reading.of(answered)
    stores = take_stores(before, around)
    named = take_stores(after, around)
    days = [one.phrase for one in take_periods(before)]
    known = [one.phrase for one in take_periods(after)]
    added = f" at {stores}" if stores and stores != ALL_STORES and not named else ""
    held = len(days) == 1 and _NO_SPAN.search(days[0]) and _HELD_AGAINST.search(before.text)
    if len(days) == 1 and not held and _is_put_back(days[0], known, answered):
        answered = _USUAL.sub("", answered)
        added += f" {days[0]}"
    return f"{_END.sub('', answered)}{added}" if added else answered


def _is_put_back(day: str, known: list[str], answered: str) -> bool:
    """Not what stands there, what lies ahead of the data, or what the plainer question says in its own way."""
    ahead = names_the_future(day) or _AHEAD.search(answered) is not None
    return day not in known and not ahead and (not known or _USUAL.search(answered) is not None)


def with_the_span_left_out(asked: str, decided: Plan) -> Plan:
    """The plan with a call for each of two spans held against each other, where its only call takes one of them.

    A span that is none by itself (“the same days of last month”, “usual”) is named as left out.
    """
    if len(decided.calls) != 1 or decided.text:
        return decided
    before = Reading.of(asked)
    name, args = decided.calls[0]
    spec = catalogue().get(name)
    fields = spec.arguments.model_fields if spec and not spec.proposes else {}
    if "period" not in fields or "compare_to" in args or not _HELD_AGAINST.search(before.text):
        return decided
    days = [one.phrase for one in take_periods(before)]
    told = args.get("period") or (days[0] if len(days) == 2 else "")
    left = [day for day in days if day != told]
    if len(days) != 2 or len(left) != 1 or any(names_the_future(day) for day in days):
        return decided
    if "compare_to" in fields or _NO_SPAN.search(left[0]):
        return replace(decided, text=together(decided.text, NOT_HELD_AGAINST.format(told=told, left=left[0])))
    return replace(decided, calls=tuple((name, {**args, "period": day}) for day in days))
