"""Asking side by side: questions to the mirror that do not wait for each other's answers are asked at once.

An answer stands on two to twenty-five statements. Each of them is planned by one thread and mostly read by one, so that
asked in turn they leave the other cores idle.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import Any, TypeVar, overload

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")


@overload
def together(first: Callable[[], A], second: Callable[[], B], /) -> tuple[A, B]: ...
@overload
def together(first: Callable[[], A], second: Callable[[], B], third: Callable[[], C], /) -> tuple[A, B, C]: ...
@overload
def together(
    first: Callable[[], A], second: Callable[[], B], third: Callable[[], C], fourth: Callable[[], D], /
) -> tuple[A, B, C, D]: ...
@overload
def together(
    first: Callable[[], A],
    second: Callable[[], B],
    third: Callable[[], C],
    fourth: Callable[[], D],
    fifth: Callable[[], E],
    /,
) -> tuple[A, B, C, D, E]: ...
@overload
def together(*calls: Callable[[], A]) -> tuple[A, ...]: ...
def together(*calls: Callable[[], Any]) -> tuple[Any, ...]:
    """The results of the calls, in their order, as if they had been made in turn.

    Each sees the context variables of the caller. Calls may ask side by side themselves: whatever no other thread has
    begun, the caller does itself, so that none waits for a thread that waits.

    Raises:
        Exception: the error of the first call in order that failed; those behind it may have been made or not.
    """
    aside = [_threads().submit(copy_context().run, call) for call in calls[1:]]
    done = {0: _made(calls[0])}
    if done[0].exception() is not None:
        for other in aside:
            other.cancel()
        return (done[0].result(),)
    for place in range(len(calls) - 1, 0, -1):  # the other threads begin at the front
        if aside[place - 1].cancel():
            done[place] = _made(calls[place])
    return tuple((done.get(place) or aside[place - 1]).result() for place in range(len(calls)))


def _made(call: Callable[[], Any]) -> Future[Any]:
    made: Future[Any] = Future()
    try:
        made.set_result(call())
    except Exception as error:  # noqa: BLE001 whoever asked is told, in the order of the calls
        made.set_exception(error)
    return made


@cache
def _threads() -> ThreadPoolExecutor:
    """One less than there are cores for everybody's questions, as each caller works too, and never none."""
    return ThreadPoolExecutor(max(1, (os.cpu_count() or 2) - 1), thread_name_prefix="together")
