"""The parts of a change: which ones a metric has, what each is worth, and how to speak of it.

The parts are computed store by store, added up, and rounded together so that what is shown adds up to the change that
is shown, to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial

from tools.analysis.decomposition import (
    Earned,
    Trade,
    basket_parts,
    margin_parts,
    margin_rate_parts,
    net_sales_parts_of_all,
    settled,
    transaction_parts,
    two,
    unit_parts,
)
from tools.analysis.exact import ZERO, added, apportion, summed
from tools.metrics.evaluate import Group, fetch, total
from tools.metrics.model import LEAST_SEEN, Metric, UnitKind
from tools.metrics.query import Window, build
from tools.why.sides import Sides, earnings, shared_hours, store_days, trades
from tools.why.words import WORDS

PERCENT_DIGITS = 2


_ORDER = (
    "traffic", "conversion", "transactions", "visitors", "units_per_transaction", "volume", "basket", "price",
    "discount", "cost", "mix", "unpieced", "unknown_cost", "returned", "refunds", "stores", "stores_on_one_side",
)  # fmt: skip
_ADDITIVE = ("net_sales", "gross_margin", "transactions", "units")
_ALWAYS = {
    "net_sales": ("units_per_transaction", "price", "mix"),
    "gross_margin": ("volume", "price", "discount", "cost", "mix"),
    "gross_margin_pct": ("price", "discount", "cost", "mix"),
    "average_transaction_value": ("units_per_transaction", "price", "mix"),
    "units": ("units_per_transaction",),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the change as shown, with what moved (its driver) before and now where that is one number."""

    name: str
    effect: Decimal
    before: str | None = None
    now: str | None = None

    @property
    def label(self) -> str:
        """Its name in a table."""
        return WORDS[self.name].label

    @property
    def said(self) -> str:
        """What it is called in a sentence."""
        return WORDS[self.name].up if self.effect >= 0 else WORDS[self.name].down


@dataclass(frozen=True, slots=True)
class Change:
    """A metric on both sides as shown, the change between what is shown, and its parts, which add up to it.

    ``each`` is the net price per unit of both sides, which price and mix move together; ``margin`` is the money behind
    a margin that is a share.
    """

    metric: Metric
    before: Decimal
    now: Decimal
    parts: tuple[Part, ...]
    digits: int
    visitors_known: bool = True
    each: tuple[str, str] | None = None
    margin: tuple[Decimal, Decimal] | None = None
    trades: Mapping[str, tuple[Trade, Trade]] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """The change."""
        return self.now - self.before


def whole(sides: Sides, windows: Sequence[Window]) -> Group:
    """The metric's sums over the windows."""
    asked = sides.asked
    statement = build([sides.metric], windows, None, asked.context.scope, asked.part.only if asked.part else None)
    sides.statements.append(statement)
    return total(fetch(asked.context.mirror, statement))


def change_of(sides: Sides) -> Change | None:
    """The change and its parts; None when one side has no value, such as a margin without any known cost."""
    metric = sides.metric
    if "traffic" in metric.sources:
        known = trades(sides)
        values = _at_the_door(sides, known)
    else:
        known, values = sides.apart(_trades, _values)
    parts, drivers = _METHODS[metric.name](sides, known)
    if values is None:
        return None
    before, now, *money = values
    margin = None
    if money:
        margin = (_rounded(money[0], sides.asked.exponent), _rounded(money[1], sides.asked.exponent))
    digits = _digits(metric, sides.asked.exponent, (before, now))
    if sides.one_side and metric.name in _ADDITIVE:
        parts["stores_on_one_side"] = _one_sided(sides, now - before, parts)
    shown0, shown1 = _rounded(before, digits), _rounded(now, digits)
    scale = 10**digits
    unit = unit_of(metric, sides.asked.exponent)
    shares = apportion({name: value * unit * scale for name, value in parts.items()}, int((shown1 - shown0) * scale))
    kept = _ALWAYS.get(metric.name, ()) if not sides.cut else ()
    made = [
        Part(name, Decimal(shares[name]).scaleb(-digits), *drivers.get(name, (None, None)))
        for name in _ORDER
        if name in shares and (shares[name] or name in kept or name in drivers)
    ]
    counted = any(before.visitors and now.visitors for before, now in known.values())
    return Change(metric, shown0, shown1, tuple(made), digits, counted, drivers.get("each"), margin, known)


