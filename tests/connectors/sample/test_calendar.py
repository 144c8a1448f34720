from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from connectors.sandbox.sample.world import SOURCE_FIRST_ON, calendar


@given(st.dates(min_value=date(2018, 6, 1), max_value=date(2040, 12, 31)))
def test_history_is_the_shortest_of_at_least_300_days_in_whole_weeks(today: date) -> None:
    plan = calendar(today)
    assert 300 <= plan.history_days <= 306
    assert (plan.first_on - SOURCE_FIRST_ON).days % 7 == 0
    assert plan.first_on + timedelta(days=plan.history_days) == today
    assert plan.first_on < today <= plan.last_on


def test_midnight_is_the_stores_own() -> None:
    assert calendar(date(2026, 11, 23)).midnight.isoformat() == "2026-11-23T00:00:00-05:00"
    assert calendar(date(2026, 7, 1)).midnight.isoformat() == "2026-07-01T00:00:00-04:00"
