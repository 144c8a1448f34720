"""The hours of the week as they are read, before they are spread over days."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from tools.door import DoorHours, usual_visitors
from tools.metrics.peak_query import build_days, build_hours
from tools.metrics.query import Statement
from tools.together import together


@dataclass(frozen=True, slots=True)
class HoursRead:
    """Of the hours of the week (Monday is 1): days with sales, transactions and net sales, and usual visitors."""

    days: dict[int, int]
    sold: dict[tuple[int, int], tuple[Decimal, Decimal]]
    visitors: dict[tuple[int, int], Decimal]
    statements: list[Statement]


def read_hours(door: DoorHours) -> HoursRead:
    """What the mirror has of these stores and days, by hour of the week."""
    context, windows = door.context, door.windows
    hours, days = build_hours(windows, context.scope), build_days(windows, context.scope)
    counted_days, sold, visitors = together(
        partial(context.mirror.query, days.sql, days.params),
        partial(context.mirror.query, hours.sql, hours.params),
        partial(usual_visitors, door),
    )
    return HoursRead(
        {int(day): int(count) for day, count in counted_days.rows},
        {
            (int(weekday), int(hour)): (Decimal(transactions), Decimal(net))
            for weekday, hour, transactions, net in sold.rows
        },
        visitors,
        [hours, days, door.usual],
    )
