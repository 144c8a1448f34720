"""Stores that opened late or closed early, held against their opening hours and their own habit.

A drawer that is opened says when a store began to work. Where none is recorded only the first sale is known, and a
quiet morning looks like a late opening: then the delay must also leave the store's own range by far.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tools.analysis.opening_hours import OpenDay, open_day
from tools.analysis.outliers import usual_range
from tools.directory import Store

HISTORY_WEEKS = 8
FEWEST_DAYS = 7
"""Days below which a store's habit is not known."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """Opening or closing: least minutes off the hours by drawer and by sale, and how wide a habit is in deviations."""

    name: str
    by_drawer: int
    by_sale: int


OPENING = Procedure("opened late", 10, 15)
CLOSING = Procedure("closed early", 10, 30)
_DRAWER_WIDTH, _SALE_WIDTH = 3.5, 6.0
_EARLY_MINUTES, _EARLY_SHARE = 15, 0.2
_BEYOND_TENTH = 1.5


@dataclass(frozen=True, slots=True)
class Irregular:
    """A day that began late or ended early.

    ``at`` and ``due`` are minutes of the business date, ``minutes`` how far they are apart and ``usual`` how far they
    usually are; ``by_drawer`` says whether a drawer shows it, or only a sale.
    """

    store_id: str
    on: date
    what: str
    at: int
    due: int
    minutes: int
    usual: int
    by_drawer: bool


@dataclass(frozen=True, slots=True)
class StoreDays:
    """A store's days in the period: how many were looked at, what was irregular, and days without any sign of life.

    ``judged`` is False where sales are so often recorded before the opening hours that a first sale tells nothing.
    """

    store_id: str
    days: int
    judged: bool
    usual_opening: int | None
    by_drawer: bool
    irregular: tuple[Irregular, ...]
    silent: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    on: date
    hours: OpenDay
    first: int
    last: int


def find_days(
    rows: Iterable[Mapping[str, Any]],
    stores: Sequence[Store],
    periods: Mapping[str, tuple[date, date]],
    unfinished: Mapping[str, int],
) -> list[StoreDays]:
    """Each store with known hours, by its id.

    Args:
        rows: those of ``exceptions_query.build_days`` over the period and the weeks before.
        stores: the stores asked about; those without opening hours are left out.
        periods: first and last business date per store.
        unfinished: minutes of the last business date that are over, for stores whose last date is not.
    """
    by_store: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_store.setdefault(row["store_id"], []).append(row)
    return [
        _store(store, by_store.get(store.store_id, []), periods[store.store_id], unfinished.get(store.store_id))
        for store in stores
        if store.open_hours
    ]


def _store(
    store: Store, rows: Sequence[Mapping[str, Any]], period: tuple[date, date], minutes_over: int | None
) -> StoreDays:
    hours = {weekday: open_day(text) for weekday, text in store.open_hours.items()}
    drawers = sum(row["first_open"] is not None for row in rows) * 2 >= len(rows) > 0
    closes = sum(row["last_close"] is not None for row in rows) * 2 >= len(rows) > 0
    seen = [one for row in rows if (one := _seen(row, hours)) is not None]
    mine = [one for one in seen if period[0] <= one.on <= period[1]]
    over = [one for one in mine if not (minutes_over is not None and one.on == period[1])]
    late = {one.on: max(one.first - one.hours.opens, 0) for one in seen}
    early = {one.on: max(one.hours.closes - one.last, 0) for one in seen if minutes_over is None or one.on < period[1]}
    usual_opening, most_late = _habit(list(late.values()), OPENING, by_drawer=drawers)
    usual_closing, most_early = _habit(list(early.values()), CLOSING, by_drawer=closes)
    irregular = [
        Irregular(
            store.store_id, one.on, OPENING.name, one.first, one.hours.opens, late[one.on], usual_opening, drawers
        )
        for one in mine
        if late[one.on] > most_late
    ]
    irregular += [
        Irregular(
            store.store_id, one.on, CLOSING.name, one.last, one.hours.closes, early[one.on], usual_closing, closes
        )
        for one in over
        if early[one.on] > most_early
    ]
    before = sum(one.hours.opens - one.first > _EARLY_MINUTES for one in seen)
    judged = drawers or before < _EARLY_SHARE * max(len(seen), 1)
    if not judged:
        irregular = [one for one in irregular if one.what != OPENING.name]
    known = {one.on for one in mine}
    first = max(period[0], store.first_on or period[0])
    silent = [
        day
        for day in (first + timedelta(days=offset) for offset in range((period[1] - first).days + 1))
        if day not in known
        and (opens := hours.get(day.weekday())) is not None
        and (minutes_over is None or day < period[1] or minutes_over > opens.opens + most_late)
    ]
    ordered = tuple(sorted(irregular, key=lambda one: (one.on, one.what)))
    usual = usual_opening if judged and len(late) >= FEWEST_DAYS else None
    return StoreDays(store.store_id, len(mine), judged, usual, drawers, ordered, tuple(silent))


def _seen(row: Mapping[str, Any], hours: Mapping[int, OpenDay | None]) -> _Seen | None:
    on: date = row["business_on"]
    known = hours.get(on.weekday())
    firsts = [_minutes(row[name], on) for name in ("first_open", "first_sale") if row[name] is not None]
    lasts = [_minutes(row[name], on) for name in ("last_close", "last_sale") if row[name] is not None]
    if known is None or not firsts or not lasts:
        return None
    return _Seen(on, known, min(firsts), max(lasts))


def _minutes(local: datetime, on: date) -> int:
    return int((local - datetime.combine(on, datetime.min.time())).total_seconds() // 60)


def _habit(minutes: Sequence[int], procedure: Procedure, *, by_drawer: bool) -> tuple[int, float]:
    """What is usual, and beyond how many minutes a day is irregular; the hours alone where the habit is unknown."""
    least = procedure.by_drawer if by_drawer else procedure.by_sale
    if len(minutes) < FEWEST_DAYS:
        return 0, float(2 * least)
    middle, reach = usual_range([float(one) for one in minutes], _DRAWER_WIDTH if by_drawer else _SALE_WIDTH, least)
    # First sales are skewed: now and then nobody comes for long. One day in ten shows how long that is.
    tenth = 0.0 if by_drawer else _BEYOND_TENTH * sorted(minutes)[int(0.9 * (len(minutes) - 1))]
    return int(middle), max(middle + reach, tenth)
