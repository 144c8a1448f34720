"""Shelf space against sales: indices, and facings by the gain of the next one.

Sales of a group are taken to grow with the power 0.17 of its facings, the mean space elasticity of published studies
(Eisend, Journal of Retailing 90, 2014). It is a rule for small moves, so a group may lose or gain half of what it has.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

ELASTICITY = 0.17
OVER, UNDER = Decimal(80), Decimal(120)
_MOST_CHANGE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Space:
    """A group's facings, how many products share them, what it earned, and how many facings a day's sales fill."""

    facings: int
    products: int
    value: Decimal
    least: int = 1


def index(value: Decimal, whole_value: Decimal, facings: int, whole_facings: int) -> Decimal | None:
    """Share of sales as per cent of the share of facings: 100 is in proportion; None without either whole."""
    if not whole_value or not whole_facings or not facings:
        return None
    return value * whole_facings * 100 / (whole_value * facings)


def verdict(value: Decimal | None) -> str:
    """``over-spaced`` below 80, ``under-spaced`` above 120, else ``in proportion``; ``unknown`` for None."""
    if value is None:
        return "unknown"
    return "over-spaced" if value < OVER else "under-spaced" if value > UNDER else "in proportion"


def facings_for_a_day(units: Decimal, days: int, capacity: Decimal | None, facings: int) -> int:
    """Facings that hold one of the days' sales, by the pieces that fit per facing; 1 where capacity is not told."""
    if not capacity or not facings or units <= 0:
        return 1
    return max(int((units * facings / (capacity * days)).to_integral_value(ROUND_CEILING)), 1)


def allocate(groups: Sequence[Space]) -> list[int]:
    """Facings of each group when the same total is given out anew, one facing at a time to where it earns most.

    A group keeps one facing for each product, what a day's sales fill (up to what it has now), and half of what it has;
    it gets at most half as much again. The total stays.
    """
    low, high = [], []
    for one in groups:
        floor = int((one.facings * (1 - _MOST_CHANGE)).to_integral_value(ROUND_CEILING))
        low.append(min(max(floor, one.products, min(one.least, one.facings), 1), max(one.facings, 1)))
        high.append(int(one.facings * (1 + _MOST_CHANGE)))
    given = list(low)
    left = sum(one.facings for one in groups) - sum(given)
    queue = [(-_gain(one, given[place]), place) for place, one in enumerate(groups) if given[place] < high[place]]
    heapq.heapify(queue)
    while left > 0 and queue:
        _, place = heapq.heappop(queue)
        given[place] += 1
        left -= 1
        if given[place] < high[place]:
            heapq.heappush(queue, (-_gain(groups[place], given[place]), place))
    return given


def _gain(one: Space, facings: int) -> float:
    """What the next facing adds to the group's value."""
    if not one.facings or one.value <= 0:
        return 0.0
    more, now = (facings + 1) / one.facings, facings / one.facings
    return float(one.value) * (math.pow(more, ELASTICITY) - math.pow(now, ELASTICITY))
