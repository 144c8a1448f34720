"""Two stores that are held against each other: “dead stock at Market Street versus Harbor Point”.

Readers take both for the part of the business that is meant, and tell them together. Here the answer is told by store
where its tool does that, and of each store by itself where it does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.kept_conditions.named import told_by_store
from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, SUMMARY, Plan, together
from agent.conversation.planner.slots.arguments import valid
from agent.conversation.planner.slots.places import ALL_STORES
from agent.conversation.surroundings import Surroundings

_AGAINST = re.compile(
    r"\b(?:versus|vs\.?|compare[sd]?|comparing|comparison|against|than|behind|ahead of|differs?|differences?|which of"
    r"|or|better|worse)\b",
    re.IGNORECASE,
)
_AGAINST_ALL = re.compile(
    r"\b(?:versus|vs\.?|compared (?:with|to)|against|than)(?: that of| those of| the average of| the)?"
    r"(?: at| in)? (?:all (?:of )?(?:the |our )?(?P<other>other )?(?:stores|shops)"
    r"|(?P<rest>the rest|the others|other stores|everyone else)"
    r"|(?:the )?(?:chain|company|whole business)(?: average| as a whole)?)\b",
    re.IGNORECASE,
)
AMONG_THEM = "All stores are told beside it, {store} among them; the others alone I did not put together."
_APART = frozenset({"shared_customers", "range_difference", "explain_change", "list_stores", "store_tasks"})
NOT_APART = "{districts} are not told apart here."
_MOST = 2
Call = tuple[str, Mapping[str, Any]]


def with_two_stores(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan told of each of two stores, where the question holds them against each other."""
    if not _AGAINST.search(question):
        return decided
    known = {store.name for store in around.stores}
    calls: list[Call] = []
    for one in decided.calls:
        name, args = one
        stores = str(args.get("stores", "")).split(" and ")
        if len(stores) != 2 or not set(stores) <= known or name in _APART or told_by_store(name, args):
            calls.append(one)
            continue
        told = _by_store(name, args)
        calls += [told] if told is not None else [(name, {**args, "stores": store}) for store in stores]
    return replace(decided, calls=tuple(calls)) if tuple(calls) != decided.calls else decided


def _by_store(name: str, args: Mapping[str, Any]) -> Call | None:
    by = args.get("by")
    if by is None:
        return valid(name, {**args, "by": "store"})
    if name not in (BREAKDOWN, SUMMARY) or not isinstance(by, str) or "," in by or args.get("compare_to"):
        return None
    many = {"each": args["top"]} if args.get("top") else {}
    return valid(
        BREAKDOWN, {**{key: value for key, value in args.items() if key != "top"}, "by": f"store, {by}", **many}
    )


def with_two_districts(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan told by district, where two of them are held against each other and it is of all stores or of one."""
    districts = {store.district for store in around.stores if store.district}
    named = [one for one in districts if re.search(rf"\b{re.escape(one)}\b", question)]
    if len(named) != 2 or len(decided.calls) != 1 or not _AGAINST.search(question):
        return decided
    name, args = decided.calls[0]
    wrong = args.get("product") in districts
    if not wrong and {"district", "store"} & {one.strip() for one in str(args.get("by", "")).split(",")}:
        return decided
    rest = {key: value for key, value in args.items() if not (wrong and key == "product") and key != "stores"}
    by = [one.strip() for one in str(args.get("by", "")).split(",") if one.strip() and one.strip() != "district"]
    by = list(dict.fromkeys(("district", *by)))
    put = valid(BREAKDOWN, {**rest, "by": ", ".join(by)}) if name in (BREAKDOWN, SUMMARY) and len(by) <= _MOST else None
    if put is not None:
        return replace(decided, calls=(put,))
    sides = str(args.get("stores", "")).split(" and ")
    if len(sides) == len(named) and all(any(one.lower() in side.lower() for one in named) for side in sides):
        return replace(decided, calls=tuple((name, {**args, "stores": side}) for side in sides))
    return replace(decided, opening=together(NOT_APART.format(districts=" and ".join(sorted(named))), decided.opening))


def with_all_stores(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan with the same of all stores beside that of one, where the question holds it against them."""
    found = _AGAINST_ALL.search(question)
    if found is None or len(decided.calls) != 1 or decided.opening:
        return decided
    name, args = decided.calls[0]
    known = {store.name for store in around.stores}
    if args.get("product") in known:  # “at Market Street compared with the chain”
        args = {**{key: value for key, value in args.items() if key != "product"}, "stores": args["product"]}
    if name == COMPARE and not args.get("compare_to") and not args.get("by"):
        name, args = SUMMARY, {"period": "last 4 weeks", **args}
    if args.get("stores") not in known or name in _APART or told_by_store(name, args) or args.get("compare_to"):
        return decided
    whole = valid(name, {**args, "stores": ALL_STORES})
    if whole is None:
        return decided
    said = AMONG_THEM.format(store=args["stores"]) if found["other"] or found["rest"] else ""
    return Plan(((name, args), whole), decided.text, said)
