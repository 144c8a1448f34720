"""The days that are known in the place of those asked for: the last day for a today without sales.

A tool that is asked for days outside the data says so and gives no figure. That is honest and helps nobody: what comes
nearest is asked then, once, and the answer says what it is instead of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.thread import Call, last_calls

NOT_TODAY = "Nothing is known of today yet, so this is yesterday."
_NO_TODAY = re.compile(r"There is no data for today\b.* yet:")
_TODAY = frozenset({"today", "this morning", "so far today"})


def nearest_days(turn: Sequence[BaseMessage]) -> Plan | None:
    """The calls to try instead of those that failed for want of data; None where nothing nearer can be asked.

    Args:
        turn: the messages from the question on, with the answers of the tools; a second try is never tried again.
    """
    if sum(bool(isinstance(message, AIMessage) and message.tool_calls) for message in turn) != 1:
        return None
    found = [_instead(call) for call in last_calls(turn)]
    calls = tuple((one[0], one[1]) for one in found if one)
    return Plan(calls, opening="\n".join(dict.fromkeys(one[2] for one in found if one))) if calls else None


def _instead(call: Call) -> tuple[str, Mapping[str, Any], str] | None:
    """The call nearest to one that failed, and the sentence that tells the difference."""
    error = str(call.document.get("error", ""))
    if _NO_TODAY.match(error) and str(call.args.get("period", "")).lower() in _TODAY:
        return call.name, {**call.args, "period": "yesterday"}, NOT_TODAY
    return None
