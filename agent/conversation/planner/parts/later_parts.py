"""Parts of a question that go on about those before them: “and what do they buy?”, “and is that normal?”.

Each part is planned by itself; here is what a later one takes from an earlier, or waits for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner import unrecorded
from agent.conversation.planner.one_part import read_part
from agent.conversation.planner.outcome import TOP, Plan, together
from agent.conversation.planner.parts.pieces import ASK_NEXT, WHAT_THEY_DO, says_how_to_show
from agent.conversation.planner.parts.told_already import says_it_already
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.refused import refusals
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.threads.its_goods import with_its_goods
from agent.conversation.planner.threads.pointing import with_things_named
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.which_stores import with_stores_named
from agent.conversation.planner.unrecorded.nouns import missing
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_GOODS = frozenset({"product", "department", "where", "lines"})
_INHERITED = ("period", "stores")
_OF_STOCK = frozenset({
    "stock_levels", "out_of_stock", "stockout_risk", "overstock", "dead_stock", "slow_stock", "lost_sales",
    "stockout_history", "phantom_stock", "reorder_list",
})  # fmt: skip
"""What is said of one department's stock: “what is out in dairy, and how much should we order”."""
_GOES_ON = re.compile(r"^(?:and )?how (?:does |do )?(?:it|that|this|they|those|these) compare", re.IGNORECASE)
_ADVICE = re.compile(
    r"^\W*(?:give|show|list|tell)(?: me| us)?(?: your| some| any)? recommendations?\W*$", re.IGNORECASE
)
_ADVISING = frozenset({"product_profitability", "markdown_candidates"})
"""Tools whose answers say what follows from their figures."""


def with_second_half(said: Sequence[str], decided: Plan, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """The plan with a second half about what the first finds (“and what do they buy?”), if nothing was made of it."""
    if len(said) != 2 or not WHAT_THEY_DO.search(said[1].lower()) or says_it_already(decided, said[1]):
        return decided
    if read_part(said[0], previous, around).calls != decided.calls:
        return decided
    more = next_part(said[1], made([decided]), around)
    if more.calls and more.calls != decided.calls:
        return Plan((*decided.calls, *more.calls), more.text, together(decided.opening, more.opening))
    return replace(decided, text=together(decided.text, more.text))


def made(plans: Sequence[Plan]) -> tuple[Call, ...]:
    """The calls of the parts so far, as what a part behind them leans on; nothing has come back yet."""
    return tuple(Call(name, args) for one in plans for name, args in one.calls)


def next_part(part: str, before: tuple[Call, ...], around: Surroundings) -> Plan:
    """A part about what the parts before it find, read like the next message; named where that must be there first.

    What no source brings is not there next either.
    """
    named = with_things_named(with_stores_named(part, before, around), before)
    if (absent := refusals.read(part) or unrecorded.read(part) or missing(part)) is not None:
        return absent
    if named == part and any(call.name == TOP or call.args.get("by") for call in before):
        return Plan(text=ASK_NEXT.format(part=part))  # it speaks of the rows of a list that is still to be made
    decided = with_its_goods(read_part(named, before, around), part, before)
    goods = before and _GOODS & set(before[-1].args)
    kept = all(_GOODS & set(args) for _, args in decided.calls)
    return decided if decided.calls and (kept or not goods) else Plan(text=ASK_NEXT.format(part=part))


def first_of(said: Sequence[str], previous: tuple[Call, ...], around: Surroundings) -> Plan | None:
    """The first part of a question that nothing answers whole; the others where they go on about it, else named."""
    first = read_part(said[0], previous, around)
    if not first.calls:
        return None
    plans = [first]
    for part in said[1:]:
        if not says_how_to_show(part) and not says_it_already(first, part):
            plans.append(next_part(part, made(plans), around))
    calls = [call for one in plans for call in one.calls]
    unique = tuple(call for index, call in enumerate(calls) if call not in calls[:index])
    return Plan(unique, together(*(one.text for one in plans)), together(*(one.opening for one in plans)))


def without_loose_ends(parts: Sequence[str], plans: Sequence[Plan]) -> list[Plan]:
    """The plans, less the parts that only go on about a part that was refused: they name no period of their own.

    A part behind one that is answered goes on about that one, so it is told of itself.
    """
    refused = False
    kept: list[Plan] = []
    for part, one in zip(parts, plans, strict=True):
        loose = refused and (not periods(Reading.of(part)) or _GOES_ON.search(part) is not None)
        kept.append(Plan() if loose else one)
        refused = refused if loose else not one.calls
    return kept


def with_days_and_stores(
    name: str, args: Mapping[str, Any], earlier: list[tuple[str, Mapping[str, Any]]]
) -> Mapping[str, Any]:
    """The arguments of a call with the days and stores of the call before it, where it has none of its own."""
    if not earlier or name in (
        "propose_price_change",
        "propose_price_list",
        "list_stores",
        "find_products",
        "days_ahead",
    ):
        return args
    _, before = earlier[-1]
    spec = catalogue().get(name)
    taken = spec.arguments.model_fields if spec else ()
    inherited = {key: before[key] for key in _INHERITED if key in before and key in taken}
    return in_its_department(name, {**inherited, **args}, earlier)


def in_its_department(
    name: str, args: Mapping[str, Any], earlier: Sequence[tuple[str, Mapping[str, Any]]]
) -> Mapping[str, Any]:
    """The arguments with the department whose stock the call before it tells, where it tells stock as well."""
    last, before = earlier[-1] if earlier else ("", {})
    stock = name in _OF_STOCK and last in _OF_STOCK and not _GOODS & set(args)
    return {"department": before["department"], **args} if stock and before.get("department") else args


def without_advice(parts: Sequence[str], plans: Sequence[Plan]) -> tuple[list[str], list[Plan]]:
    """The parts and their plans without a last one that asks for advice, where an answer says what follows from it."""
    advised = any(name in _ADVISING for one in plans for name, _ in one.calls)
    last = len(parts) - 1 if advised and _ADVICE.match(parts[-1]) else len(parts)
    return list(parts[:last]), list(plans[:last])
