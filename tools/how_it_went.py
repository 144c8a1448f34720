"""How a period went: its net sales held against the usual period before it, beside the figures of the period alone.

Who asks “how did we do yesterday” wants to know whether that is more or less than usual, and does not say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tools.compare import ComparePeriodsArguments, compared
from tools.context import ToolContext
from tools.errors import ToolError
from tools.result import Figure, Provenance, ToolResult

_METRIC = "net_sales"


@dataclass(frozen=True, slots=True)
class HowItWent:
    """The comparison as ``compare_periods`` answers it."""

    said: str
    further: str
    """What must stand beside a change, such as the like-for-like one; empty where nothing must."""
    figures: Sequence[Figure]
    caveats: Sequence[str]
    until: str
    """Where it ends before the period that was asked about: the last whole hour of today, or yesterday; else empty."""
    provenance: Provenance


def how_it_went(period: str, stores: str | None, context: ToolContext, *, unfinished: bool) -> HowItWent | None:
    """Net sales of the period against the usual one before it; None where nothing is there to hold it against.

    ``unfinished`` says that the present day is part of the period.
    """
    asked = ComparePeriodsArguments(period=period, stores=stores, metrics=[_METRIC])
    try:
        answer, sides = compared(asked, context)
    except ToolError:
        return None
    if not answer.figures or answer.figures[0].compared_to is None:
        return None
    until = ""
    if unfinished:
        until = sides.asked.until() if sides.asked.unfinished() else sides.asked.end_on.isoformat()
    return HowItWent(
        answer.headline,
        answer.text.removeprefix(answer.headline).strip(),
        answer.figures,
        answer.caveats,
        until,
        answer.provenance,
    )


def with_how_it_went(answer: ToolResult, held: HowItWent | None) -> ToolResult:
    """The answer with what it is held against: in its first sentence, or behind it where the two differ in hours."""
    if held is None:
        return answer
    rest = answer.text.removeprefix(answer.headline).strip()
    if held.until:
        headline, beside = answer.headline, [held.said, held.further]
        cut = [replace(one, group={**one.group, "until": held.until}) for one in held.figures]
        figures = [*answer.figures, *cut]
    else:
        headline, beside = held.said, [held.further]
        figures = [*held.figures[:1], *answer.figures[1:], *held.figures[1:]]
    return replace(
        answer,
        headline=headline,
        text=" ".join(part for part in (headline, *beside, rest) if part),
        figures=tuple(figures),
        caveats=tuple(dict.fromkeys((*answer.caveats, *held.caveats))),
        provenance=replace(
            answer.provenance,
            sql=(*answer.provenance.sql, *held.provenance.sql),
            params=(*answer.provenance.params, *held.provenance.params),
        ),
    )
