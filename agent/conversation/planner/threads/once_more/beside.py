"""Stores, goods and targets beside the figures before."""

from __future__ import annotations

from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.threads.once_more import words as say
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, FIGURES, KEPT, usual_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_TARGETS, _OWN_LABEL = "target_progress", "private_label_share"


def of_targets(plain: str, last: Call) -> Plan | None:
    """What was sold against its target, in the same days and stores."""
    if last.name == _TARGETS and any(one.match(plain) for one in (say.BY_STORE, say.NEGATIVE, say.CLOSEST)):
        return Plan(((_TARGETS, dict(last.args)),))
    if last.name not in FIGURES or not say.AGAINST_PLAN.match(plain) or {"department", "product"} & set(last.args):
        return None
    kept = {"stores": last.args["stores"]} if "stores" in last.args else {}
    return Plan(((_TARGETS, {"period": usual_days(last), **kept}),))


def beside_goods(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The same figures of other goods beside those of the answer before."""
    found = say.AGAINST_GOODS.match(plain)
    department = last.args.get("department")
    if last.name in FIGURES and say.AGAINST_OWN_LABEL.match(plain):
        parts = [one for one in last.args.get("where") or () if one.get("dimension") == "department"]
        named = department or (parts[0]["values"][0] if len(parts) == 1 and len(parts[0]["values"]) == 1 else None)
        kept = {"stores": last.args["stores"]} if "stores" in last.args else {}
        kept |= {"department": named} if named else {}
        return Plan(((_OWN_LABEL, {"period": usual_days(last), **kept}),))
    if found is None or last.name not in (SUMMARY, COMPARE) or not isinstance(department, str):
        return None
    other = take_departments(Reading.of(found["goods"]), around)
    if len(other) != 1 or other[0].lower() != found["goods"].removeprefix("the ").strip():
        return None
    kept = {key: last.args[key] for key in ("metrics", "stores") if key in last.args}
    only = [{"dimension": "department", "values": [department, other[0]]}]
    return Plan(((BREAKDOWN, {"by": "department", "period": usual_days(last), **kept, "where": only}),))


def between_stores(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """One more store beside those held against each other, or which of them is ahead, which the answer names."""
    stores = last.args.get("stores")
    if last.name == BREAKDOWN and "where" in last.args and not {"by", "compare_to"} & set(last.args):
        return _part_beside(plain, last, around)
    if last.name not in (SUMMARY, COMPARE):
        return None
    if (against := say.AGAINST_STORE.match(plain)) and isinstance(stores, str) and not last.args.get("by"):
        store = _store(against["at"], stores, around)
        kept = {key: last.args[key] for key in ("period", "metrics", *KEPT) if key in last.args}
        return Plan(((SUMMARY, {**kept, "stores": f"{stores} and {store}", "by": "store"}),)) if store else None
    if last.args.get("by") != "store":
        return None
    found = say.BESIDE.match(plain)
    if found is None or not isinstance(stores, str) or " and " not in stores:
        return None
    store = _store(found["at"], stores, around)
    if store is None:
        return None
    more: dict[str, Any] = {**last.args, "stores": f"{stores.replace(' and ', ', ')} and {store}"}
    return Plan(((last.name, more),))


def _part_beside(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The part of a store that was told, some of its hours perhaps, beside the same of another."""
    against, stores = say.AGAINST_STORE.match(plain), last.args.get("stores")
    store = _store(against["at"], stores, around) if against is not None and isinstance(stores, str) else None
    if store is None:
        return None
    if last.args.get("of_total"):  # a part of the whole has no split: each store by itself
        return Plan(((BREAKDOWN, dict(last.args)), (BREAKDOWN, {**last.args, "stores": store})))
    return Plan(((BREAKDOWN, {**last.args, "stores": f"{stores} and {store}", "by": "store"}),))


def _store(said: str, beside: str, around: Surroundings) -> str | None:
    """The one store that is said, if it is not among those it is to stand beside."""
    reading = Reading.of(f"at {said}")
    store = take_stores(reading, around)
    return None if not store or reading.rest() or store == "all stores" or store in beside else store


def at_store(said: str, last: Call, around: Surroundings) -> Plan | None:
    """The answer before at another store, where its tool knows stores and proposes nothing."""
    spec, store = catalogue().get(last.name), _store(said, "", around)
    if store is None or spec is None or spec.proposes or "stores" not in spec.arguments.model_fields:
        return None
    return Plan(((last.name, {**last.args, "stores": store}),))
