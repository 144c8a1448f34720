"""“How did we do last time it snowed”, “sales on snow days”: the wet days, the latest of them last.

Snow is not told apart from rain: taken are wet days below freezing. A strict reader: a word it does not know ends it.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import BREAKDOWN, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

_SNOW = r"(?:snow(?:ed|s|ing|y|fall|storms?)?|blizzards?|ice storms?)"
_WET = r"(?:rain(?:ed|s|ing|y|storms?)?|pour(?:ed|ing)|wet|storm(?:ed|s|y|ing)?)"
_WHEN = re.compile(
    rf"\b(?:the )?last time (?:that )?(?:it|we|there) (?:was |had |got |were )?(?:an? |some "
    rf"|any )?(?:(?P<s1>{_SNOW})|{_WET})"
    rf"(?: (?:days?|weather|outside|here))?|\b(?:when|the days?) it (?:last )?"
    rf"(?:(?P<s2>snowed)|rained|poured|stormed)(?: last(?! \w))?"
    rf"|\b(?:on|in|during|over) (?:the |our )?(?:last )?(?P<s3>snow|snowy|snow ?storms?|blizzards?)(?: ?days?)?"
    rf"|\bwhen did it (?:last )?(?:(?P<s4>snow)|rain)(?: last(?! \w))?"
)
_HELD = re.compile(r"\b(?:dry|compar\w+|vs|versus|against|than|by|per)\b")
_LAST = re.compile(r"\blast\b")
_GOODS = re.compile(r"\bwhat (?:sold|sells?|do people buy|did (?:we|people) (?:sell|buy)|goes|went|moves?|flew)\b")
_WORDS = re.compile(
    r"\b(?:how|what|did|do|does|were|was|we|are|sales|our|the|sell(?:s)?|sold|well|best|most|fast|go|goes|went"
    r"|busy|much"
    r"|take|make|made|day|days|store|business|it|on|people|buy|out|out first|and|like|look|doing|off|shelves?)\b"
)
NOT_SNOW = "Snow is not told apart from rain: these are the wet days that were below 0 °C."
LATEST = "The latest such day stands last."
RAIN, FREEZING = {"dimension": "weather", "values": ["rain"]}, {"dimension": "temperature", "values": ["below 0"]}


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for such days; None for every other question."""
    reading = Reading.of(text)
    found = reading.take(_WHEN)
    if found is None or names_the_future(reading.text) or _HELD.search(reading.text):
        return None
    snow = any(found[name] for name in ("s1", "s2", "s3", "s4"))
    goods = _GOODS.search(reading.text) is not None
    metrics = list(take_metrics(reading))
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.limit:
        return None
    days = slots.period or ("all time" if snow else "last 8 weeks")
    by = {"by": "product", "top": 10} if goods else {"by": "day"}
    where = [RAIN, *([FREEZING] if snow else [])]
    args = {
        **by,
        **({"metrics": metrics} if metrics else {}),
        "period": days,
        **slots.args("stores", "department", "product"),
    }
    said = [NOT_SNOW] if snow else []
    said += [LATEST] if _LAST.search(found[0]) and not goods else []
    return Plan(((BREAKDOWN, {**args, "where": where}),), opening=" ".join(said))
