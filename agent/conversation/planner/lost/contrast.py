"""The other side of a part: “promoted items versus not promoted”, told of the promoted ones alone."""

from __future__ import annotations

import re

from agent.conversation.planner.concepts.asked import call
from agent.conversation.planner.outcome import BREAKDOWN, Plan, together

OTHER_SIDE = "“{said}” is the rest of all sales: the share and the whole tell it, by subtraction."
_PARTS = "part_of_each"
_KEPT = ("period", "stores", "department", "product", "order")
_OTHERS = re.compile(
    r"(?:\bvs\.?|\bversus|\bagainst|\bcompared (?:to|with)|\band|\bor) (?:those |the ones |items |goods |sales )?"
    r"(?P<said>(?:that (?:are|were) )?(?:not|non|un)(?:[- ])?(?:on )?(?:promot\w+|discount\w*|coupon\w*"
    r"|display\w*|special))\b",
    re.IGNORECASE,
)


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
