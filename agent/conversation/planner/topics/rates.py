"""Questions for an average day, and for what each square metre or square foot of floor sells; whole or by group."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, not_understood
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

RATES, BY_GROUP, BREAKDOWN = "sales_rates", "rates_by_group", "sales_breakdown"
PEAK = "peak_times"
STORE_DAYS = "The average of each store's weekday is the column per store-day of the table."
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_AVERAGE_DAY = re.compile(
    rf"\b(?:average|avg\.?|typical|normal|usual|mean) (?P<day>day|{_WEEKDAY})s?\b(?! (?:of|old|since))|\b(?:average"
    r"|avg\.?|mean) (?:daily|day's)\b|\b(?:daily|per day|a day) (?:average|avg\.?|on average)\b"
)
_AVERAGE_WEEK = re.compile(
    r"\b(?:average|avg\.?|mean|typical) (?:weekly|week's|week)\b(?! (?:spend|household|customer|visits?))"
    r"|\bweekly (?:average|avg\.?|mean)\b|\b(?:per|a|each|every) week,?(?: on average)\b|\bon average (?:per|a|each"
    r"|every) week\b|\baverage (?P<kept>(?:number of )?(?:\w+ )?(?:sales(?: value)?|revenue|takings|transactions|units"
    r"|orders|margin))(?: \w+ (?:department|category|store))? (?:per|a|each|every|by) week\b"
)
_GROUPED = re.compile(
    r"\b(?:(?:by|per|for each|for every|in each|of each|each|every|across)(?: the| our)?|which|what|and by"
    r"|and) (?P<by>departments?|depts?|categor(?:y|ies)|week ?days?|days? of (?:the )?week)\b"
)
_NOT_BY_DAY = re.compile(
    r"\b(?:visitors?|traffic|footfall|conversion|labou?r|basket|atv|aov|tickets?|hours?|staff|compare\w*|vs\.?|versus"
    r"|than|busier|busiest|forecast\w*|between)\b"
)
_SUMS = frozenset({"net_sales", "gross_sales", "transactions", "units", "gross_margin", "discounts", "cost_of_goods"})
_AVERAGE = r"(?:average|avg\.?|mean)"
_WHAT = (
    r"(?:(?:number of |net |gross )*(?:sales(?: \$| amount)?|revenues?|takings|turnover|transactions|orders"
    "|units(?: sold)?|gross margin|margin|gross profit|profit|discounts?|cogs|cost of goods(?: sold)?))"
)
_DAY = re.compile(
    rf"\b{_AVERAGE} (?:daily|day's) (?=(?:[a-z]+ ){{0,2}}?{_WHAT}\b)|\bdaily {_AVERAGE} (?:of |for )?(?={_WHAT}\b)"
    rf"|\b{_AVERAGE} (?P<kept>(?:\w+ )?{_WHAT}) (?:per|a|each|every) (?:trading |business )?day\b(?!s? of)"
    rf"|\b(?P<first>{_WHAT}) (?:per|a) (?:trading |business )?day,? on average\b|\b(?P<led>{_WHAT}) (?:on"
    rf"|of) an average day\b|\b{_AVERAGE} day's (?={_WHAT}\b)|\b(?P<behind>{_WHAT}) daily {_AVERAGE}\b"
)
_COUNTED = r"(?:visitors?|footfall|foot traffic|(?:labou?r|staff|clocked) hours|hours worked)"
_COUNTED_DAY = re.compile(
    rf"\b{_AVERAGE} (?:daily|day's) (?={_COUNTED}\b)|\bdaily {_AVERAGE} (?:of |for )?(?={_COUNTED}\b)"
    rf"|\b{_AVERAGE} (?P<kept>(?:number of )?{_COUNTED}) (?:per|a|each|every) (?:trading |business )?day\b(?!s? of)"
    rf"|\b(?P<first>{_COUNTED}) (?:per|a) (?:trading |business )?day,? on average\b"
)
"""What is no sum of the sales: divided by its own days, those on which it was counted."""
_BY_HOUR = r"(?:(?:number of |net )?(?:sales|revenue|takings|transactions|visitors|footfall))"
_HOUR = re.compile(
    rf"\b{_AVERAGE} (?P<kept>{_BY_HOUR}) (?:per|by|a|an|in an|each|in each|every) hour\b(?! (?:of|worked|clocked|paid))"
    rf"|\b(?:{_AVERAGE} hourly|hourly {_AVERAGE}) (?:of )?(?P<led>{_BY_HOUR})\b"
    rf"|\b(?P<first>{_BY_HOUR}) (?:per|an) hour,? on average\b"
)
PEAK_MEASURES = frozenset({"net_sales", "transactions", "visitors"})
_AREA = re.compile(
    r"\bper (?:(?P<foot>sq(?:uare|\.)? ?(?:foot|feet|ft)\.?|sqft|ft2|ft²)|(?P<metre>sq(?:uare|\.)? ?(?:met(?:re|er)s?"
    r"|m)|sqm|m2|m²))(?: of (?:floor(?: (?:space|area))?|space|store|selling (?:space|area)))?(?!\w)"
    r"|\bsales densit(?:y|ies)\b"
)
_OTHER = re.compile(
    r"\b(?:why|stock\w*|inventory|cover|velocity|shelf|shelves|facings?|planograms?|targets?|budgets?|customers?"
    r"|excluding|without|employees?|cashiers?|compared? (?:to|with) (?:our|the) average|above average|below average)\b"
)
_WORDS = re.compile(
    r"\b(?:sales|sold|amount|number|stores?|average|avg\.?|mean|daily|day|each|on|floor|space|area|our|much|do|does"
    r"|did|sell|make|take|highest|lowest|best|worst|most|least|rank\w*|by|which|has|have|had|total|performers?"
    r"|perform\w*|leaders?|productiv\w+)(?!\w)|\$"
)
_BY_STORE = re.compile(
    r"\b(?:by|per|for each|each|every|across)(?: the| our)? (?:stores?|shops?|locations?|branch(?:es)?)\b"
)
_DAY_WORDS = re.compile(
    rf"{_WORDS.pattern}|\b(?:look|looks|like|what|does|an|a|per|typical|normal|usual|for|of|bring|brings|earn|earns"
    r"|see|sees|sales|sell|sells|sold|selling|density|feet|foot|metre|meter)\b"
)
_SUBJECT = Subject(RATES, _WORDS, frozenset({"store"}), frozenset({"product", "department"}))
_WHICH = re.compile(
    r"\brank(?:ing)? (?:of )?(?:the |our |my |all )*(?:stores|shops|locations)\b|\b(?:which|what|best|worst|highest"
    r"|lowest)(?: \w+){0,3} (?:stores?|shops?|locations?)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about an average day or about floor space; None for every other."""
    grouped = _by_group(text, around)
    if grouped is not None:
        return grouped
    counted = _counted_a_day(text, around) or _an_hour(text, around)
    if counted is not None:
        return counted
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


