"""What a breakdown takes out of a question first: the other period, what is left out, how it was paid."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import SHORTHANDS, take_periods
from agent.conversation.planner.topics.breakdown_words import EXCLUDED, PAID_WITH

_CHILDLESS = re.compile(r"^(?:any |young )*(?:kids?|children|child)\b")


def compared(reading: Reading) -> tuple[str | None, str | None]:
    """What it is held against, and the period it is about where the words for the comparison say that too."""
    for pattern, period, compare_to in SHORTHANDS:
        if reading.take(pattern):
            return compare_to, period
    text = reading.text
    found = take_periods(Reading(text, reading.source))
    for index, one in enumerate(found):
        lead = re.search(
            r"\b(?:compared (?:to|with|against)|versus|vs\.?|against|than|over|on|from|since)\s*(?:the |in )*$",
            text[: one.start],
        )
        strong = lead and not lead[0].strip().startswith(("over", "on", "from", "since"))
        if lead and (strong or index > 0):
            reading.blank(lead.start(), one.end)
            return one.phrase, None
    return None, None


def take_excluded(reading: Reading) -> list[dict[str, Any]]:
    """“excluding fuel and deli” as conditions that leave these out."""
    match = reading.find(EXCLUDED)
    if match is None:
        return []
    said = reading.said(match.start("what"), match.end("what"))
    if _CHILDLESS.search(match["what"]):
        return []
    values = [part.strip(" .'\"") for part in re.split(r"\s*(?:,|&|\band\b|\bor\b)\s*", said) if part.strip(" .'\"")]
    reading.blank(match.start(), match.end())
    return [{"values": values, "exclude": True}] if values else []


def take_paid(reading: Reading) -> list[dict[str, Any]]:
    """“paid by card” as a condition on the payments."""
    match = reading.take(PAID_WITH)
    return [{"dimension": "tender", "values": [match["how"]]}] if match else []
