"""The call for a bag of concepts that one of the tools of ``held.toml`` tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.concepts.asked import Asked, call
from agent.conversation.planner.concepts.bag import Bag
from agent.conversation.planner.concepts.elsewhere import by_another_tool, by_steps
from agent.conversation.planner.concepts.held import Held, held
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.over_time import SPANS
from tools.metrics import METRICS
from tools.metrics.dimensions import DIMENSIONS
from tools.wording import listed

_TARGET = "target"
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekends|weekdays")
_OUT, _RISK, _HISTORY = "out_of_stock", "at_risk", "out_often"
_NOW = frozenset({"today", "right now", "now"})
_AHEAD = frozenset({"forecast", "at_risk", "reorder", "events", "promotions_next", "schedule", "on_order", "target"})
_NOT_BY = "{figure} is not worked out by {group}. It can be had by {can}."


def of_a_tool(bag: Bag, asked: Asked) -> Plan | None:
    """The plan for the one figure of the bag that accounts for all others; None where there is none, or several."""
    bag = by_steps(bag, asked)
    fits = [name for name in bag.figures if name not in METRICS and _takes(name, bag)]
    if len(fits) != 1 or len(asked.days) > 1:
        return None
    name = _at_its_time(fits[0], bag, asked)
    if asked.ahead and name not in _AHEAD:
        return None
    one = held()[name]
    choices = one.choices("by")
    groups = list(dict.fromkeys(
        group.name for group in bag.groups
        if not (group.name in one.goods and (group.passing or group.name not in choices))
        and not (group.passing and group.name == "store")
    ))  # fmt: skip
    args = dict(one.args)
    if (other := by_another_tool(name, groups, bag, asked)) is not None:
        return other
    if len(groups) > 1 or (groups and args.get("by", groups[0]) != groups[0]):
        return None
    if groups and groups[0] not in choices:
        return _cannot(name, groups[0], choices)
    if groups:
        args["by"] = groups[0]
    if name == _TARGET and (of := [figure for figure in bag.figures if figure in METRICS]):
        args["metric"] = of[0]
    on = _WEEKDAY.search(" ".join(asked.conditions).lower())
    if on and "weekday" in one.fields():
        args["weekday"] = on[0]
    ranked = _ranked(bag, one)
    timed = _timed(one, asked)
    if timed == {} and args.get("by") in SPANS and "period" in one.fields():
        timed = {"period": SPANS[args["by"]]}
    if ranked is None or timed is None or not asked.where.keys() <= one.fields():
        return None
    return call(one.tool, {**args, **ranked, **timed, **asked.where})


def _cannot(name: str, group: str, choices: Sequence[str]) -> Plan | None:
    """The sentence for a figure that its tool does not tell by a group."""
    if not choices or group not in DIMENSIONS:
        return None
    can = [DIMENSIONS[one].label.lower() if one in DIMENSIONS else one for one in choices if "," not in one]
    figure = held()[name].label
    return Plan(
        text=_NOT_BY.format(figure=figure, group=DIMENSIONS[group].label.lower(), can=listed(can, "or", most=20))
    )


def _ranked(bag: Bag, one: Held) -> dict[str, Any] | None:
    """The order and the number of rows asked for; None where the tool knows no such order."""
    ranked = bag.ranks & {"top", "bottom"}
    if one.tool == "target_progress":  # it says by what per cent each store is off, those behind first where asked
        return {"behind_only": True} if ranked == {"bottom"} else {}
    if "share" in bag.ranks or len(ranked) > 1 or any(group.ranked and group.passing for group in bag.groups):
        return None
    if any(group.ranked and group.name == "product" for group in bag.groups) and "product" not in one.choices("by"):
        return None  # “which of the top 20 products are out of stock”: these are sought among the best sellers
    if one.first and ranked and one.first not in ranked:
        return None
    args: dict[str, Any] = {}
    if ranked == {"bottom"} and not one.first:
        order = next((word for word in one.choices("order") if word in ("bottom", "worst")), None)
        if order is None:
            return None
        args["order"] = order
    if bag.count:
        args["limit"] = bag.count
    return args if not bag.count or "limit" in one.fields() else None


def _timed(one: Held, asked: Asked) -> dict[str, str] | None:
    """The days asked for; None where the tool tells only what is so now."""
    if asked.days and "period" in one.fields():
        return {"period": asked.days[0]}
    return {} if not asked.days or asked.days[0] in _NOW else None


def _takes(name: str, bag: Bag) -> bool:
    """Whether a figure accounts for everything in the bag but its groups."""
    one = held().get(name)
    if one is None:
        return False
    others = {figure for figure in bag.figures if figure != name} | bag.moves
    if name == _TARGET and len(of := others & METRICS.keys()) == 1:
        others -= of  # “our labour target” is one of that figure
    return others <= one.absorbs and bag.beside <= one.beside


def _at_its_time(name: str, bag: Bag, asked: Asked) -> str:
    """What is out of stock now was out before, or will be, or ran out how often: told by other tools.

    How often goods ran out is told by supplier and from the fewest on, what is out now is not.
    """
    if name != _OUT:
        return name
    if asked.ahead:
        return _RISK
    if asked.days and asked.days[0] not in _NOW:
        return _HISTORY
    now, before = held()[_OUT].choices("by"), held()[_HISTORY].choices("by")
    groups = {group.name for group in bag.groups if not group.passing} - held()[_OUT].goods
    only_before = bool(groups) and groups <= set(before) and not groups <= set(now)
    return _HISTORY if only_before or (groups and "bottom" in bag.ranks) else name
