"""The figures of the answer before once more: over which days they were, by what they were split, and sides of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.threads.carried import BREAKDOWN as BREAKDOWN
from agent.conversation.planner.threads.carried import PERIOD_BEFORE
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.why import EXPLAIN
from tools.usual_period import usual_period

USUAL = {SUMMARY: "yesterday", COMPARE: "yesterday", EXPLAIN: "last week", TOP: "last week", BREAKDOWN: "last 4 weeks"}
"""What the tools of figures take where no period was said."""
NORM = "four-week norm"
FIGURES = (SUMMARY, COMPARE, BREAKDOWN)
"""Answers of figures, which can be told in another way."""
KEPT = ("stores", "department", "product", "where")
"""Arguments that say of what the figures are."""
_ONE_DAY = re.compile(r"^(?:yesterday|today|(?:last |this |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)$")
_SAME_WEEKDAY = "the same day last week"
_SPLITS = frozenset({"department", "category", "store", "brand", "product", "hour", "weekday"})


def usual_days(last: Call) -> str:
    """The period that a call was answered for."""
    if last.args.get("period"):
        return str(last.args["period"])
    usual, by = USUAL[last.name], last.args.get("by")
    return usual_period(by if isinstance(by, list) else [by], usual) if last.name in (SUMMARY, BREAKDOWN) else usual


def split_of(call: Call) -> str | None:
    """By what the answer before was split, where by one thing."""
    if call.name == TOP:
        return "product"
    by = call.args.get("by")
    if isinstance(by, list):
        by = by[0] if len(by) == 1 else None
    return str(by) if by in _SPLITS else None


def split_tool(kept: Mapping[str, Any]) -> str:
    """Which tool splits these figures: only the breakdown leaves a part of the range out."""
    return BREAKDOWN if "where" in kept else SUMMARY


def span_before(period: str) -> str:
    """What a period is held against where nothing is said: a day against its weekday a week earlier."""
    return _SAME_WEEKDAY if _ONE_DAY.match(period) else PERIOD_BEFORE


def one_answer(previous: Sequence[Call]) -> Call | None:
    """The call of the answer before where it was one, or what moved told from both ends; None where there are more."""
    if len(previous) != 2 or any(one.name != BREAKDOWN or one.failed for one in previous):
        return previous[0] if len(previous) == 1 else None
    either = [{key: value for key, value in one.args.items() if key != "order"} for one in previous]
    ends = either[0] == either[1] and str(either[0].get("rank_by")).startswith("change")
    return replace(previous[0], args=either[0]) if ends else None


def moved(last: Call, by: str, *, down: bool, up: bool) -> Plan:
    """What moved most within the figures before, one by one: those that fell, those that grew, or both ends."""
    period = usual_days(last)
    listed = last.args.get("top") or last.args.get("limit")
    args: dict[str, Any] = {
        "by": by,
        "period": period,
        "compare_to": last.args.get("compare_to") or span_before(period),
        **{key: last.args[key] for key in KEPT if key in last.args},
    }
    args.pop(by, None)
    if metrics := last.args.get("metrics") or ([last.args["metric"]] if last.args.get("metric") else None):
        args["metrics"] = [name for name in metrics if name not in ("price", "on_hand")][:2]
    if listed and by == split_of(last):
        # “Which of them grew” is about those that were listed, with the change of each.
        order = last.args.get("order")
        return Plan(((BREAKDOWN, {**args, "top": listed, **({"order": order} if order else {})}),))
    if by in ("hour", "weekday"):
        return Plan(((BREAKDOWN, args),))  # shown in the order of the day or week, with the change of each
    args["rank_by"] = "change"
    ends = ("bottom",) if down else ("top",) if up else ("top", "bottom")
    return Plan(tuple((BREAKDOWN, {**args, "order": end}) for end in ends))


def shares(last: Call, by: str) -> Plan:
    """Each part of the figures before as its share of the whole."""
    kept = {key: last.args[key] for key in (*KEPT, "order", "metrics") if key in last.args}
    if last.args.get("metric"):
        kept["metrics"] = [last.args["metric"]]
    top = last.args.get("top") or last.args.get("limit")
    args = {"period": usual_days(last), **kept, "by": by, "share": True, **({"top": top} if top else {})}
    return Plan(((BREAKDOWN, args),))
