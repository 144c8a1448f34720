"""The distance between the two ends of a split: “the difference between the highest and the lowest week”.

A ranking told from both ends leaves the difference to the reader, and a list of goods is none of it at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from agent.conversation.planner.concepts.asked import Asked, call
from agent.conversation.planner.concepts.lexicon import FIGURES, GROUPS, Said, words_of
from agent.conversation.planner.outcome import SUMMARY, Plan
from agent.conversation.planner.wording.fillers import FILLERS
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS
from tools.sales import GroupBy

NOT_WORKED_OUT = "The difference itself I could not work out here: what follows is not held against each other."
CANNOT = (
    "How far the best and the worst of these lie apart I could not work out. I can for days, weeks, months, weekdays,"
    " hours, stores, departments and categories: “difference between the best and the worst week of Produce”."
)
_APART = re.compile(
    r"\b(?:differences?|gaps?|spreads?|distances?|disparit(?:y|ies)|far apart|how (?:different|wide)"
    r"|how much (?:more|less|better|bigger|higher|lower|worse|busier))\b",
    re.IGNORECASE,
)
_HIGH = r"(?:highest|best|top|strongest|largest|biggest|busiest|max(?:imum)?|peak)"
_LOW = r"(?:lowest|worst|bottom|weakest|smallest|slowest|quietest|min(?:imum)?|poorest)"
_BOTH = re.compile(
    rf"\b(?:{_HIGH}\b.*\b{_LOW}|{_LOW}\b.*\b{_HIGH})\b"
    r"|\b(?:biggest|largest|greatest|widest|maximum) (?:differences?|gaps?|spreads?|distances?)\b.*\bbetween "
    r"(?:any |the |our )?"
    r"(?:two |of the )?[a-z]+s\b",
    re.IGNORECASE,
)
_TELLS_IT = frozenset({"spread_over_time", "store_ranking", "peak_times", "basket_statistics", "peak_hours_by_store"})
"""Tools whose answers say how far the ends lie apart, or in which that is read off."""
_SPLITS = frozenset(get_args(GroupBy))
_LONG = frozenset({"week", "month"})


def with_ends(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan that works out the difference between two ends, or with the words that it does not."""
    if not (_APART.search(question) and _BOTH.search(question)) or decided.opening:
        return decided
    if any(name in _TELLS_IT or args.get("gap") for name, args in decided.calls):
        return decided
    instead = ends_apart(question, around)
    if instead is not None or any(args.get("by") for _, args in decided.calls):
        return instead or replace(decided, opening=NOT_WORKED_OUT)
    return Plan(text=CANNOT)


def ends_apart(question: str, around: Surroundings) -> Plan | None:
    """The plan for the distance of two ends, whatever else knew the question; None where that is not what it asks."""
    if not (_APART.search(question) and _BOTH.search(question)):
        return None
    asked = Asked.of(question, around)
    if asked is None:
        return None
    goods = asked.of_goods()
    return (_gap(goods) if goods is not None else None) or _gap(asked)


def _gap(asked: Asked) -> Plan | None:
    """The summary by the group whose ends are sought; None where it is not told by it, or more is asked."""
    said = words_of(_APART.sub(" ", asked.rest))
    groups = dict.fromkeys(str(one.named(GROUPS)) for one in said if one.named(GROUPS) in _SPLITS)
    unknown = [
        one
        for one in said
        if not (one.means or one.words == "2") and one.words not in FILLERS and not _APART.search(one.words)
    ]
    if (
        unknown
        or len(groups) != 1
        or len(asked.days) > 1
        or asked.ahead
        or set(asked.conditions) - set(map(str, asked.where.values()))
    ):
        return None
    by = next(iter(groups))
    args: dict[str, Any] = {"by": by, "metrics": [_figure(said)], **asked.where, "gap": True}
    usual = "all time" if by in _LONG else "last 4 weeks"
    return call(SUMMARY, {**args, "period": asked.days[0] if asked.days else usual})


def _figure(said: Sequence[Said]) -> str:
    """The first figure that is named, a rate before a sum; net sales where there is none."""
    found = [figure for one in said if (figure := one.named(FIGURES)) in METRICS]
    return next((str(one) for one in found if one != "net_sales"), "net_sales")
