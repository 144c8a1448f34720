"""What a metric is: words for people, and the sums that make it.

A metric is a sum, or one sum over another. Sums add up over days, stores and groups, so any split and any total of
it can be had from the same rows; only the last step divides, in Decimal and outside SQL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Any

_QUANTA = tuple(Decimal(1).scaleb(-digits) for digits in range(8))
"""One in the last of so many digits after the point."""

MOST_UNKNOWN = Decimal("0.1")
"""The largest share of net sales whose cost may be unknown where a margin is told for each transaction."""
LEAST_SEEN = Decimal("0.5")
"""The least share of the transactions that must fall into hours counted at the door."""


class UnitKind(StrEnum):
    """What a value is counted in."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    RATIO = "ratio"
    UNITS = "units"
    HOURS = "hours"


class Fact(StrEnum):
    """The relations that sums are taken over, by their alias in the SQL."""

    SALES = "s"
    TRAFFIC = "t"
    STAFF = "w"
    PAYMENTS = "y"
    VOIDS = "o"


def too_much_unknown(sums: Mapping[str, Decimal | None]) -> bool:
    """Whether the cost of more of net sales is unknown than a margin for each transaction can do without."""
    unknown, net = (sums.get(name) or Decimal(0) for name in ("x_unknown_net", "x_net"))
    return abs(unknown) > MOST_UNKNOWN * abs(net)


