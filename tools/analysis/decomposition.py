"""A change split into parts that add up to it exactly.

A product of two factors is split at the mean of both sides, which is the Shapley value of each factor; factors that
belong together are split again inside their own part (Owen 1977, “Values of games with a priori unions”; Shorrocks
2013, “Decomposition procedures for distributional analysis”, J. Econ. Inequality 11). Price and mix are the price and
quantity indicators of Bennet (1920). Everything is exact in fractions; only ``apportion``
rounds, and keeps the sum.

A ratio that one side does not have (nothing sold, nobody there) is taken from the other side, so that the whole
change falls to the factor that is known to have been zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tools.analysis.exact import ZERO, Parts, Ratio, added_ratios, whole


@dataclass(frozen=True, slots=True)
class Goods:
    """Sums over the goods of one side, in minor units and pieces.

    Attributes:
        pieces: how many pieces were sold.
        value: the value of those pieces, such as net sales or cost.
        common: the part of ``value`` that belongs to products sold on both sides.
        repriced: those products at this side's value per piece and the other side's pieces.
    """

    pieces: Fraction = ZERO
    value: Fraction = ZERO
    common: Fraction = ZERO
    repriced: Fraction = ZERO

    def each(self) -> Fraction | None:
        """Value per piece; None without pieces."""
        return self.value / self.pieces if self.pieces else None


@dataclass(frozen=True, slots=True)
class Trade:
    """One side of one store: ``counted`` transactions are those of days with visitors on both sides.

    ``unpieced`` is the net value of goods not sold by the piece and of amounts without a product.
    """

    transactions: Fraction = ZERO
    goods: Goods = Goods()
    unpieced: Fraction = ZERO
    visitors: Fraction = ZERO
    counted: Fraction = ZERO

    @property
    def net(self) -> Fraction:
        """Net sales."""
        return self.goods.value + self.unpieced


def two(before: tuple[Fraction | None, Fraction | None], now: tuple[Fraction | None, Fraction | None]) -> tuple[
    Fraction, Fraction
]:  # fmt: skip
    """What each of two factors adds to the change of their product, each at the mean of the other."""
    (a0, b0), (a1, b1) = before, now
    a0, a1 = _shared(a0, a1)
    b0, b1 = _shared(b0, b1)
    return (a1 - a0) * (b0 + b1) / 2, (b1 - b0) * (a0 + a1) / 2


def _shared(before: Fraction | None, now: Fraction | None) -> tuple[Fraction, Fraction]:
    known = before if now is None else now
    known = ZERO if known is None else known
    return known if before is None else before, known if now is None else now


def _mean(before: Fraction | None, now: Fraction | None) -> Fraction:
    a, b = _shared(before, now)
    return (a + b) / 2


def price_change(before: Goods, now: Goods) -> Fraction:
    """How much the value per piece moved because like products did, at the mean of both sides' shares of pieces."""
    if not before.pieces or not now.pieces:
        return ZERO
    old = (now.repriced - before.common) / before.pieces
    new = (now.common - before.repriced) / now.pieces
    return (old + new) / 2


def mix_change(before: Goods, now: Goods) -> Fraction:
    """How much the value per piece moved because other products were sold, new and dropped ones among them."""
    a, b = _shared(before.each(), now.each())
    return b - a - price_change(before, now)


def settled(side: Trade) -> tuple[Trade, Fraction]:
    """The side without what no factor can carry, and that amount: refunds where nothing was sold.

    Value of goods whose pieces cancel out is counted with the goods that have no pieces.
    """
    if not side.transactions and (side.net or side.goods.pieces):
        return Trade(visitors=side.visitors, counted=side.counted), side.net
    if not side.goods.pieces and side.goods.value:
        moved = side.unpieced + side.goods.value
        return Trade(side.transactions, Goods(), moved, side.visitors, side.counted), ZERO
    return side, ZERO