def _counted_a_day(text: str, around: Surroundings) -> Plan | None:
    """The mean of visitors or clocked hours a day: “average labour hours per day by store”."""
    reading = Reading.of(text)
    day = reading.find(_COUNTED_DAY)
    if day is None or _OTHER.search(reading.text) or names_the_future(reading.text):
        return None
    said = next((name for name, value in day.groupdict().items() if value), None)
    first, last = day.span(said) if said else (day.end(), day.end())
    reading.blank(day.start(), first)
    reading.blank(last, day.end())
    metrics = list(take_metrics(reading))
    by_store = reading.take(_BY_STORE) is not None or _WHICH.search(reading.text) is not None
    slots = take_slots(reading, around, _DAY_WORDS)
    if len(metrics) != 1 or slots.unknown or slots.limit or slots.product or slots.department or split_left(reading):
        return None
    args = {"per": "day", "metric": metrics[0], "by": "store" if by_store else None, **slots.args("period", "stores")}
    return Plan(((RATES, {key: value for key, value in args.items() if value is not None}),))


def _an_hour(text: str, around: Surroundings) -> Plan | None:
    """What an hour of the day sees on average: “average sales per hour”, of all stores or of those named."""
    reading = Reading.of(text)
    hour = reading.find(_HOUR)
    if hour is None or _OTHER.search(reading.text) or names_the_future(reading.text):
        return None
    first, last = hour.span(next(name for name, value in hour.groupdict().items() if value))
    reading.blank(hour.start(), first)
    reading.blank(last, hour.end())
    metrics = list(take_metrics(reading)) or ["net_sales"]
    slots = take_slots(reading, around, _DAY_WORDS)
    if len(metrics) != 1 or metrics[0] not in PEAK_MEASURES or slots.unknown or slots.limit or split_left(reading):
        return None
    if slots.product or slots.department or _BY_STORE.search(text.lower()):
        return None
    return Plan(((PEAK, {"measure": metrics[0], **slots.args("period", "stores")}),))


