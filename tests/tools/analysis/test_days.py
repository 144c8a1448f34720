"""A store's own day over DST and late closing, last days of temporary prices, and changes in per cent."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.analysis.business_day import business_date, complete_hours, day_begins, day_ends
from tools.analysis.calendar import PeriodError
from tools.analysis.comparisons import change, change_pct, like_for_like
from tools.analysis.until import resolve_until

ZONES = st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"])
_FIRST, _LAST = (datetime.fromisoformat(day) for day in ("2015-01-01", "2035-01-01"))
INSTANTS = st.datetimes(min_value=_FIRST, max_value=_LAST, timezones=st.just(UTC))
STARTS = st.sampled_from([time(0), time(4), time(5, 30)])


@given(INSTANTS, ZONES, STARTS)
def test_every_instant_lies_within_its_business_day(instant: datetime, zone: str, starts: time) -> None:
    on = business_date(instant, zone, starts)
    assert day_begins(on, zone, starts) <= instant < day_ends(on, zone, starts)


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), ZONES, STARTS)
def test_business_days_follow_one_another_without_a_gap(on: date, zone: str, starts: time) -> None:
    assert day_ends(on, zone, starts) == day_begins(on + timedelta(days=1), zone, starts)
    assert timedelta(hours=22) < day_ends(on, zone, starts) - day_begins(on, zone, starts) < timedelta(hours=26)


def test_the_day_that_springs_forward_has_23_hours() -> None:
    on = date(2026, 3, 8)
    assert day_ends(on, "America/New_York") - day_begins(on, "America/New_York") == timedelta(hours=23)


def test_a_bar_at_two_in_the_morning_is_still_in_yesterday() -> None:
    late = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert business_date(late, "America/New_York", time(4)) == date(2026, 11, 22)


def test_whole_hours_of_today_are_counted_from_the_start_of_the_day() -> None:
    now = datetime(2026, 11, 23, 15, 20, tzinfo=UTC)
    assert complete_hours(now, date(2026, 11, 23), "America/New_York") == 10
    assert complete_hours(now, date(2026, 11, 23), "America/New_York", time(4)) == 6
    assert complete_hours(now, date(2026, 11, 22), "America/New_York") is None
    assert complete_hours(now, date(2026, 11, 24), "America/New_York") == 0


@pytest.mark.parametrize(
    ("phrase", "last"),
    [
        ("Sunday", "2026-11-29"),
        ("until Sunday", "2026-11-29"),
        ("Monday", "2026-11-30"),
        ("today", "2026-11-23"),
        ("tomorrow", "2026-11-24"),
        ("next Friday", "2026-12-04"),
        ("end of the week", "2026-11-29"),
        ("end of the month", "2026-11-30"),
        ("for two weeks", "2026-12-07"),
        ("for a week", "2026-11-30"),
        ("3 days", "2026-11-26"),
        ("30 November", "2026-11-30"),
        ("the 5th", "2026-12-05"),
        ("Jan 5", "2027-01-05"),
        ("2026-12-24", "2026-12-24"),
    ],
)
def test_a_last_day_is_the_coming_one(phrase: str, last: str) -> None:
    assert resolve_until(phrase, today=date(2026, 11, 23)).isoformat() == last


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("2026-05-03", "over"),
        ("yesterday", "over"),
        ("2030-01-01", "year ahead"),
        ("wibble", "understand"),
        ("", "understand"),
    ],
)
def test_a_last_day_that_cannot_be_is_refused(phrase: str, said: str) -> None:
    with pytest.raises(PeriodError, match=said):
        resolve_until(phrase, today=date(2026, 11, 23))


@given(st.decimals(-(10**6), 10**6, places=2), st.decimals(-(10**6), 10**6, places=2))
def test_change_leads_back_to_the_value(value: Decimal, before: Decimal) -> None:
    assert before + change(value, before) == value
    percent = change_pct(value, before)
    assert (percent is None) == (before == 0)
    if percent is not None:
        assert abs(percent * abs(before) / 100 - (value - before)) <= abs(before) * Decimal("0.0005") + Decimal("1e-9")


def test_change_rounds_half_to_even_and_has_no_negative_zero() -> None:
    assert change_pct(Decimal("100.25"), Decimal(100)) == Decimal("0.2")
    assert change_pct(Decimal("100.35"), Decimal(100)) == Decimal("0.4")
    assert str(change_pct(Decimal("99.99"), Decimal(100))) == "0.0"


def test_stores_with_data_on_one_side_only_are_told_apart() -> None:
    stores = like_for_like({"S01", "S02"}, {"S02", "S03"})
    assert (stores.both, stores.only_now, stores.only_before) == (("S02",), ("S01",), ("S03",))
    assert stores.differs
