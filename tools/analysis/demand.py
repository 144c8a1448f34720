"""Daily demand of a product in a store, and how likely it is that nothing sold by chance.

Days are trading days; a day without a sale counts as zero. Means and variances are exact where their inputs are;
probabilities are floats, never money.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Demand:
    """Units a day: ``mean``, ``variance`` (sample, n - 1) and over how many trading days they were measured."""

    mean: Decimal
    variance: Decimal
    days: int

    @property
    def sd(self) -> Decimal:
        """The standard deviation of a day's units."""
        return self.variance.sqrt()


def demand(units: Decimal, squares: Decimal | float, days: int) -> Demand:
    """Mean and variance of daily units.

    Args:
        units: the sum over the days.
        squares: the sum of the squared daily units.
        days: trading days, days without a sale included; fewer than one gives no demand.
    """
    if days < 1:
        return Demand(Decimal(0), Decimal(0), 0)
    mean = units / days
    spread = Decimal(str(squares)) - units * mean
    variance = max(spread / (days - 1), Decimal(0)) if days > 1 else max(mean, Decimal(0))
    return Demand(mean, variance, days)


def no_sale_probability(mean: float, variance: float, days: int) -> float:
    """How likely ``days`` days in a row without a sale are.

    Sales a day are taken as Poisson with that mean; as negative binomial of that mean and variance where the variance
    is the larger (r = mean^2 / (variance - mean), P(0) = (r / (r + mean))^r); days as independent.
    """
    if mean <= 0 or days <= 0:
        return 1.0
    if variance <= mean * 1.0001:
        return math.exp(-mean * days)
    size = mean * mean / (variance - mean)
    return math.exp(-days * size * math.log1p(mean / size))


def run_probability(days: int, sold_days: int, run: int) -> float:
    """How likely a given gap between (or before, or after) the days with a sale is at least ``run`` days long.

    If sales come at a steady rate (a Poisson process), then given how many days saw a sale every choice of that many
    days is equally likely, whatever the rate is: C(days - run, sold_days) / C(days, sold_days). Judged on days with a
    sale, not on units, so that single large sales do not count as steady demand.
    """
    if run <= 0 or sold_days <= 0:
        return 1.0
    if sold_days > days - run:
        return 0.0
    chance = math.lgamma(days - run + 1) - math.lgamma(days - run - sold_days + 1)
    return math.exp(min(chance - math.lgamma(days + 1) + math.lgamma(days - sold_days + 1), 0.0))


def discoveries(p_values: Sequence[float], tests: int, rate: float = 0.05) -> list[bool]:
    """Which of many tests stand when at most ``rate`` of those that stand may be chance (Benjamini and Hochberg 1995).

    Args:
        p_values: the smallest ones at least; others may be left out.
        tests: how many tests were made in all, left-out ones included.
        rate: the false discovery rate.
    """
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    most = 0
    for place, index in enumerate(order, 1):
        if p_values[index] <= rate * place / max(tests, 1):
            most = place
    standing = set(order[:most])
    return [index in standing for index in range(len(p_values))]


@dataclass(frozen=True, slots=True)
class LostSales:
    """Units that an absence is estimated to have cost, with the bounds of a 95 % interval."""

    units: Decimal
    low: Decimal
    high: Decimal


def lost_units(rates: Sequence[tuple[Demand, int]]) -> LostSales:
    """What days without stock cost, as demand of the days with stock times the days without.

    The interval is normal: the spread of demand over the missing days plus the error of the mean,
    ``d * v + d^2 * v / n`` for each product with ``d`` missing days, variance ``v`` and ``n`` days measured; products
    are taken as independent.

    Args:
        rates: demand and missing days of each product and store.
    """
    units = sum((one.mean * days for one, days in rates), Decimal(0))
    spread = sum(
        (one.variance * days + one.variance * days * days / one.days for one, days in rates if one.days), Decimal(0)
    )
    half = Decimal("1.96") * spread.sqrt()
    return LostSales(units, max(units - half, Decimal(0)), units + half)
