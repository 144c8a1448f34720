"""Guarding groups of few people must not take the square of their number: products by income are 100,000 groups."""

from __future__ import annotations

from decimal import Decimal
from time import perf_counter

from tools.metrics.cells import Cell, anonymous

PRODUCTS, BANDS = 5_000, ("15-24K", "25-34K", "35-49K")


def test_thousands_of_groups_are_guarded_in_a_moment() -> None:
    cells = [
        Cell((band, f"P{number}"), {"units": Decimal(1), "x_people": Decimal(number % 9), "x_nobody": Decimal(0)})
        for number in range(PRODUCTS)
        for band in BANDS
    ]
    began = perf_counter()
    (told,), small = anonymous([cells], 0)
    assert perf_counter() - began < 5
    assert small > 0
    assert {cell.keys for cell in told} >= {(band, "P8") for band in BANDS}
    assert not {cell.keys for cell in told} & {(band, "P1") for band in BANDS}
