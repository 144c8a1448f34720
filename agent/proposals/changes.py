"""Telling the rest of the process that a proposal changed, always after the change is committed.

Subscribers run on one thread of their own, in order, so that a slow Slack call never holds up a decision; the
executor delivers its last word on its own thread instead, so that a crash before it is repeated after recovery.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import structlog

log = structlog.get_logger()

OnChange = Callable[[str], None]


class Changes:
    """Subscribers to changed proposals; a callback gets the proposal's id and reads the state itself."""

    def __init__(self) -> None:
        self._subscribers: list[OnChange] = []
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def subscribe(self, callback: OnChange) -> None:
        """Call ``callback(proposal_id)`` after every committed change. It may be called more than once for one."""
        with self._lock:
            self._subscribers.append(callback)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="proposal-changes", daemon=True)
                self._thread.start()

    def publish(self, proposal_id: str) -> None:
        """Tell the subscribers soon."""
        if self._thread is not None:
            self._queue.put(proposal_id)

    def deliver(self, proposal_id: str) -> None:
        """Tell the subscribers now, on this thread."""
        for callback in tuple(self._subscribers):
            try:
                callback(proposal_id)
            except Exception:
                # A card that cannot be rewritten must not undo a decision that is already committed.
                log.exception("proposal.subscriber_failed", proposal_id=proposal_id)

    def close(self) -> None:
        """Deliver what is waiting and stop."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(10.0)
            self._thread = None

    def _run(self) -> None:
        while (proposal_id := self._queue.get()) is not None:
            self.deliver(proposal_id)
