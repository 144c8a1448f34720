"""“Stores with extreme revenue changes”, “departments with big swings in margin”: rises and falls, both ends.

How large a change must be to count is set nowhere: the largest of both are told, and for groups whose days have a usual
range the days that left it. A strict reader; spikes of single days alone are of ``unusual_days``.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS

DAYS = "unusual_days"
_ROWS = 5
_SIZE = (
    r"(?:extreme(?:ly)?|drastic(?:ally)?|dramatic(?:ally)?|sharp(?:ly)?|wild(?:ly)?|unusual(?:ly)?|abnormal(?:ly)?"
    r"|huge|massive(?:ly)?|big|large|major|outsized?|strong(?:ly)?|violent(?:ly)?|exceptional(?:ly)?|excessive(?:ly)?)"
)
_MOVE = (
    r"(?:changes?|changed|changing|swings?|swung|swinging|moves?|moved|movements?|shifts?|shifted|fluctuations?"
    r"|fluctuat(?:e|ed|ing)|deviations?|ups and downs|jumps? (?:and|or) (?:drops?|falls?|dips?)"
    r"|(?:spikes?|rises?|increases?|gains?) (?:and|or) (?:drops?|falls?|dips?|decreases?|losses)|up (?:and|or) down)"
)
_CLAIM = re.compile(rf"\b{_SIZE}\b.{{0,30}}\b{_MOVE}\b|\b{_MOVE}\b.{{0,25}}\b{_SIZE}\b")
_GROUPS = (
    ("store", r"stores?|shops?|branch(?:es)?|locations?|sites"),
    ("department", r"departments?|depts?"),
    ("category", r"(?:product )?categor(?:y|ies)"),
    ("brand", r"brands?"),
    ("product", r"products?|items?|skus?"),
)
_GROUP = re.compile(
    r"(?:\b(?:by|per|in|for|of|which|what|any|across|show|list|flag|find|the|me|with) )*(?:each |every )?"
    rf"\b(?P<group>{'|'.join(words for _, words in _GROUPS)})\b"
)
_DAYS_TOLD = frozenset({"store", "department", "category"})
_OTHER = re.compile(
    r"\b(?:why|because|caus\w+|prices?|promo\w*|forecast\w*|customers?|households?|cashiers?|employees?|stock|inventory"
    r"|weather|hours?|days?|weekdays?|share|correlat\w*|rank|place)\b"
)
_OVER = re.compile(
    r"\b(?:week[- ](?:over|on)[- ]week|wow|month[- ](?:over|on)[- ]month|mom|year[- ](?:over|on)[- ]year|yoy)\b"
)
_STEPS = {
    "w": ("last week", "the week before"),
    "m": ("last month", "the month before"),
    "y": ("last 4 weeks", "last year"),
}
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_SIZE}|{_MOVE}|show|me|list|flag|find|which|what|are|is|were|was|did|do|does|have|had|has|with|in|of"
    r"|by|per|for|the|our|my|any|there|that|who|saw|see|seen|most|its|their|sales|revenue|against|from|than|usual|us"
    r"|identify|highlight|give|spot|an?|and|or|to|over|on|each|every|across)(?![\w-])"
)
NOT_SET = "How large a change must be to count as “{said}” is set nowhere: these are the largest rises and falls{also}."
_ALSO = ", then the days outside the usual range of their weekday"


def read(text: str, around: Surroundings) -> Plan | None:
    """The largest rises and falls of groups; None where a word is not known or no group is named."""
    reading = Reading.of(text)
    whole = reading.text
    claimed = _CLAIM.search(whole)
    if claimed is None or names_the_future(whole) or _OTHER.search(whole):
        return None
    said = re.search(rf"\b{_SIZE}\b", whole)
    over = reading.take(_OVER)
    group = reading.take(_GROUP)
    if group is None or said is None or reading.find(_GROUP):
        return None
    by = next(name for name, words in _GROUPS if re.fullmatch(words, group["group"]))
    metrics = take_metrics(reading) or ("net_sales",)
    if len(metrics) > 1 and metrics[0] == "gross_margin":
        metrics = metrics[:1]
    days = [one.phrase for one in take_periods(reading)]
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or len(metrics) > 1 or metrics[0] not in METRICS or len(days) > 2:
        return None
    named = dict(zip(("period", "compare_to"), _STEPS[over[0][0]] if over else days, strict=False))
    span = {"period": "last week", "compare_to": "the period before"} | named
    shared = slots.args("stores", "department", "product")
    change: dict[str, Any] = {
        "by": by, "metrics": [metrics[0]], **span, "rank_by": "change", "top": slots.limit or _ROWS, **shared,
    }  # fmt: skip
    calls: list[tuple[str, dict[str, Any]]] = [(BREAKDOWN, change), (BREAKDOWN, {**change, "order": "bottom"})]
    if by in _DAYS_TOLD:
        calls.append((DAYS, {"metric": metrics[0], "by": by, "period": span["period"], **shared}))
    also = _ALSO if by in _DAYS_TOLD else ""
    return Plan(tuple(calls), opening=NOT_SET.format(said=said[0], also=also))
