"""From the inbox to the mirror: few reads for many events, patience, and dead letters for what does not pass."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from connectors.base import Entity, RawRecord, Reader
from connectors.errors import TerminalError, TransientError
from connectors.mirror.sync import apply_records, sync_connection
from connectors.records import Row
from connectors.webhooks.events import Arrival, Status
from connectors.webhooks.worker import Patience, Worker
from tests.support.square_world import START
from tests.support.webhooks_world import QUICK, Shopfront, arrival, shopfront

SALES = "SELECT sale_id, net_minor FROM sale WHERE kind = 'sale' ORDER BY sale_id"
LINES = [{"variant_id": "V100", "quantity": 2}]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shopfront]:
    """A shop whose worker is called by the test."""
    with shopfront(tmp_path, worker=False) as opened:
        # Only what a test says was told is told.
        opened.world.pos.webhook = None
        yield opened


class Between:
    """The reader with something between it and the worker."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.fetched: list[list[str]] = []
        self.walked: list[Entity] = []
        self.fails: list[Exception] = []
        self.poison = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        self.fetched.append(sorted(ids))
        if self.fails:
            raise self.fails.pop(0)
        return self._reader.fetch(entity, ids)

    def extract(self, entity: Entity, cursor: Any, *, until: datetime) -> Any:
        self.walked.append(entity)
        if self.fails:
            raise self.fails.pop(0)
        return self._reader.extract(entity, cursor, until=until)

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        if record.id == self.poison:
            raise KeyError("tenders")
        return self._reader.canonical(record)


def worker_over(shop: Shopfront, patience: Patience = QUICK) -> tuple[Worker, Between]:
    between = Between(shop.reader)
    readers = {"square": cast(Reader, between)}
    return Worker(shop.inbox, readers, shop.mirror, shop.world.clock.now, patience), between


def ring_up(shop: Shopfront, count: int = 1) -> list[str]:
    return [shop.happen("sale", store_id="S01", lines=LINES)["order_id"] for _ in range(count)]


def tell(shop: Shopfront, *ids: str, entity: Entity = Entity.SALE) -> None:
    for identity in ids:
        shop.inbox.put(arrival(touched=((entity, identity),))).result()


def states(shop: Shopfront) -> list[tuple[str, int, str]]:
    return [(event.status.value, event.attempts, event.last_error) for event in shop.inbox.events()]


def until_settled(shop: Shopfront, worker: Worker) -> None:
    deadline = time.monotonic() + 10
    while shop.inbox.open_counts()[Status.WAITING] and time.monotonic() < deadline:
        if not worker.work("square"):
            time.sleep(0.01)


def test_many_events_are_one_read(shop: Shopfront) -> None:
    ids = ring_up(shop, 5)
    worker, between = worker_over(shop)
    tell(shop, *ids, *ids)
    assert worker.work("square") == 10
    assert between.fetched == [sorted(ids)]
    assert [row[0] for row in shop.rows(SALES)] == sorted(ids)
    assert shop.inbox.counts() == {"square": {Status.DONE: 10}}


def test_an_event_without_an_id_pulls_its_feed_once(shop: Shopfront) -> None:
    worker, between = worker_over(shop)
    ring_up(shop, 2)
    shop.world.clock.turn(minutes=1)
    tell(shop, "", "", "")
    worker.work("square")
    assert (between.fetched, between.walked) == ([], [Entity.SALE])
    assert len(shop.rows(SALES)) == 2


def test_kinds_come_in_the_order_of_a_sync(shop: Shopfront) -> None:
    (order,) = ring_up(shop)
    worker, between = worker_over(shop)
    tell(shop, order)
    tell(shop, "", entity=Entity.TIMECARD)
    tell(shop, "", entity=Entity.LOCATION)
    worker.work("square")
    assert between.walked == [Entity.LOCATION, Entity.TIMECARD]
    assert between.fetched == [[order]]


