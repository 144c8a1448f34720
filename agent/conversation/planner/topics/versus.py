"""Two kinds of goods held against each other, and the best beside the worst."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import SUMMARY, TOP, Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.cut import take_pair_of_days
from agent.conversation.planner.slots.goods import leftover
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future, periods, take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.wording.words import (
    EARNS_BUT_SELLS_LITTLE,
    SELLS_BUT_EARNS_LITTLE,
    take_limit,
    take_metrics,
)
from agent.conversation.surroundings import Surroundings

_PERIOD = "last 4 weeks"
_ENDS = re.compile(
    r"\b(?P<first>best|top|worst|bottom|fastest|slowest|highest|lowest)(?: (?:selling"
    r"|performing))?(?: \d{1,2})? ?(?:and|vs\.?|versus|&|/|against) ?(?:the )?(?:my |our )?(?:best|top|worst|bottom"
    r"|fastest|slowest|highest|lowest)(?:[- ](?:selling|performing|moving|sellers?))?(?: (?:\d{1,2}"
    r"|\w+))? ?(?P<what>products?|items?|skus?|sellers?|movers?|performers?)?(?=\W*$|\W)"
)
_END_WORDS = re.compile(
    r"\b(?:best|top|worst|bottom|fastest|slowest|highest|lowest|selling|performing|sellers?|movers?|moving|performers?"
    r"|products?|items?|skus?|which|what|have|has|with|but|vs\.?|versus|and|against|compare|show|by|sales"
    r"|revenue)(?!\w)|[&/]"
)
_EACH = re.compile(
    r"\b(?:top|best)(?: (?P<count>\d{1,2}))?(?:[- ]selling)?(?: (?:products?|items?|sellers?"
    "|skus?))?(?P<by> by [a-z ]{3,20}?)? (?:in|for|of|by|per) (?:each|every) (?P<group>departments?|categor(?:y|ies)"
    r"|stores?)\b"
)
_FIVE = "The five best of each are listed, not another number."
_NOT_CUT = "These sell most, each with its margin beside it; none is left out for its margin."
_PAIR = re.compile(
    r"^\W*(?:(?:please )?compare |how (?:do|did|does|are|were) |show(?: me)? )?(?:the )?(?:sales (?:of"
    r"|for) )?(?P<a>[a-z][\w' &-]{1,40}?)(?: sales)? (?:vs\.?|versus|against|compared? (?:to"
    r"|with)) (?P<b>[a-z][\w' &-]{1,40}?)(?: sales| performance)?\W*$"
)
_WHICH = re.compile(
    r"^\W*(?:which|what)(?: (?:one|category|department|product|item|of))? ?(?:is |are |was |has |have |did |does "
    "|do )?(?:sells?|selling|sold|performs?|performed|performing|does|did|doing|made|makes|the )? ?(?:better|more"
    "|best|most|faster|higher|bigger|the most|bigger seller)(?: (?:sales|revenue|margin"
    r"|money))?(?: (?:seller))?,?:? (?P<a>[a-z][\w' &-]{1,40}?) or (?P<b>[a-z][\w' &-]{1,40}?)\W*$|^\W*(?:does|do|did"
    r"|is|are) (?:we sell more )?(?P<c>[a-z][\w' &-]{1,40}?) or (?P<d>[a-z][\w' &-]{1,40}?) (?:sell(?:s|ing)?"
    r"|do(?:ing)?|perform(?:ing)?) (?:better|more|best|faster)\W*$"
)
_NOT_GOODS = re.compile(
    r"\b(?:stores?|shops?|weeks?|months?|years?|quarters?|days?|weekends?|weekdays?|customers?|employees?"
    "|transactions?|traffic|cash|cards?|credit|debit|wallets?|sales|revenue|margins?|profits?|units|targets?|plans?"
    "|budgets?|actuals?|forecasts?|new|returning|online|in[- ]store|private|national|own|brands?|labels?|average|norm"
    r"|usual|same|before|last|this|gross|net|morning|afternoon|evening|lunch|rain\w*|dry|promo\w*|discount\w*"
    "|full price|north|south|east|west|districts?|loyalty|members?|households?|visitors?|conversion|stock|inventory"
    r"|price|prices|cost|costs|worst|best|top|bottom|each other|one another|q[1-4]|\d{4})\b"
)


_NOT_CUT_BY_SALES = (
    "These keep most of their price, each with its sales beside it; none is left out for selling much. With few "
    "pieces a margin may be chance."
)
_WHICH_GROUP = re.compile(
    r"\b(?:which|what|any|list|show(?: me)?)?(?: of)?(?: our| the| my)* ?\b(?P<what>categor(?:y|ies)|departments?"
    r"|brands?|manufacturers?|stores?)(?: (?:that|which))?(?: (?:have|has|are|is))?(?: with)?\b"
)
_GROUPS = {"cat": "category", "dep": "department", "bra": "brand", "man": "brand", "sto": "store"}


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for such a question; None for every other."""
    reading = Reading.of(text)
    if names_the_future(reading.text) or re.search(r"\bwhy\b", reading.text):
        return None
    if _ENDS.search(reading.text):
        return _ends(reading, around)
    if each := reading.take(_EACH):
        return _in_each(each, reading, around)
    if reading.take(EARNS_BUT_SELLS_LITTLE):
        group = reading.take(_WHICH_GROUP)
        args = {"by": _GROUPS[group["what"][:3]] if group else "product",
                "metrics": ["gross_margin_pct", "net_sales", "units"], "top": 20}  # fmt: skip
        return _of_products(args, reading, around, _NOT_CUT_BY_SALES)
    if reading.take(SELLS_BUT_EARNS_LITTLE):
        group = reading.take(_WHICH_GROUP)
        args = {
            "by": _GROUPS[group["what"][:3]] if group else "product",
            "metrics": ["net_sales", "gross_margin_pct"],
            "top": 20,
        }
        return _of_products(args, reading, around, _NOT_CUT)
    return _pair(reading, around)


