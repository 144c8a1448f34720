"""Keys of calendar groups: from what SQL groups by to text, to words for people, and to the days they cover."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tools.analysis.calendar import WEEKDAYS, add_months
from tools.analysis.retail_calendar import retail_period


def key_text(dimension: str, cell: Any, week_start: int = 0) -> str:
    """A cell of SQL as the text that figures carry: ``2026-11``, ``2026-Q4``, ``2026-P09``, ``Monday``, ``14``.

    Args:
        dimension: the dimension's name; others than those of the calendar are taken as they stand.
        cell: the key as it left SQL.
        week_start: the weekday on which weeks start, 0 for Monday.
    """
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if dimension == "weekday":
        return WEEKDAYS[(int(cell) + week_start) % 7].title()
    if dimension == "month":
        return f"{int(cell) // 100}-{int(cell) % 100:02d}"
    if dimension == "quarter":
        return f"{int(cell) // 10}-Q{int(cell) % 10}"
    if dimension == "period":
        return f"{int(cell) // 100}-P{int(cell) % 100:02d}"
    return str(cell)


def key_order(dimension: str, key: str, week_start: int = 0) -> tuple[int, str]:
    """What sorts keys of the calendar in their own order."""
    if dimension == "weekday":
        return ((WEEKDAYS.index(key.lower()) - week_start) % 7, key)
    return (int(key), key) if dimension == "hour" else (0, key)


def key_title(dimension: str, key: str) -> str:
    """A key as people read it."""
    if dimension == "day":
        day = date.fromisoformat(key)
        return f"{day:%a} {day.day} {day:%b}"
    if dimension == "week":
        day = date.fromisoformat(key)
        return f"week of {day.day} {day:%b}"
    if dimension == "month":
        return f"{date.fromisoformat(f'{key}-01'):%b %Y}"
    if dimension == "quarter":
        return f"{key[-2:]} {key[:4]}"
    if dimension == "period":
        return retail_period(int(key[:4]), int(key[-2:])).label
    return f"{int(key):02d}:00" if dimension == "hour" else key


def key_days(dimension: str, key: str, start_on: date, end_on: date) -> tuple[date, date]:
    """The business dates of a period that a group covers."""
    first, last = start_on, end_on
    if dimension == "day":
        first = last = date.fromisoformat(key)
    elif dimension == "week":
        first = date.fromisoformat(key)
        last = first + timedelta(days=6)
    elif dimension in ("month", "quarter"):
        year, months = int(key[:4]), 1 if dimension == "month" else 3
        first = date(year, int(key[-2:]) if months == 1 else 3 * int(key[-1]) - 2, 1)
        last = add_months(first, months) - timedelta(days=1)
    elif dimension == "period":
        period = retail_period(int(key[:4]), int(key[-2:]))
        first, last = period.start_on, period.end_on
    return max(first, start_on), min(last, end_on)
