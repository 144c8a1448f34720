"""Discounts by hand, refunds, voids, no-sales, overrides and paid-outs: who has more of them than peers explain.

Reads one set of rows by store, register, employee and hour, and hands them to ``tools.analysis.outliers``. Nothing here
says why somebody has more: a returns desk, a training shift and a broken scanner all look like that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tools.analysis.outliers import Cell, Judged, judge, unlikely
from tools.metrics.query import Statement

FEWEST_OCCASIONS = 20
"""Documents below which a rate is not judged."""
FEWEST_EVENTS = 5
LEAST_RATIO = 1.5
"""What is less than half as much again as expected is not worth anybody's time, however certain it is."""
LEVELS = ("store", "register", "employee")
_KNOWN_SHARE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted by the document.

    ``events`` and ``occasions`` name columns that are added up; ``kinds`` are register events; ``value`` and
    ``value_base`` are money columns, with ``squares`` the sum of squares of the first.
    """

    name: str
    label: str
    one: str
    occasions: tuple[str, ...]
    events: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    value: str = ""
    squares: str = ""
    value_base: str = ""


MEASURES: tuple[Measure, ...] = (
    Measure(
        "discounts", "discounts given by hand", "transactions discounted by hand", ("sales",), ("discounted",),
        value="given", squares="given_squares", value_base="gross",
    ),
    Measure(
        "refunds", "refunds", "refunds", ("sales", "refunds"), ("refunds",),
        value="refunded", squares="refunded_squares", value_base="gross",
    ),
    Measure("voids", "voids", "voids", ("sales", "voided", "void_sale"), ("voided", "void_sale", "void_line"),
            kinds=("void_sale", "void_line")),
    Measure("no_sales", "no-sale openings of the drawer", "no-sales", ("sales",), ("no_sale",), kinds=("no_sale",)),
    Measure("price_overrides", "price overrides", "price overrides", ("sales",), ("price_override",),
            kinds=("price_override",)),
    Measure("paid_outs", "paid-outs", "paid-outs", ("sales",), ("paid_out",), kinds=("paid_out",)),
)  # fmt: skip
MEASURE_NAMES = tuple(measure.name for measure in MEASURES)


@dataclass(frozen=True, slots=True)
class Unit:
    """A store, or a register or an employee in it; ``ident`` is empty for a store."""

    level: str
    store_id: str
    ident: str = ""

    @property
    def key(self) -> str:
        """One text that sorts by store."""
        return f"{self.level}|{self.store_id}|{self.ident}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A unit held against its peers in one measure.

    ``events``, ``occasions`` and ``value`` (minor units, None where the measure has none) are of everything it did;
    ``by_count`` and ``by_value`` of the hours in which it has peers. ``stands_out`` allows for all that was looked at.
    """

    unit: Unit
    measure: Measure
    events: int
    occasions: int
    value: int | None
    by_count: Judged
    by_value: Judged | None
    stands_out: bool = False

    @property
    def chance(self) -> float:
        """The smaller chance of the two."""
        return min(self.by_count.chance, self.by_value.chance if self.by_value else 1.0)

    @property
    def leading(self) -> Judged:
        """What stands out more: the count or the money."""
        if self.by_value is not None and self.by_value.chance < self.by_count.chance:
            return self.by_value
        return self.by_count

    @property
    def in_money(self) -> bool:
        """Whether it is the money."""
        return self.leading is self.by_value

    @property
    def enough(self) -> bool:
        """Whether there is enough to judge, in hours in which others work too."""
        return self.occasions >= FEWEST_OCCASIONS and self.by_count.alone < 0.5