def transaction_parts(before: Trade, now: Trade) -> dict[str, Fraction]:
    """The change of transactions: ``traffic`` and ``conversion`` where counted, ``transactions`` elsewhere."""
    traffic, conversion = two(
        (before.visitors, before.counted / before.visitors if before.visitors else None),
        (now.visitors, now.counted / now.visitors if now.visitors else None),
    )
    if not (before.visitors and now.visitors):
        traffic = conversion = ZERO
    rest = now.transactions - before.transactions - traffic - conversion
    return {"traffic": traffic, "conversion": conversion, "transactions": rest}


def basket_parts(before: Trade, now: Trade) -> dict[str, Fraction]:
    """The change of net sales per transaction, of two settled sides that both have transactions."""
    units0, units1 = (side.goods.pieces / side.transactions for side in (before, now))
    units, _ = two((units0, before.goods.each()), (units1, now.goods.each()))
    at = (units0 + units1) / 2
    return {
        "units_per_transaction": units,
        "price": at * price_change(before.goods, now.goods),
        "mix": at * mix_change(before.goods, now.goods),
        "unpieced": now.unpieced / now.transactions - before.unpieced / before.transactions,
    }


def net_sales_parts(before: Trade, now: Trade) -> dict[str, Fraction]:
    """The change of net sales of one store, in parts that add up to it.

    Net sales = transactions x (units per transaction x value per piece + value without pieces per transaction), and
    transactions = visitors x conversion where visitors are known.
    """
    return {name: Fraction(*ratio) for name, ratio in _net_sales_ratios(before, now).items()}


def net_sales_parts_of_all(stores: Iterable[tuple[Trade, Trade]]) -> dict[str, Fraction]:
    """``net_sales_parts`` of every store, given as (before, now), added up by name."""
    return added_ratios(_net_sales_ratios(before, now) for before, now in stores)


def _net_sales_ratios(before: Trade, now: Trade) -> dict[str, Ratio]:
    before, refunds0 = settled(before)
    now, refunds1 = settled(now)
    refunds = (refunds1 - refunds0).as_integer_ratio() if refunds0 or refunds1 else (0, 1)
    if before.transactions and now.transactions and before.goods.pieces and now.goods.pieces:
        return {**_net_sales_ratios_of_goods(before, now), "refunds": refunds}
    basket0 = before.net / before.transactions if before.transactions else None
    basket1 = now.net / now.transactions if now.transactions else None
    weight = _mean(basket0, basket1)
    parts = {name: value * weight for name, value in transaction_parts(before, now).items()}
    if before.transactions and now.transactions:
        mean = (before.transactions + now.transactions) / 2
        parts |= {name: value * mean for name, value in basket_parts(before, now).items()}
    return {**{name: value.as_integer_ratio() for name, value in parts.items()}, "refunds": refunds}


def _net_sales_ratios_of_goods(before: Trade, now: Trade) -> dict[str, Ratio]:
    """``transaction_parts`` and ``basket_parts`` in money, of two sides that both have transactions and pieces.

    This is the case of nearly every store, and there may be thousands: numerators and denominators are multiplied out
    as whole numbers, and no part is reduced before those of all stores are added up.
    """
    t0, t1, w0, w1, k0, k1 = whole(
        before.transactions, now.transactions, before.visitors, now.visitors, before.counted, now.counted
    )[0]
    (p0, p1), _ = whole(before.goods.pieces, now.goods.pieces)
    a, b = before.goods, now.goods
    (v0, v1, c0, c1, r0, r1, u0, u1), unit = whole(
        a.value, b.value, a.common, b.common, a.repriced, b.repriced, before.unpieced, now.unpieced
    )
    both = t0 * t1 * unit
    weight = (v0 + u0) * t1 + (v1 + u1) * t0
    traffic: Ratio = (0, 1)
    conversion: Ratio = (0, 1)
    rest = t1 - t0
    if w0 and w1:
        traffic = (w1 - w0) * (k0 * w1 + k1 * w0) * weight, 4 * w0 * w1 * both
        conversion = (k1 * w0 - k0 * w1) * (w0 + w1) * weight, 4 * w0 * w1 * both
        rest -= k1 - k0
    mean = t0 + t1
    at = (p0 * t1 + p1 * t0) * mean
    price = (r1 - c0) * p1 + (c1 - r0) * p0
    mix = 2 * (v1 * p0 - v0 * p1) - price
    return {
        "traffic": traffic,
        "conversion": conversion,
        "transactions": (rest * weight, 2 * both),
        "units_per_transaction": ((p1 * t0 - p0 * t1) * (v0 * p1 + v1 * p0) * mean, 4 * p0 * p1 * both),
        "price": (at * price, 8 * p0 * p1 * both),
        "mix": (at * mix, 8 * p0 * p1 * both),
        "unpieced": ((u1 * t0 - u0 * t1) * mean, 2 * both),
    }


