"""Hours clocked and what they cost, by store and day: each commit leaves what adding all cards up again would."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectors.mirror import labour, rollups
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.origins import drop_rows, name_of
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.mirror_rows import sale, store

START = datetime(2026, 3, 1, 15, tzinfo=UTC)
_DAYS = "SELECT * FROM labour_day ORDER BY ALL"
_BY_HAND = """WITH card AS (
  SELECT x.store_id, CAST((x.clock_in_at AT TIME ZONE st.timezone)
      - to_seconds(extract('epoch' FROM coalesce(st.day_starts_at, TIME '00:00'))) AS DATE) AS business_on,
    date_diff('second', x.clock_in_at, x.clock_out_at) - 60 * coalesce(x.break_minutes, 0) AS seconds,
    coalesce(x.wage_minor, e.hourly_minor) AS rate
  FROM timecard x JOIN store st USING (store_id) LEFT JOIN employee e USING (employee_id)
  WHERE x.clock_in_at IS NOT NULL)
SELECT store_id, business_on, CAST(SUM(seconds) AS BIGINT), CAST(SUM(seconds * rate) AS HUGEINT),
  CAST(SUM(CASE WHEN seconds IS NULL THEN 1 ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN rate IS NULL AND seconds IS NOT NULL THEN seconds ELSE 0 END) AS BIGINT)
FROM card GROUP BY 1, 2 ORDER BY ALL"""


def write(mirror: Mirror, *rows: Row) -> None:
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows=list(rows))).result(timeout=10)


def card(timecard_id: str, at: datetime | None, hours: int | None = 8, **values: Any) -> Row:
    left = None if at is None or hours is None else at + timedelta(hours=hours)
    given = {
        "timecard_id": timecard_id,
        "employee_id": "E1",
        "store_id": "S01",
        "clock_in_at": at,
        "clock_out_at": left,
    }
    return Row("timecard", given | values)


def person(employee_id: str, hourly_minor: int | None) -> Row:
    return Row("employee", {"employee_id": employee_id, "name": employee_id, "hourly_minor": hourly_minor})


def assert_follows(mirror: Mirror) -> list[tuple[Any, ...]]:
    """The rollup, once it is what it should be."""
    days = mirror.reader.query(_DAYS).rows
    assert days == mirror.reader.query(_BY_HAND).rows
    return list(days)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(1, 6))])
def test_it_follows_cards_wages_and_clocks_of_several_stores(mirror: Mirror, seed: int) -> None:
    chance = random.Random(seed)
    stores, people = ("T02", "T03"), ("E1", "E2")
    for _ in range(60):
        kind = chance.random()
        if kind < 0.15:
            zone = chance.choice(("America/New_York", "Asia/Tokyo", "Asia/Kathmandu"))
            write(mirror, store(chance.choice(stores), timezone=zone, day_starts_at=chance.choice((None, "04:30"))))
        elif kind < 0.3:
            write(mirror, person(chance.choice(people), chance.choice((None, 1500, 2250))))
        elif kind < 0.4:
            gone = name_of("timecard", (f"t{chance.randrange(12)}",))
            assert mirror.writer is not None
            mirror.writer.execute_bulk(lambda connection, gone=gone: drop_rows(connection, {gone})).result(timeout=10)
        else:
            write(
                mirror,
                *(
                    card(
                        f"t{chance.randrange(12)}",
                        START + timedelta(days=chance.randrange(4), minutes=chance.randrange(1440)),
                        chance.choice((None, 4, 8)),
                        store_id=chance.choice(stores),
                        employee_id=chance.choice(people),
                        break_minutes=chance.choice((None, 0, 30)),
                        wage_minor=chance.choice((None, None, 1800)),
                    )
                    for _ in range(chance.randrange(1, 4))
                ),
            )
        assert_follows(mirror)
    kept = assert_follows(mirror)
    assert len(kept) > 3
    assert mirror.writer is not None
    for again in (rollups.refresh, labour.make_again):
        mirror.writer.execute_bulk(again).result(timeout=60)
        assert mirror.reader.query(_DAYS).rows == kept


def test_a_card_that_moves_to_another_day_leaves_nothing_behind(mirror: Mirror) -> None:
    write(mirror, card("t1", START))
    write(mirror, card("t1", START + timedelta(days=1)))

    (day,) = assert_follows(mirror)
    assert str(day[1]) == "2026-03-02"


def test_a_card_without_its_beginning_counts_for_nothing(mirror: Mirror) -> None:
    write(mirror, card("t1", None))

    assert assert_follows(mirror) == []


def test_cards_of_a_store_that_is_not_known_wait_for_it(mirror: Mirror) -> None:
    write(mirror, card("t1", START, store_id="T09"))
    assert mirror.reader.query(_DAYS).rows == []
    write(mirror, store("T09", timezone="Asia/Tokyo"))
    assert len(assert_follows(mirror)) == 1


def test_a_month_of_the_store_that_reaches_into_another_of_utc_is_whole(mirror: Mirror) -> None:
    write(mirror, store("T02", timezone="Asia/Tokyo"), store("T03", timezone="America/New_York"))
    for number, store_id in enumerate(("T02", "T03")):
        write(mirror, card(f"a{number}", datetime(2026, 4, 30, 22, tzinfo=UTC), store_id=store_id))
        write(mirror, card(f"b{number}", datetime(2026, 5, 1, 1, tzinfo=UTC), store_id=store_id))
    assert mirror.writer is not None
    mirror.writer.execute_bulk(labour.make_again).result(timeout=10)
    assert len(assert_follows(mirror)) == 2


def test_a_commit_of_sales_alone_leaves_it_as_it_is(mirror: Mirror) -> None:
    write(mirror, card("t1", START), person("E1", 1500))
    kept = assert_follows(mirror)
    write(mirror, sale("a", START))
    assert assert_follows(mirror) == kept


def test_a_file_of_before_is_filled_when_it_is_opened_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "mirror.duckdb"
    with open_mirror(path) as mirror:
        write(mirror, store(), card("t1", START))
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE labour_day")
        connection.execute("DELETE FROM mirror_meta WHERE key = 'definition'")
    with open_mirror(path) as mirror:
        assert len(assert_follows(mirror)) == 1
