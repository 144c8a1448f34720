"""“Forecast accuracy by department”, “forecast bias”, “which items do we over-forecast”: how good outlooks were."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_words import take_dimensions
from agent.conversation.planner.wording.words import take_limit, take_metrics
from agent.conversation.surroundings import Surroundings

ACCURACY = "outlook_accuracy"
_FORECAST = (
    r"(?:(?:sales |demand )?(?:forecast(?:s|ed|ing|er)?|predict(?:s|ed|ions?|ing)?|outlooks?|projections?|projected))"
)
_ASKS = re.compile(
    rf"\b{_FORECAST}\b.{{0,40}}\b(?:accura\w+|bias\w*|mape|wape|rmse|errors?|reliab\w+|right|wrong|far off|off by|good"
    r"|precis\w+|trust\w*|variance|deviation|too (?:high|low)|miss(?:ed)?)\b|\b(?:accura\w+|bias\w*|mape|wape|errors?"
    rf"|reliab\w+|how (?:good|right|wrong|far off|close|precise)|variance|misses)\b.{{0,40}}\b{_FORECAST}\b|\b(?:over"
    rf"|under)[- ]?{_FORECAST}\b|\b(?:mape|wape)\b|\b{_FORECAST} (?:vs\.?|versus|against|compared (?:to"
    r"|with)) (?:the )?actuals?\b|\bactuals?(?: sales)? (?:vs\.?|versus|against|compared (?:to|with)"
    rf"|and) (?:the )?{_FORECAST}\b"
)
_OTHER = re.compile(
    r"\b(?:stock(?! ?keeping)\w*|inventory|staff\w*|labou?r|why|weather|order more|traffic|create|upload|load"
    r"|improve my|mape definition|what is (?:mape|bias))\b"
)
_OVER = re.compile(
    rf"\bover[- ]?{_FORECAST}\b|\btoo (?:high|much)\b|\bover-? (?:or|and|vs\.?|versus) under\b|\boverestimat\w*\b"
)
_UNDER = re.compile(rf"\bunder[- ]?{_FORECAST}\b|\btoo (?:low|little)\b|\bunderestimat\w*\b")
_BEST = re.compile(r"\b(?:most accurate|best|most reliable|lowest|smallest|highest accuracy|most precise)\b")
_WORDS = re.compile(
    rf"\b(?:{_FORECAST}|(?:over|under)[- ]?{_FORECAST}|accura\w+|bias\w*|mape|wape|rmse|errors?|reliab\w+|right|wrong"
    r"|far|off|good|precis\w+|trust\w*|variance|deviation|too|high|low|much|little|miss(?:ed|es)?|actuals?|came|come"
    "|in|consistently|systematically|regularly|always|how|our|your|the|were|was|are|is|do|does|did|we|by|analysis"
    "|report|show|vs|versus|against|compared|to|with|highest|lowest|worst|best|most|least|largest|biggest|smallest"
    "|over|under|or|and|levels?|have|has|had|there|any|sales|demand|track|tracking|performance|last|past|previous"
    r"|products?|items?|skus?|which|what|of|for|us|me|own|weekly|daily)(?!\w)"
)
_PARTS = {"store", "department", "category", "product"}
NOT_BY = "How far off an outlook was I can say by store, department, category or product, or week by week, not by {by}."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about how good forecasts were; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _ASKS.search(whole) or _OTHER.search(whole):
        return None
    over, under = _OVER.search(whole) is not None, _UNDER.search(whole) is not None
    limit = take_limit(reading)
    metrics = [name for name in take_metrics(reading) if name in ("units", "transactions", "gross_margin")]
    split = take_dimensions(reading)
    split = [name for name in split if name not in ("week", "day")] or split
    if split and split[0] not in (*_PARTS, "week"):
        return Plan(text=NOT_BY.format(by=split[0].replace("_", " ")))
    if len(split) > 1:
        return Plan(text=NOT_BY.format(by=" and ".join(split)))
    by = split[0] if split and split[0] in _PARTS else None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    order = None
    if by:
        order = "over" if over and not under else "under" if under and not over else None
        order = order or ("accurate" if _BEST.search(whole) else None)
    both = by is None and (over == under) and re.search(r"\bbias\w*\b|\bover\b.*\bunder\b", whole) is not None
    ways = [{}, {"by": "department", "order": "over"}] if both and not (slots.product or slots.department) else []
    return calls_for(ACCURACY, {
        "by": by,
        "metric": metrics[0] if metrics else "units" if by == "product" else None,
        "order": order,
        "limit": limit or slots.limit,
        **slots.args("period", "stores", "product", "department"),
    }, ways)  # fmt: skip
