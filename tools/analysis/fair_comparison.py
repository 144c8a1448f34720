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


def weekday_means(
    daily: Mapping[date, Decimal], before: date, *, first_on: date | None = None, weeks: int = NORM_WEEKS
) -> dict[int, Decimal] | None:
    """The mean of each weekday (0 is Monday) over the weeks before a date.

    Days without sales are left out, as holidays are; a weekday without sales on more than half of its days is one on
    which the store is closed, and has a mean of zero.

    Args:
        daily: value by business date, days without sales missing.
        before: the first date that no longer counts.
        first_on: the first date the store can have sold on.
        weeks: how many weeks count.

    Returns:
        All seven weekdays, or None where any of them was there fewer than ``FEWEST_WEEKS`` times.
    """
    means: dict[int, Decimal] = {}
    for every in _same_weekdays(before, weeks):
        days = [day for day in every if day >= first_on] if first_on is not None and first_on > every[-1] else every
        if len(days) < FEWEST_WEEKS:
            return None
        values = [daily[day] for day in days if day in daily]
        means[days[0].weekday()] = sum(values, Decimal(0)) / len(values) if 2 * len(values) >= len(days) else Decimal(0)
    return means


@lru_cache(maxsize=64)
def _same_weekdays(before: date, weeks: int) -> tuple[tuple[date, ...], ...]:
    """For each of the seven days before a date that day and the same weekday of the weeks before, the latest first."""
    return tuple(tuple(before - timedelta(days=back + 7 * week) for week in range(weeks)) for back in range(1, 8))


def expected(means: Mapping[int, Decimal], start_on: date, end_on: date) -> Decimal:
    """What the weekday means add up to between two dates, both included."""
    days = ((start_on + timedelta(days=offset)).weekday() for offset in range((end_on - start_on).days + 1))
    return sum((means[weekday] for weekday in days), Decimal(0))


def own_norm(daily: Mapping[date, Decimal], start_on: date, end_on: date, first_on: date | None) -> Decimal | None:
    """What a store's own same weekdays of the eight weeks before add up to over a period; None without enough weeks."""
    means = weekday_means(daily, start_on, first_on=first_on)
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
