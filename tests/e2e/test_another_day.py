"""A demo of a day that nobody laid out begins in an empty folder: it loads the sample, then opens the shop."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.demo_process import Demo, is_bot, text_of, wait_for

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.full]


def test_any_day_of_the_calendar_can_be_played_from_nothing(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "home", today="2025-07-07", ready_within=300)
    try:
        briefings = wait_for(lambda: [m for m in demo.roots("C_S01") if is_bot(m)], 30, "the morning's briefing")
        _, answer = demo.ask("U_MANAGER_S01", "C_S01", "@floorwalker How did we do yesterday?")
    finally:
        demo.stop()
    assert "Mon 7 Jul 2025" in text_of(briefings[0])
    assert "6 Jul" in answer
    assert "$" in answer
