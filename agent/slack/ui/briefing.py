"""A briefing document as a Slack message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.slack import ids
from agent.slack.ui import limits, values
from agent.slack.ui.message import Outgoing, at_most
from agent.slack.ui.mrkdwn import bold_numbers, data, one_line, plain, prose

_FIGURES = 10
_FOLLOW_UPS = 5
_SECTIONS = 12


def compose_briefing(document: Mapping[str, Any]) -> Outgoing:
    """The message for a briefing.

    Args:
        document: ``store_id, store_name, on, headline, figures[{label, value, unit, delta}], sections[{title, lines}],
            caveats, as_of, follow_ups, receipt_id, sources_note, marker``; values are texts for people.
    """
    name = document.get("store_name") or document.get("store_id")
    title = one_line(f"{name} · {values.day(document.get('on'))}")
    headline = str(document.get("headline") or "")
    blocks: list[limits.Block] = [
        {
            "type": "header",
            "text": limits.plain_text(title, limits.HEADER_TEXT),
            "block_id": str(document["marker"]),
        },
        limits.section(bold_numbers(prose(headline)) or "No headline."),
    ]
    figures = [_figure(figure) for figure in document.get("figures") or ()][:_FIGURES]
    if figures:
        blocks.append({"type": "section", "fields": figures})
    for part in list(document.get("sections") or ())[:_SECTIONS]:
        lines = "\n".join(f"• {data(str(line))}" for line in part.get("lines") or ())
        blocks.append(limits.section(f"*{data(str(part.get('title') or ''))}*\n{lines}".strip()))
    caveats = [f"ℹ️ {data(str(caveat))}" for caveat in document.get("caveats") or ()]
    if caveats:
        blocks.append(limits.context(*caveats))
    source = " · ".join(filter(None, (_as_of(document), data(str(document.get("sources_note") or "")))))
    if source:
        blocks.append(limits.context(source))
    questions = [one_line(str(text)) for text in document.get("follow_ups") or () if one_line(str(text))]
    if questions:
        buttons = [limits.button(text, f"{ids.FOLLOW_UP}_{i}", text) for i, text in enumerate(questions[:_FOLLOW_UPS])]
        blocks.append({"type": "actions", "elements": buttons})
    plain_levels = [block for block in blocks if block["type"] in {"header", "section", "context"}]
    return Outgoing(
        text=_whole_text(title, headline, document),
        headline=plain(headline),
        levels=[at_most(blocks), at_most(plain_levels)],
    )


def _figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    delta = data(str(figure.get("delta") or ""))
    text = f"*{data(str(figure.get('label') or ''))}*\n{data(_value(figure))}" + (f"\n{delta}" if delta else "")
    return {"type": "mrkdwn", "text": limits.clip_mrkdwn(text, limits.CONTEXT_TEXT), "verbatim": True}


def _value(figure: Mapping[str, Any]) -> str:
    value = figure.get("value")
    return "–" if value is None else str(value)


def _as_of(document: Mapping[str, Any]) -> str:
    return f"Data as of {data(str(document['as_of']))}" if document.get("as_of") else ""


def _whole_text(title: str, headline: str, document: Mapping[str, Any]) -> str:
    parts = [data(title), plain(headline)]
    figures = [
        f"{one_line(str(figure.get('label') or ''))}: {_value(figure)} {figure.get('delta') or ''}".strip()
        for figure in document.get("figures") or ()
    ]
    parts += [data(text) for text in figures]
    for part in document.get("sections") or ():
        parts.append("\n".join(data(str(text)) for text in (part.get("title") or "", *(part.get("lines") or ()))))
    return "\n".join(part for part in parts if part)
