"""The days that are known in the place of those asked for: the last whole day or week for one without sales yet.

A tool that is asked for days outside the data says so and gives no figure. That is honest and helps nobody: what comes
nearest is asked then, once, and the answer says what it is instead of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.afterwards.other_source import other_source
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.threads.remembered import Call
from tools.errors import NOT_YET, TO_COME

NOT_BEGUN = "Nothing is known of {span} yet, so this is {nearer}."
NOT_TODAY = NOT_BEGUN.format(span="today", nearer="yesterday")
STILL_TO_COME = "This {day} is still to come, so this is last {day}."
_THIS_DAY = re.compile(r"this (?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)")
_SPANS: Mapping[str, tuple[frozenset[str], str, frozenset[str], str]] = {
    "today": (
        frozenset({"today", "this morning", "so far today", "right now"}), "yesterday", frozenset({"yesterday"}),
        "the day before",
    ),
    "this week": (
        frozenset({"this week", "this week so far", "week to date", "wtd", "current week", "the current week"}),
        "last week", frozenset({"last week", "previous week", "the previous week"}), "the week before",
    ),
    "this month": (
        frozenset({"this month", "this month so far", "month to date", "mtd", "current month", "the current month"}),
        "last month", frozenset({"last month", "previous month", "the previous month"}), "the month before",
    ),
}  # fmt: skip
"""A span that has only begun: how it is said, what is nearest, and what is held against that and so moves with it."""


def nearest_days(made: Sequence[Call]) -> Plan | None:
    """The calls to try instead of those that failed for want of data; None where nothing nearer can be asked.

    Args:
        made: calls with the answers of their tools.
    """
    found = [_to_come(call) or _instead(call) or other_source(call) for call in made]
    calls = tuple((one[0], one[1]) for one in found if one)
    return Plan(calls, opening="\n".join(dict.fromkeys(one[2] for one in found if one))) if calls else None


def _to_come(call: Call) -> tuple[str, Mapping[str, Any], str] | None:
    """“This Tuesday”, said on a Monday of what has happened, is the last one."""
    said = _THIS_DAY.fullmatch(str(call.args.get("period", "")).lower())
    if said is None or call.document.get("reason") != TO_COME:
        return None
    args = {**call.args, "period": f"last {said['day']}"}
    return call.name, args, STILL_TO_COME.format(day=said["day"].capitalize())


def _instead(call: Call) -> tuple[str, Mapping[str, Any], str] | None:
    """The call nearest to one that failed, and the sentence that tells the difference."""
    period = str(call.args.get("period", "")).lower()
    span = next((name for name, (said, *_) in _SPANS.items() if period in said), None)
    if span is None or call.document.get("reason") != NOT_YET:
        return None
    _, nearer, against, before = _SPANS[span]
    args = {**call.args, "period": nearer}
    if str(call.args.get("compare_to", "")).lower() in against:
        args["compare_to"] = before
    return call.name, args, NOT_BEGUN.format(span=span, nearer=nearer)
