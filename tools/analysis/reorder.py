"""When and how much to order: reorder point and order-up-to level of a product in a store.

Textbook periodic and continuous review (Silver, Pyke and Thomas, Inventory and Production Management, ch. 6-7), with
normal demand over the lead time. Everything is Decimal; quantities are pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from tools.analysis.demand import Demand

SERVICE_LEVEL = "95 %"
SAFETY_FACTOR = Decimal("1.645")
"""The standard normal quantile of the service level."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days from an order to the goods: mean and spread; ``known`` is false where they are assumed."""

    mean: Decimal
    sd: Decimal
    known: bool = True


ASSUMED_LEAD = LeadTime(Decimal(7), Decimal(2), known=False)
"""What is taken where no supplier tells a lead time; the answer says so."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What the arithmetic gives for one product in one store.

    ``position`` is on hand plus on order; an order is due when it is at or below ``reorder_point``. ``quantity`` is
    then what lifts it to ``up_to``, in whole packs and not below the smallest order; 0 when no order is due.
    """

    position: Decimal
    reorder_point: Decimal
    up_to: Decimal
    quantity: Decimal
    packs: Decimal

    @property
    def due(self) -> bool:
        """Whether an order is due."""
        return self.quantity > 0


def review_days(order_days: str | None, default: int = 7) -> int:
    """The longest wait between two days on which the supplier takes orders: “Mon,Thu” gives 4.

    Args:
        order_days: weekdays by their first three letters, separated by commas.
        default: what an unknown or unreadable text means.
    """
    named = [part.strip().lower()[:3] for part in (order_days or "").split(",")]
    days = sorted({_WEEKDAYS.index(name) for name in named if name in _WEEKDAYS})
    if not days:
        return default
    gaps = [(after - before) % 7 or 7 for before, after in zip(days, [*days[1:], days[0]], strict=True)]
    return max(gaps)


def reorder_point(demand: Demand, lead: LeadTime) -> Decimal:
    """Demand over the lead time plus safety stock ``z * sqrt(L * sd_d^2 + d^2 * sd_L^2)``."""
    return demand.mean * lead.mean + SAFETY_FACTOR * _spread(demand, lead, Decimal(0))


def advise(
    on_hand: Decimal,
    on_order: Decimal,
    demand: Demand,
    lead: LeadTime,
    *,
    review: int,
    pack: Decimal = Decimal(1),
    least: Decimal = Decimal(0),
) -> Advice:
    """Whether to order and how much.

    Args:
        on_hand: pieces; below zero counts as none.
        on_order: pieces ordered and not received.
        demand: of a trading day.
        lead: the supplier's.
        review: days until the order after this one.
        pack: pieces in a pack; orders are whole packs.
        least: the smallest order in pieces.
    """
    position = max(on_hand, Decimal(0)) + on_order
    point = reorder_point(demand, lead)
    up_to = demand.mean * (lead.mean + review) + SAFETY_FACTOR * _spread(demand, lead, Decimal(review))
    pack = pack if pack > 0 else Decimal(1)
    if position > point or demand.mean <= 0:
        return Advice(position, point, up_to, Decimal(0), Decimal(0))
    wanted = max(up_to - position, least, Decimal(1))
    packs = (wanted / pack).to_integral_value(ROUND_CEILING)
    return Advice(position, point, up_to, packs * pack, packs)


def _spread(demand: Demand, lead: LeadTime, review: Decimal) -> Decimal:
    return ((lead.mean + review) * demand.variance + demand.mean**2 * lead.sd**2).sqrt()
