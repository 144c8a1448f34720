"""What went together with a change, found without claiming that it made it.

Pure: rows come in as plain values. Each function answers one narrow question, such as whether a product that sells
every day fell silent, or how often sales fell in earlier weeks when it rained more.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SURPRISE = 7.0
"""Pieces that would usually have sold in a silent run; by Poisson nothing at all sells with less than 1 in 1000."""
EARLY_HOURS = 2
REGULAR_HOURS = 3
FEWEST_CASES = 5


@dataclass(frozen=True, slots=True)
class Silence:
    """Days in a row on which a product sold nothing."""

    first_on: date
    last_on: date
    days: int


def longest_silence(open_days: Sequence[date], sold: Collection[date]) -> Silence | None:
    """The longest run of open days without a sale; None when it sold on every one."""
    best: Silence | None = None
    run: list[date] = []
    for day in [*sorted(open_days), None]:
        if day is not None and day not in sold:
            run.append(day)
            continue
        if run and (best is None or len(run) > best.days):
            best = Silence(run[0], run[-1], len(run))
        run = []
    return best


def is_unusual(silence: Silence, per_day: float, usual: Silence | None) -> bool:
    """Whether a silence is longer than chance and than any in the product's own recent past explain.

    Args:
        silence: the run.
        per_day: pieces sold per open day before.
        usual: the longest run in the days that ``per_day`` was taken from.
    """
    return per_day * silence.days >= SURPRISE and silence.days > (usual.days if usual else 0)


def ends_early(last_hour: int, usual: Sequence[int]) -> bool:
    """Whether the last hour with sales is at least two hours before the earliest of a regular past.

    Hours count from the start of the business day. A past whose last hours differ by more than ``REGULAR_HOURS`` says
    nothing.
    """
    return _regular(usual) and last_hour <= min(usual) - EARLY_HOURS


def starts_late(first_hour: int, usual: Sequence[int]) -> bool:
    """The same for the first hour of the day."""
    return _regular(usual) and first_hour >= max(usual) + EARLY_HOURS


def _regular(usual: Sequence[int]) -> bool:
    return len(usual) >= 3 and max(usual) - min(usual) <= REGULAR_HOURS


@dataclass(frozen=True, slots=True)
class Together:
    """Of ``cases`` earlier changes in which the condition moved as much the same way, sales moved this way ``same``."""

    same: int
    cases: int


def went_together(condition: float, moved: float, earlier: Sequence[tuple[float, float]]) -> Together:
    """How often the figure moved in the same direction when a condition changed at least half as much as now.

    Args:
        condition: the present change of the condition, such as millimetres of rain.
        moved: the present change of the figure.
        earlier: earlier (condition change, figure change) pairs.
    """
    cases = [
        change
        for other, change in earlier
        if math.copysign(1, other) == math.copysign(1, condition) and abs(other) >= abs(condition) / 2
    ]
    return Together(sum(change * moved > 0 for change in cases), len(cases))


def missing_hours(hours: Collection[int], usual: Sequence[Collection[int]]) -> list[int]:
    """Hours inside the trading day without a sale that had one on every earlier like day."""
    # Fewer than three earlier days say nothing about what always sells.
    if len(usual) < 3 or not hours:
        return []
    always = set.intersection(*(set(one) for one in usual))
    return sorted(hour for hour in always if min(hours) < hour < max(hours) and hour not in hours)


def whole_days(start_on: date, end_on: date) -> list[date]:
    """Every date from start to end."""
    return [start_on + timedelta(days=offset) for offset in range((end_on - start_on).days + 1)]
