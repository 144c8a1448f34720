"""A store's own day: which business date an instant belongs to, when that date begins and ends, what is over of it.

A store that closes at two in the morning starts its day at, say, 04:00; until then it is still yesterday there.
Instants are aware; a business date begins at the local wall-clock time ``day_starts_at``, whatever DST does that night.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)
_REMEMBERED = 4096
"""The stores of a chain share a few clocks, and every question asks each of them the same."""


@lru_cache(maxsize=_REMEMBERED)
def business_date(instant: datetime, timezone: str, day_starts_at: time = MIDNIGHT) -> date:
    """The business date in the store at ``instant``."""
    local = instant.astimezone(ZoneInfo(timezone))
    return local.date() if local.time() >= day_starts_at else local.date() - timedelta(days=1)


def yesterday(instant: datetime, timezone: str, day_starts_at: time = MIDNIGHT) -> date:
    """The business date before the one in the store at ``instant``: the latest that is over."""
    return business_date(instant, timezone, day_starts_at) - timedelta(days=1)


@lru_cache(maxsize=_REMEMBERED)
def day_begins(on: date, timezone: str, day_starts_at: time = MIDNIGHT) -> datetime:
    """The instant at which the business date ``on`` begins, in UTC."""
    return datetime.combine(on, day_starts_at, tzinfo=ZoneInfo(timezone)).astimezone(UTC)


def day_ends(on: date, timezone: str, day_starts_at: time = MIDNIGHT) -> datetime:
    """The instant at which the next business date begins, in UTC."""
    return day_begins(on + timedelta(days=1), timezone, day_starts_at)


def complete_hours(instant: datetime, on: date, timezone: str, day_starts_at: time = MIDNIGHT) -> int | None:
    """Whole wall-clock hours of the business date ``on`` that are over at ``instant``; None when the date is over.

    Hours are counted as the hour rollup labels them: from the hour that the day starts in.
    """
    if instant >= day_ends(on, timezone, day_starts_at):
        return None
    if instant < day_begins(on, timezone, day_starts_at):
        return 0
    local = instant.astimezone(ZoneInfo(timezone))
    return (local.hour - day_starts_at.hour) % 24


def clock_hour(hours: int, day_starts_at: time = MIDNIGHT) -> str:
    """The wall-clock time ``hours`` after the day starts, as ``HH:00``."""
    return f"{(day_starts_at.hour + hours) % 24:02d}:00"
