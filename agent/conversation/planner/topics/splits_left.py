"""A split that a question asks for and no slot took: a topic that cannot give it says so instead of dropping it."""

from __future__ import annotations

import re

from agent.conversation.planner.reading import Reading

_SPLIT = re.compile(
    r"\b(?:by|per|for each|for every|across) (?:the |our |each |all )?(?P<what>stores?|shops?|locations?|districts?"
    "|regions?|departments?|depts?|categor(?:y|ies)|brands?|manufacturers?|suppliers?|vendors?|products?|items?|skus?"
    r"|days?|weeks?|months?|weekdays?|hours?|customers?|households?|channels?|promotions?|campaigns?|types?)\b"
)


def split_left(reading: Reading) -> str:
    """The words of a split that still stand in the reading; empty when there is none."""
    match = reading.find(_SPLIT)
    return reading.said(match.start(), match.end()) if match else ""
