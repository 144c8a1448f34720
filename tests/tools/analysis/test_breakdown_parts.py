"""Order, shares, noise, like-for-like stores and the keys of the calendar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tools.analysis.group_keys import key_days, key_order, key_text, key_title
from tools.analysis.like_for_like import Trading, comparable
from tools.analysis.ranking import beyond_noise, ranked, share_pct

D = Decimal
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_what_has_no_value_stands_last_either_way() -> None:
    values = {"a": D(1), "b": None, "c": D(3), "d": D(1)}
    assert ranked(values, values.get, descending=True) == ["c", "a", "d", "b"]
    assert ranked(values, values.get, descending=False) == ["a", "d", "c", "b"]


def test_shares() -> None:
    assert share_pct(D(1), D(8)) == D("12.5")
    assert share_pct(D(-1), D(8)) == D("-12.5")
    assert share_pct(D(1), D(0)) is None


@pytest.mark.parametrize(
    ("now", "before", "beyond"), [(14, 12, False), (30, 5, True), (5, 30, True), (4, 0, False), (5, 0, True)]
)
def test_a_change_is_held_against_the_scatter_of_counts(now: int, before: int, beyond: bool) -> None:
    assert beyond_noise(D(now), D(before)) is beyond


def test_like_for_like_stores_traded_through_both_periods() -> None:
    start = date(2025, 11, 1)
    stores = [
        Trading("old", date(2020, 1, 1), date(2020, 1, 1), 30, 30, 29, 30),
        Trading("new", date(2025, 11, 15), date(2025, 11, 15), 30, 30, 15, 30),
        Trading("loaded later", date(2020, 1, 1), date(2025, 11, 2), 30, 30, 29, 30),
        Trading("closed", date(2020, 1, 1), None, 0, 30, 30, 30),
        Trading("refitted", None, None, 30, 30, 26, 30),
        Trading("shut on sundays", None, None, 26, 26, 26, 26),
    ]
    kept, left = comparable(stores, start)
    assert kept == ["old", "shut on sundays"]
    assert set(left) == {"new", "loaded later", "closed", "refitted"}


@pytest.mark.parametrize(
    ("dimension", "cell", "key", "title", "days"),
    [
        ("day", date(2026, 3, 2), "2026-03-02", "Mon 2 Mar", (date(2026, 3, 2), date(2026, 3, 2))),
        ("week", date(2026, 12, 28), "2026-12-28", "week of 28 Dec", (date(2026, 12, 28), date(2026, 12, 31))),
        ("month", 202602, "2026-02", "Feb 2026", (date(2026, 2, 1), date(2026, 2, 28))),
        ("quarter", 20264, "2026-Q4", "Q4 2026", (date(2026, 10, 1), date(2026, 12, 31))),
        ("period", 202602, "2026-P02", "retail March 2026 (P2)", (date(2026, 3, 1), date(2026, 4, 4))),
        ("weekday", 6, "Sunday", "Sunday", YEAR),
        ("hour", 8, "8", "08:00", YEAR),
        ("brand", None, "", "", YEAR),
    ],
)
def test_keys_of_the_calendar(dimension: str, cell: object, key: str, title: str, days: tuple[date, date]) -> None:
    assert key_text(dimension, cell) == key
    assert key_title(dimension, key) == title
    assert key_days(dimension, key, *YEAR) == days


def test_weeks_may_begin_on_a_sunday() -> None:
    assert key_text("weekday", 0, week_start=6) == "Sunday"
    assert min(["Monday", "Sunday", "Saturday"], key=lambda key: key_order("weekday", key, 6)) == "Sunday"
    assert sorted(["10", "9"], key=lambda key: key_order("hour", key)) == ["9", "10"]
