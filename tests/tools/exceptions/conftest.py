"""Five stores with a planted truth: who discounts, whose drawer is short, who opened late, who works nights."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from connectors.mirror import rollups, schema
from connectors.mirror.reader import MirrorReader
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext

FIRST_ON, LAST_ON = date(2026, 10, 26), date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
ABUSER = ("S02", "E23")
SHORT_DRAWER = ("S02", "R2")
SHORTAGES = {date(2026, 11, 3): -4000, date(2026, 11, 11): -5500, date(2026, 11, 19): -3800}
LATE = ("S03", date(2026, 11, 10))
NIGHT_REGISTER = "R9"
SMALL_STORE = "S05"
_ZONE = ZoneInfo("America/New_York")
_HOURS = '{"' + '":[["08:00","23:00"]],"'.join("0123456") + '":[["08:00","23:00"]]}'
_NAMES = {"E23": "Ada Alder"}


@dataclass(slots=True)
class Registers:
    """What was written, so that a test can count it again."""

    reader: MirrorReader
    sales: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    discounts: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[tuple[Any, ...]] = field(default_factory=list)

    def context(self, role: Role = Role.OWNER, *stores: str, now: datetime = NOW) -> ToolContext:
        """Somebody who may see these stores, all of them unless named."""
        ids = stores or ("S01", "S02", "S03", "S04", "S05")
        return ToolContext(Scope("U_TEST", role, ids), self.reader, FixedClock(now))


def _at(day: date, hour: int, minute: int) -> str:
    return datetime.combine(day, time(hour, minute), tzinfo=_ZONE).astimezone(UTC).isoformat()


def _day(made: Registers, rng: random.Random, store: str, day: date) -> None:
    small = store == SMALL_STORE
    opened = (8, 40) if (store, day) == LATE else (7, 52)
    for register in ("R1", "R2"):
        made.events.append((f"{store}{day}{register}o", store, register, None, "open_drawer", None, None, None,
                            None, _at(day, *opened)))  # fmt: skip
        difference = SHORTAGES.get(day, 0) if (store, register) == SHORT_DRAWER else rng.randint(-150, 150)
        made.events.append((f"{store}{day}{register}c", store, register, None, "close_drawer", None, 50_000,
                            50_000 + difference, None, _at(day, 23, 5)))  # fmt: skip
    for number in range(4 if small else 48):
        night = not small and number % 4 == 3
        hour = rng.randint(20, 22) if night else rng.randint(8 if opened[0] < 8 else 9, 19)
        register = NIGHT_REGISTER if night else rng.choice(("R1", "R2"))
        employee = f"E{store[2:]}{rng.randint(1, 2 if small else 5)}"
        sale_id, when = f"{store}-{day:%m%d}-{number}", _at(day, hour, rng.randint(0, 59))
        gross = rng.randint(500, 6000)
        rate = 0.16 if (store, employee) == ABUSER else 0.04
        by_hand = gross // 5 if rng.random() < rate else 0
        loyalty = gross // 10 if rng.random() < 0.5 else 0
        back = rng.random() < 0.02
        sign = -1 if back else 1
        made.sales.append((sale_id, store, when, str(day), register, employee, "return" if back else "sale", "USD"))
        made.lines.append((sale_id, 1, "V1", sign, sign * gross, sign * (by_hand + loyalty),
                           sign * (gross - by_hand - loyalty), back, store, str(day)))  # fmt: skip
        if loyalty:
            made.discounts.append((sale_id, 1, 1, loyalty, "loyalty"))
        if rng.random() < (0.10 if night else 0.01):
            made.events.append(
                (f"{sale_id}v", store, register, employee, "void_line", gross, None, None, sale_id, when)
            )


def _insert(connection: duckdb.DuckDBPyConnection, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    def cell(value: Any) -> str:
        return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)

    for start in range(0, len(rows), 2000):
        values = ", ".join(f"({', '.join(map(cell, row))})" for row in rows[start : start + 2000])
        connection.execute(f"INSERT INTO {into} VALUES {values}")


@pytest.fixture(scope="package")
def registers() -> Iterator[Registers]:
    connection = duckdb.connect(":memory:")
    connection.execute("SET TimeZone = 'UTC'")
    schema.create(connection)
    made = Registers(MirrorReader(connection))
    rng = random.Random(4)
    stores = [(f"S0{n}", name, "America/New_York", "USD", "North" if n < 4 else "South", _HOURS)
              for n, name in enumerate(("Market Street", "Harbor Point", "Maple Avenue", "Harbor Street",
                                        "Station Road"), 1)]  # fmt: skip
    _insert(connection, "store (store_id, name, timezone, currency, district, open_hours)", stores)
    employees = [
        (f"E{n}{k}", _NAMES.get(f"E{n}{k}", f"Person {n}{k}"), f"S0{n}") for n in range(1, 6) for k in range(1, 6)
    ]
    _insert(connection, "employee (employee_id, name, store_id)", employees)
    for offset in range((LAST_ON - FIRST_ON).days + 1):
        for store in stores:
            _day(made, rng, store[0], FIRST_ON + timedelta(days=offset))
    _insert(connection, "sale (sale_id, store_id, closed_at, business_on, register_id, employee_id, kind, currency)",
            made.sales)  # fmt: skip
    _insert(connection, "sale_line (sale_id, line_no, variant_id, quantity, gross_minor, discount_minor, net_minor,"
            " is_return, store_id, business_on)", made.lines)  # fmt: skip
    _insert(connection, "sale_discount (sale_id, line_no, seq, amount_minor, kind)", made.discounts)
    _insert(connection, "register_event (event_id, store_id, register_id, employee_id, kind, amount_minor,"
            " expected_minor, counted_minor, sale_id, occurred_at)", made.events)  # fmt: skip
    rollups.refresh(connection)
    for source in ("sales",):
        connection.execute(
            "INSERT INTO source_state VALUES (?, 'test', ?, false, '')", [source, datetime(2026, 11, 23, 5, tzinfo=UTC)]
        )
    yield made
    connection.close()
