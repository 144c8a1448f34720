"""How deep to mark down what does not sell: from stock, rate of sale, price and cost; assumptions are parameters.

The rate needed is stock over weeks. With a constant price elasticity e (below -1) a price lower by the share d
multiplies the rate by (1 - d) ** e, so the depth that clears the stock is 1 - multiple ** (1 / e). It is taken up to
the next step, and never deeper than the cap or than the price that still leaves the least margin over cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_UP, Decimal
from enum import StrEnum

STEP = Decimal(5)
FIRST_STEP = Decimal(30)
"""Depth tried where nothing sold, so that nothing can be computed."""
LEAST = Decimal(5)


class Bound(StrEnum):
    """What set the depth."""

    CLEARS = "clears the stock in time"
    COST = "bounded by the least margin over cost"
    CAP = "bounded by the deepest markdown allowed"
    FIRST = "a first step, since no sale tells the rate"
    NONE = "no room above cost"


@dataclass(frozen=True, slots=True)
class Rules:
    """Weeks to clear in, assumed elasticity (below -1), least margin of the new price and deepest cut in per cent."""

    weeks: int = 8
    elasticity: float = -2.0
    least_margin: Decimal = Decimal(0)
    deepest: Decimal = Decimal(50)


@dataclass(frozen=True, slots=True)
class Markdown:
    """A suggestion. ``depth`` in per cent; ``multiple`` is the rate needed over that of now, None where none sold."""

    depth: Decimal
    new_price: Decimal
    multiple: Decimal | None
    margin: Decimal | None
    expected_units: Decimal | None
    sell_through: Decimal | None
    bound: Bound


def suggest(
    stock: Decimal, weekly: Decimal, price: Decimal, cost: Decimal | None, rules: Rules, exponent: int = 2
) -> Markdown:
    """The markdown of one product in one store.

    Args:
        stock: units on hand, above 0.
        weekly: units sold a week lately.
        price: the price now in major units, above 0.
        cost: unit cost in major units, or None where unknown; then only the cap bounds the depth.
        rules: the assumptions.
        exponent: digits of the currency.
    """
    multiple = stock / (weekly * rules.weeks) if weekly > 0 else None
    wanted, bound = FIRST_STEP, Bound.FIRST
    if multiple is not None:
        share = 1 - float(max(multiple, Decimal(1))) ** (1 / rules.elasticity)
        wanted, bound = _up(Decimal(str(share * 100))), Bound.CLEARS
    depth = wanted
    if depth > rules.deepest:
        depth, bound = rules.deepest, Bound.CAP
    room = _room(price, cost, rules, exponent)
    if room is not None and depth > room:
        depth, bound = room, Bound.COST
    if depth < LEAST:
        depth, bound = Decimal(0), Bound.NONE if bound is Bound.COST else bound
    new_price = _marked(price, depth, exponent)
    margin = None if cost is None or new_price <= 0 else (new_price - cost) * 100 / new_price
    if weekly <= 0:
        return Markdown(depth, new_price, None, margin, None, None, bound)
    gain = Decimal(str(float(1 - depth / 100) ** rules.elasticity))
    expected = min(stock, weekly * gain * rules.weeks)
    return Markdown(depth, new_price, multiple, margin, expected, expected * 100 / stock, bound)


def _up(percent: Decimal) -> Decimal:
    """Up to the next step; a sliver of rounding error does not make a step."""
    return (percent / STEP).quantize(Decimal("0.000001")).to_integral_value(rounding=ROUND_UP) * STEP


def _marked(price: Decimal, depth: Decimal, exponent: int) -> Decimal:
    """The price lower by so many per cent, as it would be on the shelf."""
    return (price * (100 - depth) / 100).quantize(Decimal(1).scaleb(-exponent), rounding=ROUND_HALF_EVEN)


def _room(price: Decimal, cost: Decimal | None, rules: Rules, exponent: int) -> Decimal | None:
    """The deepest step whose price, rounded as it would be asked, leaves the least margin; None at an unknown cost."""
    if cost is None:
        return None
    floor = cost * 100 / (100 - rules.least_margin)
    steps = ((price - floor) * 100 / price / STEP).to_integral_value(rounding=ROUND_DOWN)
    if steps > 0 and _marked(price, steps * STEP, exponent) < floor:
        steps -= 1
    return max(steps * STEP, Decimal(0))
