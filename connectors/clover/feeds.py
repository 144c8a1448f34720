"""Reading lists that change while they are read, so that nothing is lost.

Clover pages by offset only, and an offset means another row as soon as a row before it comes or goes. Two ways
around it:

- A list that can be filtered by time is never paged: a window is asked for that fits into one answer, and halved
  until it does. Only a single millisecond that holds more than a page is paged.
- Any other list is read over and over until a pass brings nothing that was not seen before.

A window never spans more than 90 days: of a longer one Clover silently answers the last 90 days alone
(docs.clover.com, “Apply filters to API requests”).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from connectors.errors import TransientError
from connectors.fitting import TooLargeError

LONGEST_MS = 90 * 24 * 60 * 60 * 1000
"""A filter by time answers for no more than this."""

_CERTAIN_PAGE = 100
"""Clover's default page. A page that is shorter than asked for, but not than this, may have been cut down."""

_PASSES = 6

Element = Mapping[str, Any]
Read = Callable[[int, int], list[Element]]
"""A page: limit and offset in, elements out."""


def windows(
    read: Callable[[int, int, int, int], list[Element]],
    start: int,
    end: int,
    span: int,
    limit: int,
    identity: Callable[[Element], str],
) -> Iterator[tuple[list[Element], int, int]]:
    """Walk ``start`` to ``end``, both included and in milliseconds, in windows that fit into one answer.

    Args:
        read: from, to (both included), limit and offset in, elements out.
        start: the first millisecond.
        end: the last one.
        span: the length of the first window; at most 90 days are taken.
        limit: how many elements are asked for.
        identity: what an element is known by.

    Yields:
        The elements of a window, where the next one begins, and how long it shall be.

    Raises:
        TransientError: one millisecond holds more than a page and does not hold still.
    """
    span = max(1, min(span, LONGEST_MS))
    while start <= end:
        last = min(end, start + span - 1)
        try:
            found = read(start, last, limit, 0)
        except TooLargeError:
            if last == start:
                raise
            span = (last - start + 1) // 2
            continue
        if _may_go_on(found, limit, lambda n: read(start, last, limit, n)):  # noqa: B023 called at once
            if last > start:
                span = (last - start + 1) // 2
                continue
            found = settled(lambda most, offset: read(start, start, most, offset), limit, identity)  # noqa: B023
        elif len(found) * 2 < limit:
            span = min(LONGEST_MS, span * 2)
        start = last + 1
        yield found, start, span


def settled(read: Read, limit: int, identity: Callable[[Element], str]) -> list[Element]:
    """Every element of a list, each once and as it was seen last.

    Raises:
        TransientError: the list kept changing.
    """
    found: dict[str, Element] = {}
    for turn in range(_PASSES):
        pages, news = _one_pass(read, limit, identity, found)
        # What came in one answer is whole.
        if pages == 1 or (turn and not news):
            return list(found.values())
    raise TransientError(
        "Clover's lists change faster than they can be read at the moment. Try again in a few minutes."
    )


def _one_pass(
    read: Read, limit: int, identity: Callable[[Element], str], found: dict[str, Element]
) -> tuple[int, bool]:
    offset = pages = 0
    news = False
    while True:
        page = read(limit, offset)
        pages += 1
        for element in page:
            key = identity(element)
            news = news or key not in found
            found[key] = element
        offset += len(page)
        if len(page) < min(limit, _CERTAIN_PAGE):
            return pages, news


def _may_go_on(found: list[Element], limit: int, more: Callable[[int], list[Element]]) -> bool:
    """Whether an answer may have left something out."""
    if len(found) >= limit:
        return True
    return len(found) >= _CERTAIN_PAGE and bool(more(len(found)))
