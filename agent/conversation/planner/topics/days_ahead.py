"""“Any events near us this week?”, “which holidays are coming up”, “weather for the weekend”: what is coming."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.outlook import WHEN
from agent.conversation.surroundings import Surroundings
from tools.analysis.calendar import WEEKDAYS

AHEAD = "days_ahead"
_EVENT = (
    r"(?:(?:local |community |sports? |public |bank |national |school |big )*(?:events?|holidays?|festivals?"
    r"|concerts?))"
)
_WEATHER = r"(?:weather|rain|snow|temperatures?)"
_WEEKDAYS = "|".join(WEEKDAYS)
_COMING = (
    r"(?:upcoming|coming(?: up)?|ahead|next|tomorrow|this (?:week|weekend|month)|the weekend|planned|scheduled|soon)"
)
_CLAIM = re.compile(
    rf"\b{_EVENT}\b.*\b{_COMING}\b|\b{_COMING} {_EVENT}\b|\bnext (?:public |bank )?holiday\b|\b{_WEATHER} (?:forecast"
    rf"|outlook)\b"
    rf"|\b{_WEATHER} (?:(?:going to|gonna|supposed to|meant to) )?(?:look|looks|looking|be|shaping"
    rf" up)\b.*\b(?:for|on)\b"
    rf"|\b{_WEATHER} for (?:the )?(?:{_WEEKDAYS})\b"
    rf"|\bforecast (?:of|for) (?:the )?{_WEATHER}\b|\b{_WEATHER}\b.*\b(?:tomorrow|next|coming|this weekend"
    rf"|the weekend)\b"
    rf"|\bwill it (?:rain|snow|be (?:hot|cold|warm|sunny))\b|\bis (?:it going to|there any) (?:rain|snow)\b|\b(?:any"
    rf"|are there"
    rf"|what) (?:other )?{_EVENT} (?:near|around|in|at|close)\b"
)
_OTHER = re.compile(
    r"\b(?:sales|sell\w*|revenue|transactions|traffic|visitors|staff\w*|schedule[ds]?|affect\w*|impact\w*|effect|did"
    r"|was|were"
    r"|last|yesterday|ago|demand|order\w*|stock\w*|prepar\w*|promot\w*|compar\w*|versus|vs|pay|season)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_EVENT}|{_WEATHER}|forecast|outlook|upcoming|coming|up|ahead|next|what(?:'s)?|which|when|any|are|is|will"
    rf"|it|there"
    r"|be|the|our|my|us|we|do|have|got|should|know|about|near(?:by)?|around|in|at|to|by|of|for|on|close|area|town"
    r"|going|rain"
    r"|snow|hot|cold|warm|sunny|soon|planned|and|or|stores?|shops?|list|show|me|tell|happening|look(?:s|ing)?"
    r"|like|a|shaping|gonna|supposed|meant"
    r"|days?)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about what is coming around the stores; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _CLAIM.search(whole) or _OTHER.search(whole):
        return None
    when = reading.take(WHEN)
    slots = take_slots(reading, around, _WORDS)
    unknown = slots.unknown or slots.product or slots.department
    if unknown:
        return not_understood(unknown)
    far = "the next 30 days" if re.search(r"\bholidays?\b", whole) and when is None else None
    return calls_for(AHEAD, {"period": when["when"] if when else slots.period or far, "stores": slots.stores}, [])
