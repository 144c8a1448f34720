"""“Is that with fuel?”: whether a figure contains a part of the range, answered with the part and with the rest.

Also where a figure is quoted back: “you said 4,200 yesterday at S04, does that include fuel?”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.goods import leftover
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import Surroundings

BREAKDOWN, ABOUT = "sales_breakdown", "about_figures"
MOST_BEFORE = 6
"""Letters that may stand before such a question in a thread: “and”, “so”."""
_MONEY = r"[$€£]? ?\d[\d,.]*(?: ?(?:k|dollars|bucks))?"
_QUOTED = re.compile(
    r"^\W*(?:(?:but|so|hey|wait|hm+)[ ,]+)*(?:you|u|the bot|it) (?:said|told me|gave me|say|showed(?: me)?|have"
    "|had) (?:(?:that |like |about |around )*(?:we|it|they|sales|i) (?:did|made|took|sold|were|was|had|is|are"
    rf"|came to) )?(?:about |around |like )?(?P<figure>{_MONEY})(?P<rest>.*)$"
)
_IT = r"(?:that|it|this|those|these|they|the (?:figure|number|total|sales)|\d[\d,.]*k?)"
_WHAT = r"[a-z][\w &'-]{1,30}?"
_INCLUDES = re.compile(
    rf"\b(?:(?:does|do|did|would|is|are|was|were) {_IT} (?:also )?(?:includ(?:e|es|ing)|incl\.?|with|contain"
    rf"|count(?:ing)?|have) (?:the |our |any )?(?P<with>{_WHAT})(?: sales)?(?: in (?:it|there|that))?(?: or (?:not"
    rf"|without)(?: it)?)?|(?:is|are|was|were) (?:the |our )?(?P<held>{_WHAT})(?: sales)? (?:included|counted"
    rf"|in)(?: (?:{_IT}|there|here))?(?: or not)?|(?:is (?:that|it|this) )?with or without (?P<either>{_WHAT})"
    rf"|(?:incl\.?|including|with) (?P<short>{_WHAT})(?: or (?:not|without)))\W*$"
)
_NO_GOODS = re.compile(
    r"\b(?:tax\w*|vat|tips?|discounts?|returns?|refunds?|voids?|gift|coupons?|shipping|delivery|postage|service|online"
    "|web|orders?|pick-?up|cost|wages|labou?r|staff|rent|fees?|cash|card|stores?|today|yesterday|week|month"
    r"|everything|all|employees?|waste|shrink\w*|markdowns?|promo\w*)\b"
)
_WHICH_STORES = re.compile(
    rf"^\W*(?:so |and |but )?(?:is|are|was|were) (?:that|it|this|those|the|your)? ?(?:{_MONEY})?(?:(?: for"
    rf"| of)? .{{3,20}}?)? (?:for )?(?:all (?:the |our |five |\d )?stores|everything|the whole (?:chain|company"
    "|business))"
    r"(?: (?:together|combined))?(?: or (?:just|only) .{2,30})?\W*$"
)
_FIGURES = frozenset({SUMMARY, COMPARE})
YES = (
    "Yes: the total is of everything that was sold, {what} too. The first figure is {what} alone, the second all "
    "without it."
)
NO = "No: {what} is left out of the answer above."


def read(text: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The figures with and without that part; None for every other question."""
    reading = Reading.of(text)
    if _WHICH_STORES.match(reading.text):
        return _by_store(reading, previous)
    quoted = _QUOTED.match(reading.text)
    asked = _INCLUDES.search(reading.text)
    if asked is None:
        return None
    if _NO_GOODS.search(asked[0]):
        return _meaning(previous) if not quoted and asked.start() <= MOST_BEFORE else None
    group = next(name for name in ("with", "held", "either", "short") if asked[name])
    what = reading.said(*asked.span(group))
    last = previous[-1] if previous else None
    if not quoted and (last is None or last.failed or asked.start() > MOST_BEFORE):
        return None
    reading.blank(asked.start(), asked.end())
    if quoted:
        reading.blank(0, quoted.end("figure"))
    found, stores = take_periods(reading), take_stores(reading, around)
    if len(found) > 1 or (leftover(reading, around, store_known=stores is not None) is not None):
        return None
    kept = _kept(last)
    if kept is None:
        return None
    if what.lower() in _excluded(last):
        return Plan(text=NO.format(what=what))
    said = {"period": found[0].phrase if found else None, "stores": stores}
    shared = {"period": "yesterday", **kept, **{key: value for key, value in said.items() if value}}
    named = take_departments(Reading.of(what), around)
    part = {"department": named[0] if named else what}
    alone = calls_for(SUMMARY, {**shared, **part}, [])
    rest = calls_for(BREAKDOWN, {**shared, "where": [{"values": [what], "exclude": True}]}, [])
    return Plan((*alone.calls, *rest.calls), YES.format(what=what))


def _by_store(reading: Reading, previous: Sequence[Call]) -> Plan | None:
    """“Is that all stores or just Market Street?”: the figure once more with each store beside the whole."""
    last, found = previous[-1] if previous else None, take_periods(reading)
    if last is not None and (last.failed or last.name != SUMMARY or last.args.get("by")):
        return None
    kept = (
        {key: last.args[key] for key in ("period", "metrics", "product", "department") if key in last.args}
        if last
        else {}
    )
    period = {"period": found[0].phrase} if found else {}
    if not kept and not period:
        return None
    return Plan(((SUMMARY, {**kept, **period, "by": "store"}),), _said(last))


def _said(last: Call | None) -> str:
    if last is None:
        return "The first figure is of all stores you see; the table has each of them."
    stores = last.args.get("stores")
    return f"The answer above was of {stores or 'all stores you see'}; the table has each of them."


def _meaning(previous: Sequence[Call]) -> Plan | None:
    """What the figure before counts, where no part of the range is asked about: “does it include tax”."""
    last = previous[-1] if previous else None
    if last is None or last.failed or last.name not in (*_FIGURES, BREAKDOWN):
        return None
    metrics = last.args.get("metrics") or ["net_sales"]
    return Plan(((ABOUT, {"metric": str(metrics[0])}),))


def _kept(last: Call | None) -> dict[str, Any] | None:
    """Days, stores and metrics of the answer before; None where it is no total of everything."""
    if last is None or last.failed:
        return {}
    if last.name not in _FIGURES and not (last.name == BREAKDOWN and _excluded(last)):
        return None
    if {"department", "product"} & set(last.args):
        return None
    return {key: last.args[key] for key in ("period", "stores", "metrics") if key in last.args}


def _excluded(last: Call | None) -> set[str]:
    """What the answer before left out, in lower case."""
    where: Sequence[Mapping[str, Any]] = (last.args.get("where") if last is not None else None) or ()
    return {str(value).lower() for one in where if one.get("exclude") for value in one.get("values", ())}
