"""The mathematics of stock against figures worked out by hand or by other means."""

from __future__ import annotations

import math
import random
from decimal import Decimal
from itertools import combinations

import pytest

from tools.analysis.abc_xyz import abc, xyz
from tools.analysis.demand import (
    Demand,
    demand,
    discoveries,
    lost_units,
    no_sale_probability,
    run_probability,
)
from tools.analysis.reorder import LeadTime, advise, reorder_point, review_days
from tools.analysis.space import Space, allocate, facings_for_a_day, index, verdict
from tools.analysis.transfers import Position, match


def test_days_without_a_sale_count_as_zero() -> None:
    made = demand(
        Decimal(12), 60, 4
    )  # 6, 2, 4 and a day without: squares 36 + 4 + 16 + 0 = 56 would be those; 60 is not
    assert made.mean == 3
    made = demand(Decimal(12), 56, 4)
    assert made.variance == pytest.approx(Decimal(20) / 3)
    assert demand(Decimal(0), 0, 0) == Demand(Decimal(0), Decimal(0), 0)


def test_a_run_is_as_probable_as_counting_every_choice_of_days_says() -> None:
    days, sold, run = 9, 3, 4
    every = list(combinations(range(days), sold))
    trailing = sum(days - 1 - max(chosen) >= run for chosen in every) / len(every)
    inner = sum(sorted(chosen)[1] - min(chosen) - 1 >= run for chosen in every) / len(every)
    assert run_probability(days, sold, run) == pytest.approx(trailing)
    assert run_probability(days, sold, run) == pytest.approx(inner)
    assert run_probability(9, 6, 4) == 0.0
    assert run_probability(9, 0, 4) == run_probability(9, 3, 0) == 1.0


def test_no_sale_is_poisson_or_negative_binomial() -> None:
    assert no_sale_probability(2, 2, 3) == pytest.approx(math.exp(-6))
    size = 4 / (6 - 2)  # mean 2, variance 6
    assert no_sale_probability(2, 6, 1) == pytest.approx((size / (size + 2)) ** size)
    assert no_sale_probability(2, 6, 3) > no_sale_probability(2, 2, 3)
    assert no_sale_probability(0, 0, 5) == 1.0


def test_chance_alone_seldom_makes_a_discovery() -> None:
    rng = random.Random(7)
    false = sum(any(discoveries([rng.random() for _ in range(200)], 200, 0.05)) for _ in range(200))
    assert false <= 25  # 5 % of 200 expected
    assert discoveries([0.001, 0.2, 0.009], 3, 0.05) == [True, False, True]
    assert discoveries([0.02], 1000, 0.05) == [False]
    assert discoveries([], 0) == []


def test_lost_units_are_rate_times_days_with_an_interval_around_them() -> None:
    lost = lost_units([(Demand(Decimal(5), Decimal(0), 80), 3), (Demand(Decimal(2), Decimal(4), 50), 2)])
    assert lost.units == 19
    spread = 4 * 2 + 4 * 4 / 50
    assert float(lost.high) == pytest.approx(19 + 1.96 * spread**0.5)
    assert lost.low < lost.units < lost.high


def test_the_reorder_point_is_demand_over_the_lead_time_plus_safety_stock() -> None:
    pace, lead = Demand(Decimal(4), Decimal(9), 28), LeadTime(Decimal(3), Decimal(1))
    assert float(reorder_point(pace, lead)) == pytest.approx(12 + 1.645 * math.sqrt(3 * 9 + 16 * 1))


@pytest.mark.parametrize(
    ("on_hand", "on_order", "due", "quantity"),
    [("5", "0", True, "36"), ("5", "24", False, "0"), ("-3", "0", True, "42")],
)
def test_an_order_lifts_the_position_in_whole_packs(on_hand: str, on_order: str, due: bool, quantity: str) -> None:
    pace, lead = Demand(Decimal(4), Decimal(9), 28), LeadTime(Decimal(3), Decimal(1))
    made = advise(Decimal(on_hand), Decimal(on_order), pace, lead, review=3, pack=Decimal(6))
    # up to 4 * 6 + 1.645 * sqrt(6 * 9 + 16) = 37.76: 33 pieces short of it are 6 packs, 38 are 7
    assert (made.due, made.quantity) == (due, Decimal(quantity))


