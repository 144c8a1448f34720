"""Breakdowns against another period: its windows, and the like-for-like stores of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tools.against import against_each, periods_of, span_of
from tools.analysis.comparison_periods import Against
from tools.analysis.comparisons import LikeForLike, like_for_like
from tools.analysis.like_for_like import Trading, comparable
from tools.calendars import WEEK_START
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, coverage, not_open_yet
from tools.metrics import METRICS
from tools.metrics.breakdown_plan import Condition, Plan
from tools.metrics.cells import fetch_cells
from tools.metrics.dimensions import DIMENSIONS, Level
from tools.metrics.windows import Window
from tools.per_day import Days, trading_days
from tools.stores import StoreSet
from tools.wording import counted, listed, span
from tools.year_before import NothingBeforeError


def against_of(asked: Frame, phrase: str | None) -> dict[str, Against]:
    """What each store's period is held against.

    Raises:
        BadArgumentError: the phrase is no period, or the mean of several.
    """
    found = against_each(asked, phrase)
    if any(one.is_norm for one in found.values()):
        raise BadArgumentError(
            "A breakdown is held against one period; for the four-week norm compare periods instead."
        )
    return found


def other_windows(
    asked: Frame, against: Mapping[str, Against], days: Mapping[str, int], plan: Plan, *, cut: bool
) -> tuple[list[Window], list[str], dict[str, Days]]:
    """The windows of the other side, which stores have sales on one side only, and the days of trade of both sides.

    These are by store, and of all under ""; of weekends alone they are the days of weekends.

    Args:
        asked: the question.
        against: what it is held against.
        days: days with sales of the question, by store.
        plan: what of these days is counted.
        cut: whether both sides end with the hour.

    Raises:
        NoDataError: there are none; the sentence says from when there are.
    """
    windows = asked.windows(periods_of(against), whole_hours=cut)
    there, _ = coverage(asked, windows)
    if there:
        gone = not_open_yet(asked, days, there, windows) if cut else set()
        only = tuple(one for one in plan.where if one.dimension.level is Level.DAY)
        lengths = {}
        if not asked.unfinished():
            sides = [_days_that(only, asked, side) for side in (asked.windows(), windows)] if only else [days, there]
            lengths = {store: Days(*(side.get(store, 0) for side in sides)) for store in asked.stores.ids}
            lengths[""] = trading_days(*sides)
        return windows, _one_sided(asked, like_for_like(days, set(there) - gone)), lengths
    first = min(store.first_on for store in asked.stores.stores if store.first_on)
    start, end = span_of(against)
    raise NothingBeforeError(
        f"There is nothing to compare with: no sales for {asked.stores.label} on {span(start, end)}; the data begins"
        f" on {span(first, first)}. A comparison with the month or the quarter before may be possible."
    )


def _days_that(only: tuple[Condition, ...], asked: Frame, windows: Sequence[Window]) -> dict[str, int]:
    """Days of trade by store, of those that the conditions on days leave."""
    plan = Plan((DIMENSIONS["store"],), only, WEEK_START)
    cells, _ = fetch_cells(asked.context.mirror, [METRICS["net_sales"]], plan, windows, asked.context.scope)
    return {cell.keys[0]: int(cell.sums["x_days"] or 0) for cell in cells}


def _one_sided(asked: Frame, stores: LikeForLike) -> list[str]:
    if not stores.differs or not stores.both:
        return []
    only = [asked.stores.name(store) for store in (*stores.only_now, *stores.only_before)]
    verb = "has" if len(only) == 1 else "have"
    both = counted(len(stores.both), "store")
    return [f"Not like for like: {listed(only)} {verb} sales on one side only; {both} on both."]


def like_for_like_stores(asked: Frame, against: Mapping[str, Against]) -> tuple[Frame, dict[str, Against], list[str]]:
    """The question for the like-for-like stores alone, and which these are.

    Raises:
        NoDataError: no store traded through both periods.
    """
    now, _ = coverage(asked, asked.windows())
    earlier = periods_of(against)
    before, _ = coverage(asked, asked.windows(earlier))
    trading = [
        Trading(
            store.store_id,
            store.opened_on,
            store.first_on,
            now.get(store.store_id, 0),
            store.open_days(asked.periods[store.store_id].start_on, asked.periods[store.store_id].end_on),
            before.get(store.store_id, 0),
            store.open_days(earlier[store.store_id].start_on, earlier[store.store_id].end_on),
        )
        for store in asked.stores.stores
    ]
    kept, left = comparable(trading, span_of(against)[0])
    if not kept:
        first = min((store.first_on for store in asked.stores.stores if store.first_on), default=None)
        begun = f" The data begins on {span(first, first)}." if first else ""
        # Days that the data does not reach are another matter than stores that opened or closed.
        unknown = first is not None and span_of(against)[0] < first
        raise (NothingBeforeError if unknown else NoDataError)(
            f"No store traded through both {span(asked.start_on, asked.end_on)} and {span(*span_of(against))}, so there"
            f" is no like-for-like comparison.{begun}"
        )
    names = asked.stores
    stores = tuple(store for store in names.stores if store.store_id in kept)
    label = asked.stores.label if not left else f"{counted(len(kept), 'like-for-like store')}"
    asked = replace(
        asked, stores=StoreSet(stores, label), period=asked.periods[kept[0]],
        periods={store: asked.periods[store] for store in kept},
    )  # fmt: skip
    said = f"Like for like: {counted(len(kept), 'store')} that traded through both periods."
    if left:
        said += " Left out: " + listed([f"{names.name(store)} {why}" for store, why in left.items()]) + "."
    return asked, {store: against[store] for store in kept}, [said]
