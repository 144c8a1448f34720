"""Which store could give what to which: surplus against shortage of one product, keeping cover in the giver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


@dataclass(frozen=True, slots=True)
class Position:
    """One store's stock of a product: pieces on hand, on order, and the units that it sold in so many trading days."""

    store_id: str
    on_hand: Decimal
    on_order: Decimal
    units: Decimal
    trading_days: int

    def demand(self, days: int) -> Decimal:
        """Whole pieces that last so many days; multiplied before it is divided, as a seventh has no end."""
        if self.units <= 0 or self.trading_days < 1:
            return Decimal(0)
        return (self.units * days / self.trading_days).to_integral_value(ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Transfer:
    """So many whole pieces from one store to another."""

    giver: str
    taker: str
    quantity: Decimal


def match(positions: Sequence[Position], *, keep_days: int, wanted_days: int) -> list[Transfer]:
    """Transfers of one product, the neediest store first and from whom has most to spare.

    A giver may give what is beyond ``keep_days`` of its own demand; a store that does not sell the product may give
    all. A taker is short of ``wanted_days`` of demand, with what is on order counted as there. Whole pieces only.

    Args:
        positions: the stores that may trade with each other.
        keep_days: cover that must stay in the giver.
        wanted_days: cover that the taker is to be lifted to.
    """
    spare = {
        one.store_id: (one.on_hand - one.demand(keep_days)).to_integral_value(ROUND_FLOOR)
        for one in positions
        if one.on_hand > 0
    }
    needs = [
        (wanted - have, one)
        for one in positions
        if (have := max(one.on_hand, Decimal(0)) + one.on_order) < (wanted := one.demand(wanted_days))
    ]
    made = []
    for need, taker in sorted(needs, key=lambda pair: (-pair[0], pair[1].store_id)):
        left = need.to_integral_value(ROUND_CEILING)
        for giver in sorted(spare, key=lambda store: (-spare[store], store)):
            if giver == taker.store_id or spare[giver] <= 0 or left <= 0:
                continue
            moved = min(left, spare[giver])
            spare[giver] -= moved
            left -= moved
            made.append(Transfer(giver, taker.store_id, moved))
    return made
