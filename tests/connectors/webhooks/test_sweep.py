"""What webhooks lost is found, counted, and not counted when it was merely on its way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from connectors.base import Entity, Reader
from connectors.errors import TransientError
from connectors.mirror.sync import stored_cursor, sync_connection
from connectors.webhooks.addresses import Door
from connectors.webhooks.sweep import GRACE, Sweep
from tests.support.webhooks_world import FEEDS, Shopfront, shopfront

LINES = [{"variant_id": "V100", "quantity": 1}]
SALES = "SELECT count(*) FROM sale"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shopfront]:
    with shopfront(tmp_path, worker=False) as opened:
        opened.world.pos.webhook = None
        yield opened


@pytest.fixture
def sweep(shop: Shopfront) -> Sweep:
    sweeper = Sweep(shop.inbox, shop.mirror, shop.world.clock.now)
    sweeper.sweep(shop.reader)
    return sweeper


def found(shop: Shopfront) -> dict[Entity, int]:
    return dict(shop.inbox.tallies.findings().get("square", {}))


def test_what_no_webhook_brought_is_found_and_counted(shop: Shopfront, sweep: Sweep) -> None:
    shop.world.clock.turn(minutes=1)
    shop.happen("sale", store_id="S01", lines=LINES)
    shop.happen("clock_in", store_id="S01", employee_id="E0101")
    shop.world.clock.turn(minutes=10)
    cursor = stored_cursor(shop.mirror, "square", Entity.SALE)
    assert sweep.sweep(shop.reader) >= 2
    assert shop.rows(SALES) == [(1,)]
    assert found(shop)[Entity.SALE] == 1
    assert found(shop)[Entity.TIMECARD] == 1
    # On cursors of its own: where polling goes on is not touched.
    assert stored_cursor(shop.mirror, "square", Entity.SALE) == cursor
    shop.world.clock.turn(minutes=10)
    before = found(shop)
    sweep.sweep(shop.reader)
    assert found(shop) == before


def test_what_a_webhook_brought_is_not_counted(shop: Shopfront, sweep: Sweep) -> None:
    from connectors.mirror.sync import apply_records

    shop.world.clock.turn(minutes=1)
    order = shop.happen("sale", store_id="S01", lines=LINES)["order_id"]
    apply_records(shop.reader, shop.mirror, shop.reader.fetch(Entity.SALE, [order]))
    shop.world.clock.turn(minutes=10)
    sweep.sweep(shop.reader)
    assert Entity.SALE not in found(shop)


def test_what_may_still_be_on_its_way_is_brought_but_not_counted(shop: Shopfront, sweep: Sweep) -> None:
    shop.world.clock.turn(minutes=1)
    shop.happen("sale", store_id="S01", lines=LINES)
    shop.world.clock.turn(seconds=GRACE.total_seconds() - 1)
    sweep.sweep(shop.reader)
    assert shop.rows(SALES) == [(1,)]
    assert Entity.SALE not in found(shop)


def test_what_came_before_webhooks_is_not_theirs_to_bring(shop: Shopfront) -> None:
    shop.world.clock.turn(minutes=1)
    shop.happen("sale", store_id="S01", lines=LINES)
    shop.world.clock.turn(minutes=10)
    sweeper = Sweep(shop.inbox, shop.mirror, shop.world.clock.now)
    sync_connection(sweeper.watched(shop.reader), shop.mirror, until=shop.world.clock.now(), entities=FEEDS)
    sweeper.sweep(shop.reader)
    assert shop.rows(SALES) == [(1,)]
    assert found(shop) == {}


def test_polling_counts_too(shop: Shopfront, sweep: Sweep) -> None:
    shop.world.clock.turn(minutes=1)
    shop.happen("sale", store_id="S01", lines=LINES)
    shop.world.clock.turn(minutes=5)
    watched = sweep.watched(shop.reader)
    sync_connection(watched, shop.mirror, until=shop.world.clock.now(), entities=[Entity.SALE])
    sync_connection(watched, shop.mirror, until=shop.world.clock.turn(minutes=1), entities=[Entity.SALE])
    assert shop.rows(SALES) == [(1,)]
    assert found(shop) == {Entity.SALE: 1}


def test_a_round_that_broke_off_goes_back_as_far_again(shop: Shopfront, sweep: Sweep) -> None:
    shop.world.clock.turn(minutes=1)
    shop.happen("sale", store_id="S01", lines=LINES)
    shop.world.clock.turn(hours=5)
    began = shop.inbox.watches.begin("square", shop.world.clock.now())
    shop.world.faults.order({"operation": "orders.search", "fault": "error_before", "times": 50})
    with pytest.raises(TransientError):
        sweep.sweep(shop.reader)
    assert shop.inbox.watches.find("square") == began
    shop.world.faults.order({"operation": "orders.search", "fault": "refuse", "times": 0})
    sweep.sweep(shop.reader)
    assert shop.rows(SALES) == [(1,)]


class Subscribing:
    """A reader that only keeps subscriptions."""

    platform = connection = "square"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = False

    def ensure_webhooks(self, callback: str) -> Sequence[str]:
        self.asked.append(callback)
        if self.fails:
            raise TransientError("Square is not answering at the moment.")
        return ["Square now sends 3 kinds of events."]


def test_subscriptions_are_compared_once_a_day_and_sooner_after_trouble(shop: Shopfront, sweep: Sweep) -> None:
    reader = Subscribing()
    door = Door(cast(Reader, reader), "https://bot.example.com/webhooks/square")
    reader.fails = True
    assert sweep.check_subscriptions(door) == ()
    watch = shop.inbox.watches.find("square")
    assert watch is not None
    assert watch.problem == "Square is not answering at the moment."
    assert sweep.check_subscriptions(door) == ()
    assert reader.asked == [door.url]
    reader.fails = False
    shift(shop, timedelta(hours=2))
    assert sweep.check_subscriptions(door) == ("Square now sends 3 kinds of events.",)
    assert sweep.check_subscriptions(door) == ()
    shift(shop, timedelta(hours=2))
    assert sweep.check_subscriptions(door) == ()
    shift(shop, timedelta(days=1))
    assert sweep.check_subscriptions(door)
    assert len(reader.asked) == 3


def shift(shop: Shopfront, back: timedelta) -> None:
    """Let the last look at the subscriptions be longer ago."""
    watch = shop.inbox.watches.find("square")
    assert watch is not None
    assert watch.checked_at is not None
    shop.inbox.watches.checked("square", watch.checked_at - back, watch.said, watch.problem)


def test_a_missing_subscription_is_made_at_the_platform(shop: Shopfront, sweep: Sweep) -> None:
    door = Door(shop.reader, "https://bot.example.com/webhooks/square")
    said: Any = sweep.check_subscriptions(door)
    assert said
    assert door.url in json.dumps(said)