def test_nothing_is_ordered_of_what_does_not_sell() -> None:
    made = advise(
        Decimal(0), Decimal(0), Demand(Decimal(0), Decimal(0), 28), LeadTime(Decimal(3), Decimal(1)), review=7
    )
    assert not made.due


@pytest.mark.parametrize(
    ("days", "wait"), [("Mon,Thu", 4), ("Mon,Wed,Fri", 3), ("Thu", 7), ("", 7), (None, 7), ("whenever", 7)]
)
def test_the_wait_is_the_longest_gap_between_order_days(days: str | None, wait: int) -> None:
    assert review_days(days) == wait


def test_who_crosses_a_line_belongs_to_the_better_class() -> None:
    assert abc([Decimal(n) for n in (70, 20, 6, 4, 0, -5)]) == ["A", "A", "B", "C", "C", "C"]
    assert abc([]) == []


def test_steadiness_goes_by_the_spread_over_all_weeks() -> None:
    assert xyz(40, 400, 4) == "X"  # 10 every week
    assert xyz(40, 2 * 400, 4) == "Y"  # 20, 20, 0, 0: spread 1
    assert xyz(40, 1600, 4) == "Z"  # all in one week
    assert xyz(0, 0, 4) == "Z"


def test_a_giver_keeps_its_cover_and_nobody_gives_to_itself() -> None:
    made = match(
        [
            Position("A", Decimal(100), Decimal(0), Decimal(28), 28),
            Position("B", Decimal(0), Decimal(0), Decimal(112), 28),
            Position("C", Decimal(10), Decimal(20), Decimal(56), 28),
        ],
        keep_days=28,
        wanted_days=14,
    )
    assert [(one.giver, one.taker, one.quantity) for one in made] == [("A", "B", Decimal(56))]


def test_what_is_short_is_shared_out_until_nothing_is_spare() -> None:
    made = match(
        [
            Position("A", Decimal(30), Decimal(0), Decimal(28), 28),
            Position("B", Decimal(0), Decimal(0), Decimal(28), 28),
            Position("C", Decimal(0), Decimal(0), Decimal(56), 28),
        ],
        keep_days=10,
        wanted_days=10,
    )
    assert [(one.taker, one.quantity) for one in made] == [("C", Decimal(20))]


def test_four_in_four_weeks_are_two_in_two_weeks_and_not_a_piece_more() -> None:
    short = Position("B", Decimal(1), Decimal(0), Decimal(4), 28)
    made = match([Position("A", Decimal(5), Decimal(0), Decimal(4), 28), short], keep_days=28, wanted_days=14)
    assert [one.quantity for one in made] == [Decimal(1)]
    assert match([Position("A", Decimal(4), Decimal(0), Decimal(4), 28), short], keep_days=28, wanted_days=14) == []


def test_the_index_is_a_ratio_of_shares() -> None:
    assert index(Decimal(30), Decimal(100), 10, 50) == 150
    assert index(Decimal(30), Decimal(0), 10, 50) is None
    assert [verdict(Decimal(n)) for n in (79, 80, 120, 121)] == [
        "over-spaced", "in proportion", "in proportion", "under-spaced",
    ]  # fmt: skip


def test_facings_are_given_where_they_earn_most_and_the_total_stays() -> None:
    groups = [Space(20, 4, Decimal(900)), Space(20, 4, Decimal(100)), Space(10, 9, Decimal(0))]
    given = allocate(groups)
    assert sum(given) == 50
    assert given[0] == 30
    assert given[1] >= 10
    assert given[2] >= 9
    assert allocate([]) == []


def test_a_day_of_sales_must_fit() -> None:
    assert facings_for_a_day(Decimal(25), 1, Decimal(40), 4) == 3
    assert facings_for_a_day(Decimal(25), 1, None, 4) == 1
    assert facings_for_a_day(Decimal(4), 28, Decimal(1), 7) == 1
