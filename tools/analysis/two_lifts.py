"""Two lifts held against each other: whether they differ by more than chance."""

from __future__ import annotations

from math import exp, log, sqrt

from tools.analysis.lift import Lift

_SURE = 1.959964
"""Standard errors to either side of a 95 % interval of the normal distribution."""


def differ(later: Lift, earlier: Lift) -> tuple[float, float, float] | None:
    """The later ratio over the earlier with its 95 % interval; None where either has no bounded interval above 0.

    Both intervals are of ratios and symmetric on the log scale, which gives their standard errors; the two are taken
    for independent. They are different by more than chance where the interval leaves out 1.
    """
    if min(later.low, earlier.low) <= 0 or max(later.high, earlier.high) == float("inf"):
        return None
    spread = sqrt(_error(later) ** 2 + _error(earlier) ** 2)
    middle = log(later.ratio / earlier.ratio)
    return exp(middle), exp(middle - _SURE * spread), exp(middle + _SURE * spread)


def _error(lift: Lift) -> float:
    return (log(lift.high) - log(lift.low)) / (2 * _SURE)