def _by_group(text: str, around: Surroundings) -> Plan | None:
    """An average day by department or weekday, one weekday's average, an average day of a part of the range."""
    reading = Reading.of(text)
    whole = reading.text
    said = reading.find(_DAY) if _GROUPED.search(whole) else None
    day, area, week = reading.find(_AVERAGE_DAY), reading.find(_AREA), _AVERAGE_WEEK.search(whole)
    if (
        not (day or area or said or week)
        or (week and re.search(r"\b(?:households?|members?)\b", whole))
        or _OTHER.search(whole)
        or _NOT_BY_DAY.search(whole)
        or names_the_future(whole)
    ):
        return None
    groups: list[str] = []
    while (match := reading.find(_GROUPED)) is not None:
        groups.append(_group_named(match["by"]))
        reading.blank(match.start(), match.end())
    weekday = (day["day"] or "") if day else ""
    weekday = weekday if weekday.endswith("day") and weekday != "day" else ""
    named = take_metrics(Reading(reading.text, reading.source))
    for pattern in (_AVERAGE_DAY, _DAY, _AVERAGE_WEEK):
        reading.take(pattern)
    per = "week" if week else "day"
    if area:
        per = "square_metre" if area["metre"] else "square_foot"
        reading.take(_AREA)
    metrics = list(dict.fromkeys([*named, *take_metrics(reading)])) or ["net_sales"]
    by_store = reading.take(_BY_STORE) is not None or _WHICH.search(whole) is not None
    if not set(metrics) <= _SUMS or len(metrics) > 1 or len(groups) > 1 or (weekday and groups):
        return None
    by = groups[0] if groups else "weekday" if weekday else None
    if by_store and by == "weekday":  # the split by two says each one's own average day
        args = {"by": "store, weekday", "metrics": metrics, **take_slots(reading, around, _DAY_WORDS).args("period")}
        return Plan(((BREAKDOWN, args),), STORE_DAYS)
    slots = take_slots(reading, around, _DAY_WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    if slots.limit or split_left(reading):
        return None
    metric = None if metrics == ["net_sales"] else metrics[0]
    shared = {"per": per, "metric": metric, **slots.args("period", "stores", "product", "department")}
    calls: list[tuple[str, dict[str, object]]] = []
    if by is None or by_store:
        calls.append((RATES, {**shared, "by": "store" if by_store else None}))
    if by is not None:
        calls.append((BY_GROUP, {**shared, "by": by, "weekday": weekday.title() or None}))
    return Plan(tuple((name, {key: value for key, value in args.items() if value is not None}) for name, args in calls))


def _group_named(said: str) -> str:
    return "department" if said.startswith("dep") else "category" if said.startswith("cat") else "weekday"
