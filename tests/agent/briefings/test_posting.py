"""Once per store and morning: two runners, crashes on either side of the post, restarts, evenings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from agent.briefings.service import PATIENCE, Briefings
from agent.db.engine import Database, open_database
from agent.db.leases import LEASE
from agent.db.tables import Briefing
from agent.errors import BadInputError, UnavailableError
from agent.governance.receipts import Receipts
from connectors.mirror.open import Mirror
from tests.support.briefings_world import ChannelList, Killed, PlantedChain, RememberingChannel, SteppedClock

MONDAY = date(2026, 11, 23)
SEVEN_IN_NEW_YORK = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHANNELS = ChannelList({"S01": ["C_S01"], "S02": ["C_S02"], "S04": ["C_S04"]})


@dataclass(slots=True)
class World:
    mirror: Mirror
    database: Database
    channel: RememberingChannel
    clock: SteppedClock

    def runner(self, database: Database | None = None) -> Briefings:
        database = database or self.database
        return Briefings(database, self.clock, self.mirror.reader, Receipts(database), self.channel, CHANNELS)

    def posted_to(self, channel_id: str) -> list[str]:
        return [str(document["on"]) for channel, _, document in self.channel.posts if channel == channel_id]


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mirror]:
    chain = PlantedChain()
    chain.store("S01", "Market Street")
    chain.store("S02", "Harbor Point", "Pacific/Auckland")
    chain.store("S03", "Maple Avenue")
    chain.store("S04", "Station Road", "America/Los_Angeles")
    folder = tmp_path_factory.mktemp("briefed")
    with chain.plant(folder / "mirror.duckdb", datetime(2026, 11, 23, 5, 0, tzinfo=UTC)) as planted:
        yield planted


@pytest.fixture
def world(mirror: Mirror, tmp_path: Path) -> Iterator[World]:
    database = open_database(f"sqlite:///{tmp_path / 'operations.sqlite'}")
    yield World(mirror, database, RememberingChannel(), SteppedClock(SEVEN_IN_NEW_YORK))
    database.close()


def test_only_stores_where_it_is_morning_and_that_have_a_channel_are_due(world: World) -> None:
    # 07:00 in New York is 04:00 in Los Angeles and 01:00 of the next day in Auckland; S03 has no channel.
    assert [due.store_id for due in world.runner().due_now()] == ["S01"]


def test_a_briefing_is_posted_once_however_often_the_tick_comes(world: World) -> None:
    runner = world.runner()
    first = runner.run_due()
    assert [(posted.store_id, posted.on, posted.channel_id) for posted in first] == [("S01", MONDAY, "C_S01")]
    assert first[0].receipt_id.startswith("r_")
    for _ in range(5):
        world.clock.instant += timedelta(minutes=30)
        runner.run_due()
    assert world.posted_to("C_S01") == ["2026-11-23"]


def test_two_runners_on_one_database_post_once(world: World, tmp_path: Path) -> None:
    with ExitStack() as stack:
        runners = []
        for _ in range(2):
            database = open_database(f"sqlite:///{tmp_path / 'operations.sqlite'}")
            stack.callback(database.close)
            runners += [world.runner(database) for _ in range(4)]
        start = threading.Barrier(len(runners))

        def run(runner: Briefings) -> None:
            start.wait()
            runner.run_due()

        threads = [threading.Thread(target=run, args=(runner,)) for runner in runners]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert world.posted_to("C_S01") == ["2026-11-23"]


def test_a_crash_after_the_post_is_found_in_the_channel_and_not_repeated(world: World) -> None:
    world.channel.die_after_post = 1
    with pytest.raises(Killed):
        world.runner().run_due()
    world.clock.instant += LEASE
    found = world.runner().run_due()
    assert [posted.ts for posted in found] == [world.channel.posts[0][1]]
    assert world.posted_to("C_S01") == ["2026-11-23"]


def test_a_crash_before_the_post_is_taken_up_again_with_the_same_document(world: World) -> None:
    world.channel.die_before_post = 1
    with pytest.raises(Killed):
        world.runner().run_due()
    with world.database.reading() as session:
        stored = session.scalars(select(Briefing)).one().document
    world.clock.instant += LEASE
    world.runner().run_due()
    assert world.posted_to("C_S01") == ["2026-11-23"]
    assert stored is not None
    assert world.channel.posts[0][2]["receipt_id"] == stored["receipt_id"]


def test_a_claim_is_left_alone_while_its_runner_may_live(world: World) -> None:
    world.channel.die_before_post = 1
    with pytest.raises(Killed):
        world.runner().run_due()
    world.clock.instant += LEASE - timedelta(seconds=1)
    assert world.runner().run_due() == []
    assert world.channel.posts == []


def test_the_only_process_takes_its_predecessors_claims_up_at_once(world: World) -> None:
    world.channel.die_before_post = 1
    with pytest.raises(Killed):
        world.runner().run_due()
    successor = world.runner()
    assert successor.take_over() == 1
    successor.run_due()
    assert world.posted_to("C_S01") == ["2026-11-23"]


def test_nothing_is_repeated_while_the_channel_cannot_be_read(world: World) -> None:
    world.channel.die_after_post = 1
    with pytest.raises(Killed):
        world.runner().run_due()
    world.channel.unreadable = True
    world.clock.instant += LEASE
    assert world.runner().run_due() == []
    assert world.posted_to("C_S01") == ["2026-11-23"]


def test_after_a_day_of_downtime_only_todays_briefing_comes(world: World) -> None:
    world.clock.instant = SEVEN_IN_NEW_YORK - timedelta(days=3)
    world.runner().run_due()
    world.clock.instant = SEVEN_IN_NEW_YORK + timedelta(hours=12)
    world.runner().run_due()
    assert world.posted_to("C_S01") == ["2026-11-20", "2026-11-23"]


def test_in_the_evening_a_missed_briefing_is_left_out(world: World) -> None:
    world.clock.instant = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    world.runner().run_due()
    assert world.posted_to("C_S01") == []


def test_a_briefing_waits_for_yesterdays_data_but_not_for_ever(world: World) -> None:
    # The planted data ends with Sunday; on Tuesday, Monday is still missing.
    world.clock.instant = SEVEN_IN_NEW_YORK + timedelta(days=1)
    runner = world.runner()
    assert runner.run_due() == []
    assert [due.store_id for due in runner.due_now()] == ["S01"]
    world.clock.instant += PATIENCE - timedelta(minutes=1)
    assert runner.run_due() == []
    world.clock.instant += timedelta(minutes=1)
    assert [posted.on for posted in runner.run_due()] == [date(2026, 11, 24)]
    assert any("may still come in" in caveat for caveat in world.channel.posts[0][2]["caveats"])


def test_posting_by_hand_returns_what_stands_already(world: World) -> None:
    first = world.runner().run_due()[0]
    assert world.runner().post("S01", MONDAY) == first
    assert len(world.channel.posts) == 1


def test_posting_by_hand_says_what_is_missing(world: World) -> None:
    with pytest.raises(BadInputError, match="Maple Avenue has no channel"):
        world.runner().post("S03", MONDAY)
    with pytest.raises(BadInputError, match="no store “S99”"):
        world.runner().post("S99", MONDAY)
    with pytest.raises(BadInputError, match="has not come yet"):
        world.runner().compose("S01", MONDAY + timedelta(days=1))
    unconnected = Briefings(world.database, world.clock, world.mirror.reader, Receipts(world.database), None, CHANNELS)
    with pytest.raises(UnavailableError, match="Slack is not connected"):
        unconnected.post("S01", MONDAY)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(
        [
            date(2026, 3, 7),
            date(2026, 10, 31),
            date(2026, 4, 4),
            date(2026, 9, 26),
            date(2026, 7, 1),
        ]
    ),
    faults=st.lists(st.sampled_from(["none", "none", "before", "after", "restart"]), min_size=24, max_size=24),
)
def test_exactly_one_a_day_over_clock_changes_crashes_and_restarts(
    mirror: Mirror, tmp_path_factory: pytest.TempPathFactory, start: date, faults: list[str]
) -> None:
    path = tmp_path_factory.mktemp("days") / "operations.sqlite"
    database = open_database(f"sqlite:///{path}")
    world = World(
        mirror, database, RememberingChannel(), SteppedClock(datetime(start.year, start.month, start.day, tzinfo=UTC))
    )
    runner = world.runner()
    try:
        for tick in range(72):
            fault = faults[tick % len(faults)]
            world.channel.die_before_post = int(fault == "before")
            world.channel.die_after_post = int(fault == "after")
            if fault == "restart":
                runner = world.runner()
                runner.take_over()
            with suppress(Killed):
                runner.run_due()
            world.clock.instant += timedelta(minutes=61)
    finally:
        database.close()
    for channel_id in ("C_S01", "C_S02", "C_S04"):
        days = world.posted_to(channel_id)
        assert len(days) == len(set(days))
        assert len(days) >= 2
