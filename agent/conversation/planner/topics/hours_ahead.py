"""“When will it be quiet on Saturday?”, “how busy will tomorrow evening be?”: hours to come, told as they were.

An outlook knows whole days only, so the same hours of such days that are over are told, and the answer says so.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.cut import hours_of
from agent.conversation.planner.slots.daytime import take_time_of_day
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

PEAK, BREAKDOWN = "peak_times", "sales_breakdown"
_DAY = re.compile(
    r"(?:\b(?:on|for|during|over|by|this|next|coming|upcoming|the) )*"
    r"\b(?P<day>tomorrow|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:'s)?(?!\w)"
)
_TODAY = re.compile(
    r"\b(?:in |for |over |during |at )?(?:(?:the )?next (?:few |couple of |two |three )?hours?|(?P<part>tonight)"
    r"|this (?P<now>morning|afternoon|evening)|later(?: on)? today|today)\b"
)
_AHEAD = re.compile(
    r"\b(?:will|going to|gonna|expect(?:ed|ing)?|forecast(?:ed)?|predict(?:ed)?|outlook|likely|tomorrow"
    r"|(?:next|coming|upcoming) (?:week|\w+day|weekend))\b"
)
_WHEN = re.compile(
    r"\b(?:when|(?:what|which) (?:times?|hours?)|at what (?:time|hour)|(?:peak|busy|busiest|quiet|quietest|slow|slowest"
    r"|rush) (?:times?|hours?)|rush)\b"
)
_QUIET = re.compile(r"\b(?:quiet(?:er|est)?|slow(?:er|est)?|dead(?:est)?|least busy|calm(?:er|est)?)\b")
_BUSY = re.compile(
    rf"{_QUIET.pattern}|\b(?:bus(?:y|ier|iest)|rush|peak(?:s|ing)?|crowded|packed|slammed|traffic|footfall|visitors"
    r"|people|customers|shoppers|transactions|sales|revenue|takings|trade|sell|take|make|forecast|outlook)\b"
)
_VISITORS = re.compile(r"\b(?:foot ?traffic|traffic|footfall|visitors|walk-?ins?)\b")
_OTHER = re.compile(
    r"\b(?:staff\w*|schedul\w*|shifts?|cover|work(?:ing|s)?|who|why|open|close[sd]?|closing|deliver\w*"
    r"|arriv\w*|truck|orders?|stock\w*|run out|tasks?|remind\w*|weather|rain\w*|snow\w*|price\w*|promot\w*|offers?"
    r"|discount\w*|mark ?down\w*|events?|compar\w*|versus|vs|than|people do (?:i|we) need|how many people|enough)\b"
)
_WORDS = re.compile(
    rf"{_BUSY.pattern}|{_WHEN.pattern}|{_AHEAD.pattern}|\b(?:how|many|much|is|are|it|we|i|be|do|does|should|have|get|see|most"
    r"|more|least|the|our|my|store|stores|shop|in|at|for|of|during|to|a|an|and|or|there|any|us|things|business|look|hours?|times?|that"
    r"|what|which|will|give|me|show)(?!\w)"
)
_MONEY = re.compile(r"\b(?:sales|revenue|takings|sell|take|make|turnover)\b")
_WHICH_WEEK = re.compile(r"\b(?:in |during )?(?:this|next|the coming) week\b")
_HOURS = (
    "What these hours will bring is not known: this is {day}, {first}:00–{last}:00, in each of the last eight weeks."
)
_TIMES = "How busy {day} will be is not known; these are {days} as they were."
_WEEKS = "last 8 weeks"


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about hours of a day to come; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    found = _DAY.search(whole) or _TODAY.search(whole)
    if not found or not _AHEAD.search(whole) or not _BUSY.search(whole) or _OTHER.search(whole):
        return None
    named = found.groupdict().get("day", "today")
    days = _such_days(named, around)
    reading.take(_DAY if found.re is _DAY else _TODAY)
    reading.take(_WHICH_WEEK)
    part = (found["now"] or (found["part"] and "evening")) if named == "today" else None
    part = part or take_time_of_day(reading)
    hours = hours_of(part) if part else None
    asks = _WHEN.search(whole) or (named == "today" and found[0].strip() != "today")
    if days is None or not (hours or asks):
        return None
    money = _MONEY.search(whole) is not None
    metrics = list(take_metrics(reading)) or (["net_sales"] if money else ["transactions"])
    visitors = _VISITORS.search(whole) is not None
    slots = take_slots(reading, around, _WORDS)
    goods = slots.product or slots.department
    if slots.unknown or slots.period or (goods and (hours is None or visitors)):
        return not_understood(slots.unknown or slots.period or goods or "")
    if hours is None or visitors:
        asked: dict[str, Any] = {"quietest": True} if _QUIET.search(whole) else {}
        asked |= {"measure": "visitors"} if visitors else {"measure": "net_sales"} if money else {}
        plain = {"weekend": "the weekend", "tomorrow": "tomorrow", "today": "today"}.get(named, named.capitalize())
        said = _TIMES.format(day=plain, days=days if "end" in days else days.capitalize())
        return calls_for(PEAK, {**asked, "weekday": days, **slots.args("stores")}, [], said)
    where = [{"dimension": "weekday", "values": [days]}, {"dimension": "hour", "values": [hours]}]
    args = {"by": "week", "metrics": metrics, "period": _WEEKS, "where": where}
    first, last = hours.split("-")
    day = "weekend" if "end" in days else days.removesuffix("s").capitalize()
    said = _HOURS.format(day=day, first=first.zfill(2), last=last.zfill(2))
    return calls_for(BREAKDOWN, {**args, **slots.args("stores", "product", "department")}, [], said)


def _such_days(day: str, around: Surroundings) -> str | None:
    """The days of the kind that a day to come is of: “tomorrow” and “Saturday” by their weekday."""
    if day in ("today", "tomorrow"):
        if not around.today:
            return None
        day = f"{date.fromisoformat(around.today) + timedelta(days=int(day == 'tomorrow')):%A}".lower()
    return f"{day}s"
