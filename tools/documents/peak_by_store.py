"""The busiest (or quietest) hour and day of each store, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, number_text, stands_on
from tools.analysis.calendar import WEEKDAYS
from tools.analysis.opening_hours import open_day
from tools.context import ToolContext
from tools.directory import Store
from tools.documents.tender_mix import PERIOD_HELP, STORES_HELP
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, require_sales
from tools.metrics.peak_query import build_store_hours, build_store_weekdays
from tools.metrics.windows import Statement
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult

Measure = Literal["transactions", "net_sales"]
SPOKEN = 6


class PeakHoursByStoreArguments(Arguments):
    """Arguments of ``peak_hours_by_store``."""

    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    measure: Measure = Field(default="transactions", description="Busy by this: net_sales for money.")
    quietest: bool = Field(default=False, description="True if the slowest hour or weekday is asked for.")
    of: Literal["hour", "weekday"] = Field(
        default="hour", description="What the answer leads with: weekday for “which day is busiest at each store”."
    )


@dataclass(frozen=True, slots=True)
class _Peak:
    """A store's hour and weekday that see most (or least) on an average day, and those that come next."""

    store: Store
    hour: int
    per_hour: Decimal
    next_hour: int | None
    weekday: int
    per_day: Decimal
    next_weekday: int | None
    next_per_day: Decimal | None
    times: int
    """On how many days of that weekday the mean stands."""


@tool()
def peak_hours_by_store(arguments: PeakHoursByStoreArguments, context: ToolContext) -> ToolResult:
    """The busiest hour and weekday of every store, one row each; the quietest where those are asked for.

    Use it for “peak hours by store”, “when is each store busiest”, “quietest hour per store”, “which weekday is busiest
    at each store” (of weekday). Numbers are means per day
    with sales of that store. For all stores together, one store by weekday and hour, or visitors, use ``peak_times``.
    """
    asked = frame(arguments.period, arguments.stores, context)
    if asked.period.days > 1 and asked.unfinished():
        asked = asked.without_today()
    windows = asked.windows(whole_hours=bool(asked.unfinished()))
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    peaks, statements = _peaks(asked, arguments)
    if not peaks:
        raise NoDataError(f"Nothing was sold at {asked.stores.label} {asked.when}, so no hour was busy.")
    word = "Quietest" if arguments.quietest else "Busiest"
    by_day = arguments.of == "weekday"
    one, other = (_of_day, _of_hour) if by_day else (_of_hour, _of_day)
    spoken = "; ".join(one(peak, arguments.measure) for peak in peaks[:SPOKEN])
    more = f" {len(peaks) - SPOKEN} more stores are in the table." if len(peaks) > SPOKEN else ""
    what = "net sales" if arguments.measure == "net_sales" else "transactions"
    headline = f"{word} {arguments.of} of each store {asked.when}, {asked.stores.label}, by {what} a day: {spoken}."
    besides = "; ".join(other(peak, arguments.measure) for peak in peaks[:SPOKEN])
    beside = f" {word} {'hour' if by_day else 'weekday'}: {besides}." if by_day or asked.period.days >= 7 else ""
    return ToolResult(
        headline=headline,
        text=f"{headline}{beside}{more}",
        figures=tuple(one for peak in peaks for one in _figures(asked, peak, arguments.measure)),
        table=_table(peaks, arguments, word, mixed=len(asked.stores.currencies) > 1),
        caveats=(
            "Numbers are means per day on which the store had sales; hours in which it never sold are not counted.",
            *caveats(asked, (), days),
        ),
        follow_ups=tuple(f"Peak hours {asked.when_again} at {peak.store.name}" for peak in peaks[:2]),
        provenance=stands_on(asked, (arguments.measure,), [*statements, covered]),
    )


