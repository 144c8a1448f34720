"""What an executed change did, as a Slack message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.slack.ui import limits
from agent.slack.ui.message import Outgoing
from agent.slack.ui.mrkdwn import data

_MARKS = {"worked": "📈", "against": "📉", "even": "➖", "cannot_tell": "❔"}


def compose_followup(document: Mapping[str, Any]) -> Outgoing:
    """The message for a document of ``agent.followups.words``; everything in it is data and cannot ping or format."""
    mark = _MARKS.get(str(document.get("verdict")), "")
    title, subject = data(str(document.get("title") or "")), data(str(document.get("subject") or ""))
    headline = data(str(document.get("headline") or ""))
    head = limits.section(f"{mark} *{title}*\n{subject}\n{headline}".strip())
    head["block_id"] = str(document["marker"])
    blocks = [head]
    lines = [f"• {data(str(line))}" for line in document.get("lines") or ()]
    if lines:
        blocks.append(limits.section("\n".join(lines)))
    notes = [data(str(caveat)) for caveat in document.get("caveats") or ()]
    if document.get("receipt_id"):
        notes.append(f"Receipt {data(str(document['receipt_id']))}")
    if notes:
        blocks.append(limits.context(*notes))
    text = "\n".join(data(line) for line in str(document.get("text") or "").split("\n"))
    return Outgoing(text=text, headline=headline, levels=[blocks])
