"""Whether there is data for a period, and what is nearest to it where there is none yet. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from tools.analysis.calendar import Kind, OutsideDataError, Period, day_text, month, week_of

_WEEKS = frozenset({Kind.WEEK, Kind.WEEK_TO_DATE})
_SOON = 92
_MONTHS = frozenset({Kind.MONTH, Kind.MONTH_TO_DATE})


def within_data(period: Period, data_start: date | None, data_end: date | None, week_start: int, today: date) -> Period:
    """The period, where it shares a day with the data.

    Raises:
        OutsideDataError: it shares none; the sentence says what the data covers, and the last whole week or month of it
            for a week or month that it does not reach yet.
    """
    if data_start is not None and period.end_on < data_start:
        raise OutsideDataError(
            f"There is no data for {_dated(period)}: it begins on {day_text(data_start)}"
            + (f" and reaches to {day_text(data_end)}" if data_end else "")
            + f"{_next_one(period, today)}."
        )
    if data_end is not None and period.start_on > data_end:
        whole = _last_whole(period.kind, data_end, week_start)
        known = f"; the {whole[0]} {whole[1]}" if whole and whole[2] >= (data_start or date.min) else ""
        raise OutsideDataError(
            f"There is no data for {_dated(period)} yet: it reaches to {day_text(data_end)}{known}.", not_yet=True
        )
    return period


def _next_one(period: Period, today: date) -> str:
    """“27 November” said shortly before it is that of a year ago: that the next one is to come is told as well."""
    try:
        first, last = (day.replace(year=day.year + 1) for day in (period.start_on, period.end_on))
    except ValueError:  # 29 February
        return ""
    if not 0 < (first - today).days <= _SOON:
        return ""
    return f"; {day_text(first)}{'' if first == last else f' to {day_text(last)}'} is still to come"


def _last_whole(kind: Kind, data_end: date, week_start: int) -> tuple[str, str, date] | None:
    """What the last whole week or month that is known is called, its dates, and the first of them."""
    after = data_end + timedelta(days=1)
    if kind in _WEEKS:
        first = week_of(after, week_start) - timedelta(days=7)
        return "last whole week known is", f"{day_text(first)} to {day_text(first + timedelta(days=6))}", first
    if kind in _MONTHS:
        last = after.replace(day=1) - timedelta(days=1)
        return "last whole month known is", month(last.year, last.month).label, last.replace(day=1)
    return None


def _dated(period: Period) -> str:
    first = day_text(period.start_on)
    span = first if period.days == 1 else f"{first} to {day_text(period.end_on)}"
    return period.label if first in period.label else f"{period.label} ({span})"
