"""Groups for which something holds: “categories with a margin under 20 % and sales above $5,000”.

Each condition is on a figure of the group itself, over the whole span asked about; all of them must hold. What is
withheld of few people is never held against one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import Field

from tools.bounds import Bounds, amount
from tools.breakdown.rows import Other
from tools.errors import BadArgumentError
from tools.metrics import metric_named
from tools.metrics.cells import SMALL_GROUPS, Cell
from tools.metrics.dimensions import NOT_NAMED
from tools.metrics.model import Metric, UnitKind
from tools.registry import Arguments
from tools.wording import listed


class Having(Arguments):
    """One condition on a figure of each group."""

    metric: str = Field(max_length=60, description="Which figure: net_sales, gross_margin_pct, transactions ...")
    over: str | None = Field(default=None, max_length=20, description="More than this: “100”, “5000”.")
    at_least: str | None = Field(default=None, max_length=20, description="This or more.")
    under: str | None = Field(default=None, max_length=20, description="Less than this; per cent as 20.")
    at_most: str | None = Field(default=None, max_length=20, description="This or less.")


@dataclass(frozen=True, slots=True)
class Holds:
    """A condition as it is held against a group."""

    metric: Metric
    bounds: Bounds

    def of(self, cell: Cell, exponent: int) -> bool:
        """Whether it holds of a group; never of one whose figure is not known."""
        value = cell.value(self.metric, exponent)
        return value is not None and self.bounds.hold(value)

    def said(self, currency: str) -> str:
        """``gross margin % less than 20.0 %``."""
        name = self.metric.label if self.metric.unit_kind is UnitKind.PERCENT else self.metric.label.lower()
        return f"{name} {self.bounds.said(self.metric, currency)}"


def holding(given: Sequence[Having]) -> tuple[Holds, ...]:
    """The conditions with their bounds as numbers.

    Raises:
        BadArgumentError: one has no bound, or a figure is not known.
    """
    made = []
    for one in given:
        bounds = Bounds(*(amount(name, getattr(one, name)) for name in ("over", "at_least", "under", "at_most")))
        if not bounds.given:
            raise BadArgumentError("Say over, at_least, under or at_most for each condition in having.")
        made.append(Holds(metric_named(one.metric), bounds))
    return tuple(made)


def held_to(cells: Sequence[Cell], conditions: Sequence[Holds], exponent: int) -> list[Cell]:
    """The groups of which all conditions hold; those without a name and those of few people put together do not."""
    if not conditions:
        return list(cells)
    return [
        cell for cell in cells
        if not {SMALL_GROUPS, *NOT_NAMED} & set(cell.keys) and all(one.of(cell, exponent) for one in conditions)
    ]  # fmt: skip


def held_on_both(
    cells: Sequence[Cell], other: Other | None, conditions: Sequence[Holds], exponent: int
) -> tuple[list[Cell], Other | None]:
    """``held_to`` of both sides: conditions are on the present figure, which a group that is gone lacks."""
    found = held_to(cells, conditions, exponent)
    if not conditions or other is None:
        return found, other
    holds = {cell.keys for cell in found}
    return found, replace(other, cells={keys: cell for keys, cell in other.cells.items() if keys in holds})


def held_said(conditions: Sequence[Holds], found: int, everything: int, currency: str) -> tuple[str, ...]:
    """How many groups there are and of how many all conditions hold; nothing where there is none."""
    if not conditions:
        return ()
    limits = listed([one.said(currency) for one in conditions], "and")
    return (f"Only groups with {limits} are told: {found:,} of {everything:,}.",)
