"""Questions for the busy times: peak days and hours, and a day's biggest hour held against opening."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.daytime import take_recurring_days
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

PEAK, BY_STORE = "peak_times", "peak_hours_by_store"
_BUSY = r"(?:busiest|quietest|slowest|peak|rush|biggest|highest|heaviest|lowest|top|best|most popular|strongest)"
_CLAIM = re.compile(
    r"\bwhat times? (?:of (?:the )?day )?(?:do|does|did) (?:most |our |the )?(?:people|customers|shoppers|everyone)\b"
    r"|\bpeak (?:\w+ )?(?:hours?|times?|days?|periods?|performance|trading|traffic)\b|\bpeaks?\b.*\b(?:times?|hours?"
    r"|days?)\b|\b(?:days?|weekdays?) (?:and|or|&|/) (?:the )?(?:times?|hours?)\b|\b(?:times?|hours?) (?:and|or|&"
    rf"|/) (?:the )?(?:days?|weekdays?)\b|\b{_BUSY} (?:\w+ )?(?:traffic |trading |business |shopping "
    r"|sales )?(?:hours?|times?(?! of (?:the )?year))\b|\bhours? (?:is|are|was|were) (?:the |our )?(?:busiest"
    r"|quietest|slowest)\b|\brush hours?\b|\bwhen (?:do|are|is|does|was|were) (?:we|our|the stores?|it|business"
    r"|things)(?: \w+)? (?:peak|busiest|quietest|slowest|busy|quiet)\b|\bwhen (?:is|are|was|were|does|do) (?:our "
    r"|the )?(?:foot ?traffic|traffic|footfall|sales|transactions|trade|demand) (?:\w+ )?(?:highest|lowest|peak"
    r"|heaviest|at (?:its|their) (?:peak|highest|lowest))\b|\b(?:heat ?map|heat table)\b(?=.*\b(?:hours?|traffic"
    r"|sales|transactions|week)\b)"
)
_BY_STORE = re.compile(
    r"\b(?:by|per|of each|for each|at each|in each|across) (?:the |our )?(?:stores?|shops?|locations?|branch(?:es)?"
    r"|outlets?)\b"
)
_DAY_OF_STORE = re.compile(
    rf"\b(?:{_BUSY} (?:shopping |trading |sales )?(?:weekdays?|days? of (?:the |each )?week)"
    r"|(?:busiest|quietest|slowest|peak) days?)\b(?! (?:in|ever|last|this|of the (?:year|month)|on record))"
)
"""The weekday that sees most; which single day did is another question."""
ONE_STORE = (
    "By one weekday or by visitors I show the busy times of all stores together or of one: name a store for its own."
)
_OTHER = re.compile(
    r"\b(?:segments?|customers? segments?|staff\w*|labou?r|schedul\w*|shifts?|why|compare[d]? (?:to|with) (?:last|the)"
    r"|versus|vs|products?|items?|departments?|price|employees?|weather|top \d+)\b"
)
_HOURS = re.compile(r"\b(?:hours?|times?|rush|when|hourly|heat ?map|heat table)\b")
_VISITORS = re.compile(r"\b(?:foot[- ]?traffic|traffic|visitors?|footfall|people|walk-?ins?)\b")
_MONEY = re.compile(r"\b(?:sales|revenue|takings|money|turnover)\b")
_QUIET = re.compile(r"\b(?:quiet(?:est)?|slowest|lowest|least busy|deadest)\b")
_OPENING = re.compile(
    r"(?:,? ?\b(?:and )?how (?:busy|much busier|strong)(?: \w+){0,3})? ?\b(?:compared? (?:to|with)|versus|vs\.?"
    r"|against|relative to|than) (?:at )?(?:the )?opening(?: (?:time|hour))?\b|,? ?\b(?:and )?how busy (?:is|was|were"
    r"|are) (?:it|we|they)\b"
)
_DAY = re.compile(r"\b(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)'s\b")
_WORDS = re.compile(
    rf"\b(?:{_BUSY}|peaks?|peaking|rush|hours?|times?|days?|weekdays?|weekly|week days?|of the (?:day|week)|traffic"
    "|foot[- ]?traffic|visitors?|footfall|people|walk-?ins?|sales|revenue|takings|money|turnover|transactions?"
    "|performance|trading|business|shopping|periods?|busy|quiet|heat ?map|heat table|hourly|orders?|customers?"
    r"|usually|typically|generally|show|most|shop|shops|come|comes|and|or|the|by|when)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about busy times; None for every other."""
    reading = Reading.of(text)
    claimed = _CLAIM.search(reading.text) or (_BY_STORE.search(reading.text) and _DAY_OF_STORE.search(reading.text))
    if not claimed or names_the_future(reading.text):
        return None
    whole = reading.text
    reading.take(_OPENING)
    by_store = reading.take(_BY_STORE) is not None
    remark = ONE_STORE if by_store else ""
    take_limit(reading)
    if _OTHER.search(reading.text):
        return None
    args: dict[str, Any] = {}
    if _VISITORS.search(reading.text):
        args["measure"] = "visitors"
    elif _MONEY.search(reading.text):
        args["measure"] = "net_sales"
    if _QUIET.search(reading.text):
        args["quietest"] = True
    if days := take_recurring_days(reading):
        args["weekday"] = days
    if own := _DAY.search(reading.text):
        reading.blank(own.end() - 2, own.end())
    spans = list(dict.fromkeys(one.phrase for one in periods(reading)))
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department:
        return not_understood(slots.unknown or slots.product or slots.department or "")
    tool = PEAK
    if by_store and not ({"weekday"} & set(args) or args.get("measure") == "visitors"):
        tool, remark = BY_STORE, ""
        if not _HOURS.search(whole):
            args["of"] = "weekday"
    return calls_for(tool, {**args, **slots.args("stores")}, [{"period": span} for span in spans], remark)
