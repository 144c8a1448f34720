"""Steps of time, one after the other: their days, which of them the data knows, and the days of trade in each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from tools.analysis.calendar import add_months
from tools.analysis.group_keys import key_days
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.frame import Frame
from tools.metrics.breakdown_plan import Plan
from tools.metrics.cells import fetch_cells
from tools.metrics.definitions import METRICS
from tools.metrics.dimensions import DIMENSIONS
from tools.metrics.windows import Statement, Window


def whole_step(step: str, key: str) -> tuple[date, date]:
    """The days of a whole step."""
    first, last = key_days(step, key, date.min, date.max - timedelta(366))
    return (first, last) if step != "month" else (first, add_months(first, 1) - timedelta(1))


def known_days(asked: Frame) -> tuple[date, date]:
    """The days asked about that the data reaches."""
    begun = [store.first_on for store in asked.stores.stores if store.first_on]
    known = [store.last_on for store in asked.stores.stores if store.last_on]
    return max(asked.start_on, min(begun)), min(asked.end_on, max(known))


def traded_in(
    steps: Sequence[tuple[date, date]], windows: Sequence[Window], context: ToolContext
) -> tuple[list[int], list[Statement]]:
    """On how many days of each step any of the stores sold, whatever part of the sales is asked about."""
    every, read = fetch_cells(
        context.mirror, [METRICS["net_sales"]], Plan((DIMENSIONS["day"],), (), WEEK_START), windows, context.scope
    )
    sold = sorted(cell.keys[0] for cell in every)
    days = [bisect_right(sold, last.isoformat()) - bisect_left(sold, first.isoformat()) for first, last in steps]
    return days, read
