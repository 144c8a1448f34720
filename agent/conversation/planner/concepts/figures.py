"""The call for a bag of concepts that is a figure of the sales; others are ``told``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.concepts.asked import Asked, Where, call
from agent.conversation.planner.concepts.bag import Bag, Group
from agent.conversation.planner.outcome import SUMMARY, Plan
from tools.metrics import METRICS
from tools.metrics.breakdown_plan import family, possible
from tools.metrics.dimensions import DIMENSIONS
from tools.wording import listed

BREAKDOWN, COMPARE, EXPLAIN, VISITS = "sales_breakdown", "compare_periods", "explain_change", "customer_visits"
MOVES, RANGE, SHARES = "sales_moves", "range_counts", "share_change"
RATES, RATES_OF_GROUPS = "sales_rates", "rates_by_group"
_STEPS = ("day", "week", "month", "quarter")
_COUNTED = frozenset({"product", "brand", "category", "department", "pack_size"})
_PEOPLE = frozenset({"age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership"})
_EACH = {"net_sales": "spend", "transactions": "visits", "average_transaction_value": "per_visit"}
"""Figures of each household, by what they are of all of them."""
_OTHERS: dict[str, tuple[str, frozenset[str]]] = {
    "tender": ("tender_mix", frozenset({"net_sales", "transactions", "average_transaction_value"})),
    "segment": (
        "customer_segments", frozenset({"net_sales", "transactions", "average_transaction_value", "customers"})
    ),
}  # fmt: skip
_CANNOT = "{figure} cannot be told by {group}: the two are not recorded together. It can be had by {can}."
_MANY = 8
"""So many ways of splitting are named."""
_SO_MANY = 10
_OF_EACH = 5
_USUAL_SPAN = "last 4 weeks"
_TREND_SPAN = "last 12 weeks"


def of_sales(bag: Bag, asked: Asked) -> Plan | None:
    """The plan for figures that are sums of the sales; None where they cannot be told as the bag says."""
    groups = [one for one in bag.groups if not _in_passing(one)]
    counted = [one.name for one in groups if one.counted and one.name in _COUNTED]
    if counted:
        return _range(bag, counted, groups, asked)
    names = list(dict.fromkeys(one.name for one in groups))
    if bag.beside - {"buy", "level", "value"}:
        return None
    if (other := _by_other_tool(bag, names, asked)) is not None:
        return other
    if any(name not in DIMENSIONS for name in names):
        return None
    ranked = bag.ranks & {"top", "bottom"}
    if "discount_depth" in names and not bag.ranks & {"share"} and set(bag.figures) <= {"net_sales", "units"}:
        moves = bag.moves - {"why", "growth"}
        bag = replace(bag, figures=("units", "net_sales"), moves=moves, apart=False)  # “do deeper discounts sell more”
    metrics = [*bag.figures] or (["net_sales"] if names and (ranked or bag.moves or len(names) > 1) else [])
    if not metrics or len(names) > 2 or len(ranked) > 1 or (bag.apart and len(metrics) > 1):
        return None
    if cannot := _cannot(metrics, names):
        return Plan(text=cannot)
    if (
        {"compare", "average"} <= bag.moves | bag.ranks
        or asked.ahead
        or any(one.counted for one in groups if len(names) > 1)
    ):
        return None
    if "why" in bag.moves:
        return None if ranked else _why(metrics, names, asked)
    if bag.moves & {"growth", "decline", "change"} or ("compare" in bag.moves and len(asked.days) == 2):
        return _moved(bag, metrics, names, asked)
    if len(asked.days) > 1 or ("compare" in bag.moves and not names):
        return None
    return _told(bag, metrics, names, groups, asked)


def _in_passing(one: Group) -> bool:
    """Whether a group is spoken of and not asked for: “sales of our stores”, “handed back to customers”."""
    return one.passing and (one.name in ("store", "product") or (one.name == "customer" and not one.counted))


def _by_other_tool(bag: Bag, names: Sequence[str], asked: Asked) -> Plan | None:
    """Ways of paying and segments of customers have tools of their own, which tell the usual figures of each."""
    tool, told = _OTHERS.get(names[0] if len(names) == 1 else "", ("", frozenset[str]()))
    if not tool or not bag.figures or not set(bag.figures) <= told or bag.moves or len(asked.days) > 1 or asked.ahead:
        return None
    return call(tool, {**({"period": asked.days[0]} if asked.days else {}), **asked.where})


def _cannot(metrics: Sequence[str], names: Sequence[str]) -> str:
    """The sentence for a figure that is not to be had by a group; empty where all are."""
    for metric in metrics:
        for name in names:
            if not possible(METRICS[metric], DIMENSIONS[name], split=True):
                can = [one.label.lower() for one in DIMENSIONS.values() if possible(METRICS[metric], one, split=True)]
                figure, group = METRICS[metric].label, DIMENSIONS[name].label.lower()
                return _CANNOT.format(figure=figure, group=group, can=listed(can[:_MANY], "or"))
    return ""


def _told(bag: Bag, metrics: list[str], names: list[str], groups: Sequence[Group], asked: Asked) -> Plan | None:
    """Figures as they are: in all, by one group or two, ranked or as shares."""
    span = {"period": asked.days[0]} if asked.days else {}
    if "trend" in bag.moves and not set(names) & {*_STEPS}:
        names = ["week", *names][:2]
        span = span or {"period": _TREND_SPAN}
    if not names:
        plain = not bag.ranks & {"top", "bottom", "share", "each", "like"}
        return call(SUMMARY, {"metrics": metrics, **span, **asked.where}) if plain else None
    if "average" in bag.ranks and set(names) & {*_STEPS, "hour", "weekday"}:
        return (
            _rate(metrics, names, {**span, **asked.where})
            if not (bag.ranks & {"share", "like"} or asked.conditions)
            else None
        )
    if "average" in bag.ranks and names[0] in _PEOPLE and metrics[0] in _EACH and len(names) == len(metrics) == 1:
        order = {"order": "bottom"} if "bottom" in bag.ranks else {}
        return call(VISITS, {"by": names[0], "rank_by": _EACH[metrics[0]], **order, **span, **asked.where})
    args: dict[str, Any] = {"by": ", ".join(names), "metrics": metrics, **span, **asked.where}
    if "share" in bag.ranks:
        args["share"] = True
        if asked.conditions or len(names) > 1:
            return None if asked.conditions else _mix_of_each(bag, args, names, groups)
    if "like" in bag.ranks:
        args["like_for_like"] = True
    if len(names) > 1 and bag.ranks & {"top", "bottom"}:
        outer = [one.name for one in groups if one.outer]
        if len(outer) != 1:
            return None
        inner = next(name for name in names if name != outer[0])
        args |= {"by": f"{outer[0]}, {inner}", "each": bag.count or 1}
    elif bag.count:
        args["top"] = bag.count
    if "bottom" in bag.ranks:
        args["order"] = "bottom"
    return call(BREAKDOWN, args)


def _mix_of_each(bag: Bag, args: Mapping[str, Any], names: Sequence[str], groups: Sequence[Group]) -> Plan | None:
    """What each group of one kind is made of by another: “each store's category mix”."""
    outer = [one.name for one in groups if one.outer]
    if len(outer) != 1 or bag.ranks & {"top", "bottom"} or "compare_to" in args:
        return None
    inner = next(name for name in names if name != outer[0])
    return call(BREAKDOWN, {**args, "by": f"{outer[0]}, {inner}", "within": True, "each": bag.count or _OF_EACH})


