"""The last answer once more with another period, store, number or part of the range: for every tool that takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from pydantic import ValidationError

from agent.conversation.planner.kept.claimed import EXPLAIN
from agent.conversation.planner.outcome import COMPARE, SUMMARY, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.daytime import take_recurring_days
from agent.conversation.planner.slots.usual import Slots, take_slots
from agent.conversation.planner.threads.carried import long_enough
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.wording.words import asks_for_the_bottom, take_limit, take_metrics, take_split
from agent.conversation.surroundings import Surroundings
from tools.registry import ToolSpec, catalogue

_LEANING = re.compile(
    r"\b(?:(?:what|how) about|and|or|but|so|also|ok(?:ay)?|now|then|same(?: thing)?|only|just|instead|again|actually"
    "|sorry|i meant|please|show (?:it|that|them|me that)|make (?:it|that)|give me that|that|those|it|them|these"
    r"|this one|repeat|rather|break (?:it|that|them) down|split (?:it|that|them))\b"
)
_COMPARED = re.compile(
    r"\b(?:compared?(?: (?:it|that|them|this))?(?: (?:to|with))?|versus|vs\.?|against|(?:up or down|down or up)"
    r" (?:on|from|against|vs))\b"
)
_OF_ONE_DAY = re.compile(r"(?:the |last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: before| earlier)?")
_OUTLOOK = "sales_outlook"
BREAKDOWN, _USUAL = "sales_breakdown", "yesterday"
_BEST = re.compile(r"\b(?:top|best|highest|busiest|most)\b(?! \d)")
_CAMPAIGN = re.compile(
    r"\b(?P<type>type ?-?[a-z])\b(?: campaigns?| ones)?|\bcampaign (?:no\.? ?|number |#)?(?P<name>\d{1,4})\b"
)
_AS_SHARE = re.compile(
    r"\b(?:in|as an?) (?:percent(?:age)?s?|per cent|share|%)(?: of (?:the )?(?:total|whole|sales))?(?!\w)"
)
_ENDS = re.compile(
    r"\b(?:top|best|worst|bottom|highest|lowest|busiest|quietest|slowest|most|least|fewest|weakest)\b(?! \d)"
)
_ORDERS = {"store_ranking": ("best", "worst")}
_NO_PERIODS = frozenset({"usual", "normal", "norm", "average"})
_OF_A_RANKING = frozenset({"top", "order", "each", "mention"})
_RANGE = frozenset({"product", "department", "category"})
_EACH_OTHER = {"product": "department", "department": "product", "promotion": "product"}


def _own_words(reading: Reading, call: Call, taken: Mapping[str, Any]) -> dict[str, Any] | None:
    """What only some tools take: best or worst, a weekday, a campaign, shares, a metric; None if this one does not."""
    said: dict[str, Any] = {}
    worst = asks_for_the_bottom(reading) or re.search(r"\bquietest\b", reading.text) is not None
    if worst or _BEST.search(reading.text):
        if "order" in taken:
            said["order"] = _ORDERS.get(call.name, ("top", "bottom"))[worst]
            while reading.take(_ENDS):
                pass
        elif call.name == "peak_times":
            said["quietest"] = worst or None
            while reading.take(_ENDS):
                pass
    if (days := take_recurring_days(reading)) is not None:
        said["weekday"] = days
    if found := reading.take(_CAMPAIGN):
        said["campaign"] = found["type"] or found["name"]
    if reading.take(_AS_SHARE):
        said["share"] = True
    if metrics := list(take_metrics(reading)):
        said["metrics" if "metrics" in taken else "metric"] = metrics if "metrics" in taken else metrics[0]
    return said if set(said) <= set(taken) else None


def as_breakdown(line: Reading, call: Call) -> tuple[str, Mapping[str, Any]] | None:
    """The figures of a split once more as shares, or only the first few of them: what only the breakdown can do."""
    by = call.args.get("by")
    if call.name not in (SUMMARY, COMPARE) or by is None:
        return None
    reading = Reading(line.text, line.source)
    share = reading.take(_AS_SHARE) is not None
    limit = take_limit(reading)
    if not (share or limit) or leftover_words(reading):
        return None
    kept = {key: value for key, value in call.args.items() if key not in ("metrics", "metric")}
    args: dict[str, Any] = {"period": _USUAL, **kept}
    if metrics := call.args.get("metrics"):
        args["metrics"] = metrics
    args |= {"share": True} if share else {}
    args |= {"top": limit} if limit else {}
    if call.name == COMPARE:
        args |= {"compare_to": call.args.get("compare_to", "the period before"), "rank_by": "change"}
    if asks_for_the_bottom(line):
        args["order"] = "bottom"
    return BREAKDOWN, args


def leftover_words(reading: Reading) -> bool:
    """Whether words remain that such a question does not know."""
    while reading.take(_LEANING):
        pass
    return bool(
        re.sub(
            r"\b(?:top|bottom|best|worst|lowest|highest|weakest|strongest|largest|smallest|biggest|the|of"
            r"|departments?|stores?|categor\w+)\b|\W",
            "",
            reading.text,
        )
    )


_STEPS = frozenset({"day", "week", "month", "weekday"})
_BEFORE = re.compile(r"(?:the )?(?P<unit>day|week|weekend|month|quarter|year) before(?: that)?")


def stepped_back(decided: Plan, previous: Sequence[Call]) -> Plan:
    """The plan with “the month before” as the month before that of the last answer, where that is one."""
    if not previous or any("compare_to" in args for _, args in decided.calls):
        return decided
    calls = tuple(
        (name, {**args, "period": back} if (back := step_back(args.get("period"), previous[-1])) else args)
        for name, args in decided.calls
    )
    return replace(decided, calls=calls)


def step_back(period: object, call: Call) -> str | None:
    """“And the week before?” after “last week”: the week before last."""
    found = _BEFORE.fullmatch(str(period or ""))
    if found is None:
        return None
    if found["unit"] == "day":
        return "day before yesterday" if call.args.get("period") == "yesterday" else None
    return f"the {found['unit']} before last" if call.args.get("period") == f"last {found['unit']}" else None


def _of_explained(call: Call, said: Mapping[str, Any]) -> dict[str, Any]:
    """“By day” after why sales changed: the figure of that answer day by day, as a change has no parts by day."""
    kept = {name: call.args[name] for name in ("period", "stores", "product", "department") if name in call.args}
    return {"metrics": [call.args.get("metric", "net_sales")], **kept, **said}


def _kept(call: Call, said: Mapping[str, Any]) -> dict[str, Any]:
    """What a call keeps of its arguments beside new ones; another split is told whole, not cut as the one before."""
    kept = {name: value for name, value in call.args.items() if _EACH_OTHER.get(name) not in said}
    if {"product", "department"} & set(said) and "where" in kept:  # other goods take the place of those before
        kept["where"] = [one for one in kept["where"] if one.get("dimension") not in _RANGE or one.get("exclude")]
        kept = kept if kept["where"] else {name: value for name, value in kept.items() if name != "where"}
    if call.name == _OUTLOOK and {"product", "department"} & set(said) and kept.get("by") == "department":
        kept.pop("by")  # one part of the departments told before
    if call.name == BREAKDOWN and "by" in said and said["by"] != call.args.get("by"):
        kept = {name: value for name, value in kept.items() if name not in _OF_A_RANKING}
    return kept


def _of_its_own_day(whole: dict[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with another day held against its own weekday: “Thursday before” is none of a Friday."""
    stale = _OF_ONE_DAY.fullmatch(str(whole.get("compare_to") or "")) is not None
    other = "period" in said and "compare_to" not in said
    return {**whole, "compare_to": "the same day last week"} if stale and other else whole


