"""What a breakdown groups by, leaves out and keeps, and which metrics go with that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tools.metrics.counted import DOCUMENT_MEASURES
from tools.metrics.dimensions import Dimension, Level
from tools.metrics.model import Fact, Metric
from tools.metrics.windows import Window


@dataclass(frozen=True, slots=True)
class Condition:
    """Only (or, with ``exclude``, without) these exact keys of a dimension."""

    dimension: Dimension
    values: tuple[Any, ...]
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Which groups of a dimension are wanted, where there may be very many.

    The first ``limit`` by the first metric; or the products with ``least_pieces`` pieces (lines, of goods not sold so),
    here or in the ``other`` windows, which needs units among the metrics.
    """

    limit: int | None = None
    descending: bool = True
    least_pieces: int | None = None
    other: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to group by and to leave out; ``by`` has no, one or two dimensions."""

    by: tuple[Dimension, ...]
    where: tuple[Condition, ...] = ()
    week_start: int = 0

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Everything that the SQL must know of."""
        return (*self.by, *(one.dimension for one in self.where))

    @property
    def levels(self) -> frozenset[Level]:
        """What carries them."""
        return frozenset(one.level for one in self.dimensions)

    @property
    def personal(self) -> bool:
        """Whether attributes of people are among them."""
        return any(one.personal for one in self.dimensions)

    @property
    def contains(self) -> bool:
        """Whether documents are counted that contain something, rather than whole ones."""
        return bool(self.levels & {Level.ITEM, Level.LINE})


def family(metric: Metric) -> str:
    """Which of the relations a metric is read from: sales, payments, voids or several joined."""
    if metric.facts == (Fact.SALES,):
        return "sales"
    return {Fact.PAYMENTS: "payments", Fact.VOIDS: "voids"}.get(metric.facts[0], "joined")


def possible(metric: Metric, dimension: Dimension, *, split: bool) -> bool:
    """Whether a metric can be had by a dimension, or (``split`` false) for a part of it."""
    level = dimension.level
    if level in (Level.STORE, Level.DAY):
        return True
    if level is Level.HOUR:
        return metric.by_hour
    kind = family(metric)
    if kind == "sales":
        return level is not Level.TENDER or not split
    if kind == "payments":
        return level is Level.TENDER or (level is Level.DOCUMENT and not dimension.personal)
    return kind == "voids" and level is Level.DOCUMENT and not dimension.personal


def adds_up(metric: Metric, plan: Plan) -> bool:
    """Whether the groups of a split add up to its whole."""
    if family(metric) == "payments":
        return metric.name != "paid_transactions" or all(one.level is not Level.TENDER for one in plan.by)
    split_by_goods = any(one.level in (Level.ITEM, Level.LINE) for one in plan.by)
    return not (split_by_goods and metric.columns(Fact.SALES) & set(DOCUMENT_MEASURES))
