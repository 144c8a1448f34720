"""The reply after the tools have answered: their own words, put together, never a number of ours."""

from __future__ import annotations

from collections.abc import Sequence

from agent.conversation.planner.thread import Call

NOTHING_FOUND = "The tools gave no answer to that."


def compose(calls: Sequence[Call], remark: str) -> str:
    """The texts of the calls in order, then the plan's remark on what was left out, if it had one."""
    parts = list(dict.fromkeys(said for call in calls if (said := _said(call))))
    if remark.strip():
        parts.append(remark.strip())
    return "\n\n".join(parts) or NOTHING_FOUND


def _said(call: Call) -> str:
    document = call.document
    if "error" not in document:
        return str(document.get("text") or document.get("headline") or "")
    options = document.get("options") or []
    return "\n".join([str(document["error"]), *(f"• {option}" for option in options)])
