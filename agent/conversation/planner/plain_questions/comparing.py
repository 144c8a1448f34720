"""Questions that hold one period against another: which is the base, which the other, and what they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import COMPARE, COMPARE_SPLITS, SUMMARY, Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.cut import BREAKDOWN
from agent.conversation.planner.slots.daytime import NO_HOURS_HERE, take_recurring_days, take_time_of_day
from agent.conversation.planner.slots.goods import leftover, take_marked
from agent.conversation.planner.slots.periods import HOLIDAY, MONTH, SHORTHANDS, PeriodPhrase, take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.wording.words import take_metrics, take_split
from agent.conversation.surroundings import Surroundings

_NO_COMPARISON_SPLIT = (
    "A comparison can be split by store, weekday, hour, department or category, so this is the whole."
)
_TWO_ONLY = "I can hold two periods against each other, not more. Name two of them."
_SHOPS = r"(?:stores|shops|locations|branches)"
_CONNECTOR = re.compile(
    r"\b(?:compared (?:to|with|against)|compare (?:to|with|against)|comparison (?:to|with)|versus|vs\.?|against"
    "|relative to|than|up on|down on|ahead of|behind|(?:changed?|up|down|grown|grew|fell|risen|rose|dropped|improved"
    r"|declined|differ\w*|better|worse|higher|lower) (?:since|from|on|over)|with|to|and|on|from|over)\s*$"
)
_DEFAULT_BASE = (("week", "this week"), ("month", "this month"), ("quarter", "this quarter"), ("year", "this year"))
_RELATIVE = re.compile(
    r"^(?:same\b|a (?:week|month|year)|the (?:week|month|day|year|quarter|period) (?:before|prior|earlier)|(?:day|week"
    "|month|year|quarter|period) (?:before|prior|earlier)|previous|preceding|prior|usual|normal|norm|four|4"
    r"|\w+ \w+ (?:ago|earlier))"
)
_KIND_OF_DAYS = re.compile(
    r"\b(?P<day>weekend|weekday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"(?= (?:net |gross )?(?:sales|revenue|takings|transactions|traffic|visitors|units|margins?|profits?|orders)\b)"
)
"""Days that come again in front of a figure: beside two periods “Saturday” is no third one."""
_ONE_DAY = re.compile(r"day\b")
_WEEKS = "last 12 weeks"
_GROWTH_PERIOD = "last 4 weeks"
_GROWING = re.compile(
    r"\b(?:grow\w*|grew|growth|declin\w+|shrink\w*|shrank|improv\w+|trend\w*|losing|gaining|rising|falling)\b"
    r"|\b(?:fell|fallen|dropped|rose|risen) (?:the )?(?:most|least|fastest|furthest)\b"
)
"""Words for a movement that a single day does not show."""
_PART = rf"(?:q[1-4]|h[12]|{MONTH}|(?:first|second|third|fourth) quarter|(?P<feast>{HOLIDAY}))"
_PART_OF_YEAR = (
    re.compile(rf"(?P<part>{_PART}),? (?:of |in )?(?P<which>last|this) year"),
    re.compile(rf"(?P<which>last|this) (?:year'?s? (?:in )?)?(?P<part>{_PART})"),
)
_FROM = re.compile(r"\bfrom\s*$")
_TO = re.compile(r"\b(?:to|into)\s*(?:the )?$")
_AGAINST = re.compile(r"\b(?:versus|vs\.?|against|compared? (?:to|with|against)|relative to)\s*(?:the )?$")
_SHELVES_COMPARED = re.compile(
    r"\bcompar\w* (?:the |our |my |all |these |each )*(?P<what>departments|categories)\b(?! of)"
)
_STORES_COMPARED = re.compile(rf"\bcompar\w* (?:the |our |my |all |these )*(?:\w+ )?{_SHOPS}\b")


def comparison(reading: Reading, around: Surroundings) -> Plan:
    """The comparison a question asks for; stores held against each other are a split of one period instead."""
    whole = reading.text
    marked = take_marked(reading)
    hours = take_time_of_day(reading)
    args = _shorthand(reading)
    of_days = _take_kind_of_days(reading)
    text = reading.text
    found = take_periods(reading)
    several = [one.phrase for one in found[:-1]] if len(found) > 2 else []
    if several and not _AGAINST.search(text[: found[-1].start] + _lead_of(text, found[-1])):
        return Plan(text=_TWO_ONLY)
    base, other = (several[0], found[-1].phrase) if several else _sides(text, found)
    if base:
        args["period"] = base
    if other:
        args["compare_to"] = other
    by = take_split(reading)
    stores = take_stores(reading, around)
    departments = [] if marked else take_departments(reading, around)
    by = by or (None if departments else _shelves_compared(whole))
    metrics = _figures(reading)
    days = of_days or take_recurring_days(reading)
    left = leftover(reading, around, store_known=stores is not None)
    departments = left.beside(departments) if left else departments
    spoken_for = found or by or args or (left and (left.unknown or left.goods)) or len(departments) > 1
    if days and not spoken_for:
        return _weekdays_over_time(days, metrics, stores or (left.store if left else None), departments)
    if left and left.unknown:
        return not_understood(left.unknown)
    goods = marked or (left.goods if left else None)
    if marked and left and left.goods:
        return not_understood(left.goods.product or left.goods.department or "")
    stores = stores or (left.store if left else None)
    ways: list[dict[str, Any]] = [dict(goods.args())] if goods else []
    ways += [{"department": name} for name in departments]
    ways = [{**way, "period": span} for span in several for way in ways or [{}]] if several else ways
    if days:
        return _days_compared(days, {**args, "by": by, "metrics": metrics, "stores": stores}, ways, hours)
    if hours and ways:
        return Plan(text=NO_HOURS_HERE.format(said=hours))
    if hours:
        return not_understood(hours)
    shared = {**args, "stores": stores, "metrics": metrics}
    if "compare_to" not in args and (len(ways) > 1 or _compares_stores(whole, stores, by)):
        shared["period"] = args.get("period") or (_GROWTH_PERIOD if len(metrics or ()) > 1 else None)
        return calls_for(SUMMARY, {**shared, "by": by if len(ways) > 1 else "store"}, ways)
    remark = _NO_COMPARISON_SPLIT if by and by not in COMPARE_SPLITS else ""
    if "period" not in args:
        shared["period"] = base_for(other) if other else _GROWTH_PERIOD if _GROWING.search(whole) else None
    return calls_for(COMPARE, {**shared, "by": by if by in COMPARE_SPLITS else None}, ways, remark)


def _shelves_compared(whole: str) -> str | None:
    """“Compare departments this month vs last”: what stands side by side."""
    shelves = _SHELVES_COMPARED.search(whole)
    return None if shelves is None else "department" if shelves["what"] == "departments" else "category"


def _days_compared(days: str, shared: dict[str, Any], ways: Sequence[dict[str, Any]], hours: str | None) -> Plan:
    """“Weekend sales in October vs September”: days that come again, in one period and in the other."""
    if hours or "compare_to" not in shared or shared["by"] not in (None, *COMPARE_SPLITS):
        return not_understood(days)
    where = [{"dimension": "weekday", "values": [days]}]
    return calls_for(BREAKDOWN, {"period": base_for(shared["compare_to"]), **shared, "where": where}, ways)


def _take_kind_of_days(reading: Reading) -> str | None:
    """“Saturday” of “Saturday sales last month vs the month before”, as days that come again, taken out."""
    match = reading.find(_KIND_OF_DAYS)
    if match is None:
        return None
    beside = Reading(reading.text)
    beside.blank(match.start(), match.end())
    spans = [one.phrase for one in take_periods(beside)]
    if any(_ONE_DAY.search(span) for span in spans) or (len(spans) < 2 and not _shorthand(beside)):
        return None
    reading.blank(match.start(), match.end())
    return f"{match['day']}s"


def _figures(reading: Reading) -> list[str] | None:
    """The figures named, plain “sales” among others too; None where none is."""
    metrics = list(take_metrics(reading))
    if metrics and "net_sales" not in metrics and re.search(r"\bsales\b(?! per)", reading.text):
        metrics.insert(0, "net_sales")
    return metrics or None


def _shorthand(reading: Reading) -> dict[str, Any]:
    """Both periods of “wow”, “yoy” and the like, taken out."""
    for pattern, period, compare_to in SHORTHANDS:
        if reading.take(pattern):
            return {"period": period, "compare_to": compare_to}
    return {}


def _compares_stores(whole: str, stores: str | None, by: str | None) -> bool:
    return bool(stores and " and " in stores) or (by == "store" and bool(_STORES_COMPARED.search(whole)))


def _weekdays_over_time(days: str, metrics: list[str] | None, stores: str | None, departments: Sequence[str]) -> Plan:
    """“Are Saturdays getting better?”: what each of them brought, week by week."""
    where = [{"dimension": "weekday", "values": [days]}]
    where += [{"dimension": "department", "values": [name]} for name in departments]
    shared = {"by": "week", "metrics": metrics or ["net_sales"], "period": _WEEKS, "where": where, "stores": stores}
    return calls_for(BREAKDOWN, shared, [])


def _sides(text: str, found: list[PeriodPhrase]) -> tuple[str | None, str | None]:
    """The period asked about and the one it is held against."""
    if not found:
        return None, None
    if len(found) == 1:
        only = found[0]
        before = text[: only.start]
        if _CONNECTOR.search(before + _lead_of(text, only)) or _RELATIVE.match(only.phrase):
            return None, only.phrase
        return only.phrase, None
    first, second = found[0], found[1]
    if (years := _same_part(first.phrase, second.phrase)) is not None:
        return years
    if _FROM.search(text[: first.start] + _lead_of(text, first)) and _TO.search(text[: second.start]):
        return second.phrase, first.phrase
    if _CONNECTOR.search(text[: first.start]) and _strong(text[: first.start]) and not _strong(text[: second.start]):
        return second.phrase, first.phrase
    return first.phrase, second.phrase


def _same_part(one: str, other: str) -> tuple[str, str] | None:
    """A part of this year and of last year held against each other: “Q4 last year compared to this year”."""
    for said, beside in ((one, other), (other, one)):
        last, this = _part_of_year(said), _part_of_year(beside)
        if last is None or last["which"] != "last":
            continue
        part = last["part"]
        if beside in ("this year", part) or (this and this["which"] == "this" and this["part"] == part):
            now = part if beside == part else f"{part} this year"
            return now, f"{part} last year" if last["feast"] else "last year"
    return None


def _part_of_year(said: str) -> re.Match[str] | None:
    return next((found for form in _PART_OF_YEAR if (found := form.fullmatch(said))), None)


def _lead_of(text: str, phrase: PeriodPhrase) -> str:
    """The preposition that was read as part of the phrase, so that "up on Friday" is still seen as a connector."""
    return text[phrase.start : phrase.start + max(0, text[phrase.start : phrase.end].find(phrase.phrase))]


def _strong(before: str) -> bool:
    return bool(
        re.search(r"\b(?:versus|vs\.?|against|than|compared (?:to|with)|relative to)\s*(?:in |on |the )*$", before)
    )


def base_for(other: str) -> str:
    """The present counterpart of a past period: "up on last month" speaks of this month."""
    if re.match(r"yesterday", other):
        return "today"
    if (long_ago := re.search(r"\b(month|quarter|year)s (?:ago|earlier)\b", other)) is not None:
        return f"last {long_ago[1]}"
    if _RELATIVE.match(other):
        return "yesterday"
    if (years := _same_part(other, "this year")) is not None:
        return years[0]
    for word, base in _DEFAULT_BASE:
        if re.search(rf"\b(?:last|previous|prior) {word}\b", other):
            return base
    return "yesterday"
