"""Which targets a period means, and what part of each is due. Pure.

A month's target is not due in equal parts: a day is worth what its weekday is worth to the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tools.analysis.calendar import Kind, Period, add_months
from tools.analysis.fair_comparison import expected
from tools.analysis.retail_comparison import is_retail, retail_whole

_MONTHS = {Kind.MONTH_TO_DATE: 1, Kind.QUARTER_TO_DATE: 3, Kind.YEAR_TO_DATE: 12}


@dataclass(frozen=True, slots=True)
class Target:
    """A target of a store over some business dates, both included, in the metric's unit (money in major units)."""

    starts_on: date
    ends_on: date
    value: Decimal

    @property
    def days(self) -> int:
        """How many days it is for."""
        return (self.ends_on - self.starts_on).days + 1


@dataclass(frozen=True, slots=True)
class Part:
    """A target, or a share of one, over the dates that are asked about; ``share`` of the target is meant, 1 for all."""

    target: Target
    starts_on: date
    ends_on: date
    share: Decimal = Decimal(1)

    @property
    def value(self) -> Decimal:
        """What is to be reached between the dates."""
        return self.target.value * self.share


def whole_period(period: Period) -> tuple[date, date]:
    """The first and last date of the calendar period that a “to date” is of; others are whole already."""
    if period.kind is Kind.WEEK_TO_DATE:
        return period.start_on, period.start_on + timedelta(days=6)
    months = _MONTHS.get(period.kind)
    if is_retail(period):
        return period.start_on, retail_whole(period).end_on
    if months is None:
        return period.start_on, period.end_on
    return period.start_on, add_months(period.start_on, months) - timedelta(days=1)


def parts_of(
    targets: Sequence[Target], start_on: date, end_on: date, weights: Mapping[int, Decimal], *, divisible: bool
) -> list[Part]:
    """The targets that make up a period.

    The one for exactly these dates; else those within them that do not overlap, the longest first, and on the days
    left over the share of the shortest one that holds them; with none within, the shortest one that covers them all
    goes before several that do so together.

    Args:
        targets: every target of one store and metric that touches the period.
        start_on: first date asked about.
        end_on: last date asked about.
        weights: what each weekday is worth.
        divisible: whether a share of a target is one: true of sums, not of rates.
    """
    exact = [one for one in targets if (one.starts_on, one.ends_on) == (start_on, end_on)]
    if exact:
        return [Part(exact[0], start_on, end_on)]
    inside: list[Target] = []
    for one in sorted(targets, key=lambda each: (-each.days, each.starts_on)):
        fits = start_on <= one.starts_on and one.ends_on <= end_on
        if fits and all(one.ends_on < other.starts_on or other.ends_on < one.starts_on for other in inside):
            inside.append(one)
    covering = [one for one in targets if one.starts_on <= start_on and end_on <= one.ends_on]
    if covering and not inside:
        return [_cut(min(covering, key=lambda each: each.days), start_on, end_on, weights, divisible=divisible)]
    parts = [Part(one, one.starts_on, one.ends_on) for one in inside]
    for one in sorted(targets, key=lambda each: (each.days, each.starts_on)):
        for first, last in _free(parts, max(start_on, one.starts_on), min(end_on, one.ends_on)):
            parts.append(_cut(one, first, last, weights, divisible=divisible))
    return sorted(parts, key=lambda each: each.starts_on)


def _cut(one: Target, start_on: date, end_on: date, weights: Mapping[int, Decimal], *, divisible: bool) -> Part:
    share = share_of(weights, one.starts_on, one.ends_on, start_on, end_on) if divisible else Decimal(1)
    return Part(one, start_on, end_on, share)


def _free(parts: Sequence[Part], start_on: date, end_on: date) -> list[tuple[date, date]]:
    """The stretches between two dates that no part holds yet, both ends included."""
    found: list[tuple[date, date]] = []
    first = start_on
    for part in sorted(parts, key=lambda each: each.starts_on):
        if part.ends_on < first or part.starts_on > end_on:
            continue
        if part.starts_on > first:
            found.append((first, part.starts_on - timedelta(days=1)))
        first = part.ends_on + timedelta(days=1)
    return [*found, (first, end_on)] if first <= end_on else found


def share_of(weights: Mapping[int, Decimal], starts_on: date, ends_on: date, from_on: date, until_on: date) -> Decimal:
    """The share of a stretch of days that a part of it is worth; with no weights days count alike."""
    low, high = max(starts_on, from_on), min(ends_on, until_on)
    if high < low:
        return Decimal(0)
    whole = expected(weights, starts_on, ends_on)
    if not whole:
        return Decimal((high - low).days + 1) / ((ends_on - starts_on).days + 1)
    return expected(weights, low, high) / whole
