"""Questions about seasons: “seasonality of ice cream”, “when does soup sell best in the year”."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_ASKS = re.compile(
    r"\bseasonality\b|\bseasonal (?:patterns?|trends?|sales|swings?|effects?|curve|profile|demand)\b|\bhow seasonal\b"
    r"|\b(?:is|are) .{2,40} seasonal\b|\b(?:time|part) of (?:the )?year\b|\bpeak season\b|\bin season\b|\bby season\b"
    r"|\beach season\b"
)
_OTHER = re.compile(
    r"\b(?:why|forecast\w*|which (?:products?|items?|categor(?:y|ies)|departments?)|most seasonal|stock|reorder"
    r"|staff)\b"
)
_WORDS = re.compile(
    r"\b(?:seasonality|seasonal|seasons?|patterns?|trends?|sales|swings?|effects?|curve|profile|demand|how|is|are|time"
    "|part|of|the|year|peak|in|by|each|sell|sells|sold|best|most|worst|least|what|which|when|do|does|our|at|for|there"
    r"|a|any|have|has|show|me|strong|strongest)(?!\w)"
)
ONE_ROUND = (
    "A season shows only when it has come round more than once: these are the months there are, not a season told "
    "apart from a trend or from promotions. The first and the last month may be there in part."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about seasons; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _ASKS.search(whole) or _OTHER.search(whole) or names_the_future(whole):
        return None
    metrics = list(take_metrics(reading))
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or split_left(reading):
        return not_understood(slots.unknown or split_left(reading))
    shared = {
        "by": "month", "metrics": metrics or ["net_sales", "units"], "period": slots.period or "all time",
        **slots.args("stores", "product", "department"),
    }  # fmt: skip
    return calls_for(BREAKDOWN, shared, [], ONE_ROUND)
