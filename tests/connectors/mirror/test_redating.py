"""A store whose clock is put right has its past business days put right with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Entity, RawRecord
from connectors.files.load import load_folder
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.schema import ROLLUPS
from connectors.mirror.sync import sync_connection
from connectors.mirror.writer import Batch
from connectors.records import TABLES
from tests.support.listed_reader import START, ListedReader, sale, store
from tests.support.mirror_rows import line
from tests.support.mirror_rows import sale as sale_row
from tests.support.mirror_rows import store as store_row

EVENING = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
"""Half past nine in the evening of the fourth in New York, the morning of the fifth in Tokyo."""


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened


def shop(*stores: RawRecord) -> ListedReader:
    noon = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
    sales = [
        sale(f"{place}{number}", 100 * number, store_id=place, closed_at=at.isoformat())
        for place in ("S1", "S2")
        for number, at in enumerate((EVENING, noon, EVENING.replace(day=9)), start=1)
    ]
    return ListedReader({Entity.LOCATION: list(stores), Entity.SALE: sales}, whole={Entity.LOCATION})


def changed(record: RawRecord) -> RawRecord:
    return replace(record, source_version=record.source_version + 1)


def everything(mirror: Mirror) -> dict[str, list[str]]:
    tables: Sequence[str] = [*TABLES, *ROLLUPS]
    return {name: sorted(map(str, mirror.reader.query(f"SELECT * FROM {name}").rows)) for name in tables}


def days(mirror: Mirror, store_id: str, table: str = "store_day") -> list[date]:
    found = mirror.reader.query(
        f"SELECT DISTINCT business_on FROM {table} WHERE store_id = $store ORDER BY 1", {"store": store_id}
    )
    return [day for (day,) in found.rows]


@pytest.mark.parametrize("values", [{"timezone": "Asia/Tokyo"}, {"day_starts_at": "23:00"}, {"day_starts_at": "04:00"}])
def test_history_is_what_it_would_be_had_the_clock_always_been_right(
    mirror: Mirror, tmp_path: Path, values: dict[str, str]
) -> None:
    reader = shop(store("S1"), store("S2"))
    sync_connection(reader, mirror, until=START)
    reader.feeds[Entity.LOCATION] = [changed(store("S1", **values)), store("S2")]
    sync_connection(reader, mirror, until=START)
    with open_mirror(tmp_path / "fresh.duckdb") as fresh:
        sync_connection(shop(changed(store("S1", **values)), store("S2")), fresh, until=START)
        assert everything(mirror) == everything(fresh)


def test_a_wrong_zone_moves_the_days_of_its_own_store_only(mirror: Mirror) -> None:
    reader = shop(store("S1"), store("S2"))
    sync_connection(reader, mirror, until=START)
    assert days(mirror, "S1") == days(mirror, "S2") == [date(2026, 3, 4), date(2026, 3, 8)]
    reader.feeds[Entity.LOCATION] = [changed(store("S1", timezone="Asia/Tokyo")), store("S2")]
    sync_connection(reader, mirror, until=START)
    for table in ("store_day", "sale", "sale_line", "tender"):
        assert days(mirror, "S1", table) == [date(2026, 3, 5), date(2026, 3, 9)]
        assert days(mirror, "S2", table) == [date(2026, 3, 4), date(2026, 3, 8)]
    assert mirror.reader.query("SELECT sum(net_minor) FROM store_day").rows == [(1200,)]


def test_a_business_day_that_was_given_stays(mirror: Mirror) -> None:
    assert mirror.writer is not None
    given = {"business_on": date(2026, 3, 1)}
    rows: list[Any] = [store_row(), sale_row("s1", EVENING, **given), line("s1"), sale_row("s2", EVENING), line("s2")]
    mirror.writer.submit(Batch(rows)).result()
    mirror.writer.submit(Batch([store_row(timezone="Asia/Tokyo")])).result()
    assert days(mirror, "S01") == [date(2026, 3, 1), date(2026, 3, 5)]


def test_a_corrected_file_of_stores_alone_moves_what_was_loaded(mirror: Mirror, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    stores = "store_id,name,timezone,currency\nA,Alpha,America/New_York,USD\n"
    (folder / "store.csv").write_text(stores)
    (folder / "sale.csv").write_text("sale_id,store_id,closed_at\nS,A,2026-03-05T02:30:00Z\n")
    (folder / "sale_line.csv").write_text("sale_id,line_no,quantity,gross_minor\nS,1,1,500\n")
    load_folder(mirror, folder)
    assert days(mirror, "A") == [date(2026, 3, 4)]
    (folder / "sale.csv").unlink()
    (folder / "sale_line.csv").unlink()
    (folder / "store.csv").write_text(stores.replace("America/New_York", "Asia/Tokyo"))
    load_folder(mirror, folder)
    assert days(mirror, "A") == days(mirror, "A", "sale_line") == [date(2026, 3, 5)]
