"""Drawers that did not hold what they should: closings, differences, and who has more of them than peers explain.

A difference is what was counted less what was expected. It is unusual when it leaves the range that the closings of
the same store show (median and MAD, eight weeks back), and never below a few units of money: small change is lost
every day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tools.analysis.calendar import Period
from tools.analysis.outliers import HOURS, Tallies, judge_tallies, unlikely
from tools.columns import Columns, Texts
from tools.directory import Store
from tools.exceptions.rates import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_MAJOR_UNITS = 5
"""A difference up to this is small change."""
WIDTH = 3.5
FEWEST_UNUSUAL = 2
_FEWEST_CLOSINGS = 20
_FEWEST_PEERS = 5
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class OddDrawer:
    """A closed drawer with an unusual ``difference``, in minor units (negative: short); register "" where unknown."""

    store_id: str
    register_id: str
    on: date
    difference: int


@dataclass(frozen=True, slots=True)
class Drawers:
    """The drawers closed in the period: how many, what they differed by in all, and the unusual ones, largest first."""

    number: int = 0
    net: int = 0
    odd: tuple[OddDrawer, ...] = ()


@dataclass(frozen=True, slots=True)
class Closings:
    """Closed drawers by column: ``on`` in days from 1 January 1970, ``difference`` in minor units (negative: short)."""

    stores: Texts
    registers: Texts
    employees: Texts
    on: NDArray[np.int64]
    difference: NDArray[np.int64]
    unusual: NDArray[np.bool_]

    def within(self, periods: Mapping[str, Period]) -> Closings:
        """Those of the days of each store's period."""
        import numpy as np

        first, last = (
            np.array([getattr(periods[one], name).toordinal() - _EPOCH for one in self.stores.values], dtype=np.int64)
            for name in ("start_on", "end_on")
        )
        mine = (self.on >= first[self.stores.codes]) & (self.on <= last[self.stores.codes])
        stores, registers, employees = (
            replace(one, codes=one.codes[mine]) for one in (self.stores, self.registers, self.employees)
        )
        return Closings(stores, registers, employees, self.on[mine], self.difference[mine], self.unusual[mine])

    def drawers(self) -> Drawers:
        """All of them together, and the unusual ones."""
        odd = [
            OddDrawer(
                self.stores.values[self.stores.codes[place]],
                self.registers.values[register] if (register := self.registers.codes[place]) >= 0 else "",
                date.fromordinal(int(self.on[place]) + _EPOCH),
                int(self.difference[place]),
            )
            for place in self.unusual.nonzero()[0]
        ]
        odd.sort(key=lambda one: (-abs(one.difference), one.on, one.store_id, one.register_id))
        return Drawers(len(self.on), int(self.difference.sum()), tuple(odd))


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


def read_closings(rows: Columns, stores: Sequence[Store]) -> Closings:
    """The rows of ``exceptions_query.build_drawers``, unusual ones marked by their store's own range."""
    import numpy as np

    texts, on = [rows.texts[f"{name}_id"] for name in ("store", "register", "employee")], rows.numbers["business_on"]
    place, difference = texts[0].codes, rows.numbers["difference"].astype(np.int64)
    currencies = {store.store_id: (store.currency, store.exponent) for store in stores}
    listed = [currencies[store_id] for store_id in texts[0].values]
    kinds = sorted(set(listed))
    kind = np.array([kinds.index(one) for one in listed], dtype=np.int64)
    least = np.array([LEAST_MAJOR_UNITS * 10.0**exponent for _, exponent in listed])
    middle, reach = _ranges(difference, place, len(listed), least)
    few = np.bincount(place, minlength=len(listed)) < _FEWEST_CLOSINGS
    if few.any():  # then all stores of its currency show what is usual
        alike, wide = _ranges(difference, kind[place], len(kinds), np.zeros(len(kinds)))
        middle = np.where(few, alike[kind], middle)
        reach = np.where(few, np.maximum(wide[kind], least), reach)
    unusual = np.abs(difference - middle[place]) > reach[place]
    return Closings(texts[0], texts[1], texts[2], on, difference, unusual)


def _ranges(
    values: NDArray[np.int64], groups: NDArray[np.int64], number: int, least: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """``usual_range`` of each group."""
    import numpy as np

    middle = _medians(values.astype(np.float64), groups, number)
    deviation = 1.4826 * _medians(np.abs(values - middle[groups]), groups, number)
    return middle, np.maximum(WIDTH * deviation, least)


def _medians(values: NDArray[np.float64], groups: NDArray[np.int64], number: int) -> NDArray[np.float64]:
    """The median of each of so many groups; 0 of one without values."""
    import numpy as np

    ordered = values[np.lexsort((values, groups))]
    sizes = np.bincount(groups, minlength=number)
    first = np.cumsum(sizes) - sizes
    medians = np.zeros(number)
    known = sizes > 0
    low, high = ((first + half)[known] for half in ((sizes - 1) // 2, sizes // 2))
    medians[known] = (ordered[low] + ordered[high]) / 2
    return medians


def find_cash(closings: Closings, levels: Iterable[str]) -> list[CashFinding]:
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


def _level(closings: Closings, level: str) -> list[CashFinding]:
    import numpy as np

    stores = closings.stores
    idents = {"register": closings.registers, "employee": closings.employees}.get(level)
    named = np.ones(len(closings.on), dtype=bool) if idents is None else idents.codes >= 0
    if not named.any():
        return []
    width = 1 if idents is None else len(idents.values)
    pairs, codes = np.unique(stores.codes[named] * width + (0 if idents is None else idents.codes[named]),
                             return_inverse=True)  # fmt: skip
    units = [
        Unit(level, stores.values[pair // width], idents.values[pair % width] if idents else "")
        for pair in pairs.tolist()
    ]
    order = sorted(range(len(units)), key=lambda place: units[place].key)
    difference, unusual = closings.difference[named], closings.unusual[named]

    def summed(weights: NDArray[Any]) -> NDArray[np.float64]:
        return np.bincount(codes, weights=weights, minlength=len(units)).astype(np.float64)[order]

    every = np.abs(difference)
    first = np.lexsort((np.arange(len(codes)), -every, codes))  # the largest of each unit, the earliest of equals
    largest = difference[first[np.searchsorted(codes[first], np.arange(len(units)))]][order]
    closed, odd = summed(np.ones(len(codes))), summed(unusual)
    cells = np.zeros((2, len(units), HOURS))
    cells[0, :, 0], cells[1, :, 0] = closed, odd
    tallies = Tallies(
        [units[place].key for place in order], np.zeros(len(units), dtype=np.int64),
        cells[0], cells[0], cells[1], cells[1],
    )  # fmt: skip
    columns = (one.astype(np.int64).tolist() for one in (closed, odd, summed(difference < 0), summed(difference)))
    judged = judge_tallies(tallies, groups_differ=False, fewest_peers=_FEWEST_PEERS)
    return [
        CashFinding(units[place], number, times, short, net, most, one.expected, one.chance)
        for place, number, times, short, net, most, one in zip(order, *columns, largest.tolist(), judged, strict=True)
    ]