def _peaks(asked: Frame, arguments: PeakHoursByStoreArguments) -> tuple[list[_Peak], list[Statement]]:
    context, windows = asked.context, asked.windows(whole_hours=bool(asked.unfinished()))
    hours, weekdays = build_store_hours(windows, context.scope), build_store_weekdays(windows, context.scope)
    by_hour: dict[str, dict[int, Decimal]] = {}
    by_day: dict[str, dict[int, Decimal]] = {}
    for store_id, weekday, hour, transactions, net in context.mirror.query(hours.sql, hours.params).rows:
        value = Decimal(net if arguments.measure == "net_sales" else transactions)
        for sums, key in ((by_hour, int(hour)), (by_day, int(weekday))):
            mine = sums.setdefault(store_id, {})
            mine[key] = mine.get(key, Decimal(0)) + value
    counts: dict[str, dict[int, int]] = {}
    for store_id, weekday, days in context.mirror.query(weekdays.sql, weekdays.params).rows:
        counts.setdefault(store_id, {})[int(weekday)] = int(days)
    sign = 1 if arguments.quietest else -1
    peaks = []
    for store in asked.stores.stores:
        own, each = by_hour.get(store.store_id), counts.get(store.store_id)
        if not own or not each:
            continue
        opened = _open_hours(store) if arguments.quietest else set()
        ranked = sorted(
            (hour for hour in own if own[hour] > 0 and (hour in opened or not opened)),
            key=lambda hour: (sign * own[hour], hour),
        )
        means = {day: by_day[store.store_id].get(day, Decimal(0)) / count for day, count in each.items()}
        best, *after = sorted(means, key=lambda day: (sign * means[day], day))
        then = after[0] if after else None
        if ranked:
            whole = sum(each.values())
            follower = ranked[1] if len(ranked) > 1 else None
            peaks.append(
                _Peak(
                    store,
                    ranked[0],
                    own[ranked[0]] / whole,
                    follower,
                    best,
                    means[best],
                    then,
                    None if then is None else means[then],
                    each[best],
                )
            )
    return peaks, [hours, weekdays]


def _open_hours(store: Store) -> set[int]:
    """The hours in which the store is open on any day; empty where its opening hours are not known."""
    found = [day for weekday in range(7) if (day := open_day(store.open_hours.get(weekday)))]
    return {hour for day in found for hour in range(-(-day.opens // 60), day.closes // 60)}


def _clock(hour: int | None) -> str | None:
    return None if hour is None else f"{hour:02d}:00"


def _day(weekday: int) -> str:
    return WEEKDAYS[weekday - 1].title()


def _said(value: Decimal, measure: str, store: Store) -> str:
    return money_said(value, store.currency) if measure == "net_sales" else number_text(value, 1) or "0"


def _of_day(peak: _Peak, measure: str) -> str:
    then = f", then {_day(peak.next_weekday)}" if peak.next_weekday else ""
    return f"{peak.store.name} {_day(peak.weekday)} ({_said(peak.per_day, measure, peak.store)}{then})"


def _of_hour(peak: _Peak, measure: str) -> str:
    return f"{peak.store.name} {_clock(peak.hour)} ({_said(peak.per_hour, measure, peak.store)})"


def _text(value: Decimal, measure: str, store: Store) -> str | None:
    return money_text(value, store.exponent) if measure == "net_sales" else number_text(value, 1)


def _figures(asked: Frame, peak: _Peak, measure: str) -> list[Figure]:
    unit = peak.store.currency if measure == "net_sales" else "count"
    values: Sequence[tuple[str, Decimal, Mapping[str, str]]] = (
        (f"{measure}_per_hour", peak.per_hour, {"hour": str(peak.hour)}),
        (f"{measure}_per_day", peak.per_day, {"weekday": _day(peak.weekday)}),
    )
    return [
        figure(
            asked, name, _text(value, measure, peak.store), unit, {"store": peak.store.store_id, **group},
            stores=(peak.store.store_id,),
        )
        for name, value, group in values
    ]  # fmt: skip


def _table(peaks: Sequence[_Peak], arguments: PeakHoursByStoreArguments, word: str, *, mixed: bool) -> Table:
    measure = arguments.measure
    unit = "count" if measure == "transactions" else "text" if mixed else peaks[0].store.currency
    hours = (
        TableColumn(f"{word} hour", "text"), TableColumn("That hour, a day", unit), TableColumn("Then", "text"),
    )  # fmt: skip
    days = (TableColumn(f"{word} weekday", "text"), TableColumn("That weekday, a day", unit))
    more = (TableColumn("Days of it", "count"), TableColumn("Next weekday", "text"), TableColumn("Next, a day", unit))
    first = arguments.of == "weekday"
    rows: list[tuple[str | int | None, ...]] = []
    for peak in peaks:
        next_day = _day(peak.next_weekday) if peak.next_weekday else None
        after = _text(peak.next_per_day, measure, peak.store) if peak.next_per_day is not None else None
        by_hour = (_clock(peak.hour), _text(peak.per_hour, measure, peak.store), _clock(peak.next_hour))
        by_day = (_day(peak.weekday), _text(peak.per_day, measure, peak.store))
        beside = (peak.times, next_day, after)
        rows.append((peak.store.name, *by_day, *beside, *by_hour) if first else (peak.store.name, *by_hour, *by_day))
    columns = (*days, *more, *hours) if first else (*hours, *days)
    return Table((TableColumn("Store", "text"), *columns), rows)
