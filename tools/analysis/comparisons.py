"""Change, change in per cent, and which stores may be held against each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal


def change(value: Decimal, before: Decimal) -> Decimal:
    """``value`` minus ``before``."""
    return value - before


def change_pct(value: Decimal, before: Decimal) -> Decimal | None:
    """The change in per cent of the size of ``before``, half-even to one decimal; None when ``before`` is zero.

    A negative base counts by its size, so that a smaller loss is a positive change.
    """
    if before == 0:
        return None
    percent = ((value - before) * 100 / abs(before)).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
    return percent or abs(percent)


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """Stores with data in both periods, and those that only one of them has. All sorted."""

    both: tuple[str, ...]
    only_now: tuple[str, ...]
    only_before: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """True when the two periods were not made by the same stores."""
        return bool(self.only_now or self.only_before)


def like_for_like(now: Collection[str], before: Collection[str]) -> LikeForLike:
    """Split the stores of two periods."""
    a, b = set(now), set(before)
    if a == b:
        return LikeForLike(tuple(sorted(now)), (), ())  # days with sales stand in order: nothing is left to sort
    return LikeForLike(tuple(sorted(a & b)), tuple(sorted(a - b)), tuple(sorted(b - a)))
