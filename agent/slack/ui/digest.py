"""A store's or a district's week of proposals, as a Slack message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.slack.ui import limits
from agent.slack.ui.message import Outgoing, at_most
from agent.slack.ui.mrkdwn import data, one_line

_FINE_PRINT = (
    "Each change against what the days before it let expect, with a 95 % interval; one that was looked at twice counts "
    "once, by its longest look."
)


def compose_digest(document: Mapping[str, Any]) -> Outgoing:
    """The message for a document of ``agent.followups.weekly``: ``marker, title, sections[{title, lines}], text``.

    Everything in it is data and cannot ping, link or format.
    """
    title = one_line(str(document["title"]))
    blocks: list[limits.Block] = [
        {
            "type": "header",
            "text": limits.plain_text(title, limits.HEADER_TEXT),
            "block_id": str(document["marker"]),
        }
    ]
    for part in document.get("sections") or ():
        lines = "\n".join(f"• {data(str(line))}" for line in part["lines"])
        blocks.append(limits.section(f"*{data(str(part['title']))}*\n{lines}"))
    if document.get("findings"):
        blocks.append(limits.context(_FINE_PRINT))
    text = "\n".join(data(line) for line in str(document.get("text") or title).split("\n"))
    return Outgoing(text=text, headline=data(title), levels=[at_most(blocks)])
