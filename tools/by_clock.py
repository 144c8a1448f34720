"""What each store of a question has, where stores that share a clock have the same: a chain of thousands has a few.

A phrase means the same dates wherever the clock is the same. So dates are worked out by clock, and whatever follows
from them is too; looked up they are by store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from tools.analysis.calendar import Period
from tools.directory import Clock, Store
from tools.stores import StoreSet

S = TypeVar("S")
T = TypeVar("T")


class ByClock(dict[str, T]):
    """Something by store, in the order of the stores, of which ``of`` has one for each of their clocks.

    It is not changed once it is made: a copy with other stores or values is a plain dictionary.
    """

    __slots__ = ("of", "stores")

    def __init__(self, stores: StoreSet, of: Mapping[Clock, T]) -> None:
        """``of`` has every clock of the stores."""
        if len(stores.by_clock) == 1:
            super().__init__(dict.fromkeys(stores.ids, of[stores.stores[0].clock]))
        else:
            each = [of[clock] for clock in stores.by_clock]
            super().__init__(zip(stores.ids, map(each.__getitem__, stores.clock_places), strict=True))
        self.stores, self.of = stores, of


def distinct(values: Mapping[str, T]) -> Sequence[T]:
    """The values of stores, each object once, that of the first store first."""
    each = map(values.of.__getitem__, values.stores.by_clock) if isinstance(values, ByClock) else values.values()
    return list({id(value): value for value in each}.values())


def changed(values: Mapping[str, S], change: Callable[[S], T]) -> dict[str, T]:
    """What stores have after a change, or what follows from it: made once for those that share one."""
    found = {id(value): change(value) for value in distinct(values)}
    if isinstance(values, ByClock):
        return ByClock(values.stores, {clock: found[id(values.of[clock])] for clock in values.stores.by_clock})
    return {store: found[id(value)] for store, value in values.items()}


def found_by_clock(
    stores: StoreSet, periods: Mapping[str, Period], find: Callable[[Period, Clock, Store], T]
) -> dict[str, T]:
    """What follows for each store from its period and its clock: found once, by one of them, for those that share both.

    Raises:
        Exception: whatever ``find`` has to say.
    """
    found = [
        (find(period, clock, next(iter(those.values()))), clock, those)
        for period, clock, those in alike_in(stores, periods)
    ]
    if isinstance(periods, ByClock):
        return ByClock(stores, {clock: value for value, clock, _ in found})
    by_store = {store: value for value, _, those in found for store in those}
    return {store: by_store[store] for store in stores.ids}


def alike_in(stores: StoreSet, periods: Mapping[str, Period]) -> list[tuple[Period, Clock, Mapping[str, Store]]]:
    """The stores that share period and clock: those of a chain mostly do, and are not looked at one by one."""
    return [
        (period, clock, those)
        for clock, mine in stores.by_clock.items()
        for period, those in by_period(mine, clock, periods)
    ]


def by_period(
    stores: Mapping[str, Store], clock: Clock, periods: Mapping[str, Period]
) -> list[tuple[Period, Mapping[str, Store]]]:
    """Stores of one clock by the period they have."""
    if isinstance(periods, ByClock):
        return [(periods.of[clock], stores)]
    # Stores of one clock are mostly given one object, which is told without comparing periods.
    shared = {id(period): period for period in map(periods.__getitem__, stores)}
    if len(shared) == 1:
        return [(next(iter(shared.values())), stores)]
    found: dict[Period, dict[str, Store]] = {}
    for store_id, store in stores.items():
        found.setdefault(periods[store_id], {})[store_id] = store
    return list(found.items())
