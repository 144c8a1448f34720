from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tools.analysis.normal_range import FEWEST, Verdict, normal_range

money = st.decimals(min_value=1, max_value=100_000, places=2)


def test_too_few_days_say_nothing() -> None:
    assert normal_range([Decimal(100)] * (FEWEST - 1)) is None


def test_one_holiday_does_not_move_the_range() -> None:
    ordinary = [Decimal(value) for value in (100, 104, 97, 101, 99, 103, 98)]
    with_holiday = normal_range([*ordinary, Decimal(900)])
    assert with_holiday is not None
    assert with_holiday.judge(Decimal(100)) is Verdict.NORMAL
    assert with_holiday.judge(Decimal(130)) is Verdict.HIGH
    assert with_holiday.judge(Decimal(70)) is Verdict.LOW


def test_equal_days_still_leave_room_for_small_change() -> None:
    usual = normal_range([Decimal(100)] * 8)
    assert usual is not None
    assert usual.judge(Decimal(109)) is Verdict.NORMAL
    assert usual.judge(Decimal(111)) is Verdict.HIGH


@given(st.lists(money, min_size=FEWEST, max_size=8))
def test_the_middle_of_the_history_is_always_normal(history: list[Decimal]) -> None:
    usual = normal_range(history)
    assert usual is not None
    assert usual.low <= usual.middle <= usual.high
    assert usual.judge(usual.middle) is Verdict.NORMAL
    assert usual.days == len(history)
