"""The frame of a question: which stores, which business dates in each, what data there is, and what must be said.

Every tool that answers about a period goes through here, so dates, days without data, simulated sources and the
as-of time are treated alike everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from connectors.mirror.rows import Snapshot
from tools.analysis.business_day import clock_hour, complete_hours, day_ends, yesterday
from tools.analysis.calendar import Period, day_text
from tools.analysis.seasons import SEASONS
from tools.by_clock import ByClock, alike_in, by_period, changed, distinct, found_by_clock
from tools.calendars import dated, dates_differ, period_by_clock, period_of
from tools.clocked import not_clocked
from tools.context import ToolContext
from tools.directory import Clock, Store, owned
from tools.door import counted_at, not_counted
from tools.errors import BadArgumentError, NoDataError
from tools.metrics.model import Metric
from tools.metrics.query import Statement, Window, build_coverage
from tools.part import Part, part_of
from tools.result import Provenance
from tools.returned import none_returned
from tools.store_history import begun_later, closed_since
from tools.stores import StoreSet, resolve_stores, stores_again
from tools.wording import counted, listed, moment, span

_PLAIN_LABEL = re.compile(
    r"today|yesterday|last (?:week|month|quarter|year)|this (?:week|month|quarter|year) so far|the week before last"
    r"|the last \d+ (?:day|week|month)s|[A-Z][a-z]+ \d{4}|[A-Z][a-z]+day \d{1,2} [A-Z][a-z]+ \d{4}"
)
GAPS = "Days without any sale:"
"""How the sentence begins that counts the days on which a store should have sold."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Stores and the period each of them means; ``period`` is that of the first store."""

    context: ToolContext
    stores: StoreSet
    period: Period
    periods: Mapping[str, Period]
    now: datetime
    snapshot: Snapshot
    part: Part | None = None
    start_on: date = field(init=False)
    """The earliest business date in the question."""
    end_on: date = field(init=False)
    """The latest."""
    by_end: Mapping[tuple[date, Clock], Sequence[Store]] = field(init=False, repr=False, compare=False)
    """The stores by the last business date they are asked about and their clock: stores of a chain share both."""

    def __post_init__(self) -> None:
        by_end: dict[tuple[date, Clock], list[Store]] = {}
        alike = alike_in(self.stores, self.periods)
        for period, clock, stores in alike:
            by_end.setdefault((period.end_on, clock), []).extend(stores.values())
        object.__setattr__(self, "by_end", by_end)
        object.__setattr__(self, "start_on", min(period.start_on for period, _, _ in alike))
        object.__setattr__(self, "end_on", max(period.end_on for period, _, _ in alike))

    @property
    def currency(self) -> str:
        """The currency of the first store; ``one_currency`` says whether it is that of all."""
        return self.stores.stores[0].currency

    @property
    def exponent(self) -> int:
        """Digits after the point of the currency."""
        return self.stores.stores[0].exponent

    @property
    def as_of(self) -> datetime | None:
        """Up to when sales are known."""
        state = self.snapshot.sources.get("sales")
        return state.as_of_at if state else None

    @property
    def when(self) -> str:
        """``yesterday (Sun 22 Nov 2026)``; a label that says the date itself stands alone."""
        label = self.period.label
        says = str(self.start_on.year) in label and not label.startswith(("week ", *SEASONS))
        return label if says else dated(label, distinct(self.spans))

    @property
    def spans(self) -> dict[str, tuple[date, date]]:
        """The first and last business date of each store."""
        return changed(self.periods, lambda period: (period.start_on, period.end_on))

    def days_of(self, stores: Sequence[str]) -> tuple[date, date]:
        """The first and last business date at these of its stores; those of all where none is named."""
        whole = not stores or stores is self.stores.ids
        if whole or not (mine := [self.periods[store] for store in stores if store in self.periods]):
            return self.start_on, self.end_on
        return min(one.start_on for one in mine), max(one.end_on for one in mine)

    @property
    def subject(self) -> str:
        """`` of Produce`` where a part of the range is meant, else nothing."""
        return f" of {self.part.label}" if self.part else ""

    @property
    def group(self) -> Mapping[str, str]:
        """What every figure of this question carries as its group."""
        return self.part.group if self.part else {}

    @property
    def when_again(self) -> str:
        """The period in words that mean the same dates when they are asked again."""
        label = self.period.label
        if _PLAIN_LABEL.fullmatch(label):
            return label
        start, end = day_text(self.period.start_on), day_text(self.period.end_on)
        return start if start == end else f"from {start} to {end}"

    @property
    def same_part_and_stores(self) -> str:
        """What a further question adds so that it stays with the part of the range and the stores of this one."""
        return f"{self.part.phrase if self.part else ''}{stores_again(self.stores, self.context)}"

    def unfinished(self) -> list[Store]:
        """Stores whose last day in the question is not over."""
        return self.ending_after(self.now)

    def ending_after(self, instant: datetime) -> list[Store]:
        """Stores whose last day in the question ends after ``instant``."""
        found = [
            store for (day, clock), alike in self.by_end.items() if instant < day_ends(day, *clock) for store in alike
        ]
        return sorted(found, key=lambda store: store.store_id) if len(self.by_end) > 1 else found

    def without_today(self) -> Frame:
        """The same question up to the last business day that is over in each store."""

        def over(period: Period, clock: Clock, _: Store) -> Period:
            if self.now >= day_ends(period.end_on, *clock):
                return period
            return replace(period, end_on=period.end_on - timedelta(days=1), label=f"{period.label}, to yesterday")

        trimmed = found_by_clock(self.stores, self.periods, over)
        return replace(self, periods=trimmed, period=trimmed[self.stores.stores[0].store_id])

    def in_data(self) -> Frame:
        """The same question from the first day with data on, where it begins before that, named by the days left."""
        first = min((store.first_on for store in self.stores.stores if store.first_on), default=self.start_on)
        if not any(period.start_on < first <= period.end_on for period in distinct(self.periods)):
            return self

        def known(period: Period) -> Period:
            if not period.start_on < first <= period.end_on:
                return period
            label = f"{span(first, period.end_on)} (all that is known of {period.label})"
            return replace(period, start_on=first, label=label)

        cut = changed(self.periods, known)
        return replace(self, periods=cut, period=cut[self.stores.stores[0].store_id])

    def in_whole_days(self) -> Frame:
        """The same question without a day that is not over, where there are others: means of days need whole ones."""
        return self.without_today() if self.period.days > 1 and self.unfinished() else self

    def windows(self, periods: Mapping[str, Period] | None = None, *, whole_hours: bool = False) -> list[Window]:
        """The question as windows, stores of equal dates together.

        Args:
            periods: other dates per store, such as those of a comparison.
            whole_hours: cut the last day to the hours that are over now, where the question's last day is not.
        """
        grouped: dict[tuple[date, date, int | None, int], list[str]] = {}
        settled: dict[tuple[date, date, int | None, int], date] = {}
        for period, clock, alike in alike_in(self.stores, periods or self.periods):
            known = date.max if self.as_of is None else yesterday(self.as_of, *clock)
            for _, stores in by_period(alike, clock, self.periods) if whole_hours else ((period, alike),):
                hours = self._hours(next(iter(stores.values()))) if whole_hours else None
                key = (period.start_on, period.end_on, hours, clock[1].hour)
                grouped.setdefault(key, []).extend(stores)
                settled[key] = min(known, settled.get(key, date.max))
        everyone = owned(self.context)
        return [
            Window(tuple(sorted(ids)) if len(ids) < len(self.stores.ids) else self.stores.ids, *key, everyone,
                   settled[key])
            for key, ids in grouped.items()
        ]  # fmt: skip

    def _hours(self, store: Store) -> int | None:
        known = self.now if self.as_of is None else min(self.now, self.as_of)
        end_on = self.periods[store.store_id].end_on
        if self.now >= day_ends(end_on, store.timezone, store.day_starts_at):
            return None
        return complete_hours(known, end_on, store.timezone, store.day_starts_at)

    def until(self) -> str:
        """The wall-clock time up to which whole hours of today count, as ``10:00``, where it is that of every store."""
        times = {clock_hour(self._hours(store) or 0, store.day_starts_at) for store in self.stores.stores}
        return times.pop() if len(times) == 1 else "the last whole hour by each store's own clock"

    def hours_over(self) -> int:
        """The most whole hours of today known for any store that is still in it."""
        return max((self._hours(store) or 0 for store in self.unfinished()), default=0)


