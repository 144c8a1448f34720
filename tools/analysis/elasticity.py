"""Price elasticity from weekly sales: a log-log regression with effects taken out, and an honest interval.

log units = elasticity x log price + an effect of the product-store + an effect of the week. The effects are taken out
by demeaning in turn until nothing changes (Frisch, Waugh and Lovell); what is left of the price is what differed
between stores within a week. Where prices move in all stores together there is nothing left, and the week's effect is
replaced by the log of what everything else in the store sold that week. Errors may be correlated within a week: the
variance is clustered by week (Liang and Zeger), with Student's t on the number of weeks less one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from tools.analysis.intervals import t_quantile

LEAST_WEEKS = 12
LEAST_CELLS = 30
LEAST_SPREAD = 0.02
"""Standard deviation of log price that must be left, about 2 %."""
LEAST_PRICES = 3
_ROUNDS = 200
_TOLERANCE = 1e-9

WITHIN_WEEKS = "effects of product, store and week"
WITH_TREND = "effects of product and store, everything else sold that week as trend"


@dataclass(frozen=True, slots=True)
class Cell:
    """A product in a store in one week: net price of a unit, units, and units of everything else there that week."""

    entity: Hashable
    week: int
    price: float
    units: float
    others: float


@dataclass(frozen=True, slots=True)
class Elasticity:
    """The estimate with its 95 % interval; ``method`` says which effects were taken out."""

    value: float
    low: float
    high: float
    cells: int
    weeks: int
    prices: int
    method: str

    def change_of_units(self, price_change: float) -> float:
        """Share by which units change when the price changes by a share: -0.1 is ten per cent down."""
        return exp(self.value * log(1 + price_change)) - 1


class TooThinError(ValueError):
    """The data cannot carry an estimate; the text says why, as the end of a sentence."""


def estimate(cells: Sequence[Cell]) -> Elasticity:
    """The elasticity of the cells.

    Raises:
        TooThinError: too few weeks, cells or prices, or prices that hardly moved.
    """
    used = [cell for cell in cells if cell.price > 0 and cell.units > 0]
    weeks = {cell.week for cell in used}
    prices = {round(log(cell.price) / 0.03) for cell in used}
    if len(weeks) < LEAST_WEEKS or len(used) < LEAST_CELLS:
        raise TooThinError(
            f"it sold in {len(weeks)} weeks and {len(used)} store-weeks, and at least {LEAST_WEEKS} weeks and"
            f" {LEAST_CELLS} store-weeks are needed"
        )
    if len(prices) < LEAST_PRICES:
        raise TooThinError(f"its price hardly moved: at least {LEAST_PRICES} prices some per cent apart are needed")
    x = [log(cell.price) for cell in used]
    y = [log(cell.units) for cell in used]
    entities, by_week = [cell.entity for cell in used], [cell.week for cell in used]
    within = _demeaned(x, (entities, by_week))
    if _spread(within) >= LEAST_SPREAD:
        return _fitted(within, _demeaned(y, (entities, by_week)), by_week, len(prices), WITHIN_WEEKS)
    moved = _demeaned(x, (entities,))
    if _spread(moved) < LEAST_SPREAD or any(cell.others <= 0 for cell in used):
        raise TooThinError("its price hardly moved against its own mean in any store")
    trend = [value - log(cell.others) for value, cell in zip(y, used, strict=True)]
    return _fitted(moved, _demeaned(trend, (entities,)), by_week, len(prices), WITH_TREND)


def _demeaned(values: Sequence[float], groupings: Sequence[Sequence[Hashable]]) -> list[float]:
    """The values less the effects of every grouping, taken out in turn."""
    left = list(values)
    for _ in range(_ROUNDS):
        moved = 0.0
        for groups in groupings:
            sums: dict[Hashable, list[float]] = defaultdict(lambda: [0.0, 0.0])
            for group, value in zip(groups, left, strict=True):
                pair = sums[group]
                pair[0] += value
                pair[1] += 1
            means = {group: total / count for group, (total, count) in sums.items()}
            left = [value - means[group] for group, value in zip(groups, left, strict=True)]
            moved = max(moved, max(abs(mean) for mean in means.values()))
        if moved < _TOLERANCE or len(groupings) == 1:
            break
    return left


def _spread(values: Sequence[float]) -> float:
    return sqrt(sum(value * value for value in values) / len(values))


def _fitted(x: Sequence[float], y: Sequence[float], weeks: Sequence[int], prices: int, method: str) -> Elasticity:
    squares = sum(value * value for value in x)
    slope = sum(a * b for a, b in zip(x, y, strict=True)) / squares
    scores: dict[int, float] = defaultdict(float)
    for week, a, b in zip(weeks, x, y, strict=True):
        scores[week] += a * (b - slope * a)
    clusters = len(scores)
    variance = sum(score * score for score in scores.values()) / squares**2 * clusters / (clusters - 1)
    reach = t_quantile(clusters - 1) * sqrt(variance)
    return Elasticity(slope, slope - reach, slope + reach, len(x), clusters, prices, method)
