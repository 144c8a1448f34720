"""One thread that ends what runs too long.

A timer of its own for every query would be a thread of its own: starting and joining it hands the interpreter over
several times, which readers feel most while rows are being written.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_TICK_SECONDS = 0.05
_IDLE_SECONDS = 5.0


class Watch:
    """A call that is being watched; ``expired`` once it was ended."""

    def __init__(self, deadline: float, stop: Callable[[], object]) -> None:
        self._deadline = deadline
        self._stop = stop
        self.expired = False

    def look(self, now: float) -> None:
        """End the call if its time is over."""
        if now >= self._deadline and not self.expired:
            self.expired = True
            self._stop()


class Watchdog:
    """Use it from any thread; its own thread comes with the first call and goes when there was none for a while."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._busy = threading.Event()
        self._watches: set[Watch] = set()
        self._thread: threading.Thread | None = None

    @contextmanager
    def watching(self, seconds: float, stop: Callable[[], object]) -> Iterator[Watch]:
        """Call ``stop`` from another thread when the block takes longer than ``seconds``, to a twentieth of one."""
        watch = Watch(time.monotonic() + seconds, stop)
        with self._gate:
            self._watches.add(watch)
            if not self._busy.is_set():
                self._busy.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="mirror-watchdog", daemon=True)
                self._thread.start()
        try:
            yield watch
        finally:
            # Under the gate, so that a call is never ended after its block is over.
            with self._gate:
                self._watches.discard(watch)

    def _run(self) -> None:
        while True:
            waited = self._busy.wait(_IDLE_SECONDS)
            if waited:
                time.sleep(_TICK_SECONDS)
            with self._gate:
                if not self._watches:
                    self._busy.clear()
                    if not waited:
                        self._thread = None
                        return
                now = time.monotonic()
                for watch in self._watches:
                    watch.look(now)
