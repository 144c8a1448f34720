"""Reading one page ahead: while a page is committed, the next one comes over the network and is turned into rows."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from connectors.base import Page

T = TypeVar("T")


def ahead(pages: Iterator[Page], prepare: Callable[[Page], T]) -> Generator[tuple[Page, T], None, None]:
    """Each page with what ``prepare`` makes of it, in order; the next one is under way as soon as one is handed out.

    A feed of a single page gets no thread. What reading or preparing raises is raised in the place of that page, after
    all pages before it. Whoever stops early waits for the page under way, and its reader is closed.

    Args:
        pages: the reader's own iterator; only one thread at a time uses it.
        prepare: needs nothing of what the pages before it left in the mirror.
    """

    def take() -> tuple[Page, T] | None:
        page = next(pages, None)
        return None if page is None else (page, prepare(page))

    under_way: Future[tuple[Page, T] | None] | None = None
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="page-ahead") as aside:
        try:
            taken = take()
            while taken is not None:
                under_way = None if taken[0].done else aside.submit(take)
                yield taken
                taken = under_way.result() if under_way is not None else take()
        finally:
            if under_way is not None and not under_way.cancel():
                under_way.exception()
            close = getattr(pages, "close", None)
            if close is not None:
                close()
