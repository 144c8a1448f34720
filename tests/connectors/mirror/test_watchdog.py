from __future__ import annotations

import threading
import time

import pytest

from connectors.mirror import watchdog
from connectors.mirror.watchdog import Watchdog


def test_what_takes_too_long_is_ended_once_and_says_so() -> None:
    stopped = threading.Event()
    calls: list[float] = []

    def stop() -> None:
        calls.append(time.monotonic())
        stopped.set()

    with Watchdog().watching(0.05, stop) as watch:
        assert stopped.wait(10)
        time.sleep(0.2)
    assert watch.expired
    assert len(calls) == 1


def test_what_ends_in_time_is_left_alone() -> None:
    calls: list[str] = []
    dog = Watchdog()
    for number in range(20):
        with dog.watching(0.5, lambda: calls.append("stopped")) as watch:
            time.sleep(0.0001 * number)
        assert not watch.expired
    time.sleep(0.6)  # longer than the last of them could have taken
    assert calls == []


def test_the_thread_goes_when_there_is_nothing_to_watch_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "_IDLE_SECONDS", 0.05)
    dog = Watchdog()

    def running() -> bool:
        return any(thread.name == "mirror-watchdog" and thread.is_alive() for thread in threading.enumerate())

    for _ in range(2):
        stopped = threading.Event()
        with dog.watching(0.05, stopped.set):
            assert stopped.wait(10)
        mine = [thread for thread in threading.enumerate() if thread.name == "mirror-watchdog"]
        for thread in mine:
            thread.join(10)
        assert not running()
