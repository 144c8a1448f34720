"""The inbox: once each, on disk before it is said to be, and known again after a restart."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.base import Entity
from connectors.errors import InputError, TerminalError
from connectors.webhooks.events import Refusal, Settlement, Status
from connectors.webhooks.inbox import KEPT_FOR, Inbox
from connectors.webhooks.journal import Journal
from tests.support.webhooks_world import arrival

NOW = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    opened = Inbox(tmp_path / "inbox.sqlite")
    yield opened
    opened.close()


def due(inbox: Inbox, at: datetime | None = None) -> list[int]:
    return [event.id for event in inbox.due("square", at or datetime.now(UTC), 100)]


def test_an_event_is_on_disk_when_its_future_is_done(inbox: Inbox, tmp_path: Path) -> None:
    assert inbox.put(arrival("O1", "k1", occurred_at=NOW)).result() is True
    other = sqlite3.connect(tmp_path / "inbox.sqlite")
    assert other.execute("SELECT dedupe_key, touched, status FROM event").fetchall() == [
        ("k1", '[["sale","O1"]]', "waiting")
    ]
    other.close()
    (event,) = inbox.due("square", datetime.now(UTC), 10)
    assert (event.touched, event.occurred_at, event.attempts) == (((Entity.SALE, "O1"),), NOW, 0)


def test_the_same_event_is_stored_once_even_in_one_commit(inbox: Inbox) -> None:
    together = [arrival("O1", "same") for _ in range(25)]
    futures = [inbox.put(arrival("O1", "same")) for _ in range(25)]
    assert [future.result() for future in futures] == [True, *[False] * 24]
    assert inbox.put_all([*together, arrival("O2", "other")]).result() == [*[False] * 25, True]
    assert inbox.put_all([arrival("O3", "third"), arrival("O3", "third")]).result() == [True, False]
    assert len(due(inbox)) == 3
    inbox.put(arrival("O4", "last")).result()  # what was refused is counted once its sender has the answer
    assert inbox.tallies.refusals() == {"square": {Refusal.DUPLICATE: 50}}


def test_the_same_key_of_another_connection_is_another_event(inbox: Inbox) -> None:
    assert inbox.put(arrival("O1", "k", "north")).result()
    assert inbox.put(arrival("O1", "k", "south")).result()


def test_a_finished_event_is_known_again_after_a_restart(tmp_path: Path) -> None:
    first = Inbox(tmp_path / "inbox.sqlite")
    first.put(arrival("O1", "k")).result()
    first.settle([Settlement(due(first)[0], Status.DONE)], datetime.now(UTC)).result()
    first.close()
    again = Inbox(tmp_path / "inbox.sqlite")
    assert again.put(arrival("O1", "k")).result() is False
    assert due(again) == []
    again.close()


def test_events_come_back_when_they_are_due_and_not_before(inbox: Inbox) -> None:
    inbox.put(arrival("O1")).result()
    (number,) = due(inbox)
    at = datetime.now(UTC)
    inbox.settle([Settlement(number, Status.WAITING, "Later.", at + timedelta(seconds=60))], at).result()
    assert due(inbox) == []
    assert due(inbox, at + timedelta(seconds=61)) == [number]
    waits = inbox.next_due("square")
    assert waits is not None
    assert 59 <= (waits - at).total_seconds() <= 60
    (event,) = inbox.events()
    assert (event.attempts, event.last_error) == (1, "Later.")


def test_an_event_that_touches_nothing_is_done_at_once(inbox: Inbox) -> None:
    inbox.put(arrival(touched=())).result()
    assert due(inbox) == []
    assert inbox.counts() == {"square": {Status.DONE: 1}}


def test_dead_letters_are_replayed_one_by_one_or_all(inbox: Inbox) -> None:
    for number in range(3):
        inbox.put(arrival(f"O{number}")).result()
    ids = due(inbox)
    inbox.settle([Settlement(number, Status.DEAD, "No.") for number in ids], datetime.now(UTC)).result()
    assert inbox.open_counts() == {Status.WAITING: 0, Status.DEAD: 3}
    assert inbox.replay([ids[1]], datetime.now(UTC)) == 1
    assert due(inbox) == [ids[1]]
    assert inbox.replay(None, datetime.now(UTC)) == 2
    assert {event.attempts for event in inbox.events()} == {0}
    with pytest.raises(InputError, match="no webhook 4711"):
        inbox.replay([4711], datetime.now(UTC))


def test_a_bell_rings_for_what_is_new_only(inbox: Inbox) -> None:
    bell = inbox.bell("square")
    inbox.put(arrival("O1", "k")).result()
    assert bell.wait(2)
    bell.clear()
    assert inbox.put(arrival("O1", "k")).result() is False
    assert inbox.put(arrival("O1", "k", "elsewhere")).result() is True
    assert not bell.wait(0.05)


def test_what_is_long_done_is_forgotten_and_nothing_else(inbox: Inbox) -> None:
    for number in range(3):
        inbox.put(arrival(f"O{number}")).result()
    first, second, _ = due(inbox)
    inbox.settle([Settlement(first, Status.DONE), Settlement(second, Status.DEAD, "No.")], NOW).result()
    assert inbox.prune(NOW + KEPT_FOR) == 0
    assert inbox.prune(NOW + KEPT_FOR + timedelta(seconds=1)) == 1
    assert inbox.counts() == {"square": {Status.DEAD: 1, Status.WAITING: 1}}


def test_counts_outlive_a_restart(tmp_path: Path) -> None:
    first = Inbox(tmp_path / "inbox.sqlite")
    first.tallies.refuse("square", Refusal.UNVERIFIED)
    first.tallies.refuse("square", Refusal.UNVERIFIED)
    first.tallies.found("square", Entity.SALE, 3)
    first.tallies.found("square", Entity.CATALOG, 0)
    first.close()
    again = Inbox(tmp_path / "inbox.sqlite")
    again.tallies.refuse("square", Refusal.UNVERIFIED)
    assert again.tallies.refusals() == {"square": {Refusal.UNVERIFIED: 3}}
    assert again.tallies.findings() == {"square": {Entity.SALE: 3}}
    again.close()


def test_the_watch_over_a_connection_begins_once(inbox: Inbox) -> None:
    assert inbox.watches.find("square") is None
    inbox.watches.begin("square", NOW)
    inbox.watches.swept("square", NOW + timedelta(hours=1))
    inbox.watches.checked("square", NOW, ["Registered “a”."], "")
    watch = inbox.watches.begin("square", NOW + timedelta(days=1))
    assert (watch.since_at, watch.swept_at) == (NOW, NOW + timedelta(hours=1))
    assert (watch.checked_at, watch.said) == (NOW, ("Registered “a”.",))


def test_a_change_that_fails_leaves_those_beside_it_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite", "CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY);", 1)
    futures = [
        journal.submit(lambda connection, value=value: connection.execute("INSERT INTO t VALUES (?)", (value,)))
        for value in (1, 2, 1, 3)
    ]
    failed = [future.exception() is not None for future in futures]
    assert failed == [False, False, True, False]
    assert [row[0] for row in journal.read("SELECT a FROM t ORDER BY a")] == [1, 2, 3]
    journal.close()


def test_a_closed_inbox_says_so(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox.sqlite")
    inbox.close()
    inbox.close()
    with pytest.raises(TerminalError, match="closed"):
        inbox.put(arrival())
    with pytest.raises(TerminalError, match="closed"):
        inbox.counts()


def test_a_file_that_is_no_inbox_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "inbox.sqlite").write_text("not a database, whatever its name says, and long enough to be read")
    with pytest.raises(TerminalError) as refused:
        Inbox(tmp_path / "inbox.sqlite")
    assert "cannot be used" in refused.value.user_message


def test_a_newer_layout_is_not_touched(tmp_path: Path) -> None:
    Inbox(tmp_path / "inbox.sqlite").close()
    other = sqlite3.connect(tmp_path / "inbox.sqlite")
    other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(TerminalError, match="newer"):
        Inbox(tmp_path / "inbox.sqlite")
