"""Dealing with the inbox: one thread per connection, so that a slow platform holds up nobody else's events.

Everything that waits is taken together, so under load one read serves many events. What fails for the moment is tried
again after a growing pause; what fails for good, or too often, becomes a dead letter that a person can replay. A kill
at any point loses nothing: an event is settled only after the mirror has committed, and pulling twice changes nothing.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from connectors.base import Reader
from connectors.errors import TerminalError
from connectors.mirror.open import Mirror
from connectors.webhooks.events import Event, Settlement, Status
from connectors.webhooks.inbox import Inbox
from connectors.webhooks.pull import NotThereError, pull_touched, reason, whereabouts

log = structlog.get_logger()

_MOST_TOGETHER = 1_000
_LONGEST_SLEEP_SECONDS = 60.0
_DISK_PAUSE_SECONDS = 5.0
_LOOKS_FOR_MISSING = 2


@dataclass(frozen=True, slots=True)
class Patience:
    """How often an event is tried, and how long the pauses are, in seconds; ``cap`` bounds their doubling.

    The default gives up after about an hour; the sweep and the polling go on regardless.
    """

    tries: int = 12
    base: float = 1.0
    cap: float = 900.0

    def pause(self, tries_so_far: int) -> timedelta:
        """How long to wait after that many tries; spread, so that events that failed together return apart."""
        seconds = min(self.cap, self.base * 2.0 ** max(0, tries_so_far - 1))
        return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, not a secret


class Worker:
    """Works on the inbox's events of ``readers``.

    ``clock`` is the platforms' present and decides up to when feeds are walked; pauses go by this machine's clock.
    """

    def __init__(
        self,
        inbox: Inbox,
        readers: Mapping[str, Reader],
        mirror: Mirror,
        clock: Callable[[], datetime],
        patience: Patience | None = None,
    ) -> None:
        self._inbox = inbox
        self._readers = dict(readers)
        self._mirror = mirror
        self._clock = clock
        self._patience = patience or Patience()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(name,), name=f"webhooks-{name}", daemon=True) for name in readers
        ]

    def start(self) -> None:
        """Begin, with what was left from before."""
        for thread in self._threads:
            thread.start()

    def stop(self, timeout_seconds: float = 10.0) -> None:
        """Finish what is being pulled, as far as the time allows, and stop. The rest waits for the next start."""
        self._stopping.set()
        for name in self._readers:
            self._inbox.bell(name).set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout_seconds)

    def work(self, connection: str) -> int:
        """Deal with what is due now; how many events that were.

        Raises:
            TransientError: the inbox could not be read or written.
        """
        events = self._inbox.due(connection, datetime.now(UTC), _MOST_TOGETHER)
        if not events:
            return 0
        troubles = pull_touched(self._readers[connection], self._mirror, events, self._clock())
        if self._stopping.is_set() and any(troubles.values()):
            # The mirror may have been closed under it; that is no fault of the events.
            return 0
        at = datetime.now(UTC)
        settlements = [self._settlement(event, troubles[event.id], at) for event in events]
        self._inbox.settle(settlements, at).result()
        self._report(connection, settlements, troubles)
        return len(events)

    def _settlement(self, event: Event, trouble: Exception | None, at: datetime) -> Settlement:
        tries = event.attempts + 1
        if trouble is None:
            return Settlement(event.id, Status.DONE)
        if isinstance(trouble, NotThereError) and tries >= _LOOKS_FOR_MISSING:
            return Settlement(event.id, Status.DONE, reason(trouble))
        if isinstance(trouble, TerminalError) or tries >= self._patience.tries:
            return Settlement(event.id, Status.DEAD, reason(trouble))
        return Settlement(event.id, Status.WAITING, reason(trouble), at + self._patience.pause(tries))

    def _report(
        self, connection: str, settlements: Sequence[Settlement], troubles: Mapping[int, Exception | None]
    ) -> None:
        counts = {status.value: sum(item.status is status for item in settlements) for status in Status}
        log.info("webhooks.worked", connection=connection, **counts)
        for error in {type(trouble): trouble for trouble in troubles.values() if trouble is not None}.values():
            log.warning("webhooks.failed", connection=connection, reason=reason(error), where=whereabouts(error))

    def _run(self, connection: str) -> None:
        bell = self._inbox.bell(connection)
        while not self._stopping.is_set():
            bell.clear()
            try:
                pause = 0.0 if self.work(connection) else self._seconds_to_next(connection)
            except Exception as error:  # noqa: BLE001 - the thread must outlive it; the events are still there
                log.warning("webhooks.stuck", connection=connection, reason=reason(error), where=whereabouts(error))
                self._stopping.wait(_DISK_PAUSE_SECONDS)
                continue
            if pause and not self._stopping.is_set():
                bell.wait(pause)

    def _seconds_to_next(self, connection: str) -> float:
        due = self._inbox.next_due(connection)
        if due is None:
            return _LONGEST_SLEEP_SECONDS
        return min(_LONGEST_SLEEP_SECONDS, max(0.01, (due - datetime.now(UTC)).total_seconds()))
