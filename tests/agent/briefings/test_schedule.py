from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.briefings.schedule import BriefingHours, due_on
from tests.support.examples import examples

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
HOURS = BriefingHours()


def test_due_from_six_on_the_stores_own_clock() -> None:
    at = datetime(2026, 11, 23, 5, 59, tzinfo=ZoneInfo("America/New_York"))
    assert due_on(at, "America/New_York", HOURS) is None
    assert due_on(at + timedelta(minutes=1), "America/New_York", HOURS) == date(2026, 11, 23)
    assert due_on(at + timedelta(minutes=1), "America/Los_Angeles", HOURS) is None


def test_a_morning_missed_until_the_evening_is_left_out() -> None:
    evening = datetime(2026, 11, 23, 20, 0, tzinfo=ZoneInfo("America/New_York"))
    assert due_on(evening - timedelta(minutes=1), "America/New_York", HOURS) == date(2026, 11, 23)
    assert due_on(evening, "America/New_York", HOURS) is None


def test_a_late_business_day_is_waited_for() -> None:
    at = datetime(2026, 11, 23, 7, 0, tzinfo=ZoneInfo("Europe/Lisbon"))
    assert due_on(at, "Europe/Lisbon", HOURS, day_starts_at=time(7, 30)) is None
    assert due_on(at + timedelta(minutes=30), "Europe/Lisbon", HOURS, day_starts_at=time(7, 30)) == date(2026, 11, 23)


def test_a_skipped_hour_does_not_lose_the_morning() -> None:
    # 02:30 does not exist in New York on 8 March 2026.
    hours = BriefingHours(at=time(2, 30))
    before = datetime(2026, 3, 8, 6, 59, tzinfo=UTC)
    assert due_on(before, "America/New_York", hours) is None
    assert due_on(before + timedelta(minutes=1), "America/New_York", hours) == date(2026, 3, 8)


def test_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        BriefingHours(at=time(21, 0))


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due_on(datetime(2026, 1, 1), "UTC", HOURS)  # noqa: DTZ001 that is the point


@settings(max_examples=examples(150), deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    start=st.dates(min_value=date(2005, 1, 1), max_value=date(2030, 12, 1)),
    at=st.times(max_value=time(12, 0)).map(lambda t: t.replace(second=0, microsecond=0)),
    outages=st.lists(st.tuples(st.integers(0, 10 * 144), st.integers(1, 200)), max_size=3),
)
def test_every_morning_comes_exactly_once_in_any_zone_and_through_outages(
    zone: str, start: date, at: time, outages: list[tuple[int, int]]
) -> None:
    hours = BriefingHours(at=at)
    tz = ZoneInfo(zone)
    posted: Counter[date] = Counter()
    chances: set[date] = set()
    for tick in range(10 * 144):
        now = datetime(start.year, start.month, start.day, tzinfo=UTC) + timedelta(minutes=10 * tick)
        if any(begin <= tick < begin + length for begin, length in outages):
            continue
        local = now.astimezone(tz)
        minutes = local.hour * 60 + local.minute
        if at.hour * 60 + at.minute <= minutes < 20 * 60:
            chances.add(local.date())
        on = due_on(now, zone, hours)
        if on is not None and on not in posted:
            posted[on] += 1
            assert on == local.date()
    assert set(posted) == chances
    assert set(posted.values()) <= {1}
