"""Which kind of question it is that stands on its own: a list of stores, a ranking, a comparison or a summary."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.comparing import comparison
from agent.conversation.planner.daytime import NO_HOURS_HERE, take_recurring_days, take_time_of_day
from agent.conversation.planner.goods import leftover, take_marked
from agent.conversation.planner.outcome import STORES, TOP, Plan, calls_for, not_understood
from agent.conversation.planner.periods import take_periods
from agent.conversation.planner.places import (
    looks_like_store,
    take_departments,
    take_preposed_department,
    take_stores,
    take_unknown_department,
)
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.summary import summary
from agent.conversation.planner.words import asks_for_the_bottom, take_limit, take_metrics
from agent.conversation.surroundings import Surroundings

_SHOPS = r"(?:stores|shops|locations|branches)"
_LIST_STORES = re.compile(
    rf"^\W*(?:please |can you |could you )*(?:list|show|name|which"
    rf"|what)(?: me)?(?: are)?(?: all)?(?: of)?(?: the| our| my| your)*(?: \w+)?"
    rf" {_SHOPS}(?: (?:do|can|are|have|may|am|is|in|of)\b.*| there.*|\W*$)"
    rf"|\b(?:how many {_SHOPS}|{_SHOPS} (?:list|do (?:i|we) (?:have|see|manage|run|own)|can i see)"
    rf"|list of (?:\w+ )?{_SHOPS}|^ ?my stores ?$)"
    r"|\b(?:opening|store|business|trading) hours\b|\b(?:our|the|your) hours\b"
    r"|\bwhen (?:do|does|are|is) (?:we|the stores?|you|[\w ]+ (?:store|street|point|avenue|road)) (?:open|close)"
    r"|\bwhat time (?:do|does) .+ (?:open|close)|\b(?:which|what) district\b|\btime ?zones?\b"
)
_BEST_STORES = re.compile(
    r"\b(?:best|worst|top|bottom|sold|sell|sales|perform\w*|most|least|highest|lowest|did|fell|grew"
    r"|down|up|under ?perform\w*)\b"
)
_RANKED_SPLIT = re.compile(
    r"\b(?:top|best|worst|bottom|which|what)(?: \d+| \w+)? (?:departments?|categor(?:y|ies)|stores?|shops?)\b"
)
_PRODUCTS = re.compile(
    r"\b(?:products?|items?|skus?|articles|lines|goods|best ?-?sellers?|top ?-?sellers?"
    r"|worst ?-?sellers?|slow ?-?(?:movers?|sellers?)|sellers|movers|things|what(?:'s| is| are"
    r"| was)?(?:n't| not)? (?:selling|sold|moving|sells|sell))\b"
    r"|\bwhat (?:sold|sells|did we sell|do we sell|are we selling|moved) (?:the )?(?:most|best|least"
    r"|worst|well|badly|fastest|slowest)\b"
)
_RANKED = re.compile(
    r"\b(?:top|best|worst|bottom|most|least|highest|lowest|biggest|slow\w*|fast\w*|leading|rank\w*"
    r"|popular|sellers?|movers?|winners?|losers?|profitable|hot\w*|poor\w*)\b|\bbest-?sell|\bsell(?:s"
    r"|ing)? (?:the )?(?:well|badly|poorly)\b|n't sell|not sell"
)
_COMPARISON = re.compile(
    r"\b(?:compar\w+|versus|vs\.?|against|relative to|than|yoy|wow|mom|dod|year[- ](?:over|on)[- ]year"
    r"|week[- ](?:over|on)[- ]week"
    r"|month[- ](?:over|on)[- ]month|day[- ](?:over|on)[- ]day|growth|grew|grown|grow(?:ing)?|chang\w+"
    r"|differ\w*|trend\w*|improv\w+|declin\w+"
    r"|fell|fallen|dropped|drop|rose|risen|up or down|better or worse|(?:up|down|ahead|behind|better"
    r"|worse|higher|lower) (?:on|from|than|compared|vs|versus|against|over)"
    r"|(?:are|is|were|was) (?:we|sales|it|they|business|revenue|margin|traffic|transactions"
    r"|[\w ]+ sales) (?:\w+ )?(?:up|down|better|worse|ahead|behind|higher|lower)|how much (?:up|down"
    r"|better|worse))\b"
)


def read_intent(text: str, around: Surroundings) -> Plan | None:
    """What to do about a question that stands on its own, or None when nothing fits."""
    reading = Reading.of(text)
    whole = reading.text
    if _LIST_STORES.search(whole) and not _BEST_STORES.search(whole):
        stores = take_stores(reading, around)
        return Plan(((STORES, {"stores": stores} if stores and stores != "all stores" else {}),))
    if _RANKED_SPLIT.search(whole):
        return summary(reading, around) if not _COMPARISON.search(whole) else comparison(reading, around)
    if _PRODUCTS.search(whole) and _RANKED.search(whole):
        return _ranking(reading, around)
    return comparison(reading, around) if _COMPARISON.search(whole) else summary(reading, around)


def _ranking(reading: Reading, around: Surroundings) -> Plan:
    args: dict[str, Any] = {}
    marked = take_marked(reading)
    hours = take_time_of_day(reading)
    if hours:
        return Plan(text=NO_HOURS_HERE.format(said=hours))
    bottom = asks_for_the_bottom(reading)
    found = take_periods(reading)
    limit = take_limit(reading)
    if limit is not None:
        args["limit"] = limit
    stores = take_stores(reading, around)
    metrics = [name for name in take_metrics(reading) if name != "transactions"]
    if re.search(r"\bprofitable\b", reading.text):
        metrics = metrics or ["gross_margin"]
    if re.search(r"\bfast\w*|\bslow\w*|\bpopular\b", reading.text):
        metrics = metrics or ["units"]
    if metrics:
        args["metric"] = metrics[0]
    if bottom:
        args["order"] = "bottom"
    days = take_recurring_days(reading)
    departments = [marked.department or marked.product or ""] if marked else take_departments(reading, around)
    if not departments:
        name = take_unknown_department(reading, kinds=True) or take_preposed_department(reading)
        if name and stores is None and looks_like_store(name, around):
            stores = name
        elif name:
            departments = [name]
    left = leftover(reading, around, store_known=stores is not None)
    if days or (left and (left.unknown or (left.goods and departments))):
        goods = left.goods if left else None
        return not_understood(days or (left.unknown if left else "") or (goods.product or "" if goods else ""))
    if left and left.goods:
        departments = [left.goods.department or left.goods.product or ""]
    args["stores"] = stores or (left.store if left else None)
    named: list[str | None] = [*departments] or [None]
    spans: list[str | None] = [one.phrase for one in found] or [None]
    ways = [{"period": span, "department": name} for span in spans for name in named]
    return calls_for(TOP, args, ways)
