"""“Milk”, “produce”: a word for goods and nothing else is asked back about, with what can be asked of it."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings
from tools.kinds import names_a_family

_MOST_WORDS = 3
ASK = (
    "What about {goods}? For example: “sales of {goods} last week”, “stock of {goods}”, “best sellers in {goods}”, "
    "“should I reorder {goods}?”."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """What is asked back about goods alone; None for every other question."""
    said = re.sub(r"^(?:the|our|some|please|about) ", "", Reading.of(text).rest())
    if not said or len(said.split()) > _MOST_WORDS:
        return None
    known = said in {name.lower() for name in around.departments} or names_a_family(said)
    return Plan(text=ASK.format(goods=said)) if known else None
