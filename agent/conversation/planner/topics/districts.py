"""Districts held against each other: “north vs south last week”, “compare the districts”."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.daytime import take_recurring_days, take_time_of_day
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.places import ALL_STORES
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_words import take_dimensions
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_ALL = re.compile(
    r"\bcompar\w* (?:(?:the|our|all|my|between) )*districts\b|\bdistricts? (?:comparison|compared|side by side)\b"
    r"|\bdistrict (?:vs\.?|versus|against|by) district\b|\bhow (?:do|did|are|were) (?:the |our "
    r"|my )*districts (?:compare|doing|do|perform\w*|did|stack up)\b|\b(?:difference|comparison) (?:between"
    r"|of) (?:the |our )?districts\b"
)
_PLACE = r"(?:ern)?(?:'s)?(?: (?:district|stores?|region|area|side|shops|locations))?"
_AGAINST = r"(?:(?:\w+ ){0,3}than|vs\.?|versus|against|or|and|with|to|compared (?:to|with)|v)"
_OTHER = re.compile(
    r"\b(?:why|how come|stock\w*|inventory|customers?|shoppers?|employees?|tasks?|targets?|budgets?|feedback|reviews?"
    r"|payments?|weather|refunds?|voids?|promotions?|campaigns?|coupons?|exclud\w+|except|without|labou?r|visitors?"
    r"|conversion|footfall|traffic)\b"
)
_WORDS = re.compile(
    r"\b(?:compar\w*|comparison|districts?|district by district|versus|vs\.?|against|between|difference|better|worse"
    r"|more|less|than|or|did|do|does|doing|perform\w*|sales|sell|sold|sells|side by side|stack up|each other|other|all"
    r"|stores?|is|was|are|which|make|made|take|took|total)(?!\w)"
)


_PERIODS_APART = re.compile(
    r"\b(?:vs\.?|versus|against|compared (?:to|with)|than|over|on|from)\s+(?:the )?(?:last|previous|prior|week|month"
    r"|year|same|day|a (?:week|month|year))\b|\bchang\w*|\bgrow\w*|\bgrew\b"
)


def _earlier(phrase: str) -> bool:
    return re.search(r"\b(?:last|previous|prior|before|ago|earlier)\b", phrase) is not None


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a comparison of districts; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _OTHER.search(whole):
        return None
    named = _take_named(reading, around)
    every = len(named) == len({store.district for store in around.stores if store.district})
    if not named and not reading.take(_ALL):
        return None
    said = list(dict.fromkeys(one.phrase for one in periods(reading)))
    days = take_recurring_days(Reading(reading.text, reading.source))
    hours = take_time_of_day(Reading(reading.text, reading.source))
    metrics = list(take_metrics(reading))
    if metrics and "net_sales" not in metrics and re.search(r"\bsales\b(?! per\b)", reading.text):
        metrics.insert(0, "net_sales")
    others = [name for name in take_dimensions(reading) if name != "district"]
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or slots.stores or days or hours or (str(slots.limit) if slots.limit else "")
    if left or len(others) > 1:
        return not_understood(left or " and ".join(others))
    where: list[dict[str, Any]] = [] if every or not named else [{"dimension": "district", "values": named}]
    where += [{"dimension": name, "values": [value]} for name in ("department", "product")
              if (value := getattr(slots, name))]  # fmt: skip
    args = {"by": ", ".join(["district", *others]), "metrics": metrics or None, "where": where or None}
    args["stores"] = ALL_STORES if every else None
    if len(said) == 2 and _PERIODS_APART.search(whole):
        # Two periods held against each other for each district: the change of each, not two lists.
        first, second = said if _earlier(said[1]) or not _earlier(said[0]) else reversed(said)
        return calls_for(BREAKDOWN, args, [{"period": first, "compare_to": second}])
    return calls_for(BREAKDOWN, args, [{"period": one} for one in said])


def _take_named(reading: Reading, around: Surroundings) -> list[str]:
    """Two or more districts that the question names beside each other, taken out; none where it names stores' names."""
    names = {store.district.lower(): store.district for store in around.stores if store.district}
    if len(names) < 2:
        return []
    one = rf"(?:the |our )?(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))}){_PLACE}"
    pattern = re.compile(
        rf"(?<![\w-]){one}(?:(?: sales| doing| performing| comparing| do| did"
        rf"| perform)*,? {_AGAINST} {one})+(?![\w-])(?! (?:street|road|avenue|point))"
    )
    match = reading.find(pattern)
    if match is None:
        return []
    found = [(at.start(), name) for low, name in names.items() for at in re.finditer(rf"\b{re.escape(low)}", match[0])]
    reading.blank(match.start(), match.end())
    return list(dict.fromkeys(name for _, name in sorted(found)))