def _in_each(each: re.Match[str], reading: Reading, around: Surroundings) -> Plan | None:
    """The best products of every department, category or store."""
    group = "category" if each["group"].startswith("categor") else each["group"].rstrip("s")
    count = each["count"]
    remark = "" if count in (None, "5") else _FIVE
    metrics = list(take_metrics(Reading(f"{each['by']} "))) if each["by"] else []
    named: dict[str, Any] = {"metrics": metrics[:1]} if metrics else {}
    return _of_products({"by": f"{group}, product", **named}, reading, around, remark)


def _of_products(args: dict[str, Any], reading: Reading, around: Surroundings, remark: str) -> Plan | None:
    """A breakdown by product for the period, stores and department of the question; None with anything else in it."""
    spans = [one.phrase for one in take_periods(reading)]
    metrics = list(take_metrics(reading))
    stores = take_stores(reading, around)
    departments = take_departments(reading, around)
    while reading.take(_END_WORDS):
        pass
    if len(spans) > 1 or len(metrics) > 1 or len(departments) > 1 or leftover(reading, around, store_known=True):
        return None
    shared: dict[str, Any] = {
        **args,
        "stores": stores,
        "period": spans[0] if spans else None,
        "where": [{"dimension": "department", "values": departments}] if departments else None,
    }
    if metrics and "metrics" not in args:
        shared["metrics"] = metrics
    return calls_for("sales_breakdown", shared, [], remark)


def _ends(reading: Reading, around: Surroundings) -> Plan | None:
    """The best products and the worst."""
    if re.search(
        r"\b(?:stores?|shops?|locations?|days?|weeks?|months?|hours?|employees?|customers?|categor\w+)\b", reading.text
    ):
        return None
    limit = take_limit(reading)
    spans = [one.phrase for one in take_periods(reading)]
    metrics = list(take_metrics(reading))
    stores = take_stores(reading, around)
    departments = take_departments(reading, around)
    while reading.take(_END_WORDS):
        pass
    left = leftover(reading, around, store_known=stores is not None)
    if len(spans) > 1 or len(metrics) > 1 or len(departments) > 1 or left:
        return None
    shared: dict[str, Any] = {
        "limit": limit,
        "period": spans[0] if spans else None,
        "metric": metrics[0] if metrics else None,
        "stores": stores,
        "department": departments[0] if departments else None,
    }
    return calls_for(TOP, shared, [{}, {"order": "bottom"}])


def _pair(reading: Reading, around: Surroundings) -> Plan | None:
    """Two kinds of goods, each with its own figures for the same time and stores."""
    whole = Reading(reading.text, reading.source)
    spans = [one.phrase for one in take_periods(whole)]
    stores = take_stores(whole, around)
    line = re.sub(r" (?:in|at|for|on|during) *$", "", re.sub(r"\s+", " ", whole.text).rstrip())
    found = _PAIR.search(f"{line} ") or _WHICH.search(f"{line} ")
    if found is None or len(spans) > 1:
        return None
    named = found.groupdict()
    sides = [(named.get("a") or named.get("c") or "").strip(), (named.get("b") or named.get("d") or "").strip()]
    if not all(sides) or any(_NOT_GOODS.search(side) or periods(Reading.of(side)) for side in sides):
        return None
    if take_pair_of_days(Reading.of(reading.text)) or any(take_people(Reading.of(side)) for side in sides):
        return None
    ways = []
    for side in sides:
        part = Reading.of(side)
        departments = take_departments(part, around)
        rest = leftover(part, around, store_known=True)
        if rest and (rest.unknown or (departments and rest.goods)):
            return None
        args = {"department": departments[0]} if departments else rest.goods.args() if rest and rest.goods else {}
        if not args:
            return None
        ways.append(args)
    return calls_for(SUMMARY, {"period": spans[0] if spans else _PERIOD, "stores": stores}, ways)
