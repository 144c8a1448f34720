"""What a change did: the days since, against the same weekdays before it, moved by what the rest of the store did.

The forecast of a day after the change is the mean of the same weekdays in the four weeks before it, times how the rest
of the store's own range did over the days after against its own same weekdays: weather, a holiday or a quiet month
moves the rest as well and is not credited to the change. The interval is Student's t over the spread that days of one
weekday had before the change; it carries the uncertainty of the means and of the rest's factor. Days are taken to be
independent of each other, so with few days after the change it is rather too narrow than too wide. Floats, since it is
statistics.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from tools.analysis.intervals import Estimate, t_quantile

BASELINE_WEEKS = 4
LEAST_SAME_WEEKDAYS = 2
LEAST_FREEDOM = 6
"""Fewer spare days than this say nothing of how much a day differs from its like."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which the store sold: what is measured, and the net sales of the rest of its range."""

    value: float
    rest: float


@dataclass(frozen=True, slots=True)
class Effect:
    """Actual against forecast, per day.

    Attributes:
        days: how many days after the change were compared.
        baseline_days: how many days before it the forecast stands on.
        forecast: what a day would have had without the change.
        actual: what a day had.
        difference: actual less forecast per day, with its 95 % interval.
        percent: the same in per cent of the forecast; None where nothing was forecast.
        factor: how the rest of the range did against its own same weekdays; 1 is as before, None if there is no rest.
    """

    days: int
    baseline_days: int
    forecast: float
    actual: float
    difference: Estimate
    percent: Estimate | None
    factor: float | None


@dataclass(frozen=True, slots=True)
class CannotTell:
    """Why there is no answer, as a sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class _Weekdays:
    """Means by weekday, and the pooled variance of a day around the mean of its weekday."""

    means: Mapping[int, float]
    counts: Mapping[int, int]
    variance: float
    freedom: int


def baseline_days(changed_on: date) -> list[date]:
    """The days that a forecast is made from: the four weeks before the day of the change, oldest first."""
    count = 7 * BASELINE_WEEKS
    return [changed_on - timedelta(days=back) for back in range(count, 0, -1)]


def effect(
    before: Mapping[date, Day], after: Mapping[date, Day], *, counted: bool = False, has_rest: bool = True
) -> Effect | CannotTell:
    """Hold the days after a change against those before it.

    Args:
        before: the days out of ``baseline_days`` on which the store sold.
        after: the whole days since the change on which the store sold.
        counted: whether values are pieces, which scatter at least as a Poisson count does, also if none sold before.
        has_rest: whether there is a rest of the range to go by; without, the season cannot be taken out.
    """
    if not after:
        return CannotTell("The store sold nothing at all on the days since the change.")
    values = _weekdays({on: day.value for on, day in before.items()})
    used = [on for on in sorted(after) if values.counts.get(on.weekday(), 0) >= LEAST_SAME_WEEKDAYS]
    if not used or values.freedom < LEAST_FREEDOM:
        return CannotTell(
            f"The store sold on only {len(before)} of the {7 * BASELINE_WEEKS} days before the change, too few to say "
            "what a usual day is."
        )
    count = len(used)
    factor, spread_of_factor = _factor(before, after, used) if has_rest else (None, 0.0)
    scale = 1.0 if factor is None else factor
    forecast = scale * sum(values.means[on.weekday()] for on in used)
    actual = sum(after[on].value for on in used)
    variance = max(values.variance, forecast / count if counted else 0.0)
    # A count that has risen scatters more than it did before.
    growth = max(1.0, actual / forecast) if forecast > 0 else 1.0
    of_means = scale**2 * variance * _shares(used, values.counts)
    error = sqrt(count * variance * growth + of_means + forecast**2 * spread_of_factor) / count
    reach = t_quantile(values.freedom) * error
    change = (actual - forecast) / count
    percent = None
    if forecast > 0:
        unit = 100 * count / forecast
        percent = Estimate(change * unit, (change - reach) * unit, (change + reach) * unit, error * unit)
    return Effect(
        count,
        sum(values.counts[weekday] for weekday in {on.weekday() for on in used}),
        forecast / count,
        actual / count,
        Estimate(change, change - reach, change + reach, error),
        percent,
        factor,
    )


def usual_day(value: float, earlier: Sequence[float]) -> Estimate | CannotTell:
    """One day against earlier days of its kind: the difference from their mean, with the 95 % interval of a new day.

    Args:
        value: the day's.
        earlier: the same of like days before it, at least four of them.
    """
    count = len(earlier)
    if count < LEAST_SAME_WEEKDAYS * 2:
        return CannotTell(f"Only {count} earlier days of that weekday are known, too few to say what is usual.")
    mean = sum(earlier) / count
    variance = sum((each - mean) ** 2 for each in earlier) / (count - 1)
    error = sqrt(variance * (1 + 1 / count))
    reach = t_quantile(count - 1) * error
    return Estimate(value - mean, value - mean - reach, value - mean + reach, error)


def _weekdays(values: Mapping[date, float]) -> _Weekdays:
    groups: dict[int, list[float]] = {}
    for on, value in values.items():
        groups.setdefault(on.weekday(), []).append(value)
    means = {weekday: sum(group) / len(group) for weekday, group in groups.items()}
    squares = sum((value - means[weekday]) ** 2 for weekday, group in groups.items() for value in group)
    freedom = sum(len(group) - 1 for group in groups.values())
    counts = {weekday: len(group) for weekday, group in groups.items()}
    return _Weekdays(means, counts, squares / freedom if freedom else 0.0, freedom)


def _factor(
    before: Mapping[date, Day], after: Mapping[date, Day], used: Collection[date]
) -> tuple[float | None, float]:
    """How the rest did, and the square of its relative error; None where the rest sold nothing to go by."""
    rest = _weekdays({on: day.rest for on, day in before.items()})
    usual = sum(rest.means[on.weekday()] for on in used)
    now = sum(after[on].rest for on in used)
    if usual <= 0 or now <= 0:
        return None, 0.0
    spread = len(used) * rest.variance / now**2 + rest.variance * _shares(used, rest.counts) / usual**2
    return now / usual, spread


def _shares(used: Collection[date], counts: Mapping[int, int]) -> float:
    """Sum over weekdays of (days used) squared over the days its mean is made of."""
    per_weekday: dict[int, int] = {}
    for on in used:
        per_weekday[on.weekday()] = per_weekday.get(on.weekday(), 0) + 1
    return sum(times**2 / counts[weekday] for weekday, times in per_weekday.items())
