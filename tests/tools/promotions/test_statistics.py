"""The mathematics alone: quantiles against tables, intervals that hold what they promise, elasticities recovered."""

from __future__ import annotations

import math
import random
from decimal import Decimal
from math import inf

import pytest

from tests.support.promotions_world import poisson
from tools.analysis.elasticity import WITH_TREND, WITHIN_WEEKS, Cell, TooThinError, estimate
from tools.analysis.intervals import Moments, difference, pooled, t_quantile
from tools.analysis.lift import Sums, control_variance, over_days, over_products
from tools.analysis.markdown import Bound, Rules, suggest


@pytest.mark.parametrize(
    ("freedom", "table"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (6, 2.447), (10, 2.228), (30, 2.042), (inf, 1.960)],
)
def test_students_t_is_that_of_the_tables(freedom: float, table: float) -> None:
    assert t_quantile(freedom) == pytest.approx(table, abs=0.03)


def test_welchs_interval_is_that_of_a_worked_example() -> None:
    one, two = [5.1, 4.9, 5.6, 5.8], [4.0, 4.4, 3.9, 4.1, 4.6]
    moments = [Moments(len(v), sum(v), sum(x * x for x in v)) for v in (one, two)]
    found = difference(*moments)
    # By hand: variances 0.17667 and 0.085, error sqrt(0.044167 + 0.017) = 0.24732, freedom 5.17.
    assert found.value == pytest.approx(1.15)
    assert found.error == pytest.approx(0.24732, abs=1e-4)
    assert found.high - found.value == pytest.approx(2.546 * 0.24732, rel=0.01)
    assert found.above
    assert pooled([(1.0, found), (3.0, found)]).value == pytest.approx(1.15)


def test_the_interval_over_days_holds_the_truth_about_as_often_as_it_says() -> None:
    rng, held = random.Random(7), 0
    for _ in range(300):
        base = [(float(poisson(rng, 40)), 40.0) for _ in range(28)]
        level = sum(actual for actual, _ in base) / sum(expected for _, expected in base)
        scaled = [(actual, expected * level) for actual, expected in base]
        during = [(float(poisson(rng, 52)), 40.0 * level) for _ in range(7)]
        found = over_days(during, scaled)
        assert found is not None
        held += found.low < 1.3 < found.high
    assert 0.9 < held / 300 < 0.995


def test_the_interval_over_products_holds_the_truth_about_as_often_as_it_says() -> None:
    rng, held = random.Random(11), 0
    for _ in range(300):
        pairs = []
        for _ in range(40):
            mean = rng.uniform(2, 30)
            pairs.append((poisson(rng, 1.3 * mean), poisson(rng, 4 * mean) / 4))
        found = over_products(_sums(pairs), 0.0)
        assert found is not None
        held += found.low < 1.3 < found.high
    assert 0.88 < held / 300 < 0.995


def _sums(pairs: list[tuple[float, float]]) -> Sums:
    return Sums(
        len(pairs), sum(a for a, _ in pairs), sum(e for _, e in pairs), sum(a * a for a, _ in pairs),
        sum(a * e for a, e in pairs), sum(e * e for _, e in pairs),
    )  # fmt: skip


def test_noise_of_the_control_group_widens_the_interval() -> None:
    pairs = [(13.0, 10.0), (26.0, 20.0), (12.0, 10.0)]
    plain, noisy = over_products(_sums(pairs), 0.0), over_products(_sums(pairs), 0.01)
    assert plain is not None
    assert noisy is not None
    assert noisy.low < plain.low < plain.ratio < plain.high < noisy.high
    assert control_variance(_sums([(0.0, 1.0)])) == inf
    assert over_products(_sums([(0.0, 1.0), (0.0, 2.0)]), 0.0) is None


