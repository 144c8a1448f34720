"""Simulated: employees and time cards.

Each store works in three shifts a day whose number of people follows the store's size; people rotate through them.
Clock times wander by up to twelve minutes and one shift in thirty is missed. Wages are plausible, names invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from connectors.sandbox.sample.world import STORES, ZONE_NAME, Calendar, DemoStore, chance

_FIRST = (
    "Ada", "Ben", "Carla", "Dev", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Kira", "Liam", "Mina", "Noor",
    "Otis", "Priya", "Quinn", "Rosa", "Sami", "Tess",
)  # fmt: skip
_LAST = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Hazel", "Juniper", "Laurel", "Maple", "Oakes", "Rowan")
_SHIFT_STARTS = {"open": 6, "mid": 11, "close": 15}
SHIFT_HOURS = 8
BREAK_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Employee:
    """An invented person. ``hourly_minor`` is cents an hour."""

    employee_id: str
    name: str
    role: str
    store_id: str
    hourly_minor: int


def employees() -> Iterator[Employee]:
    """Everyone, store by store: one manager each, a lead or two, the rest associates."""
    for number, store in enumerate(STORES):
        for index in range(_headcount(store)):
            role, wage = ("manager", 3200) if index == 0 else ("lead", 2250) if index <= 2 else ("associate", 1650)
            person = number * 37 + index * 7
            yield Employee(
                employee_id=f"E{store.store_id[1:]}{index + 1:02d}",
                name=f"{_FIRST[person % len(_FIRST)]} {_LAST[(person // 3 + index) % len(_LAST)]}",
                role=role,
                store_id=store.store_id,
                hourly_minor=wage + 25 * (person % 7),
            )


_TIMECARDS = """
INSERT INTO timecard (timecard_id, employee_id, store_id, clock_in_at, clock_out_at, break_minutes, wage_minor,
  simulated)
WITH days AS (
  SELECT CAST(unnest(generate_series($first, $last, INTERVAL 1 DAY)) AS DATE) AS on_day),
worked AS (
  SELECT d.on_day, s.store_id, s.slot, s.start_hour, e.employee_id, e.hourly_minor,
    s.store_id || d.on_day || '-' || s.slot AS key
  FROM days d CROSS JOIN sample_slot s
  JOIN sample_employee e ON e.store_id = s.store_id
    AND e.number = (s.slot + date_diff('day', $first, d.on_day)) % s.headcount)
SELECT 'TC-' || key, employee_id, store_id,
  timezone('{zone}', on_day + to_hours(start_hour) + to_minutes(CAST(floor({late} * 12) AS INTEGER))),
  timezone('{zone}', on_day + to_hours(start_hour + {hours}) + to_minutes(CAST(floor({out} * 12) AS INTEGER))),
  {pause}, hourly_minor, true
FROM worked WHERE {present} >= 0.033
ORDER BY store_id, on_day, slot
"""


def insert(connection: duckdb.DuckDBPyConnection, calendar: Calendar) -> None:
    """Fill employee, and timecard for every day of history. ``timecard.wage_minor`` is the hourly rate."""
    people = list(employees())
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE sample_employee "
        "(employee_id VARCHAR, name VARCHAR, role VARCHAR, store_id VARCHAR, hourly_minor BIGINT, number BIGINT)"
    )
    connection.executemany(
        "INSERT INTO sample_employee VALUES (?, ?, ?, ?, ?, ?)",
        [[e.employee_id, e.name, e.role, e.store_id, e.hourly_minor, int(e.employee_id[3:]) - 1] for e in people],
    )
    connection.execute(
        """INSERT INTO employee (employee_id, name, role, store_id, hourly_minor, active, simulated)
        SELECT employee_id, name, role, store_id, hourly_minor, true, true FROM sample_employee"""
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE sample_slot (store_id VARCHAR, slot BIGINT, start_hour BIGINT, headcount BIGINT)"
    )
    connection.executemany("INSERT INTO sample_slot VALUES (?, ?, ?, ?)", [list(slot) for slot in _slots()])
    connection.execute(
        _TIMECARDS.format(
            zone=ZONE_NAME,
            hours=SHIFT_HOURS,
            pause=BREAK_MINUTES,
            late=chance("'in' || key"),
            out=chance("'out' || key"),
            present=chance("'present' || key"),
        ),
        {"first": calendar.first_on, "last": calendar.today.fromordinal(calendar.today.toordinal() - 1)},
    )


def _headcount(store: DemoStore) -> int:
    return (store.openers + store.mids + store.closers) * 7 // 5 + 2


def _slots() -> Iterator[tuple[str, int, int, int]]:
    for store in STORES:
        counts = {"open": store.openers, "mid": store.mids, "close": store.closers}
        starts = [_SHIFT_STARTS[name] for name, count in counts.items() for _ in range(count)]
        for slot, start in enumerate(starts):
            yield store.store_id, slot, start, _headcount(store)
