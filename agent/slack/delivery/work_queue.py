"""A bounded pool of workers. Jobs of one key run one after the other in the order they came; keys run side by side."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

import structlog

_log = structlog.get_logger(__name__)

Job = Callable[[], None]


class WorkQueue:
    """Runs jobs on ``workers`` threads; refuses more than ``backlog`` waiting or running ones."""

    def __init__(self, name: str, *, workers: int, backlog: int) -> None:
        self._name = name
        self._backlog = backlog
        self._condition = threading.Condition()
        self._waiting: dict[str, deque[Job]] = {}
        self._ready: deque[str] = deque()
        self._size = 0
        self._closed = False
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True) for number in range(workers)
        ]

    def start(self) -> None:
        """Start the workers."""
        for thread in self._threads:
            thread.start()

    def submit(self, key: str, job: Job) -> bool:
        """Queue a job behind the others of its key; False when the queue is full or closed."""
        with self._condition:
            if self._closed or self._size >= self._backlog:
                return False
            self._size += 1
            queue = self._waiting.get(key)
            if queue is None:
                self._waiting[key] = deque([job])
                self._ready.append(key)
                self._condition.notify()
            else:
                queue.append(job)
            return True

    def size(self) -> int:
        """Jobs waiting or running."""
        with self._condition:
            return self._size

    def stop(self, seconds: float) -> bool:
        """Take no more jobs, drop those that wait, give those that run ``seconds`` to end; True when all ended."""
        with self._condition:
            self._closed = True
            for queue in self._waiting.values():
                # A running job has left its queue; what is still in one has not begun.
                self._size -= len(queue)
                queue.clear()
            self._ready.clear()
            self._condition.notify_all()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def drain(self, seconds: float) -> bool:
        """Wait until nothing waits or runs; False when ``seconds`` pass first."""
        with self._condition:
            return self._condition.wait_for(lambda: self._size == 0, timeout=seconds)

    def _work(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._closed or bool(self._ready))
                if not self._ready:
                    return
                key = self._ready.popleft()
                job = self._waiting[key].popleft()
            try:
                job()
            except Exception:  # noqa: BLE001 - a worker must outlive any job; jobs report their own failures
                _log.exception("job.failed", queue=self._name)
            finally:
                self._done(key)

    def _done(self, key: str) -> None:
        with self._condition:
            self._size -= 1
            if self._waiting.get(key):
                self._ready.append(key)
                self._condition.notify()
            else:
                self._waiting.pop(key, None)
            self._condition.notify_all()
