"""Opening hours as minutes of a business day. Pure.

Hours come as text, ``06:00–14:00, 15:00–23:59``; a span that ends at or before its start ends on the next day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_SPAN = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?\s*[–-]\s*(\d{1,2}):(\d{2})")
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class OpenDay:
    """When a store opens and closes, in minutes from midnight of the business date; ``minutes`` is how long it is open.

    A closing time beyond 1440 is of the next calendar day.
    """

    opens: int
    closes: int
    minutes: int


def open_day(text: str | None) -> OpenDay | None:
    """One day's hours; None for a closed day or words that are no hours. 23:59 is read as the end of the day."""
    spans = []
    for first_hour, first_minute, last_hour, last_minute in _SPAN.findall(text or ""):
        start, end = int(first_hour) * 60 + int(first_minute), int(last_hour) * 60 + int(last_minute)
        if end % _DAY == _DAY - 1:
            end += 1
        spans.append((start, end if end > start else end + _DAY))
    if not spans:
        return None
    return OpenDay(
        min(start for start, _ in spans), max(end for _, end in spans), sum(end - start for start, end in spans)
    )


def hours_open(text: str | None) -> frozenset[int]:
    """The hours of the clock that a day's opening times touch; none for a closed day or words that are no hours."""
    touched: set[int] = set()
    for first_hour, first_minute, last_hour, last_minute in _SPAN.findall(text or ""):
        start, end = int(first_hour) * 60 + int(first_minute), int(last_hour) * 60 + int(last_minute)
        end = end if end > start else end + _DAY
        touched |= {hour % 24 for hour in range(start // 60, -(-end // 60))}
    return frozenset(touched)


def open_minutes(hours: Mapping[int, str], start_on: date, end_on: date) -> int | None:
    """Minutes open between two dates, both included; None where no opening hours are known."""
    if not hours:
        return None
    by_weekday = {weekday: open_day(text) for weekday, text in hours.items()}
    days = (start_on + timedelta(days=offset) for offset in range((end_on - start_on).days + 1))
    return sum(found.minutes for day in days if (found := by_weekday.get(day.weekday())) is not None)


def clock(minutes: int) -> str:
    """Minutes from midnight as ``06:40``."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