def cells(slope: float, *, together: bool, weeks: int = 40, seed: int = 3) -> list[Cell]:
    """Five stores whose prices move each for itself, or all together."""
    rng = random.Random(seed)
    made = []
    for week in range(weeks):
        common = rng.choice([2.0, 2.2, 2.5, 1.8])
        season = 0.4 * math.sin(week / 5)
        for store in range(5):
            price = common if together else rng.choice([2.0, 2.2, 2.5, 1.8])
            units = math.exp(4 + 0.3 * store + season + slope * math.log(price) + rng.gauss(0, 0.15))
            made.append(Cell(("P", store), week, price, units, 1000 * math.exp(season)))
    return made


def test_an_elasticity_of_minus_two_is_recovered_through_season_and_store_size() -> None:
    found = estimate(cells(-2.0, together=False))
    assert found.low < -2 < found.high
    assert found.high - found.low < 0.6
    assert found.method == WITHIN_WEEKS
    assert found.change_of_units(-0.1) == pytest.approx(0.9**found.value - 1)


def test_where_prices_move_in_all_stores_together_everything_else_is_the_trend() -> None:
    found = estimate(cells(-2.0, together=True))
    assert found.method == WITH_TREND
    assert found.low < -2 < found.high


def test_the_interval_of_an_elasticity_holds_the_truth_about_as_often_as_it_says() -> None:
    found = [estimate(cells(-2.0, together=False, weeks=24, seed=seed)) for seed in range(100)]
    assert 0.88 <= sum(one.low < -2 < one.high for one in found) / 100 <= 0.99
    assert sum(one.value for one in found) / 100 == pytest.approx(-2, abs=0.05)


def test_no_elasticity_where_there_is_none() -> None:
    found = estimate(cells(0.0, together=False))
    assert found.low < 0 < found.high


@pytest.mark.parametrize(
    ("few", "words"),
    [
        (cells(-2.0, together=False, weeks=8), "weeks"),
        ([Cell(("P", s), w, 2.0, 30.0, 900.0) for s in range(5) for w in range(30)], "price hardly moved"),
        ([], "0 weeks"),
    ],
)
def test_thin_data_is_refused(few: list[Cell], words: str) -> None:
    with pytest.raises(TooThinError, match=words):
        estimate(few)


def test_a_markdown_clears_the_stock_in_time() -> None:
    # 32 on hand, 2 a week, 8 weeks: twice the rate; at elasticity -2 a price of 1 / sqrt(2), 29.3 % off, so 30 %.
    one = suggest(Decimal(32), Decimal(2), Decimal("10.00"), Decimal("4.00"), Rules())
    assert (one.depth, one.new_price, one.bound) == (Decimal(30), Decimal("7.00"), Bound.CLEARS)
    assert one.multiple == 2
    assert one.margin is not None
    assert round(one.margin, 1) == Decimal("42.9")
    assert one.sell_through == 100  # 2 / 0.7 ** 2 a week is 32.7 in eight weeks, more than there are


@pytest.mark.parametrize(
    ("price", "cost", "weekly", "rules", "depth", "bound"),
    [
        ("10", "8.40", "2", Rules(), 15, Bound.COST),
        ("10", "8.40", "2", Rules(least_margin=Decimal(10)), 5, Bound.COST),
        ("10", "9.90", "2", Rules(), 0, Bound.NONE),
        ("10", "1", "0.1", Rules(), 50, Bound.CAP),
        ("10", None, "0.1", Rules(deepest=Decimal(40)), 40, Bound.CAP),
        ("10", "4", "0", Rules(), 30, Bound.FIRST),
        ("10", "9", "0", Rules(), 10, Bound.COST),
        ("2.99", "1.6437", "0.5", Rules(), 40, Bound.COST),  # 45 % is 1.6445, on the shelf 1.64 and below cost
    ],
)
def test_a_markdown_stops_at_cost_and_cap(
    price: str, cost: str | None, weekly: str, rules: Rules, depth: int, bound: Bound
) -> None:
    one = suggest(Decimal(32), Decimal(weekly), Decimal(price), None if cost is None else Decimal(cost), rules)
    assert (one.depth, one.bound) == (depth, bound)
    if cost is not None and depth:
        assert one.new_price >= Decimal(cost)
    assert (one.sell_through is None) == (weekly == "0")
