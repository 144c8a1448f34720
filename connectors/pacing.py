"""Staying inside a platform's rate limits before it has to say so.

A pacer is shared by every thread that calls one account. What a platform tells in its answers corrects it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol


class Pacer(Protocol):
    """Bounds how fast and how many at once."""

    def slot(self, cost: float = 1.0) -> Any:
        """A context manager around one request of this cost; waits until there is room."""
        ...

    def learn(self, headers: Mapping[str, str], body: Any) -> None:
        """Take in what an answer says of the limits; ``body`` is the parsed JSON or None."""
        ...


class Bucket:
    """A leaky bucket: ``burst`` units at once, refilled by ``rate`` a second, at most ``concurrent`` requests.

    A subclass overrides ``learn`` to read the platform's own headers and calls ``correct``.
    """

    def __init__(
        self,
        rate: float,
        burst: float,
        *,
        concurrent: int = 4,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._sleep = sleep
        self._clock = clock
        self._at = clock()
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(concurrent)

    @contextmanager
    def slot(self, cost: float = 1.0) -> Iterator[None]:
        """Hold one of the concurrent places while there is room for ``cost``."""
        with self._slots:
            wait = self._take(min(cost, self._burst))
            if wait > 0:
                self._sleep(wait)
            yield

    def learn(self, headers: Mapping[str, str], body: Any) -> None:
        """Nothing; a platform that says its level overrides this."""

    def correct(self, *, left: float, rate: float | None = None, burst: float | None = None) -> None:
        """What the platform says is left, and its limits where it says them."""
        with self._lock:
            self._at = self._clock()
            self._rate = rate or self._rate
            self._burst = burst or self._burst
            self._level = min(left, self._burst)

    def _take(self, cost: float) -> float:
        """Seconds to wait before ``cost`` units may be spent; they are reserved at once."""
        with self._lock:
            now = self._clock()
            self._level = min(self._burst, self._level + (now - self._at) * self._rate)
            self._at = now
            self._level -= cost
            return max(0.0, -self._level / self._rate)
