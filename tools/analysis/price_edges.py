"""Where to cut a range of prices into bands that people would choose. Pure.

Given prices with their units, the cuts lie at the quantiles of units, moved to the nearest round price: 1, 1.50,
2, 2.50 … of the magnitude of the price, so that a band reads ``2.00 to 3.00`` and not ``1.97 to 3.04``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def edges_of(priced: Sequence[tuple[Decimal, Decimal]], bands: int) -> list[Decimal]:
    """At most ``bands`` - 1 rising prices that cut (price, units) pairs into bands of like units.

    Fewer come back where prices are too alike to be told apart in round numbers.
    """
    ordered = sorted(priced)
    whole = sum((units for _, units in ordered), Decimal(0))
    edges: list[Decimal] = []
    reached, place = Decimal(0), 1
    for price, units in ordered:
        reached += units
        while place < bands and reached * bands >= whole * place:
            edge = round_price(price)
            if edge > 0 and (not edges or edge > edges[-1]):
                edges.append(edge)
            place += 1
    # A cut below the cheapest or above the dearest price would leave a band empty.
    return [edge for edge in edges if ordered[0][0] < edge <= ordered[-1][0]]


def round_price(price: Decimal) -> Decimal:
    """The nearest half of the price's own magnitude: 0.97 is 0.95, 3.3 is 3.5, 27 is 25, 0 stays 0."""
    if price <= 0:
        return Decimal(0)
    step = Decimal(1).scaleb(price.adjusted()) / 2
    return ((price / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step).normalize() + 0
