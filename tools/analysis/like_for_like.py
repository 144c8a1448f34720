"""Like-for-like stores: those that traded through both periods, so that growth is not that of openings and closures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MISSING_DAYS_ALLOWED_PCT = 10


@dataclass(frozen=True, slots=True)
class Trading:
    """What is known of a store's trading in the two periods.

    ``days`` are days with sales, ``due`` days on which it should have been open.
    """

    store_id: str
    opened_on: date | None
    first_on: date | None
    days: int
    due: int
    days_before: int
    due_before: int


def comparable(stores: Iterable[Trading], before_start_on: date) -> tuple[list[str], dict[str, str]]:
    """The like-for-like stores, and why each of the others is left out.

    A store counts that had opened and had sales known by the first day of the earlier period, and has sales on at
    least nine in ten of the days it was due to be open in each.
    """
    kept, left = [], {}
    for store in stores:
        begun = max((day for day in (store.opened_on, store.first_on) if day), default=None)
        if not store.days_before or (begun is not None and begun > before_start_on):
            left[store.store_id] = "had not traded from the beginning of the earlier period"
        elif not store.days:
            left[store.store_id] = "has no sales in the later period"
        elif _gaps(store.days, store.due) or _gaps(store.days_before, store.due_before):
            left[store.store_id] = "lacks sales on more than one day in ten"
        else:
            kept.append(store.store_id)
    return kept, left


def _gaps(days: int, due: int) -> bool:
    return (due - days) * 100 > MISSING_DAYS_ALLOWED_PCT * due
