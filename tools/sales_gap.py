"""How far the highest and the lowest group of a split lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.amounts import number_text
from tools.frame import Frame
from tools.metrics.model import Metric, UnitKind
from tools.result import Figure
from tools.splits import OF_DAYS
from tools.wording import counted, spoken

NAMED = frozenset({"store", "department", "category"})


@dataclass(frozen=True, slots=True)
class Ends:
    """The groups that are held against each other, the lowest first, each as its value in the metric's unit and name.

    ``which`` says behind “highest” what they are: `` of the whole weeks``, `` per day``.
    """

    which: str
    groups: Sequence[tuple[Decimal, str]]

    def gap(self, first: Metric, exponent: int) -> Decimal:
        """The highest less the lowest, both as they are shown, so that the two agree with their difference."""
        low, high = (first.rounded(value, exponent) for value in (self.groups[0][0], self.groups[-1][0]))
        return high - low


def is_pair(ends: Ends | None, by: str | None) -> bool:
    """Whether there are two things with names of their own to hold against each other, and they differ."""
    return ends is not None and by in NAMED and len(ends.groups) == 2 and ends.groups[0][0] != ends.groups[1][0]


def gap_said(asked: Frame, first: Metric, ends: Ends, by: str | None) -> str:
    """How far apart they lie: “The highest and the lowest week lie $3,200.00 apart, 1.2 times as much (12 weeks)”."""
    (low, lowest), (high, highest) = ends.groups[0], ends.groups[-1]
    size = spoken(first, ends.gap(first, asked.exponent), asked.currency)
    if first.unit_kind is UnitKind.PERCENT:
        size = size.replace(" %", " points")
    times = f", {number_text(high / low, 1)} times as much" if first.is_sum and low > 0 else ""
    if is_pair(ends, by):
        return f"{highest} is {size} above {lowest}{times}."
    whole = "whole " if "whole" in ends.which else ""
    daily = " a day" if by in OF_DAYS and first.is_sum else ""
    number = counted(len(ends.groups), f"{whole}{by}")
    return f"The highest and the lowest {by} lie {size}{daily} apart{times} ({number})."


def gap_figure(asked: Frame, first: Metric, ends: Ends | None) -> tuple[Figure, ...]:
    """The difference as a figure; none where there are no two groups."""
    if ends is None:
        return ()
    unit = "points" if first.unit_kind is UnitKind.PERCENT else first.unit(asked.currency)
    value = first.text(ends.gap(first, asked.exponent), asked.exponent)
    return (
        Figure(f"{first.name}.gap", value, unit, asked.stores.ids, asked.start_on, asked.end_on, dict(asked.group)),
    )
