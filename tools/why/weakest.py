"""Of more stores than can be looked at one by one: which fell most in per cent, from what all of them took at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.analysis.comparisons import change_pct
from tools.directory import Store
from tools.per_day import trading_days
from tools.why.sides import Sides, StoreDay, store_days


@dataclass(frozen=True, slots=True)
class Weakest:
    """The stores whose net sales changed for the worse most, worst first, and how many of all fell."""

    stores: Sequence[Store]
    fell: int
    looked_through: int


def weakest(sides: Sides, number: int) -> Weakest:
    """The so many stores that do worst against their own past; of a day where the two periods differ in length."""
    before, now = (_nets(store_days(sides, before=earlier)) for earlier in (True, False))
    stores = {store.store_id: store for store in sides.both}
    percents = {
        key: percent
        for key in stores
        if (percent := _percent(sides, key, now.get(key, Decimal(0)), before.get(key, Decimal(0)))) is not None
    }
    ranked = sorted(percents, key=lambda key: (percents[key], key))
    return Weakest([stores[key] for key in ranked[:number]], sum(one < 0 for one in percents.values()), len(stores))


def _percent(sides: Sides, key: str, now: Decimal, before: Decimal) -> Decimal | None:
    before = before / sides.parts_of_norm
    against = sides.against[key]
    if not (against.is_norm or sides.cut) and against.periods[0].days != sides.asked.periods[key].days:
        days = trading_days({key: sides.days[key]}, {key: sides.days_before[key]})
        each = days.per_day(sides.metric, now, before)
        if each is not None and each.change_pct is not None:
            return Decimal(each.change_pct)
    return change_pct(now, before)


def _nets(days: Mapping[tuple[str, date], StoreDay]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for (store, _), one in days.items():
        found[store] = found.get(store, Decimal(0)) + one.net
    return found
