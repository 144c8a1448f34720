"""ABC-XYZ: products by their share of the sales, and by how steady their demand is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

A_SHARE, B_SHARE = Decimal("0.80"), Decimal("0.95")
X_SPREAD, Y_SPREAD = 0.5, 1.0


def abc(values: Sequence[Decimal]) -> list[str]:
    """The class of each value, given largest first.

    A product is A while what stands before it is less than 80 % of the whole, B while it is less than 95 %, else C; so
    the one that crosses a line belongs to the better class. What is not above zero is C.
    """
    whole = sum((value for value in values if value > 0), Decimal(0))
    classes, before = [], Decimal(0)
    for value in values:
        if value <= 0 or not whole:
            classes.append("C")
            continue
        share = before / whole
        classes.append("A" if share < A_SHARE else "B" if share < B_SHARE else "C")
        before += value
    return classes


def xyz(units: float, squares: float, periods: int) -> str:
    """X, Y or Z by the coefficient of variation of demand per period: up to 0.5, up to 1, more.

    Args:
        units: the sum over all periods.
        squares: the sum of the squared units of each period; periods without a sale add nothing.
        periods: how many there are, those without a sale included. The spread is that of the population (n).
    """
    if units <= 0 or periods < 1:
        return "Z"
    mean = units / periods
    variance = max(squares / periods - mean * mean, 0.0)
    spread = math.sqrt(variance) / mean
    return "X" if spread <= X_SPREAD else "Y" if spread <= Y_SPREAD else "Z"
