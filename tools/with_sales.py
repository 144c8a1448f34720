"""What most answers read of a period: the days with sales, and beside them what the question is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import TypeVar

from tools.errors import ToolError
from tools.frame import Frame, coverage, require_sales
from tools.metrics.query import Statement, Window
from tools.together import together

T = TypeVar("T")


def with_sales(asked: Frame, windows: Sequence[Window], read: Callable[[], T]) -> tuple[dict[str, int], Statement, T]:
    """Days with sales per store, the statement that counts them, and what is read side by side with it.

    Raises:
        NoDataError: no store has a sale in the windows.
        tools.errors.ToolError: whatever ``read`` has to say.
    """
    (days, covered), found = together(partial(coverage, asked, windows), read)
    require_sales(asked, days)
    return days, covered, found


Sold = Callable[[], tuple[dict[str, int], Statement]]
"""Gives the days with sales per store and the statement that counts them, or says that there are none."""


@contextmanager
def unless_unsold(asked: Frame, windows: Sequence[Window]) -> Iterator[Sold]:
    """Hand over a count of the days with sales, to be made when it suits, beside something else.

    Whatever the block has to complain of, that there are no sales at all is said before it.

    Raises:
        NoDataError: no store has a sale in the windows.
    """

    @cache
    def sold() -> tuple[dict[str, int], Statement]:
        days, covered = coverage(asked, windows)
        require_sales(asked, days)
        return days, covered

    try:
        yield sold
    except ToolError:
        sold()
        raise
