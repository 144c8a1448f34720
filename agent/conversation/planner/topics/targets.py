"""Questions about targets: whether stores are on them, how far off, and who is behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from agent.conversation.planner.outcome import COMPARE, Plan, calls_for, not_understood, together
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

PROGRESS = "target_progress"
_TARGET = re.compile(
    r"\b(?:targets?|quotas?|budgets?|goals?)\b|\b(?:against|vs\.?|versus|on|to|behind|above|below|hitting|meeting"
    r"|making|hit|meet|made) plan\b|\bplan attainment\b|\bplanned sales\b"
    r"|\b(?:budgeted|planned|targeted) (?:values?|figures?|numbers?|amounts?|results?|levels?|revenues?"
    r"|profits?|margins?)\b"
)
_OTHER = re.compile(
    r"\b(?:why|how come|set|change|raise|lower|adjust|should (?:our|the|my) target|target (?:audience|customers?"
    r"|market|price|stock|margin of)|suggest|recommend\w*|forecast\w*|explain|because|reasons?|caused?|promo\w*"
    r"|campaigns?|mailers?)\b"
)
_DISTRICTS = re.compile(r"\b(?P<which>which|what) (?:districts?|regions?|areas?)\b", re.IGNORECASE)
BY_STORE = "Targets are kept by store, and these are not added up by district."
_BEHIND = re.compile(
    r"\b(?:behind|miss(?:ed|es|ing)?|below|under|short|under[- ]?perform\w*|not (?:hit|hitting|meeting|reaching|on)"
    r"|off|fail\w*)\b"
)
_WHICH = re.compile(
    r"\b(?:which|what|list|show(?: me)?|any|who) (?:\w+ ){0,2}(?:stores?|shops?|locations?|branch(?:es)?)\b"
)
_LENGTHS = (
    (re.compile(r"\b(?:monthly|month's)\b"), "this month"),
    (re.compile(r"\b(?:weekly|week's)\b"), "this week"),
    (re.compile(r"\b(?:quarterly|quarter's)\b"), "this quarter"),
    (re.compile(r"\b(?:yearly|annual|year's)\b"), "this year"),
)
_PART = re.compile(
    r"\b(?P<side>below|under|less than|short of|reached|hit|met|made|achieved|exceeded|above|over|more than|at least"
    r"|beyond)(?: only)? "
    r"(?P<n>\d{1,3}(?:\.\d)?) ?"
    r"(?:%|per ?cent) (?:of|to)\b"
)
_SALES_TOO = re.compile(
    r"\b(?:sales|revenue) (?:and|&|or) (?:the |our )?(?:gross )?(?:profits?|margins?|units)\b"
    r"|\b(?:profits?|margins?|units) (?:and|&|or) (?:the |our )?(?:net )?(?:sales|revenue)\b"
)
"""Two figures that are held against their targets; of a list the reader of figures takes what is no plain sales."""
_GAP = "Targets are told by how far each store is from what is due by now: {n} % of it is {far}."
_AIM = r"(?:targets?|quotas?|budgets?|goals?|plan)"
_EARLIER = r"(?:the )?(?P<earlier>(?:last|prior|previous) (?P<unit>year|quarter|month|week))"
_JOIN = r"(?:,? (?:and|or|&)| ?/|,(?= vs| versus))(?: (?:also )?(?:vs\.?|versus|against|to|with|the|our))*"
_EACH_STORE = re.compile(r"\b(?:by|per|each|every|which|all)(?: of (?:the|our))? stores?\b")
_EARLIER_TOO = (
    re.compile(rf"\b(?P<keep>{_AIM}){_JOIN} ?{_EARLIER}\b(?! target| budget|'s)"),
    re.compile(rf"\b{_EARLIER}{_JOIN} ?(?P<keep>{_AIM}\b)"),
)
"""An earlier span that sales are held against beside their target; it is no span of the target."""
_WORDS = re.compile(
    r"\b(?:targets?|quotas?|budget(?:s|ed)?|targeted|values?|figures?|numbers?|amounts?"
    r"|results?|levels?|goals?|against|versus|vs\.?|on|to|plan|planned|attainment|achievement|achiev(?:e"
    r"|ed|ing)|exceed(?:s|ed|ing)?|beat(?:s|ing|en)?"
    r"|actuals?|behind|ahead|miss(?:ed|es|ing)?|below|above|under|short|under[- ]?perform\w*|not|hit(?:ting)?"
    r"|meet(?:ing)?|met|reach(?:ed|ing)?|off|fail\w*|track|pace|progress|towards?|percent(?:age)?|how far|away|from"
    "|close|far|gap|left|remaining|monthly|weekly|quarterly|yearly|annual|month's|week's|quarter's|year's|their|sales"
    r"|will|going to|gonna|by the end of|revenue|of)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about progress towards targets; None for every other."""
    beside = next(filter(None, (pattern.search(text.lower()) for pattern in _EARLIER_TOO)), None)
    if beside is None:
        return _of_targets(text, around)
    decided = _of_targets(f"{text[: beside.start()]}{beside['keep']}{text[beside.end() :]}", around)
    if decided is None or not decided.calls:
        return decided
    return replace(decided, calls=(*decided.calls, *(_held(args, beside) for _, args in decided.calls)))


def _held(args: Mapping[str, Any], beside: re.Match[str]) -> tuple[str, Mapping[str, Any]]:
    """The figure of a target against the earlier span that is named beside the target."""
    metrics = {"metrics": [args["metric"]]} if "metric" in args else {}
    split = {"by": "store"} if args.get("behind_only") or _EACH_STORE.search(beside.string) else {}
    own = {key: args[key] for key in ("stores",) if key in args}
    days = {"period": args.get("period", f"this {beside['unit']}"), "compare_to": beside["earlier"]}
    return COMPARE, {**days, **metrics, **own, **split}


def _of_targets(text: str, around: Surroundings) -> Plan | None:
    by_store = _DISTRICTS.sub(r"\g<which> stores", text)
    reading = Reading.of(by_store)
    whole = reading.text
    if not _TARGET.search(whole) or _OTHER.search(whole) or names_the_future(whole):
        return None
    part = reading.take(_PART)
    metrics = take_metrics(reading)
    if metrics and "net_sales" not in metrics and _SALES_TOO.search(whole):
        metrics = ("net_sales", *metrics)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department:
        return not_understood(slots.unknown or slots.product or slots.department or "")
    behind = bool(_BEHIND.search(whole) and _WHICH.search(whole))
    period = slots.period or next((phrase for pattern, phrase in _LENGTHS if pattern.search(whole)), None)
    shared = {"period": period, "stores": slots.stores, "behind_only": behind or None}
    said = together("" if by_store == text else BY_STORE, _gap(part["n"]) if part else "")
    return calls_for(PROGRESS, shared, [{"metric": name} for name in metrics], said)


def _gap(percent: str) -> str:
    """What a part of a target is as the per cent by which a store is off."""
    off = Decimal(percent) - 100
    if not off:
        return ""  # “100 % of target” is the target
    far = f"{-off.normalize():f} % behind" if off < 0 else f"{off.normalize():f} % ahead"
    return _GAP.format(n=percent, far=far)
