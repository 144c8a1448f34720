"""Exact sums of many fractions, and whole numbers near them that keep their sum.

A fraction is reduced whenever it is made, which costs more than the arithmetic. Where thousands of stores are added up
numerators are gathered over one denominator, and the sum is reduced once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

Parts = Mapping[str, Fraction]
Ratio = tuple[int, int]
"""A numerator over a denominator that is not nought, reduced or not."""

ZERO = Fraction(0)


def exact(top: int, bottom: int) -> Fraction:
    """One number over another; mostly it is whole, and then nothing needs to be reduced."""
    quotient, rest = divmod(top, bottom)
    return Fraction(top, bottom) if rest else Fraction(quotient)


def whole(*values: Fraction) -> tuple[list[int], int]:
    """Fractions as whole numbers of one unit, and how many of it make one."""
    pairs = [value.as_integer_ratio() for value in values]
    unit = lcm(*{bottom for _, bottom in pairs})
    return [top if bottom == unit else top * (unit // bottom) for top, bottom in pairs], unit


def summed(values: Iterable[Fraction]) -> Fraction:
    """The sum of many fractions."""
    tops: dict[int, int] = defaultdict(int)
    for value in values:
        top, bottom = value.as_integer_ratio()
        tops[bottom] += top
    return _over_one(tops)


def added(parts: Iterable[Parts]) -> dict[str, Fraction]:
    """Parts of several stores added up by name."""
    return added_ratios({name: value.as_integer_ratio() for name, value in one.items()} for one in parts)


def added_ratios(parts: Iterable[Mapping[str, Ratio]]) -> dict[str, Fraction]:
    """The same of parts that are not reduced yet."""
    tops: dict[str, dict[int, int]] = {}
    for one in parts:
        for name, (top, bottom) in one.items():
            if name not in tops:
                tops[name] = defaultdict(int)
            tops[name][bottom] += top
    return {name: _over_one(those) for name, those in tops.items()}


def _over_one(tops: Mapping[int, int]) -> Fraction:
    """The sum of numerators by their denominators."""
    unit = lcm(*tops)
    return Fraction(sum(top * (unit // bottom) for bottom, top in tops.items()), unit)


def apportion(parts: Parts, total: int) -> dict[str, int]:
    """Whole numbers near the parts that add up to ``total`` exactly.

    Every part is rounded down and what is then missing goes, one by one, to the largest remainders (Hamilton's
    method), ties by name. When ``total`` is the rounded sum of the parts no number is further than one from its part.
    """
    if not parts:
        return {}
    tops, unit = whole(*parts.values())
    divided = {name: divmod(top, unit) for name, top in zip(parts, tops, strict=True)}
    missing = total - sum(floor for floor, _ in divided.values())
    order = sorted(parts, key=lambda name: (-divided[name][1], name))
    share, extra = divmod(missing, len(parts))
    favoured = set(order[:extra])
    return {name: floor + share + (name in favoured) for name, (floor, _) in divided.items()}
