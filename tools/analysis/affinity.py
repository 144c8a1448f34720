"""Association rules: what the counts of a pair of goods say about each other, and which of it is more than chance.

A basket either holds a thing or not; how often it holds it does not matter. Support, confidence and lift are those of
Agrawal, Imieliński and Swami (1993) and Brin, Motwani and Silverstein (1997). A pair is tested by Pearson's chi-square
with one degree of freedom, by Fisher's exact test where a cell is expected to hold fewer than five baskets, one-sided
for "more often together than apart", and all pairs together by Benjamini and Hochberg (1995).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

FALSE_DISCOVERIES = 0.01
"""Of the pairs that are called linked, so many at most are expected to be chance."""

_FEW = 5


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Baskets, all and those with the first thing, the second, and both.

    ``expected_by_size`` is how many would hold both if nothing but the size of a basket linked them: baskets with the
    first times baskets with the second over all baskets, taken among baskets of like size and added up.
    """

    baskets: int
    first: int
    second: int
    both: int
    expected_by_size: float = 0.0

    @property
    def support(self) -> float:
        """Share of all baskets with both."""
        return self.both / self.baskets

    @property
    def confidence(self) -> float:
        """Share of the baskets with the first that hold the second too."""
        return self.both / self.first

    @property
    def confidence_back(self) -> float:
        """Share of the baskets with the second that hold the first too."""
        return self.both / self.second

    @property
    def lift(self) -> float:
        """How many times as often together as if they had nothing to do with each other."""
        return self.both * self.baskets / (self.first * self.second)

    @property
    def lift_by_size(self) -> float:
        """The same among baskets of like size, which large baskets that hold everything cannot raise."""
        return self.both / self.expected_by_size if self.expected_by_size else self.lift


def p_value(counts: PairCounts) -> float:
    """The probability of at least so many baskets with both, were the two independent; 1 where they are fewer.

    Raises:
        ValueError: the counts are not those of a two-by-two table.
    """
    n, first, second, both = counts.baskets, counts.first, counts.second, counts.both
    if not 0 <= both <= min(first, second) or max(first, second) > n or first + second - both > n:
        raise ValueError("the counts do not belong together")
    expected = first * second / n if n else 0.0
    if both <= expected or not first or not second or n in (first, second):
        return 1.0
    least = min(first, n - first) * min(second, n - second) / n
    if least < _FEW:
        return _fisher(n, first, second, both)
    return 0.5 * math.erfc(math.sqrt(chi_square(counts) / 2))


def chi_square(counts: PairCounts) -> float:
    """Pearson's statistic of the two-by-two table, without a correction for continuity."""
    n, first, second, both = counts.baskets, counts.first, counts.second, counts.both
    neither = n - first - second + both
    crossed = both * neither - (first - both) * (second - both)
    below = first * second * (n - first) * (n - second)
    return n * crossed * crossed / below if below else 0.0


def _fisher(n: int, first: int, second: int, both: int) -> float:
    """The upper tail of the hypergeometric distribution, added up from the smallest term."""
    term = math.exp(_log_choose(first, both) + _log_choose(n - first, second - both) - _log_choose(n, second))
    tail, k = 0.0, both
    while k <= min(first, second) and term > 0:
        tail += term
        term *= (first - k) * (second - k) / ((k + 1) * (n - first - second + k + 1))
        k += 1
    return min(1.0, tail)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def beyond_chance(p_values: Sequence[float], tests: int, rate: float = FALSE_DISCOVERIES) -> list[bool]:
    """Which of the tests stand when all that were possible are counted, in the order given.

    Args:
        p_values: of the pairs that were counted.
        tests: how many pairs there were to look at; those not counted are taken as chance.
        rate: the share of false discoveries among what stands (Benjamini and Hochberg's step-up).
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    total = max(tests, len(p_values))
    last = 0
    for rank, index in enumerate(order, 1):
        if p_values[index] <= rate * rank / total:
            last = rank
    kept = set(order[:last])
    return [index in kept for index in range(len(p_values))]


def rate_below(hits: int, of: int, other_hits: int, of_others: int) -> float:
    """The probability of so low a share as ``hits / of``, were it the same as ``other_hits / of_others`` (pooled z)."""
    if not of or not of_others:
        return 1.0
    pooled = (hits + other_hits) / (of + of_others)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / of_others))
    if not spread:
        return 1.0
    return 0.5 * math.erfc((other_hits / of_others - hits / of) / spread / math.sqrt(2))
