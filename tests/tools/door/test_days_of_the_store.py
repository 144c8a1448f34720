"""What happens late in the evening belongs to that day of the store, though it is the next one in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.mirror import rollups
from tests.tools.door.door_world import HOURS, ZONE, DoorWorld, build
from tools.registry import run_tool


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[DoorWorld]:
    made = build(tmp_path)
    yield made
    made.connection.close()


def test_goods_that_came_the_evening_before_the_period_were_there_all_through_it(evening: DoorWorld) -> None:
    run = evening.connection.execute
    run("INSERT INTO product (product_id, name) VALUES ('PZ', 'Zips')")
    run("INSERT INTO variant (variant_id, product_id, sku, name) VALUES ('VZ', 'PZ', 'Z', 'Zips')")
    run(
        "INSERT INTO inventory_level (variant_id, store_id, quantity, as_of_at)"
        " VALUES ('VZ', 'P', 5, '2026-11-23 05:00:00+00')"
    )
    run(
        "INSERT INTO inventory_change (change_id, variant_id, store_id, kind, quantity, occurred_at)"
        " VALUES ('C1', 'VZ', 'P', 'receive', 5, '2026-11-03 02:00:00+00')"
    )
    asked = {"period": "from 3 November to 22 November", "stores": "Pier"}
    found = run_tool("dead_stock", asked, evening.context())
    assert next(one.value for one in found.figures if one.metric == "dead_stock_products") == "1"


def test_a_promotion_ends_on_the_day_of_the_store(evening: DoorWorld) -> None:
    evening.connection.execute(
        "INSERT INTO promotion (promotion_id, name, starts_at, ends_at)"
        " VALUES ('X', 'Autumn', '2026-11-16 05:00:00+00', '2026-11-22 04:59:00+00')"
    )
    text = run_tool("explain_change", {"period": "last week", "stores": "Pier"}, evening.context()).text
    assert "“Autumn” began on Mon 16 Nov 2026 and “Autumn” ended on Sat 21 Nov 2026" in text


def test_a_day_of_which_some_hours_are_not_known_is_not_called_dry(evening: DoorWorld) -> None:
    """Three days at Pier: dry in every hour, dry in the four hours that are known, wet in the two that are known."""
    days = {date(2026, 11, 2): (range(9, 18), "0"), date(2026, 11, 3): (range(9, 13), "0"),
            date(2026, 11, 4): (range(12, 14), "3")}  # fmt: skip
    for day, (hours, rain) in days.items():
        for hour in hours:
            at = datetime.combine(day, time(hour), tzinfo=ZONE).astimezone(UTC)
            evening.connection.execute(
                "INSERT INTO weather_hour (store_id, hour_at, kind, temperature_c, precipitation_mm)"
                " VALUES ('P', ?, 'observed', 8, ?)",
                [at, rain],
            )
    asked = {"period": "from 2 November to 4 November", "by": ["weather"], "stores": "Pier", "metrics": ["net_sales"]}
    found = run_tool("sales_breakdown", asked, evening.context())
    net = {day: sum(one.net for one in HOURS if one.store == "P" and one.day == day) for day in days}
    told = {one.group["weather"]: one.value for one in found.figures if one.metric == "net_sales" and one.group}
    assert told == {
        "dry": f"{net[date(2026, 11, 2)] / 100:.2f}",
        "Not known": f"{net[date(2026, 11, 3)] / 100:.2f}",
        "rain": f"{net[date(2026, 11, 4)] / 100:.2f}",
    }


def test_sales_of_stores_that_record_no_losses_are_no_base_of_shrink(evening: DoorWorld) -> None:
    run = evening.connection.execute
    run(
        "INSERT INTO cost (variant_id, store_id, valid_from_at, unit_cost, currency)"
        " VALUES ('VA', 'P', '2026-01-01 00:00:00+00', 2, 'USD')"
    )
    run(
        "INSERT INTO inventory_change (change_id, variant_id, store_id, kind, quantity, occurred_at)"
        " VALUES ('C1', 'VA', 'P', 'adjust', -5, '2026-11-18 15:00:00+00'),"
        " ('C2', 'VA', 'Q', 'waste', -1, '2026-09-18 15:00:00+00')"
    )
    rollups.refresh(evening.connection)
    week = [one for one in HOURS if one.day >= date(2026, 11, 16)]
    asked = {"period": "last week", "by": "store", "valued_at": "cost"}
    found = run_tool("shrink_and_waste", asked, evening.context())
    base = Decimal(sum(one.net for one in week if one.store in "PQ")) / 100
    shrink = [one.value for one in found.figures if one.metric == "shrink_pct"]
    assert shrink[0] == str((Decimal(10) * 100 / base).quantize(Decimal("0.01")))
    assert {one.group["store"] for one in found.figures if one.group} == {"P", "Q"}
    assert any(one.startswith("Rock has recorded no adjustments") for one in found.caveats)
