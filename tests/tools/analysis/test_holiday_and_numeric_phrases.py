"""Holidays, numeric dates and weeks within a month, against dates from the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tools.analysis.calendar import PeriodError
from tools.analysis.comparison_periods import resolve_comparison
from tools.analysis.holiday_phrases import easter
from tools.analysis.periods import resolve_period

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2000, 4, 23), (2019, 4, 21), (2038, 4, 25)],
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("Thanksgiving", "2025-11-27", "2025-11-27"), ("Black Friday last year", "2025-11-28", "2025-11-28"),
        ("Labor Day weekend", "2026-09-05", "2026-09-07"), ("Easter week", "2026-03-30", "2026-04-05"),
        ("Memorial Day", "2026-05-25", "2026-05-25"), ("the week of Halloween", "2026-10-26", "2026-11-01"),
        ("the week before Thanksgiving", "2026-11-16", "2026-11-22"), ("Mother's Day", "2026-05-10", "2026-05-10"),
        ("Thanksgiving weekend 2025", "2025-11-27", "2025-11-30"), ("4th of July weekend", "2026-07-04", "2026-07-05"),
        ("St. Patrick's Day", "2026-03-17", "2026-03-17"), ("Christmas", "2025-12-25", "2025-12-25"),
        ("the day before Easter", "2026-04-04", "2026-04-04"), ("Presidents' Day", "2026-02-16", "2026-02-16"),
        ("11/14", "2026-11-14", "2026-11-14"), ("14/11", "2026-11-14", "2026-11-14"),
        ("between 10/1 and 10/15", "2026-10-01", "2026-10-15"), ("11/14/25", "2025-11-14", "2025-11-14"),
        ("2nd week of September", "2026-09-08", "2026-09-14"), ("last week of October", "2026-10-25", "2026-10-31"),
        ("second half of July", "2026-07-16", "2026-07-31"), ("week ending 15 Nov", "2026-11-09", "2026-11-15"),
        ("Monday to Wednesday last week", "2026-11-16", "2026-11-18"),
        ("Friday-Sunday", "2026-11-20", "2026-11-22"), ("tues-thurs of last week", "2026-11-17", "2026-11-19"),
        ("first half of the year", "2026-01-01", "2026-06-30"),
        ("last full month", "2026-10-01", "2026-10-31"), ("Q4 last year", "2025-10-01", "2025-12-31"),
        ("October of last year", "2025-10-01", "2025-10-31"), ("last year's Q3", "2025-07-01", "2025-09-30"),
        ("third quarter this year", "2026-07-01", "2026-09-30"), ("this March", "2026-03-01", "2026-03-31"),
        ("last Q4", "2025-10-01", "2025-12-31"), ("last Q3", "2026-07-01", "2026-09-30"),
        ("March last year to May last year", "2025-03-01", "2025-05-31"),
    ],
)  # fmt: skip
def test_phrases(phrase: str, start: str, end: str) -> None:
    found = resolve_period(phrase, today=TODAY)
    assert (found.start_on.isoformat(), found.end_on.isoformat()) == (start, end)


@pytest.mark.parametrize("phrase", ["10/1", "between 3/4 and 5/6", "40/41"])
def test_a_date_that_reads_two_ways_is_not_guessed(phrase: str) -> None:
    with pytest.raises(PeriodError):
        resolve_period(phrase, today=TODAY)


def test_a_quarter_so_far_is_held_against_as_many_days_of_the_last_one() -> None:
    base = resolve_period("this quarter", today=TODAY)
    (before,) = resolve_comparison("last quarter", base, today=TODAY).periods
    assert (before.start_on, before.days) == (date(2026, 7, 1), base.days)
    whole = resolve_comparison("last quarter", resolve_period("Q3", today=TODAY), today=TODAY).periods[0]
    assert (whole.start_on, whole.end_on) == (date(2026, 4, 1), date(2026, 6, 30))
    assert before.end_on - before.start_on == timedelta(days=base.days - 1)
