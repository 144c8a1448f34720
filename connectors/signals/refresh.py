"""Bringing the signals of every store up to date in the mirror: weather, calendars, holidays.

Each source stands alone: one that does not answer is reported and tried again next time, the others go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import httpx
import structlog

from connectors.errors import ConnectorError, InputError, TerminalError, TransientError
from connectors.mirror.open import Mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from connectors.signals.calendars import CalendarStore, calendar_prefix, read_calendar
from connectors.signals.public_holidays import CATEGORY, Territory, holiday_rows
from connectors.signals.weather import Place, WeatherSource

CONNECTION = "signals"
_AHEAD = timedelta(days=120)
_BACK = timedelta(days=800)
_LARGEST_CALENDAR = 5 * 1024 * 1024

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """A calendar: a path or an http(s) address, and the stores it is about (none: all)."""

    source: str
    store_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalReport:
    """Rows stored by source, and sentences of what could not be had."""

    rows: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Store:
    store_id: str
    timezone: str
    latitude: float | None
    longitude: float | None
    country: str
    subdivision: str
    first_on: date | None
    weather_to: datetime | None


_STORES = """
SELECT st.store_id, st.timezone, st.latitude, st.longitude, coalesce(st.country, ''), coalesce(st.subdivision, ''),
  (SELECT min(d.business_on) FROM store_day d WHERE d.store_id = st.store_id),
  (SELECT max(w.hour_at) FROM weather_hour w WHERE w.store_id = st.store_id AND w.kind = 'observed'
     AND NOT coalesce(w.simulated, false))
FROM store st WHERE coalesce(st.active, true) ORDER BY st.store_id
"""


def refresh_signals(
    mirror: Mirror, now: datetime, *, weather: WeatherSource | None, calendars: Sequence[CalendarFeed] = ()
) -> SignalReport:
    """Read every source up to ``now`` (aware) and store what is new.

    Raises:
        TerminalError: the mirror is open for reading only.
    """
    if mirror.writer is None:
        raise TerminalError("The mirror is open for reading only; signals need to be written.")
    stores = [_Store(*row) for row in mirror.reader.query(_STORES).rows]
    report = SignalReport()
    if weather is not None:
        _refresh_weather(mirror, weather, stores, now, report)
    _refresh_holidays(mirror, stores, now, report)
    for feed in calendars:
        _refresh_calendar(mirror, feed, stores, now, report)
    log.info("signals.refreshed", **report.rows, problems=len(report.problems))
    return report


def _refresh_weather(
    mirror: Mirror, weather: WeatherSource, stores: Sequence[_Store], now: datetime, report: SignalReport
) -> None:
    located = [store for store in stores if store.latitude is not None and store.longitude is not None]
    for store in stores:
        if store not in located:
            report.problems.append(f"{store.store_id} has no latitude and longitude, so there is no weather for it.")
    complete = bool(located)
    for store in located:
        # A day of overlap: the newest observed hours are corrected for a while.
        since = (store.weather_to - timedelta(days=1)).date() if store.weather_to else store.first_on or now.date()
        place = Place(store.store_id, float(store.latitude or 0), float(store.longitude or 0))
        try:
            rows = list(weather.hours(place, since, now))
        except ConnectorError as error:
            report.problems.append(f"{store.store_id}: {error.user_message}")
            complete = False
            continue
        _submit(mirror, rows, None)
        report.rows["weather"] = report.rows.get("weather", 0) + len(rows)
    if complete:
        _submit(mirror, (), SourceUpdate("weather", CONNECTION, now, simulated=False, note=""))


def _refresh_holidays(mirror: Mirror, stores: Sequence[_Store], now: datetime, report: SignalReport) -> None:
    for store in stores:
        if not store.country:
            report.problems.append(f"{store.store_id} has no country, so there are no public holidays for it.")
            continue
        first = store.first_on or (now - _BACK).date()
        territory = Territory(store.store_id, store.country.upper(), store.subdivision.upper(), store.timezone)
        rows = list(holiday_rows(territory, first, (now + _AHEAD).date()))
        prefix = f"{CATEGORY}:"
        _replace_events(mirror, rows, prefix, [store.store_id])
        report.rows["holidays"] = report.rows.get("holidays", 0) + len(rows)


def _refresh_calendar(
    mirror: Mirror, feed: CalendarFeed, stores: Sequence[_Store], now: datetime, report: SignalReport
) -> None:
    meant = [store for store in stores if not feed.store_ids or store.store_id in feed.store_ids]
    unknown = sorted(set(feed.store_ids) - {store.store_id for store in stores})
    if unknown:
        report.problems.append(f"{feed.source}: there is no store “{unknown[0]}”.")
    try:
        reading = read_calendar(
            _content(feed.source),
            feed.source,
            [CalendarStore(store.store_id, store.timezone) for store in meant],
            (now - _BACK).date(),
            (now + _AHEAD).date(),
        )
    except ConnectorError as error:
        report.problems.append(error.user_message)
        return
    report.problems.extend(reading.problems)
    _replace_events(mirror, reading.rows, calendar_prefix(feed.source), [store.store_id for store in stores])
    report.rows["events"] = report.rows.get("events", 0) + len(reading.rows)
    _submit(mirror, (), SourceUpdate("events", feed.source[:200], now, simulated=False, note=""))


def _content(source: str) -> bytes:
    if not source.startswith(("http://", "https://")):
        try:
            return Path(source).read_bytes()
        except OSError as error:
            raise InputError(f"The calendar {source} cannot be read ({error.strerror}).") from error
    try:
        reply = httpx.get(source, timeout=20.0, follow_redirects=True)
    except httpx.HTTPError as error:
        raise TransientError(f"The calendar {source} does not answer.", detail=type(error).__name__) from error
    if not reply.is_success:
        raise TransientError(f"The calendar {source} answered with {reply.status_code}.")
    if len(reply.content) > _LARGEST_CALENDAR:
        raise InputError(f"The calendar {source} is larger than {_LARGEST_CALENDAR // 1024 // 1024} MB.")
    return reply.content


def _replace_events(mirror: Mirror, rows: Sequence[Row], prefix: str, store_ids: Sequence[str]) -> None:
    """Store what a source has now, and forget what it had before and has no more."""
    _submit(mirror, rows, None)
    kept = [f"{row.values['event_id']}\n{row.values['store_id']}" for row in rows]
    if mirror.writer is not None:
        mirror.writer.execute_bulk(
            lambda connection: connection.execute(
                "DELETE FROM local_event WHERE starts_with(event_id, $prefix) "
                "AND store_id IN (SELECT unnest(CAST($stores AS VARCHAR[]))) "
                "AND event_id || chr(10) || store_id NOT IN (SELECT unnest(CAST($kept AS VARCHAR[])))",
                {"prefix": prefix, "stores": list(store_ids), "kept": kept},
            )
        ).result()


def _submit(mirror: Mirror, rows: Sequence[Row], source: SourceUpdate | None) -> None:
    if mirror.writer is not None and (rows or source):
        mirror.writer.submit(Batch(rows=rows, sources=[source] if source else [])).result()