def unit_parts(before: Trade, now: Trade) -> dict[str, Fraction]:
    """The change of units of one store: through transactions and through units per transaction."""
    each0, each1 = (side.goods.pieces / side.transactions if side.transactions else None for side in (before, now))
    returned = sum(
        (side.goods.pieces if not side.transactions else ZERO) * sign for side, sign in ((now, 1), (before, -1))
    )
    weight = _mean(each0, each1)
    parts = {name: value * weight for name, value in transaction_parts(before, now).items()}
    _, per = two((before.transactions, each0), (now.transactions, each1))
    return {**parts, "units_per_transaction": per, "refunds": Fraction(returned)}


@dataclass(frozen=True, slots=True)
class Earned:
    """One side's margin of one store: the same pieces at list price, at their discounts and at their cost.

    ``unpieced_net`` and ``unpieced_cost`` are of goods without pieces, ``unsure_net`` and ``unsure_cost`` the known
    part of products whose cost is not known throughout.
    """

    listed: Goods = Goods()
    discount: Goods = Goods()
    cost: Goods = Goods()
    unpieced_net: Fraction = ZERO
    unpieced_cost: Fraction = ZERO
    unsure_net: Fraction = ZERO
    unsure_cost: Fraction = ZERO

    @property
    def pieced_net(self) -> Fraction:
        """Net sales of the goods sold by the piece."""
        return self.listed.value - self.discount.value

    @property
    def net(self) -> Fraction:
        """Net sales whose cost is known."""
        return self.pieced_net + self.unpieced_net + self.unsure_net

    @property
    def margin(self) -> Fraction:
        """Gross margin."""
        return self.net - self.cost.value - self.unpieced_cost - self.unsure_cost


def _each_parts(before: Earned, now: Earned, *, cost: bool = True) -> dict[str, Fraction]:
    """The change per piece of the margin, or with ``cost`` false of the net price."""
    parts = {
        "price": price_change(before.listed, now.listed),
        "discount": -price_change(before.discount, now.discount),
        "cost": -price_change(before.cost, now.cost) if cost else ZERO,
        "mix": mix_change(before.listed, now.listed) - mix_change(before.discount, now.discount),
    }
    parts["mix"] -= mix_change(before.cost, now.cost) if cost else ZERO
    return parts


def margin_parts(before: Earned, now: Earned) -> dict[str, Fraction]:
    """The change of gross margin of one store: volume, price, discount depth, cost, mix, and what has no pieces."""
    before, now = (_pieced(side) for side in (before, now))
    each0, each1 = (
        (side.pieced_net - side.cost.value) / side.listed.pieces if side.listed.pieces else None
        for side in (before, now)
    )
    volume, _ = two((before.listed.pieces, each0), (now.listed.pieces, each1))
    mean = (before.listed.pieces + now.listed.pieces) / 2
    parts = {name: value * mean for name, value in _each_parts(before, now).items()}
    return {
        "volume": volume,
        **parts,
        "unpieced": now.unpieced_net - now.unpieced_cost - before.unpieced_net + before.unpieced_cost,
        "unknown_cost": now.unsure_net - now.unsure_cost - before.unsure_net + before.unsure_cost,
    }


def _pieced(side: Earned) -> Earned:
    """The side with goods whose pieces cancel out counted as goods without pieces."""
    if side.listed.pieces:
        return side
    return Earned(
        unpieced_net=side.unpieced_net + side.pieced_net,
        unpieced_cost=side.unpieced_cost + side.cost.value,
        unsure_net=side.unsure_net,
        unsure_cost=side.unsure_cost,
    )


