"""Sales at hours at which no store is open: the clock of a register or the record of opening hours may be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.amounts import percent_said
from tools.analysis.opening_hours import hours_open
from tools.stores import StoreSet
from tools.wording import listed

_NAMED = 6


def while_closed(stores: StoreSet, hours: Sequence[tuple[int, int, Decimal]]) -> list[str]:
    """Which hours sold although no store is open then, where the opening hours of all stores are recorded.

    Args:
        stores: the stores together.
        hours: weekday (1 is Monday), hour and transactions.
    """
    if not all(store.open_hours for store in stores.stores):
        return []
    weekdays = {weekday for weekday, *_ in hours}
    opened = {
        day: {hour for one in stores.stores for hour in hours_open(one.open_hours.get(day - 1))} for day in weekdays
    }
    shut = {hour for day, hour, sold in hours if sold and hour not in opened[day]}
    if not shut:
        return []
    outside = sum((sold for day, hour, sold in hours if hour not in opened[day]), Decimal(0))
    share = percent_said(outside, sum((sold for *_, sold in hours), Decimal(0)))
    at = listed([f"{hour:02d}:00" for hour in sorted(shut, key=stores.hour_place)], most=_NAMED)
    return [f"{share} of transactions are outside the recorded opening hours (at {at}); these or a clock may be wrong."]
