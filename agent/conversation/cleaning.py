"""Makes text harmless before a person or a model reads it.

Product names, notes and model output are other people's words. They may hide characters that reorder or conceal text,
pings, links and images; none of these is ever needed in an answer, so all are taken out, and only links to hosts on an
allow-list stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urlsplit

from tools.result import Figure, Table, ToolResult

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_PINGS = re.compile(r"<!(?:channel|here|everyone|subteam\^|date\^)[^>]*>|<@[^>]*>|<#[^>]*>", re.IGNORECASE)
_BROADCAST = re.compile(r"@(channel|here|everyone)\b", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\(\s*([^)\s]*)[^)]*\)")
_SLACK_LINK = re.compile(
    r"<((?:https?|mailto|tel|slack|ftp|file|data|javascript):[^>|]*)(?:\|([^>]*))?>", re.IGNORECASE
)
_BARE_LINK = re.compile(r"\b(?:https?|ftp|file|slack|javascript|data):/{0,2}[^\s<>]+|\bwww\.[^\s<>]+", re.IGNORECASE)
REMOVED = "(link removed)"


def strip_hidden(text: str, *, keep_newlines: bool = False) -> str:
    """Without control, bidirectional, zero-width and unassigned characters; other line breaks become spaces."""
    kept: list[str] = []
    for character in text:
        if character == "\n" and keep_newlines:
            kept.append(character)
        elif character in "\n\r\t\v\f\x85\u2028\u2029":
            kept.append(" ")
        elif unicodedata.category(character) not in _HIDDEN:
            kept.append(character)
    return "".join(kept)


def harmless(text: str, *, allowed_hosts: Collection[str] = (), keep_newlines: bool = True) -> str:
    """Text that can ping nobody, fetch nothing and hide nothing."""

    def link(url: str, label: str) -> str:
        if (urlsplit(url).hostname or "") in allowed_hosts and url.lower().startswith("https://"):
            return f"{label} ({url})" if label and label != url else url
        return label if label and not _BARE_LINK.search(label) else REMOVED

    text = strip_hidden(text, keep_newlines=keep_newlines)
    text = _IMAGE.sub(lambda match: match.group(1), text)
    text = _MARKDOWN_LINK.sub(lambda match: link(match.group(2), match.group(1)), text)
    text = _SLACK_LINK.sub(lambda match: link(match.group(1), match.group(2) or ""), text)
    text = _PINGS.sub("", text)
    text = _BARE_LINK.sub(lambda match: link(match.group(0), ""), text)
    return _BROADCAST.sub(r"\1", text)


def harmless_result(result: ToolResult) -> ToolResult:
    """The same result with every text in it made harmless; numbers and dates are untouched."""
    table = result.table
    if table is not None:
        table = Table(
            table.columns,
            tuple(
                tuple(harmless(cell, keep_newlines=False) if isinstance(cell, str) else cell for cell in row)
                for row in table.rows
            ),
        )
    return replace(
        result,
        headline=harmless(result.headline, keep_newlines=False),
        text=harmless(result.text),
        figures=tuple(_harmless_figure(figure) for figure in result.figures),
        table=table,
        caveats=tuple(harmless(caveat, keep_newlines=False) for caveat in result.caveats),
        follow_ups=tuple(harmless(question, keep_newlines=False) for question in result.follow_ups),
    )


def _harmless_figure(figure: Figure) -> Figure:
    if not figure.group:
        return figure
    return replace(figure, group={name: harmless(value, keep_newlines=False) for name, value in figure.group.items()})
