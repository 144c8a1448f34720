"""Slack's published limits, and cutting text to them. A message over a limit is refused whole, so we cut first."""

from __future__ import annotations

from typing import Any

Block = dict[str, Any]

MESSAGE_BLOCKS = 50
HOME_BLOCKS = 100
SECTION_TEXT = 3000
CONTEXT_TEXT = 2000
CONTEXT_ELEMENTS = 10
HEADER_TEXT = 150
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONTAINER_CHILDREN = 10
CONTAINER_TITLE = 150
TABLE_CELLS_TEXT = 10_000
TABLE_COLUMNS = 20
CHART_TITLE = 50
CHART_LABEL = 20
CHART_CATEGORIES = 20
CHART_SERIES = 6
PLAIN_MESSAGE = 3500
"""Our own length of a plain message: readable on a phone, far below the 40,000 where Slack cuts."""


def clip(text: str, limit: int) -> str:
    """The text, cut with an ellipsis when longer than ``limit`` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clip_mrkdwn(text: str, limit: int) -> str:
    """Like ``clip``, but never through an escaped ``&amp;``, ``&lt;`` or ``&gt;``."""
    return text if len(text) <= limit else _whole_entities(text[: limit - 1]).rstrip() + "…"


def split_text(text: str, limit: int) -> list[str]:
    """The text in pieces of at most ``limit`` characters, cut at line ends, else at spaces, else anywhere.

    Nothing is lost but the white space at a cut. Empty text gives no piece.
    """
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        cut = max(rest.rfind("\n", 1, limit + 1), -1)
        if cut < limit // 3:
            cut = rest.rfind(" ", 1, limit + 1)
        if cut < limit // 3:
            cut = limit
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def split_mrkdwn(text: str, limit: int) -> list[str]:
    """Like ``split_text``, but never through an escaped ``&amp;``, ``&lt;`` or ``&gt;``."""
    pieces: list[str] = []
    rest = text
    while len(rest) > limit:
        head = split_text(rest, limit)[0]
        head = _whole_entities(head) or head
        pieces.append(head)
        rest = rest.strip()[len(head) :].lstrip()
    return [*pieces, rest] if rest.strip() else pieces


def _whole_entities(text: str) -> str:
    broken = text.rfind("&", max(0, len(text) - 4))
    return text[:broken] if broken >= 0 and ";" not in text[broken:] else text


def section(text: str, **more: Any) -> Block:
    """A section of mrkdwn in which bare addresses and names are not linked."""
    return {
        "type": "section",
        "text": {"type": "mrkdwn", "text": clip_mrkdwn(text, SECTION_TEXT) or "–", "verbatim": True},
        **more,
    }


def context(*texts: str) -> Block:
    """A context line of small mrkdwn texts."""
    elements = [{"type": "mrkdwn", "text": clip_mrkdwn(text, CONTEXT_TEXT), "verbatim": True} for text in texts if text]
    return {"type": "context", "elements": elements[:CONTEXT_ELEMENTS]}


def plain_text(text: str, limit: int) -> dict[str, Any]:
    """A plain-text object; Slack refuses an empty one."""
    return {"type": "plain_text", "text": clip(text, limit) or "–", "emoji": False}


def button(text: str, action_id: str, value: str, **more: Any) -> dict[str, Any]:
    """A button."""
    return {
        "type": "button",
        "text": plain_text(text, BUTTON_TEXT),
        "action_id": action_id,
        "value": value[:BUTTON_VALUE],
        **more,
    }
