"""The language of periods: examples, and laws that hold on every day of many years."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.analysis.calendar import Kind, OutsideDataError, PeriodError
from tools.analysis.periods import resolve_period

TODAY = date(2026, 11, 23)
days = st.dates(min_value=date(2012, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("today", "2026-11-23", "2026-11-23"),
        ("Yesterday?", "2026-11-22", "2026-11-22"),
        ("the day before yesterday", "2026-11-21", "2026-11-21"),
        ("this week", "2026-11-23", "2026-11-23"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("previous week", "2026-11-16", "2026-11-22"),
        ("MTD", "2026-11-01", "2026-11-23"),
        ("month to date", "2026-11-01", "2026-11-23"),
        ("the month so far", "2026-11-01", "2026-11-23"),
        ("so far in the quarter", "2026-10-01", "2026-11-23"),
        ("November so far", "2026-11-01", "2026-11-23"),
        ("QTD", "2026-10-01", "2026-11-23"),
        ("YTD", "2026-01-01", "2026-11-23"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("past 7 days", "2026-11-16", "2026-11-22"),
        ("the last two weeks", "2026-11-09", "2026-11-22"),
        ("last 3 months", "2026-08-01", "2026-10-31"),
        ("last Tuesday", "2026-11-17", "2026-11-17"),
        ("on Friday", "2026-11-20", "2026-11-20"),
        ("Monday", "2026-11-16", "2026-11-16"),
        ("Friday last week", "2026-11-20", "2026-11-20"),
        ("same day last month", "2026-10-23", "2026-10-23"),
        ("same weekday last year", "2025-11-24", "2025-11-24"),
        ("week 32", "2026-08-03", "2026-08-09"),
        ("week 53", "2020-12-28", "2021-01-03"),
        ("week 48", "2026-11-23", "2026-11-23"),
        ("week 49", "2025-12-01", "2025-12-07"),
        ("2026-W32", "2026-08-03", "2026-08-09"),
        ("Q3", "2026-07-01", "2026-09-30"),
        ("Q1 2025", "2025-01-01", "2025-03-31"),
        ("July", "2026-07-01", "2026-07-31"),
        ("December", "2025-12-01", "2025-12-31"),
        ("in March 2026", "2026-03-01", "2026-03-31"),
        ("2026-05", "2026-05-01", "2026-05-31"),
        ("3 May", "2026-05-03", "2026-05-03"),
        ("May 3rd", "2026-05-03", "2026-05-03"),
        ("2026-05-03", "2026-05-03", "2026-05-03"),
        ("25/03/2026", "2026-03-25", "2026-03-25"),
        ("between 3 and 9 May", "2026-05-03", "2026-05-09"),
        ("3–9 May", "2026-05-03", "2026-05-09"),
        ("May 3-9", "2026-05-03", "2026-05-09"),
        ("from Aug 1 to Aug 15", "2026-08-01", "2026-08-15"),
        ("3 May to 9 May 2025", "2025-05-03", "2025-05-09"),
        ("Dec 20 to Jan 5", "2025-12-20", "2026-01-05"),
        ("since Monday", "2026-11-16", "2026-11-23"),
        ("since July", "2026-07-01", "2026-11-23"),
        ("last weekend", "2026-11-21", "2026-11-22"),
        ("the weekend before last", "2026-11-14", "2026-11-15"),
        ("week of 3 May", "2026-04-27", "2026-05-03"),
        ("second quarter", "2026-04-01", "2026-06-30"),
        ("third quarter of 2025", "2025-07-01", "2025-09-30"),
        ("after 15 November", "2026-11-16", "2026-11-23"),
        ("after October", "2026-11-01", "2026-11-23"),
        ("20 October to date", "2026-10-20", "2026-11-23"),
        ("5 Oct onwards", "2026-10-05", "2026-11-23"),
        ("since the start of the month", "2026-11-01", "2026-11-23"),
        ("since the beginning of last quarter", "2026-07-01", "2026-11-23"),
        ("the last Friday of October", "2026-10-30", "2026-10-30"),
        ("first Monday in November", "2026-11-02", "2026-11-02"),
        ("second Tuesday of last month", "2026-10-13", "2026-10-13"),
        ("last Monday of November", "2025-11-24", "2025-11-24"),
        ("first weekend of November", "2026-11-07", "2026-11-08"),
        ("the weekend of 8 November", "2026-11-07", "2026-11-08"),
        ("Sunday before last", "2026-11-15", "2026-11-15"),
        ("the day after 5 October", "2026-10-06", "2026-10-06"),
        ("the week before 10 October", "2026-10-03", "2026-10-09"),
        ("the day after Halloween", "2026-11-01", "2026-11-01"),
        ("week after Halloween", "2026-11-02", "2026-11-08"),
        ("29 Feb", "2024-02-29", "2024-02-29"),
        ("20 Nov to 30 Nov", "2026-11-20", "2026-11-23"),
        ("yesteday", "2026-11-22", "2026-11-22"),
    ],
)
def test_a_phrase_means_these_dates(phrase: str, start: str, end: str) -> None:
    period = resolve_period(phrase, today=TODAY)
    assert (period.start_on.isoformat(), period.end_on.isoformat()) == (start, end)


@pytest.mark.parametrize(
    ("short", "whole"),
    [("lst wk", "last week"), ("this mth", "this month"), ("yday", "yesterday"), ("last 3 wks", "last 3 weeks")],
)
def test_periods_may_be_typed_as_on_a_phone(short: str, whole: str) -> None:
    asked, meant = (resolve_period(phrase, today=TODAY) for phrase in (short, whole))
    assert (asked.start_on, asked.end_on) == (meant.start_on, meant.end_on)


@pytest.mark.parametrize(
    "phrase", ["tomorrow", "next week", "3 May 2027", "this Friday", "2028", "from 2027-01-01 to 2027-01-02"]
)
def test_the_future_is_said_to_be_the_future(phrase: str) -> None:
    with pytest.raises(OutsideDataError, match="future"):
        resolve_period(phrase, today=TODAY)


def test_what_lies_before_the_data_names_where_it_begins() -> None:
    with pytest.raises(OutsideDataError, match="begins on 25 January 2026"):
        resolve_period("3 May 2025", today=TODAY, data_start=date(2026, 1, 25), data_end=date(2026, 11, 22))


def test_today_without_data_yet_names_where_it_ends() -> None:
    with pytest.raises(OutsideDataError, match="reaches to 22 November 2026"):
        resolve_period("today", today=TODAY, data_start=date(2026, 1, 25), data_end=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("", "Say which period"),
        ("  ?! ", "Say which period"),
        ("foo bar", "not a period I understand"),
        ("week 54", "1 to 53"),
        ("31 September", "no day 31 in September"),
        ("05/03/2026", "can be read as 5 March 2026 or as 3 May 2026"),
        ("between 9 and 3 May", "earlier"),
        ("from 9 May to 3 May", "earlier"),
        ("2026-05-09 to 2026-05-03", "earlier"),
        ("last 0 days", "at least one day"),
        ("last 999999 days", "at most ten years"),
        ("2026-13-01", "no month 13"),
        ("x" * 20_000, "a few words"),
    ],
)
def test_what_is_no_period_gets_one_clear_sentence(phrase: str, said: str) -> None:
    with pytest.raises(PeriodError, match=said) as raised:
        resolve_period(phrase, today=TODAY)
    assert len(str(raised.value)) < 300


@given(days)
def test_yesterday_and_today_touch(today: date) -> None:
    before, now = resolve_period("yesterday", today=today), resolve_period("today", today=today)
    assert before.end_on + timedelta(days=1) == now.start_on == now.end_on


@given(days)
def test_last_week_is_monday_to_sunday_and_ends_where_this_week_begins(today: date) -> None:
    last, this = resolve_period("last week", today=today), resolve_period("this week", today=today)
    assert (last.days, last.start_on.weekday(), last.end_on.weekday()) == (7, 0, 6)
    assert last.end_on + timedelta(days=1) == this.start_on <= this.end_on == today


@given(days)
def test_the_last_twelve_months_are_the_months_one_by_one(today: date) -> None:
    whole = resolve_period("last 12 months", today=today)
    months = [resolve_period(f"{count} months ago", today=today) for count in range(12, 0, -1)]
    assert (months[0].start_on, months[-1].end_on) == (whole.start_on, whole.end_on)
    assert all(a.end_on + timedelta(days=1) == b.start_on for a, b in pairwise(months))
    assert sum(month.days for month in months) == whole.days


@given(days, st.integers(1, 53))
def test_a_numbered_week_is_the_latest_iso_week_of_that_number(today: date, number: int) -> None:
    week = resolve_period(f"week {number}", today=today)
    assert week.start_on.isocalendar().week == number
    assert week.start_on.weekday() == 0
    assert week.start_on <= today
    assert week.end_on == min(week.start_on + timedelta(days=6), today)


@given(days, st.sampled_from(["monday", "wednesday", "sunday"]))
def test_a_weekday_is_one_of_the_last_seven_days(today: date, name: str) -> None:
    day = resolve_period(f"last {name}", today=today)
    assert 1 <= (today - day.start_on).days <= 7
    assert f"{day.start_on:%A}".lower() == name


@given(days, days)
def test_a_written_date_is_that_date_or_the_future(today: date, day: date) -> None:
    if day > today:
        with pytest.raises(OutsideDataError):
            resolve_period(day.isoformat(), today=today)
    else:
        assert resolve_period(f"{day.day} {day:%B} {day.year}", today=today).start_on == day
        assert resolve_period(day.isoformat(), today=today).end_on == day


@given(days, st.sampled_from(["week", "month", "quarter", "year"]))
def test_to_date_periods_end_today_and_start_their_unit(today: date, unit: str) -> None:
    period = resolve_period(f"{unit} to date", today=today)
    before = resolve_period(f"last {unit}", today=today)
    assert period.end_on == today
    assert before.end_on + timedelta(days=1) == period.start_on
    assert period.kind is Kind(f"{unit}_to_date")


@given(days, st.text(max_size=40))
def test_any_text_is_a_period_in_order_or_a_sentence(today: date, text: str) -> None:
    try:
        period = resolve_period(text, today=today)
    except PeriodError as error:
        said = str(error)
    else:
        said = "."
        assert period.start_on <= period.end_on <= today
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("phrase", "end"),
    [
        ("until 10 October", "2026-10-10"), ("through October", "2026-10-31"), ("before October", "2026-09-30"),
        ("before 10 October", "2026-10-09"), ("up to the end of September", "2026-09-30"),
        ("up to Labor Day", "2026-09-07"),
    ],
)  # fmt: skip
def test_an_end_alone_goes_from_where_the_data_begins(phrase: str, end: str) -> None:
    begins = date(2026, 1, 25)
    found = resolve_period(phrase, today=TODAY, data_start=begins)
    assert (found.start_on, found.end_on) == (begins, date.fromisoformat(end))
    assert found.label.startswith("25 January 2026 to ")
    with pytest.raises(PeriodError, match="from when"):
        resolve_period(phrase, today=TODAY)
    with pytest.raises(OutsideDataError, match="begins on 1 November 2026"):
        resolve_period(phrase, today=TODAY, data_start=date(2026, 11, 1))
