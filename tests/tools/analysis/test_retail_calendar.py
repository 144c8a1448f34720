"""The 4-5-4 calendar against its published years, and laws that hold for every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.analysis.calendar import PeriodError
from tools.analysis.periods import resolve_period
from tools.analysis.retail_calendar import (
    retail_date,
    retail_period,
    retail_quarter,
    retail_week,
    retail_year,
    weeks_in,
    year_start,
)

TODAY = date(2026, 11, 25)
days = st.dates(min_value=date(2005, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("year", "start", "weeks"),
    [
        (2012, date(2012, 1, 29), 53),
        (2016, date(2016, 1, 31), 52),
        (2017, date(2017, 1, 29), 53),
        (2018, date(2018, 2, 4), 52),
        (2022, date(2022, 1, 30), 52),
        (2023, date(2023, 1, 29), 53),
        (2024, date(2024, 2, 4), 52),
        (2025, date(2025, 2, 2), 52),
        (2026, date(2026, 2, 1), 52),
    ],
)
def test_years_as_published(year: int, start: date, weeks: int) -> None:
    assert (year_start(year), weeks_in(year)) == (start, weeks)


def test_thanksgiving_week_and_the_last_period_of_a_long_year() -> None:
    assert retail_date(date(2026, 11, 26)) == retail_date(date(2026, 11, 22))
    found = retail_date(date(2026, 11, 26))
    assert (found.year, found.quarter, found.period, found.week, found.week_of_period) == (2026, 4, 10, 43, 4)
    assert retail_period(2023, 12).days == 5 * 7
    assert retail_period(2024, 12).days == 4 * 7


@given(days)
def test_every_day_is_in_exactly_its_week_period_quarter_and_year(day: date) -> None:
    found = retail_date(day)
    week = retail_week(found.year, found.week)
    assert week is not None
    for period in (
        week,
        retail_period(found.year, found.period),
        retail_quarter(found.year, found.quarter),
        retail_year(found.year),
    ):
        assert period.start_on <= day <= period.end_on
        assert period.start_on.weekday() == 6
        assert period.end_on.weekday() == 5


@given(st.integers(min_value=2005, max_value=2060))
def test_periods_follow_each_other_without_a_gap(year: int) -> None:
    parts = [retail_period(year, number) for number in range(1, 13)]
    assert parts[0].start_on == year_start(year)
    for before, after in zip(parts, [*parts[1:], retail_period(year + 1, 1)], strict=True):
        assert after.start_on == before.end_on + timedelta(days=1)
    assert [part.days // 7 for part in parts[:11]] == [4, 5, 4] * 3 + [4, 5]


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("retail week 43", "2026-11-22", "2026-11-25"),
        ("fiscal week 1 of 2025", "2025-02-02", "2025-02-08"),
        ("this retail month", "2026-11-01", "2026-11-25"),
        ("last fiscal period", "2026-10-04", "2026-10-31"),
        ("P9", "2026-10-04", "2026-10-31"),
        ("p12", "2026-01-04", "2026-01-31"),
        ("fiscal period 9 2025", "2025-10-05", "2025-11-01"),
        ("last retail quarter", "2026-08-02", "2026-10-31"),
        ("retail Q1 2026", "2026-02-01", "2026-05-02"),
        ("last retail year", "2025-02-02", "2026-01-31"),
        ("FY2025", "2025-02-02", "2026-01-31"),
        ("last retail week", "2026-11-15", "2026-11-21"),
        ("retail October", "2026-10-04", "2026-10-31"),
    ],
)
def test_phrases(phrase: str, start: str, end: str) -> None:
    period = resolve_period(phrase, today=TODAY)
    assert (period.start_on.isoformat(), period.end_on.isoformat()) == (start, end)


@pytest.mark.parametrize("phrase", ["retail week 54", "retail week 53 of 2026", "P13", "fiscal quarter 5"])
def test_what_the_calendar_does_not_have_is_said(phrase: str) -> None:
    with pytest.raises(PeriodError):
        resolve_period(phrase, today=TODAY)
