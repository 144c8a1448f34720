"""How a period went: its figures held against the usual period before it, where nothing more particular is asked.

Who asks “how did we do yesterday” wants to know whether that is more or less than usual, and does not say so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tools.compare import ComparePeriodsArguments, compared
from tools.context import ToolContext
from tools.errors import ToolError
from tools.result import ToolResult


@dataclass(frozen=True, slots=True)
class HowItWent:
    """The comparison, and where it ends before the period: the last whole hour of today, yesterday, or ""."""

    answer: ToolResult
    until: str


def how_it_went(period: str, stores: str | None, context: ToolContext, *, unfinished: bool) -> HowItWent | None:
    """The usual figures of the period against the one before it; None where nothing is there to hold it against.

    ``unfinished`` says that the present day is part of the period: then only net sales is compared, by the hours that
    are over.
    """
    metrics = ["net_sales"] if unfinished else None
    try:
        answer, sides = compared(ComparePeriodsArguments(period=period, stores=stores, metrics=metrics), context)
    except ToolError:
        return None
    if not answer.figures or answer.figures[0].compared_to is None:
        return None
    if not unfinished:
        return HowItWent(answer, "")
    return HowItWent(answer, sides.asked.until() if sides.asked.unfinished() else sides.asked.end_on.isoformat())


def with_so_far(answer: ToolResult, held: HowItWent) -> ToolResult:
    """The figures of a period that is not over, and behind its first sentence how much of it compares."""
    beside = held.answer
    rest = answer.text.removeprefix(answer.headline).strip()
    cut = [replace(one, group={**one.group, "until": held.until}) for one in beside.figures]
    return replace(
        answer,
        text=" ".join(part for part in (answer.headline, beside.text, rest) if part),
        figures=(*answer.figures, *cut),
        caveats=tuple(dict.fromkeys((*answer.caveats, *beside.caveats))),
        provenance=replace(
            answer.provenance,
            sql=(*answer.provenance.sql, *beside.provenance.sql),
            params=(*answer.provenance.params, *beside.provenance.params),
        ),
    )
