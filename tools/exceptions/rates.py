"""Discounts by hand, refunds, voids, no-sales, overrides and paid-outs: who has more of them than peers explain.

Reads one set of rows by store, register, employee and hour, and hands them to ``tools.analysis.outliers``. Nothing here
says why somebody has more: a returns desk, a training shift and a broken scanner all look like that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tools.analysis.outliers import HOURS, Judged, Tallies, judge_tallies, unlikely
from tools.columns import Columns
from tools.metrics.query import Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
        value="given_minor", squares="given_squares", value_base="gross_minor",
    ),
    Measure(
        "refunds", "refunds", "refunds", ("sales", "refunds"), ("refunds",),
        value="refunded_minor", squares="refunded_squares", value_base="gross_minor",
    ),
    Measure("voids", "voids", "voids", ("sales", "voided", "void_sale"), ("voided", "void_sale", "void_line"),
            kinds=("void_sale", "void_line")),
    Measure("no_sales", "no-sale openings of the drawer", "no-sales", ("sales",), ("no_sale",), kinds=("no_sale",)),
    Measure("price_overrides", "price overrides", "price overrides", ("sales",), ("price_override",),
            kinds=("price_override",)),
    Measure("paid_outs", "paid-outs", "paid-outs", ("sales",), ("paid_out",), kinds=("paid_out",)),
)  # fmt: skip


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
    """What was read of documents and of register events, and the statements that read it."""

    documents: Columns
    events: Columns
    statements: tuple[Statement, ...]

    def total(self, name: str) -> int:
        """The sum of a column of the documents."""
        return int(self.documents.numbers[name].sum()) if self.documents.number else 0

    def by_store(self, *names: str) -> dict[str, int]:
        """The sum of columns of the documents by store."""
        if not self.documents.number:
            return {}
        import numpy as np

        stores = self.documents.texts["store_id"]
        sums = np.bincount(stores.codes, weights=sum(self.documents.numbers[name] for name in names))
        return {store_id: int(one) for store_id, one in zip(stores.values, sums, strict=True)}

    def share_with(self, level: str) -> Decimal:
        """The share of documents that name a register or an employee."""
        whole = self.total("sales")
        return Decimal(self.total(f"with_{level}")) / whole if whole else Decimal(0)

    def knows(self, level: str) -> bool:
        """Whether a level can be looked at."""
        return level == "store" or self.share_with(level) >= _KNOWN_SHARE

    def has(self, measure: Measure) -> bool:
        """Whether the source records this measure at all, for any of the stores."""
        if self.events.number and set(measure.kinds) & set(self.events.texts["kind"].values):
            return True
        numbers = self.documents.numbers
        return any(bool(numbers[column].any()) for column in measure.events if column in numbers)


def find(rows: Rows, measures: Iterable[Measure], levels: Iterable[str]) -> list[Finding]:
    """Every unit in every measure that is recorded, those that stand out marked."""
    found: list[Finding] = []
    placed = {level: _placed(rows, level) for level in levels}
    for measure in measures:
        if rows.has(measure):
            for level in levels:
                found += _level(rows, measure, placed[level], differ=level != "store")
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
    return replace(one, stands_out=True) if out else one


@dataclass(frozen=True, slots=True)
class _Placed:
    """The units of a level in order of their keys, the place among them of each row, and its hour among 48.

    The place is -1 where a row names no unit.
    """

    units: list[Unit]
    documents: NDArray[np.int64]
    events: NDArray[np.int64]
    document_hours: NDArray[np.int64]
    event_hours: NDArray[np.int64]


def _placed(rows: Rows, level: str) -> _Placed:
    import numpy as np

    found = [_units(table, level) for table in (rows.documents, rows.events)]
    units = sorted({unit for _, listed in found for unit in listed if unit is not None}, key=lambda unit: unit.key)
    numbers = {unit: number for number, unit in enumerate(units)}
    places = [
        np.array([-1 if unit is None else numbers[unit] for unit in listed], dtype=np.int64)[codes]
        for codes, listed in found
    ]
    hours = [
        table.numbers["hour"].astype(np.int64) + 24 * table.numbers["weekend"].astype(np.int64)
        if table.number
        else np.zeros(0, dtype=np.int64)
        for table in (rows.documents, rows.events)
    ]
    return _Placed(units, *places, *hours)


def _units(table: Columns, level: str) -> tuple[NDArray[np.int64], list[Unit | None]]:
    """The number of each row's unit, and the units by number."""
    import numpy as np

    if not table.number:
        return np.zeros(0, dtype=np.int64), []
    stores = table.texts["store_id"]
    if level == "store":
        return stores.codes, [Unit(level, store_id) for store_id in stores.values]
    idents = table.texts[f"{level}_id"]
    width = len(idents.values) + 1
    pairs, numbers = np.unique(stores.codes * width + idents.codes + 1, return_inverse=True)
    listed: list[Unit | None] = [
        Unit(level, stores.values[pair // width], idents.values[pair % width - 1]) if pair % width else None
        for pair in pairs.tolist()
    ]
    return numbers, listed


def _level(rows: Rows, measure: Measure, placed: _Placed, *, differ: bool) -> list[Finding]:
    import numpy as np

    wide = len(placed.units) * HOURS
    named = placed.documents >= 0
    at = (placed.documents * HOURS + placed.document_hours)[named]
    there = np.zeros(len(placed.units), dtype=bool)
    there[placed.documents[named]] = True
    numbers = rows.documents.numbers

    def summed(columns: Sequence[str]) -> NDArray[np.float64]:
        total = np.zeros(wide)
        for column in columns:
            if column in numbers:
                total += np.bincount(at, weights=numbers[column][named], minlength=wide)
        return total

    occasions, counted = summed(measure.occasions), summed(measure.events)
    for kind in measure.kinds if rows.events.number else ():
        kinds = rows.events.texts["kind"]
        if kind not in kinds.values:
            continue
        mine = (kinds.codes == kinds.values.index(kind)) & (placed.events >= 0)
        cells = (placed.events * HOURS + placed.event_hours)[mine]
        more = np.bincount(cells, weights=rows.events.numbers["events"][mine], minlength=wide)
        counted += more
        occasions += more if kind in measure.occasions else 0
        there[placed.events[mine]] = True
    units = [unit for unit, known in zip(placed.units, there.tolist(), strict=True) if known]
    keys = [unit.key for unit in units]
    groups: dict[str, int] = {}
    group = np.array([groups.setdefault(unit.store_id, len(groups)) for unit in units], dtype=np.int64)

    def table(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        return sums.reshape(-1, HOURS)[there]

    occasions, counted = table(occasions), table(counted)
    by_count = judge_tallies(Tallies(keys, group, occasions, occasions, counted, counted), groups_differ=differ)
    values: list[int | None] = [None] * len(units)
    by_value: list[Judged | None] = [None] * len(units)
    if measure.value:
        value, squares, base = (
            table(summed([column])) for column in (measure.value, measure.squares, measure.value_base)
        )
        values = [int(one) for one in value.sum(axis=1).tolist()]
        by_value = list(judge_tallies(Tallies(keys, group, occasions, base, value, squares), groups_differ=differ))
    whole = zip(counted.sum(axis=1).tolist(), occasions.sum(axis=1).tolist(), strict=True)
    return [
        Finding(unit, measure, int(events), int(of), worth, count, money)
        for unit, (events, of), worth, count, money in zip(units, whole, values, by_count, by_value, strict=True)
    ]
