"""What a store usually sells in the days of a period: the mean of each weekday in the eight weeks before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tools.analysis.calendar import Period
from tools.analysis.fair_comparison import NORM_WEEKS, own_norm, weekday_sums
from tools.analysis.normal_range import NormalRange, normal_range
from tools.frame import Frame
from tools.metrics.query import Statement
from tools.overview.store_ranking import daily_net

_WEEK = 7
_SHORT = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class StoreNorm:
    """A store's net sales of the period in minor units, its own norm, and its usual range of like stretches of days.

    ``days`` have sales of the ``due`` on which it is not always closed.
    """

    store_id: str
    net: Decimal
    norm: Decimal | None
    usual: NormalRange | None
    days: int = 0
    due: int = 0

    @property
    def below(self) -> bool:
        """Whether it sold less than such days usually bring: outside their range, or by 5 % where that is unknown."""
        if self.norm is None or self.net >= self.norm:
            return False
        return self.net < (self.usual.low if self.usual else self.norm * (1 - _SHORT))


def norms_of(asked: Frame) -> tuple[list[StoreNorm], list[Statement]]:
    """What each store usually sells in such days."""
    daily, statement = daily_net(asked)
    found = []
    for store in asked.stores.stores:
        days, period = daily.get(store.store_id, {}), asked.periods[store.store_id]
        net = _between(days, period.start_on, period.end_on)
        found.append(
            StoreNorm(
                store.store_id,
                net,
                own_norm(weekday_sums(days, period.start_on), period.start_on, period.end_on, store.first_on),
                _usual(days, period, store.first_on),
                sum(period.start_on <= day <= period.end_on for day in days),
                store.open_days(period.start_on, period.end_on),
            )
        )
    return found, [statement]


def _between(days: Mapping[date, Decimal], start: date, end: date) -> Decimal:
    number = (end - start).days + 1
    return sum((days.get(start + timedelta(days=offset), Decimal(0)) for offset in range(number)), Decimal(0))


def _usual(days: Mapping[date, Decimal], period: Period, first_on: date | None) -> NormalRange | None:
    """The usual range of the same weekdays in the weeks before; only for a week or less, longer ones overlap."""
    if period.days > _WEEK:
        return None
    moved = [
        (period.start_on - timedelta(weeks=back), period.end_on - timedelta(weeks=back))
        for back in range(1, NORM_WEEKS + 1)
    ]
    return normal_range([_between(days, *pair) for pair in moved if first_on is not None and pair[0] >= first_on])