def frame(phrase: str, stores: str | None, context: ToolContext) -> Frame:
    """Resolve the stores and the period of a question, each store by its own calendar.

    Raises:
        BadArgumentError: the phrase is no period.
        NoDataError: the period is in the future or outside the data.
        tools.errors.ToolError: see ``resolve_stores``.
    """
    chosen = resolve_stores(stores, context)
    now = context.clock.now()
    if chosen.data is None:
        raise NoDataError(f"There are no sales for {chosen.label} yet.")
    of_clock = period_by_clock(phrase, chosen, now, chosen.data)
    periods = ByClock(chosen, of_clock)
    return Frame(context, chosen, periods[chosen.stores[0].store_id], periods, now, context.mirror.snapshot())


def recorded_frame(
    phrase: str, stores: str | None, context: ToolContext, *, product: str | None = None, department: str | None = None
) -> Frame:
    """The frame of a question about what is recorded of days without a sale too: prices, orders, changes of stock.

    Raises:
        BadArgumentError: the phrase is no period.
        NoDataError: the period is in the future.
        tools.errors.ToolError: see ``resolve_stores`` and ``part_of``.
    """
    chosen = resolve_stores(stores, context)
    now = context.clock.now()
    periods = {store.store_id: period_of(store, now, phrase) for store in chosen.stores}
    part = part_of(product, department, chosen, context)
    return Frame(context, chosen, periods[chosen.ids[0]], periods, now, context.mirror.snapshot(), part)


