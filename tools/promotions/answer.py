"""The measures of a promotion, from sums to words: lift, dip afterwards, neighbours, baskets, margin and return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import inf
from typing import Any

from tools.analysis.lift import FEW_PRODUCTS, LEAST_UNITS, Lift, Sums, control_variance, over_days, over_products
from tools.frame import Frame
from tools.metrics import METRICS
from tools.metrics.promotions_query import SUPPORTS
from tools.wording import counted, money

_KNOWN_SHARE = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class Side:
    """Actual sums and what was expected, of one part. Money is minor units; expected values are estimates."""

    name: str
    products: int
    units: Decimal
    net: Decimal
    discount: Decimal
    cost: Decimal
    known: Decimal
    expected_units: float
    expected_net: float
    expected_discount: float
    expected_cost: float
    expected_known: float
    title: str = ""

    @property
    def said(self) -> str:
        """What it is called for a person: a name such as “W41” with its dates."""
        return self.title or self.name

    def extra_net_between(self, lift: Lift | None) -> tuple[Decimal, Decimal] | None:
        """Between what the extra net sales lie by the interval of the lift, taken to hold for sales as for units."""
        if lift is None or lift.high == inf or lift.ratio <= 0:
            return None
        low, high = (
            self.net * Decimal(str(end / lift.ratio)) - Decimal(str(round(self.expected_net, 2)))
            for end in (lift.low, lift.high)
        )
        return low, high

    @property
    def margin(self) -> Decimal | None:
        """Gross margin, where the cost of at least nine tenths of net sales is known."""
        return None if self.net <= 0 or self.known < self.net * _KNOWN_SHARE else self.known - self.cost

    @property
    def extra_margin(self) -> Decimal | None:
        """Gross margin less the expected one."""
        if self.margin is None:
            return None
        return self.margin - Decimal(str(round(self.expected_known - self.expected_cost, 2)))

    @property
    def extra_net(self) -> Decimal:
        """Net sales less the expected ones."""
        return self.net - Decimal(str(round(self.expected_net, 2)))

    @property
    def extra_discount(self) -> Decimal:
        """Discounts on these products less those expected."""
        return self.discount - Decimal(str(round(self.expected_discount, 2)))

    @property
    def roi(self) -> Decimal | None:
        """Extra gross margin per unit of money of extra discounts, in per cent; None where either is not known."""
        if self.extra_margin is None or self.extra_discount <= 0:
            return None
        return self.extra_margin * 100 / self.extra_discount


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that was measured; None where there was too little."""

    whole: Side
    lift: Lift
    later: Lift | None
    later_extra: float
    beside: Lift | None
    beside_net: float
    baskets: Mapping[str, tuple[int, Decimal]]
    parts: tuple[tuple[Side, Lift | None], ...]
    new_goods: int = 0
    neighbours: Mapping[str, Lift] = field(default_factory=dict)
    """By the name of a part: what the rest of its categories sold, against the control group."""


Rows = Sequence[Mapping[str, Any]]
"""Rows of ``promotions_query`` as dictionaries."""


def _of(rows: Rows, kind: str) -> Mapping[str, Any] | None:
    return next((row for row in rows if row["kind"] == kind), None)


def own_side(whole: Rows) -> Side | None:
    """What the promoted products sold; None where none of them has days to be held against."""
    own = _of(whole, "part")
    return _side(own, "") if own else None


def own_lift(whole: Rows, daily: Rows) -> Lift | None:
    """The lift of all promoted products together; None where there is nothing to divide."""
    return _lift(_of(whole, "part"), daily, _noise(whole))


def control_units(whole: Rows) -> float:
    """Units of the control group, the fewer of before and during."""
    control = _of(whole, "control")
    return min(_float(control, "during_units"), _float(control, "expected_during_units"))


def _noise(whole: Rows) -> float:
    control = _of(whole, "control")
    return control_variance(_sums(control)) if control else 0.0


def measure(
    side: Side,
    lift: Lift,
    whole: Rows,
    parts: Rows,
    daily: Rows,
    baskets: Rows,
    titles: Mapping[str, str],
    dated: Mapping[str, str],
) -> Measured:
    """From the rows of ``promotions_query`` to measures; ``titles`` and ``dated`` name parts, by their ids."""
    own, beside = _of(whole, "part"), _of(whole, "beside")
    noise, trend = _noise(whole), _ratio(_of(whole, "control"))
    return Measured(
        whole=side,
        lift=lift,
        later=_later(own, daily, noise),
        later_extra=_float(own, "later_units") - _float(own, "expected_later_units"),
        beside=_against(beside, daily, trend, noise),
        beside_net=_float(beside, "during_net") - _float(beside, "expected_during_net") * (trend or 1.0),
        baskets={row["phase"]: (int(row["baskets"]), Decimal(row["other_net"] or 0)) for row in baskets},
        parts=_parts(parts, titles, dated, noise),
        new_goods=int((_of(whole, "new") or {"n": 0})["n"]),
        neighbours=_neighbours(parts, titles, trend, noise),
    )


