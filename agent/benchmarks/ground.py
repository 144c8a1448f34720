"""What a benchmark stands on: a folder of its own, and the sample in it for those that ask."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from agent.clock import FixedClock

if TYPE_CHECKING:
    from agent.wiring import Application

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


class Ground:
    """``folder`` is empty at first and gone afterwards. Close when done.

    ``lines`` is the size that was asked for and ``keep`` the folder whose mirror shall stay, for benchmarks that can.
    """

    def __init__(self, folder: Path, *, lines: int | None = None, keep: Path | None = None) -> None:
        self.folder = folder
        self.lines = lines
        self.keep = keep
        self._opened: list[Application] = []

    @cached_property
    def application(self) -> Application:
        """An application over the sample, which is loaded the first time somebody asks."""
        return self._loaded[0]

    @property
    def sample_lines(self) -> int:
        """Sale lines of the sample."""
        return self._loaded[1]

    @property
    def sample_seconds(self) -> float:
        """How long loading it took."""
        return self._loaded[2]

    @cached_property
    def _loaded(self) -> tuple[Application, int, float]:
        from agent.commands.data import load_the_sample
        from agent.settings import read_settings
        from agent.wiring import Application

        application = Application(read_settings(home=self.folder / "sample"), FixedClock(NOW), write=True)
        self._opened.append(application)
        started = time.perf_counter()
        report = load_the_sample(application, TODAY)
        return application, int(report["lines"]), time.perf_counter() - started

    def close(self) -> None:
        """Let the sample go."""
        while self._opened:
            self._opened.pop().close()
