"""What a look at an executed change found, in plain values that are stored, shown and summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tools.metrics.query import Statement


class Verdict(StrEnum):
    """Whether it did good. ``even`` is a difference that cannot be told from the usual ups and downs."""

    WORKED = "worked"
    AGAINST = "against"
    EVEN = "even"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure per day against its forecast; money in major units, all rounded for showing.

    ``low`` and ``high`` are the ends of the 95 % interval of the difference, ``percent*`` the same in per cent (None
    where nothing was forecast).
    """

    name: str
    unit: str
    days: int
    forecast: str
    actual: str
    difference: str
    low: str
    high: str
    percent: str | None = None
    percent_low: str | None = None
    percent_high: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The stored form."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found.

    Attributes:
        verdict: in a word.
        headline: in a sentence.
        lines: the figures, each a short sentence.
        caveats: what to keep in mind.
        measures: the figures as numbers.
        counts: what became of how many products, by outcome; empty unless it was about stock.
        statements: the SQL that it stands on.
    """

    verdict: Verdict
    headline: str
    lines: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The stored document, without the SQL."""
        return {
            "verdict": self.verdict.value,
            "headline": self.headline,
            "lines": list(self.lines),
            "caveats": list(self.caveats),
            "measures": [measure.to_json() for measure in self.measures],
            "counts": dict(self.counts),
        }


def cannot_tell(why: str, *statements: Statement, lines: tuple[str, ...] = ()) -> Finding:
    """A finding that says plainly that there is none, and why."""
    return Finding(Verdict.CANNOT_TELL, f"I cannot tell what it did: {why}", lines, statements=statements)