def _rate(metrics: Sequence[str], names: Sequence[str], part: Where) -> Plan | None:
    """A sum for each day or week on average, in all or by one group."""
    per = [name for name in names if name in ("day", "week")]
    by = [name for name in names if name not in per]
    metric = METRICS[metrics[0]]
    if len(metrics) > 1 or len(per) != 1 or len(by) > 1 or not metric.is_sum or family(metric) != "sales":
        return None
    args = {"per": per[0], "metric": metrics[0], **part, **({"by": by[0]} if by else {})}
    return call(RATES_OF_GROUPS if by and by[0] in ("department", "category", "weekday") else RATES, args)


def _range(bag: Bag, counted: Sequence[str], groups: Sequence[Group], asked: Asked) -> Plan | None:
    """How many different products, brands or categories there are, or which group has the most of them."""
    names = [one.name for one in groups if not one.counted]
    if len(counted) > 1 or len(names) > 1 or len(asked.days) > 1 or asked.ahead or bag.moves or bag.beside - {"buy"}:
        return None
    if set(bag.figures) - {"net_sales", "range"} or "share" in bag.ranks:
        return None
    args: dict[str, Any] = {"count": counted[0], **asked.where, **({"by": names[0]} if names else {})}
    args |= {"period": asked.days[0]} if asked.days else {}
    return call(RANGE, args | ({"order": "bottom"} if "bottom" in bag.ranks else {}))


def _why(metrics: Sequence[str], names: Sequence[str], asked: Asked) -> Plan | None:
    """What made a figure change."""
    if len(metrics) > 1 or len(names) > 1 or len(asked.days) > 2:
        return None
    span = dict(zip(("period", "compare_to"), asked.days, strict=False)) or {"period": _USUAL_SPAN}
    return call(EXPLAIN, {"metric": metrics[0], **span, **asked.where, **({"by": names[0]} if names else {})})


def _moved(bag: Bag, metrics: Sequence[str], names: Sequence[str], asked: Asked) -> Plan | None:
    """How figures changed: in all, from step to step, or which groups changed most."""
    if len(names) > 1 or len(asked.days) > 2 or bag.moves >= {"growth", "decline"} or "promotion" in names:
        return None
    span = dict(zip(("period", "compare_to"), asked.days, strict=False)) or {"period": _USUAL_SPAN}
    if "share" in bag.ranks:
        return _share_moved(bag, metrics, names, span, asked)
    if not names:
        return call(COMPARE, {"metrics": list(metrics), **span, **asked.where}) if not bag.ranks else None
    if names[0] in _STEPS:
        period = {"period": asked.days[0]} if asked.days else {}
        ok = len(metrics) == 1 and len(asked.days) < 2
        return call(MOVES, {"step": names[0], "metric": metrics[0], **period, **asked.where}) if ok else None
    order = "bottom" if "decline" in bag.moves or ("growth" in bag.moves and "bottom" in bag.ranks) else "top"
    span.setdefault("compare_to", "the period before")
    ranked = {"rank_by": "change", "top": bag.count or _SO_MANY, "order": order}
    return call(BREAKDOWN, {"by": names[0], "metrics": list(metrics), **span, **asked.where, **ranked})


def _share_moved(
    bag: Bag, metrics: Sequence[str], names: Sequence[str], span: Mapping[str, str], asked: Asked
) -> Plan | None:
    """Which groups gained or lost a part of the whole."""
    if len(metrics) > 1 or len(names) != 1:
        return None
    order = "lost" if "decline" in bag.moves else "gained" if "growth" in bag.moves else "both"
    return call(SHARES, {"by": names[0], "metric": metrics[0], **span, **asked.where, "order": order})