def test_what_passes_is_tried_again_with_growing_pauses(shop: Shopfront) -> None:
    (order,) = ring_up(shop)
    worker, between = worker_over(shop, Patience(tries=5, base=0.05, cap=10.0))
    between.fails = [TransientError("Square is busy."), TransientError("Square is busy.")]
    tell(shop, order)
    started = time.monotonic()
    worker.work("square")
    assert states(shop) == [("waiting", 1, "Square is busy.")]
    assert worker.work("square") == 0
    until_settled(shop, worker)
    assert time.monotonic() - started >= 0.8 * (0.05 + 0.1)
    assert states(shop) == [("done", 3, "")]
    assert [row[0] for row in shop.rows(SALES)] == [order]


def test_what_never_passes_becomes_a_dead_letter_that_can_be_replayed(shop: Shopfront) -> None:
    (order,) = ring_up(shop)
    worker, between = worker_over(shop)
    between.fails = [TransientError("Square is busy.")] * 3
    tell(shop, order)
    until_settled(shop, worker)
    assert states(shop) == [("dead", 3, "Square is busy.")]
    assert shop.inbox.replay(None, datetime.now(UTC)) == 1
    worker.work("square")
    assert states(shop) == [("done", 1, "")]
    assert [row[0] for row in shop.rows(SALES)] == [order]


def test_a_revoked_token_makes_dead_letters_at_once(shop: Shopfront) -> None:
    worker, between = worker_over(shop)
    between.fails = [TerminalError("Square does not accept the access token."), TerminalError("Put in a valid one.")]
    tell(shop, *ring_up(shop))
    worker.work("square")
    assert states(shop) == [("dead", 1, "Put in a valid one.")]


def test_what_cannot_be_read_by_id_is_pulled_by_its_feed(shop: Shopfront) -> None:
    worker, between = worker_over(shop)
    between.fails = [TerminalError("Only as a whole list.")]
    tell(shop, *ring_up(shop))
    shop.world.clock.turn(minutes=1)
    worker.work("square")
    assert between.walked == [Entity.SALE]
    assert states(shop) == [("done", 1, "")]
    assert len(shop.rows(SALES)) == 1


def test_one_record_that_cannot_be_understood_holds_up_nobody_else(shop: Shopfront) -> None:
    ids = ring_up(shop, 4)
    worker, between = worker_over(shop)
    between.poison = ids[2]
    tell(shop, *ids)
    worker.work("square")
    assert [row[0] for row in shop.rows(SALES)] == sorted(set(ids) - {ids[2]})
    assert sorted(status for status, _, _ in states(shop)) == ["done", "done", "done", "waiting"]
    until_settled(shop, worker)
    (dead,) = shop.inbox.events(status="dead")
    assert dead.touched == ((Entity.SALE, ids[2]),)
    assert dead.last_error
    between.poison = ""
    shop.inbox.replay([dead.id], datetime.now(UTC))
    worker.work("square")
    assert len(shop.rows(SALES)) == 4


def test_the_first_sale_of_a_new_store_brings_the_store(shop: Shopfront) -> None:
    (order,) = ring_up(shop)
    assert shop.mirror.writer is not None
    for statement in ("DELETE FROM store", "DELETE FROM raw_object WHERE entity = 'location'"):
        shop.mirror.writer.execute_bulk(lambda engine, statement=statement: engine.execute(statement)).result()
    worker, between = worker_over(shop)
    tell(shop, order)
    until_settled(shop, worker)
    assert Entity.LOCATION in between.walked
    assert [row[0] for row in shop.rows(SALES)] == [order]


def test_an_object_that_is_not_there_yet_gets_one_more_look(shop: Shopfront) -> None:
    worker, between = worker_over(shop)
    tell(shop, "no-such-order")
    worker.work("square")
    assert [(status, tries) for status, tries, _ in states(shop)] == [("waiting", 1)]
    until_settled(shop, worker)
    ((status, tries, said),) = states(shop)
    assert (status, tries) == ("done", 2)
    assert "does not know" in said
    assert len(between.fetched) == 2