def _trades(sides: Sides) -> Mapping[str, tuple[Trade, Trade]]:
    """The trade of each store, which a margin is not split by."""
    return {} if sides.metric.name in ("gross_margin", "gross_margin_pct") else trades(sides)


def unit_of(metric: Metric, exponent: int) -> Fraction:
    """What one of the raw unit is in the unit shown."""
    if metric.unit_kind is UnitKind.MONEY:
        return Fraction(1, 10**exponent)
    return Fraction(100) if metric.unit_kind is UnitKind.PERCENT else Fraction(1)


def _digits(metric: Metric, exponent: int, values: tuple[Fraction, Fraction]) -> int:
    if metric.unit_kind is UnitKind.MONEY:
        return exponent
    if metric.unit_kind is UnitKind.PERCENT:
        return PERCENT_DIGITS
    return 0 if all(value.denominator == 1 for value in values) else 1


def _rounded(value: Fraction, digits: int) -> Decimal:
    return Decimal(round(value * 10**digits)).scaleb(-digits)


def _at_the_door(sides: Sides, known: Mapping[str, tuple[Trade, Trade]]) -> tuple[Fraction, ...] | None:
    """Visitors or conversion before and now, over the hours counted on both sides; None where these are too few."""
    sums = _counted(known)
    if not shared_hours(sides) or not enough_shared(known):
        return None
    if sides.metric.name == "visitors":
        return tuple(visitors for _, visitors in sums)
    if not all(visitors for _, visitors in sums):
        return None
    return tuple(counted / visitors * 100 for counted, visitors in sums)


def enough_shared(known: Mapping[str, tuple[Trade, Trade]]) -> bool:
    """Whether the hours counted on both sides hold enough of the transactions of both, at stores that count."""
    at_doors = [pair for pair in known.values() if pair[0].visitors or pair[1].visitors]
    return bool(at_doors) and all(
        summed(pair[side].counted for pair in at_doors)
        >= Fraction(LEAST_SEEN) * summed(pair[side].transactions for pair in at_doors)
        for side in (0, 1)
    )


def _counted(known: Mapping[str, tuple[Trade, Trade]]) -> list[tuple[Fraction, Fraction]]:
    """Transactions and visitors, before and now, of the hours counted on both sides."""
    return [
        (
            summed(pair[side].counted for pair in known.values()),
            summed(pair[side].visitors for pair in known.values()),
        )
        for side in (0, 1)
    ]


def _values(sides: Sides) -> tuple[Fraction, ...] | None:
    """The metric before and now, exact, in the unit shown; a margin that is a share is followed by its money."""
    metric, unit = sides.metric, unit_of(sides.metric, sides.asked.exponent)
    values, money = [], []
    before, now = sides.apart(*(partial(whole, windows=windows) for windows in (sides.before, sides.now)))
    for group, share in ((before, sides.parts_of_norm), (now, 1)):
        sums = group.sums
        top, bottom = sums.get(f"n_{metric.name}"), sums.get(f"d_{metric.name}")
        if top is None and sides.asked.part and metric.is_sum:
            top = Decimal(0)
        if top is None or (not metric.is_sum and not bottom):
            return None
        values.append(Fraction(top) / (Fraction(share) if bottom is None else Fraction(bottom)) * unit)
        money.append(Fraction(top) / share / 10**sides.asked.exponent)
    return (*values, *(money if metric.name == "gross_margin_pct" else ()))


