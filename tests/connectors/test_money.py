"""Amounts that are split add up again, to the unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.money import largest_remainder, major, price_minor, to_minor, whole_parts

amounts = st.integers(min_value=-100_000, max_value=100_000)
exact = st.decimals(min_value=-500, max_value=500, places=4)


@given(amounts, st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=30))
def test_parts_in_proportion_add_up_and_are_less_than_a_unit_off(total: int, weights: list[int]) -> None:
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        fair = Decimal(total) * weight / whole if whole else Decimal(total) / len(weights)
        assert abs(part - fair) < 1


@given(st.lists(exact, min_size=1, max_size=30))
def test_rounded_parts_add_up_to_their_rounded_sum(values: list[Decimal]) -> None:
    total = to_minor(sum(values, Decimal(0)), "JPY")
    parts = whole_parts(values, total)
    assert sum(parts) == total
    assert all(abs(part - value) <= 1 for part, value in zip(parts, values, strict=True))


@given(st.lists(exact, min_size=1, max_size=8), amounts)
def test_whole_parts_reach_any_total(values: list[Decimal], total: int) -> None:
    assert sum(whole_parts(values, total)) == total


def test_ties_go_to_the_earlier_part_and_nothing_splits_into_nothing() -> None:
    assert largest_remainder(10, [1, 1, 1]) == [4, 3, 3]
    assert largest_remainder(5, [0, 0]) == [3, 2]
    assert largest_remainder(5, []) == []
    assert whole_parts([Decimal("0.5"), Decimal("0.5")], 1) == [1, 0]
    assert whole_parts([], 3) == []


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("10.505", "USD", 1051), ("-0.005", "USD", -1), ("1050", "JPY", 1050), ("1.2345", "KWD", 1235)],
)
def test_major_and_minor_units(amount: str, currency: str, minor: int) -> None:
    assert to_minor(amount, currency) == minor


@given(amounts, st.sampled_from(["USD", "JPY", "KWD", "XOF"]))
def test_there_and_back(amount: int, currency: str) -> None:
    assert to_minor(major(amount, currency), currency) == amount


@pytest.mark.parametrize("price", ["", "abc", "NaN", "Infinity", "-1", "1.005", "99999999999.99", None])
def test_a_price_that_no_till_could_hold(price: object) -> None:
    assert price_minor(price, "USD") is None


@pytest.mark.parametrize("amount", ["", "abc", "NaN", "sNaN", "Infinity", None])
def test_an_amount_that_is_none(amount: object) -> None:
    with pytest.raises(ValueError, match="not a number"):
        to_minor(amount, "USD")
