"""Comparing stores that differ in size: against their own habit, and by place instead of by amount. Pure.

A store's norm is the mean of its own same weekdays in the weeks before, so that a small store on a good week stands
before a large one on a bad week.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

NORM_WEEKS = 8
FEWEST_WEEKS = 4
"""With fewer of a weekday before the period there is no norm."""


Sums = Mapping[int, tuple[Decimal, int]]
"""By weekday (0 is Monday) the value of all days of it with sales, and how many these are."""


def weekday_sums(daily: Mapping[date, Decimal], before: date, weeks: int = NORM_WEEKS) -> Sums:
    """The weeks before a date by weekday, from values by business date, days without sales missing."""
    found: dict[int, tuple[Decimal, int]] = {}
    for back in range(1, 7 * weeks + 1):
        day = before - timedelta(days=back)
        if day in daily:
            value, days = found.get(day.weekday(), (Decimal(0), 0))
            found[day.weekday()] = value + daily[day], days + 1
    return found


def weekday_means(
    sums: Sums, before: date, *, first_on: date | None = None, weeks: int = NORM_WEEKS
) -> dict[int, Decimal] | None:
    """The mean of each weekday (0 is Monday) over the weeks before a date.

    Days without sales are left out, as holidays are; a weekday without sales on more than half of its days is one on
    which the store is closed, and has a mean of zero.

    Args:
        sums: those weeks by weekday.
        before: the first date that no longer counts.
        first_on: the first date the store can have sold on.
        weeks: how many weeks count.

    Returns:
        All seven weekdays, or None where any of them was there fewer than ``FEWEST_WEEKS`` times.
    """
    means: dict[int, Decimal] = {}
    for weekday, days in _days_of_weekdays(before, weeks, first_on):
        if days < FEWEST_WEEKS:
            return None
        value, sold = sums.get(weekday, (Decimal(0), 0))
        means[weekday] = value / sold if 2 * sold >= days else Decimal(0)
    return means


@lru_cache(maxsize=1024)
def _days_of_weekdays(before: date, weeks: int, first_on: date | None) -> tuple[tuple[int, int], ...]:
    """How many days of each weekday the weeks before a date have from the first date on, the latest weekday first."""
    reach = 7 * weeks if first_on is None else min(7 * weeks, (before - first_on).days)
    return tuple(
        ((before - timedelta(days=back)).weekday(), max(0, (reach - back) // 7 + 1 if reach >= back else 0))
        for back in range(1, 8)
    )


def expected(means: Mapping[int, Decimal], start_on: date, end_on: date) -> Decimal:
    """What the weekday means add up to between two dates, both included."""
    total = Decimal(0)
    for weekday, days in _weekdays_between(start_on, end_on):
        total += means[weekday] * days
    return total


@lru_cache(maxsize=1024)
def _weekdays_between(start_on: date, end_on: date) -> tuple[tuple[int, int], ...]:
    """How many days of each weekday lie between two dates, both included."""
    days = (end_on - start_on).days + 1
    first = start_on.weekday()
    counted = (((first + offset) % 7, (days - offset + 6) // 7) for offset in range(min(7, days)))
    return tuple(counted)


def own_norm(sums: Sums, start_on: date, end_on: date, first_on: date | None) -> Decimal | None:
    """What a store's own same weekdays of the eight weeks before add up to over a period; None without enough weeks.

    ``sums`` are those weeks by weekday.
    """
    means = weekday_means(sums, start_on, first_on=first_on)
    return None if means is None else expected(means, start_on, end_on)


def index(value: Decimal | None, norm: Decimal | None) -> Decimal | None:
    """A value as an index, 100 being the norm."""
    return None if value is None or not norm else value * 100 / norm


def places(values: Mapping[str, Decimal], *, lowest_first: bool = False) -> dict[str, Decimal]:
    """The place of each, 1 the first; equals share the mean of their places."""
    ordered = sorted(values.items(), key=lambda item: item[1] if lowest_first else -item[1])
    found: dict[str, Decimal] = {}
    for _, equals in groupby(ordered, key=lambda item: item[1]):
        alike = [key for key, _ in equals]
        place = Decimal(2 * len(found) + 1 + len(alike)) / 2
        found |= dict.fromkeys(alike, place)
    return found


def mean_places(measures: Sequence[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    """The mean place of each over several measures, all of them higher-is-better and known for the same keys."""
    ranked = [places(measure) for measure in measures]
    return {key: sum((one[key] for one in ranked), Decimal(0)) / len(ranked) for key in (ranked[0] if ranked else ())}
