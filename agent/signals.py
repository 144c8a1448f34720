"""Signals of an installation: which sources its settings name, and bringing them up to date."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from agent.errors import BadInputError
from agent.settings import Settings

if TYPE_CHECKING:
    from connectors.mirror.open import Mirror
    from connectors.signals.refresh import CalendarFeed, SignalReport

_ALL = "all"


def refresh(settings: Settings, mirror: Mirror, now: datetime) -> SignalReport:
    """Read weather, holidays and calendars and store what is new.

    Raises:
        BadInputError: FLOORWALKER_CALENDARS cannot be read.
        connectors.errors.TerminalError: the mirror is open for reading only.
    """
    from connectors.signals.refresh import refresh_signals
    from connectors.signals.weather import WeatherSource, archive_of

    calendars = parse_calendars(settings.calendars)
    address = settings.weather_url.strip()
    weather = WeatherSource(address, settings.weather_archive_url.strip() or archive_of(address)) if address else None
    try:
        return refresh_signals(mirror, now, weather=weather, calendars=calendars)
    finally:
        if weather is not None:
            weather.close()


def parse_calendars(text: str) -> list[CalendarFeed]:
    """Calendars out of ``FLOORWALKER_CALENDARS``: ``STORE,STORE=SOURCE`` or ``all=SOURCE``, separated by ``;``.

    Raises:
        BadInputError: an entry has no stores or no source.
    """
    from connectors.signals.refresh import CalendarFeed

    feeds = []
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        stores, equals, source = entry.partition("=")
        named = tuple(part.strip() for part in stores.split(",") if part.strip())
        if not equals or not source.strip() or not named or "/" in stores:
            raise BadInputError(f"FLOORWALKER_CALENDARS: “{entry}” is not STORE,STORE=SOURCE or all=SOURCE.")
        feeds.append(CalendarFeed(source.strip(), () if named == (_ALL,) else named))
    return feeds
