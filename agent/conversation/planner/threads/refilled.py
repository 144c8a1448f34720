"""The call before with what is said now in its place: a comparison, a ranking, or one row of a ranking."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import COMPARE, COMPARE_SPLITS, SUMMARY, TOP
from agent.conversation.planner.slots.goods import Goods
from agent.conversation.planner.threads.remembered import Call

USUAL_PERIODS = {SUMMARY: "yesterday", COMPARE: "yesterday", TOP: "last week"}
"""What the tools take where no period was said."""
_STEPS_BACK = {
    "the week before": {"last week": "the week before last", "this week": "last week"},
    "the month before": {"last month": "the month before last", "this month": "last month"},
    "the day before": {"yesterday": "day before yesterday", "today": "yesterday"},
}


def comparison_of(
    call: Call, compare_to: str | None, stores: str | None, metrics: list[str], by: str | None, goods: Goods | None
) -> dict[str, Any]:
    """The figures before, held against another time."""
    args: dict[str, Any] = {"period": call.args.get("period") or USUAL_PERIODS.get(call.name, "yesterday")}
    args |= goods.args() if goods else {key: call.args[key] for key in ("product", "department") if key in call.args}
    if compare_to:
        args["compare_to"] = compare_to
    kept_stores = stores or call.args.get("stores")
    if kept_stores:
        args["stores"] = kept_stores
    kept_metrics = metrics or call.args.get("metrics") or ([call.args["metric"]] if call.args.get("metric") else None)
    if kept_metrics:
        args["metrics"] = list(kept_metrics)
    kept_by = by or call.args.get("by")
    if kept_by in COMPARE_SPLITS:
        args["by"] = kept_by
    return args


def ranking_of(
    call: Call,
    period: str | None,
    stores: str | None,
    metrics: list[str],
    limit: int | None,
    bottom: bool,
    department: str | None,
    by: str | None,
    text: str,
) -> tuple[str, dict[str, Any]]:
    """The ranking before with other days, stores, goods, number or end; the figures of a split that is asked for."""
    kept = {
        key: call.args[key]
        for key in ("period", "stores", "metric", "limit", "order", "department")
        if key in call.args
    }
    args: dict[str, Any] = dict(kept)
    if call.name != TOP:
        args.setdefault("period", USUAL_PERIODS[SUMMARY])
    put_period(args, call, period)
    if stores:
        args["stores"] = stores
    if by is not None:
        split = {key: args[key] for key in ("period", "stores", "department") if key in args} | {"by": by}
        return SUMMARY, {**split, "metrics": metrics} if metrics else split
    figures = [str(one) for one in call.args.get("metrics") or ()]
    if metrics:
        args["metric"] = metrics[0]
    elif figures and call.name != TOP:
        args["metric"] = "gross_margin_pct" if "gross_margin_pct" in figures else figures[0]
    if limit is not None:
        args["limit"] = limit
    if bottom:
        args["order"] = "bottom"
    elif re.search(r"\b(?:top|best)\b", text):
        args.pop("order", None)
    kind = department or (call.args.get("product") if call.name != TOP else None)
    if kind:
        args["department"] = kind  # “which one is worst” after the margin on cheese is a cheese
    return TOP, args


def one_of_ranking(
    call: Call, period: str | None, stores: str | None, metrics: list[str], product: str | None
) -> tuple[str, dict[str, Any]] | None:
    """Figures of one product of a ranking, in its days and stores (“margin on the first one”); None without one."""
    if call.name != TOP or product is None:
        return None
    kept = {key: call.args[key] for key in ("period", "stores") if key in call.args}
    args: dict[str, Any] = {"period": USUAL_PERIODS[TOP], **kept, "product": product}
    put_period(args, call, period)
    args |= {"stores": stores} if stores else {}
    named = metrics or ([str(call.args["metric"])] if call.args.get("metric") else [])
    return SUMMARY, args | ({"metrics": named} if named else {})


def put_period(args: dict[str, Any], call: Call, period: str | None) -> None:
    """Another period in the arguments; “the week before” after “last week” is the one before that."""
    if period is None:
        return
    current = str(call.args.get("period") or USUAL_PERIODS.get(call.name, "yesterday"))
    key = period if period.startswith("the ") else f"the {period}"
    key = re.sub(r" that$", "", key)
    args["period"] = _STEPS_BACK.get(key, {}).get(current, period)
