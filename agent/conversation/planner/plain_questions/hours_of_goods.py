"""Sales of goods by hour: the summary knows hours of whole stores only, the breakdown those of goods as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, SUMMARY, Plan

_GOODS = frozenset({"product", "department"})
_DAYS = "last 4 weeks"
_KNOWN = frozenset({"net_sales", "units", "transactions", "gross_margin", "gross_margin_pct", "gross_sales"})


def with_hours_of_goods(decided: Plan) -> Plan:
    """The plan with such calls asked of the tool that can tell them."""
    return replace(decided, calls=tuple(_told(name, args) for name, args in decided.calls))


def _told(name: str, args: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    if name != SUMMARY or args.get("by") != "hour" or _GOODS.isdisjoint(args):
        return name, args
    kept = {key: value for key, value in args.items() if key != "gap"}
    if not _KNOWN.issuperset(args.get("metrics") or ()):
        return name, args
    return BREAKDOWN, {"period": _DAYS, **kept}