def margin_rate_parts(sides: Sequence[tuple[Earned, Earned]]) -> dict[str, Fraction]:
    """The change of gross margin as a share of net sales, over stores given as (before, now).

    Each store's goods by the piece, goods without pieces and goods of unsure cost are a cell of their own; shares of
    net sales that move between cells are mix. Inside a cell by the piece the rate is margin per piece over net price
    per piece, split like any product of two factors. The parts add up to the difference of the two rates; a side
    without known net sales has none, and then there are no parts.
    """
    pairs = [(_pieced(before), _pieced(now)) for before, now in sides]
    whole = [sum((pair[side].net for pair in pairs), ZERO) for side in (0, 1)]
    if not all(whole):
        return {}
    rates = [sum((pair[side].margin for pair in pairs), ZERO) / whole[side] for side in (0, 1)]
    middle = (rates[0] + rates[1]) / 2
    parts = dict.fromkeys(("price", "discount", "cost", "mix", "unpieced", "unknown_cost"), ZERO)
    for before, now in pairs:
        for name, cells in zip(
            ("", "unpieced", "unknown_cost"), zip(_cells(before), _cells(now), strict=True), strict=True
        ):
            (net0, margin0), (net1, margin1) = cells
            share0, share1 = net0 / whole[0], net1 / whole[1]
            moved = margin1 / whole[1] - margin0 / whole[0] - middle * (share1 - share0)
            if not (net0 and net1):
                parts[name or "mix"] += moved
                continue
            share = (share0 + share1) / 2
            parts["mix"] += moved - (margin1 / net1 - margin0 / net0) * share
            within = {name: margin1 / net1 - margin0 / net0} if name else _rate_each(before, now)
            for part, value in within.items():
                parts[part] += value * share
    return parts


def _cells(side: Earned) -> list[tuple[Fraction, Fraction]]:
    """Net sales and margin of goods by the piece, goods without pieces, and goods of unsure cost."""
    return [
        (side.pieced_net, side.pieced_net - side.cost.value),
        (side.unpieced_net, side.unpieced_net - side.unpieced_cost),
        (side.unsure_net, side.unsure_net - side.unsure_cost),
    ]


def _rate_each(before: Earned, now: Earned) -> dict[str, Fraction]:
    """The change of margin over net price, per piece, of sides that both have pieces and net sales."""
    price = [side.pieced_net / side.listed.pieces for side in (before, now)]
    margin = [(side.pieced_net - side.cost.value) / side.listed.pieces for side in (before, now)]
    on_margin, on_price = _each_parts(before, now), _each_parts(before, now, cost=False)
    inverse = (1 / price[0] + 1 / price[1]) / 2
    middle = (margin[0] + margin[1]) / 2 / (price[0] * price[1])
    return {name: on_margin[name] * inverse - middle * on_price[name] for name in on_margin}


def rate_contributions(groups: Mapping[str, tuple[Parts, Parts]]) -> dict[str, Fraction]:
    """What each group adds to the change of a ratio of sums, over all groups.

    Args:
        groups: per group before and now, each with ``n`` (numerator) and ``d`` (denominator).

    Returns:
        ``n1/D1 - n0/D0 - mean ratio x (d1/D1 - d0/D0)`` per group; these add up to ``N1/D1 - N0/D0``. Empty where
        one side has no denominator.
    """
    whole = [{key: sum((pair[side][key] for pair in groups.values()), ZERO) for key in "nd"} for side in (0, 1)]
    if not all(side["d"] for side in whole):
        return {}
    mean = (whole[0]["n"] / whole[0]["d"] + whole[1]["n"] / whole[1]["d"]) / 2
    return {
        key: sum(
            (
                sign * (side["n"] - mean * side["d"]) / total["d"]
                for side, total, sign in zip(pair, whole, (-1, 1), strict=True)
            ),
            ZERO,
        )
        for key, pair in groups.items()
    }
