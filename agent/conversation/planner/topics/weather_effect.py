"""Questions what goes with the weather: figures on wet against dry days, or by temperature, without saying why."""

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
_RAIN = r"(?:rain(?:y|ed|ing|s|fall)?|wet|snow\w*|storms?)"
_HEAT = r"(?:temperatures?|heat(?: ?wave)?|hot(?:ter)?|cold(?:er)?|warm(?:er)?|freezing)"
_WEATHER = re.compile(rf"\b(?:weather|{_RAIN})\b")
_TEMPERATURE = re.compile(
    rf"\b{_HEAT} (?:days?|weather)\b|\btemperatures?\b|\bthe heat\b|\bheat (?:affect|hurt|help|drive|impact)\w*\b"
    rf"|\bheat ?waves?\b|\b(?:it is|it's|it gets|it was|when) {_HEAT}\b"
)
_ASKS = re.compile(
    r"\b(?:what happens|happens to|hurt\w*|affect\w*|effects?|impact\w*|influenc\w*|cost us|help\w*|matter\w*"
    r"|correlat\w*|depend\w*|relat\w*|link\w*|drive|drives|keep(?:s)? (?:people|customers) (?:away|home)"
    r"|(?:more|less|better|worse|fewer) (?:\w+ )*(?:when|on|in|if)|sell (?:more|less|better|worse|best|most)"
    r"|difference|sensitiv\w*|chang\w*|drop\w*|rise\w*|up|down)\b"
)
_OTHER = re.compile(
    r"\b(?:why|forecast\w*|will|was it|is it|customer names?|stock|reorder|cold (?:cuts|cereal|brew|drinks?|beer)"
    r"|hot (?:dogs?|food|deli|sauce|cereal|chocolate))\b"
)
_WORDS = re.compile(
    rf"\b(?:weather|{_RAIN}|{_HEAT}|happens?|it|is|it's|gets|was|when|hurt\w*|affect\w*|effects?|impact\w*|influenc\w*"
    r"|cost us|help\w*|matter\w*|correlat\w*|correlation|depend\w*|relat\w*|relationship|link\w*|drives?|keeps?"
    r"|people|customers|away|home|more|less|better|worse|fewer|sell|sells|sold|best|most|difference|sensitiv\w*"
    r"|chang\w*|drop\w*|rises?|up|down|on|in|if|days?|did|do|does|the|our|sales|revenue|between|and|of|dry|sunny|how"
    r"|much|what|which|to|with|by|store|make|makes|a|visits?|shop|come|buy)(?!\w)"
)
_ONE_DAY = re.compile(
    r"yesterday|today|(?:last |this )?\w+day|.*\d{4}-\d\d-\d\d|(?:the )?\d{1,2}\w* (?:of )?[a-z]+|[a-z]+ \d{1,2}\w*"
)
NOT_A_CAUSE = "That sales go with the weather does not say that it made them: wet days may be other weekdays or weeks."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question what sales do with the weather; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    hot = _TEMPERATURE.search(whole) is not None
    if (
        not (hot or _WEATHER.search(whole))
        or not _ASKS.search(whole)
        or _OTHER.search(whole)
        or names_the_future(whole)
    ):
        return None
    if split_left(Reading(whole)):
        return None
    metrics = list(take_metrics(reading))
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.limit:
        return not_understood(slots.unknown or "that number")
    if slots.period and _ONE_DAY.fullmatch(slots.period):
        return None  # the weather of one day has nothing to be held against
    by = "temperature" if hot else "weather"
    shared = {
        "by": by, "metrics": metrics or None, "period": slots.period or "all time",
        **slots.args("stores", "product", "department"),
    }  # fmt: skip
    return calls_for(BREAKDOWN, shared, [], NOT_A_CAUSE)
