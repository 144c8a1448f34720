"""Questions how a figure went from one week or month to the next: growth step by step, the largest rise or fall."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

MOVES, BREAKDOWN = "sales_moves", "sales_breakdown"
_BY_STORE = re.compile(r"\b(?:by|per|for each|each) (?:store|shop|location|branch)\b")
_STEP_OVER = re.compile(
    r"\b(?P<a>day|week|month|quarter)[- ](?:over|on|to|by)[- ](?P=a)\b|\b(?P<b>[wmqd])o(?P=b)\b|\bfrom (?:one "
    r"|each )?(?P<c>day|week|month|quarter) to (?:the )?(?:next|month|week|day|quarter)\b|\b(?P<d>weekly|monthly|daily"
    r"|quarterly) (?:sales |revenue |net sales |unit |transaction )?(?:growth|changes?|growth rates?|moves?)\b"
    r"|\b(?:growth|change)s? (?:rates? )?(?:by|per|each|every) (?P<e>day|week|month|quarter)\b|\b(?:vs\.?|versus"
    "|against|on|over) the (?:previous|prior|preceding) (?P<f>day|week|month|quarter),? (?:for|over|in) (?:each|every"
    r"|the last)\b"
)
_GROWING = re.compile(
    r"\b(?:grow\w*|grew|growth|chang\w*|moves?|moved|rates?|rose|fell|trend\w*|increas\w*|decreas\w*|compar\w*"
    r"|develop\w*|go(?:ne|es)?|how|perform\w*|do|did|from (?:week to week|month to month|day to day))\b"
)
_BIGGEST = re.compile(
    r"\b(?:which|what|when) (?P<a>week|month|day|quarter)s?\b.*\b(?:biggest|largest|steepest|sharpest|worst|best|most"
    r"|greatest) (?:\w+ )?(?:drops?|falls?|declines?|decreases?|rises?|increases?|jumps?|growth|changes?|gains?|dips?"
    r"|spikes?|swings?)\b|\b(?:biggest|largest|steepest|sharpest|worst|greatest|best) (?P<b>week|month|day"
    r"|quarter)(?:ly)?(?:[- ](?:over|on)[- ]\w+)? (?:\w+ )?(?:drops?|falls?|declines?|decreases?|rises?|increases?"
    r"|jumps?|growth|gains?|dips?|spikes?|swings?)\b|\b(?:biggest|largest|steepest|sharpest|worst"
    r"|greatest) (?P<c>weekly|monthly|daily|quarterly) (?:\w+ )?(?:drops?|falls?|declines?|decreases?|rises?"
    r"|increases?|jumps?|growth|gains?|dips?|spikes?|swings?)\b"
)
_STEPS = {"w": "week", "m": "month", "q": "quarter", "d": "day"}
_OTHER = re.compile(
    r"\b(?:why|how come|explain|products?|brands?|skus?|items?|customers?|households?|forecast\w*|stock|inventory"
    "|departments?|categor(?:y|ies)|stores|which store|share|coupons?|campaigns?|redemptions?|private[- ]label"
    r"|average day)\b(?! (?:size|value))"
)
_LENGTHS = ("day", "week", "month", "quarter")
_ONE_STEP = re.compile(r"(?:this|last|past|previous|current) (?:day|week|month|quarter)|yesterday|today|.*week of .*")
_WORDS = re.compile(
    r"\b(?:day|week|month|quarter|weekly|monthly|daily|quarterly|weeks|months|days|quarters)[- ](?:over|on|to"
    r"|by)[- ](?:day|week|month|quarter)\b|\b(?:wow|mom|qoq|dod|grow\w*|grew|growth|chang\w*|rates?|moves?|moved"
    "|biggest|largest|steepest|sharpest|worst|best|most|greatest|drops?|dropped|falls?|fell|declines?|decreases?"
    r"|rises?|rose|increases?|jumps?|gains?|dips?|spikes?|swings?|trend\w*|compar\w*|develop\w*|weekly|monthly|daily"
    "|quarterly|weeks?|months?|quarters?|days?|had|has|have|did|does|do|go|goes|gone|from|one|to|next|the|each|every"
    "|in|of|sales|revenue|net|how|which|what|when|was|were|our|previous|prior|preceding|percent|percentage|by|per|and"
    r"|since|sell|sold|figures?)(?!\w)|%"
)


def _holds_one(period: str, step: str) -> bool:
    """Whether a period is a single step, or part of one: last quarter holds many weeks, last week holds one."""
    if not _ONE_STEP.fullmatch(period):
        return False
    spans = [unit for unit in _LENGTHS if unit in period]
    return not spans or _LENGTHS.index(spans[-1]) <= _LENGTHS.index(step)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question of growth step by step; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _OTHER.search(whole):
        return None
    biggest = _BIGGEST.search(whole)
    over = _STEP_OVER.search(whole) if _GROWING.search(whole) else None
    found = biggest or over
    if found is None or take_people(Reading(whole)):
        return None
    named = next((value for value in found.groupdict().values() if value), "week")
    step = _STEPS[named[0]]
    metrics = list(take_metrics(reading))
    by_store = reading.take(_BY_STORE) is not None
    slots = take_slots(reading, around, _WORDS)
    if not biggest and (slots.period is None or _holds_one(slots.period, step)):
        return None  # “sales growth week over week” is the last week against the one before
    if slots.unknown or slots.limit or len(metrics) > 1 or split_left(reading):
        return not_understood(slots.unknown or "that") if biggest else None
    if by_store:
        course = {"by": f"store, {step}", "metrics": metrics[:1] or None}
        return calls_for(BREAKDOWN, {**course, **slots.args("period", "stores", "product", "department")}, [])
    args: dict[str, Any] = {
        "step": step,
        "metric": metrics[0] if metrics else None,
        **slots.args("period", "stores", "product", "department"),
    }
    return calls_for(MOVES, args, [])
