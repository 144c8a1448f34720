"""A group that was lost, put into the calls, or named before the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.conversation.planner.concepts.read import by_concepts
from agent.conversation.planner.kept.split_kept import LEFT_OUT as NOT_SPLIT
from agent.conversation.planner.lost.groups import NamedGroup, lost_groups
from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.slots.arguments import valid
from agent.conversation.surroundings import Surroundings
from tools.wording import listed

_OF_EACH, _FEW = 5, 3
NOT_IN_PLACES = "You asked where: I could not tell this by store or department, so it is of all together."
NOT_TOLD_BY = "This is not told by {groups}: I could not do that here."
_SAID = NOT_SPLIT.format(what="{what}").lower()
Call = tuple[str, Mapping[str, Any]]


def with_groups(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan told by every group that the question names, or with the words for those that it is not told by."""
    if decided.opening:
        return decided  # a near answer says what it is told by
    beside = decided.text.lower()
    lost = lost_groups(question, decided.calls, beside, around)
    named = [one for one in lost_groups(question, decided.calls, "", around) if _SAID.format(what=one.name) in beside]
    if (not lost and not named) or any(one.words not in question.lower().replace("’", "'") for one in (*lost, *named)):
        return decided  # or “by product, category” was read as one group
    meant = by_concepts(question, around)
    told = meant.calls if meant is not None and not meant.text else ()
    if meant is not None and told and not lost_groups(question, told, "", around):
        return meant
    if not lost:
        return decided
    if len(decided.calls) == 1 and len(lost) == 1:
        put_back = _told_by(decided.calls[0], lost[0])
        if put_back is not None:
            return replace(decided, calls=(put_back,))
    said = (
        NOT_IN_PLACES
        if lost[0].name == "place"
        else NOT_TOLD_BY.format(groups=listed([f"“{one.words}”" for one in lost], "and"))
    )
    return replace(decided, opening=said)


def _told_by(call: Call, group: NamedGroup) -> Call | None:
    """The call told by a group as well; None where its tool does not tell it."""
    name, args = call
    by = args.get("by")
    if name == TOP and group.name != "product":
        kept = {key: args[key] for key in ("period", "stores", "department") if key in args}
        order = {"order": "bottom"} if args.get("order") == "bottom" else {}
        metrics = [args.get("metric", "net_sales")]
        listed_for_each = {"by": f"{group.name}, product", "metrics": metrics, "each": args.get("limit", _OF_EACH)}
        return valid(BREAKDOWN, {**listed_for_each, **kept, **order})
    if by is None and name != BREAKDOWN and (name == COMPARE or not args.get("compare_to")):
        return valid(name, {**args, "by": group.name})
    if name == BREAKDOWN and not by:
        return valid(name, {**args, "by": group.name})
    if name in (BREAKDOWN, SUMMARY) and isinstance(by, str) and "," not in by and not args.get("share"):
        rest = {key: value for key, value in args.items() if key != "by"}
        rest |= {"each": _FEW} if group.name == "product" else {}
        return valid(BREAKDOWN, {**rest, "by": f"{by}, {group.name}"})
    return None
