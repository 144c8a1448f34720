"""From rows of sums to values: decoding, adding up, and the calendar groups that SQL is not asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from itertools import chain, repeat
from operator import add
from types import NoneType
from typing import Any

from tools.analysis.calendar import WEEKDAYS, week_of
from tools.context import MirrorPort
from tools.metrics.dimensions import SATURDAY, WEEKEND
from tools.metrics.model import Metric
from tools.metrics.query import Statement

Sums = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of an answer: its key as figures carry it, its sums, and how many rows of SQL it was made of."""

    key: str
    sums: Sums
    rows: int = 1

    def value(self, metric: Metric, exponent: int) -> Decimal | None:
        """The unrounded value of ``metric`` in this group."""
        return metric.of(self.sums, exponent)


def fetch(mirror: MirrorPort, statement: Statement) -> list[Group]:
    """Run a statement of ``query.build``; without a grouping the one key is empty."""
    result = mirror.query(statement.sql, statement.params)
    if not result.rows:
        return []
    keyed = not result.columns[0].startswith(("n_", "d_", "x_"))
    names = result.columns[keyed:]
    columns = list(zip(*result.rows, strict=True))
    keys = map(_key, columns[0]) if keyed else repeat("")
    # By column: a chain has thousands of groups, and a column of them one kind of cell.
    sums = zip(*map(_decimals, columns[keyed:]), strict=True)
    return [Group(key, dict(zip(names, cells, strict=True))) for key, cells in zip(keys, sums, strict=False)]


def _decimals(cells: Sequence[Any]) -> Sequence[Decimal | None]:
    """A column of cells as Decimals."""
    kinds = set(map(type, cells))
    if kinds <= {Decimal, NoneType}:
        return cells
    return list(map(Decimal, cells)) if kinds == {int} else list(map(decimal, cells))


def decimal(cell: Any) -> Decimal | None:
    """A cell as a Decimal; integers and decimals are exact, and nothing else is expected."""
    return None if cell is None else cell if isinstance(cell, Decimal) else Decimal(str(cell))


def _key(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def total(groups: Iterable[Group], key: str = "") -> Group:
    """All groups added up; a sum that no group knows stays unknown."""
    every = list(groups)
    sums = {}
    # By sum, not by group: a chain has thousands of groups, and mostly each of them knows the same sums.
    for name in dict.fromkeys(chain.from_iterable(group.sums for group in every)):
        known = [value for group in every if (value := group.sums.get(name)) is not None]
        sums[name] = reduce(add, known) if known else None
    return Group(key, sums, sum(group.rows for group in every))


def mean(groups: Iterable[Group], metrics: Iterable[Metric], count: int) -> Group:
    """Groups of ``count`` like periods added up and spread evenly; rates keep their own weights."""
    added = total(groups)
    spread = {f"n_{metric.name}" for metric in metrics if metric.is_sum}
    sums = {
        name: value / count if value is not None and name in spread else value for name, value in added.sums.items()
    }
    return Group(added.key, sums, added.rows)


def fold(groups: Iterable[Group], by: str, week_start: int = 0) -> list[Group]:
    """Days gathered into weeks (keyed by their first day), months (``2026-11``), weekdays (``Monday``) or weekends."""
    keyed: dict[str, list[Group]] = {}
    for group in groups:
        keyed.setdefault(_FOLDS[by](date.fromisoformat(group.key), week_start), []).append(group)
    folded = [total(members, key) for key, members in keyed.items()]
    if by == "weekday":
        order = [(week_start + offset) % 7 for offset in range(7)]
        return sorted(folded, key=lambda group: order.index(WEEKDAYS.index(group.key.lower())))
    return sorted(folded, key=lambda group: group.key)


_FOLDS: Mapping[str, Callable[[date, int], str]] = {
    "week": lambda day, week_start: week_of(day, week_start).isoformat(),
    "month": lambda day, _: f"{day:%Y-%m}",
    "weekday": lambda day, _: WEEKDAYS[day.weekday()].title(),
    "weekend": lambda day, _: WEEKEND[day.weekday() >= SATURDAY],
}


def group_days(by: str, key: str, start_on: date, end_on: date) -> tuple[date, date]:
    """The business dates that a group covers within the period."""
    if by == "day":
        return date.fromisoformat(key), date.fromisoformat(key)
    if by == "week":
        first = date.fromisoformat(key)
        return max(first, start_on), min(first + timedelta(days=6), end_on)
    if by == "month":
        first = date.fromisoformat(f"{key}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return max(first, start_on), min(last, end_on)
    return start_on, end_on
