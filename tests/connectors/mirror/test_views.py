"""What happened around an hour, and who was on duty for a sale, on a small day worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import NOON, line, sale, store

HOUR = timedelta(hours=1)


def card(ident: str, employee: str, begins: datetime, ends: datetime | None) -> Row:
    values: dict[str, Any] = {"timecard_id": ident, "employee_id": employee, "store_id": "S01"}
    return Row("timecard", values | {"clock_in_at": begins, "clock_out_at": ends})


def weather(at: datetime, rain: str, kind: str = "observed") -> Row:
    values = {"store_id": "S01", "hour_at": at, "kind": kind, "temperature_c": "11.5", "precipitation_mm": rain}
    return Row("weather_hour", {**values, "wind_ms": "3.0", "code": 61})


def event(ident: str, name: str, begins: datetime, ends: datetime) -> Row:
    values = {"event_id": ident, "store_id": "S01", "name": name, "category": "fair"}
    return Row("local_event", {**values, "starts_at": begins, "ends_at": ends})


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        rows = [
            store(),
            sale("A", NOON + timedelta(minutes=10), employee_id="E1"),
            line("A"),
            Row("foot_traffic", {"store_id": "S01", "hour_at": NOON, "visitors": 7, "source": "door-1"}),
            Row("foot_traffic", {"store_id": "S01", "hour_at": NOON, "visitors": 5, "source": "door-2"}),
            weather(NOON, "1.2"),
            weather(NOON, "9.9", "forecast"),
            card("T1", "E1", NOON - HOUR, NOON + timedelta(minutes=30)),
            card("T2", "E2", NOON + timedelta(minutes=45), None),
            event("x", "Fair", NOON + timedelta(minutes=15), NOON + HOUR),
        ]
        fresh = SourceUpdate("staff", "square", NOON + 2 * HOUR)
        mirror.writer.submit(Batch(rows=rows, sources=[fresh])).result()
        yield mirror


def hours(mirror: Mirror, columns: str) -> list[tuple[Any, ...]]:
    return list(mirror.reader.query(f"SELECT hour_of_day, {columns} FROM store_hour_context ORDER BY 1").rows)


def test_everything_known_of_an_hour_stands_in_one_row(mirror: Mirror) -> None:
    found = {row[0]: row[1:] for row in hours(mirror, "net_minor, transactions, visitors, precipitation_mm, events")}
    assert found[12] == (Decimal(1000), 1, 12, Decimal("1.20"), "Fair")
    assert found[11] == (0, 0, None, None, None), "somebody worked; nothing is known of visitors or weather"
    assert 13 in found


def test_staff_is_counted_by_the_minutes_they_were_there(mirror: Mirror) -> None:
    found = {row[0]: row[1:] for row in hours(mirror, "staff_on_duty, staff_hours")}
    assert found[11] == (1, Decimal("1.00"))
    assert found[12] == (2, Decimal("0.75"))
    assert found[13] == (1, Decimal("1.00")), "not clocked out: on duty as far as the cards are known"
    assert 14 not in found


def test_a_term_of_months_is_told_at_its_hours(mirror: Mirror) -> None:
    assert mirror.writer is not None
    term = event("term", "School term", NOON - timedelta(days=90), NOON + timedelta(days=20))
    mirror.writer.submit(Batch(rows=[term])).result()
    found = {row[0]: row[1] for row in hours(mirror, "events")}
    assert (found[11], found[12]) == ("School term", "Fair; School term")


def test_a_sale_names_everybody_on_duty_and_who_rang_it_up(mirror: Mirror) -> None:
    found = mirror.reader.query("SELECT sale_id, employee_id, rang_it_up FROM sale_staff").rows
    assert found == [("A", "E1", True)]


def test_the_hour_that_comes_twice_is_one_row(mirror: Mirror) -> None:
    assert mirror.writer is not None
    twice = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    rows = [
        Row("foot_traffic", {"store_id": "S01", "hour_at": at, "visitors": 3, "source": "d"})
        for at in (twice.replace(minute=0), twice.replace(minute=0) + HOUR)
    ]
    mirror.writer.submit(Batch(rows=[*rows, sale("B", twice), sale("C", twice + HOUR)])).result()
    found = mirror.reader.query(
        "SELECT hour_of_day, visitors, transactions FROM store_hour_context WHERE business_on = DATE '2026-11-01'"
    ).rows
    assert found == [(1, 6, 2)]
