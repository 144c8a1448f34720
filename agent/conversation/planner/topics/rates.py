"""Questions for an average day, and for what each square metre or square foot of floor sells."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.subject import Subject, plan_for
from agent.conversation.planner.words import take_metrics
from agent.conversation.surroundings import Surroundings

RATES = "sales_rates"
_SUMS = frozenset({"net_sales", "gross_sales", "transactions", "units", "gross_margin", "discounts", "cost_of_goods"})
_AVERAGE = r"(?:average|avg\.?|mean)"
_WHAT = (
    r"(?:(?:number of |net |gross )*(?:sales(?: \$| amount)?|revenues?|takings|turnover|transactions|orders"
    r"|units(?: sold)?|gross margin|margin|gross profit|profit|discounts?|cogs|cost of goods(?: sold)?))"
)
_DAY = re.compile(
    rf"\b{_AVERAGE} (?:daily|day's) (?=(?:[a-z]+ ){{0,2}}?{_WHAT}\b)"
    rf"|\bdaily {_AVERAGE} (?:of |for )?(?={_WHAT}\b)"
    rf"|\b{_AVERAGE} (?P<kept>(?:\w+ )?{_WHAT}) (?:per|a|each|every) (?:trading |business )?day\b(?!s? of)"
    rf"|\b(?P<first>{_WHAT}) (?:per|a) (?:trading |business )?day,? on average\b"
    rf"|\b(?P<led>{_WHAT}) (?:on|of) an average day\b|\b{_AVERAGE} day's (?={_WHAT}\b)"
    rf"|\b(?P<behind>{_WHAT}) daily {_AVERAGE}\b"
)
_AREA = re.compile(
    r"\bper (?:(?P<foot>sq(?:uare|\.)? ?(?:foot|feet|ft)\.?|sqft|ft2|ft²)"
    r"|(?P<metre>sq(?:uare|\.)? ?(?:met(?:re|er)s?|m)"
    r"|sqm|m2|m²))(?: of (?:floor(?: (?:space|area))?|space|store|selling (?:space|area)))?(?!\w)"
    r"|\bsales densit(?:y|ies)\b"
)
_OTHER = re.compile(
    r"\b(?:why|stock\w*|inventory|cover|velocity|shelf|shelves|facings?|planograms?|targets?|budgets?|customers?"
    r"|employees?|cashiers?|compared? (?:to|with) (?:our|the) average|above average|below average)\b"
)
_WORDS = re.compile(
    r"\b(?:sales|sold|amount|number|stores?|average|avg\.?|mean|daily|day|each|on|floor|space|area|our|much|do|does|did"
    r"|sell|make|take|highest|lowest|best|worst|most|least|which|has|have|had|total)(?!\w)|\$"
)
_SUBJECT = Subject(RATES, _WORDS, frozenset({"store"}), frozenset({"product", "department"}))
_WHICH = re.compile(r"\b(?:which|what|best|worst|highest|lowest)(?: \w+){0,3} (?:stores?|shops?|locations?)\b")


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about an average day or about floor space; None for every other."""
    reading = Reading.of(text)
    day, area = reading.find(_DAY), reading.find(_AREA)
    per = ""
    if not (day or area) or (day and area) or _OTHER.search(reading.text):
        return None
    by = "store" if _WHICH.search(reading.text) else None
    metrics = list(take_metrics(Reading(reading.text, reading.source))) or ["net_sales"]
    if not set(metrics) <= _SUMS:
        return None
    if day:
        per = "day"
        said = next((name for name, value in day.groupdict().items() if value), None)
        first, last = day.span(said) if said else (day.end(), day.end())
        reading.blank(day.start(), first)
        reading.blank(last, day.end())
    elif area:
        per = "square_metre" if area["metre"] else "square_foot"
        reading.blank(area.start(), area.end())
    take_metrics(reading)
    plans = [
        plan_for(
            replace(_SUBJECT, args={"per": per, "metric": None if name == "net_sales" else name}),
            Reading(reading.text, reading.source),
            around,
            by=by,
        )
        for name in metrics
    ]
    if any(plan is None for plan in plans):
        return None
    found = [plan for plan in plans if plan is not None]
    return Plan(tuple(call for plan in found for call in plan.calls), found[0].text)