def coverage(asked: Frame, windows: Sequence[Window]) -> tuple[dict[str, int], Statement]:
    """Days with sales per store; stores without any are left out."""
    statement = build_coverage(windows, asked.context.scope)
    result = asked.context.mirror.query(statement.sql, statement.params)
    return dict(result.rows), statement


def not_open_yet(asked: Frame, now: Iterable[str], before: Iterable[str], windows: Sequence[Window]) -> set[str]:
    """Stores without a sale today that had none by this hour on the days of ``windows`` either.

    Args:
        asked: the question.
        now: the stores with sales today.
        before: those with sales on the other days, at any hour.
        windows: the other days up to this hour.
    """
    missing = set(before) - set(now)
    if not missing:
        return set()
    statement = build_coverage(windows, asked.context.scope, hourly=True)
    return missing - {row[0] for row in asked.context.mirror.query(statement.sql, statement.params).rows}


def require_sales(asked: Frame, days: Mapping[str, int]) -> None:
    """Refuse to answer about nothing.

    Raises:
        NoDataError: no store has a sale in the period; the sentence says what there is.
    """
    if days:
        return
    stores = [store for store in asked.stores.stores if store.first_on and store.last_on]
    first = min(store.first_on for store in stores if store.first_on)
    last = max(store.last_on for store in stores if store.last_on)
    raise NoDataError(f"There are no sales for {asked.stores.label} {asked.when}; the data covers {span(first, last)}.")


def one_currency(asked: Frame, by: str | None) -> None:
    """Refuse to add up different currencies; ``by`` is None for what is not to be had by store, "" for what is.

    Raises:
        BadArgumentError: as said.
    """
    currencies = asked.stores.currencies
    if len(currencies) > 1 and by != "store":
        raise BadArgumentError(
            f"These stores trade in {listed(currencies)}, and amounts in different currencies are not added up. "
            f"Ask {'for one store' if by is None else 'by store'}, or for the stores of one currency."
        )


