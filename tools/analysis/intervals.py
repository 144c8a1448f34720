"""Estimates with an interval: means, differences of means and of differences. Floats, since it is statistics.

Shapes are plain numbers: a group is its count and the sum and sum of squares of what was measured on each member.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from statistics import NormalDist

LEVEL = 0.95
_FEW = 4.0
"""Below so many degrees of freedom the series is a quarter too short."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the ends of its 95 % interval and the standard error they were made from."""

    value: float
    low: float
    high: float
    error: float = 0.0

    @property
    def above(self) -> bool:
        """Whether the whole interval lies above nothing."""
        return self.low > 0

    @property
    def below(self) -> bool:
        """Whether the whole interval lies below nothing."""
        return self.high < 0


@dataclass(frozen=True, slots=True)
class Moments:
    """What is known of a group: members, sum and sum of squares."""

    count: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """The mean; 0 for an empty group."""
        return self.total / self.count if self.count else 0.0

    @property
    def error(self) -> float:
        """Standard error of the mean; without end for fewer than two members."""
        if self.count < 2:
            return inf
        spread = max(self.squares - self.total**2 / self.count, 0.0) / (self.count - 1)
        return sqrt(spread / self.count)


def t_quantile(freedom: float, level: float = LEVEL) -> float:
    """The two-sided quantile of Student's t: Abramowitz and Stegun 26.7.5, and exact below 4 degrees of freedom."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    if freedom == inf:
        return z
    v = max(freedom, 1.0)
    if v < _FEW:
        from scipy.special import stdtrit

        return float(stdtrit(v, (1 + level) / 2))
    terms = (
        z,
        (z**3 + z) / (4 * v),
        (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2),
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3),
    )
    return sum(terms)


def difference(first: Moments, second: Moments) -> Estimate:
    """Mean of the first less mean of the second, with Welch's interval.

    With changes (after less before) of treated and untreated members this is the difference in differences.
    """
    value = first.mean - second.mean
    one, two = first.error**2, second.error**2
    error = sqrt(one + two)
    if error in (0.0, inf):
        return Estimate(value, value - error, value + error, error)
    freedom = (one + two) ** 2 / (one**2 / (first.count - 1) + two**2 / (second.count - 1))
    reach = t_quantile(freedom) * error
    return Estimate(value, value - reach, value + reach, error)


def pooled(estimates: list[tuple[float, Estimate]]) -> Estimate:
    """The weighted mean of estimates that are taken to be independent of each other."""
    weight = sum(w for w, _ in estimates)
    value = sum(w * one.value for w, one in estimates) / weight
    error = sqrt(sum((w * one.error) ** 2 for w, one in estimates)) / weight
    reach = t_quantile(inf) * error
    return Estimate(value, value - reach, value + reach, error)
