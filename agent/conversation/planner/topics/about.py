"""Questions about the figures themselves: what they mean, how fresh they are, why another report has others."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.words import take_metrics
from agent.conversation.surroundings import Surroundings

ABOUT = "about_figures"
_OTHER_REPORT = re.compile(
    r"(?:\bdiffer(?:s|ent)?|(?:not|n't) match|mismatch|disagree\w*|reconcil\w*|off)\b.*\b(?:finance|accounting|books"
    r"|ledger|quickbooks|xero|p&l|report|dashboard|spreadsheet|pos|square|shopify|lightspeed|clover)\b"
    r"|\b(?:finance|accounting)(?:'s)? (?:report|numbers?|figures?)\b"
)
_MEANING = re.compile(
    r"^\W*(?:how (?:is|are|do you|do we) (?:the |our |your )?[\w -]{2,40}(?:calculated|defined|computed|measured"
    r"|worked out)"
    r"|how (?:do|are|is) (?:you|we|they|it)? ?(?:define|calculat\w+|comput\w+|count\w*|work out|measured?)"
    r"|what (?:do you mean by|does .+ mean|counts? as|is (?:the )?(?:definition|meaning) of"
    r"|is (?:in|ex)cluded (?:in|from))|define|what(?:'s| is) (?:included|excluded|left out))\b"
)
_FRESH = re.compile(
    r"\bdata (?:freshness|recency|age)\b|\b(?:how (?:fresh|recent|old|current|up to date) (?:is|are) (?:the|your"
    r"|this|our|my) (?:data|figures|numbers)"
    r"|when (?:was|were) (?:the |your |this )?(?:data|figures|numbers) (?:last )?(?:updated|refreshed|synced)"
    r"|last (?:sync|update|refresh))\b"
)


def read(text: str, around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The call for a question about what a figure is."""
    reading = Reading.of(text)
    whole = reading.text
    if not (_OTHER_REPORT.search(whole) or _MEANING.search(whole.strip()) or _FRESH.search(whole)):
        return None
    metrics = take_metrics(reading)
    if not metrics and _MEANING.search(whole.strip()):
        return None
    return Plan(((ABOUT, {"metric": metrics[0]} if metrics else {}),))
