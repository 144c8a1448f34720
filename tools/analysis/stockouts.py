"""Whether goods ran out after something was done about their stock, or would have without it. Pure.

What is on hand decides where it is known. A product that stopped selling though it usually does is taken to have run
out where as long a silence would happen by chance less often than once in twenty (Poisson, at its usual rate).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp

CHANCE = 0.05


class Outcome(StrEnum):
    """What became of a product's stock."""

    RAN_OUT = "ran_out"
    PROBABLY_OUT = "probably_out"
    AVOIDED = "avoided"
    IN_STOCK = "in_stock"
    NOT_IN = "not_in"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stock:
    """One product in one store, some days after.

    Attributes:
        on_hand: pieces now; None where the source does not say.
        sold: pieces on each whole day since on which the store sold anything, oldest first.
        usual: pieces of an average day before.
        brought: pieces that were to come; 0 where nothing was to.
        arrived: how many of them are booked in; None where bookings are not known.
    """

    on_hand: float | None
    sold: Sequence[float]
    usual: float
    brought: float = 0.0
    arrived: float | None = None


def outcome(stock: Stock) -> Outcome:
    """What became of it.

    ``AVOIDED``: some of the pieces that came have been sold by now, so that without them nothing would be left.
    ``NOT_IN``: pieces were to come and none is booked in yet, and it has not run out.
    """
    if stock.on_hand is not None and stock.on_hand <= 0:
        return Outcome.RAN_OUT
    silent = 0
    for pieces in reversed(stock.sold):
        if pieces > 0:
            break
        silent += 1
    if silent and exp(-stock.usual * silent) < CHANCE:
        return Outcome.PROBABLY_OUT
    if stock.on_hand is None:
        return Outcome.UNKNOWN
    if stock.brought > 0 and not stock.arrived:
        return Outcome.NOT_IN
    if stock.arrived and stock.on_hand < stock.arrived and sum(stock.sold) > 0:
        return Outcome.AVOIDED
    return Outcome.IN_STOCK
