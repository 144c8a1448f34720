"""Public holidays of a store's country and region, as local events of a whole day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from connectors.records import Row

CATEGORY = "holiday"


@dataclass(frozen=True, slots=True)
class Territory:
    """Where a store is: ISO 3166-1 country, ISO 3166-2 subdivision with or without the country, IANA zone."""

    store_id: str
    country: str
    subdivision: str
    timezone: str


def holiday_rows(territory: Territory, first: date, last: date) -> Iterator[Row]:
    """``local_event`` rows of the holidays between two dates, both included; none for an unknown country.

    A region the library does not know is left out of the question: the country's own holidays still hold.
    """
    # Imported here: the library brings every country's rules along.
    import holidays

    years = range(first.year, last.year + 1)
    region = territory.subdivision.removeprefix(f"{territory.country}-") or None
    known = holidays.list_supported_countries(include_aliases=False)
    if territory.country not in known:
        return
    if region not in known[territory.country]:
        region = None
    zone = ZoneInfo(territory.timezone)
    for day, name in sorted(holidays.country_holidays(territory.country, subdiv=region, years=years).items()):
        if not first <= day <= last:
            continue
        yield Row(
            "local_event",
            {
                "event_id": f"{CATEGORY}:{territory.country}:{day.isoformat()}:{_slug(name)}",
                "store_id": territory.store_id,
                "name": name,
                "category": CATEGORY,
                "starts_at": datetime.combine(day, time(), zone),
                "ends_at": datetime.combine(day + timedelta(days=1), time(), zone),
            },
        )


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.casefold()).strip("-")[:60]
