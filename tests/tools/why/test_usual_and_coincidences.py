"""What is usual, what fell silent, what went together: the pure questions behind the statements."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tools.analysis.calendar import Kind, Period, month, single
from tools.analysis.coincidences import (
    Silence,
    ends_early,
    is_unusual,
    longest_silence,
    missing_hours,
    starts_late,
    went_together,
    whole_days,
)
from tools.analysis.usual_changes import FEWEST, MOST, earlier_pairs, usual_changes, usual_ratios

DAY = date(2026, 11, 22)


def test_the_usual_range_is_robust_to_one_odd_week() -> None:
    calm = [-2.0, -1.0, 0.0, 1.0, 2.0, -1.5, 1.5, 0.5]
    usual = usual_changes(calm)
    odd = usual_changes([*calm, 400.0])
    assert usual is not None
    assert odd is not None
    assert usual.holds(3.0)
    assert not odd.holds(30.0)
    assert odd.count == 9


@given(st.lists(st.floats(-99.9, 900.0), min_size=FEWEST, max_size=MOST))
def test_no_usual_fall_is_of_more_than_all(changes: list[float]) -> None:
    usual = usual_ratios(changes)
    assert usual is not None
    assert usual.low > -100
    assert usual.low <= usual.high


def test_halving_and_doubling_are_the_same_step() -> None:
    usual = usual_ratios([-50.0, 100.0] * 4)  # a half and twice as much: ln 2 either side of nothing
    assert usual is not None
    reach = 2 ** (2 * 1.4826)
    assert round(usual.high, 6) == round((reach - 1) * 100, 6)
    assert round(usual.low, 6) == round((1 / reach - 1) * 100, 6)


def test_what_fell_to_nothing_is_capped_and_what_may_be_negative_is_not() -> None:
    gone = usual_ratios([-100.0, 200.0] * 4)
    below = usual_ratios([-150.0, 200.0] * 4)
    assert gone is not None
    assert gone.low == -100
    assert below is not None
    assert below.low < -100


def test_too_few_changes_say_nothing() -> None:
    assert usual_changes([1.0] * (FEWEST - 1)) is None
    assert usual_changes([1.0] * FEWEST) is not None


def test_days_step_back_by_weeks_and_months_by_months() -> None:
    week_before = Period(DAY - timedelta(days=7), DAY - timedelta(days=7), "", Kind.DAY)
    pairs = earlier_pairs(single(DAY), [week_before], date(2026, 10, 25))
    assert [pair[0][0] for pair in pairs] == [date(2026, 11, 15), date(2026, 11, 8), date(2026, 11, 1)]
    assert all(now[0] - others[0][0] == timedelta(days=7) for now, others in pairs)
    months = earlier_pairs(month(2026, 10), [month(2026, 9)], date(2026, 1, 1))
    assert months[0] == ((date(2026, 9, 1), date(2026, 9, 30)), ((date(2026, 8, 1), date(2026, 8, 31)),))
    assert len(months) == 8
    assert len(earlier_pairs(single(DAY), [week_before], date(2010, 1, 1))) == MOST


def test_a_range_of_ten_days_steps_by_two_weeks() -> None:
    ten = Period(DAY - timedelta(days=9), DAY, "", Kind.RANGE)
    before = Period(DAY - timedelta(days=19), DAY - timedelta(days=10), "", Kind.RANGE)
    first = earlier_pairs(ten, [before], date(2026, 1, 1))[0]
    assert first[0] == (ten.start_on - timedelta(days=14), ten.end_on - timedelta(days=14))


@given(st.sets(st.integers(0, 20)), st.integers(1, 21))
def test_a_silence_has_no_sale_in_it_and_none_is_longer(sold: set[int], length: int) -> None:
    days = whole_days(DAY, DAY + timedelta(days=length - 1))
    traded = {DAY + timedelta(days=offset) for offset in sold}
    found = longest_silence(days, traded)
    runs = "".join("x" if day in traded else "." for day in days).split("x")
    assert (found.days if found else 0) == max(len(run) for run in runs)
    if found:
        assert not traded & set(whole_days(found.first_on, found.last_on))


def test_a_silence_is_unusual_only_for_a_fast_seller_that_never_paused_so_long() -> None:
    three = Silence(DAY, DAY + timedelta(days=2), 3)
    assert is_unusual(three, 4.0, None)
    assert not is_unusual(three, 2.0, None)
    assert not is_unusual(three, 4.0, Silence(DAY, DAY, 3))


def test_closing_early_needs_a_regular_past() -> None:
    assert ends_early(13, [18, 18, 17, 18])
    assert not ends_early(16, [18, 18, 17, 18])
    assert not ends_early(10, [18, 13, 17, 18])
    assert not ends_early(10, [18, 18])
    assert starts_late(11, [8, 8, 9])
    assert not starts_late(10, [8, 8, 9])


def test_hours_are_missing_only_inside_the_day_and_if_they_always_sold() -> None:
    assert missing_hours([8, 11, 12], [[8, 9, 10, 12], [8, 9, 10], [9, 10, 20]]) == [9, 10]
    assert missing_hours([8, 11, 12], [[8, 9, 10, 12], [8, 9, 10]]) == []
    assert missing_hours([9, 10], [[8, 9, 10, 11]] * 3) == []


def test_going_together_counts_changes_at_least_half_as_large_the_same_way() -> None:
    earlier = [(10.0, -5.0), (6.0, -1.0), (5.0, 2.0), (4.0, -9.0), (-10.0, 3.0)]
    seen = went_together(10.0, -3.0, earlier)
    assert (seen.same, seen.cases) == (2, 3)
