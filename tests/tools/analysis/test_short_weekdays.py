"""Weekdays as they are typed on a phone."""

from __future__ import annotations

from datetime import date

import pytest

from tools.analysis.periods import resolve_period

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("short", "day"),
    [("wed", 18), ("last weds", 18), ("tues", 17), ("thur", 19), ("thurs", 19), ("fri", 20), ("sat", 21), ("sun", 22)],
)
def test_a_short_weekday_is_that_day(short: str, day: int) -> None:
    assert resolve_period(short, today=TODAY).start_on == date(2026, 11, day)
