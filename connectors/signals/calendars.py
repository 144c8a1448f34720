"""Local events out of iCalendar files (RFC 5545): fairs, matches, road works, school terms.

A recurring event is one row per occurrence. Times without a zone and whole days are those of the store. What cannot
be read is named, and the rest of the calendar still counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from connectors.errors import InputError
from connectors.records import Row

_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_UNSPECIFIED = "event"


@dataclass(frozen=True, slots=True)
class CalendarStore:
    """A store that a calendar is about."""

    store_id: str
    timezone: str


@dataclass(frozen=True, slots=True)
class CalendarReading:
    """What a calendar held for a span of time; ``problems`` name events that were left out."""

    rows: Sequence[Row]
    problems: Sequence[str] = ()


def calendar_prefix(source: str) -> str:
    """What the ids of a calendar's events begin with; ``source`` is its path or address."""
    return f"ics:{sha256(source.encode()).hexdigest()[:10]}:"


def read_calendar(
    content: bytes, source: str, stores: Sequence[CalendarStore], first: date, last: date
) -> CalendarReading:
    """The events that touch the days between two dates, both included, for each of the stores.

    Raises:
        InputError: it is not an iCalendar file.
    """
    # Imported here: only an installation with calendars pays for it.
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError) as error:
        raise InputError(
            f"{source} is not an iCalendar file; export it from the calendar as .ics.", detail=str(error)
        ) from error
    events: list[Any] = list(calendar.walk("VEVENT"))
    moved = {
        (str(event.get("UID", "")), _instant(event["RECURRENCE-ID"].dt, ZoneInfo("UTC")))
        for event in events
        if event.get("RECURRENCE-ID") is not None
    }
    rows: list[Row] = []
    problems: list[str] = []
    for event in events:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        name = str(event.get("SUMMARY") or "").strip() or _UNSPECIFIED
        try:
            for store in stores:
                rows += _occurrences(event, name, source, store, first, last, moved)
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            problems.append(f"{source}: “{name[:60]}” was left out, its times cannot be read ({type(error).__name__}).")
    return CalendarReading(rows, problems)


def _occurrences(
    event: Any,
    name: str,
    source: str,
    store: CalendarStore,
    first: date,
    last: date,
    moved: set[tuple[str, datetime]],
) -> Iterator[Row]:
    zone = ZoneInfo(store.timezone)
    begins = event["DTSTART"].dt
    length = _length(event, begins, zone)
    uid = str(event.get("UID") or sha256(f"{name}{begins}".encode()).hexdigest()[:16])
    single = event.get("RECURRENCE-ID") is not None
    opens = datetime.combine(first, time(), zone)
    closes = datetime.combine(last + timedelta(days=1), time(), zone)
    for local in _starts(event, begins, zone, opens - length - timedelta(days=1), closes):
        starts_at = _instant(local, zone)
        if isinstance(local, datetime):
            ends_at = starts_at + length
        else:
            ends_at = _instant(local + max(length, timedelta(days=1)), zone)
        if ends_at <= opens or starts_at >= closes:
            continue
        if not single and (uid, starts_at) in moved:
            continue
        yield Row(
            "local_event",
            {
                "event_id": f"{calendar_prefix(source)}{uid[:120]}:{starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
                "store_id": store.store_id,
                "name": name[:200],
                "category": _category(event),
                "starts_at": starts_at,
                "ends_at": ends_at,
            },
        )


def _starts(
    event: Any, begins: date | datetime, zone: ZoneInfo, since: datetime, until: datetime
) -> Iterator[date | datetime]:
    """When an event begins, each time, in its own clock, so that nine o'clock stays nine over a change of clocks."""
    rules = event.get("RRULE")
    extra = [item.dt for item in _dates(event.get("RDATE"))]
    without = {_instant(item.dt, zone) for item in _dates(event.get("EXDATE"))}
    own_zone = begins.tzinfo if isinstance(begins, datetime) and begins.tzinfo else zone
    found = [_naive(begins), *(_naive(_in_zone(at, begins)) for at in extra)]
    for rule in rules if isinstance(rules, list) else [rules] if rules is not None else []:
        found += _recurrences(rule, begins, since.astimezone(own_zone), until.astimezone(own_zone))
    for at in sorted(set(found)):
        local = at.date() if not isinstance(begins, datetime) else at.replace(tzinfo=begins.tzinfo)
        if _instant(local, zone) not in without:
            yield local


def _recurrences(rule: Any, begins: date | datetime, since: datetime, until: datetime) -> list[datetime]:
    # Imported here: only an installation with calendars pays for it.
    from dateutil.rrule import rrulestr

    if _TOO_OFTEN & {str(word).upper() for word in rule.get("FREQ", ())}:
        raise ValueError("recurs more often than daily")
    # The rule runs in the event's own clock, so its end must be told in that clock too.
    parts = [part for part in rule.to_ical().decode().split(";") if not part.startswith("UNTIL=")]
    last = _naive(until)
    if rule.get("UNTIL"):
        end = rule["UNTIL"][0]
        # A rule of timed events that ends on a date means the whole of that day.
        whole = isinstance(begins, datetime) and not isinstance(end, datetime)
        last = min(last, _naive(_in_zone(end, begins)) + (timedelta(days=1) if whole else timedelta(0)))
    return list(rrulestr(";".join(parts), dtstart=_naive(begins)).between(_naive(since), last, inc=True))


def _length(event: Any, begins: date | datetime, zone: ZoneInfo) -> timedelta:
    if event.get("DTEND") is not None:
        ends = event["DTEND"].dt
        if isinstance(begins, datetime):
            return max(_instant(ends, zone) - _instant(begins, zone), timedelta(0))
        return max(_day(ends) - begins, timedelta(days=1))
    if event.get("DURATION") is not None:
        duration: timedelta = event["DURATION"].dt
        return duration
    return timedelta(0) if isinstance(begins, datetime) else timedelta(days=1)


def _instant(at: date | datetime, zone: ZoneInfo) -> datetime:
    if isinstance(at, datetime):
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    return datetime.combine(at, time(), zone).astimezone(UTC)


def _in_zone(at: date | datetime, like: date | datetime) -> date | datetime:
    if isinstance(at, datetime) and at.tzinfo and isinstance(like, datetime) and like.tzinfo:
        return at.astimezone(like.tzinfo)
    return at


def _naive(at: date | datetime) -> datetime:
    return at.replace(tzinfo=None) if isinstance(at, datetime) else datetime.combine(at, time())


def _day(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at


def _dates(values: Any) -> list[Any]:
    if values is None:
        return []
    return [item for value in (values if isinstance(values, list) else [values]) for item in value.dts]


def _category(event: Any) -> str:
    categories = event.get("CATEGORIES")
    if isinstance(categories, list):
        categories = categories[0] if categories else None
    named = [str(name) for name in getattr(categories, "cats", ()) if str(name).strip()]
    return named[0][:60].casefold() if named else _UNSPECIFIED
