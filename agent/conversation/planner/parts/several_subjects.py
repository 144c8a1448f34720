"""“Stock levels and sales velocity by product”: figures of several tools in one list, with one group or period for all.

The first reader that knows its own word in such a list takes the question, and the others vanish; or none takes it. So
a list of figures is also read one by one, each with what is said of all of them. That reading decides where the plan so
far is none, or says no more than one of the figures alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import MAX_CALLS, SUMMARY, Plan, together
from agent.conversation.planner.parts.pieces import NOT_THIS_PART

_ASK = (
    r"^\W*(?:(?:can|could|would|will) you |please |i (?:want|need|would like|'d like)(?: to see| to know)? )*"
    r"(?:(?:show|give|tell|list|get|report|display|pull)(?: me| us)?|what(?:'s| is| are| was| were)?|see"
    r"|summari[sz]e)? ?"
    r"(?:(?:a |an )?(?:list|summary|overview|breakdown|report) of )?(?:the |our |my |all )*"
    r"(?P<course>(?:trends?|course|development) (?:for|of|in) (?:the |our |my )*)?"
)
_NOUN = (
    r"(?:sales|revenue|takings|turnover|profits?|(?:gross )?margins?|units?|quantit(?:y|ies)|stock|inventory|velocity"
    r"|customers?|payments?|payment (?:mix|methods?|types?)|discounts?|refunds?|returns?|orders?|transactions?|footfall"
    r"|visitors?|traffic|hours|labou?r(?: (?:costs?|hours))?|tax|tips|prices?|costs?|shrink(?:age)?|waste"
    r"|wastage|tasks?"
    r"|targets?|feedback|promotions?|cash(?: (?:in|up|sales|differences))?|expenses|purchases|suppliers?|voids?"
    r"|purchase orders|transfers|restock requests|stocktakes?(?: in progress)?|basket(?: size)?|conversion|cover|aov"
    r"|levels?|on hand|sellers|best ?sellers|top products|(?:fast|slow) movers|reorders?|stock ?outs?)"
)
_ITEM = rf"(?:(?:the |our |my )?(?:[a-z]+(?:[- ][a-z]+)? )??{_NOUN})"
_TAIL = (
    r"(?:(?:by|per|for each|for|in|at|of|over|during|from|since|on|across|last|this|past|yesterday|today|so far|with)\b"
    r".*)?"
)
_LIST = re.compile(
    rf"{_ASK}(?P<list>{_ITEM}(?:, {_ITEM})*,? (?:and|&|plus|as well as) {_ITEM})(?P<tail>(?: {_TAIL})?)\W*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",? (?:and|&|plus|as well as) |, ", re.IGNORECASE)
_EACH = re.compile(r"(?P<what>product|item|sku) (?=[a-z])", re.IGNORECASE)
"""“Product prices and margins” are told product by product."""
_ONE_THING = re.compile(
    r"\b(?:new and (?:returning|repeat)|repeat and new|refunds?,? (?:and|&) (?:returns?|voids?)|returns? and refunds?"
    r"|voids? and (?:refunds?|returns?)|tax(?:es)? and tips|tips and tax(?:es)?|shrink(?:age)? and wast(?:e|age)"
    r"|wast(?:e|age) and shrink(?:age)?|supply and demand|profits? and loss|hours and costs?|cash and cards?"
    r"|promotions?"
    r" and (?:discounts?|coupons?)|discounts? and (?:promotions?|coupons?)|best and worst|days? and hours?)\b",
    re.IGNORECASE,
)
"""Pairs of which one answer tells both."""
_FIRST, BREAKDOWN = "net_sales", "sales_breakdown"


def with_several(text: str, decided: Plan, read: Callable[[str], Plan]) -> Plan:
    """The plan that tells every figure of a list; the plan as it is where that one does, or where there is no list.

    Args:
        text: the question, or a part of one.
        decided: what is planned for it so far.
        read: plans a question by itself.
    """
    found = _LIST.match(text)
    if found is None or _ONE_THING.search(found["list"]):
        return decided
    said = [one.strip() for one in _BETWEEN.split(found["list"]) if one.strip()]
    tail = found["tail"]
    if not tail and (each := _EACH.match(said[0])) is not None:
        said[0], tail = said[0][each.end() :], f" by {each['what'].lower()}"
    if not 1 < len(said) <= MAX_CALLS:
        return decided
    course = "trend of " if found["course"] else ""
    asked = [f"{course}{one}{tail}" for one in said]
    plans = [_unguessed(read(one), found["list"].lower()) for one in asked]
    if not _says_more(decided, plans, found["list"].lower()):
        return decided
    names = [NOT_THIS_PART.format(part=part) for part, one in zip(asked, plans, strict=True) if not one.calls]
    calls = _merged([call for one in plans for call in one.calls])
    return Plan(
        calls, together(*(one.text for one in plans if one.calls), *names), together(*(one.opening for one in plans))
    )


def _says_more(decided: Plan, plans: Sequence[Plan], listed: str) -> bool:
    """Whether the figures one by one tell what the plan so far leaves out."""
    known = [one for one in plans if one.calls]
    if not known:
        return False
    if not decided.calls or any(_guessed(args, listed) for _, args in decided.calls):
        return True
    tools = {name for one in known for name, _ in one.calls}
    told = {name for _, args in decided.calls for name in args.get("metrics") or ()}
    if told and all(set(args.get("metrics") or (_FIRST,)) <= told for one in known for _, args in one.calls):
        return False
    return len(tools) > 1 and any(_same(decided.calls, one.calls) for one in known)


def _same(one: Sequence[tuple[str, Mapping[str, Any]]], other: Sequence[tuple[str, Mapping[str, Any]]]) -> bool:
    return [(name, dict(args)) for name, args in one] == [(name, dict(args)) for name, args in other]


def _unguessed(one: Plan, listed: str) -> Plan:
    """A plan that takes no word of the list for goods; none in place of one that does."""
    return Plan() if any(_guessed(args, listed) for _, args in one.calls) else one


def _guessed(args: Mapping[str, Any], listed: str) -> bool:
    """Whether a call takes a word of the list for goods: “levels” is no product."""
    said = (str(args.get(key, "")).lower() for key in ("product", "department"))
    return any(one and one in listed and re.search(_NOUN, one) for one in said)


def _merged(calls: Sequence[tuple[str, Mapping[str, Any]]]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The calls, those of one tool that differ in their figures alone made one."""
    made: list[tuple[str, dict[str, Any]]] = []
    for name, args in calls:
        rest = {key: value for key, value in args.items() if key != "metrics"}
        twin = next(
            (
                one
                for other, one in made
                if other == name
                and name in (SUMMARY, BREAKDOWN)
                and {key: value for key, value in one.items() if key != "metrics"} == rest
            ),
            None,
        )
        if twin is None:
            made.append((name, dict(args)))
        else:
            metrics = [*twin.get("metrics", (_FIRST,)), *args.get("metrics", (_FIRST,))]
            twin["metrics"] = list(dict.fromkeys(metrics))
    return tuple(call for index, call in enumerate(made) if call not in made[:index])