def _float(row: Mapping[str, Any] | None, name: str) -> float:
    return float(row[name]) if row is not None and row[name] is not None else 0.0


def _sums(row: Mapping[str, Any]) -> Sums:
    return Sums(
        int(row["n"]),
        _float(row, "during_units"),
        _float(row, "expected_during_units"),
        _float(row, "dd"),
        _float(row, "de"),
        _float(row, "ee"),
    )


def _ratio(row: Mapping[str, Any] | None) -> float | None:
    base = _float(row, "expected_during_units")
    return _float(row, "during_units") / base if base > 0 else None


def _lift(own: Mapping[str, Any] | None, daily: Rows, noise: float) -> Lift | None:
    if own is None:
        return None
    if int(own["n"]) >= FEW_PRODUCTS:
        return over_products(_sums(own), noise)
    return over_days(_pairs(daily, "during"), _pairs(daily, "base"))


def _pairs(daily: Rows, phase: str) -> list[tuple[float, float]]:
    return [(float(row["units"]), float(row["expected"])) for row in daily if row["phase"] == phase]


def _later(own: Mapping[str, Any] | None, daily: Rows, noise: float) -> Lift | None:
    """Sales after against the expected ones, where at least as many units as for a lift were to be expected."""
    if own is None or _float(own, "expected_later_units") < LEAST_UNITS:
        return None
    if int(own["n"]) < FEW_PRODUCTS:
        return over_days(_pairs(daily, "later"), _pairs(daily, "base"))
    sums = Sums(
        int(own["n"]), _float(own, "later_units"), _float(own, "expected_later_units"),
        _float(own, "aa"), _float(own, "ax"), _float(own, "xx"),
    )  # fmt: skip
    return over_products(sums, noise)


def _against(beside: Mapping[str, Any] | None, daily: Rows, trend: float | None, noise: float) -> Lift | None:
    """Products of the same categories against the control group; None where too little was sold of them."""
    if beside is None or not trend or _float(beside, "expected_during_units") < LEAST_UNITS:
        return None
    if int(beside["n"]) < FEW_PRODUCTS:
        return over_days(_pairs(daily, "beside"), _pairs(daily, "beside base"))
    found = over_products(_sums(beside), noise)
    if found is None:
        return None
    return Lift(found.ratio / trend, found.low / trend, found.high / trend, found.over, found.count)


def _neighbours(rows: Rows, titles: Mapping[str, str], trend: float | None, noise: float) -> dict[str, Lift]:
    """Those of each part that has enough of them to be told."""
    enough = [row for row in rows if row["kind"] == "neighbours" and int(row["n"]) >= FEW_PRODUCTS]
    told = {titles.get(row["part"], row["part"]): _against(row, (), trend, noise) for row in enough}
    return {name: lift for name, lift in told.items() if lift is not None}


def _parts(
    rows: Rows, titles: Mapping[str, str], dated: Mapping[str, str], noise: float
) -> tuple[tuple[Side, Lift | None], ...]:
    made = []
    for row in rows:
        if row["kind"] != "part":
            continue
        side = _side(row, titles.get(row["part"], row["part"]), dated.get(row["part"], ""))
        thin = side.expected_units < LEAST_UNITS or side.units < LEAST_UNITS or side.products < 5
        made.append((side, None if thin else over_products(_sums(row), noise)))
    order = {name: place for place, name in enumerate(SUPPORTS)}
    return tuple(sorted(made, key=lambda pair: (order.get(pair[0].name, len(order)), pair[0].name)))


def _side(row: Mapping[str, Any], name: str, title: str = "") -> Side:
    units, net, discount, cost, known = (
        Decimal(row[f"during_{column}"] or 0) for column in ("units", "net", "discount", "cost", "known")
    )
    units_due, net_due, discount_due, cost_due, known_due = (
        _float(row, f"expected_during_{column}") for column in ("units", "net", "discount", "cost", "known")
    )
    return Side(
        name, int(row["n"]), units, net, discount, cost, known,
        units_due, net_due, discount_due, cost_due, known_due, title,
    )  # fmt: skip


def signed(ratio: float) -> str:
    """A ratio as per cent more or less: ``+12.5 %``."""
    return f"{(ratio - 1) * 100:+.1f} %"


def _interval(lift: Lift) -> str:
    return f"95 % interval {signed(lift.low)} to {signed(lift.high)}"


def amount_said(minor: Decimal | float, asked: Frame) -> str:
    """Minor units as a sentence says them."""
    return money(major(minor, asked), asked.currency)


def major(minor: Decimal | float, asked: Frame) -> Decimal:
    """Minor units, exact or estimated, as major units."""
    value = minor if isinstance(minor, Decimal) else Decimal(str(round(minor, 2)))
    return METRICS["net_sales"].rounded(value.scaleb(-asked.exponent), asked.exponent)