def test_a_time_card_that_is_not_there_any_more_is_gone_at_the_second_look(shop: Shopfront) -> None:
    """What answers reads may lag behind; what is missing twice, and was known, was deleted."""
    card = shop.happen("clock_in", store_id="S01", employee_id="E0101")["timecard_id"]
    worker, _ = worker_over(shop)
    tell(shop, card, entity=Entity.TIMECARD)
    worker.work("square")
    assert shop.rows("SELECT timecard_id FROM timecard") == [(card,)]
    shop.happen("strike", timecard_id=card)
    tell(shop, card, entity=Entity.TIMECARD)
    worker.work("square")
    assert shop.rows("SELECT timecard_id FROM timecard") == [(card,)]
    time.sleep(0.1)
    worker.work("square")
    assert shop.rows("SELECT timecard_id FROM timecard") == []
    assert shop.inbox.counts() == {"square": {Status.DONE: 2}}


def test_stock_in_parts_counts_as_there(shop: Shopfront) -> None:
    shop.happen("recount", store_id="S01", variant_id="V100", quantity=7)
    worker, _ = worker_over(shop)
    tell(shop, "V100", entity=Entity.INVENTORY)
    worker.work("square")
    assert {status for status, _, _ in states(shop)} == {"done"}


def test_an_old_version_never_replaces_a_newer_one(shop: Shopfront) -> None:
    (order,) = ring_up(shop)
    (old,) = shop.reader.fetch(Entity.SALE, [order])
    shop.world.clock.turn(minutes=1)
    shop.happen("void", order_id=order)
    worker, between = worker_over(shop)
    tell(shop, order)
    worker.work("square")
    assert shop.rows("SELECT voided FROM sale") == [(True,)]
    assert apply_records(cast(Reader, between), shop.mirror, [replace(old)]) == 0
    assert shop.rows("SELECT voided FROM sale") == [(True,)]


def test_a_worker_that_is_told_to_stop_gives_nothing_up(shop: Shopfront) -> None:
    worker, between = worker_over(shop)
    tell(shop, "O1")
    between.fails = [TerminalError("The mirror is closed."), TerminalError("The mirror is closed.")]
    worker.stop()
    assert worker.work("square") == 0
    assert states(shop) == [("waiting", 0, "")]


def test_what_was_left_from_before_is_taken_up_at_the_start(shop: Shopfront) -> None:
    ids = ring_up(shop, 3)
    tell(shop, *ids)
    shop.worker.start()
    deadline = time.monotonic() + 10
    while shop.inbox.open_counts()[Status.WAITING] and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [row[0] for row in shop.rows(SALES)] == sorted(ids)


def test_feeds_are_walked_up_to_the_events_own_time(shop: Shopfront) -> None:
    """The platform's clock is a little ahead of ours; far ahead it is not believed."""
    worker, _ = worker_over(shop)
    for seconds, expected in ((30, 30), (3600, 0)):
        ahead = START.fromtimestamp(shop.world.clock.now().timestamp() + seconds, UTC)
        event = Arrival("square", f"k{seconds}", "t", ((Entity.TIMECARD, ""),), datetime.now(UTC), ahead)
        shop.inbox.put(event).result()
        seen: list[datetime] = []
        reader = cast(Any, worker)._readers["square"]
        reader.extract = lambda entity, cursor, *, until, seen=seen: seen.append(until) or iter(())
        worker.work("square")
        assert [(until - shop.world.clock.now()).total_seconds() for until in seen] == [expected]


def test_a_long_walk_of_a_feed_does_not_keep_a_webhook_waiting(shop: Shopfront) -> None:
    (order,) = ring_up(shop)
    walking, go_on = threading.Event(), threading.Event()

    class Slow(Between):
        def extract(self, entity: Entity, cursor: Any, *, until: datetime) -> Any:
            walking.set()
            assert go_on.wait(30)
            yield from self._reader.extract(entity, cursor, until=until)

    history = threading.Thread(
        target=lambda: sync_connection(
            cast(Reader, Slow(shop.reader)), shop.mirror, until=shop.world.clock.now(), entities=[Entity.SALE]
        )
    )
    history.start()
    try:
        assert walking.wait(10)
        worker, _ = worker_over(shop)
        tell(shop, order)
        assert worker.work("square") == 1
        assert [row[0] for row in shop.rows(SALES)] == [order]
    finally:
        go_on.set()
        history.join(30)
    assert [row[0] for row in shop.rows(SALES)] == [order]
