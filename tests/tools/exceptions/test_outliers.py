"""The mathematics of standing out, on made-up worlds with and without somebody who does."""

from __future__ import annotations

import random
from math import comb

import pytest

from tools.analysis.outliers import LEAST_SPREAD, Cell, chance_of, judge, relative_spread, unlikely, usual_range


def world(seed: int, *, abuse: float = 1.0, shifts: bool = False) -> list[Cell]:
    """Eight units with 120 documents each; the second has ``abuse`` times the rate of 5 %."""
    rng = random.Random(seed)
    cells: dict[tuple[int, int, bool], list[float]] = {}
    for unit in range(8):
        rate = 0.05 * (abuse if unit == 1 else rng.gammavariate(44, 1 / 44))
        for _ in range(120):
            hour = rng.randint(8, 20) if not shifts else rng.randint(8, 14) if unit % 2 else rng.randint(13, 20)
            cell = cells.setdefault((unit, hour, rng.random() < 2 / 7), [0.0, 0.0])
            cell[0] += 1
            cell[1] += rng.random() < rate
    return [
        Cell(f"u{unit}", f"s{unit % 2}", hour, weekend, n, n, events, events)
        for (unit, hour, weekend), (n, events) in cells.items()
    ]


def named(cells: list[Cell]) -> set[str]:
    return unlikely({one.unit: one.chance for one in judge(cells)})


def test_where_nobody_stands_out_hardly_ever_anybody_is_named() -> None:
    assert sum(bool(named(world(seed))) for seed in range(40)) <= 4


@pytest.mark.parametrize("shifts", [False, True])
def test_five_times_the_rate_is_found_and_alone(*, shifts: bool) -> None:
    found = [named(world(seed, abuse=5, shifts=shifts)) for seed in range(20)]
    assert sum(who == {"u1"} for who in found) >= 17


def test_more_in_the_hours_in_which_everybody_has_more_is_expected() -> None:
    day = [Cell(f"d{n}", "s", 10, False, 300, 300, 6, 6) for n in range(3)]
    night = [Cell(f"n{n}", "s", 22, False, 300, 300, 36, 36) for n in range(3)]
    assert named([*day, *night]) == set()
    by_all_hours = [
        Cell(one.unit, one.group, 0, False, 300, 300, one.weight, one.squares) for one in (*day, *night[:1])
    ]
    assert named(by_all_hours) == {"n0"}


def test_who_works_alone_is_not_judged() -> None:
    day = [Cell(f"d{n}", "s", 10, False, 300, 300, 6, 6) for n in range(3)]
    alone = Cell("n0", "s", 3, False, 300, 300, 60, 60)
    found = {one.unit: one for one in judge([*day, alone])}
    assert (found["n0"].alone, found["n0"].chance) == (1.0, 1.0)
    assert found["d0"].alone == 0


def test_nobody_is_measured_by_himself() -> None:
    cells = [Cell("a", "s", 10, False, 100, 100, 50, 50), *(Cell(n, "s", 10, False, 100, 100, 5, 5) for n in "bcd")]
    found = {one.unit: one for one in judge(cells)}
    assert found["a"].expected == pytest.approx(5, rel=0.15)
    assert found["a"].ratio > 8


def test_the_chance_is_the_upper_tail_of_a_negative_binomial() -> None:
    mean, shape = 3.0, 4
    share = mean / (mean + shape)
    below = sum(comb(k + shape - 1, k) * share**k * (1 - share) ** shape for k in range(7))
    assert chance_of(7, mean, shape) == pytest.approx(1 - below, rel=1e-9)
    assert chance_of(0, mean, shape) == 1.0
    assert chance_of(5, 0, shape) == 1.0


def test_one_large_sum_is_no_pattern() -> None:
    usual = [Cell(f"u{n}", "s", 10, False, 100, 100_000, 2_000, 20 * 100.0**2) for n in range(5)]
    once = Cell("once", "s", 10, False, 100, 100_000, 9_000, 8_000.0**2 + 10 * 100.0**2)
    often = Cell("often", "s", 10, False, 100, 100_000, 9_000, 90 * 100.0**2)
    assert named([*usual, once]) == set()
    assert named([*usual, often]) == {"often"}


def test_the_more_is_looked_at_the_more_it_takes() -> None:
    assert unlikely({"a": 0.01, "b": 0.9}) == {"a"}
    assert unlikely({"a": 0.01, **{str(n): 0.9 for n in range(9)}}) == set()
    assert unlikely({}) == set()


def test_the_spread_between_units_is_estimated_and_not_by_the_outlier() -> None:
    assert relative_spread([(10.0, 10.0, 1.0, 0.0)] * 3) == LEAST_SPREAD
    quiet = [(100.0 + n, 100.0, 1.0, 0.0) for n in range(-4, 5)]
    assert relative_spread([*quiet, (900.0, 100.0, 1.0, 0.0)]) == LEAST_SPREAD
    wide = [(100.0 * (1 + 0.5 * n / 4), 100.0, 1.0, 0.0) for n in range(-4, 5)]
    assert 0.2 < relative_spread(wide) < 0.7


def test_a_usual_range_never_closes_up() -> None:
    assert usual_range([7.0] * 9, 3.5, 2.0) == (7.0, 2.0)
    middle, reach = usual_range([1.0, 2.0, 3.0, 4.0, 100.0], 3.0, 0.0)
    assert (middle, reach) == (3.0, pytest.approx(3 * 1.4826))
