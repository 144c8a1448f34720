"""Whether the figures before are so each time: every Saturday, on wet days at each store, with fewer or other people.

“Is it like that every Saturday”, “which store gets hit most” behind sales by weather, “fewer people but more bought?”.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import COMPARE, Plan
from agent.conversation.planner.threads.once_more.before import (
    BREAKDOWN,
    FIGURES,
    KEPT,
    span_before,
    usual_days,
)
from agent.conversation.planner.threads.once_more.days_around import days_above
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings

_DAY = r"(?P<day>mon|tues|wednes|thurs|fri|satur|sun)"
_EVERY = re.compile(
    rf"{LEAD}(?:(?:what|how) about )?(?:(?:is|was) (?:it|that|this) )?(?:(?:always |usually |normally )?(?:like"
    rf" (?:that|this)|the same"
    rf"|so (?:low|high|bad|good)"
    rf"|that (?:low|high|bad|good)) )?(?:on )?(?:every|each|all|most|other|the other) {_DAY}days?"
    r"(?: (?:or|and) (?:is it |was it )?(?:just|only) (?:this|that|the) (?:one|week|time))?\W*$"
    rf"|{LEAD}(?:is|was) (?:it|that|this) (?:always|usually|normally) (?:like (?:that|this)|the same|so (?:low"
    rf"|high|bad|good)|that"
    r" (?:low|high|bad|good))(?: on (?P<on>mon|tues|wednes|thurs|fri|satur|sun)days?)?\W*$"
    rf"|{LEAD}(?:is|was) (?:it|that|this) (?:just|only) (?:this|that) (?:one|once|week|day|time)\W*$"
)
_WET = frozenset({"weather", "temperature"})
_HIT = re.compile(
    rf"{LEAD}(?:which|what) (?P<by>stores?|shops?|departments?|categor(?:y|ies))(?: (?:gets?|is|are|was|were"
    rf"|does|do|feels?))?"
    r" (?:(?:the )?(?:hit|hurt|hurts|affected|suffers?|suffer|loses?|lose|drops?|dips?|down|up|goes up|go up"
    r"|goes down|go down|gains?"
    r"|benefits?|sells? (?:more|less|better|worse)|rises?|falls?))(?: it)?(?: (?:the )?(?:most|worst|hardest"
    r"|best|least|more))?"
    r"(?: (?:by|from|in|on|when|with) (?:it|that|the rain|rain|it rains|rainy days|wet days|the cold|the heat"
    r"|snow))?\W*$"
)
_PEOPLE = r"(?:people|visitors?|customers?|traffic|footfall|shoppers?|folks|visits)"
_BUY = (
    r"(?:(?:of (?:them|those) )?(?:bought|buy|buying|buyers?|converted|spent|spend|spending)|conversions?"
    r"|sales|transactions?|per (?:visit|head))"
)
_MORE = r"(?:more|fewer|less|higher|lower|better|worse|bigger|smaller)"
_TRAFFIC = re.compile(
    rf"{LEAD}(?:(?:is|was) (?:it|that) |we (?:had|got) |there were )?{_MORE} {_PEOPLE}(?: came)?(?: in)?,?"
    rf" (?:but|and|or|with|yet) "
    rf"(?:(?:they|a|an) )?{_MORE} {_BUY}(?: (?:more|less|something|each))?\W*$"
)
_OF_VISITS = ["visitors", "conversion", "transactions", "average_transaction_value"]
_WEEKS = "last 8 weeks"


def read(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The calls such a question means; None for every other."""
    return _every(plain, last, around) or _by_weather(plain, last) or _traffic(plain, last)


def _every(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The figures of one day on the same weekday of each of the last weeks."""
    found = _EVERY.match(plain)
    if found is None or last.name not in FIGURES:
        return None
    above = days_above(last, around)
    said = found["day"] or found["on"]
    if said is None and (above is None or above.days > 1):
        return None
    named = f"{said}days" if said else f"{above.start_on:%A}s".lower() if above is not None else ""
    kept: dict[str, Any] = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args and key != "where"}
    before = [one for one in last.args.get("where") or () if one.get("dimension") != "weekday"]
    where = [*before, {"dimension": "weekday", "values": [named]}]
    by = "store, week" if last.args.get("by") == "store" else "week"
    return Plan(((BREAKDOWN, {"by": by, "period": _WEEKS, "metrics": ["net_sales"], **kept, "where": where}),))


def _by_weather(plain: str, last: Call) -> Plan | None:
    """The figures by weather at each store or in each department."""
    found, by = _HIT.match(plain), last.args.get("by")
    groups = by if isinstance(by, list) else [one.strip() for one in str(by or "").split(",")]
    told = next((one for one in groups if one in _WET), None)
    if found is None or last.name != BREAKDOWN or told is None:
        return None
    unit = "category" if found["by"].startswith("cat") else re.sub(r"s$", "", found["by"]).replace("shop", "store")
    return Plan(((BREAKDOWN, {**last.args, "by": f"{unit}, {told}"}),))


def _traffic(plain: str, last: Call) -> Plan | None:
    """How many came, how many of them bought and what they spent, against the days held against before."""
    if last.name not in FIGURES or {"department", "product", "where"} & set(last.args) or not _TRAFFIC.match(plain):
        return None
    period = usual_days(last)
    kept = {"stores": last.args["stores"]} if "stores" in last.args else {}
    other = last.args.get("compare_to") or span_before(period)
    return Plan(((COMPARE, {"period": period, "compare_to": other, **kept, "metrics": _OF_VISITS}),))
