"""Drawers that did not hold what they should: closings, differences, and who has more of them than peers explain.

A difference is what was counted less what was expected. It is unusual when it leaves the range that the closings of
the same store show (median and MAD, eight weeks back), and never below a few units of money: small change is lost
every day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tools.analysis.outliers import Cell, judge, unlikely, usual_range
from tools.directory import Store
from tools.exceptions.rates import Unit

LEAST_MAJOR_UNITS = 5
"""A difference up to this is small change."""
WIDTH = 3.5
FEWEST_UNUSUAL = 2
_FEWEST_CLOSINGS = 20
_FEWEST_PEERS = 5


@dataclass(frozen=True, slots=True)
class Closing:
    """One drawer closed; ``difference`` in minor units, negative when money is missing."""

    store_id: str
    register_id: str | None
    employee_id: str | None
    business_on: date
    difference: int
    unusual: bool = False


@dataclass(frozen=True, slots=True)
class CashFinding:
    """A unit's drawers: ``net`` and ``largest`` in minor units; ``chance`` of so many unusual closings."""

    unit: Unit
    closings: int
    unusual: int
    short: int
    net: int
    largest: int
    expected: float
    chance: float
    stands_out: bool = False


def read_closings(rows: Iterable[Mapping[str, Any]], stores: Sequence[Store]) -> list[Closing]:
    """The drawers that were closed with both amounts known, unusual ones marked by their store's own range."""
    plain = [
        Closing(
            row["store_id"],
            row["register_id"],
            row["employee_id"],
            row["business_on"],
            int(row["counted_minor"]) - int(row["expected_minor"]),
        )
        for row in rows
        if row["counted_minor"] is not None and row["expected_minor"] is not None
    ]
    by_store: dict[str, list[float]] = {}
    for one in plain:
        by_store.setdefault(one.store_id, []).append(float(one.difference))
    ranges = {store.store_id: _range(by_store, store, stores) for store in stores}
    return [
        Closing(
            one.store_id,
            one.register_id,
            one.employee_id,
            one.business_on,
            one.difference,
            abs(one.difference - ranges[one.store_id][0]) > ranges[one.store_id][1],
        )
        for one in plain
    ]


def _range(by_store: Mapping[str, Sequence[float]], store: Store, stores: Sequence[Store]) -> tuple[float, float]:
    least = LEAST_MAJOR_UNITS * 10**store.exponent
    own = by_store.get(store.store_id, ())
    if len(own) < _FEWEST_CLOSINGS:
        alike = [other.store_id for other in stores if other.currency == store.currency]
        own = [difference for one in alike for difference in by_store.get(one, ())]
    if not own:
        return 0.0, float(least)
    return usual_range(own, WIDTH, float(least))


def find_cash(closings: Sequence[Closing], levels: Iterable[str]) -> list[CashFinding]:
    """Every unit with its closings, those with more unusual ones than chance explains marked."""
    found = [one for level in levels for one in _level(closings, level)]
    named = unlikely({one.unit.key: one.chance for one in found})
    return [
        CashFinding(
            one.unit,
            one.closings,
            one.unusual,
            one.short,
            one.net,
            one.largest,
            one.expected,
            one.chance,
            one.unit.key in named and one.unusual >= FEWEST_UNUSUAL,
        )
        for one in found
    ]


def _level(closings: Sequence[Closing], level: str) -> list[CashFinding]:
    grouped: dict[str, tuple[Unit, list[Closing]]] = {}
    for one in closings:
        ident = {"store": "", "register": one.register_id, "employee": one.employee_id}[level]
        if ident is not None:
            unit = Unit(level, one.store_id, ident)
            grouped.setdefault(unit.key, (unit, []))[1].append(one)
    cells = [
        Cell(key, unit.store_id, 0, False, len(each), len(each), unusual, unusual)
        for key, (unit, each) in grouped.items()
        for unusual in [float(sum(one.unusual for one in each))]
    ]
    found = []
    for judged in judge(cells, groups_differ=False, fewest_peers=_FEWEST_PEERS):
        unit, each = grouped[judged.unit]
        found.append(
            CashFinding(
                unit,
                len(each),
                sum(one.unusual for one in each),
                sum(one.difference < 0 for one in each),
                sum(one.difference for one in each),
                max((one.difference for one in each), key=abs),
                judged.expected,
                judged.chance,
            )
        )
    return found
