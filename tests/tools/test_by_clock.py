"""What is held by clock is what every store would have been given one by one."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tools.analysis.calendar import Kind, Period
from tools.by_clock import ByClock, alike_in, changed, distinct, found_by_clock
from tools.directory import Clock, Store
from tools.stores import StoreSet

DAY = date(2026, 11, 22)
CLOCKS: tuple[Clock, ...] = (
    ("America/New_York", time(0)), ("America/Los_Angeles", time(0)), ("America/New_York", time(5)),
)  # fmt: skip


def stores(clocks: list[int]) -> StoreSet:
    """A store for each place in ``CLOCKS``."""
    return StoreSet(
        tuple(
            Store(f"S{n:02}", f"Store {n}", CLOCKS[place][0], "USD", day_starts_at=CLOCKS[place][1])
            for n, place in enumerate(clocks)
        ),
        "stores",
    )


def period(days: int) -> Period:
    """So many days that end on a Sunday."""
    return Period(DAY - timedelta(days=days - 1), DAY, f"{days} days", Kind.RANGE)


@given(st.lists(st.integers(0, 2), min_size=1, max_size=9))
def test_a_store_has_what_its_clock_has_in_the_order_of_the_stores(clocks: list[int]) -> None:
    chosen = stores(clocks)
    held = ByClock(chosen, {clock: period(n + 1) for n, clock in enumerate(CLOCKS)})
    plain = {store.store_id: period(CLOCKS.index(store.clock) + 1) for store in chosen.stores}
    assert held == plain
    assert list(held) == list(chosen.ids)
    assert distinct(held) == list(dict.fromkeys(plain.values()))
    assert alike_in(chosen, held) == alike_in(chosen, plain)
    assert changed(held, lambda one: one.days) == changed(plain, lambda one: one.days)
    assert found_by_clock(chosen, held, lambda one, clock, _: (one, clock)) == found_by_clock(
        chosen, plain, lambda one, clock, _: (one, clock)
    )


def test_stores_of_one_clock_may_have_different_periods() -> None:
    chosen = stores([0, 0, 1])
    mixed = {"S00": period(1), "S01": period(2), "S02": period(1)}
    found = found_by_clock(chosen, mixed, lambda one, _, store: (one.days, store.store_id))
    assert found == {"S00": (1, "S00"), "S01": (2, "S01"), "S02": (1, "S02")}
    assert list(found) == list(chosen.ids)


def test_what_follows_is_made_once_for_those_that_share_it() -> None:
    chosen = stores([0, 1, 2, 0, 1, 2])
    shared = period(3)
    made: list[Period] = []
    changed(ByClock(chosen, dict.fromkeys(CLOCKS, shared)), made.append)
    assert made == [shared]


def test_stores_are_known_by_the_last_day_that_they_sold_on() -> None:
    sold = [Store(f"S{n}", f"S{n}", "UTC", "USD", first_on=DAY, last_on=DAY) for n in range(2)]
    chosen = StoreSet((*sold, Store("S2", "S2", "UTC", "USD")), "stores")
    assert chosen.by_last_on == {DAY: ("S0", "S1")}
