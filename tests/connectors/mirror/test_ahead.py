"""One page is read ahead, and nothing about order, errors or breaking off is different from reading one by one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from connectors.base import Cursor, Page
from connectors.mirror.ahead import ahead


class Feed:
    """Pages one to ``count``; says which were asked for, by which thread, and whether it was closed."""

    def __init__(self, count: int, breaks_at: int = 0) -> None:
        self.asked: list[int] = []
        self.threads: set[str] = set()
        self.closed = False
        self._count = count
        self._breaks_at = breaks_at
        self.arrived = {number: threading.Event() for number in range(1, count + 1)}

    def pages(self) -> Iterator[Page]:
        try:
            for number in range(1, self._count + 1):
                self.asked.append(number)
                self.threads.add(threading.current_thread().name)
                self.arrived[number].set()
                if number == self._breaks_at:
                    raise ConnectionError(f"page {number}")
                yield Page((), Cursor({"page": number}), done=number == self._count)
        finally:
            self.closed = True


def number_of(page: Page) -> int:
    return int(page.next.value["page"])


def test_every_page_comes_once_and_in_order_with_what_was_made_of_it() -> None:
    feed = Feed(5)
    assert [(number_of(page), made) for page, made in ahead(feed.pages(), number_of)] == [(n, n) for n in range(1, 6)]
    assert feed.asked == [1, 2, 3, 4, 5]
    assert feed.closed


def test_the_next_page_is_under_way_while_this_one_is_worked_on() -> None:
    feed = Feed(3)
    with closing(ahead(feed.pages(), number_of)) as read:
        next(read)
        assert feed.arrived[2].wait(5)
        assert not feed.arrived[3].is_set()


def test_a_feed_of_one_page_takes_no_thread() -> None:
    feed = Feed(1)
    assert len(list(ahead(feed.pages(), number_of))) == 1
    assert feed.threads == {threading.current_thread().name}


def test_a_page_that_breaks_does_so_after_all_before_it() -> None:
    read = ahead(Feed(4, breaks_at=3).pages(), number_of)
    assert [next(read)[1], next(read)[1]] == [1, 2]
    with pytest.raises(ConnectionError, match="page 3"):
        next(read)


def test_what_cannot_be_prepared_is_raised_in_its_place() -> None:
    def picky(page: Page) -> int:
        if number_of(page) == 2:
            raise ValueError("not this one")
        return number_of(page)

    read = ahead(Feed(3).pages(), picky)
    assert next(read)[1] == 1
    with pytest.raises(ValueError, match="not this one"):
        next(read)


def test_whoever_stops_early_leaves_the_reader_closed_and_one_page_ahead_at_most() -> None:
    feed = Feed(10)
    with closing(ahead(feed.pages(), number_of)) as read:
        next(read)
    assert feed.closed
    assert feed.asked in ([1], [1, 2])
