"""“7-day moving average of sales”, “rolling 4-week revenue by store”: each span of time with those before it."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_taken import take_excluded
from agent.conversation.planner.topics.breakdown_words import EXCLUDED, take_dimensions, take_own_metrics
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "twenty-eight": 28, "thirty": 30,
}  # fmt: skip
_N = rf"(?:\d\d?|{'|'.join(_NUMBERS)})"
_U = r"(?:day|week|month|quarter)"
_MOVING = r"(?:moving|rolling|trailing|running)"
_KIND = r"(?:averages?|avgs?|means?|totals?|sums?)"
_SPAN = rf"(?P<n{{0}}>{_N})[- ](?P<u{{0}}>{_U})s?"
_ROLLING = re.compile(
    rf"\b(?:the |a |an |our )?(?:{_SPAN.format(1)}[- ](?:simple )?{_MOVING}[- ](?:net )?(?:{_KIND}(?: of| for)?)?"
    rf"|(?<!last )(?<!past )(?<!previous ){_SPAN.format(2)}[- ](?:average|avg|mean)(?! (?:ago|before))(?: of| for)?"
    rf"|{_MOVING}[- ]{_SPAN.format(3)}(?: {_KIND}(?: of| for)?)?"
    rf"|(?P<each>weekly )?(?:simple )?(?:moving|rolling|trailing)[- ](?:{_KIND})(?: of| for)?"
    rf"|running (?:averages?|means?)(?: of| for)?|smooth(?:ed|ing)(?: out)?)(?![\w-])"
)
_WINDOW = re.compile(
    rf"\b(?:over|with an?|using an?|in an?|of) (?:a |the )?(?:(?:rolling|moving|sliding|trailing) )?(?:window of )?"
    rf"{_SPAN.format(1)}(?: (?:windows?|periods?|spans?))?(?! (?:ago|before|so far))\b"
)
_TOTAL = re.compile(r"\b(?:totals?|sums?)\b")
_MEAN = re.compile(r"\b(?:averages?|avgs?|means?|smooth\w*|running)\b")
_USUAL = {"day": 7, "week": 4, "month": 3, "quarter": 4}
_SPANS = {"day": "last 4 weeks", "week": "last 12 weeks", "month": "all time", "quarter": "all time"}
NOT_THAT = (
    "Moving averages and rolling totals can be had of sales, units, transactions, margin and the like, by themselves: "
    "“7-day moving average of transactions at Harbor Point”. I gave none here, as “{other}” is not among them."
)
_AT_A_TILL = re.compile(r"\b(?:at|on) (?:the |a )?(?:tills?|registers?|checkouts?|counters?)\b[^,;?]*")
_BY_NAME = re.compile(rf"\b{_MOVING}[- ](?:averages?|avgs?|means?)\b")
_OTHER = re.compile(
    r"\b(?:forecast\w*|predict\w*|stock|inventory|cover|target|budget|customers?|households?|visit frequency|compared?"
    r"|versus|vs\.?|against|than|year[- ]over[- ]year|last year|why|tasks?|employees?|cashiers?|lead times?)\b"
)
_WORDS = re.compile(
    r"(?<![\w-])(?:what|which|is|are|was|were|the|our|my|a|an|of|for|give|me|show|us|plot|chart|graph|draw|calculate"
    r"|compute|work out|trend(?:s|line)?|line|daily|weekly|monthly|sales?|revenue|turnover|takings|net|figures?"
    r"|numbers?|over time|course|as|with|and|it|how|do|does|did|look|looks|list|report|day by day|values?|please|see"
    r"|total|each|every)(?![\w-])|'s\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a moving average or a rolling total; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    if not _ROLLING.search(whole) or names_the_future(whole):
        return None
    if (other := _OTHER.search(whole)) is not None:
        return Plan(text=NOT_THAT.format(other=other[0])) if _BY_NAME.search(whole) else None
    if (till := _AT_A_TILL.search(whole)) is not None:
        return not_understood(till[0].strip())
    found = reading.take(_ROLLING)
    if found is None:
        return None
    many, unit = _span(found)
    if unit is None and (window := reading.take(_WINDOW)) is not None:
        many, unit = _span(window)
    excluded = take_excluded(reading) if EXCLUDED.search(reading.text) else []
    metrics = [*take_own_metrics(reading), *take_metrics(reading)] or ["net_sales"]
    by = take_dimensions(reading)
    times = [name for name in by if name in (*_USUAL, "hour", "weekday", "period")]
    others = [name for name in by if name not in times]
    unit = unit or (times[0] if times else "day")
    if unit not in _USUAL or any(time != unit for time in times) or len(others) > 1:
        return not_understood(f"by {' and '.join(by)}")
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.limit:
        return not_understood(slots.unknown or "a number")
    said = found[0]
    total = bool(_TOTAL.search(said)) or (not _MEAN.search(said) and not _MEAN.search(whole))
    args: dict[str, Any] = {
        "by": ", ".join([*others, unit]),
        "metrics": metrics,
        "rolling": many or _USUAL[unit],
        "rolling_total": True if total else None,
        "period": slots.period or _SPANS[unit],
        "where": excluded or None,
        **slots.args("stores", "department", "product"),
    }
    return calls_for(BREAKDOWN, args, [])


def _span(found: re.Match[str]) -> tuple[int | None, str | None]:
    """How many of which unit; None where it is not said."""
    groups = found.groupdict()
    for number in ("1", "2", "3"):
        if said := groups.get(f"n{number}"):
            return int(said) if said.isdigit() else _NUMBERS[said], str(groups[f"u{number}"])
    return (7, "day") if groups.get("each") else (None, None)


_AGAIN = re.compile(
    rf"\W*(?:and |now |what about |how about |make it |make that |the same )*(?:over |with |for |as )?(?:an? |the )?"
    rf"{_SPAN.format(1)}(?:[- ](?:{_MOVING} )?{_KIND})?\W*"
)


def spans_said(text: str) -> tuple[int, str] | None:
    """The number and unit of “over 14 days”, where that is all that is said."""
    found = _AGAIN.fullmatch(text)
    if found is None:
        return None
    many, unit = _span(found)
    return (many, unit) if many is not None and unit is not None else None
