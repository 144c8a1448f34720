"""Visitors on the clocks of their stores and held against sales: each commit leaves what a whole rebuild would."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from connectors.mirror import rollups, visits
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.origins import drop_rows, name_of
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store

START = datetime(2026, 3, 1, 15, tzinfo=UTC)
_HOURS = "SELECT store_id, business_on, hour_of_day, visitors, epoch_us(latest_at) FROM door_hour ORDER BY ALL"
_HOURS_BY_HAND = """SELECT f.store_id, CAST((f.hour_at AT TIME ZONE st.timezone)
    - to_seconds(extract('epoch' FROM coalesce(st.day_starts_at, TIME '00:00'))) AS DATE),
  CAST(extract('hour' FROM f.hour_at AT TIME ZONE st.timezone) AS INTEGER), CAST(SUM(f.visitors) AS BIGINT),
  epoch_us(MAX(CASE WHEN f.visitors IS NOT NULL THEN f.hour_at END))
FROM foot_traffic f JOIN store st ON st.store_id = f.store_id GROUP BY 1, 2, 3 ORDER BY ALL"""
_DAYS = "SELECT * FROM door_day ORDER BY ALL"
_DAYS_BY_HAND = """SELECT store_id, business_on,
  CAST(SUM(DISTINCT CASE WHEN s.net_minor IS NOT NULL THEN CAST(pow(2, hour_of_day) AS INTEGER) ELSE 0 END) AS INTEGER),
  CAST(SUM(DISTINCT CASE WHEN s.transactions > 0 THEN CAST(pow(2, hour_of_day) AS INTEGER) ELSE 0 END) AS INTEGER),
  CAST(SUM(DISTINCT CASE WHEN d.visitors IS NOT NULL THEN CAST(pow(2, hour_of_day) AS INTEGER) ELSE 0 END) AS INTEGER),
  CAST(SUM(d.visitors) AS BIGINT), CAST(COALESCE(SUM(s.transactions), 0) AS BIGINT),
  CAST(COALESCE(SUM(s.transactions) FILTER (WHERE d.visitors IS NOT NULL), 0) AS BIGINT),
  CAST(COALESCE(SUM(s.net_minor) FILTER (WHERE d.visitors IS NOT NULL), 0) AS DECIMAL(18,2))
FROM store_hour s FULL JOIN (SELECT * FROM door_hour WHERE visitors IS NOT NULL) d
  USING (store_id, business_on, hour_of_day)
GROUP BY 1, 2 ORDER BY ALL"""


def write(mirror: Mirror, *rows: Row) -> None:
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows=list(rows))).result(timeout=10)


def counted(at: datetime, visitors: int | None, store_id: str = "S01", source: str = "door") -> Row:
    return Row("foot_traffic", {"store_id": store_id, "hour_at": at, "visitors": visitors, "source": source})


def assert_follows(mirror: Mirror) -> tuple[int, int]:
    """How many hours and days there are, once they are what they should be."""
    hours, days = mirror.reader.query(_HOURS).rows, mirror.reader.query(_DAYS).rows
    assert hours == mirror.reader.query(_HOURS_BY_HAND).rows
    assert days == mirror.reader.query(_DAYS_BY_HAND).rows
    return len(hours), len(days)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(1, 4))])
def test_they_follow_counts_sales_and_clocks_of_several_stores(mirror: Mirror, seed: int) -> None:
    chance = random.Random(seed)
    stores = ("T02", "T03")
    for number in range(30):
        store_id = chance.choice(stores)
        at = START + timedelta(days=chance.randrange(5), minutes=chance.randrange(1440))
        kind = chance.random()
        if kind < 0.15:
            zone = chance.choice(("America/New_York", "Asia/Tokyo", "Asia/Kathmandu"))
            write(mirror, store(store_id, timezone=zone, day_starts_at=chance.choice((None, "04:30"))))
        elif kind < 0.6 or number < 4:
            write(
                mirror,
                *(
                    counted(at + timedelta(hours=hour), chance.choice((None, 0, 3, 9)), store_id, f"d{hour % 2}")
                    for hour in range(chance.randrange(1, 9))
                ),
            )
        else:
            if not mirror.reader.query("SELECT 1 FROM store WHERE store_id = $id", {"id": store_id}).rows:
                write(mirror, store(store_id))
            name = f"s{chance.randrange(9)}"
            document = sale(name, at, store_id=store_id, source_version=number, voided=chance.random() < 0.2)
            write(mirror, document, line(name, 1, chance.randrange(100, 900)))
        assert_follows(mirror)
    hours, days = assert_follows(mirror)
    assert hours > 20
    assert days > 5
    kept = mirror.reader.query(_HOURS).rows, mirror.reader.query(_DAYS).rows
    assert mirror.writer is not None
    mirror.writer.execute_bulk(rollups.refresh).result(timeout=60)
    assert (mirror.reader.query(_HOURS).rows, mirror.reader.query(_DAYS).rows) == kept
    mirror.writer.execute_bulk(visits.make_again).result(timeout=60)
    assert (mirror.reader.query(_HOURS).rows, mirror.reader.query(_DAYS).rows) == kept


def test_counts_of_a_store_that_is_not_known_wait_for_it(mirror: Mirror) -> None:
    write(mirror, counted(START, 5, "T09"))
    assert mirror.reader.query(_DAYS).rows == []
    write(mirror, store("T09", timezone="Asia/Tokyo"))
    assert assert_follows(mirror) == (1, 1)


def test_a_store_with_a_zone_that_nobody_knows_keeps_the_hours_it_had(mirror: Mirror) -> None:
    write(mirror, counted(START, 5))
    kept = mirror.reader.query(_HOURS).rows
    write(mirror, store("S01", timezone="Mars/Olympus"))
    assert mirror.reader.query(_HOURS).rows == kept != []


def test_counts_that_are_taken_back_leave_nothing_behind(mirror: Mirror) -> None:
    write(mirror, counted(START, 5), counted(START + timedelta(hours=1), 7))
    assert mirror.writer is not None
    gone = name_of("foot_traffic", ("S01", START.isoformat(), "door"))
    mirror.writer.execute_bulk(lambda connection: drop_rows(connection, {gone})).result(timeout=10)
    assert assert_follows(mirror) == (1, 1)


def test_a_month_of_the_store_that_reaches_into_another_of_utc_is_whole(mirror: Mirror) -> None:
    write(mirror, store("T02", timezone="Asia/Tokyo"), store("T03", timezone="America/New_York"))
    for store_id in ("T02", "T03"):
        write(mirror, counted(datetime(2026, 4, 30, 22, tzinfo=UTC), 4, store_id))
        write(mirror, counted(datetime(2026, 5, 1, 1, tzinfo=UTC), 5, store_id))
    assert mirror.writer is not None
    mirror.writer.execute_bulk(visits.make_again).result(timeout=10)
    assert assert_follows(mirror) == (4, 2)


def test_a_file_of_before_is_filled_when_it_is_opened_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "mirror.duckdb"
    with open_mirror(path) as mirror:
        write(mirror, store(), sale("a", START), line("a", 1, 1000), counted(START, 5))
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE door_hour")
        connection.execute("DROP TABLE door_day")
        connection.execute("DELETE FROM mirror_meta WHERE key = 'definition'")
    with open_mirror(path) as mirror:
        assert assert_follows(mirror) == (1, 1)
