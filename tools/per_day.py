"""The change a day between two periods of unequal length: a month of 31 days sells more than one of 30 of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tools.analysis.comparisons import change_pct
from tools.metrics.model import Metric
from tools.result import PerDay

COLUMN = "change per day %"
"""What the column of it is called, behind the metric's name."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days of trade of the two sides of a comparison."""

    now: int
    before: int

    @property
    def differ(self) -> bool:
        """Whether sums of the two sides are of different numbers of days."""
        return self.now != self.before and self.now > 0 and self.before > 0

    @property
    def far_apart(self) -> bool:
        """Whether sums of the two sides are of so unlike numbers of days that their difference tells of the days."""
        return self.differ and max(self.now, self.before) * 4 >= min(self.now, self.before) * 5

    def per_day(self, metric: Metric, value: Decimal | None, before: Decimal | None) -> PerDay | None:
        """The change of a sum in per cent a day; None of a rate, and where the days do not differ."""
        if value is None or before is None or not before or not metric.is_sum or not self.differ:
            return None
        percent = change_pct(value / self.now, before / self.before)
        return None if percent is None else PerDay(self.now, self.before, f"{percent:f}")


def trading_days(now: Mapping[str, int], before: Mapping[str, int]) -> Days:
    """The days of trade of two sides from those of each store: of the store with the most, as a new store has fewer."""
    return Days(max(now.values(), default=0), max(before.values(), default=0))


def leads(held: PerDay | None) -> bool:
    """Whether the change a day is told first: the sums are of numbers of days too unlike to be held together."""
    return held is not None and Days(held.days, held.days_before).far_apart


def per_day_way(held: PerDay) -> str:
    """The change a day: “down 1.6 %”."""
    size = Decimal(held.change_pct)
    return "unchanged" if not size else f"{'up' if size > 0 else 'down'} {abs(size)} %"


def per_day_cell(held: PerDay | None) -> str | None:
    """What stands in the column of it."""
    return held.change_pct if held else None


def per_day_said(held: PerDay | None, *, days: bool = True) -> str:
    """What follows a change: “, per day down 1.6 %: 31 against 30 days”, or nothing where the days do not differ.

    Args:
        held: the change a day.
        days: false where they stand before it already.
    """
    if held is None:
        return ""
    return f", per day {per_day_way(held)}" + (f": {held.days} against {held.days_before} days" if days else "")
