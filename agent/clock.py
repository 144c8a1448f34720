"""Clocks: the real one, a fixed one for ``--now``, and the demo's, which can run faster than life."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


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
