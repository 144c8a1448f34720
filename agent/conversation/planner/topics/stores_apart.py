"""“Why is margin lower at one store than at another?”: a difference of two stores, which is no change in time."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_APART = re.compile(
    r"\bwhy\b.*\b(?:lower|higher|better|worse|less|more|bigger|smaller|larger|weaker|stronger|so (?:different|low"
    r"|high))\b.*\b(?:at|in|of)?\b.*\b(?:than|compared (?:to|with)|vs\.?|versus)\b|\bwhy (?:does|do|did|is"
    r"|are) .*\b(?:differ\w*|outperform\w*|beats?|sell more|sell less|outsells?)\b"
)
_WORDS = re.compile(
    r"\b(?:why|is|are|was|were|does|do|did|lower|higher|better|worse|less|more|bigger|smaller|larger|weaker|stronger"
    r"|so|different|low|high|at|in|of|than|compared|to|with|vs|versus|differ\w*|outperform\w*|beats?|outsells?|sell"
    r"|sells|sales|from|and|between|the|our|store|stores|have|has|doing|perform\w*|it)(?!\w)|'s\b"
)
SIDE_BY_SIDE = (
    "Why two stores differ I cannot take apart as I can a change in time: here are their departments side by side, "
    "which shows where they differ. Why one of them changed I can explain: “why did margin change at Station Road "
    "last month”."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question why one store is above or below another; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _APART.search(whole) or names_the_future(whole):
        return None
    named = [store.name for store in around.stores if store.name.lower() in whole]
    if len(named) != 2:
        return None
    metrics = list(take_metrics(reading))
    if metrics == ["gross_margin"]:
        metrics = ["gross_margin_pct", "gross_margin", "net_sales"]
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    shared = {
        "by": "department, store", "metrics": metrics or ["net_sales", "gross_margin_pct"],
        "period": slots.period or "last 4 weeks", "stores": " and ".join(named),
        **slots.args("product", "department"),
    }  # fmt: skip
    return calls_for(BREAKDOWN, shared, [], SIDE_BY_SIDE)
