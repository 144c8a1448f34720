"""Reading ahead: while pages are committed, the next ones come over the network and are turned into rows.

A commit costs far more than the rows in it, so what is ready when one begins goes into it together. A feed that is
slower than its commits is committed page by page; one that is faster, as in a back-fill, in a few large groups: where
less is ready than may go together, more is waited for, but no longer than the commit before has taken.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from connectors.base import Page

T = TypeVar("T")

GROUP_RECORDS = 5_000
"""So many records are read ahead, and committed together at most, unless a single page has more."""

_GROUP_PAGES = 20


def ahead(pages: Iterator[Page], prepare: Callable[[Page], T]) -> Generator[Sequence[tuple[Page, T]], None, None]:
    """Each page with what ``prepare`` makes of it, in order, in groups of those that are ready; none is empty.

    The first page comes alone, and a feed of a single page gets no thread. What reading or preparing raises is raised
    in the place of that page, after all pages before it. Whoever stops early waits for the page under way, and the
    reader is closed; pages that were read and not handed out are lost.

    Args:
        pages: the reader's own iterator; only one thread at a time uses it.
        prepare: needs nothing of what the pages before it left in the mirror.
    """
    ended = False

    def take() -> tuple[Page, T] | None:
        nonlocal ended
        page = next(pages, None)
        ended = page is None or page.done
        return None if page is None else (page, prepare(page))

    def take_ahead() -> tuple[Page, T] | None:
        return None if ended else take()

    waiting: deque[Future[tuple[Page, T] | None]] = deque()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="page-ahead") as aside:
        try:
            first = take()
            if first is None:
                return
            size = max(len(first[0].records), 1)
            depth = min(max(GROUP_RECORDS // size, 1), _GROUP_PAGES)
            group = [first]
            while group:
                while not ended and len(waiting) < depth:
                    waiting.append(aside.submit(take_ahead))
                began = time.monotonic()
                yield group
                group = _ready(waiting, depth, time.monotonic() - began)
                # Nothing is read ahead of a page that calls itself the last until it is worked on.
                if not group and (taken := take()) is not None:
                    group = [taken]
        finally:
            for under_way in waiting:
                if not under_way.cancel():
                    under_way.exception()
            close = getattr(pages, "close", None)
            if close is not None:
                close()


def _ready(waiting: deque[Future[tuple[Page, T] | None]], most: int, seconds: float) -> list[tuple[Page, T]]:
    """The next page, waited for, and those behind it that are there within some seconds from now.

    One that failed raises when it is next. Empty only once nothing is under way, so that the reader's iterator is
    nobody else's then.
    """
    group: list[tuple[Page, T]] = []
    deadline = time.monotonic() + seconds
    while waiting and len(group) < most:
        if group and not _came(waiting[0], deadline - time.monotonic()):
            break
        taken = waiting.popleft().result()
        if taken is not None:  # what was asked for behind a last page is empty, and must not be mistaken for an end
            group.append(taken)
    return group


def _came(page: Future[tuple[Page, T] | None], seconds: float) -> bool:
    """Whether a page is there, with nothing wrong about it, before the time is over."""
    wait([page], timeout=max(seconds, 0.0))
    return page.done() and page.exception() is None
