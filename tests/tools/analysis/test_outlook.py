"""Days to come: which days a phrase means, the mean of their weekdays, and how far off that was."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tools.analysis.calendar import PeriodError
from tools.analysis.outlook import Series, Trial, coming_span, expected, expected_together, range_of, trials

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("tomorrow", "2026-11-24", "2026-11-24"),
        ("next week", "2026-11-30", "2026-12-06"),
        ("the next 2 weeks", "2026-11-24", "2026-12-07"),
        ("next 30 days", "2026-11-24", "2026-12-23"),
        ("the rest of this month", "2026-11-23", "2026-11-30"),
        ("the end of the month", "2026-11-23", "2026-11-30"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("december", "2026-12-01", "2026-12-31"),
        ("the weekend", "2026-11-28", "2026-11-29"),
        ("friday", "2026-11-27", "2026-11-27"),
        ("thanksgiving", "2026-11-26", "2026-11-26"),
        ("q4", "2026-11-23", "2026-12-31"),
        ("holiday season", "2026-11-26", "2026-12-31"),
    ],
)
def test_the_days_that_a_phrase_means(phrase: str, start: str, end: str) -> None:
    found = coming_span(phrase, today=MONDAY)
    assert (found.start_on.isoformat(), found.end_on.isoformat()) == (start, end)


@pytest.mark.parametrize("phrase", ["next 200 days", "yesterday", "whenever", "next 3 years"])
def test_what_is_over_too_far_or_no_day_is_said(phrase: str) -> None:
    with pytest.raises(PeriodError):
        coming_span(phrase, today=MONDAY)


def test_each_day_is_the_mean_of_its_own_weekday_and_a_missing_day_is_nought() -> None:
    first, last = date(2026, 7, 6), date(2026, 11, 22)
    daily = {
        first + timedelta(number): Decimal(10 + 5 * ((first + timedelta(number)).weekday() == 5))
        for number in range((last - first).days + 1)
    }
    week = [MONDAY + timedelta(number) for number in range(7)]
    assert expected(daily, last, week, first) == 75
    del daily[date(2026, 11, 21)]
    assert expected(daily, last, [date(2026, 11, 28)], first) == Decimal(15) * 7 / 8
    assert expected(daily, last, week, date(2026, 11, 9)) is None


def test_the_range_is_how_like_spans_came_out() -> None:
    first, last = date(2026, 1, 5), date(2026, 11, 22)
    steady = {first + timedelta(number): Decimal(10) for number in range((last - first).days + 1)}
    week = [MONDAY + timedelta(number) for number in range(7)]
    made = trials([Series(steady, first)], last, week)
    assert {(trial.expected, trial.actual) for trial in made} == {(Decimal(70), Decimal(70))}
    found = range_of(Decimal(70), made)
    assert found is not None
    assert (found.low, found.high, found.error_pct) == (70, 70, 0)
    assert range_of(Decimal(70), made[:7]) is None


def test_a_further_span_lies_in_the_range_eight_times_in_ten() -> None:
    drawn = random.Random(4)
    for number in (8, 9, 19, 40):
        inside = 0
        for _ in range(3000):
            ratios = [Decimal(drawn.gauss(100, 10)) for _ in range(number + 1)]
            found = range_of(Decimal(1), [Trial(Decimal(1), one) for one in ratios[:-1]])
            assert found is not None
            inside += found.low <= ratios[-1] <= found.high
        assert 0.76 < inside / 3000 < 0.84, number


def test_no_trial_looks_at_what_it_is_to_expect() -> None:
    first, last = date(2026, 1, 5), date(2026, 11, 22)
    daily = {first + timedelta(number): Decimal(10) for number in range((last - first).days + 1)}
    for day in range(7):
        daily[last - timedelta(day)] = Decimal(1000)
    far = [date(2026, 11, 30) + timedelta(number) for number in range(7)]
    newest = trials([Series(daily, first)], last, far)[0]
    assert (newest.expected, newest.actual) == (70, 7000)


def test_the_week_of_a_coming_holiday_is_a_whole_week() -> None:
    found = coming_span("christmas week", today=date(2026, 11, 23), week_start=0)
    assert (found.start_on, found.end_on) == (date(2026, 12, 21), date(2026, 12, 27))
    assert found.label == "the week of Christmas Day"


def test_a_store_that_opened_lately_goes_by_its_own_weeks() -> None:
    first, opened, last = date(2026, 1, 5), date(2026, 10, 5), date(2026, 11, 22)
    old = Series({first + timedelta(n): Decimal(10) for n in range((last - first).days + 1)}, first)
    new = Series({opened + timedelta(n): Decimal(30) for n in range((last - opened).days + 1)}, opened)
    week = [MONDAY + timedelta(number) for number in range(7)]
    assert expected_together([old, new], last, week) == 7 * 40
    assert expected_together([old, Series({last: Decimal(99)}, last)], last, week) == 7 * 10
    assert {trial.actual / trial.expected for trial in trials([old, new], last, week)} == {1}
