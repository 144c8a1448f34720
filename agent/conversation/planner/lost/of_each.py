"""“The best cashier in each store”, “the mix of every department”: what is told of each of some groups, not of all.

A breakdown by two groups ranks and shares out everything together, unless it is told of which group each is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from agent.conversation.planner.concepts.asked import Asked, call
from agent.conversation.planner.concepts.lexicon import GROUPS, RANKS, Said, words_of
from agent.conversation.planner.lost.groups import ranks_all
from agent.conversation.planner.outcome import BREAKDOWN, Plan
from agent.conversation.planner.plain_questions.plain_words import ATTRIBUTES
from agent.conversation.surroundings import Surroundings

_EACH = frozenset({"each", "every", "single"})
_BY = _EACH | {"by", "within", "inside", "per"}
_INSIDE = frozenset({"in", "at", "within", "inside", "across"})
_ENDS = frozenset({"top", "bottom"})
_SHARES = frozenset({"share", "percent", "percentage", "proportion", "mix"})
_AGAINST = re.compile(r"\b(?:versus|vs|against|compared|or)\b", re.IGNORECASE)
_STEPS = frozenset({"day", "week", "month", "quarter"})
_OF_EACH, _ALL_OF_EACH = 5, 20


def of_each(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan with its one breakdown by two groups told for each of the one that is said with “each”."""
    if len(decided.calls) != 1 or decided.calls[0][0] != BREAKDOWN:
        return decided
    args = decided.calls[0][1]
    by = [one.strip() for one in str(args.get("by", "")).split(",")]
    if len(by) != 2 or args.get("each") or args.get("within"):
        return decided
    asked = Asked.of(question, around)
    said = words_of(asked.rest if asked is not None else question)
    if by[0] in _STEPS and args.get("top") and _count(said, by[1], _OF_EACH) == args["top"]:
        swapped = call(BREAKDOWN, {**args, "by": f"{by[1]}, {by[0]}"})  # the top 3 categories, not the top 3 weeks
        return decided if swapped is None else replace(decided, calls=swapped.calls)
    if by[1] in ATTRIBUTES and _AGAINST.search(question) and _sought(said, by[0]):
        rest = {key: value for key, value in args.items() if key not in ("by", "top")}
        apart = call(BREAKDOWN, {**rest, "by": f"{by[1]}, {by[0]}", "each": _count(said, by[0], _OF_EACH) or 1})
        return decided if apart is None else replace(decided, calls=apart.calls)
    ranked = any(ranks_all(one) for one in said)
    outer = _each_of(said, by_too=ranked or (bool(args.get("share")) and _owns_share(said)))
    if outer not in by:
        return decided
    inner = next((one for one in by if one != outer), outer)
    rest = {key: value for key, value in args.items() if key not in ("by", "top")}
    if not args.get("share") and any(one.words.split()[0] in _SHARES for one in said):
        rest["share"] = True
    many = args.get("top") or _count(said, inner, _ALL_OF_EACH if ranked else _OF_EACH)
    if rest.get("share"):
        told = call(BREAKDOWN, {**rest, "by": f"{outer}, {inner}", "within": True, "each": many or _OF_EACH})
    elif ranked or _sought(said, inner) or (args.get("rank_by") == "change" and outer not in _STEPS):
        told = call(BREAKDOWN, {**rest, "by": f"{outer}, {inner}", "each": many or (_ALL_OF_EACH if ranked else 1)})
    else:
        told = None
    return decided if told is None else Plan(told.calls, decided.text, decided.opening)


def _each_of(said: Sequence[Said], *, by_too: bool) -> str | None:
    """The group behind “each” or “every”, or “by” where that means as much; none where there is none or several.

    Of “each department's share by store” the departments share out the stores.
    """
    found, inside = [], []
    for place, one in enumerate(said):
        before = set(said[place - 1].words.split()) if place else set()
        owns = place + 1 < len(said) and said[place + 1].words.startswith("share")
        if one.named(GROUPS) and (before & (_BY if by_too else _EACH)) and not owns:
            found.append(str(one.named(GROUPS)))
            inside += found[-1:] if before & _INSIDE or one.words.endswith("'s") else []
    found = inside if len(found) > 1 else found
    return found[0] if len(found) == 1 else None


def _owns_share(said: Sequence[Said]) -> bool:
    return any(one.named(GROUPS) and behind.words.startswith("share") for one, behind in pairwise(said))


def _sought(said: Sequence[Said], inner: str) -> bool:
    """Whether one end of a ranking of this group is sought: “which cashier sold most”, “the best category”."""
    return any(one.named(GROUPS) == inner for one in said) and any(one.named(RANKS) in _ENDS for one in said)


def _count(said: Sequence[Said], inner: str, several: int) -> int | None:
    """How many of the group are asked for; “categories” without a number are several."""
    for before, one in pairwise(said):
        if one.named(GROUPS) == inner and before.is_number and before.words.isdigit():
            return int(before.words)
    return several if any(one.named(GROUPS) == inner and one.words.endswith("s") for one in said) else None
