"""Answers that are too large to take in: fewer objects are asked for until they fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import structlog

from connectors.errors import TerminalError

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes; parsed it takes several times as much memory."""

T = TypeVar("T")
log = structlog.get_logger()


class TooLargeError(TerminalError):
    """An answer is larger than is taken in; asking for the same again gives the same."""


def too_large(platform: str, detail: str) -> TooLargeError:
    """The error of an answer of ``platform`` that was given up at ``LARGEST_ANSWER``."""
    return TooLargeError(
        f"{platform} answered with more than {LARGEST_ANSWER // 1024**2} MB at once, which is not taken in. "
        "Find out there which single object is that large, and report it with its number of lines.",
        detail=detail,
    )


def as_many_as_fit(read: Callable[[int], T], size: int) -> T:
    """What ``read`` gives for ``size`` objects at once, or for half as many while the answer is too large.

    Raises:
        TooLargeError: a single object is too large. Whatever else ``read`` raises.
    """
    while True:
        try:
            return read(size)
        except TooLargeError:
            if size <= 1:
                raise
            size //= 2
            log.warning("answer.too_large", asked_for=size)