def too_little_seen(sums: Mapping[str, Decimal | None]) -> bool:
    """Whether the hours counted at the door hold too few of the transactions for a rate per visitor."""
    return (sums.get("x_seen_trade") or Decimal()) < LEAST_SEEN * (sums.get("x_trade") or Decimal())


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric.

    Attributes:
        name: how arguments, figures and provenance name it.
        label: how people read it.
        definition: what it is, in one sentence.
        excludes: what it leaves out, in one sentence.
        unit_kind: what it is counted in; money sums are minor units, sums of hours are seconds.
        numerator: an aggregate over the facts, in portable SQL.
        denominator: the same, or None for a plain sum.
        facts: the relations both need.
        sources: topics of the snapshot whose freshness and origin matter.
        by_hour: true if it can be had per hour.
        by_product: true if it can be had per department, category or product.
        higher_is: "better", "worse" or "" when neither.
        aliases: other words for it.
        divisor: what a plain sum is divided by at the end: wages are summed as money an hour times seconds.
    """

    name: str
    label: str
    definition: str
    excludes: str
    unit_kind: UnitKind
    numerator: str
    denominator: str | None = None
    facts: tuple[Fact, ...] = (Fact.SALES,)
    sources: tuple[str, ...] = ("sales",)
    by_hour: bool = True
    by_product: bool = True
    higher_is: str = "better"
    aliases: tuple[str, ...] = ()
    divisor: int = 1
    per_visitor: bool = field(init=False, repr=False, compare=False)
    """True for a rate that divides by visitors: it stands on the hours that were counted at the door."""
    margin_each: bool = field(init=False, repr=False, compare=False)
    """True for the margin of known costs for each transaction, whatever it holds: it is too low by the others."""
    in_money: bool = field(init=False, repr=False, compare=False)
    """True for an amount: it is shown to the minor unit of its currency, which is its unit."""
    sums: tuple[str, str] = field(init=False, repr=False, compare=False)
    """How the two sums of a group are called."""

    def __post_init__(self) -> None:
        # Asked of every metric of every store of a chain, so they are not worked out each time.
        per_visitor = "t.seen_visitors" in (self.denominator or "")
        object.__setattr__(self, "per_visitor", per_visitor)
        each = "unknown_cost_lines" in self.numerator and self.denominator == "SUM(s.transactions)"
        object.__setattr__(self, "margin_each", each)
        object.__setattr__(self, "in_money", self.unit_kind is UnitKind.MONEY)
        object.__setattr__(self, "sums", (f"n_{self.name}", f"d_{self.name}"))

    @property
    def is_sum(self) -> bool:
        """True when values of parts add up to the value of the whole."""
        return self.denominator is None

    def of(self, sums: Mapping[str, Decimal | None], exponent: int) -> Decimal | None:
        """The value from the sums of a group, as ``n_`` and ``d_`` with the metric's name; see ``value``.

        A rate per visitor is not known where the hours that were counted hold less than half of the transactions
        (``x_seen_trade`` of ``x_trade``, where these are given): a few hours do not speak for a day. A margin for each
        transaction is not known where the cost of more than a tenth of net sales is not.
        """
        if (self.per_visitor and too_little_seen(sums)) or (self.margin_each and too_much_unknown(sums)):
            return None
        top, bottom = self.sums
        return self.value(sums.get(top), sums.get(bottom), exponent)

    def texts(self, groups: Sequence[Mapping[str, Decimal | None]], exponent: int) -> list[str | None]:
        """The texts of this metric for many groups of one currency; see ``of`` and ``text``.

        What is alike for all of them is looked at once: a chain has thousands.
        """
        scaled = self.in_money or self.unit_kind in (UnitKind.PERCENT, UnitKind.RATIO)
        if self.per_visitor or self.margin_each or self.divisor != 1 or not scaled or not self.denominator:
            return [self.text(self.of(sums, exponent), exponent) for sums in groups]
        top, bottom = self.sums
        percent = self.unit_kind is UnitKind.PERCENT
        quantum = _QUANTA[exponent if self.in_money else 1 if percent else 2]
        shown: list[str | None] = []
        for sums in groups:
            part, whole = sums.get(top), sums.get(bottom)
            if part is None or not whole:
                shown.append(None)
                continue
            value = part / whole
            value = value.scaleb(-exponent) if self.in_money else value * 100 if percent else value
            value = value.quantize(quantum, ROUND_HALF_EVEN)
            shown.append(str(value or abs(value)))
        return shown

    def columns(self, fact: Fact) -> set[str]:
        """The columns of a relation that the sums are taken over."""
        return set(re.findall(rf"\b{fact.value}\.(\w+)", f"{self.numerator} {self.denominator or ''}"))

    def value(self, numerator: Decimal | None, denominator: Decimal | None, exponent: int) -> Decimal | None:
        """The unrounded value in the metric's unit; None where there is no data or nothing to divide by.

        Args:
            numerator: the first sum.
            denominator: the second, ignored for a plain sum.
            exponent: digits after the point of the currency.
        """
        if numerator is None or (self.denominator is not None and not denominator):
            return None
        value = numerator if self.denominator is None or denominator is None else numerator / denominator
        if self.divisor != 1:
            value = value / self.divisor
        if self.in_money:
            return value.scaleb(-exponent)
        if self.unit_kind is UnitKind.HOURS:
            return value / 3600
        return value * 100 if self.unit_kind is UnitKind.PERCENT else value

    def rounded(self, value: Decimal, exponent: int = 2) -> Decimal:
        """The value as it is shown: money to its minor unit, per cent and hours to 0.1, ratios to 0.01."""
        return value.quantize(_QUANTA[self.digits(value, exponent)], rounding=ROUND_HALF_EVEN)

    def digits(self, value: Decimal, exponent: int = 2) -> int:
        """Digits after the point when shown; a count has one only where it is a mean."""
        if self.in_money:
            return exponent
        if self.unit_kind in (UnitKind.PERCENT, UnitKind.HOURS):
            return 1
        if self.unit_kind is UnitKind.RATIO:
            return 2
        if value == value.to_integral_value():
            return 0
        return 1 if self.unit_kind is UnitKind.COUNT else 2

    def text(self, value: Decimal | None, exponent: int = 2) -> str | None:
        """The rounded value as a plain decimal string, as figures and tables carry it."""
        if value is None:
            return None
        # Told of thousands of stores at once: with no digits beyond the seventh a plain ``str`` has no exponent.
        shown = value.quantize(_QUANTA[exponent if self.in_money else self.digits(value, exponent)], ROUND_HALF_EVEN)
        return str(shown or abs(shown))

    def unit(self, currency: str) -> str:
        """The unit of a figure: a currency code, ``%``, ``count``, ``ratio``, ``units`` or ``hours``."""
        if self.in_money:
            return currency
        return "%" if self.unit_kind is UnitKind.PERCENT else self.unit_kind.value

    def describe(self) -> dict[str, Any]:
        """What ``floorwalker metrics`` prints."""
        return {
            "name": self.name,
            "label": self.label,
            "definition": self.definition,
            "unit": self.unit_kind.value,
            "exclusions": self.excludes,
            "sources": list(self.sources),
            "aliases": list(self.aliases),
        }
