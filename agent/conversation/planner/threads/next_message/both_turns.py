"""“Basket size for both” behind two answers that were asked one after the other: one answer of the two.

The two are the last two turns, where they are of one tool and differ in their store, or in their part of the range.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import BaseMessage

from agent.conversation.planner.outcome import BREAKDOWN, SUMMARY, Plan
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.threads.remembered import Call, all_turns
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.wording.words import take_metrics

_TWO = (
    r"(?:both(?: (?:stores|departments|of (?:them|those|these)))?|the two(?: (?:stores|of them))?"
    r"|each of (?:the two|them))"
)
_BOTH = re.compile(
    rf"{LEAD}(?:(?:what about|how about|what(?:'s|s| is| was| were)|show(?: me)?|give me|compare|the|same) )*"
    rf"(?:(?P<what>[a-z%][a-z% -]{{2,40}}?) )?(?:(?:for|of|at|in|from) )?{_TWO}"
    r"(?: (?:side by side|please|compared))?\W*$"
)
_BASKETS = re.compile(r"\b(?:average |avg )?(?:basket|ticket)(?: size)?s?\b")
_DIFFERS = ("stores", "department")


def of_both(question: str, before: Sequence[BaseMessage]) -> Plan | None:
    """The call of both; None for every other message, and where the two turns are not of one kind."""
    found = _BOTH.match(tidy(question).lower())
    turns = all_turns(before)[:2] if found else ()
    if found is None or len(turns) < 2 or any(len(calls) != 1 or calls[0].failed for calls in turns):
        return None
    later, earlier = turns[0][0], turns[1][0]
    key = _difference(earlier, later)
    if key is None:
        return None
    metrics = _figures(found["what"] or "")
    if metrics is None:
        return None
    args: dict[str, Any] = {name: value for name, value in later.args.items() if name not in (key, "by")}
    args |= {"metrics": metrics} if metrics else {}
    two = [str(earlier.args[key]), str(later.args[key])]
    if key == "stores":
        return Plan(((SUMMARY, {**args, "stores": " and ".join(two), "by": "store"}),))
    only = [{"dimension": "department", "values": two}]
    return Plan(((BREAKDOWN, {**args, "by": "department", "where": only}),))


def _difference(one: Call, other: Call) -> str | None:
    """The one argument in which two calls of figures differ, where both say it."""
    if one.name != SUMMARY or other.name != SUMMARY:
        return None
    different = [key for key in {*one.args, *other.args} if one.args.get(key) != other.args.get(key)]
    if len(different) != 1 or different[0] not in _DIFFERS:
        return None
    sides = (one.args.get(different[0]), other.args.get(different[0]))
    single = all(isinstance(side, str) and not re.search(r"\band\b|,|\ball\b|\bstores\b", side) for side in sides)
    return different[0] if single else None


def _figures(what: str) -> list[str] | None:
    """The figures named, none where the same are meant; None where the words are no figures."""
    reading = Reading.of(_BASKETS.sub("average basket", what))
    named = list(take_metrics(reading))
    return None if re.search(r"[a-z]", reading.text) else named
