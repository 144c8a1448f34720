"""Figures that leave something out where no reader before took it up: a total that contains it would mislead."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading

_EXCLUSION = re.compile(
    r"\b(?:exclud(?:e|es|ing)|except(?: for)?|without|leaving out|leave out|not counting|not including|apart from"
    r"|other than|minus)\s+(?!(?:any |a )?sales?\b)(?:the |any |all )?(?P<what>\w[\w'& -]*)"
)


def read(text: str) -> Plan | None:
    """A refusal that names what cannot be left out; nothing where the question leaves nothing out."""
    found = _EXCLUSION.search(Reading.of(text).rest())
    if found is None:
        return None
    return Plan(
        text=f"Leaving “{found['what'].strip()}” out of a figure is not available yet, and the whole would mislead "
        "you. I can give the figures by department, or of one department or product."
    )
