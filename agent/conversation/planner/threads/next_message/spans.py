"""“The week before”, “a normal week”: words for days that mean something only beside the days of the answer above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import COMPARE, Plan
from agent.conversation.planner.threads.once_more.before import FIGURES, NORM, usual_days
from agent.conversation.planner.threads.once_more.days_around import days_above, one_earlier, resolved
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import Surroundings

_EARLIER = re.compile(
    r"(?:the )?(?:(?P<unit>day|week|month|quarter) before|(?:prior|preceding|previous)"
    r" (?P<other>day|week|month|quarter))"
    r"(?: that)?"
)
_NORMAL = re.compile(
    r"(?:an? |the |our )?(?:normal|usual|typical|regular|average|ordinary)(?: (?:one|week|month|day))?"
)
_TO = "{first} to {last}"
WHICH_DAYS = (
    "“{said}” is before which? The answer above was not of one {unit}, so I cannot tell. Name the days: “last {unit}”, "
    "“the {unit} before last”."
)
WHICH_USUAL = (
    "What is usual is no span of its own. Hold days against it: “last week against normal”, “average sales per week”."
)


def with_spans_meant(decided: Plan, previous: Sequence[Call], around: Surroundings) -> Plan:
    """The plan with dates in the place of such words; where they hang on nothing, the days are asked for."""
    calls: list[tuple[str, Mapping[str, Any]]] = []
    for name, args in decided.calls:
        said = str(args.get("period") or "").lower()
        if _NORMAL.fullmatch(said):
            if not previous or previous[-1].failed or previous[-1].name not in FIGURES:
                return Plan(text=WHICH_USUAL)
            before = {key: value for key, value in previous[-1].args.items() if key not in ("by", "where", "top")}
            calls.append((COMPARE, {**before, "period": usual_days(previous[-1]), "compare_to": NORM}))
            continue
        found = _EARLIER.fullmatch(said)
        if found is None or resolved(said, around) is not None:
            calls.append((name, args))
            continue
        unit = found["unit"] or found["other"]
        days = _shifted(previous[-1], unit, around) if previous else None
        if days is None:
            return Plan(text=WHICH_DAYS.format(said=said if said.startswith("the ") else f"the {said}", unit=unit))
        calls.append((name, {**args, "period": days}))
    return replace(decided, calls=tuple(calls))


def _shifted(last: Call, unit: str, around: Surroundings) -> str | None:
    """The days of the answer before, one such unit earlier, as a period; None where they are longer than it."""
    of = days_above(last, around)
    span = None if of is None else one_earlier(of, unit)
    if span is None:
        return None
    if unit == "month":
        return f"{span[1]:%B %Y}".lower()
    first, end = (day.isoformat() for day in span)
    return first if first == end else _TO.format(first=first, last=end)
