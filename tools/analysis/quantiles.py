"""Quantiles by linear interpolation between two known values, exact in Decimal.

The place of a quantile among n sorted values is (n - 1) * q from the smallest; the value is interpolated between its
neighbours (Hyndman and Fan, 1996, definition 7, which numpy and pandas use by default). Pure.
"""

from __future__ import annotations

from decimal import Decimal


def between(low: Decimal, high: Decimal, count: int, twentieths: int) -> Decimal:
    """The quantile at ``twentieths`` / 20 of ``count`` values, given the values below and above its place."""
    rest = (count - 1) * twentieths % 20
    return low + (high - low) * rest / 20
