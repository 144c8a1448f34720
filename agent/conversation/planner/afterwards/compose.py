"""The reply after the tools have answered: their own words, put together, never a number of ours."""

from __future__ import annotations

from collections.abc import Sequence

from agent.conversation.context import with_options
from agent.conversation.planner.threads.remembered import Call

NOTHING_FOUND = "The tools gave no answer to that."


def compose(calls: Sequence[Call], remark: str, opening: str = "") -> str:
    """What makes this a near answer, the texts of the calls in order, then the plan's remark on what was left out."""
    parts = [opening, *dict.fromkeys(said for call in calls if (said := _said(call))), remark.strip()]
    return "\n\n".join(filter(None, parts)) or NOTHING_FOUND


def _said(call: Call) -> str:
    document = call.document
    if "error" not in document:
        return str(document.get("text") or document.get("headline") or "")
    return with_options(str(document["error"]), document.get("options") or ())
