"""Stores that opened or closed on the way, said beside the figures: “all stores” are those of now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tools.context import Role, ToolContext
from tools.directory import Store, every_store
from tools.wording import listed, span

_SEES_THE_CHAIN = (Role.OWNER, Role.ANALYST)


def days_known(stores: Sequence[Store], spans: Mapping[str, tuple[date, date]]) -> int:
    """How many days there is data of: the most that any store has of its own, and none before its first day.

    ``spans`` has the first and last day of each store: on different dates they are no more days than each one's own.
    """
    begun = [store for store in stores if store.first_on] or stores
    days = ((spans[store.store_id], store.first_on) for store in begun)
    return max(max((end - max(start, first or start)).days + 1, 0) for (start, end), first in days)


def begun_later(stores: Sequence[Store], starts: Mapping[str, date], days: Mapping[str, int]) -> list[str]:
    """Which stores have no sales before some day of the period; that the data begins then, where it does for all.

    Args:
        stores: those that may have begun later; whoever sold on every day has not.
        starts: the first day of the period at each.
        days: days with sales per store of the question; stores without any are spoken of elsewhere.
    """
    late: dict[date, list[str]] = {}
    for store in stores:
        if store.store_id in days and store.first_on and store.first_on > starts[store.store_id]:
            late.setdefault(store.first_on, []).append(store.name)
    if not late:
        return []
    first = min(late)
    if sum(map(len, late.values())) == len(days):
        said = [f"The data begins on {span(first, first)}: what lies before is not in these numbers."]
        late.pop(first)
    else:
        said = []
    return said + [f"Sales of {listed(names)} begin on {span(day, day)}." for day, names in sorted(late.items())]


def closed_since(stores: Sequence[Store], start_on: date, end_on: date, context: ToolContext) -> list[str]:
    """Which stores sold between the days and are in no figure of “all stores”, as they are closed now.

    It is said to who sees the whole chain, and where all of it is meant.
    """
    if context.scope.role not in _SEES_THE_CHAIN:
        return []
    every = every_store(context)
    left = [
        store.name
        for store in every
        if not store.active and store.first_on and store.last_on
        and store.first_on <= end_on and store.last_on >= start_on
    ]  # fmt: skip
    if not left or not {store.store_id for store in every if store.active} <= {store.store_id for store in stores}:
        return []
    verb = "which is closed now, is" if len(left) == 1 else "which are closed now, are"
    return [f"{listed(left)}, {verb} not in these figures."]
