from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tools.analysis.effect import CannotTell, Day, Effect, baseline_days, effect, usual_day
from tools.analysis.intervals import Estimate

CHANGED = date(2026, 11, 2)
WEEKEND = 5


def days(first: date, count: int, value: Callable[[date], float], rest: Callable[[date], float]) -> dict[date, Day]:
    return {on: Day(value(on), rest(on)) for on in (first + timedelta(days=n) for n in range(count))}


def before(value: Callable[[date], float], rest: Callable[[date], float] = lambda on: 100.0) -> dict[date, Day]:
    return days(baseline_days(CHANGED)[0], 28, value, rest)


def after(
    value: Callable[[date], float], rest: Callable[[date], float] = lambda on: 100.0, count: int = 7
) -> dict[date, Day]:
    return days(CHANGED + timedelta(days=1), count, value, rest)


def week(on: date) -> float:
    return 20.0 if on.weekday() >= WEEKEND else 10.0


def told(found: Effect | CannotTell) -> Effect:
    assert isinstance(found, Effect)
    return found


def test_the_baseline_is_the_four_weeks_before_the_day_of_the_change() -> None:
    found = baseline_days(CHANGED)
    assert (found[0], found[-1], len(found)) == (date(2026, 10, 5), date(2026, 11, 1), 28)


def test_each_day_is_held_against_its_own_weekday() -> None:
    found = told(effect(before(week), after(lambda on: week(on) * 1.3)))
    assert found.days == 7
    assert found.baseline_days == 28
    assert found.forecast == pytest.approx(90 / 7)
    assert found.actual == pytest.approx(90 / 7 * 1.3)
    assert found.percent is not None
    assert found.percent.value == pytest.approx(30.0)


def test_what_the_rest_of_the_store_did_is_taken_out() -> None:
    found = told(effect(before(week), after(lambda on: week(on) * 0.6, lambda on: 50.0)))
    assert found.factor == pytest.approx(0.5)
    assert found.percent is not None
    assert found.percent.value == pytest.approx(20.0)


def test_without_a_rest_of_the_range_nothing_is_taken_out() -> None:
    found = told(effect(before(week), after(week, lambda on: 0.0), has_rest=False))
    assert found.factor is None
    assert found.difference.value == pytest.approx(0)
    assert told(effect(before(week, lambda on: 0.0), after(week, lambda on: 0.0))).factor is None


def test_days_without_variation_are_certain_unless_pieces_are_counted() -> None:
    sure = told(effect(before(week), after(lambda on: week(on) + 1)))
    assert sure.difference.low == pytest.approx(1.0)
    counted = told(effect(before(week), after(lambda on: week(on) + 1), counted=True))
    assert counted.difference.low < 0 < counted.difference.high


def test_a_product_that_never_sold_before_has_no_per_cent() -> None:
    found = told(effect(before(lambda on: 0.0), after(lambda on: 3.0), counted=True))
    assert found.percent is None
    assert found.difference.value == pytest.approx(3.0)


def test_days_of_a_weekday_that_was_closed_before_are_left_out() -> None:
    usual = {on: day for on, day in before(week).items() if on.weekday() != 6}
    found = told(effect(usual, after(week)))
    assert (found.days, found.baseline_days) == (6, 24)


def test_a_store_that_was_closed_afterwards_cannot_be_told() -> None:
    found = effect(before(week), {})
    assert isinstance(found, CannotTell)
    assert found.why == "The store sold nothing at all on the days since the change."


def test_a_store_that_opened_the_other_day_cannot_be_told() -> None:
    few = dict(list(before(week).items())[-8:])
    found = effect(few, after(week))
    assert isinstance(found, CannotTell)
    assert "only 8 of the 28 days" in found.why


def noisy(seed: int, lift: float) -> Effect:
    rng = random.Random(seed)

    def value(on: date) -> float:
        return max(0.0, rng.gauss(week(on) * 6, 12))

    def rest(on: date) -> float:
        return rng.gauss(900 + 300 * (on.weekday() >= WEEKEND), 60)

    made = before(value, rest), after(lambda on: value(on) * lift, rest)
    return told(effect(*made, counted=True))


@pytest.mark.parametrize("lift", [1.0, 1.3, 0.8])
def test_the_interval_holds_the_planted_effect_about_as_often_as_it_says(lift: float) -> None:
    held = 0
    for seed in range(300):
        percent = noisy(seed, lift).percent
        assert percent is not None
        held += percent.low <= (lift - 1) * 100 <= percent.high
    assert 0.91 <= held / 300 <= 0.99


def test_nothing_planted_is_seldom_called_an_effect_and_thirty_per_cent_nearly_always() -> None:
    nothing = [noisy(seed, 1.0).difference for seed in range(300)]
    assert sum(one.above or one.below for one in nothing) / 300 <= 0.08
    thirty = [noisy(seed, 1.3).difference for seed in range(300)]
    assert sum(one.above for one in thirty) / 300 >= 0.95


def test_one_day_is_held_against_its_like_with_the_scatter_of_single_days() -> None:
    found = usual_day(120, [98, 102, 100, 101, 99, 100])
    assert isinstance(found, Estimate)
    assert found.above
    assert found.value == pytest.approx(20)
    inside = usual_day(101, [98, 102, 100, 101, 99, 100])
    assert isinstance(inside, Estimate)
    assert not inside.above
    assert isinstance(usual_day(100, [100, 101, 99]), CannotTell)
