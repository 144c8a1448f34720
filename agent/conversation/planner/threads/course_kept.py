"""What goes on after a moving average or a running total keeps its course through time, and its number of spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.rolling import BREAKDOWN, spans_said

_TIMES = ("hour", "day", "week", "month", "quarter", "period")
_RUN = ("rolling", "rolling_total", "running")


def read(text: str, previous: Sequence[Call]) -> Plan | None:
    """The same over another number of days, weeks or months (“over 14 days”); None for every other question."""
    last = previous[-1] if previous else None
    if last is None or last.failed or last.name != BREAKDOWN or not last.args.get("rolling"):
        return None
    said = spans_said(Reading.of(text).text)
    if said is None:
        return None
    many, unit = said
    others = [name for name in _dimensions(last.args) if name not in _TIMES]
    return Plan(((BREAKDOWN, {**last.args, "by": ", ".join([*others, unit]), "rolling": many}),))


def with_its_course(decided: Plan, previous: Sequence[Call]) -> Plan:
    """The plan whose breakdowns, where they go on from one that runs through time, do so as well."""
    last = previous[-1] if previous else None
    if last is None or last.failed or last.name != BREAKDOWN or not any(last.args.get(name) for name in _RUN):
        return decided
    time = next((name for name in _dimensions(last.args) if name in _TIMES), "day")
    return replace(decided, calls=tuple(_run_on(name, args, last.args, time) for name, args in decided.calls))


def _run_on(name: str, args: Mapping[str, Any], before: Mapping[str, Any], time: str) -> tuple[str, Mapping[str, Any]]:
    """A call that takes the course over, if it is of the same figures over the same days."""
    same = args.get("metrics") == before.get("metrics") and not args.get("compare_to") and not args.get("top")
    if name != BREAKDOWN or not (same or any(args.get(one) for one in _RUN)):
        return name, args
    by = _dimensions(args)
    if not any(one in _TIMES for one in by):
        by = [*by[:1], time]
    run = {one: before[one] for one in _RUN if before.get(one)}
    return name, {**run, **args, "by": ", ".join(by)}


def _dimensions(args: Mapping[str, Any]) -> list[str]:
    by = args.get("by") or ""
    return [one.strip() for one in (by.split(",") if isinstance(by, str) else by) if str(one).strip()]
