"""When a message that was not answered is sent again: at once a few times, then less and less often.

The count is kept where it outlives the process; without that, every restart would press a receiver that is down.
"""

from __future__ import annotations

from typing import Protocol

_FREE = 6
_FIRST_WAIT = 30.0
_LONGEST_WAIT = 3600.0


class RepeatLog(Protocol):
    """How often a message was sent again, by its id, and when last, in seconds since 1970."""

    def read(self, message_id: str) -> tuple[int, float]:
        """``(count, last_at)``; ``(0, 0.0)`` for one that never was."""
        ...

    def write(self, message_id: str, count: int, at: float) -> None:
        """Note it; when this returns it outlives the process, as far as the log promises that."""
        ...


class RememberedRepeats:
    """A log that lasts as long as the process."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, float]] = {}

    def read(self, message_id: str) -> tuple[int, float]:
        """``(count, last_at)``; ``(0, 0.0)`` for one that never was."""
        return self._known.get(message_id, (0, 0.0))

    def write(self, message_id: str, count: int, at: float) -> None:
        """Note it."""
        self._known[message_id] = (count, at)


def wait_after(count: int) -> float:
    """Seconds to wait after so many repeats: none at first, then 30, doubled each time, an hour at most."""
    return 0.0 if count <= _FREE else min(_LONGEST_WAIT, _FIRST_WAIT * float(2 ** min(count - _FREE - 1, 16)))


def is_due(count: int, last_at: float, now: float) -> bool:
    """Whether the next repeat may leave; a clock that was set back does not hold it up."""
    return not 0.0 <= now - last_at < wait_after(count)
