"""Whether a customer spends more or less over time: a straight line through weekly spend, and a guard against noise.

Ordinary least squares over whole weeks, weeks without a visit being zero. A change counts where the slope differs from
zero at 5 % (Student's t, two-sided) and spend in the later half differs from the earlier half by at least a fifth. By
chance alone some 2.5 % would look like each direction, and the answer says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LEAST_WEEKS = 8
LEAST_VISIT_WEEKS = 4
LEAST_CHANGE = Decimal("0.2")
CHANCE = 0.025

# Two-sided 5 % points of Student's t for so many degrees of freedom (Fisher and Yates); between them the larger holds.
_POINTS = ((6, 2.447), (8, 2.306), (10, 2.228), (15, 2.131), (20, 2.086), (30, 2.042), (60, 2.0), (120, 1.98))


class Direction(StrEnum):
    """What became of a customer's spend."""

    MORE = "more"
    LESS = "less"
    STEADY = "steady"
    NEW = "new"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class WeeklySpend:
    """One customer's net sales by week, week 0 the first, as sums: of spend, its squares, and spend times week.

    ``first_minor`` is what fell into the first half of the weeks (``first_half``); ``began`` is the week of the first
    visit ever known, negative before the span.
    """

    key: str
    visit_weeks: int
    began: int
    total_minor: Decimal
    first_minor: Decimal
    squares: float
    moments: float


def direction(spend: WeeklySpend, weeks: int) -> Direction:
    """What became of the spend over ``weeks`` weeks; customers of the later three quarters are new, not growing.

    Raises:
        ValueError: fewer weeks than ``LEAST_WEEKS``.
    """
    if weeks < LEAST_WEEKS:
        raise ValueError(f"at least {LEAST_WEEKS} weeks are needed")
    if spend.began * 4 >= weeks:
        return Direction.NEW
    if spend.visit_weeks < LEAST_VISIT_WEEKS:
        return Direction.FEW
    first, later = per_week(spend, weeks)
    if abs(t_of_slope(spend, weeks)) < _point(weeks - 2) or abs(later - first) < LEAST_CHANGE * first:
        return Direction.STEADY
    return Direction.MORE if later > first else Direction.LESS


def first_half(weeks: int) -> int:
    """How many weeks belong to the first half; an odd one in the middle belongs to the later."""
    return weeks // 2


def per_week(spend: WeeklySpend, weeks: int) -> tuple[Decimal, Decimal]:
    """Mean weekly spend of the two halves, in minor units."""
    half = first_half(weeks)
    return spend.first_minor / half, (spend.total_minor - spend.first_minor) / (weeks - half)


def t_of_slope(spend: WeeklySpend, weeks: int) -> float:
    """The slope of the line over its standard error."""
    middle = (weeks - 1) / 2
    spread = weeks * (weeks * weeks - 1) / 12
    total = float(spend.total_minor)
    slope = (spend.moments - middle * total) / spread
    left = max(0.0, spend.squares - total * total / weeks - slope * slope * spread)
    error = math.sqrt(left / (weeks - 2) / spread)
    if not error:
        return math.copysign(math.inf, slope) if slope else 0.0
    return slope / error


def _point(freedom: int) -> float:
    return next((value for least, value in reversed(_POINTS) if freedom >= least), _POINTS[0][1])
