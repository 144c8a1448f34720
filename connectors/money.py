"""Money arithmetic that every platform needs: major and minor units, and splitting an amount so that it adds up.

Nothing here is a float. Halves are rounded away from zero, as tills do.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from connectors.currency import minor_exponent

_HIGHEST_MINOR = 99_999_999_999


@lru_cache(maxsize=4_096)
def major(amount: int, currency: str) -> Decimal:
    """Minor units as a decimal in major units: 1050 USD is 10.50, 1050 JPY is 1050."""
    return Decimal(amount).scaleb(-minor_exponent(currency))


def to_minor(amount: Any, currency: str) -> int:
    """A decimal amount in major units as whole minor units.

    Raises:
        ValueError: not a finite number.
    """
    try:
        value = Decimal(str(amount)).scaleb(minor_exponent(currency))
    except InvalidOperation:
        raise ValueError("an amount that is not a number") from None
    if not value.is_finite():
        raise ValueError("an amount that is not a number")
    return rounded(value)


def price_minor(price: Any, currency: str) -> int | None:
    """A price that somebody asks for, in minor units; None when no till could hold it: finer, negative, too high."""
    try:
        amount = Decimal(str(price)).scaleb(minor_exponent(currency))
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount <= _HIGHEST_MINOR:
        return None
    return int(amount)


def rounded(amount: Decimal) -> int:
    """To a whole unit."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Split ``total`` in proportion to ``weights`` (not negative) so that the parts add up to it exactly.

    Ties go to the earlier part. Weights that are all zero count as equal; no weights give no parts.
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    shares = [divmod(total * weight, whole) for weight in weights]
    parts = [share for share, _ in shares]
    order = sorted(range(len(weights)), key=lambda index: (-shares[index][1], index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


def whole_parts(exact: Sequence[Decimal], total: int) -> list[int]:
    """Whole numbers near ``exact`` that add up to ``total``; what is missing goes to the largest remainders first.

    Ties go to the earlier part. No parts give no parts, whatever the total.
    """
    parts = [int(value.to_integral_value(ROUND_FLOOR)) for value in exact]
    missing = total - sum(parts)
    order = sorted(range(len(exact)), key=lambda index: (parts[index] - exact[index], index))
    if missing < 0:
        order.reverse()
    for turn in range(abs(missing) if parts else 0):
        parts[order[turn % len(order)]] += 1 if missing > 0 else -1
    return parts
