"""Whether a figure is news or noise. Pure.

A day is held against the last same weekdays by their median and their median absolute deviation, which one holiday
among eight cannot move. 1.4826 scales the deviation to a standard deviation of normal data (Rousseeuw and Croux,
1993). A total is called normal within 2 deviations; parts of a day, of which many are looked at every morning, only
leave their range beyond 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

TOTAL_WIDTH = Decimal(2)
PART_WIDTH = Decimal(3)
FEWEST = 4

_TO_DEVIATION = Decimal("1.4826")
# Eight equal days would make any change at all look like news.
_LEAST_RELATIVE_DEVIATION = Decimal("0.05")


class Verdict(StrEnum):
    """How a value stands to its range."""

    NORMAL = "normal"
    HIGH = "high"
    LOW = "low"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NormalRange:
    """The usual range of a value, in the value's own unit; ``days`` says how many values it stands on."""

    low: Decimal
    high: Decimal
    middle: Decimal
    days: int

    def judge(self, value: Decimal) -> Verdict:
        """Where ``value`` lies."""
        if value > self.high:
            return Verdict.HIGH
        return Verdict.LOW if value < self.low else Verdict.NORMAL


def normal_range(history: Sequence[Decimal], *, width: Decimal = TOTAL_WIDTH) -> NormalRange | None:
    """The usual range of what ``history`` shows, or None when it shows too little to say.

    Args:
        history: the values of earlier same weekdays, days without data left out.
        width: how many deviations either side of the median still count as normal.
    """
    if len(history) < FEWEST:
        return None
    middle = median(history)
    deviation = _TO_DEVIATION * median(abs(value - middle) for value in history)
    reach = width * max(deviation, _LEAST_RELATIVE_DEVIATION * abs(middle))
    return NormalRange(low=middle - reach, high=middle + reach, middle=middle, days=len(history))
