"""Rows of a breakdown: fetched by family of metrics, put together by key, added up, and kept from naming anyone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.analysis.group_keys import key_text
from tools.context import MirrorPort, Scope
from tools.metrics.breakdown_plan import Cut, Plan, family
from tools.metrics.breakdown_query import build_breakdown
from tools.metrics.dimensions import UNKNOWN
from tools.metrics.evaluate import decimal
from tools.metrics.model import Metric, UnitKind
from tools.metrics.windows import Statement, Window

Keys = tuple[str, ...]
FEWEST_PEOPLE = 5
SMALL_GROUPS = "Other groups"


@dataclass(frozen=True, slots=True)
class Cell:
    """One group: its keys as figures carry them, and its sums."""

    keys: Keys
    sums: Mapping[str, Decimal | None]

    def value(self, metric: Metric, exponent: int) -> Decimal | None:
        """The unrounded value of a metric; units are unknown where nothing was sold by the piece."""
        lines = self.sums.get("x_lines")
        if metric.unit_kind is UnitKind.UNITS and lines and lines == self.sums.get("x_unpieced_lines"):
            return None
        return metric.value(self.sums.get(f"n_{metric.name}"), self.sums.get(f"d_{metric.name}"), exponent)


def fetch_cells(
    mirror: MirrorPort,
    metrics: Sequence[Metric],
    plan: Plan,
    windows: Sequence[Window],
    scope: Scope,
    cut: Cut | None = None,
) -> tuple[list[Cell], list[Statement]]:
    """The groups of a plan, one statement for each family of the metrics; with ``cut`` all must be of one."""
    families: dict[str, list[Metric]] = {}
    for metric in metrics:
        families.setdefault(family(metric), []).append(metric)
    merged: dict[Keys, dict[str, Decimal | None]] = {}
    statements = []
    for members in families.values():
        statement = build_breakdown(members, plan, windows, scope, cut)
        statements.append(statement)
        result = mirror.query(statement.sql, statement.params)
        depth = len(plan.by)
        for row in result.rows:
            keys = tuple(key_text(plan.by[n].name, row[n], plan.week_start) for n in range(depth))
            sums = dict(zip(result.columns[depth:], (decimal(cell) for cell in row[depth:]), strict=True))
            merged.setdefault(keys, {}).update(sums)
    return [Cell(keys, sums) for keys, sums in merged.items()], statements


def added(cells: Iterable[Cell], keys: Keys = ()) -> Cell:
    """Groups added up; a sum that none knows stays unknown."""
    sums: dict[str, Decimal | None] = {}
    for cell in cells:
        for name, value in cell.sums.items():
            known = sums.get(name)
            sums[name] = value if known is None else known if value is None else known + value
    return Cell(keys, sums)


def gathered(cells: Iterable[Cell], key: Callable[[Cell], Keys]) -> dict[Keys, list[Cell]]:
    """Groups by what ``key`` says of them, in the order they came."""
    made: dict[Keys, list[Cell]] = {}
    for cell in cells:
        made.setdefault(key(cell), []).append(cell)
    return made


def anonymous(cells: Sequence[Cell], personal: int | None) -> tuple[list[Cell], int]:
    """Groups of at least five people each, and how many were put together or left out to get there.

    Args:
        cells: groups with ``x_people``.
        personal: which key is the attribute of people; small groups of it are put together under the others. None:
            people are only in the conditions, and small groups are left out.
    """
    kept: list[Cell] = []
    small = 0
    for members in gathered(cells, lambda cell: _without(cell.keys, personal)).values():
        few = sorted((cell for cell in members if _people(cell) < FEWEST_PEOPLE), key=_people)
        many = sorted((cell for cell in members if _people(cell) >= FEWEST_PEOPLE), key=_people)
        small += len(few)
        if personal is not None and few:
            while many and sum(map(_people, few)) < FEWEST_PEOPLE:
                few.append(many.pop(0))
                small += 1
            if sum(map(_people, few)) >= FEWEST_PEOPLE:
                keys = list(few[0].keys)
                keys[personal] = SMALL_GROUPS
                many.append(added(few, tuple(keys)))
        kept += many
    order = {cell.keys: place for place, cell in enumerate(cells)}
    return sorted(kept, key=lambda cell: order.get(cell.keys, len(order))), small


def _people(cell: Cell) -> int:
    """How many people a group is; sales of nobody known are about nobody."""
    return FEWEST_PEOPLE if UNKNOWN in cell.keys else int(cell.sums.get("x_people") or 0)


def _without(keys: Keys, place: int | None) -> Keys:
    return keys if place is None else keys[:place] + keys[place + 1 :]
