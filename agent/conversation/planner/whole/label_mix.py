"""Own label against national brands, group by group: “what percent of each income group's spend is private label?”.

What a group buys most is another question than which group buys the most of it: a share is of the group's own sales.
A strict reader: a word not known ends it, and what is asked without a group goes its usual way.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.plain_words import ATTRIBUTES
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.whole.each_words import take_groups
from agent.conversation.planner.wording.words import asks_for_the_bottom, take_limit
from agent.conversation.surroundings import Surroundings

BREAKDOWN, EACH, LABELS = "sales_breakdown", "part_of_each", "private_label_share"
_GOODS = r"(?: (?:brands?|products?|items?|goods))?"
_OWN = re.compile(rf"(?<![\w-])(?:private|store|own)[- ](?:label(?:l?ed|s)?|brand(?:ed|s)?){_GOODS}(?![\w-])")
_NATIONAL = re.compile(rf"(?<![\w-])national(?:[- ](?:brand(?:ed|s)?|label(?:l?ed|s)?))?{_GOODS}(?![\w-])")
_BOTH = re.compile(
    r"(?<![\w-])(?:national(?:[- ]brands?)?(?: products?)?,? (?:and|or|versus|vs\.?|against|to|over) (?:private|own"
    rf"|store)[- ](?:labels?|brands?|labelled|labeled)?{_GOODS}|(?:private|own|store)(?:[- ](?:labels?|brands?))?"
    rf"(?: products?)?,? (?:and|or|versus|vs\.?|against|to|over) national(?:[- ]brands?)?{_GOODS}"
    r"|brand types?|types? of brands?)(?![\w-])"
)
_SHARE = re.compile(
    r"(?<![\w-])(?:(?:what |the )*(?:shares?|percent(?:age)?s?|proportions?|fractions?|portions?|%)(?: of)?"
    r"|ratios?(?: of)?|penetration(?: of)?|prefer(?:s|red|ence|ences)?(?: for)?|splits?|mix|loyal to|favou?rs?"
    r"|rel(?:y|ies) (?:more |most )?on|leans? (?:more )?(?:to|towards?)|dominated(?: by)?|mostly"
    r"|popular(?: with| among(?:st)?)?|heav(?:y|iest|ily|ier))"
    r"(?![\w-])"
)
"""Words for the part of a group's own sales, and not for which group sells or buys the most."""
_WORDS = re.compile(
    r"(?<![\w-])(?:which|what|is|are|was|were|do|does|did|the|an?|of|for|in|on|at|to|by|per|from|with|and|all|our|my|we|that"
    r"|show|give|me|list|create|make|compare|between|partitioned|broken down|grouped?|split|visuali[sz]e|plot|based"
    r"|how|much|many|more|most|highest|largest|biggest|greatest|than|least|lowest|smallest|have|has|had|be|proven|known"
    r"|total|overall|across|each|every|spend(?:s|ing)?|spent|sales|revenues?|purchases?|purchased|buy|buys|bought|sold"
    r"|sell|sells|money|amount|dollars|value|units|goes?|going|made|make|makes|up|accounts?|comes?|households?|customers?"
    r"|shoppers?|families|people|groups?|levels?|bands?|type|their|they|its|'s|labels?|brands?|products?|items|goods"
    r"|private|national|in terms of|tend|vary|varies|differ|differs|depend|depends|level's|group's)(?![\w-])"
)
_OTHER = re.compile(
    r"\b(?:prices?|margins?|profit\w*|discounts?|coupons?|campaigns?|lift|promot\w+|stable|constant|trend\w*|grow\w*|grew"
    r"|chang\w+|over time|why|baskets?|transactions?|trips?|average|median|mean|opportunit\w+|should|stock\w*|older"
    r"|younger|display\w*|mailer|month|week|day|hour|per (?:household|customer)|top sellers?|best)\b"
)
_LABELS = frozenset({"private_label"})
_LIST = re.compile(r"\b(?:list|top|the) *$")
_LISTED = re.compile(
    r"^(?P<head>.*\b(?:for|in|of|within)) (?P<first>[a-z][\w' -]{2,30}?),? and (?P<second>[a-z][\w' -]{2,30})$"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for own label's part of each group; None where a word is not known, or no group is named."""
    found = _one(text, around)
    if found is not None:
        return found
    listed = _LISTED.match(text.strip(" .?!").casefold())
    if listed is None or not _SHARE.search(listed["head"]):
        return None
    two = [_one(f"{listed['head']} {listed[name]}", around) for name in ("first", "second")]
    calls = [call for plan in two if plan is not None for call in plan.calls]
    return Plan(tuple(calls)) if len(calls) == len(two) and all(args.get("product") for _, args in calls) else None


def _one(text: str, around: Surroundings) -> Plan | None:
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _OTHER.search(whole):
        return None
    both = reading.take(_BOTH) is not None
    own, national = reading.take(_OWN) is not None, reading.take(_NATIONAL) is not None
    if not (both or own or national):
        return None
    bottom, limit = asks_for_the_bottom(reading), take_limit(reading)
    shared_out = False
    while reading.take(_SHARE) is not None:
        shared_out = True
    groups = take_groups(reading, behind=_LIST, but=_LABELS)
    people = [one.condition() for one in take_people(reading)]
    unit = "units" if re.search(r"\bunits\b", whole) else "net_sales"
    slots = take_slots(reading, around, _WORDS)
    both = both or (own and national)
    if slots.unknown or len(groups) > 1 or (slots.limit is not None and limit is not None):
        return None
    given = slots.args("period", "stores", "product", "department")
    if not groups and not people:
        goods = bool(slots.product) and both and shared_out and unit == "net_sales"
        return Plan(((LABELS, given),)) if goods else None
    if any(one["dimension"] in groups for one in people):
        return None
    if len(people) == 1 and not groups and shared_out and re.search(r"\b(?:more|most)\b", whole):
        groups, people = [str(people[0]["dimension"])], []  # “more popular with low incomes” is told beside the others
    by = groups[0] if groups else None
    personal = bool(people) or by in ATTRIBUTES
    given = {"period": "all time", **given} if personal else given
    label = "national brand" if national and not both else "private label"
    limit = limit or slots.limit
    if by is None:
        args = {"by": "private_label", "metrics": [unit], "where": people, "share": True}
        return Plan(((BREAKDOWN, {**args, **given}),)) if shared_out else None
    if both and by in ATTRIBUTES and not re.search(r"\bratios?\b", whole):
        args = {"by": f"{by}, private_label", "metrics": [unit], "where": people or None, "share": shared_out or None}
        return Plan(((BREAKDOWN, _given({**args, **given})),))
    if not shared_out and not re.search(r'\bmore "?(?:private|own|store|national)', whole):
        return None
    if not personal and by in ("department", "category", "store") and unit == "net_sales":
        last = bottom != (label == "national brand")
        args = {"by": by, "rank_by": "share", "order": "bottom" if last else None, "limit": limit}
        return Plan(((LABELS, _given({**args, **given})),))
    where = [{"dimension": "private_label", "values": [label]}]
    args = {
        "by": by, "where": where, "whole": people or None, "metric": unit, "limit": limit,
        "order": "bottom" if bottom else None,
    }  # fmt: skip
    return Plan(((EACH, _given({**args, **given})),))


def _given(args: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if value is not None}
