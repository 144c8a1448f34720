"""Instants and clocks: the real one, a fixed one for ``--now``, and the demo's, which can run faster than life."""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from agent.errors import BadInputError
from tools.context import Clock

_EXAMPLE = "2026-11-23T09:00:00-05:00"


def parse_instant(text: str, field: str) -> datetime:
    """An instant out of ISO 8601 text with a time zone.

    Raises:
        BadInputError: it is none; the sentence names ``field``.
    """
    try:
        value = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInputError(f"{field}: “{text}” is not an instant; write it like {_EXAMPLE}.") from error
    if value.tzinfo is None:
        raise BadInputError(f"{field}: “{text}” has no time zone; write it like {_EXAMPLE}.")
    return value


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """Always the same instant."""

    instant: datetime

    def now(self) -> datetime:
        """The instant it was made with, in UTC."""
        return self.instant.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class DemoClock:
    """Starts at ``start`` and runs ``speed`` times as fast as real time; monotonic."""

    start: datetime
    speed: float = 1.0
    _origin: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """The demo's present instant, in UTC."""
        elapsed = timedelta(seconds=(time.monotonic() - self._origin) * self.speed)
        return (self.start + elapsed).astimezone(UTC)


class SwappableClock:
    """A clock that a command may fix for itself and for the threads that work for it.

    Those are given a copy of its context; threads of the service have one of their own and keep the running clock.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._fixed: ContextVar[Clock | None] = ContextVar("fixed_clock", default=None)

    def fix(self, clock: Clock | None) -> None:
        """Let ``clock`` tell the time in this context from now on; None gives back the running one."""
        self._fixed.set(clock)

    def now(self) -> datetime:
        """The present instant, or the fixed one."""
        return (self._fixed.get() or self._clock).now()
