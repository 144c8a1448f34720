"""What a period is held against, and that the calendar is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.analysis.calendar import PeriodError
from tools.analysis.comparison_periods import resolve_comparison
from tools.analysis.periods import resolve_period

TODAY = date(2026, 11, 23)
days = st.dates(min_value=date(2012, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("base", "phrase", "start", "end", "calendar"),
    [
        ("yesterday", None, "2026-11-15", "2026-11-15", "same weekday"),
        ("yesterday", "the same day last week", "2026-11-15", "2026-11-15", "same weekday"),
        ("yesterday", "the same weekday before", "2026-11-15", "2026-11-15", "same weekday"),
        ("yesterday", "last week", "2026-11-15", "2026-11-15", "same weekday"),
        ("yesterday", "the day before", "2026-11-21", "2026-11-21", "day before"),
        ("yesterday", "same day last month", "2026-10-22", "2026-10-22", "date one month"),
        ("yesterday", "last year", "2025-11-22", "2025-11-22", "date one year"),
        ("yesterday", "same weekday last year", "2025-11-23", "2025-11-23", "52 weeks"),
        ("yesterday", "last Sunday", "2026-11-15", "2026-11-15", "same weekday"),
        ("Sunday", "the Sunday before", "2026-11-15", "2026-11-15", "same weekday"),
        ("2026-11-15", "last Sunday", "2026-11-22", "2026-11-22", "as named"),
        ("2026-11-15", "the Sunday before", "2026-11-08", "2026-11-08", "same weekday"),
        ("last weekend", "the weekend before", "2026-11-14", "2026-11-15", "weekend before"),
        ("the weekend before last", "the weekend before", "2026-11-07", "2026-11-08", "weekend before"),
        ("the weekend before last", "last weekend", "2026-11-21", "2026-11-22", "as named"),
        ("last week", None, "2026-11-09", "2026-11-15", "week before"),
        ("last week", "the week before", "2026-11-09", "2026-11-15", "week before"),
        ("last week", "last year", "2025-11-17", "2025-11-23", "52 weeks"),
        ("last month", None, "2026-09-01", "2026-09-30", "month before"),
        ("last month", "last month", "2026-09-01", "2026-09-30", "month before"),
        ("this week", "last week", "2026-11-16", "2026-11-16", "week"),
        ("last week", "last week", "2026-11-09", "2026-11-15", "week before"),
        ("last month", "last week", "2026-11-16", "2026-11-22", "as named"),
        ("MTD", "last week", "2026-11-16", "2026-11-22", "as named"),
        ("MTD", "the same days last week", "2026-10-04", "2026-10-26", "same weekdays"),
        ("week 40", "last week", "2026-11-16", "2026-11-22", "as named"),
        ("week 40", "the week before", "2026-09-21", "2026-09-27", "week before"),
        ("September", "last month", "2026-10-01", "2026-10-31", "as named"),
        ("September", "the month before", "2026-08-01", "2026-08-31", "month before"),
        ("last quarter", "last month", "2026-10-01", "2026-10-31", "as named"),
        ("last 31 days", "last month", "2026-09-23", "2026-10-22", "dates one month"),
        ("Q1", "last quarter", "2026-07-01", "2026-09-30", "as named"),
        ("YTD", "last quarter", "2026-07-01", "2026-09-30", "as named"),
        ("last month", "last year", "2025-10-01", "2025-10-31", "month one year"),
        ("MTD", None, "2026-10-01", "2026-10-23", "dates one month"),
        ("MTD", "the same days of September", "2026-09-01", "2026-09-23", "as many days"),
        ("last month", "same days of February", "2026-02-01", "2026-02-28", "as many days"),
        ("YTD", None, "2025-01-01", "2025-11-23", "dates one year"),
        ("QTD", None, "2026-07-01", "2026-08-23", "quarter before"),
        ("last quarter", None, "2026-04-01", "2026-06-30", "quarter before"),
        ("last 10 days", None, "2026-11-03", "2026-11-12", "10 days before"),
        ("last month", "July", "2026-07-01", "2026-07-31", "as named"),
        ("February 2025", "last year", "2024-02-01", "2024-02-29", "month one year"),
        ("last retail month", None, "2026-08-30", "2026-10-03", "retail month before"),
        ("last retail month", "last month", "2026-08-30", "2026-10-03", "retail month before"),
        ("last retail month", "last year", "2025-10-05", "2025-11-01", "52 weeks"),
        ("retail Q3", None, "2026-05-03", "2026-08-01", "retail quarter before"),
        ("retail Q3", "last year", "2025-08-03", "2025-11-01", "52 weeks"),
        ("this retail month", None, "2026-10-04", "2026-10-26", "days of the retail month before"),
        ("this retail month", "last year", "2025-11-02", "2025-11-24", "52 weeks"),
        ("this retail year", None, "2025-02-02", "2025-11-24", "52 weeks"),
        ("retail year 2025", None, "2024-02-04", "2025-02-01", "retail year before"),
        ("retail year 2024", "last year", "2023-02-05", "2024-02-03", "52 weeks"),
        ("retail year 2023", "last year", "2022-01-30", "2023-01-28", "retail year before"),
        ("retail January 2023", "last year", "2023-01-01", "2023-02-04", "52 weeks"),
        ("retail week 53 of 2023", "last year", "2023-01-29", "2023-02-04", "52 weeks"),
        ("this retail week", "last year", "2025-11-23", "2025-11-24", "52 weeks"),
    ],
)
def test_a_comparison_means_these_dates(base: str, phrase: str | None, start: str, end: str, calendar: str) -> None:
    against = resolve_comparison(phrase, resolve_period(base, today=TODAY), today=TODAY)
    period = against.periods[0]
    assert (period.start_on.isoformat(), period.end_on.isoformat()) == (start, end)
    assert calendar in against.calendar


def test_the_norm_is_the_same_weekday_of_four_weeks() -> None:
    against = resolve_comparison("four-week norm", resolve_period("yesterday", today=TODAY), today=TODAY)
    assert against.is_norm
    assert [period.start_on for period in against.periods] == [date(2026, 11, day) for day in (15, 8, 1)] + [
        date(2026, 10, 25)
    ]


@pytest.mark.parametrize(
    ("base", "phrase", "said"),
    [
        ("yesterday", "wibble", "compare with"),
        ("yesterday", "yesterday", "same period twice"),
        ("last month", "norm", "day or a week"),
        ("yesterday", "tomorrow", "future"),
    ],
)
def test_what_cannot_be_compared_is_said(base: str, phrase: str, said: str) -> None:
    with pytest.raises(PeriodError, match=said):
        resolve_comparison(phrase, resolve_period(base, today=TODAY), today=TODAY)


@given(days, st.sampled_from(["yesterday", "last week", "this week", "MTD", "YTD", "last month", "last 9 days"]))
def test_the_usual_comparison_ends_before_the_base_begins_and_is_as_long(today: date, phrase: str) -> None:
    base = resolve_period(phrase, today=today)
    period = resolve_comparison(None, base, today=today).periods[0]
    assert period.end_on < base.start_on
    if phrase in ("yesterday", "last week", "this week"):
        assert base.start_on - period.start_on == base.end_on - period.end_on == timedelta(days=7)
    if phrase == "last 9 days":
        assert period.days == base.days
