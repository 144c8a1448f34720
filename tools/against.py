"""What the period of each store is held against, by its own calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tools.analysis.calendar import Period, day_text
from tools.analysis.comparison_periods import Against, resolve_comparison
from tools.by_clock import changed, distinct, found_by_clock
from tools.calendars import WEEK_START, period_for, period_of
from tools.context import ToolContext
from tools.directory import Clock, Store
from tools.errors import NOT_YET, NoDataError
from tools.frame import Frame, frame
from tools.stores import resolve_stores


def frame_to_compare(phrase: str, stores: str | None, context: ToolContext, compare_to: str | None) -> Frame:
    """The frame of a question that holds its period against another.

    Raises:
        NoDataError: as ``frame``; where the period is yet to come and the other lies before the data, both are said.
        tools.errors.ToolError: as ``frame``.
    """
    try:
        return frame(phrase, stores, context)
    except NoDataError as error:
        if error.reason != NOT_YET or not compare_to:
            raise
        before = _before_the_data(phrase, stores, context, compare_to)
        if not before:
            raise
        raise NoDataError(f"{error.user_message} {before}", NOT_YET) from error


def _before_the_data(phrase: str, stores: str | None, context: ToolContext, compare_to: str) -> str:
    """The sentence for an other side that ends before the data begins; empty where it does not."""
    chosen, now = resolve_stores(stores, context), context.clock.now()
    one = chosen.stores[0]
    period = period_of(one, now, phrase)
    against = period_for(
        one,
        now,
        lambda today: resolve_comparison(compare_to, period, today=today, week_start=WEEK_START, south=one.southern),
    )
    begins, last = (chosen.data or (None, None))[0], max(part.end_on for part in against.periods)
    if begins is None or last >= begins:
        return ""
    return f"Nor is there any for {against.label}: it begins on {day_text(begins)}."


def against_each(asked: Frame, phrase: str | None) -> dict[str, Against]:
    """What each store's period is held against by ``phrase``; found once for those that share clock and period.

    Raises:
        BadArgumentError: the phrase is neither a comparison nor a period.
    """

    def found(period: Period, _: Clock, one: Store) -> Against:
        return period_for(
            one,
            asked.now,
            lambda today: resolve_comparison(phrase, period, today=today, week_start=WEEK_START, south=one.southern),
        )

    return found_by_clock(asked.stores, asked.periods, found)


def periods_of(against: Mapping[str, Against], number: int = 0) -> dict[str, Period]:
    """The period of each store on the other side; with ``number`` another of those that a norm is the mean of."""
    return changed(against, lambda chosen: chosen.periods[number])


def span_of(against: Mapping[str, Against]) -> tuple[date, date]:
    """The first and the last date of the other side."""
    periods = [period for chosen in distinct(against) for period in chosen.periods]
    return min(period.start_on for period in periods), max(period.end_on for period in periods)
