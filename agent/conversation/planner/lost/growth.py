"""Growth of which a plan tells no change: “is Maple Avenue growing faster than Harbor Point” as what both sold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, COMPARE_SPLITS, SUMMARY, Plan
from agent.conversation.planner.slots.arguments import valid

_GROWTH = re.compile(
    r"\b(?:grow(?:s|ing|th)?|grew|shrink(?:s|ing)?|shrank)\b"
    r"(?! (?:season|up\b|light|bag|target|goal|plan|rate of|potential|opportunit\w+|driver))",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:faster|slower|quicker|more|less|most|least|than|vs\.?|versus|compare[sd]?|and|of|growth)\b", re.IGNORECASE
)
_WHY = re.compile(r"\b(?:why|drives?|driving|drove|because|explain|should|will|to grow|help)\b", re.IGNORECASE)
_WEEKS, _BEFORE = "last 4 weeks", "the period before"
_TIMES = frozenset({"hour", "day", "week", "month", "quarter", "weekday", "weekend", "period"})
Call = tuple[str, Mapping[str, Any]]


def with_growth(question: str, decided: Plan) -> Plan:
    """The plan with the change of each figure where a question asks for growth and its calls tell sums alone."""
    if not _GROWTH.search(question) or not _HELD.search(question) or _WHY.search(question):
        return decided
    if not decided.calls or not all(_tells_sums(*call) for call in decided.calls):
        return decided
    calls = [told for call in decided.calls if (told := _changed(*call)) is not None]
    return replace(decided, calls=tuple(calls)) if len(calls) == len(decided.calls) else decided


def _tells_sums(name: str, args: Mapping[str, Any]) -> bool:
    by = {one.strip() for one in str(args.get("by") or "").split(",")}
    if name not in (SUMMARY, BREAKDOWN) or by & _TIMES or any(args.get(key) for key in ("compare_to", "running")):
        return False
    return any(args.get(key) for key in ("stores", "department", "product", "by"))


def _changed(name: str, args: Mapping[str, Any]) -> Call | None:
    by = args.get("by")
    period = {"period": args.get("period") or _WEEKS}
    if name == SUMMARY and (by is None or by in COMPARE_SPLITS):
        kept = {key: args[key] for key in ("stores", "department", "product", "by", "metrics") if args.get(key)}
        return valid(COMPARE, {**kept, **period})
    if not by or args.get("share"):
        return None
    figures = {"metrics": args.get("metrics") or ["net_sales"]}
    return valid(BREAKDOWN, {**args, **figures, **period, "compare_to": _BEFORE, "rank_by": "change"})
