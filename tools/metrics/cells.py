"""Rows of a breakdown: fetched by family of metrics, put together by key, added up, and kept from naming anyone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.analysis.group_keys import key_text
from tools.context import MirrorPort, Scope
from tools.metrics.breakdown_plan import Cut, Plan, family
from tools.metrics.breakdown_query import build_breakdown
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
        return metric.of(self.sums, exponent)


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


def anonymous(sides: Sequence[Sequence[Cell]], personal: int | None) -> tuple[list[list[Cell]], int]:
    """Groups of at least five people on every side, and how many were put together or left out to get there.

    The sides of a comparison are guarded together: a group that is too small on one of them is told on none, or its
    sales would be held against nothing at all. What is left out cannot be had by taking the rest from a total.

    Args:
        sides: the groups of one period or of two, with ``x_people`` and ``x_nobody``.
        personal: which key is the attribute of people; small groups of it are put together under the others. None:
            people are only in the conditions, and small groups are left out.
    """
    keyed = [_by_keys(side) for side in sides]
    people = {
        keys: tuple(_people(side.get(keys)) for side in keyed)
        for keys in dict.fromkeys(cell.keys for side in sides for cell in side)
    }
    names: dict[Keys, Keys | None] = {keys: keys for keys in people}
    small = 0
    for members in _families(people, personal):
        few = [keys for keys in members if _is_small(people[keys])]
        small_ones = set(few)
        many = sorted((keys for keys in members if keys not in small_ones), key=lambda keys: (max(people[keys]), keys))
        while few and many and _is_small(_together([people[keys] for keys in few], apart=personal is not None)):
            few.append(many.pop(0))
        small += len(few)
        told = personal is not None and not _is_small(_together([people[keys] for keys in few], apart=True))
        for keys in few:
            names[keys] = (
                (*keys[:personal], SMALL_GROUPS, *keys[personal + 1 :]) if told and personal is not None else None
            )
    return [_renamed(side, names) for side in sides], small


def _by_keys(side: Sequence[Cell]) -> dict[Keys, Cell]:
    return {cell.keys: cell for cell in side}


def _families(people: Iterable[Keys], personal: int | None) -> list[list[Keys]]:
    """The groups that may be put together; all of them where people are only in the conditions."""
    made: dict[Keys, list[Keys]] = {}
    for keys in people:
        made.setdefault(() if personal is None else keys[:personal] + keys[personal + 1 :], []).append(keys)
    return list(made.values())


def _together(groups: Sequence[tuple[int, ...]], *, apart: bool) -> tuple[int, ...]:
    """How many people groups are at least, by side; they add up only where nobody is in two of them (``apart``)."""
    return tuple(sum(side) if apart else max(side, default=0) for side in zip(*groups, strict=True))


def _is_small(people: Sequence[int]) -> bool:
    return any(0 < number < FEWEST_PEOPLE for number in people)


def _renamed(side: Sequence[Cell], names: Mapping[Keys, Keys | None]) -> list[Cell]:
    """The groups under their new names in their order, those put together last."""
    kept = [cell for cell in side if names[cell.keys] == cell.keys]
    others = gathered(
        (cell for cell in side if names[cell.keys] not in (None, cell.keys)), lambda cell: names[cell.keys] or ()
    )
    return kept + [added(members, keys) for keys, members in others.items()]


def _people(cell: Cell | None) -> int:
    """How many people a group is; sales of nobody known are about nobody, and hide who is among them."""
    if cell is None:
        return 0
    return FEWEST_PEOPLE if cell.sums.get("x_nobody") else int(cell.sums.get("x_people") or 0)
