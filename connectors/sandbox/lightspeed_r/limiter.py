"""The stand-in's leaky bucket: how full it is, and what the headers say of it."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping


class Limiter:
    """One bucket for the account.

    Args:
        size: drips it holds; the request that makes it run over is still let in.
        drip: drips that leave it in a second.
        burst: requests in one second.
    """

    def __init__(
        self,
        size: float = 100_000.0,
        drip: float = 10_000.0,
        burst: int = 100_000,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._size = size
        self._drip = drip
        self._burst = burst
        self._clock = clock
        self._lock = threading.Lock()
        self._level = 0.0
        self._at = clock()
        self._second = 0
        self._in_second = 0

    def admit(self, cost: float) -> tuple[bool, Mapping[str, str]]:
        """Whether a request of ``cost`` is let in, and the headers of its answer."""
        with self._lock:
            now = self._clock()
            self._level = max(0.0, self._level - (now - self._at) * self._drip)
            self._at = now
            second = math.floor(now)
            self._in_second = self._in_second + 1 if second == self._second else 1
            self._second = second
            headers = {
                "X-LS-Acct-Id": "900001",
                "X-LS-Api-Drip-Rate": f"{self._drip:g}",
                "X-LS-Api-Request-Cost": f"{cost:g}",
            }
            full = self._level >= self._size
            rushed = self._in_second > self._burst
            if not full and not rushed:
                self._level += cost
            headers["X-LS-Api-Bucket-Level"] = f"{self._level:.2f}/{self._size:g}"
            headers["X-LS-Api-Burst-Level"] = f"{min(self._in_second, self._burst)}/{self._burst}"
            if full or rushed:
                over = (self._level - self._size) / self._drip if full else 1.0
                headers["X-LS-Api-RateLimit-Type"] = "api-leaky-bucket" if full else "api-burst-limiter"
                headers["Retry-After"] = str(max(1, math.ceil(over)))
            return not (full or rushed), headers