def _one_sided(sides: Sides, change: Fraction, parts: Mapping[str, Fraction]) -> Fraction:
    """What stores that sold on one side only make up: the rest, as every other store's parts add up to its change."""
    return change / unit_of(sides.metric, sides.asked.exponent) - sum(parts.values(), ZERO)


Made = tuple[dict[str, Fraction], dict[str, tuple[str, str]]]


def _net_sales(sides: Sides, known: Mapping[str, tuple[Trade, Trade]]) -> Made:
    parts = net_sales_parts_of_all(known.values())
    if sides.cut:
        parts["basket"] = parts.pop("unpieced", ZERO)
    return parts, _trade_drivers(sides, known)


def _transactions(sides: Sides, known: Mapping[str, tuple[Trade, Trade]]) -> Made:
    drivers = _trade_drivers(sides, known)
    return added(transaction_parts(before, now) for before, now in known.values()), {
        name: drivers[name] for name in ("traffic", "conversion", "transactions") if name in drivers
    }


def _units(sides: Sides, known: Mapping[str, tuple[Trade, Trade]]) -> Made:
    drivers = _trade_drivers(sides, known)
    return added(unit_parts(before, now) for before, now in known.values()), {
        name: drivers[name]
        for name in ("traffic", "conversion", "transactions", "units_per_transaction")
        if name in drivers
    }


def _average(sides: Sides, known: Mapping[str, tuple[Trade, Trade]]) -> Made:
    """Net sales per transaction over stores: what moved inside each store, and each store's share of transactions."""
    returned = _returned(sides)
    sums = [summed(pair[side].transactions for pair in known.values()) for side in (0, 1)]
    parts: dict[str, Fraction] = {}
    if not all(sums):
        return parts, {}
    for store, pair in known.items():
        before, now = (settled(side)[0] for side in pair)
        share = [side.transactions / whole for side, whole in zip((before, now), sums, strict=True)]
        rate = [
            (side.net + refund) / side.transactions if side.transactions else None
            for side, refund in zip((before, now), returned[store], strict=True)
        ]
        within = {}
        if before.transactions and now.transactions:
            within = basket_parts(before, now)
            refunds = [refund / side.transactions for side, refund in zip((before, now), returned[store], strict=True)]
            within["returned"] = refunds[1] - refunds[0]
        _, moved = two((rate[0], share[0]), (rate[1], share[1]))
        parts = added(
            [parts, {name: value * (share[0] + share[1]) / 2 for name, value in within.items()}, {"stores": moved}]
        )
    drivers = _trade_drivers(sides, known)
    return parts, {name: drivers[name] for name in ("units_per_transaction", "each") if name in drivers}


def _returned(sides: Sides) -> dict[str, tuple[Fraction, Fraction]]:
    """Per store the value of refund documents, which net sales has and the average transaction has not."""
    sums: list[dict[str, Fraction]] = []
    for earlier, share in ((True, sides.parts_of_norm), (False, 1)):
        side: dict[str, Fraction] = {}
        for (store, _), day in store_days(sides, before=earlier).items():
            side[store] = side.get(store, ZERO) + Fraction(day.sale_net - day.net) / share
        sums.append(side)
    return {
        store.store_id: (sums[0].get(store.store_id, ZERO), sums[1].get(store.store_id, ZERO)) for store in sides.both
    }


def _conversion(known: Mapping[str, tuple[Trade, Trade]]) -> Made:
    (sold0, seen0), (sold1, seen1) = _counted(known)
    if not (seen0 and seen1):
        return {}, {}
    sold, seen = two((sold0, 1 / seen0), (sold1, 1 / seen1))
    return {"transactions": sold, "visitors": seen}, {
        "transactions": (_plain(sold0), _plain(sold1)),
        "visitors": (_plain(seen0), _plain(seen1)),
    }


