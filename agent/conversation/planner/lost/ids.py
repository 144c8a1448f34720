"""Single things named by a number: “household 900”, “campaign 13”. Each is what it is called, and no product.

A number is found in names of goods all too easily. Where a plan looks up a household, a campaign or a receipt among the
products, or asks without it, the thing is asked of its own tool, or it is said that it is not told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.kept_conditions.filled import filled
from agent.conversation.planner.kept_conditions.named import Named
from agent.conversation.planner.outcome import Plan, together
from agent.conversation.planner.refused.refusals import ONE_CUSTOMER

_NAMED = re.compile(
    r"(?<![\w-])(?:(?P<person>household|hh|customer|shopper|member|client|family|loyalty card|household_key)"
    r"|(?P<campaign>campaign)|(?P<other>coupon|promotion|promo|register|till|cashier|employee|supplier|vendor|task"
    r"|proposal|order|purchase order|transfer|receipt|transaction|ticket|basket|invoice))"
    r"(?: id| number| no\.?| nr\.?| key)?(?: is|:)? ?#?(?P<id>\d+)(?![\w%+-])(?!\.\d)(?! (?:kids?|child|people|persons?"
    r"|adults?|members?|or (?:more|fewer|less)|times?|visits?|days?|weeks?|months?|units?|pieces?|cases?|of)\b)",
    re.IGNORECASE,
)
"""A noun in the singular with a number behind it; of “customers 25 to 34” and “household size 3” none is one."""
_ALSO = re.compile(
    r"(?:,| and| or| vs\.?| versus| against| with) (?:campaign )?#?(?P<id>\d+)(?![\w%+-])", re.IGNORECASE
)
_AMONG_GOODS = ("product", "department", "with_product")
_ROWS = frozenset({"top", "limit", "each"})
_DIMENSIONS = {"register": "register", "till": "register", "cashier": "employee", "employee": "employee"}
_CAMPAIGN, _REACH = "campaign_effect", "coupon_redemption"
_REACHED = re.compile(
    r"\bhow many (?:households|customers|people|shoppers|families) (?:got|get|received|were (?:sent|reached)|saw)\b",
    re.IGNORECASE,
)
_NOT_LIMITED = "“{said}” is not looked up here: what follows is not limited to it."


def with_ids(question: str, decided: Plan) -> Plan:
    """The plan that asks for the single things which the question names, or the sentence for those that it cannot."""
    found = list(_NAMED.finditer(question))
    if not found:
        return decided
    if any(one["person"] for one in found):
        return Plan(text=ONE_CUSTOMER)
    campaigns = [one["id"] for one in found if one["campaign"]]
    if campaigns and len(campaigns) == len(found):
        behind = question[found[-1].end() :]
        if len(campaigns) == 1 and (also := _ALSO.match(behind)) is not None:
            campaigns.append(also["id"])
        return _with_its_reach(question, _of_campaigns(campaigns, decided))
    for one in found:
        decided = _of_one(decided, one)
    lost = [one for one in found if _among_goods(decided, one["id"]) or not _carries(decided, one["id"])]
    said = [_NOT_LIMITED.format(said=one[0].strip()) for one in lost]
    return replace(decided, opening=together(*said, decided.opening)) if said else decided


def _of_campaigns(ids: list[str], decided: Plan) -> Plan:
    """What each campaign did, where the plan took one for goods or lost it."""
    asked = {str(args["campaign"]) for _, args in decided.calls if args.get("campaign")}
    if set(ids) <= asked:
        return decided
    if all(not _among_goods(decided, one) for one in ids) and len(decided.calls) == 1:
        name, args = decided.calls[0]
        if "campaign" in name and args.get("campaign"):
            return replace(decided, calls=tuple((name, {**args, "campaign": one}) for one in dict.fromkeys(ids)))
    return Plan(tuple((_CAMPAIGN, {"campaign": one}) for one in dict.fromkeys(ids)))


def _with_its_reach(question: str, decided: Plan) -> Plan:
    """The plan with how many households a campaign was sent to, where that is asked beside what it did."""
    if len(decided.calls) != 1 or decided.calls[0][0] != _CAMPAIGN or not _REACHED.search(question):
        return decided
    return replace(decided, calls=((_REACH, {"campaign": decided.calls[0][1]["campaign"]}), *decided.calls))


def _of_one(decided: Plan, one: re.Match[str]) -> Plan:
    """The plan with its sums of the sales limited to a register or an employee; as it is where that does not go."""
    dimension = _DIMENSIONS.get(str(one["other"]).lower())
    if dimension is None or len(decided.calls) != 1 or "where" in decided.calls[0][1]:
        return decided
    name, args = decided.calls[0]
    lost = {"stores", "product"} if one["id"] in f"{args.get('stores')} {args.get('product')}" else set()
    by = {"by", "top"} if args.get("by") == dimension else set()
    told = filled(name, {key: value for key, value in args.items() if key not in lost | by}, Named(
        "id", one[0], _NAMED, where={"dimension": dimension, "values": [one["id"]]}
    ))  # fmt: skip
    return decided if told is None else replace(decided, calls=(told,))


def _carries(decided: Plan, number: str) -> bool:
    told = [{key: value for key, value in args.items() if key not in _ROWS} for _, args in decided.calls]
    return re.search(rf"(?<!\d){number}(?!\d)", f"{told} {decided.text} {decided.opening}") is not None


def _among_goods(decided: Plan, number: str) -> bool:
    """Whether a number is looked for in the names of goods."""
    return any(
        re.search(rf"(?<!\d){number}(?!\d)", said) for _, args in decided.calls for said in _goods(args)
    )  # fmt: skip


def _goods(args: Mapping[str, Any]) -> list[str]:
    said = [str(args[key]) for key in _AMONG_GOODS if args.get(key)]
    for one in args.get("where") or ():
        if isinstance(one, Mapping) and one.get("dimension") in ("product", "category", "department", "brand"):
            said += map(str, one.get("values", ()))
    return said
