"""A condition put into a call: as an argument of its tool, a condition of a breakdown, or what a list is split by.

A summary and a list of products know fewer conditions than a breakdown, which tells the same figures: where only the
breakdown can keep to a condition, it is asked instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.conversation.planner.kept_conditions.named import Named
from agent.conversation.planner.outcome import BREAKDOWN, SUMMARY, TOP
from agent.conversation.planner.slots.arguments import valid

_RARE = frozenset({"weather", "people"})
"""Kinds of condition that few days or few households meet: all that is known of them, where no time is said."""
_SO_MANY = 10
_OF_EACH = 5
_GOODS = ("product", "department")

Call = tuple[str, Mapping[str, Any]]


def filled(name: str, args: Mapping[str, Any], one: Named) -> Call | None:
    """The call with the condition in it; None where no way of asking keeps to it."""
    if one.argument is not None:
        return _with_argument(name, args, *one.argument)
    if one.each:
        return _of_each(name, args, one)
    if one.where is None:
        return None
    asked = _as_breakdown(name, args)
    if asked is None:
        return None
    if one.kind in _RARE:
        asked = {"period": "all time", **asked}
    return valid(BREAKDOWN, {**asked, "where": [*asked.get("where", ()), one.where]})


def _with_argument(name: str, args: Mapping[str, Any], key: str, value: Any) -> Call | None:
    if args.get(key) is not None or (key == "department" and any(args.get(one) for one in _GOODS)):
        return None
    return valid(name, {**args, key: value})


def _of_each(name: str, args: Mapping[str, Any], one: Named) -> Call | None:
    """A list told for each store or department: its best few, or its best one where a single one is asked for."""
    by = args.get("by")
    if one.kind == "list":
        order = {"order": "bottom"} if one.worst else {}
        listed = {"by": one.each, "metrics": ["net_sales"], "top": _SO_MANY}
        return valid(name, {**listed, **args, **order}) if name == BREAKDOWN and by is None else None
    if one.kind == "sought":
        return _sought(name, args, one.each)
    if name == TOP or (name == BREAKDOWN and by in ("product", "brand", "category")):
        asked = _as_breakdown(name, args)
        if asked is None or asked.get("each") or asked.get("share"):
            return None
        most = asked.pop("top", None) if name == BREAKDOWN or "limit" in args else None
        asked.pop("top", None)
        each = 1 if one.one_of_each else most or _OF_EACH
        return valid(BREAKDOWN, {**asked, "by": f"{one.each}, {by or 'product'}", "each": each})
    return valid(name, {**args, "by": one.each}) if by is None else None


def _sought(name: str, args: Mapping[str, Any], what: str) -> Call | None:
    """A total told by what is sought: “the worst hour for Produce”. Hours of goods only a breakdown knows."""
    if args.get("by") is not None:
        return None
    asked = _as_breakdown(name, args) if what == "hour" and any(args.get(one) for one in _GOODS) else None
    period = {"period": "last 4 weeks"} if name == SUMMARY else {}
    if asked is not None:
        return valid(BREAKDOWN, {**period, **asked, "by": what})
    return valid(name, {**period, **args, "by": what})


def _as_breakdown(name: str, args: Mapping[str, Any]) -> dict[str, Any] | None:
    """The arguments of a breakdown that tells what this call does; None where there is none."""
    if name == BREAKDOWN:
        return dict(args)
    kept = {key: args[key] for key in ("period", "stores", *_GOODS) if key in args}
    if name == TOP:
        metric = args.get("metric", "net_sales")
        order = {"order": "bottom"} if args.get("order") == "bottom" else {}
        return {"by": "product", "metrics": [metric], "top": args.get("limit", _SO_MANY), **kept, **order}
    if name == SUMMARY:
        metrics = {"metrics": args["metrics"]} if args.get("metrics") else {}
        by = {"by": args["by"]} if args.get("by") else {}
        return {**by, **metrics, **kept}
    return None