def _margin(sides: Sides) -> Made:
    earned = earnings(sides)
    both = {store.store_id for store in sides.both}
    parts = added(margin_parts(before, now) for store, (before, now) in earned.items() if store in both)
    return parts, _earned_drivers(sides, earned)


def _margin_rate(sides: Sides) -> Made:
    earned = earnings(sides)
    drivers = _earned_drivers(sides, earned)
    drivers.pop("volume", None)
    return margin_rate_parts(list(earned.values())), drivers


def _trade_drivers(sides: Sides, known: Mapping[str, tuple[Trade, Trade]]) -> dict[str, tuple[str, str]]:
    """Visitors, conversion, transactions, units per transaction and value per piece of both sides, written out."""
    sums = [
        {
            "visitors": summed(pair[side].visitors for pair in known.values()),
            "counted": summed(pair[side].counted for pair in known.values()),
            "transactions": summed(pair[side].transactions for pair in known.values()),
            "pieces": summed(pair[side].goods.pieces for pair in known.values()),
            "value": summed(pair[side].goods.value for pair in known.values()),
            "unpieced": summed(pair[side].unpieced for pair in known.values()),
        }
        for side in (0, 1)
    ]
    exponent = sides.asked.exponent
    drivers: dict[str, tuple[str, str]] = {}
    if all(side["visitors"] for side in sums):
        drivers["traffic"] = _pair(_plain(side["visitors"]) for side in sums)
        drivers["conversion"] = _pair(f"{_ratio(side, 'counted', 'visitors', 100)} %" for side in sums)
    rest = [side["transactions"] - side["counted"] for side in sums]
    if any(rest) or "traffic" not in drivers:
        drivers["transactions"] = _pair(_plain(value) for value in rest)
    if all(side["transactions"] for side in sums) and not sides.cut:
        drivers["units_per_transaction"] = _pair(_ratio(side, "pieces", "transactions", 1) for side in sums)
    if all(side["pieces"] for side in sums):
        drivers["each"] = _pair(_ratio(side, "value", "pieces", Fraction(1, 10**exponent)) for side in sums)
    if any(side["unpieced"] for side in sums) and not sides.cut:
        drivers["unpieced"] = _pair(f"{_rounded(side['unpieced'] / 10**exponent, exponent):f}" for side in sums)
    return drivers


def _earned_drivers(sides: Sides, earned: Mapping[str, tuple[Earned, Earned]]) -> dict[str, tuple[str, str]]:
    """Pieces and net price per piece of the goods whose cost is known."""
    sums = [
        {
            "pieces": summed(pair[side].listed.pieces for pair in earned.values()),
            "value": summed(pair[side].pieced_net for pair in earned.values()),
        }
        for side in (0, 1)
    ]
    if not all(side["pieces"] for side in sums):
        return {}
    unit = Fraction(1, 10**sides.asked.exponent)
    return {
        "volume": _pair(_plain(side["pieces"]) for side in sums),
        "each": _pair(_ratio(side, "value", "pieces", unit) for side in sums),
    }


def _pair(values: Iterable[str]) -> tuple[str, str]:
    before, now = values
    return before, now


def _plain(value: Fraction) -> str:
    return f"{_rounded(value, 0 if value.denominator == 1 else 1):f}"


def _ratio(sums: Mapping[str, Fraction], top: str, bottom: str, unit: Fraction | int) -> str:
    return f"{_rounded(sums[top] / sums[bottom] * unit, 2):f}"


_METHODS: Mapping[str, Callable[[Sides, Mapping[str, tuple[Trade, Trade]]], Made]] = {
    "net_sales": _net_sales,
    "transactions": _transactions,
    "units": _units,
    "average_transaction_value": _average,
    "conversion": lambda _, known: _conversion(known),
    "visitors": lambda *_: ({}, {}),
    "gross_margin": lambda sides, _: _margin(sides),
    "gross_margin_pct": lambda sides, _: _margin_rate(sides),
}