def headline(asked: Frame, found: Measured, names: Sequence[str]) -> str:
    """The lift with its interval, as one sentence."""
    side, lift = found.whole, found.lift
    what = f"Promotion {names[0]}" if names else "Promotions"
    verdict = (
        ("sold more than expected" if lift.ratio > 1 else "sold less than expected")
        if lift.is_measurable
        else "made no measurable difference"
    )
    return (
        f"{what}{asked.subject} {asked.when}, {asked.stores.label}, {verdict}: {signed(lift.ratio)} units"
        f" ({_interval(lift)}), {counted(round(side.units), 'unit')} of {counted(side.products, 'product')} against"
        f" {side.expected_units:,.0f} expected without."
    )


def sentences(asked: Frame, found: Measured, by: str | None, order: str = "top") -> list[str]:
    """Net sales and margin, the parts, the days after, the neighbours and the baskets."""
    said = [_money_sentence(asked, found.whole, found.lift)]
    said += _part_sentences(found, by, order)
    if by:
        # What came after and in the baskets is of all of them, and told where no part is asked for.
        return [*said, *_neighbour_sentence(found, by)]
    if found.later is not None:
        dip = "a dip afterwards (pull-forward)" if found.later.high < 1 else "no measurable dip afterwards"
        if found.later.low > 1:
            dip = "sales stayed higher afterwards"
        said.append(
            f"Afterwards: {signed(found.later.ratio)} against expected ({_interval(found.later)}): {dip},"
            f" {found.later_extra:+,.0f} units."
        )
    if found.beside is not None:
        taken = (
            f"they lost to it (cannibalisation), about {amount_said(abs(found.beside_net), asked)} of net sales"
            if found.beside.high < 1
            else "no measurable cannibalisation"
        )
        said.append(
            f"Products of the same categories without promotion: {signed(found.beside.ratio)} against the control"
            " group"
            f" ({_interval(found.beside)}): {taken}."
        )
    said += _basket_sentence(asked, found.baskets)
    return said


def extra_net(asked: Frame, side: Side, lift: Lift | None) -> str:
    """The extra net sales with their interval, where the lift has one."""
    between = side.extra_net_between(lift)
    ends = "" if between is None else f", 95 % interval {plus(between[0], asked)} to {plus(between[1], asked)}"
    return f"{plus(side.extra_net, asked)}{ends}"


def _money_sentence(asked: Frame, side: Side, lift: Lift) -> str:
    net = (
        f"Net sales {amount_said(side.net, asked)} against {amount_said(side.expected_net, asked)} expected"
        f" ({extra_net(asked, side, lift)})"
    )
    if side.extra_margin is None or side.margin is None:
        return f"{net}; the cost of more than a tenth of them is unknown, so no margin effect is given."
    text = f"{net}; gross margin {amount_said(side.margin, asked)} ({plus(side.extra_margin, asked)})"
    if side.roi is None:
        return f"{text}; no extra discounts were given, so there is no return on them."
    return f"{text} for {amount_said(side.extra_discount, asked)} more in discounts: {side.roi:+.0f} % return on them."


def plus(minor: Decimal, asked: Frame) -> str:
    """An amount of minor units with its sign."""
    return f"{'+' if minor >= 0 else ''}{amount_said(minor, asked)}"


def _part_sentences(found: Measured, by: str | None, order: str) -> list[str]:
    told = [(side, lift) for side, lift in found.parts if lift is not None]
    if not by or not told:
        return []
    shown = sorted(told, key=lambda pair: pair[1].ratio if order == "bottom" else -pair[1].ratio)[:5]
    best = "; ".join(f"{side.said} {signed(lift.ratio)} ({_interval(lift)})" for side, lift in shown if lift)
    thin = [side.said for side, lift in found.parts if lift is None]
    left = f" Too little sold to tell: {', '.join(thin[:6])}." if thin else ""
    return [f"By {'display and mailer' if by == 'support' else by}: {best}.{left}"]


def _neighbour_sentence(found: Measured, by: str) -> list[str]:
    """In how many of the parts the rest of the categories lost, which is what promotions took from it."""
    if not found.neighbours:
        return []
    lost = sorted((lift.ratio, name) for name, lift in found.neighbours.items() if lift.high < 1)
    which = f": {'; '.join(f'{name} {signed(ratio)}' for ratio, name in lost[:5])}" if lost else ""
    where = f"in {len(lost)} of {counted(len(found.neighbours), by)} with enough of them{which}"
    chance = " About one in forty would by chance alone." if lost else ""
    lead = "Neighbours (the same categories without promotion) lost measurably (cannibalisation)"
    return [f"{lead} {where}.{chance}"]


def _basket_sentence(asked: Frame, baskets: Mapping[str, tuple[int, Decimal]]) -> list[str]:
    during, base = baskets.get("during"), baskets.get("base")
    if not during or not base or min(during[0], base[0]) < LEAST_UNITS:
        return []
    now, before = during[1] / during[0], base[1] / base[0]
    return [
        (
            f"Halo: {counted(during[0], 'basket')} held a promoted product, with {amount_said(now, asked)} of other"
            f" goods each on average, against {amount_said(before, asked)} with these products in the weeks before."
        )
    ]
