"""What the period of each store is held against, by its own calendar."""

from __future__ import annotations

from tools.analysis.calendar import day_text
from tools.analysis.comparison_periods import Against, resolve_comparison
from tools.calendars import WEEK_START, period_for, period_of
from tools.context import ToolContext
from tools.errors import NOT_YET, NoDataError
from tools.frame import Frame, alike_in, frame
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
    found: dict[str, Against] = {}
    for period, _, stores in alike_in(asked.stores, asked.periods):
        one = next(iter(stores.values()))
        against = period_for(
            one,
            asked.now,
            lambda today, period=period, south=one.southern: resolve_comparison(  # type: ignore[misc]
                phrase, period, today=today, week_start=WEEK_START, south=south
            ),
        )
        found |= dict.fromkeys(stores, against)
    return {store: found[store] for store in asked.stores.ids}