@dataclass(frozen=True, slots=True)
class Rows:
    """What was read: rows of documents and of register events, and the statements that read them."""

    documents: Sequence[Mapping[str, Any]]
    events: Sequence[Mapping[str, Any]]
    statements: tuple[Statement, ...]

    def share_with(self, level: str) -> Decimal:
        """The share of documents that name a register or an employee."""
        column = f"{level}_id"
        whole = sum(int(row["sales"]) for row in self.documents)
        named = sum(int(row["sales"]) for row in self.documents if row[column])
        return Decimal(named) / whole if whole else Decimal(0)

    def knows(self, level: str) -> bool:
        """Whether a level can be looked at."""
        return level == "store" or self.share_with(level) >= _KNOWN_SHARE

    def has(self, measure: Measure) -> bool:
        """Whether the source records this measure at all, for any of the stores."""
        if measure.kinds and any(row["kind"] in measure.kinds for row in self.events):
            return True
        return any(row[column] for row in self.documents for column in measure.events if column in row)


def find(rows: Rows, measures: Iterable[Measure], levels: Iterable[str]) -> list[Finding]:
    """Every unit in every measure that is recorded, those that stand out marked."""
    found: list[Finding] = []
    for measure in measures:
        if rows.has(measure):
            for level in levels:
                found += _level(rows, measure, level)
    chances: dict[str, float] = {}
    for number, one in enumerate(found):
        if one.enough:
            chances[f"{number} count"] = one.by_count.chance
            if one.by_value is not None:
                chances[f"{number} value"] = one.by_value.chance
    named = unlikely(chances)
    return [
        _marked(one, unusual=any(f"{number} {basis}" in named for basis in ("count", "value")))
        for number, one in enumerate(found)
    ]


def _marked(one: Finding, *, unusual: bool) -> Finding:
    out = unusual and one.events >= FEWEST_EVENTS and one.leading.ratio >= LEAST_RATIO
    return Finding(one.unit, one.measure, one.events, one.occasions, one.value, one.by_count, one.by_value, out)


@dataclass(slots=True)
class _Sums:
    occasions: int = 0
    events: int = 0
    value: int = 0
    squares: int = 0
    base: int = 0


def _level(rows: Rows, measure: Measure, level: str) -> list[Finding]:
    sums: dict[tuple[Unit, int, bool], _Sums] = {}

    def cell(row: Mapping[str, Any]) -> _Sums | None:
        ident = "" if level == "store" else row[f"{level}_id"]
        if ident is None:
            return None
        return sums.setdefault((Unit(level, row["store_id"], ident), int(row["hour"]), bool(row["weekend"])), _Sums())

    for row in rows.documents:
        if (made := cell(row)) is None:
            continue
        made.occasions += sum(int(row[column]) for column in measure.occasions if column in row)
        made.events += sum(int(row[column]) for column in measure.events if column in row)
        if measure.value:
            made.value += int(row[measure.value])
            made.squares += int(row[measure.squares])
            made.base += int(row[measure.value_base])
    for row in rows.events:
        if row["kind"] in measure.kinds and (made := cell(row)) is not None:
            made.events += int(row["events"])
            made.occasions += int(row["events"]) if row["kind"] in measure.occasions else 0
    return _judged(measure, level, sums)


def _judged(measure: Measure, level: str, sums: Mapping[tuple[Unit, int, bool], _Sums]) -> list[Finding]:
    units: dict[str, Unit] = {unit.key: unit for unit, _, _ in sums}
    whole: dict[str, _Sums] = {key: _Sums() for key in units}
    counts, values = [], []
    for (unit, hour, weekend), one in sums.items():
        total = whole[unit.key]
        total.occasions += one.occasions
        total.events += one.events
        total.value += one.value
        place = (unit.key, unit.store_id, hour, weekend, float(one.occasions))
        counts.append(Cell(*place, float(one.occasions), float(one.events), float(one.events)))
        if measure.value:
            values.append(Cell(*place, float(one.base), float(one.value), float(one.squares)))
    differ = level != "store"
    by_value = {one.unit: one for one in judge(values, groups_differ=differ)} if values else {}
    return [
        Finding(
            units[one.unit],
            measure,
            whole[one.unit].events,
            whole[one.unit].occasions,
            whole[one.unit].value if measure.value else None,
            one,
            by_value.get(one.unit),
        )
        for one in judge(counts, groups_differ=differ)
    ]
