from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.errors import InputError
from connectors.sandbox.sample.feed import SampleFeed
from connectors.sandbox.standin.feed import PosFeed
from tests.support.sample_mirror import TODAY, SampleWorld

ZONE = ZoneInfo("America/New_York")


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


@pytest.fixture
def feed(world: SampleWorld) -> Iterator[SampleFeed]:
    opened = SampleFeed(world.home)
    yield opened
    opened.close()


def test_the_stand_in_pos_can_be_filled_from_it(feed: SampleFeed) -> None:
    port: PosFeed = feed
    assert [location.store_id for location in port.locations()] == ["S01", "S02", "S03", "S04", "S05"]
    assert {person.store_id for person in port.employees()} == {"S01", "S02", "S03", "S04", "S05"}


def test_todays_orders_are_the_sources(world: SampleWorld, feed: SampleFeed) -> None:
    before = timedelta(microseconds=1)
    orders = list(feed.orders(midnight(TODAY) - before, midnight(TODAY + timedelta(days=1)) - before))
    expected = world.original.execute(
        "SELECT count(DISTINCT basket_id), CAST(sum(CAST(round(sales_value * 100) AS BIGINT)) AS BIGINT), count(*) "
        "FROM t WHERE day = ?",
        [TODAY],
    ).fetchone()
    lines = [line for order in orders for line in order.lines]
    assert (len(orders), sum(line.net_minor for line in lines), len(lines)) == expected
    assert [order.closed_at for order in orders] == sorted(order.closed_at for order in orders)
    assert all(line.gross_minor - line.discount_minor == line.net_minor for line in lines)


def test_steps_neither_repeat_nor_lose_an_order(feed: SampleFeed) -> None:
    start = midnight(TODAY)
    whole = [order.sale_id for order in feed.orders(start, start + timedelta(hours=14))]
    stepped = [
        order.sale_id
        for hour in range(14)
        for order in feed.orders(start + timedelta(hours=hour), start + timedelta(hours=hour + 1))
    ]
    assert len(whole) > 50
    assert stepped == whole


def test_nothing_of_the_past_is_played_again(world: SampleWorld, feed: SampleFeed) -> None:
    past = list(feed.orders(midnight(world.report.first_on), midnight(TODAY) - timedelta(microseconds=1)))
    assert past == []


def test_catalogue_prices_are_the_mirrors(world: SampleWorld, feed: SampleFeed) -> None:
    items = {item.variant_id: item for item in feed.catalog()}
    rows = world.mirror.reader.query(
        "SELECT variant_id, store_id, price FROM price WHERE store_id IS NOT NULL ORDER BY hash(variant_id) LIMIT 500"
    ).rows
    assert len(rows) == 500
    assert all(items[variant].prices[store] == price for variant, store, price in rows)
    assert "V1095275" in items
    assert items["V1095275"].sku == "1095275"


def test_every_known_product_of_a_future_order_is_in_the_catalogue(feed: SampleFeed) -> None:
    known = {item.variant_id for item in feed.catalog()}
    start = midnight(TODAY)
    for order in feed.orders(start, start + timedelta(days=3)):
        for line in order.lines:
            assert line.variant_id in known or line.name.startswith("Unknown product") or line.gross_minor == 0


def test_without_a_loaded_sample_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="load --sample"):
        SampleFeed(tmp_path)
