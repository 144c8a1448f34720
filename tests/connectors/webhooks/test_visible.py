"""What happens in the shop is in the mirror by its webhook alone: nothing here polls."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import structlog

from connectors.webhooks.events import Status
from tests.support.webhooks_world import Shopfront, shopfront


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shopfront]:
    with shopfront(tmp_path) as opened:
        opened.world.clock.turn(minutes=30)
        yield opened


def shows(shop: Shopfront, sql: str, *expected: tuple[Any, ...]) -> bool:
    """Whether the mirror comes to show these rows; the time is for a busy machine, ``bench webhooks`` measures."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if shop.rows(sql) == list(expected):
            return True
        time.sleep(0.02)
    structlog.get_logger().error("not.shown", sql=sql, rows=shop.rows(sql), inbox=shop.inbox.events())
    return False


def test_a_sale_its_refund_and_its_void(shop: Shopfront) -> None:
    first = shop.happen("sale", store_id="S01", lines=[{"variant_id": "V100", "quantity": 2}])
    assert shows(shop, "SELECT sale_id, net_minor FROM sale", (first["order_id"], 900))
    shop.happen("refund", order_id=first["order_id"])
    assert shows(shop, "SELECT sum(net_minor) FROM sale WHERE NOT voided", (0,))
    second = shop.happen("sale", store_id="S02", lines=[{"variant_id": "V200", "quantity": 1}])
    shop.happen("void", order_id=second["order_id"])
    sql = f"SELECT voided FROM sale WHERE sale_id = '{second['order_id']}'"
    assert shows(shop, sql, (True,))


def test_stock_follows_a_count_and_a_sale(shop: Shopfront) -> None:
    sql = "SELECT quantity FROM inventory_level WHERE variant_id = 'V100' AND store_id = 'S01'"
    shop.happen("recount", store_id="S01", variant_id="V100", quantity=40)
    assert shows(shop, sql, (Decimal("40.00000"),))
    shop.world.clock.turn(minutes=1)
    shop.happen("sale", store_id="S01", lines=[{"variant_id": "V100", "quantity": 3}])
    assert shows(shop, sql, (Decimal("37.00000"),))


def test_a_price(shop: Shopfront) -> None:
    sql = "SELECT price FROM price WHERE variant_id = 'V200' AND store_id = 'S01' ORDER BY valid_from_at DESC LIMIT 1"
    shop.happen("reprice", store_id="S01", variant_id="V200", price_minor=355)
    assert shows(shop, sql, (Decimal("3.5500"),))


def test_clocking_in_and_out(shop: Shopfront) -> None:
    sql = "SELECT clock_out_at IS NULL FROM timecard WHERE employee_id = 'E0101'"
    shop.happen("clock_in", store_id="S01", employee_id="E0101")
    assert shows(shop, sql, (True,))
    shop.world.clock.turn(hours=4)
    shop.happen("clock_out", employee_id="E0101")
    assert shows(shop, sql, (False,))


def test_a_time_card_that_is_deleted(shop: Shopfront) -> None:
    sql = "SELECT timecard_id FROM timecard"
    card = shop.happen("clock_in", store_id="S01", employee_id="E0101")["timecard_id"]
    assert shows(shop, sql, (card,))
    shop.happen("strike", timecard_id=card)
    assert shows(shop, sql)


def test_everything_that_was_told_is_dealt_with(shop: Shopfront) -> None:
    for _ in range(5):
        shop.happen("sale", store_id="S01", lines=[{"variant_id": "V100", "quantity": 1}])
    assert shows(shop, "SELECT count(*) FROM sale", (5,))
    deadline = time.monotonic() + 15
    while shop.inbox.open_counts()[Status.WAITING] and time.monotonic() < deadline:
        time.sleep(0.02)
    counts = shop.inbox.counts()["square"]
    assert set(counts) == {Status.DONE}
    assert counts[Status.DONE] >= 5
