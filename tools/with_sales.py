"""What most answers read of a period: the days with sales, and beside them what the question is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

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
