"""One order, or two, for each way to get net sales wrong: what comes out of the mirror must be Square's own figures.

The files in ``golden`` are orders in Square's shape with the documents they have to become. All are put into the
stand-in, pulled once over HTTP, and read back out of the mirror.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.sync import sync_connection
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.platforms.shop import START, Place
from tests.support.platforms.square import open_rig

TRAPS = {path.stem: json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "golden").glob("*.json"))}


@dataclass(frozen=True)
class Pulled:
    mirror: Mirror

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        return list(self.mirror.reader.query(sql, params).rows)


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pulled]:
    folder = tmp_path_factory.mktemp("golden")
    with open_rig(folder) as rig, open_mirror(folder / "mirror.duckdb") as mirror:
        rig.shop.places.append(Place("S03", "Ginza", "Asia/Tokyo", "JPY"))
        rig.pos.store.run(  # type: ignore[attr-defined]
            "INSERT INTO location SELECT 'S03', replace(replace(replace(body, 'S02', 'S03'), 'USD', 'JPY'), "
            "'America/New_York', 'Asia/Tokyo') FROM location WHERE id = 'S02'"
        )
        for trap in TRAPS.values():
            for order in trap["orders"]:
                rig.pos.orders.add(order)  # type: ignore[attr-defined]
        night = {"store_id": "S02", "name": "x", "timezone": "UTC", "currency": "USD", "day_starts_at": "04:00"}
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=[Row("store", night)])).result()
        reader = rig.reader()
        try:
            sync_connection(reader, mirror, until=START + timedelta(days=7))
        finally:
            reader.close()
        yield Pulled(mirror)


@pytest.mark.parametrize("name", TRAPS)
def test_the_documents_are_those_square_counts(pulled: Pulled, name: str) -> None:
    for wanted in TRAPS[name]["expect"]:
        columns = ", ".join(wanted)
        found = pulled.rows(f"SELECT {columns} FROM sale WHERE sale_id = $id", id=wanted["sale_id"])
        assert [dict(zip(wanted, map(plain, row), strict=True)) for row in found] == [wanted], TRAPS[name]["trap"]
    known = {order["id"] for order in TRAPS[name]["orders"]}
    counted = pulled.rows("SELECT sale_id FROM sale")
    assert {sale_id for (sale_id,) in counted} & known == {wanted["sale_id"] for wanted in TRAPS[name]["expect"]}


@pytest.mark.parametrize("name", TRAPS)
def test_lines_add_up_to_documents_and_tenders_to_totals(pulled: Pulled, name: str) -> None:
    for wanted in TRAPS[name]["expect"]:
        lines = pulled.rows(
            "SELECT coalesce(sum(net_minor) FILTER (NOT is_gift_card), 0), "
            "coalesce(sum(discount_minor) FILTER (NOT is_gift_card), 0) FROM sale_line WHERE sale_id = $id",
            id=wanted["sale_id"],
        )
        assert lines == [(wanted["net_minor"], wanted["discount_minor"])]
        if wanted["kind"] != "exchange":
            paid = pulled.rows("SELECT sum(amount_minor) FROM tender WHERE sale_id = $id", id=wanted["sale_id"])
            assert paid == [(wanted["total_minor"],)]


def test_the_days_add_up_to_what_counts(pulled: Pulled) -> None:
    counted = [wanted for trap in TRAPS.values() for wanted in trap["expect"] if not wanted["voided"]]
    assert pulled.rows("SELECT sum(net_minor) FROM store_day") == [(sum(item["net_minor"] for item in counted),)]
    sold = [item for item in counted if item["kind"] != "return"]
    assert pulled.rows("SELECT sum(transactions) FROM store_day") == [(len(sold),)]
    returned = sum(item["net_minor"] for item in counted if item["kind"] == "return")
    # Of the exchange, the two oat milks that came back are a return too.
    assert pulled.rows("SELECT sum(returns_minor) FROM store_day") == [(-returned + 900,)]


def test_a_discount_keeps_its_name_and_its_rule(pulled: Pulled) -> None:
    found = pulled.rows(
        "SELECT name, promotion_id, sum(amount_minor) FROM sale_discount WHERE sale_id = 'DISC' GROUP BY 1, 2"
    )
    assert found == [("Opening day", "RULE-1", 100)]


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def test_every_trap_is_told_in_a_sentence() -> None:
    told: Mapping[str, str] = {name: trap["trap"] for name, trap in TRAPS.items()}
    assert len(set(told.values())) == len(told) >= 18
