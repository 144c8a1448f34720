"""How much more was sold than would have been without the promotion, with an interval.

The model: sales of a product in a store on a day = its own level x the index of the day x the lift. The index is what
products without any promotion sold that day against their mean before, so season, weekday and weather cancel. The level
is what the product sold on its days without a promotion before, over the sum of the index on those days. Expected sales
are level x sum of the index over the days of the promotion; the lift is actual over expected, sums over sums.

The interval is that of a ratio on the log scale, linearised (Taylor): over products where there are at least
``FEW_PRODUCTS``, else over days; the noise of the control group is added. It takes the products (or the days) for
independent of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt

from tools.analysis.intervals import t_quantile

FEW_PRODUCTS = 20
LEAST_UNITS = 30.0
LEAST_BASE_DAYS = 7


@dataclass(frozen=True, slots=True)
class Sums:
    """Actual and expected sales of ``count`` products, with the sums of their squares and products."""

    count: int
    actual: float
    expected: float
    actual_squares: float = 0.0
    products: float = 0.0
    expected_squares: float = 0.0


@dataclass(frozen=True, slots=True)
class Lift:
    """Actual over expected with its 95 % interval, and what the interval was taken over."""

    ratio: float
    low: float
    high: float
    over: str
    count: int

    @property
    def percent(self) -> float:
        """Per cent more (or, below nothing, less) than expected."""
        return (self.ratio - 1) * 100

    @property
    def is_measurable(self) -> bool:
        """Whether the interval leaves out "no difference"."""
        return self.low > 1 or self.high < 1


def over_products(sums: Sums, control_variance: float) -> Lift | None:
    """The lift with products as the independent pieces; None where nothing was sold or expected."""
    if sums.actual <= 0 or sums.expected <= 0 or sums.count < 2:
        return None
    ratio = sums.actual / sums.expected
    squares = sums.actual_squares - 2 * ratio * sums.products + ratio**2 * sums.expected_squares
    variance = max(squares, 0.0) / sums.actual**2 * sums.count / (sums.count - 1)
    return _lift(ratio, variance + control_variance, sums.count - 1, "products", sums.count)


def over_days(during: Sequence[tuple[float, float]], base: Sequence[tuple[float, float]]) -> Lift | None:
    """The lift with days as the independent pieces.

    Args:
        during: actual and expected sales of each day of the promotion.
        base: the same of each day before; there the expected ones add up to the actual ones.
    """
    actual, expected = sum(pair[0] for pair in during), sum(pair[1] for pair in during)
    level = sum(pair[0] for pair in base)
    if actual <= 0 or expected <= 0 or level <= 0 or len(during) < 2 or len(base) < LEAST_BASE_DAYS:
        return None
    ratio = actual / expected
    variance = _relative(during, ratio, actual) + _relative(base, 1.0, level)
    return _lift(ratio, variance, len(during) - 1, "days", len(during) + len(base))


def _relative(days: Sequence[tuple[float, float]], ratio: float, total: float) -> float:
    squares = sum((actual - ratio * expected) ** 2 for actual, expected in days)
    return squares / total**2 * len(days) / (len(days) - 1)


def control_variance(sums: Sums) -> float:
    """Variance of the log of the control group's change over its products: ``actual`` during, ``expected`` before."""
    if sums.actual <= 0 or sums.expected <= 0 or sums.count < 2:
        return inf
    ratio = sums.actual / sums.expected
    squares = sums.actual_squares - 2 * ratio * sums.products + ratio**2 * sums.expected_squares
    return max(squares, 0.0) / sums.actual**2 * sums.count / (sums.count - 1)


def _lift(ratio: float, variance: float, freedom: int, over: str, count: int) -> Lift:
    reach = t_quantile(freedom) * sqrt(variance)
    if reach > log(1e6):
        return Lift(ratio, 0.0, inf, over, count)
    return Lift(ratio, exp(log(ratio) - reach), exp(log(ratio) + reach), over, count)
