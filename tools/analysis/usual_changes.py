"""Whether a change is within what such changes usually are.

The yardstick is the change's own past: the same difference (a day on the same weekday before, a week on the week
before ...) at earlier like periods. Median and median absolute deviation are used because a few odd weeks must not
widen the range (Rousseeuw and Croux 1993; 1.4826 makes the deviation comparable with a standard deviation of normal
data). Successive differences share a period, so they are not independent; the range is a yardstick, not a test.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

from tools.analysis.calendar import Kind, Period, add_months

FEWEST = 8
"""With fewer earlier changes nothing is said about what is usual."""
MOST = 26
WIDTH = 2.0
_CONSISTENT = 1.4826


@dataclass(frozen=True, slots=True)
class UsualChanges:
    """The usual range of a change, from ``count`` earlier ones."""

    low: float
    high: float
    count: int

    def holds(self, change: float) -> bool:
        """Whether a change lies within the range."""
        return self.low <= change <= self.high


def usual_changes(changes: Sequence[float]) -> UsualChanges | None:
    """Median plus and minus two scaled median absolute deviations; None with fewer than ``FEWEST`` changes."""
    if len(changes) < FEWEST:
        return None
    middle = median(changes)
    spread = WIDTH * _CONSISTENT * median(abs(change - middle) for change in changes)
    return UsualChanges(middle - spread, middle + spread, len(changes))


def usual_ratios(changes: Sequence[float]) -> UsualChanges | None:
    """The same of changes in per cent, taken on the logarithms of now over before, so that none is below -100 %.

    A figure that fell to nothing or below it has no such logarithm; its changes are taken as they are.
    """
    if any(change <= -100 for change in changes):
        plain = usual_changes(changes)
        never_below = all(change >= -100 for change in changes)
        return replace(plain, low=max(plain.low, -100.0)) if plain and never_below else plain
    found = usual_changes([math.log1p(change / 100) for change in changes])
    return found and UsualChanges(math.expm1(found.low) * 100, math.expm1(found.high) * 100, found.count)


Days = tuple[date, date]


def earlier_pairs(period: Period, others: Sequence[Period], first_on: date) -> list[tuple[Days, tuple[Days, ...]]]:
    """Earlier periods with what each would be held against, as this one is against ``others``; newest first.

    Whole months, quarters and years step by calendar months; everything else by whole weeks, so that weekdays stay.

    Args:
        period: the period in question.
        others: what it is held against: one period, or those that a norm is the mean of.
        first_on: the first date that there is data for; what reaches back beyond it is left out.
    """
    months = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.YEAR: 12}.get(period.kind)
    step = timedelta(days=7 * -(-period.days // 7))
    pairs: list[tuple[Days, tuple[Days, ...]]] = []
    for back in range(1, MOST + 1):
        if months:
            moved = [(_first(one, -months * back), _last(one, -months * back)) for one in (period, *others)]
        else:
            moved = [(one.start_on - step * back, one.end_on - step * back) for one in (period, *others)]
        if min(start for start, _ in moved) < first_on:
            break
        pairs.append((moved[0], tuple(moved[1:])))
    return pairs


def _first(period: Period, months: int) -> date:
    return add_months(period.start_on, months)


def _last(period: Period, months: int) -> date:
    return add_months(period.end_on + timedelta(days=1), months) - timedelta(days=1)
