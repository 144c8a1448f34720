"""The stores of the mirror as the tools know them, read once per state of the data.

The cache is shared by everyone who asks; what a person may see is cut out of it by ``visible_stores``, always.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from connectors.currency import minor_exponent
from tools.analysis.business_day import business_date
from tools.analysis.calendar import WEEKDAYS
from tools.context import MirrorPort, Role, ToolContext

_SQL = """
SELECT s.store_id, s.name, s.timezone, s.currency, s.district, s.connection, s.day_starts_at, s.open_hours, s.opened_on,
  s.country, s.subdivision, s.latitude,
  COALESCE(s.active, TRUE) AS active, d.first_on, d.last_on
FROM store s
LEFT JOIN (
  SELECT store_id, MIN(business_on) AS first_on, MAX(business_on) AS last_on FROM store_day GROUP BY store_id
) d
  ON d.store_id = s.store_id
ORDER BY s.store_id
"""


Clock = tuple[str, time]
"""A time zone and when the day starts."""


@dataclass(frozen=True, slots=True)
class Store:
    """One store. ``first_on`` and ``last_on`` are the first and last business date with sales, if any.

    ``active`` is false for one that has closed. ``connection`` is the account its sales come from, "" for files.
    ``southern`` is true south of the equator, where winter is in July.
    ``open_hours`` maps 0 (Monday) to 6 to opening times as text; empty when the source does not say.
    """

    store_id: str
    name: str
    timezone: str
    currency: str
    district: str = ""
    connection: str = ""
    day_starts_at: time = time(0)
    open_hours: Mapping[int, str] = field(default_factory=dict)
    opened_on: date | None = None
    first_on: date | None = None
    last_on: date | None = None
    active: bool = True
    southern: bool = False
    subdivision: str = ""
    exponent: int = field(init=False, repr=False, compare=False)
    """Digits after the point of its currency."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "exponent", minor_exponent(self.currency))

    def today(self, now: datetime) -> date:
        """The store's business date."""
        return business_date(now, self.timezone, self.day_starts_at)

    @property
    def region(self) -> str:
        """Its state or province, or its district where none is recorded; empty where neither is."""
        return self.subdivision or self.district

    @property
    def clock(self) -> Clock:
        """Its time zone and when its day starts: stores that share both share their dates."""
        return self.timezone, self.day_starts_at

    def open_days(self, start: date, end: date) -> int:
        """How many of these days, both ends included, are not always closed."""
        days = max(0, (end - start).days + 1)
        if not self.open_hours:
            return days
        weeks, rest = divmod(days, 7)
        odd = sum(not self.closed_on(end - timedelta(days=offset)) for offset in range(rest))
        return weeks * sum(bool(self.open_hours.get(weekday)) for weekday in range(7)) + odd

    def closed_on(self, day: date) -> bool:
        """True when the opening hours say that this weekday is always closed."""
        return bool(self.open_hours) and not self.open_hours.get(day.weekday())


def visible_stores(context: ToolContext) -> tuple[Store, ...]:
    """The stores that the person may see, by id."""
    mirror, version = context.mirror, context.mirror.snapshot().version
    return stores_among(mirror, version, context.scope.store_ids)  # type: ignore[arg-type]  # a reader is hashable


@lru_cache(maxsize=64)
def stores_among(mirror: MirrorPort, version: int, store_ids: tuple[str, ...]) -> tuple[Store, ...]:
    """The stores with these ids in one state of the data."""
    allowed = set(store_ids)
    return tuple(store for store in _read(mirror, version) if store.store_id in allowed)  # type: ignore[arg-type]


def every_store(context: ToolContext) -> tuple[Store, ...]:
    """All stores, only to recognise a name that lies outside the scope; never to be shown."""
    return _read(context.mirror, context.mirror.snapshot().version)  # type: ignore[arg-type]  # a reader is hashable


def owned(context: ToolContext) -> int:
    """How many stores there are, where the asker owns them all; 0 for anybody else."""
    return len(every_store(context)) if context.scope.role is Role.OWNER else 0


@lru_cache(maxsize=4)
def _read(mirror: MirrorPort, version: int) -> tuple[Store, ...]:  # noqa: ARG001  the version is the cache key
    return tuple(
        Store(
            store_id=row["store_id"],
            name=row["name"],
            timezone=row["timezone"],
            currency=row["currency"],
            district=row["district"] or "",
            connection=row["connection"] or "",
            day_starts_at=row["day_starts_at"] or time(0),
            open_hours=_hours(row["open_hours"]),
            opened_on=row["opened_on"],
            first_on=row["first_on"],
            last_on=row["last_on"],
            active=bool(row["active"]),
            subdivision=row["subdivision"] or "",
            southern=_southern(row["latitude"], row["country"]),
        )
        for row in mirror.query(_SQL).dicts()
    )


_SOUTHERN = frozenset({
    "AO", "AR", "AU", "BO", "BR", "BW", "BI", "CL", "FJ", "ID", "KM", "LS", "MG", "MU", "MW", "MZ", "NA", "NC", "NZ",
    "PE", "PG", "PY", "RE", "RW", "SB", "SC", "SZ", "TL", "TZ", "UY", "VU", "WS", "ZA", "ZM", "ZW",
})  # fmt: skip


def _southern(latitude: float | None, country: str | None) -> bool:
    """Whether a store lies south of the equator: by its place, else by its country; north where neither is known."""
    return latitude < 0 if latitude is not None else (country or "").upper() in _SOUTHERN


def _hours(cell: Any) -> Mapping[int, str]:
    """Opening times by weekday; days are named in English, in full or by three letters, or numbered from Monday 0."""
    try:
        document = json.loads(cell) if isinstance(cell, str) else cell
    except ValueError:
        return {}
    if not isinstance(document, Mapping):
        return {}
    hours = {}
    for name, spans in document.items():
        key = str(name).strip().lower()
        number = (
            int(key)
            if key in tuple("0123456")
            else next((index for index, full in enumerate(WEEKDAYS) if len(key) >= 3 and full.startswith(key)), None)
        )
        if number is not None and isinstance(spans, list):
            hours[number] = ", ".join(
                f"{span[0]}–{span[1]}" for span in spans if isinstance(span, list) and len(span) == 2
            )
    return hours
