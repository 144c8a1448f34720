"""An average that is asked for where sums are told: “average returns per store”."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import BREAKDOWN, SUMMARY, TOP, Plan, together
from agent.conversation.planner.slots.arguments import valid
from tools.metrics import METRICS

SUMS = "“{said}” is not worked out here: what follows are sums."
_AVERAGE = re.compile(
    r"(?<!above )(?<!below )(?<!than )(?<!with )(?<!against )(?<!to )(?<!of )(?<!the )\b(?:average|avg\.?|mean)\b"
    r" (?P<what>[a-z]+)",
    re.IGNORECASE,
)
_AS_A_RATE = {"discounts": "discount_rate"}
"""Sums whose average is usually meant as a rate."""


def with_averages(question: str, decided: Plan) -> Plan:
    """The plan with the rate that an average stands for, or with the words for that these are sums."""
    found = _AVERAGE.search(question)
    if found is None or decided.opening or len(decided.calls) != 1:
        return decided
    name, args = decided.calls[0]
    if args.get("rolling") or {"weekday", "hour"} & {one.strip() for one in str(args.get("by", "")).split(",")}:
        return decided  # a mean of days
    metrics = list(args.get("metrics") or [args.get("metric", "")])
    if name not in (BREAKDOWN, SUMMARY, TOP) or any(one not in METRICS or not METRICS[one].is_sum for one in metrics):
        return decided
    rates = [_AS_A_RATE.get(one, one) for one in metrics]
    if rates != metrics and (told := valid(name, {**args, "metrics": rates})) is not None:
        return replace(decided, calls=(told,))
    return replace(decided, opening=together(SUMS.format(said=found[0].strip()), decided.opening))
