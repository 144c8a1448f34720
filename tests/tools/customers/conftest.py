"""Customers made by hand: whoever is a champion, stops coming, grows or shrinks was planted here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext

FIRST = date(2026, 1, 5)
WEEKS = 24
LAST = FIRST + timedelta(weeks=WEEKS, days=-1)
NOW = datetime.combine(LAST + timedelta(days=1), time(15), tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
STORES = ("S01", "S02")


@dataclass(frozen=True, slots=True)
class Visit:
    """One document: who, when by the clock of the store, how much in cents."""

    key: str | None
    on: date
    hour: int
    cents: int
    store: str = "S01"
    kind: str = "sale"


def visits() -> list[Visit]:
    """Everybody's visits: loyal, casual, gone, overdue, growing, shrinking, late, and the few of the other store."""
    made: list[Visit] = []

    def weekly(key: str, weekday: int, hour: int, cents: Any, weeks: Any = range(WEEKS)) -> None:
        made.extend(Visit(key, FIRST + timedelta(weeks=w, days=weekday), hour, cents(w)) for w in weeks)

    for n in range(20):
        # Twice a week, Saturdays at five in the afternoon among them, large baskets.
        weekly(f"loyal{n:02d}", 5, 17, lambda w, n=n: 8000 + 10 * n + 7 * (w % 3))
        weekly(f"loyal{n:02d}", 2, 9, lambda w, n=n: 7000 + n)
    for n in range(20):
        weekly(f"casual{n:02d}", n % 5, 12, lambda w, n=n: 2000 + n + 11 * (w % 4), range(n % 4, WEEKS, 4))
    for n in range(15):
        weekly(f"gone{n:02d}", n % 5, 10, lambda w, n=n: 900 + n, range(3))
    for n in range(14):
        # Every week until eight weeks before the end.
        weekly(f"overdue{n:02d}", 3, 18, lambda w, n=n: 5000 + n, range(WEEKS - 8))
    for n in range(14):
        weekly(f"growing{n:02d}", 1, 11, lambda w, n=n: 1000 + 250 * w + 20 * (w % 3) + n)
    for n in range(7):
        weekly(f"shrinking{n}", 1, 11, lambda w, n=n: 7000 - 250 * w + 20 * (w % 3) + n)
    for n in range(6):
        weekly(f"late{n}", 4, 16, lambda w, n=n: 3000 + n, range(12, WEEKS))
    made += [Visit(None, FIRST + timedelta(days=n), 14, 1500) for n in range(7 * WEEKS)]
    made += [Visit(f"few{n}", LAST - timedelta(days=n), 13, 4000, "S02") for n in range(4)]
    made.append(Visit("loyal00", LAST - timedelta(days=1), 15, -2500, kind="return"))
    return made


def rows(every: list[Visit], start: int = 0) -> list[Row]:
    made: list[Row] = []
    for number, one in enumerate(every, start):
        at = datetime.combine(one.on, time(one.hour, 20), tzinfo=ZONE).astimezone(UTC)
        ident = f"D{number:06d}"
        made.append(sale(ident, at, store_id=one.store, kind=one.kind, customer_key=one.key))
        variant = "V-fish" if one.key and one.key.startswith("loyal") else "V-soup"
        back = one.kind == "return"
        made.append(line(ident, 1, one.cents, variant_id=variant, quantity=-1 if back else 1, is_return=back))
    return made


def households() -> list[Row]:
    made = [
        Row("customer", {"customer_key": f"growing{n:02d}", "age_band": "25-34" if n < 9 else "45-54", "kids": "2"})
        for n in range(14)
    ]
    made += [Row("customer", {"customer_key": f"shrinking{n}", "age_band": "65+" if n < 3 else None}) for n in range(7)]
    for n in range(20):
        band = "25-34" if n < 5 else "45-54"
        made.append(Row("customer", {"customer_key": f"loyal{n:02d}", "age_band": band, "kids": "0"}))
        made.append(Row("customer", {"customer_key": f"casual{n:02d}", "age_band": "45-54", "kids": "0"}))
    return made


@dataclass(slots=True)
class People:
    """The mirror, the visits it was made of, and contexts over it."""

    mirror: Mirror
    visits: list[Visit]

    def asker(self, role: Role = Role.OWNER, *stores: str) -> ToolContext:
        ids = stores or ("S01",)
        return ToolContext(Scope("U", role, ids), self.mirror.reader, FixedClock(NOW))

    def known(self, store_id: str = "S01") -> list[Visit]:
        return [one for one in self.visits if one.key and one.store == store_id]


def open_people(folder: Any) -> People:
    mirror = open_mirror(folder / "mirror.duckdb")
    assert mirror.writer is not None
    every = visits()
    goods = [
        Row("product", {"product_id": "fish", "name": "Fish", "department": "Seafood"}),
        Row("variant", {"variant_id": "V-fish", "product_id": "fish", "name": "Fish"}),
        Row("product", {"product_id": "soup", "name": "Soup", "department": "Grocery"}),
        Row("variant", {"variant_id": "V-soup", "product_id": "soup", "name": "Soup"}),
    ]
    places = [store("S01", name="Market Street"), store("S02", name="Harbor Point")]
    update = SourceUpdate("sales", "test", NOW)
    mirror.writer.submit(Batch(rows=[*places, *goods, *households(), *rows(every)], sources=[update])).result()
    return People(mirror, every)


@pytest.fixture(scope="package")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    made = open_people(tmp_path_factory.mktemp("people"))
    yield made
    made.mirror.close()
