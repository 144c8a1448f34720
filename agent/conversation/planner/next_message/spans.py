"""“The week before”, “a normal week”: words for days that mean something only beside the days of the answer above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from agent.conversation.planner.once_more.before import FIGURES, NORM, USUAL, usual_days
from agent.conversation.planner.outcome import COMPARE, Plan
from agent.conversation.planner.thread import Call
from agent.conversation.surroundings import Surroundings
from tools.analysis.calendar import Period, PeriodError
from tools.analysis.periods import resolve_period
from tools.registry import catalogue

_EARLIER = re.compile(
    r"(?:the )?(?:(?P<unit>day|week|month|quarter) before|(?:prior|preceding|previous)"
    r" (?P<other>day|week|month|quarter))"
    r"(?: that)?"
)
_NORMAL = re.compile(
    r"(?:an? |the |our )?(?:normal|usual|typical|regular|average|ordinary)(?: (?:one|week|month|day))?"
)
_LONGEST = {"day": 1, "week": 7, "month": 31, "quarter": 92}
_SHORTEST = {"month": 28, "quarter": 89}
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
        if found is None or _is_known(said, around):
            calls.append((name, args))
            continue
        unit = found["unit"] or found["other"]
        days = _shifted(previous[-1], unit, around) if previous else None
        if days is None:
            return Plan(text=WHICH_DAYS.format(said=said if said.startswith("the ") else f"the {said}", unit=unit))
        calls.append((name, {**args, "period": days}))
    return replace(decided, calls=tuple(calls))


def _is_known(said: str, around: Surroundings) -> bool:
    return _resolved(said, around) is not None


def _resolved(said: str, around: Surroundings) -> Period | None:
    try:
        return resolve_period(said, today=date.fromisoformat(around.today), data_start=date.min, data_end=date.max)
    except (PeriodError, ValueError):
        return None


def _shifted(last: Call, unit: str, around: Surroundings) -> str | None:
    """The days of the answer before, one such unit earlier; None where they are longer than it."""
    spec = catalogue().get(last.name)
    field = spec.arguments.model_fields.get("period") if spec is not None else None
    usual = usual_days(last) if last.name in USUAL else str(field.default) if field is not None else ""
    of = _resolved(str(last.args.get("period") or usual), around)
    if of is None or of.days > _LONGEST[unit]:
        return None
    if unit in ("day", "week"):
        back = timedelta(days=_LONGEST[unit])
        first, end = of.start_on - back, of.end_on - back
    elif of.start_on.day != 1 or of.days < _SHORTEST[unit]:
        return None  # part of a month has no month before it of its own length
    else:
        end = of.start_on - timedelta(days=1)
        if unit == "month":
            return f"{end:%B %Y}".lower()
        first = (end.replace(day=1) - timedelta(days=40)).replace(day=1)
    return first.isoformat() if first == end else _TO.format(first=first.isoformat(), last=end.isoformat())
