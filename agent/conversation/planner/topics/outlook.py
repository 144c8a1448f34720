"""Questions for sales of days that have not been: “forecast next week's sales for milk”, “what will we do tomorrow”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.goods import leftover, take_marked
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.wording.words import take_metrics, take_split
from agent.conversation.surroundings import Surroundings

OUTLOOK = "sales_outlook"
_METRICS = frozenset({"net_sales", "gross_sales", "transactions", "units", "gross_margin"})
_SALES = r"(?:sales?|revenues?|takings|turnover|demand|transactions|orders|units|profits?|margins?|business)"
_ASKS = re.compile(
    r"\b(?:forecast(?:s|ed|ing)?|predict(?:s|ed|ion|ions|ing)?|projections?|project(?:ed)?|outlook|estimate[ds]?)\b"
    r"|(?<!as )(?<!than )\bexpect(?:ed|ing)?\b|\b(?:how (?:much|many)|what) .*\bwill\b|\bwill (?:we|i|they|it"
    rf"|{_SALES}) (?:\w+ )?(?:sell|make|do|take|earn|bring in|be|get|have|see)\b|\bwill (?:we|i) (?:hit|reach|break"
    r"|top|exceed|cross) [$€£]? ?\d|\b(?:which|what) (?:stores?|shops?|departments?) will (?:\w+ )?(?:sell|make|take"
    r"|do)\b|\b(?:going to|gonna) (?:sell|make|take|do|earn|be)\b|\bon (?:track|pace) (?:for|to (?:make|do|sell))\b"
)
_OTHER = re.compile(
    r"\b(?:run(?:ning)? (?:out|low)|stock(?:s|ed|ing)?(?:[- ]?outs?)?|sell out|sold out|last\b(?! (?:week|month|year))"
    r"|who|quit|arriv\w+|deliver\w*|targets?|goals?|budgets?|quotas?|weather|rain\w*|snow\w*|staff\w*|schedul\w+"
    r"|shifts?|employees?|labou?r|why|customers?|churn|should(?! we expect)|prices?|promo\w*|discount\w*|mark ?down\w*"
    r"|campaigns?|re-?order\w*|inventory|cash ?flow|tasks?|visitors?|traffic|coupons?|shrink\w*|waste|lift"
    r"|purchase orders?|short of|elasticit\w+|if (?:we|i)"
    r"|order (?:more|\d)|enough|sufficient|buy|wholesale|competit\w+|seasonal\w*|refunds?|returns?)\b"
)
_RANKED = re.compile(
    r"\b(?:which|what|top|best|most popular) (?:\d+ )?(?:products?|items?|skus?|categor(?:y|ies)|brands?)\b"
)
_DAYS = re.compile(
    r"\b(?:which|what|best|busiest|slowest|quietest|strongest|weakest) (?:\w+ )?days?\b|\bdays?\b.*\b(?:busiest|slowest"
    r"|quietest|strongest|weakest|highest|lowest|most|least)\b"
)
"""Which of the days to come: each is in the table of an outlook, and it names the highest and the lowest."""
_UNIT = r"(?:days?|weeks?|months?|quarters?|weekends?|years?)"
_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|ten)"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_HOLIDAY = (
    "(?:thanksgiving|black friday|cyber monday|christmas(?: eve| day)?|new year'?s?(?: eve| day)?|halloween"
    "|labou?r day|memorial day|easter|independence day|valentine'?s day|super ?bowl)(?: week(?:end)?)?"
)
WHEN = re.compile(
    r"\b(?:(?:for|in|over|by|during|on|through|within|until) )*(?P<when>tomorrow|today|tonight|(?:the )?(?:(?:next"
    rf"|coming|upcoming|following) )(?:{_NUMBER} )?{_UNIT}|(?:the )?next {_DAY}|(?:the )?next {_MONTH}"
    rf"|(?:the )?(?:rest|remainder|end) of (?:the |this )?{_UNIT}|(?:this|the) (?:week|month|quarter|weekend"
    rf"|year)(?: end)?|(?:the )?week ?end|(?:this |the coming )?{_DAY}|{_MONTH}|{_HOLIDAY}|q[1-4]|holiday season"
    r"|winter|summer|spring)(?:'s?)?(?!\w)"
)
_FOR_SO_LONG = re.compile(
    rf"\b(?:for|over|in|within|of) (?:the )?(?P<n>{_NUMBER}) (?P<unit>days?|weeks?|months?)(?! (?:ago|earlier))\b"
    rf"|\b(?P<many>{_NUMBER})[- ](?P<one>day|week|month)\b"
)
"""How far ahead: “for 7 days”, “a 7-day forecast”."""
_AMOUNT = re.compile(
    r"\b(?:hit|reach|make|do|get to|top|break|exceed|cross|pass|beat)(?: over| more than"
    r"| at least)? (?P<said>[$€£]? ?\d[\d,]*(?:\.\d+)? ?k?\b)"
)
_HELD = "Whether “{said}” is reached, hold it against that figure and its range."
_PAST = re.compile(r"\b(?:yesterday|last (?:week|month|year|quarter|\d+)|ago|so far|ytd|mtd|to date)\b")
_WORDS = re.compile(
    r"\b(?:forecast(?:s|ed|ing)?|predict(?:s|ed|ion|ions|ing)?|projections?|project(?:ed)?|outlook|estimate[ds]?"
    rf"|expect(?:ed|ing)?|will|going to|gonna|on (?:track|pace)|generate|create|run|run ?-?rate|{_SALES}|future|demand"
    "|sell|make|made|do|take|earn|bring in|be|get|have|see|end up|look like|come|should|reach|finish|what'?s"
    r"|how (?:much|many)|units?|pieces|trend|daily|total|by day|per day|each day|day by day|by then"
    r"|which|days?|busiest|busy|slowest|quietest|strongest|weakest|highest|lowest|best|worst|most|least|based on"
    r"|historical"
    r"|history|past|data|usual|patterns?)(?!\w)"
)
_NO_RANK = (
    "I give an outlook on everything, on one product or department or on one store, but do not rank what has not "
    "been. What is on its way up is in “which products are trending up?”."
)
_NO_SPLIT = (
    "I give an outlook on everything, on one product or department or on one store, with each day in its table, and "
    "split by store or department, but not by {by}."
)
_SPLITS = ("store", "department")
_NO_COMPARISON = (
    "I give an outlook by itself, not held against days that are over; ask for the two one after the other."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about sales to come; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    asks = _ASKS.search(whole) is not None
    days = names_the_future(whole) and _DAYS.search(whole) is not None
    bare = days or (names_the_future(whole) and re.search(rf"\b{_SALES}\b", whole) is not None)
    refused = _refused(whole, asks=asks)
    if refused or not (asks or bare) or _OTHER.search(whole):
        return Plan(text=refused, not_so_told=True) if refused else None
    spans = []
    while found := reading.take(WHEN):
        spans.append(found["when"])
    if asks and not spans and (long := reading.take(_FOR_SO_LONG)):
        spans.append(f"next {long['n'] or long['many']} {(long['unit'] or long['one']).rstrip('s')}s")
    by = take_split(Reading(reading.text))
    if by in ("day", *_SPLITS):
        take_split(reading)
    elif by:
        return Plan(text=_NO_SPLIT.format(by=by), not_so_told=True)
    amount = reading.take(_AMOUNT)
    decided = _calls(reading, around, spans, by if by in _SPLITS else None)
    if amount and decided.calls:
        return Plan(decided.calls, _HELD.format(said=amount["said"].strip()))
    return decided


def _refused(whole: str, *, asks: bool) -> str:
    """Why a question about days to come has no outlook; empty where it may have one or is about something else."""
    if _OTHER.search(whole):
        return ""
    if (asks or names_the_future(whole)) and _RANKED.search(whole):
        return _NO_RANK
    compared = _PAST.search(whole) or re.search(r"\b(?:versus|vs\.?|compar\w+|than)\b", whole)
    return _NO_COMPARISON if asks and compared else ""


def _calls(reading: Reading, around: Surroundings, spans: Sequence[str], by: str | None) -> Plan:
    """The calls, once the days are taken out; what is left must be a store or goods."""
    whole = Reading.of(reading.source).text
    named = re.search(r"\bunits?\b|\bdemand\b|\bhow many (?!transactions|orders|sales)", whole) is not None
    metrics = [one for one in take_metrics(reading) if one != "gross_margin_pct"]
    marked = take_marked(reading)
    stores = take_stores(reading, around)
    departments = take_departments(reading, around) if marked is None else []
    while reading.take(_WORDS):
        pass
    left = leftover(reading, around, store_known=stores is not None)
    departments = left.beside(departments) if left else departments
    goods = marked or (left.goods if left else None)
    if (left and left.unknown) or len(departments) > 1 or (goods and departments) or not set(metrics) <= _METRICS:
        return not_understood((left.unknown if left else "") or " and ".join([*departments, *metrics]))
    part: dict[str, Any] = {"department": departments[0]} if departments else goods.args() if goods else {}
    if not metrics:
        money = re.search(r"\b(?:sales|revenue|takings)\b", whole) is not None
        metrics = ["units"] if named and part else ["net_sales", "units"] if part and not money else ["net_sales"]
    shared = {**part, "stores": stores or (left.store if left else None), "by": by}
    when: list[str | None] = [*spans] or [None]
    ways = [
        {"period": span, "metric": None if metric == "net_sales" else metric} for span in when for metric in metrics
    ]
    return calls_for(OUTLOOK, shared, ways)
