"""Pages are read ahead and come in groups; nothing about order, errors or breaking off differs from one by one."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from connectors.base import Cursor, Entity, Page, RawRecord
from connectors.mirror.ahead import GROUP_RECORDS, ahead

RECORD = RawRecord(Entity.SALE, "A", 1, datetime(2026, 11, 2, tzinfo=UTC), b"{}")


class Feed:
    """Pages one to ``count``; says which were asked for, by which thread, and whether it was closed."""

    def __init__(self, count: int, *, breaks_at: int = 0, records: int = 0, last: int = 0) -> None:
        self.asked: list[int] = []
        self.threads: set[str] = set()
        self.closed = False
        self._count = count
        self._breaks_at = breaks_at
        self._records = [RECORD] * records
        self._last = last or count
        self.arrived = {number: threading.Event() for number in range(1, count + 1)}

    def pages(self) -> Iterator[Page]:
        try:
            for number in range(1, self._count + 1):
                self.asked.append(number)
                self.threads.add(threading.current_thread().name)
                self.arrived[number].set()
                if number == self._breaks_at:
                    raise ConnectionError(f"page {number}")
                yield Page(self._records, Cursor({"page": number}), done=number == self._last)
        finally:
            self.closed = True


def number_of(page: Page) -> int:
    return int(page.next.value["page"])


def test_every_page_comes_once_and_in_order_with_what_was_made_of_it() -> None:
    feed = Feed(5)
    groups = list(ahead(feed.pages(), number_of))
    assert [(number_of(page), made) for group in groups for page, made in group] == [(n, n) for n in range(1, 6)]
    assert feed.asked == [1, 2, 3, 4, 5]
    assert feed.closed


def test_the_next_page_is_under_way_while_this_one_is_worked_on() -> None:
    feed = Feed(3)
    with closing(ahead(feed.pages(), number_of)) as read:
        next(read)
        assert feed.arrived[2].wait(5)


def test_pages_that_are_ready_come_together() -> None:
    feed = Feed(5)
    with closing(ahead(feed.pages(), number_of)) as read:
        assert [made for _, made in next(read)] == [1]
        assert feed.arrived[5].wait(5)  # by now those before it are whole
        assert [made for _, made in next(read)][:3] == [2, 3, 4]


def test_no_more_is_read_ahead_than_is_committed_together() -> None:
    feed = Feed(40, records=GROUP_RECORDS // 3)
    with closing(ahead(feed.pages(), number_of)) as read:
        next(read)
        assert feed.arrived[4].wait(5)
        assert not feed.arrived[5].wait(0.1)
    large = Feed(40, records=GROUP_RECORDS * 2)
    with closing(ahead(large.pages(), number_of)) as read:
        next(read)
        assert large.arrived[2].wait(5)
        assert not large.arrived[3].wait(0.1)


def test_nothing_is_read_behind_a_last_page_before_it_is_worked_on() -> None:
    feed = Feed(3, last=2)
    with closing(ahead(feed.pages(), number_of)) as read:
        assert [made for _, made in next(read)] == [1]
        assert [made for _, made in next(read)] == [2]
        assert not feed.arrived[3].is_set()
        assert [made for _, made in next(read)] == [3]


def test_a_feed_of_one_page_takes_no_thread() -> None:
    feed = Feed(1)
    assert len(list(ahead(feed.pages(), number_of))) == 1
    assert feed.threads == {threading.current_thread().name}


def test_a_feed_of_no_page_is_empty() -> None:
    assert list(ahead(Feed(0).pages(), number_of)) == []


def test_a_page_that_breaks_does_so_after_all_before_it() -> None:
    read = ahead(Feed(4, breaks_at=3).pages(), number_of)
    assert [made for _, made in next(read)] == [1]
    assert [made for _, made in next(read)] == [2]
    with pytest.raises(ConnectionError, match="page 3"):
        next(read)


def test_what_cannot_be_prepared_is_raised_in_its_place() -> None:
    def picky(page: Page) -> int:
        if number_of(page) == 2:
            raise ValueError("not this one")
        return number_of(page)

    read = ahead(Feed(3).pages(), picky)
    assert [made for _, made in next(read)] == [1]
    with pytest.raises(ValueError, match="not this one"):
        next(read)


def test_whoever_stops_early_leaves_the_reader_closed_and_the_rest_unread() -> None:
    feed = Feed(1_000)
    with closing(ahead(feed.pages(), number_of)) as read:
        next(read)
    assert feed.closed
    assert len(feed.asked) < 20


def test_pages_behind_a_last_one_are_read_by_one_thread_at_a_time() -> None:
    def slowly(feed: Feed) -> Iterator[Page]:
        for page in feed.pages():
            time.sleep(0.003)  # so long that a second reader would meet the first
            yield page

    made = [made for group in ahead(slowly(Feed(12, last=2)), number_of) for _, made in group]
    assert made == list(range(1, 13))


def test_more_is_waited_for_as_long_as_the_work_before_took_and_no_longer() -> None:
    gates = {number: threading.Event() for number in range(1, 6)}

    def gated(feed: Feed) -> Iterator[Page]:
        for page in feed.pages():
            gates[number_of(page)].wait(30)
            yield page

    gates[1].set()
    gates[2].set()
    with closing(ahead(gated(Feed(5)), number_of)) as read:
        assert [made for _, made in next(read)] == [1]
        time.sleep(0.5)  # what the work takes
        threading.Timer(0.1, gates[3].set).start()
        assert [made for _, made in next(read)] == [2, 3]
        gates[4].set()
        gates[5].set()
