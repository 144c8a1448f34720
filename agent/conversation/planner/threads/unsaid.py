"""What an elliptical question leaves unsaid: “and by income?”, “excluding fuel”, “only produce” keep period and store.

Such a question may be about a subject with words of its own, so a topic reads it; what it does not say is what the
question before it said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.threads.remembered import Call
from tools.registry import catalogue

_ELLIPSIS = re.compile(
    r"^\W*(?:(?:and|but|only|just|or|now|also|then|same|what about|how about|exclud(?:e|ing)|without|except(?: for)?"
    r"|not counting|leaving out|minus|split|break|by|per|in|as an?|for|with|ok|okay)\b|compared? (?:it |that |this "
    r"|them )?(?:to|with|against)\b)"
)
_OWN_SUBJECT = re.compile(r"\b(?:all time|overall|altogether|in general|everything)\b")
_PLACE_AND_TIME = ("period", "stores")
_SALES = frozenset({SUMMARY, COMPARE, TOP, "sales_breakdown"})
_OF_ALL_STORES = frozenset({"store_ranking", "underperforming_stores"})
"""Answers that hold stores against each other, so the one in question before is no limit."""
MAX_WORDS = 9


def is_elliptical(text: str) -> bool:
    """Whether a question begins like the rest of another one."""
    plain = text.lower()
    return len(plain.split()) <= MAX_WORDS and bool(_ELLIPSIS.match(plain)) and not _OWN_SUBJECT.search(plain)


def with_the_unsaid(plan: Plan, previous: Sequence[Call], text: str) -> Plan:
    """The plan with the period, stores and part of the range of the call before, where it names none itself."""
    if not plan.calls or not previous or not is_elliptical(text):
        return plan
    before = previous[-1]
    return replace(plan, calls=tuple((name, _filled(name, args, before)) for name, args in plan.calls))


def _filled(name: str, args: Mapping[str, Any], before: Call) -> Mapping[str, Any]:
    spec = catalogue().get(name)
    if spec is None or spec.proposes:
        return args
    kept: dict[str, Any] = {key: before.args[key] for key in _PLACE_AND_TIME if key in before.args}
    if name in _OF_ALL_STORES:
        kept.pop("stores", None)
    if name in _SALES and before.name in _SALES:
        kept |= _goods(args, before)
        kept |= _figures(name, args, before)
    own = any(one.get("dimension") == "private_label" for one in args.get("where") or ())
    if own and args.get("by") == "private_label" and (split := before.args.get("by")):
        args = {**args, "by": split}  # “only store brand” keeps the split before: its own would show one row
    if args.get("by") == "private_label" and kept.get("where"):
        # a brand is all of one label: the split is of the goods around it
        kept["where"] = [one for one in kept["where"] if one.get("dimension") != "brand" or one.get("exclude")]
    if "where" in args and "where" in kept:
        args = {**args, "where": _both(kept["where"], args["where"])}
    taken = spec.arguments.model_fields
    return {**{key: value for key, value in kept.items() if key in taken and key not in args}, **args}


def _goods(args: Mapping[str, Any], before: Call) -> dict[str, Any]:
    """The part of the range of the call before, unless the question names one."""
    if any(key in args for key in ("product", "department")):
        return {}
    return {key: before.args[key] for key in ("product", "department", "where") if key in before.args}


def _both(before: Sequence[Mapping[str, Any]], said: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The conditions of the answer before and those said now; a new one of the same kind takes the old one's place."""
    new = {one.get("dimension") for one in said}
    return [*(one for one in before if one.get("dimension") not in new or one.get("exclude")), *said]


def _figures(name: str, args: Mapping[str, Any], before: Call) -> dict[str, Any]:
    """Metrics and split, where the breakdown goes on about the same figures."""
    if name != "sales_breakdown":
        return {}
    metrics = before.args.get("metrics") or ([before.args["metric"]] if before.args.get("metric") else None)
    kept: dict[str, Any] = {"metrics": metrics} if metrics else {}
    if "by" not in args and before.name == TOP:
        kept["by"] = "product"
    elif "by" not in args and before.args.get("by"):
        kept["by"] = before.args["by"]
    if before.name == COMPARE and "compare_to" not in args:
        # “Without fuel?” of a comparison is that comparison once more.
        kept["compare_to"] = before.args.get("compare_to") or "auto"
        kept |= {"rank_by": "change"} if kept.get("by") else {}
    return kept