def caveats(
    asked: Frame, metrics: Sequence[Metric], days: Mapping[str, int] | None = None, *, since: date | None = None
) -> list[str]:
    """What must be said beside the numbers: other dates, open days, gaps, what is simulated, how old the data is.

    ``since`` is the first day of what the period is held against.
    """
    said = dates_differ(asked.stores, asked.spans)
    said += [*(asked.part.notes if asked.part else ()), *_freshness(asked)]
    if days is not None:
        said += _gaps(asked, days)
    if "traffic" in asked.snapshot.sources and any("traffic" in metric.sources for metric in metrics):
        windows = asked.windows(whole_hours=bool(asked.unfinished()))
        said += not_counted(counted_at(asked.stores.stores, windows, asked.context), metrics)
    if "staff" in asked.snapshot.sources and any("staff" in metric.sources for metric in metrics):
        said += not_clocked(asked.stores.stores, asked.windows(), metrics, asked.context)
    said += none_returned(asked.stores.ids, metrics, asked.context)
    start = min(since or asked.start_on, asked.start_on)
    said += closed_since(asked.stores.stores, start, asked.end_on, asked.context)
    for topic in dict.fromkeys(topic for metric in metrics for topic in metric.sources):
        state = asked.snapshot.sources.get(topic)
        if state and state.simulated:
            note = state.note.strip().rstrip(".").removeprefix("simulated: ")
            note = f": {note}." if note else "."
            said.append(f"{_TOPICS.get(topic, topic.capitalize())} simulated{note}")
    return said


_TOPICS = {"cost": "Costs are", "traffic": "Visitor counts are", "staff": "Time cards are", "sales": "Sales are"}


def _freshness(asked: Frame) -> list[str]:
    zone = asked.stores.stores[0].timezone
    open_stores = asked.unfinished()
    if open_stores:
        known = f": sales are known up to {moment(asked.as_of, zone)}." if asked.as_of else "."
        dates = {asked.periods[store.store_id].end_on for store in asked.stores.stores}
        open_on = span(asked.end_on, asked.end_on) if len(dates) == 1 else "The last of these dates"
        return [f"{open_on} is not over{known}"]
    if asked.as_of is None:
        return []
    late = asked.ending_after(asked.as_of)
    return [f"Sales are known up to {moment(asked.as_of, zone)} only, which is before the period ends."] if late else []


def _short(asked: Frame, days: Mapping[str, int]) -> list[Store]:
    """The stores with sales on fewer days than they are asked about."""
    most = max(period.days for period in distinct(asked.periods))
    if days and min(days.values()) >= most and days.keys() >= asked.stores.by_id.keys():
        return []  # mostly: a look at all of them instead of at each
    return [store for store in asked.stores.stores if days.get(store.store_id, 0) < asked.periods[store.store_id].days]


def _gaps(asked: Frame, days: Mapping[str, int]) -> list[str]:
    """Days on which a store should have sold and nothing is recorded."""
    none, some = [], []
    unfinished = {store.store_id for store in asked.unfinished()}
    short = _short(asked, days)
    if not short:
        return []
    for store in short:
        period = asked.periods[store.store_id]
        start = max(period.start_on, store.first_on) if store.first_on else period.start_on
        if store.store_id not in days:
            none.append(store.name)
        elif days[store.store_id] <= (period.end_on - start).days and store.store_id not in unfinished:
            expected = store.open_days(start, period.end_on)
            if (missing := expected - days[store.store_id]) > 0:
                some.append(f"{store.name} {counted(missing, 'day')} of {expected}")
    said = begun_later(short, changed(asked.periods, lambda period: period.start_on), days)
    if none:
        said.append(f"No sales are recorded for {listed(none)} in this period.")
    if some:
        said.append(f"{GAPS} {listed(some)}.")
    return said


def provenance(
    asked: Frame, metrics: Sequence[Metric], statements: Sequence[Statement], start_on: date | None = None
) -> Provenance:
    """What an answer stands on; ``start_on`` reaches further back when a comparison does."""
    topics = dict.fromkeys(topic for metric in metrics for topic in metric.sources)
    return Provenance(
        metrics=tuple(metric.name for metric in metrics),
        sql=tuple(statement.sql for statement in statements),
        params=tuple(statement.params for statement in statements),
        stores=asked.stores.ids,
        start_on=min(start_on or asked.start_on, asked.start_on),
        end_on=asked.end_on,
        snapshot=asked.snapshot.version,
        as_of=asked.as_of,
        sources={topic: asked.snapshot.sources[topic].as_of_at for topic in topics if topic in asked.snapshot.sources},
    )
