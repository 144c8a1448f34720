"""The other side of a part: “promoted items versus not promoted”, “rainy days against dry ones”, told of one alone."""

from __future__ import annotations

import re

from agent.conversation.planner.concepts.asked import call
from agent.conversation.planner.outcome import BREAKDOWN, Plan, together
from agent.conversation.planner.plain_questions.plain_words import ATTRIBUTES
from agent.conversation.planner.slots.arguments import valid

OTHER_SIDE = "“{said}” is the rest of all sales: the share and the whole tell it, by subtraction."
_PARTS = "part_of_each"
_KEPT = ("period", "stores", "department", "product", "order")
_OTHERS = re.compile(
    r"(?:\bvs\.?|\bversus|\bagainst|\bcompared (?:to|with)|\band|\bor) (?:those |the ones |items |goods |sales )?"
    r"(?P<said>(?:that (?:are|were) )?(?:not|non|un)(?:[- ])?(?:on )?(?:promot\w+|discount\w*|coupon\w*"
    r"|display\w*|special))\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\b(?:versus|vs\.?|compared (?:to|with)|against|than|or)\b", re.IGNORECASE)
_WITH_AND_WITHOUT = re.compile(r"\bwith (?:and|or|versus|vs\.?) without\b", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\b(?:share|part|percent(?:age)?|proportion|fraction|%) of (?:our |the )?(?:total|overall|whole"
    r"|company|chain|all)\b",
    re.IGNORECASE,
)
_KINDS = frozenset({"weather", "temperature", "private_label", "promotion", "channel", "tender"}) | ATTRIBUTES


def with_the_other_side(question: str, decided: Plan) -> Plan:
    """The plan with the share that a part makes of each group, where the rest is asked for beside it."""
    found = _OTHERS.search(question)
    if found is None or len(decided.calls) != 1 or decided.calls[0][0] != BREAKDOWN:
        return decided
    args = decided.calls[0][1]
    by = str(args.get("by", ""))
    if not args.get("where") or args.get("of_total") or not by or "," in by or args.get("compare_to"):
        return decided
    metric = next(iter(args.get("metrics") or ()), "net_sales")
    kept = {key: args[key] for key in _KEPT if key in args}
    told = call(_PARTS, {"by": by, "where": args["where"], "metric": metric, **kept})
    if told is None:
        return decided
    return Plan(told.calls, decided.text, together(OTHER_SIDE.format(said=found["said"]), decided.opening))


def with_and_without(question: str, decided: Plan) -> Plan:
    """The plan with a call for each of “with and without Fuel”, where its one call leaves it out."""
    if len(decided.calls) != 1 or decided.calls[0][0] != BREAKDOWN or not _WITH_AND_WITHOUT.search(question):
        return decided
    args = decided.calls[0][1]
    kept = [one for one in args.get("where") or () if not one.get("exclude")]
    if len(kept) == len(args.get("where") or ()):
        return decided
    rest = {key: value for key, value in args.items() if key != "where"}
    told = valid(BREAKDOWN, {**rest, **({"where": kept} if kept else {})})
    return decided if told is None else Plan((told, *decided.calls), decided.text, decided.opening)


def with_both_kinds(question: str, decided: Plan) -> Plan:
    """The plan with both kinds that are held against each other: not limited to the one of them that it is told by.

    Two kinds of household that no one can be at once are told one after the other.
    """
    if len(decided.calls) != 1 or decided.calls[0][0] != BREAKDOWN or not _AGAINST.search(question):
        return decided
    args = decided.calls[0][1]
    where = list(args.get("where") or ())
    by = {one.strip() for one in str(args.get("by", "")).split(",")}
    kept = [one for one in where if one.get("dimension") not in by & _KINDS or len(one["values"]) > 1]
    if len(kept) < len(where):
        rest = {key: value for key, value in args.items() if key != "where"}
        told = valid(BREAKDOWN, {**rest, **({"where": kept} if kept else {})})
        return decided if told is None else Plan((told,), decided.text, decided.opening)
    people = [one for one in where if one.get("dimension") in ATTRIBUTES]
    if len(people) != 2 or by & ATTRIBUTES:
        return decided
    others = [one for one in where if one not in people]
    apart = [valid(BREAKDOWN, {**args, "where": [one, *others]}) for one in people]
    calls = tuple(one for one in apart if one is not None)
    return Plan(calls, decided.text, decided.opening) if len(calls) == len(people) else decided


def with_the_whole_of_all(question: str, decided: Plan) -> Plan:
    """The part of all sales, where a department is one of its conditions and was taken for the whole."""
    if len(decided.calls) != 1 or not _OF_ALL.search(question):
        return decided
    name, args = decided.calls[0]
    if name != BREAKDOWN or not args.get("of_total") or not args.get("department"):
        return decided
    rest = {key: value for key, value in args.items() if key != "department"}
    where = [*args.get("where", ()), {"dimension": "department", "values": [args["department"]]}]
    told = valid(BREAKDOWN, {**rest, "where": where})
    return decided if told is None else Plan((told,), decided.text, decided.opening)
