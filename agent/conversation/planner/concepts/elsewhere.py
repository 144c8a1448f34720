"""Figures of ``held.toml`` that another tool tells where they are asked by some group, in some order, or over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from agent.conversation.planner.concepts.asked import Asked, call
from agent.conversation.planner.concepts.bag import Bag, Group
from agent.conversation.planner.concepts.held import held
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.slots.places import ALL_STORES

_LISTS = frozenset({"reorder", "markdowns", "overstock", "at_risk", "dead_stock", "slow_stock", "transfers"})
"""Lists of products to do something about."""
_NOW = frozenset({"today", "this week", "this month", "right now"})
_STEPS = frozenset({"day", "week", "month"})
_REDEEMED, _REDEEMED_BY = frozenset({"redemptions"}), frozenset({"day", "week", "month", "weekday"})
"""Redemptions are told over time by a tool of their own."""
_COURSE = frozenset({"growth", "decline", "change", "trend"})
_ALL_THEY_BUY = (
    "What campaigns did to the sales of just the products in them is not worked out. Here is what their recipients"
    " spent in all before and after, and what was bought with the coupons."
)


def by_another_tool(name: str, groups: Sequence[str], bag: Bag, asked: Asked) -> Plan | None:
    """The plan by the tool that tells one figure by what it is asked; None where its own tool does."""
    days = {"period": asked.days[0]} if asked.days else {}
    if name == "churn" and asked.days and set(asked.days) <= _NOW and not groups:
        return call("customers_at_risk", asked.where)  # whom to look after now: a habit takes longer to be seen
    if name == "lead_time" and list(groups) == ["product"] and not days:
        return call("supplier_list", {"order": "shortest" if "bottom" in bag.ranks else "longest"})
    if (
        name in _REDEEMED
        and list(groups)
        and set(groups) <= _REDEEMED_BY
        and not bag.ranks - {"average", "each", "many"}
    ):
        return call("redemptions_over_time", {"by": groups[0], **days, **asked.where})
    if name == "redemptions" and bag.ranks & {"top", "bottom"} and len(groups) < 2:
        return _most_redeemed(groups[0] if groups else "campaign", bag, asked)
    if name == "stock_value" and not groups and asked.where == {"stores": ALL_STORES} and not days and not bag.ranks:
        return call("stock_levels", {"by": "store", **asked.where})  # the total is told as well
    if name == "campaign_effect" and not groups and "promoted" in bag.beside:
        effect, bought = (call(one, {**days, **asked.where}) for one in ("campaign_effect", "coupon_sales"))
        return Plan((*effect.calls, *bought.calls), opening=_ALL_THEY_BUY) if effect and bought else None
    return None


def _most_redeemed(group: str, bag: Bag, asked: Asked) -> Plan | None:
    """What had most coupons redeemed, or fewest; the redemption rate is another figure."""
    if group not in held()["coupon_sales"].choices("by") or bag.ranks - {"top", "bottom", "each", "many"}:
        return None
    order = {"order": "bottom"} if "bottom" in bag.ranks else {}
    cut = {"limit": bag.count} if bag.count else {}
    days = {"period": asked.days[0]} if asked.days else {}
    return call("coupon_sales", {"by": group, "rank_by": "redemptions", **order, **cut, **days, **asked.where})


def by_steps(bag: Bag, asked: Asked) -> Bag:
    """The bag told by month, or by the step it names, where it asks how one figure went on; else as it is."""
    names = [name for name in bag.figures if name in held()]
    steps = [group.name for group in bag.groups if group.name in _STEPS]
    others = [group for group in bag.groups if group.name not in (*_STEPS, *(held()[names[0]].goods if names else ()))]
    if (
        len(names) != 1
        or not bag.moves
        or bag.moves - _COURSE
        or bag.ranks - {"each", "many"}
        or others
        or len(steps) > 1
    ):
        return bag
    if not steps and ("trend" not in bag.moves and asked.days):
        return bag
    step = steps[0] if steps else "month"
    known = _REDEEMED_BY if names[0] in _REDEEMED else held()[names[0]].choices("by")
    if step not in known or bag.moves <= held()[names[0]].absorbs:
        return bag
    kept = tuple(group for group in bag.groups if group.name not in _STEPS)
    return replace(bag, moves=frozenset(), groups=(*kept, Group(step)))


def lists_of(bag: Bag, asked: Asked, read: Callable[[Bag, Asked], Plan | None]) -> Plan | None:
    """A list for each of two that are asked for side by side: “what to reorder or mark down by weeks of cover”."""
    names = [name for name in bag.figures if name in _LISTS]
    rest = set(bag.figures) - {*names, "stock_cover", "stock_value"}
    if len(names) != 2 or rest or bag.moves or bag.ranks - {"each"} or bag.count:
        return None
    if any(group.name != "product" for group in bag.groups) or bag.beside - {"advice", "buy", "level"}:
        return None
    plans = [read(replace(bag, figures=(name,), apart=False), asked) for name in names]
    calls = tuple(call for one in plans if one is not None for call in one.calls)
    return Plan(calls) if len(calls) == len(names) else None
