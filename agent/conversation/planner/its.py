"""A second part that asks for a further figure of what the first finds: “which store is worst, and its traffic?”.

What the first part finds is only known when its figures are; so both figures are asked for in one ranked split, which
says the others of its first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.periods import names_the_future, periods
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots import take_slots
from agent.conversation.planner.summary import PATTERN_PERIOD
from agent.conversation.planner.words import asks_for_the_bottom, speaks_of_sales, take_metrics, take_split
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_ITS = re.compile(
    r"^\W*(?:and )?(?:(?:what|how)(?:'s| is| are| was| were| much| many| high| low| about)*|show(?: me)?"
    r"|give(?: me)?|tell me)"
    r"(?: is| are| was| were)? (?:its|their|it's|the)(?: total| average)? (?P<figure>[a-z %]{4,40}?)\W*$"
    r"|^\W*(?:and )?how much (?:did|does|do) (?:it|they|that one) (?P<sold>sell|make|take|bring in)\W*$",
    re.IGNORECASE,
)
_RANKED = re.compile(r"\b(?:which|what)\b")
_SPLITS = frozenset({"store", "department", "category"})
_WORDS = re.compile(
    r"\b(?:which|what|has|have|had|is|are|was|were|does|do|did|the|with|highest|lowest|best|worst|most|least|fewest"
    r"|biggest"
    r"|smallest|top|bottom|weakest|strongest|sales?|sell|sells|sold|our|by|of|in|makes?|made|takes?|took)\b"
)


def its_figures(parts: Sequence[str], around: Surroundings) -> Plan | None:
    """The one call for two such parts; None for every other question."""
    if len(parts) != 2 or (tail := _ITS.match(parts[1])) is None:
        return None
    wanted = ("net_sales",) if tail["sold"] else take_metrics(Reading.of(tail["figure"]))
    plain = not wanted and re.fullmatch(r"(?:net )?sales|revenue", (tail["figure"] or "").strip().lower())
    wanted = ("net_sales",) if plain else wanted
    reading = Reading.of(parts[0])
    if not wanted or not _RANKED.search(reading.text) or names_the_future(reading.text):
        return None
    bottom = asks_for_the_bottom(reading)
    period = next((one.phrase for one in periods(reading)), PATTERN_PERIOD)
    by = take_split(reading)
    if by not in _SPLITS:
        return None
    ranked = take_metrics(reading) or (("net_sales",) if speaks_of_sales(reading) else ())
    slots = take_slots(reading, around, _WORDS)
    if not ranked or slots.unknown or slots.product or slots.limit:
        return None
    metrics = list(dict.fromkeys([*ranked, *wanted]))
    where = [{"dimension": "department", "values": [slots.department]}] if slots.department else None
    return calls_for(BREAKDOWN, {
        "by": by, "metrics": metrics, "period": period, "order": "bottom" if bottom else None, "where": where,
        **slots.args("stores"),
    }, [])  # fmt: skip