def _takes(spec: ToolSpec, args: Mapping[str, Any]) -> bool:
    """Whether a tool takes arguments as they are: not every one that splits knows every split."""
    try:
        spec.arguments.model_validate(args)
    except ValidationError:
        return False
    return True


def again_with(line: Reading, call: Call, around: Surroundings) -> tuple[str, Mapping[str, Any]] | None:
    """The call with what the question says put in place; None when it says nothing that the tool takes."""
    spec = catalogue().get(call.name)
    if spec is None:
        return None
    taken = spec.arguments.model_fields
    reading = Reading(line.text, line.source)
    comparing = bool(reading.take(_COMPARED))
    more = _own_words(reading, call, taken)
    if more is None:
        return None
    by = take_split(reading)
    slots = take_slots(reading, around, _LEANING)
    said = slots.args(*(field.name for field in fields(Slots) if field.name != "unknown"))
    if not comparing and (earlier := step_back(said.get("period"), call)) is not None:
        said["period"] = earlier
    if by is not None:
        said["by"] = by
        if "period" not in said and not long_enough(str(call.args.get("period", "")), by):
            return None  # a day has no months: it is another question
    said |= more
    if "product" in said and "product" not in taken and "department" in taken:
        said["department"] = said.pop("product")
    if "limit" in said and "limit" not in taken and "top" in taken:
        said["top"] = said.pop("limit")
    if comparing:
        if "compare_to" not in taken:
            return None
        said["compare_to"] = said.pop("period", "the period before")
    goods_for_a_change = spec.proposes and {"product", "department"} & set(said)  # words next to it are none
    if slots.unknown or not said or goods_for_a_change or not set(said) <= set(taken):
        return None
    said = {name: value for name, value in said.items() if value is not None}
    if call.name == EXPLAIN and said.get("by") in _STEPS:
        return SUMMARY, _of_explained(call, said)
    whole = _of_its_own_day({**_kept(call, said), **said}, said)
    return (call.name, whole) if said.get("period") not in _NO_PERIODS and _takes(spec, whole) else None
