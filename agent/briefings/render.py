"""A briefing document as plain text for a terminal, and with its numbers in words for a Slack message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def render_text(document: Mapping[str, Any]) -> str:
    """The whole briefing in lines."""
    parts = [[str(document["headline"])]]
    width = max((len(str(figure["label"])) for figure in document["figures"]), default=0)
    parts.append(
        [
            f"{figure['label']:<{width}}  {figure['shown']}   {figure['delta']}".rstrip()
            for figure in document["figures"]
        ]
    )
    parts += [[str(section["title"]), *(f"- {line}" for line in section["lines"])] for section in document["sections"]]
    parts.append([f"Note: {caveat}" for caveat in document["caveats"]])
    parts.append([_foot(document)])
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def for_channel(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it is posted: every value a text that people read."""
    figures = [{**figure, "value": figure["shown"]} for figure in document["figures"]]
    return {**document, "figures": figures, "as_of": document["as_of_shown"]}


def _foot(document: Mapping[str, Any]) -> str:
    parts = [
        f"Data as of {document['as_of_shown']}",
        str(document.get("sources_note") or ""),
        f"receipt {document['receipt_id']}" if document.get("receipt_id") else "",
    ]
    return " · ".join(part for part in parts if part)
