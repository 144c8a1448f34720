"""Order, share and running sums of groups, and whether a change of a count is more than chance."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeVar

T = TypeVar("T")
_NOISE = 2


def ranked(items: Iterable[T], value: Callable[[T], Decimal | None], *, descending: bool) -> list[T]:
    """Items by value, those without one last; equal ones keep the order they came in."""
    known = [(item, found) for item in items if (found := value(item)) is not None]
    unknown = [item for item in items if value(item) is None]
    return [item for item, _ in sorted(known, key=lambda pair: pair[1], reverse=descending)] + unknown


def share_pct(value: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """A part in per cent of its whole, half-even to one decimal; None without a whole."""
    if value is None or not whole:
        return None
    return (value * 100 / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)


def beyond_noise(now: Decimal, before: Decimal) -> bool:
    """Whether two counts of equal stretches of time differ by more than two standard deviations.

    Counts of rare independent sales scatter with the square root of their mean (Poisson), so the difference of two
    has the variance of their sum.
    """
    return (now - before) ** 2 > _NOISE**2 * max(now + before, Decimal(0))
